// SPDX-License-Identifier: Apache-2.0
#include "coding/phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dragoman::coding {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Terms, ArePartedByEverythingButLettersAndDigits) {
  EXPECT_THAT(terms_of("Cease-fire, “U.S.’s” 70–29"), ElementsAre("cease", "fire", "u", "s", "s", "70", "29"));
  EXPECT_THAT(terms_of("Séléka"), ElementsAre("séléka"));
  EXPECT_THAT(terms_of(" … "), IsEmpty());
}

TEST(Phrases, MatchWholeWordsEndingsAndGaps) {
  Phrases phrases;
  phrases.add_all("cease fire | truce*", 1);
  phrases.add("a*", 2);
  phrases.add("call* _ liar", 3);
  EXPECT_THAT(phrases.found_in(terms_of("the cease-fire, or truces")), ElementsAre(1, 1));
  EXPECT_THAT(phrases.found_in(terms_of("cease")), IsEmpty());
  EXPECT_THAT(phrases.found_in(terms_of("aid")), ElementsAre(2));
  EXPECT_THAT(phrases.found_in(terms_of("called the minister liar")), ElementsAre(3));
  EXPECT_THAT(phrases.found_in(terms_of("called liar")), IsEmpty());
}

TEST(Phrases, EmptyIsNeverFound) {
  Phrases phrases;
  phrases.add_all(" | ", 1);
  EXPECT_TRUE(phrases.empty());
  EXPECT_FALSE(phrases.any_in({"x"}));
}

}  // namespace
}  // namespace dragoman::coding
