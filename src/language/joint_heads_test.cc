// SPDX-License-Identifier: Apache-2.0
#include "language/joint_heads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "neural/model_builder.h"

namespace dragoman::language {
namespace {

using neural::Model;
using neural::ModelBuilder;
using ::testing::FloatNear;
using ::testing::Pointwise;

constexpr int kHidden = 16;
constexpr int kInner = 8;
constexpr int kRank = 4;
constexpr int kRoles = 2;

// Values of a head that differ from tensor to tensor and from reader to reader.
void add(ModelBuilder& builder, const std::string& name, std::vector<int> shape, float spread) {
  size_t n = 1;
  for (const int length : shape) n *= static_cast<size_t>(length);
  std::vector<float> values(n);
  float at = spread * 10 + static_cast<float>(name.size() - name.rfind('/') - 1);
  for (float& value : values) value = spread * std::sin(at += 1.7F);
  builder.add(name, shape, values);
}

void add_heads(ModelBuilder& builder, const std::string& reader, float spread) {
  const auto linear = [&](const std::string& name, int in, int out) {
    add(builder, reader + name + ".weight", {out, in}, spread);
    add(builder, reader + name + ".bias", {out}, spread);
  };
  linear("heads.act.a", kHidden, kInner);
  linear("heads.act.b", kInner, 5);
  linear("roles.anchor", kHidden, kInner);
  linear("roles.word", kHidden, kInner);
  linear("roles.right", kHidden, kRank);
  linear("roles.left.event", kHidden, kRank * 3 * kRoles);
  linear("roles.out.event", kInner, 3 * kRoles);
  add(builder, reader + "roles.distance", {kDistances, kInner}, spread);
}

constexpr neural::EncoderSizes kSizes = {
    .layers = 1, .hidden = kHidden, .heads = 1, .ffn = 16, .vocab = 3, .positions = 4, .shapes = 2};

class JointHeads : public ::testing::Test {
 protected:
  JointHeads() : words_(static_cast<size_t>(kWords) * kHidden), others_(words_.size()) {
    for (size_t i = 0; i < words_.size(); ++i) {
      words_[i] = std::sin(static_cast<float>(i));
      others_[i] = std::cos(static_cast<float>(i) * 0.7F);
    }
  }
  static Model with(bool first, bool second) {
    ModelBuilder builder(kSizes);
    if (first && second) builder.add_reader("second", kSizes);
    if (first) add_heads(builder, "", 0.4F);
    if (second) add_heads(builder, first ? "second/" : "", 0.9F);
    return builder.build();
  }
  static constexpr int kWords = 7;
  std::vector<float> words_, others_;
  HeadScratch scratch_;
};

TEST_F(JointHeads, AverageTheProbabilitiesOfTheReaders) {
  const Model both = with(true, true);
  const Model first = with(true, false);
  const Model second = with(false, true);
  ASSERT_EQ(readers_of(both).size(), 2U);
  const std::array<const float*, 2> views = {words_.data(), others_.data()};
  const auto of = [&](const Model& model, std::span<const float* const> seen) {
    return JointWordHead(model, "act", 5, 3).probabilities(seen, kWords, scratch_);
  };
  const std::vector<float> a = of(first, std::span(views).first(1));
  const std::vector<float> b = of(second, std::span(views).last(1));
  std::vector<float> mean;
  for (size_t i = 0; i < a.size(); ++i) mean.push_back((a[i] + b[i]) / 2);
  EXPECT_THAT(of(both, views), Pointwise(FloatNear(1e-6F), mean));
  EXPECT_NEAR(a[0] + a[1] + a[2], 1, 1e-5) << "the first three exclude one another";
  EXPECT_GT(std::fabs(a[3] - b[3]), 1e-3) << "two readers";
}

TEST_F(JointHeads, DecideSpansByTheMean) {
  const Model both = with(true, true);
  const Model first = with(true, false);
  const Model second = with(false, true);
  const std::array<const float*, 2> views = {words_.data(), others_.data()};
  const auto of = [&](const Model& model, std::span<const float* const> seen, std::span<const SpanRule> rules = {}) {
    const JointPairHead head(model, "roles", "event", kInner, kRank, kRoles);
    std::vector<const float*> at;
    for (const float* view : seen) at.push_back(view + static_cast<ptrdiff_t>(2 * kHidden));
    return head.spans(head.prepare(seen, kWords, scratch_), at, 2, 3, scratch_, rules);
  };
  const auto plain = [&](const Model& model, const float* seen) {
    const PairHead head(model, "roles", "event", kHidden, kInner, kRank, kRoles);
    return head.probabilities(head.prepare(seen, kWords, scratch_), seen + static_cast<ptrdiff_t>(2 * kHidden), 2, 0, 6,
                              scratch_);
  };
  const std::vector<float> a = plain(first, words_.data());
  const std::vector<float> b = plain(second, others_.data());
  const auto found = of(both, views);
  ASSERT_EQ(found.size(), static_cast<size_t>(kRoles));
  size_t spans = 0;
  for (size_t role = 0; role < found.size(); ++role) {
    spans += found[role].size();
    for (const LabelledSpan& span : found[role]) {
      EXPECT_LE(span.last, 6U) << "out of reach";
      const size_t at = (span.first * kRoles + role) * 3;
      EXPECT_NEAR(span.score, std::max((a[at + 1] + b[at + 1]) / 2, (a[at + 2] + b[at + 2]) / 2), 1e-6);
    }
  }
  EXPECT_GT(spans, 0U);

  // A role that any probability is enough for takes in all words within reach; the other role stays as it was.
  const std::array<SpanRule, kRoles> rules = {SpanRule{0, 0.0F}, SpanRule{}};
  const auto more = of(both, views, rules);
  size_t words = 0;
  for (const LabelledSpan& span : more[0]) words += span.last - span.first;
  EXPECT_EQ(words, 6U);
  ASSERT_EQ(more[1].size(), found[1].size());
  for (size_t k = 0; k < more[1].size(); ++k) EXPECT_EQ(more[1][k].first, found[1][k].first);
}

}  // namespace
}  // namespace dragoman::language
