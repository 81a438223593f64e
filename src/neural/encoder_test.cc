// SPDX-License-Identifier: Apache-2.0
#include "neural/encoder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "neural/model_builder.h"

namespace dragoman::neural {
namespace {

struct Sequence {
  std::vector<int32_t> ids;
  std::vector<uint8_t> shapes;
};

std::vector<float> encode(const Encoder& encoder, const Sequence& sequence) {
  Scratch scratch;
  std::vector<float> out(sequence.ids.size() * static_cast<size_t>(encoder.hidden()));
  encoder.encode(sequence.ids, sequence.shapes, scratch, out.data());
  return out;
}

struct Difference {
  double largest = 0;
  double cosine = 0;
};

/// Compares an encoder with the outputs PyTorch gave (training/parity.py).
Difference difference(const Encoder& encoder, const std::string& fixture) {
  std::ifstream file(fixture);
  const auto cases = nlohmann::json::parse(file)["cases"];
  double dot = 0, ours = 0, theirs = 0, largest = 0;
  for (const auto& one : cases) {
    const Sequence sequence{one["ids"].get<std::vector<int32_t>>(), one["shapes"].get<std::vector<uint8_t>>()};
    const auto out = encode(encoder, sequence);
    for (size_t i = 0; i < one["rows"].size(); ++i) {
      const float* row = &out[one["rows"][i].get<size_t>() * static_cast<size_t>(encoder.hidden())];
      for (const double expected : one["output"][i].get<std::vector<double>>()) {
        const double value = *row++;
        largest = std::max(largest, std::fabs(value - expected));
        dot += value * expected;
        ours += value * value;
        theirs += expected * expected;
      }
    }
  }
  return {largest, dot / std::sqrt(ours * theirs)};
}

void expect_parity(const std::string& folder, const std::string& fixture) {
  const Model model = Model::open(folder);
  for (const InstructionSet set : instruction_sets()) {
    const Difference exact = difference(Encoder(model, Precision::kFloat, set), fixture);
    EXPECT_LT(exact.largest, 1e-3) << to_string(set);
    EXPECT_GT(exact.cosine, 0.99999) << to_string(set);
    const Difference rough = difference(Encoder(model, Precision::kInt8, set), fixture);
    EXPECT_GT(rough.cosine, 0.999) << to_string(set);
    testing::Test::RecordProperty(std::string(to_string(set)) + " int8 cosine", std::to_string(rough.cosine));
  }
}

TEST(Encoder, AgreesWithPyTorch) { expect_parity("tests/neural/tiny", "tests/neural/tiny_parity.json"); }

TEST(Encoder, ReaderAgreesWithPyTorch) {
  if (!std::filesystem::exists("models/reader/weights.bin")) GTEST_SKIP() << "no weights in models/reader";
  expect_parity("models/reader", "tests/neural/reader_parity.json");
}

std::vector<Sequence> random_sequences(const EncoderSizes& sizes, const std::vector<size_t>& lengths) {
  uint32_t state = 1;
  const auto next = [&](int below) { return static_cast<int>((state = state * 1664525U + 1013904223U) >> 8) % below; };
  std::vector<Sequence> sequences;
  for (const size_t length : lengths) {
    Sequence& one = sequences.emplace_back();
    for (size_t i = 0; i < length; ++i) {
      one.ids.push_back(next(sizes.vocab));
      one.shapes.push_back(static_cast<uint8_t>(next(sizes.shapes)));
    }
  }
  return sequences;
}

TEST(Encoder, GivesTheSameBytesWhateverTheBatchAndTheInstructionSet) {
  const Model model = Model::open("tests/neural/tiny");
  // 700 rows in all: more than go through the layers together.
  const auto sequences = random_sequences(model.encoder(), {1, 17, 128, 60, 128, 3, 128, 107, 128});
  Sequence all;
  std::vector<uint32_t> lengths;
  for (const Sequence& one : sequences) {
    all.ids.insert(all.ids.end(), one.ids.begin(), one.ids.end());
    all.shapes.insert(all.shapes.end(), one.shapes.begin(), one.shapes.end());
    lengths.push_back(static_cast<uint32_t>(one.ids.size()));
  }
  for (const Precision precision : {Precision::kInt8, Precision::kFloat}) {
    std::vector<float> alone;
    const Encoder plain(model, precision, InstructionSet::kPortable);
    for (const Sequence& one : sequences) {
      const auto out = encode(plain, one);
      alone.insert(alone.end(), out.begin(), out.end());
    }
    for (const InstructionSet set : instruction_sets()) {
      const Encoder encoder(model, precision, set);
      Scratch scratch;
      std::vector<float> together(alone.size());
      encoder.encode_batch(all.ids, all.shapes, lengths, scratch, together.data());
      EXPECT_EQ(std::memcmp(alone.data(), together.data(), alone.size() * sizeof(float)), 0) << to_string(set);
    }
  }
}

TEST(Encoder, ReadsFloatAndHalfWeightsToo) {
  const Model model = Model::open("tests/neural/tiny");
  const Linear head(model, "head.tags", 64, 5);
  const auto sequence = random_sequences(model.encoder(), {4}).front();
  const auto x = encode(Encoder(model), sequence);
  LinearScratch scratch;
  std::vector<float> y(4 * 5);
  head.apply(x.data(), 4, y.data(), scratch);
  const std::vector<int> shape = {5, 64}, column = {5};
  const auto weights = model.floats("head.tags.weight", shape), bias = model.floats("head.tags.bias", column);
  double expected = bias[3];
  for (size_t k = 0; k < 64; ++k) expected += static_cast<double>(x[2 * 64 + k]) * weights[3 * 64 + k];
  EXPECT_NEAR(y[2 * 5 + 3], expected, 1e-5);
}

TEST(Encoder, TellsWhichTensorIsMissing) {
  ModelBuilder builder({.layers = 1, .hidden = 16, .heads = 1, .ffn = 16, .vocab = 8, .positions = 8, .shapes = 20});
  const Model model = builder.build();
  try {
    const Encoder encoder(model);
    FAIL() << "made an encoder of nothing";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::kModel);
    EXPECT_EQ(failure.error().message, "the model has no tensor embeddings.word");
  }
}

}  // namespace
}  // namespace dragoman::neural
