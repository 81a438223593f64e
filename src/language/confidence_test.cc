// SPDX-License-Identifier: Apache-2.0
#include "language/confidence.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dragoman::language {
namespace {

neural::Model model_with(const std::string& heads) {
  return neural::Model::from_memory(
      R"({"format":3,"name":"t","version":"1","encoder":{"layers":1,"hidden":16,"heads":1,"ffn":16,"vocab":1,)"
      R"("positions":16,"shapes":20,"eps":1e-12},"files":[],"tensors":[],"heads":)" +
          heads + "}",
      "");
}

std::string calibration(const std::string& weights, const std::string& threshold = "0.4") {
  return R"({"calibration":{"quotation":0.7,"events":{"base":-1,"floor":0.1,"threshold":)" + threshold +
         R"(,"weights":[)" + weights + R"(]},"statements":{"base":0.5,"floor":0.2,"threshold":0.3,"weights":[]}}})";
}

std::string refusal(const std::string& heads) {
  try {
    read_calibration(model_with(heads), 0.5, 0.6);
  } catch (const Failure& failure) {
    return failure.what();
  }
  return "";
}

TEST(Confidence, IsTheHeadsOwnProbabilityWithoutCalibration) {
  const Calibration plain = read_calibration(model_with("{}"), 0.5, 0.6);
  EXPECT_EQ(plain.events.floor, 0.5);
  EXPECT_EQ(plain.statements.floor, 0.6);
  EXPECT_EQ(plain.events.threshold, 0);
  std::vector<ConfidencePart> parts = {{"trigger", .9F, 0}, {"act", .7F, 0}};
  EXPECT_NEAR(plain.events.confidence(parts), .7F, 1e-5);
}

TEST(Confidence, SumsWhatEachPartAdds) {
  const std::string weights =
      R"({"of":"trigger","scale":"log-odds","weight":2},{"of":"actor","scale":"plain","weight":0.5},)"
      R"({"of":"rival","scale":"plain","weight":-0.25})";
  const Calibration read = read_calibration(model_with(calibration(weights)), 0.5, 0.6);
  EXPECT_EQ(read.events.floor, 0.1);
  EXPECT_EQ(read.quotation, 0.7);
  std::vector<ConfidencePart> parts = {{"trigger", .75F, 0}, {"actor", .8F, 0}, {"mode", .9F, 0}, {"rival", 1, 0}};
  const float p = read.events.confidence(parts);
  ASSERT_EQ(parts.size(), 5U);
  EXPECT_NEAR(parts[0].adds, 2 * std::log(3.0), 1e-5);
  EXPECT_NEAR(parts[1].adds, .4, 1e-6);
  EXPECT_EQ(parts[2].adds, 0) << "weighs nothing";
  EXPECT_EQ(parts[4].of, "base");
  float sum = 0;
  for (const ConfidencePart& part : parts) sum += part.adds;
  EXPECT_NEAR(p, 1 / (1 + std::exp(-sum)), 1e-6);
}

TEST(Confidence, TakesCountsByTheirLogarithmAndBoundsLogOdds) {
  const std::string weights =
      R"({"of":"trigger","scale":"log-odds","weight":1},{"of":"mode","scale":"log","weight":1})";
  const Calibration read = read_calibration(model_with(calibration(weights)), 0.5, 0.6);
  std::vector<ConfidencePart> parts = {{"trigger", 1, 0}, {"mode", 7, 0}};
  read.events.confidence(parts);
  EXPECT_LT(parts[0].adds, 7);
  EXPECT_NEAR(parts[1].adds, std::log(8.0), 1e-5);
}

TEST(Confidence, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(refusal(calibration(R"({"of":"weather","scale":"plain","weight":1})")).find("weather"), std::string::npos);
  EXPECT_NE(refusal(calibration(R"({"of":"actor","scale":"cubic","weight":1})")).find("cubic"), std::string::npos);
  EXPECT_NE(refusal(calibration("", "1.5")).find("threshold"), std::string::npos);
  EXPECT_NE(refusal(R"({"calibration":{"events":{}}})").find("base"), std::string::npos);
  EXPECT_EQ(refusal(calibration("")), "");
}

}  // namespace
}  // namespace dragoman::language
