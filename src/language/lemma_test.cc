// SPDX-License-Identifier: Apache-2.0
#include "language/lemma.h"

#include <gtest/gtest.h>

namespace dragoman::language {
namespace {

std::string lemma(std::string_view script, std::string_view form) {
  return LemmaScript::from(script)->apply(form).value_or("none");
}

TEST(LemmaScript, TakesLettersOffAndPutsOthersOn) {
  EXPECT_EQ(lemma("l0+", "Said"), "said");
  EXPECT_EQ(lemma("l3+y", "Parties"), "party");
  EXPECT_EQ(lemma("k1+", "Turks"), "Turk");
  EXPECT_EQ(lemma("t0+", "PARIS"), "Paris");
  EXPECT_EQ(lemma("t0+", "ÉLYSÉE"), "Élysée");
  EXPECT_EQ(lemma("l3+be", "are"), "be");
  EXPECT_EQ(lemma("l1+", "été"), "ét") << "letters, not bytes";
  EXPECT_EQ(lemma("l1+12+3", "x"), "12+3");
}

TEST(LemmaScript, DoesNotApplyWhereNothingIsLeft) {
  EXPECT_EQ(lemma("l2+", "is"), "none");
  EXPECT_EQ(lemma("l3+be", "is"), "none");
  EXPECT_EQ(lemma("l0+", ""), "none");
  EXPECT_EQ(lemma("l2+", "met"), "none");
  EXPECT_EQ(lemma("l1+", "as"), "a");
}

TEST(IrregularLemma, IsThatOfTheTag) {
  EXPECT_EQ(irregular_lemma("Met", "VERB"), "meet");
  EXPECT_EQ(irregular_lemma("had", "AUX"), "have");
  EXPECT_EQ(irregular_lemma("left", "VERB"), "leave");
  EXPECT_EQ(irregular_lemma("left", "ADJ"), "");
  EXPECT_EQ(irregular_lemma("lives", "NOUN"), "life");
  EXPECT_EQ(irregular_lemma("lives", "VERB"), "");
}

TEST(LemmaScript, OtherTextsAreNone) {
  for (const char* text : {"", "+", "l+", "x1+", "l1", "lx+a", "l-1+a", "l99999999999+"})
    EXPECT_FALSE(LemmaScript::from(text)) << text;
}

}  // namespace
}  // namespace dragoman::language
