// SPDX-License-Identifier: Apache-2.0
#include "knowledge/fold.h"

#include <gtest/gtest.h>

namespace dragoman::knowledge {
namespace {

TEST(Fold, DropsWhatDiffersBetweenSpellings) {
  EXPECT_EQ(fold("U.S."), "US");
  EXPECT_EQ(fold("the Kremlin's"), "Kremlin");
  EXPECT_EQ(fold("Séléka"), "Seleka");
  EXPECT_EQ(fold("Alya\xE2\x80\x99"
                 "a"),
            "Alyaa");
  EXPECT_EQ(fold("Guinea-Bissau"), "Guinea Bissau");
  EXPECT_EQ(fold("Guinea\xE2\x80\x93"
                 "Bissau"),
            "Guinea Bissau");
  EXPECT_EQ(fold("Lech Wałęsa"), "Lech Walesa");
  EXPECT_EQ(fold("United States\xE2\x80\x99"), "United States");
  EXPECT_EQ(fold("Jokić\xE2\x80\x99s"), "Jokic");
  EXPECT_EQ(fold("  "), "");
}

TEST(Fold, KeepsWordsThatOnlyBeginLikeAnArticle) { EXPECT_EQ(fold("Thebes"), "Thebes"); }

TEST(Fold, CaseAgreesForHeadlinesAndSentenceStarts) {
  EXPECT_TRUE(case_agrees("TURKEY", "Turkey"));
  EXPECT_TRUE(case_agrees("Al Shabaab", "al Shabaab"));
  EXPECT_FALSE(case_agrees("turkey", "Turkey"));
  EXPECT_FALSE(case_agrees("us", "US"));
  EXPECT_FALSE(case_agrees("Us", "US"));
}

}  // namespace
}  // namespace dragoman::knowledge
