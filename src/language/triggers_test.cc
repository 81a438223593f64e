// SPDX-License-Identifier: Apache-2.0
#include "language/triggers.h"

#include <gtest/gtest.h>

namespace dragoman::language {
namespace {

// Event probability of each word, all of it on one type.
std::vector<ChosenTrigger> choose(const std::vector<std::string_view>& words,
                                  const std::vector<std::pair<EventType, float>>& told, float threshold = 0.5F) {
  std::vector<float> p;
  for (const auto& [type, some] : told) {
    std::vector<float> row(1 + kEventTypes);
    row[0] = 1.0F - some;
    row[1 + static_cast<size_t>(type)] = some;
    p.insert(p.end(), row.begin(), row.end());
  }
  return choose_triggers(p, words, threshold);
}

constexpr EventType A = EventType::kAgree, R = EventType::kRequest, S = EventType::kAssault;

TEST(ChooseTriggers, SumsWhatOneActsWordsShare) {
  const auto chosen =
      choose({"a", "pact", "was", "finally", "reached", "."}, {{A, 0}, {A, 0}, {A, .3F}, {A, .05F}, {A, .4F}, {A, 0}});
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].first, 2U);
  EXPECT_EQ(chosen[0].anchor, 4U);
  EXPECT_NEAR(chosen[0].scores[static_cast<size_t>(A)], .75F, 1e-5);
}

TEST(ChooseTriggers, TellsOneActOnce) {
  const auto chosen = choose({"they", "have", "denied", "it"}, {{A, 0}, {R, .7F}, {R, .8F}, {A, 0}});
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_LE(chosen[0].scores[static_cast<size_t>(R)], 1.0F);
}

TEST(ChooseTriggers, KeepsActsOfDifferentTypesAndOfFullWords) {
  EXPECT_EQ(choose({"should", "attack"}, {{R, .9F}, {S, .8F}}).size(), 2U);
  EXPECT_EQ(choose({"arrested", "jailed"}, {{S, .9F}, {S, .8F}}).size(), 2U);
  const auto should = choose({"must", "stop"}, {{R, .9F}, {S, .05F}});
  ASSERT_EQ(should.size(), 1U);
  EXPECT_EQ(should[0].type, R);
  EXPECT_EQ(should[0].anchor, 0U);
}

TEST(ChooseTriggers, LeavesOutWhatIsUnlikely) {
  EXPECT_TRUE(choose({"the", "talks"}, {{A, .1F}, {A, .4F}}).empty());
  EXPECT_TRUE(choose({}, {}).empty());
  EXPECT_TRUE(choose({"(", "\u201c"}, {{A, .9F}, {A, .9F}}).empty()) << "punctuation";
}

}  // namespace
}  // namespace dragoman::language
