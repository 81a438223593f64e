// SPDX-License-Identifier: Apache-2.0
#include "language/label_lists.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "dragoman/error.h"

namespace dragoman::language {
namespace {

using Json = nlohmann::json;

/// The label lists of a model whose manifest's "heads" is that of the shipped reader, changed.
LabelLists with(const std::function<void(Json&)>& change) {
  Json manifest = Json::parse(std::ifstream("models/reader/manifest.json"));
  change(manifest["heads"]);
  manifest["tensors"] = Json::array();
  return read_label_lists(neural::Model::from_memory(manifest.dump(), "", "m"));
}

std::string refusal(const std::function<void(Json&)>& change) {
  try {
    with(change);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::kModel);
    return failure.error().message;
  }
  return "";
}

TEST(LabelLists, TakeTheThresholdsThatTheModelTells) {
  const LabelLists given = with([](Json& heads) {
    heads["thresholds"] = {{"trigger", 0.25}, {"cue", 1}, {"recipient", 0.4}};
  });
  EXPECT_EQ(given.recipient, 0.4);
  EXPECT_EQ(given.trigger, 0.25);
  EXPECT_EQ(given.cue, 1);
  const LabelLists one = with([](Json& heads) { heads["thresholds"] = {{"cue", 0.75}}; });
  EXPECT_EQ(one.trigger, LabelLists().trigger);
  EXPECT_EQ(one.cue, 0.75);
  EXPECT_EQ(with([](Json& heads) { heads.erase("thresholds"); }).cue, LabelLists().cue);
}

TEST(LabelLists, RefuseThresholdsThatAreNoProbabilities) {
  for (const Json& odd : {Json(1.5), Json(-0.1), Json("0.5"), Json(nullptr), Json::array()}) {
    EXPECT_EQ(refusal([&](Json& heads) {
                heads["thresholds"] = {{"trigger", odd}};
              }),
              "\"heads.thresholds.trigger\" is no probability")
        << odd;
  }
  EXPECT_EQ(refusal([](Json& heads) { heads["thresholds"] = 0.5; }), "\"heads.thresholds.trigger\" is no probability");
}

TEST(LabelLists, AreThisProgramsInItsOrder) {
  EXPECT_EQ(refusal([](Json& heads) { heads["statuses"].push_back("rumoured"); }),
            "\"heads.statuses\" is another list than this program knows");
  EXPECT_EQ(refusal([](Json& heads) { heads["modes"].push_back(1); }),
            "\"heads.modes\" holds something that is no name");
  EXPECT_EQ(refusal([](Json& heads) { heads.erase("forms"); }), "lacks the list \"heads.forms\"");
}

}  // namespace
}  // namespace dragoman::language
