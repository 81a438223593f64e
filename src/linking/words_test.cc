// SPDX-License-Identifier: Apache-2.0
#include "linking/words.h"

#include <gtest/gtest.h>

namespace dragoman::linking {
namespace {

std::string shown(std::string_view text) {
  std::string out;
  for (const Word& word : words_of(text)) {
    if (!out.empty()) out += " | ";
    out += std::string(word.span.of(text)) + (word.capital ? "^" : "") + (word.possessive ? "'s" : "");
  }
  return out;
}

TEST(Words, KeepWhatBelongsTogether) {
  EXPECT_EQ(shown("Kenya's army, al-Shabaab"), "Kenya^'s | army | al-Shabaab^");
  EXPECT_EQ(shown("the U.S. and U.N.-led"), "the | U.S.^ | and | U.N.^ | led");
  EXPECT_EQ(shown("US-Iran talks; Park Beom-kye"), "US^ | Iran^ | talks | Park^ | Beom-kye^");
  EXPECT_EQ(shown("RSF-M, NSC-K's men; the PML-N."), "RSF-M^ | NSC-K^'s | men | the | PML-N^");
  EXPECT_EQ(shown("UK-U.S. talks, Anna-K Doe, UN-AU-K"), "UK^ | U.S.^ | talks | Anna^ | K^ | Doe^ | UN^ | AU-K^");
  EXPECT_EQ(shown("US-N Korea; US-N. Korea. A PML-N. It"), "US^ | N^ | Korea^ | US^ | N^ | Korea^ | A^ | PML-N^ | It^");
  EXPECT_EQ(shown("the States\xE2\x80\x99 1,000 men"), "the | States^'s | 1,000 | men");
  EXPECT_EQ(shown("Alya\xE2\x80\x99"
                  "a Élysée"),
            "Alya\xE2\x80\x99"
            "a^ | Élysée^");
  EXPECT_EQ(shown(""), "");
  EXPECT_EQ(shown("\"...\" — ?!"), "");
}

TEST(Words, NoteTheMarkBefore) {
  const auto words = words_of("A, b (c)\nd-e Fg-Gh");
  ASSERT_EQ(words.size(), 6U);
  EXPECT_EQ(words[1].before, ',');
  EXPECT_EQ(words[2].before, '(');
  EXPECT_EQ(words[3].before, '\n');
  EXPECT_EQ(words[4].before, ' ');
  EXPECT_EQ(words[5].before, '~');
  EXPECT_TRUE(words[5].joined());
}

TEST(Words, EndlessWordsAreCutBetweenCharacters) {
  std::string text;
  for (int k = 0; k < 1000; ++k) text += "\xE4\xBC\x8A";
  const auto words = words_of(text);
  size_t bytes = 0;
  for (const Word& word : words) {
    EXPECT_LE(word.span.size(), 101U);
    EXPECT_EQ(word.span.begin % 3, 0U);
    bytes += word.lower.size();
  }
  EXPECT_EQ(bytes, text.size());
}

TEST(Words, ListedWantsWholeWords) {
  EXPECT_TRUE(listed(" of from ", "from"));
  EXPECT_FALSE(listed(" of from ", "fro"));
  EXPECT_FALSE(listed(" of from ", ""));
}

TEST(Words, OfSoManyIsNoNumber) {
  for (const char* word : {"27-nation", "four-member", "twenty-seven-member"})
    EXPECT_TRUE(is_of_a_number(word)) << word;
  for (const char* word : {"forty-two", "20-30", "27", "us-led", "four-"}) EXPECT_FALSE(is_of_a_number(word)) << word;
}

TEST(Words, NumbersInWords) {
  EXPECT_EQ(number_in("27-nation"), 27U);
  EXPECT_EQ(number_in("four-member"), 4U);
  EXPECT_EQ(number_in("twenty-seven-member"), 27U);
  EXPECT_EQ(number_in("us-led"), std::nullopt);
  EXPECT_EQ(number_in("99999999999-nation"), std::nullopt);
  EXPECT_EQ(number_in("-"), std::nullopt);
}

TEST(Words, PlacesAreWhereSomethingIs) {
  const auto placed = [](std::string_view text) {
    const size_t at = text.find("Kenya");
    return says_where(text, {static_cast<uint32_t>(at), static_cast<uint32_t>(at) + 5});
  };
  EXPECT_TRUE(placed("Rain fell in Kenya."));
  EXPECT_TRUE(placed("Rain fell across northern Kenya."));
  EXPECT_TRUE(placed("KENYA, Kenya: rain fell"));
  EXPECT_FALSE(placed("Kenya"));
  EXPECT_FALSE(placed("the Kenya"));
  EXPECT_FALSE(placed("A deal with Kenya was signed."));
}

}  // namespace
}  // namespace dragoman::linking
