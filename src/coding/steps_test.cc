// SPDX-License-Identifier: Apache-2.0
#include "coding/steps.h"

#include <gtest/gtest.h>

namespace dragoman::coding {
namespace {

Event between(std::vector<uint32_t> actors, std::vector<uint32_t> recipients) {
  Event event;
  for (const uint32_t entity : actors) event.actors.push_back({entity, {}, "", {}});
  for (const uint32_t entity : recipients) event.recipients.push_back({entity, {}, "", {}});
  return event;
}

TEST(ChangeBetween, NamesWhatIsOtherAndNothingElse) {
  const Event before = between({1, 2}, {3});
  EXPECT_EQ(change_between(before, before), "");
  Event after = before;
  after.status = Status::kNegated;
  after.historical = true;
  EXPECT_EQ(change_between(before, after), "status actual → negated; background no → yes");
  after = before;
  after.modes = {"meet", "visit"};
  EXPECT_EQ(change_between(before, after), "modes none → meet, visit");
}

TEST(ChangeBetween, LeavesOutTheModesThatGoWithTheType) {
  Event before = between({}, {});
  before.modes = {"meet"};
  Event after = before;
  after.type = EventType::kReject;
  after.modes.clear();
  EXPECT_EQ(change_between(before, after), "type AGREE → REJECT");
}

TEST(ChangeBetween, TellsWhatBecameOfTheRoles) {
  EXPECT_EQ(change_between(between({1}, {2}), between({2}, {1})), "actors and recipients changed places");
  EXPECT_EQ(change_between(between({1}, {2}), between({1, 2}, {})), "actors 1 → 2; recipients 1 → 0");
  EXPECT_EQ(change_between(between({1}, {2}), between({1}, {2}), {EventType::kConsult}), "also told: CONSULT");
}

}  // namespace
}  // namespace dragoman::coding
