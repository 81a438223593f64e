// SPDX-License-Identifier: Apache-2.0
#include "language/names.h"

#include <gtest/gtest.h>

#include <map>

namespace dragoman::language {
namespace {

enum Tag : uint32_t { kNone, kBeginPerson, kInsidePerson, kBeginOrganization, kInsideOrganization };

// Rows of {tag: probability}; the other tags have little.
std::vector<ChosenName> choose(const std::vector<std::map<Tag, float>>& rows) {
  std::vector<float> p;
  for (const auto& row : rows) {
    const size_t at = p.size();
    p.resize(at + 1 + 2 * kMentionKinds, .01F);
    for (const auto& [tag, probability] : row) p[at + tag] = probability;
  }
  return choose_names(p);
}

TEST(ChooseNames, GivesWordsAndKind) {
  const auto names =
      choose({{{kNone, .9F}}, {{kBeginPerson, .8F}}, {{kInsidePerson, .9F}}, {{kBeginOrganization, .7F}}});
  ASSERT_EQ(names.size(), 2U);
  EXPECT_EQ(names[0].first, 1U);
  EXPECT_EQ(names[0].last, 3U);
  EXPECT_EQ(names[0].kind, MentionKind::kPerson);
  EXPECT_FLOAT_EQ(names[0].score, .8F);
  EXPECT_EQ(names[1].first, 3U);
  EXPECT_EQ(names[1].last, 4U);
  EXPECT_EQ(names[1].kind, MentionKind::kOrganization);
}

TEST(ChooseNames, ReadsANameAsAWhole) {
  const auto names = choose({{{kBeginPerson, .5F}, {kBeginOrganization, .4F}}, {{kInsideOrganization, .9F}}});
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].kind, MentionKind::kOrganization);
  EXPECT_EQ(names[0].last, 2U);
}

TEST(ChooseNames, TellsHowLikelyEachKindIs) {
  const auto names = choose({{{kBeginPerson, .6F}, {kBeginOrganization, .3F}}});
  ASSERT_EQ(names.size(), 1U);
  EXPECT_NEAR(names[0].kinds[0], .6 / .93, 1e-5);
  EXPECT_NEAR(names[0].kinds[1], .3 / .93, 1e-5);
  EXPECT_NEAR(names[0].kinds[4], .01 / .93, 1e-5);
}

TEST(ChooseNames, NeverBeginsInside) {
  const auto names = choose({{{kInsidePerson, .9F}}, {{kInsidePerson, .9F}}});
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].first, 0U);
  EXPECT_EQ(names[0].last, 2U);
  EXPECT_TRUE(choose({{{kInsidePerson, .5F}, {kNone, .4F}}}).empty());
}

TEST(ChooseNames, ZerosAndNothing) {
  EXPECT_TRUE(choose({}).empty());
  const auto names = choose_names({0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].last, 2U);
}

}  // namespace
}  // namespace dragoman::language
