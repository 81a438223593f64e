// SPDX-License-Identifier: Apache-2.0
#include "ingest/text_facts.h"

#include <gtest/gtest.h>

#include <string>

#include "ingest/line_features.h"

namespace dragoman::ingest {
namespace {

TEST(TextFacts, CountsInOnePass) {
  const TextFacts facts = facts_of("The minister said: \"We met 12 envoys, in Oslo.\" It's over!", "");
  EXPECT_EQ(facts.words, 11);
  EXPECT_EQ(facts.counted, 11);
  EXPECT_EQ(facts.function, 4);  // the, said, we, in
  EXPECT_EQ(facts.capital, 5);   // The, We, 12, Oslo, It's
  EXPECT_EQ(facts.digits, 2);
  EXPECT_EQ(facts.commas, 1);
  EXPECT_EQ(facts.ends, 2);
  EXPECT_EQ(facts.inner_ends, 0);  // a quotation mark stands between
  EXPECT_TRUE(facts.sentence);
  EXPECT_TRUE(facts.quote);
  EXPECT_TRUE(facts.said);
  EXPECT_FALSE(facts.you);
  EXPECT_FALSE(facts.beyond_ascii);
}

TEST(TextFacts, WordsOfSpeechStandBetweenSpaces) {
  EXPECT_TRUE(facts_of("what you see", "").you);
  EXPECT_TRUE(facts_of("all your own", "").you);
  EXPECT_FALSE(facts_of("what you, too", "").you);
  EXPECT_FALSE(facts_of("you see", "").you);
  EXPECT_TRUE(facts_of("join us now", "").our);
  EXPECT_FALSE(facts_of("the bus stop", "").our);
  EXPECT_TRUE(facts_of("she says", "").said);
  EXPECT_FALSE(facts_of("untold harm", "").said);
}

TEST(TextFacts, AddressesAndCredits) {
  EXPECT_TRUE(facts_of("see www.example.org", "").web);
  EXPECT_TRUE(facts_of("at example.com today", "").web);
  EXPECT_TRUE(facts_of("https://example.org", "").web);
  EXPECT_FALSE(facts_of("Now. Come in.", "").web);
  EXPECT_TRUE(facts_of("Photo by Jane Doe", "").credit);
  EXPECT_TRUE(facts_of("28 February 2023", "").date);
  EXPECT_STREQ(facts_of("Related stories:", "").phrase.reason, "related");
}

TEST(TextFacts, TitleIsComparedFolded) {
  EXPECT_TRUE(facts_of("Ministers  MEET.", "ministers meet").title);
  EXPECT_FALSE(facts_of("Ministers met", "ministers meet").title);
  EXPECT_FALSE(facts_of("", "").title);
}

TEST(TextFacts, LikeTextsDifferInDigitsOnly) {
  EXPECT_EQ(facts_of("Comments (12) of 2023", "").likeness, facts_of("Comments (98) of 1999", "").likeness);
  EXPECT_NE(facts_of("Comments (12) of 2023", "").likeness, facts_of("Comments (1x) of 2023", "").likeness);
  EXPECT_NE(facts_of("12", "").likeness, facts_of("123", "").likeness);
}

// The same as the functions that read the text for one thing alone, for texts of all lengths and letters.
TEST(TextFacts, AgreeWithTheSimpleFunctions) {
  const std::string parts[] = {
      "a", " ",  "The", "\xC3\xA9t\xC3\xA9",   "\xE4\xB8\xAD\xE5\x9B\xBD", ".", "\xE2\x80\x9D", "'s",
      "7", "\n", "!",   "internationalisation"};
  unsigned state = 3;
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < round % 40; ++i) {
      state = state * 1103515245U + 12345U;
      text += parts[(state >> 16) % std::size(parts)];
    }
    const TextFacts facts = facts_of(text, "");
    ASSERT_EQ(facts.counted, count_words(text)) << text;
    ASSERT_EQ(facts.sentence, ends_sentence(text)) << text;
    ASSERT_EQ(facts.date, is_date_line(text)) << text;
  }
}

}  // namespace
}  // namespace dragoman::ingest
