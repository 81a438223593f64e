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

enum class Vectors { kOfTheLastLayer, kForGrammar };

std::vector<float> encode(const Encoder& encoder, const Sequence& sequence, Vectors wanted = Vectors::kOfTheLastLayer) {
  Scratch scratch;
  std::vector<float> out(sequence.ids.size() * static_cast<size_t>(encoder.hidden())), grammar(out.size());
  const std::vector<uint32_t> length = {static_cast<uint32_t>(sequence.ids.size())};
  encoder.encode(sequence.ids, sequence.shapes, length, scratch, out.data(), grammar.data());
  return wanted == Vectors::kForGrammar ? grammar : out;
}

struct Difference {
  double largest = 0;
  double cosine = 0;
};

/// Compares an encoder with the outputs PyTorch gave (training/parity.py).
Difference difference(const Encoder& encoder, const std::string& fixture, Vectors wanted) {
  std::ifstream file(fixture);
  const auto cases = nlohmann::json::parse(file)["cases"];
  double dot = 0, ours = 0, theirs = 0, largest = 0;
  for (const auto& one : cases) {
    const Sequence sequence{one["ids"].get<std::vector<int32_t>>(), one["shapes"].get<std::vector<uint8_t>>()};
    const auto out = encode(encoder, sequence, wanted);
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

void expect_parity(const Model& model, const std::string& fixture, Vectors wanted = Vectors::kOfTheLastLayer) {
  for (const InstructionSet set : instruction_sets()) {
    const Difference exact = difference(Encoder(model, Precision::kFloat, set), fixture, wanted);
    EXPECT_LT(exact.largest, 1e-3) << to_string(set);
    EXPECT_GT(exact.cosine, 0.99999) << to_string(set);
    const Difference rough = difference(Encoder(model, Precision::kInt8, set), fixture, wanted);
    EXPECT_GT(rough.cosine, 0.999) << to_string(set);
    testing::Test::RecordProperty(std::string(to_string(set)) + " int8 cosine", std::to_string(rough.cosine));
  }
}

TEST(Encoder, AgreesWithPyTorch) { expect_parity(Model::open("tests/neural/tiny"), "tests/neural/tiny_parity.json"); }

TEST(Encoder, ReadersAgreeWithPyTorch) {
  if (!std::filesystem::exists("models/reader/manifest.json")) GTEST_SKIP() << "no weights in models/reader";
  const Model model = Model::open("models/reader");
  expect_parity(model, "tests/neural/reader_parity.json");
  expect_parity(model, "tests/neural/reader_grammar_parity.json", Vectors::kForGrammar);
  for (const Model& one : model.more()) expect_parity(one, "tests/neural/reader_" + one.name() + "_parity.json");
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

// The sequences one after the other, and the length of each.
std::pair<Sequence, std::vector<uint32_t>> joined(const std::vector<Sequence>& sequences) {
  Sequence all;
  std::vector<uint32_t> lengths;
  for (const Sequence& one : sequences) {
    all.ids.insert(all.ids.end(), one.ids.begin(), one.ids.end());
    all.shapes.insert(all.shapes.end(), one.shapes.begin(), one.shapes.end());
    lengths.push_back(static_cast<uint32_t>(one.ids.size()));
  }
  return {all, lengths};
}

TEST(Encoder, GivesTheSameBytesWhateverTheBatchAndTheInstructionSet) {
  const Model model = Model::open("tests/neural/tiny");
  // 700 rows in all: more than go through the layers together.
  const auto sequences = random_sequences(model.encoder(), {1, 17, 128, 60, 128, 3, 128, 107, 128});
  const auto [all, lengths] = joined(sequences);
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
      encoder.encode(all.ids, all.shapes, lengths, scratch, together.data());
      EXPECT_EQ(std::memcmp(alone.data(), together.data(), alone.size() * sizeof(float)), 0) << to_string(set);
    }
  }
}

EncoderSizes small_sizes() {
  return {.layers = 3, .hidden = 64, .heads = 4, .ffn = 128, .vocab = 50, .positions = 128, .shapes = 20};
}

TEST(Encoder, LayersForGrammarBeginWithWhatTheSharedOnesGive) {
  EncoderSizes sizes = small_sizes();
  sizes.grammar_from = 1;
  sizes.grammar_layers = 2;
  ModelBuilder builder(sizes);
  builder.add_random_encoder(7);
  const Model model = builder.build();
  EXPECT_EQ(model.encoder().grammar_from, 1);
  EXPECT_EQ(model.encoder().grammar_layers, 2);
  const Layer first(model, "grammar.layer.0", Precision::kInt8, best_instruction_set());
  const Layer second(model, "grammar.layer.1", Precision::kInt8, best_instruction_set());
  EncoderSizes lower = sizes;
  lower.layers = 1;
  lower.grammar_layers = lower.grammar_from = 0;
  // More rows than go through the layers together, so that the vectors of the second group have their place too.
  const auto sequences = random_sequences(sizes, {100, 120, 90, 110, 20});
  const Encoder encoder(model);
  const auto [all, lengths] = joined(sequences);
  Scratch scratch;
  std::vector<float> plain(all.ids.size() * 64), out(plain.size()), grammar(plain.size());
  encoder.encode(all.ids, all.shapes, lengths, scratch, plain.data());
  encoder.encode(all.ids, all.shapes, lengths, scratch, out.data(), grammar.data());
  EXPECT_EQ(plain, out);
  EXPECT_NE(out, grammar);
  // An encoder of the lowest layer alone, then the layers for grammar by hand.
  ModelBuilder shared(lower);
  shared.add_random_encoder(7);  // begins with the same numbers: embeddings, then layer 0
  const Model shared_model = shared.build();
  std::vector<float> expected(plain.size());
  Encoder(shared_model).encode(all.ids, all.shapes, lengths, scratch, expected.data());
  first.apply(expected.data(), static_cast<int>(all.ids.size()), lengths, scratch);
  second.apply(expected.data(), static_cast<int>(all.ids.size()), lengths, scratch);
  EXPECT_EQ(expected, grammar);
}

TEST(Encoder, WithoutLayersForGrammarItsVectorsAreThoseOfTheLast) {
  ModelBuilder builder(small_sizes());
  builder.add_random_encoder(7);
  const Model model = builder.build();
  const Encoder encoder(model);
  const Sequence one = random_sequences(model.encoder(), {9}).front();
  const std::vector<uint32_t> lengths = {9};
  Scratch scratch;
  std::vector<float> out(9 * 64), grammar(9 * 64);
  encoder.encode(one.ids, one.shapes, lengths, scratch, out.data(), grammar.data());
  EXPECT_EQ(out, grammar);
}

TEST(Encoder, LayersForGrammarBeginWithinTheEncoder) {
  EncoderSizes sizes = small_sizes();
  sizes.grammar_from = 4;
  sizes.grammar_layers = 1;
  ModelBuilder builder(sizes);
  builder.add_random_encoder(7);
  EXPECT_THROW(builder.build(), Failure);
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

TEST(Encoder, TellsOfALayerTooMany) {
  EncoderSizes sizes = {.layers = 2, .hidden = 16, .heads = 1, .ffn = 16, .vocab = 3, .positions = 4, .shapes = 2};
  ModelBuilder builder(sizes);
  builder.add_random_encoder(1);
  std::string manifest = builder.manifest();
  manifest.replace(manifest.find("\"layers\":2"), 10, "\"layers\":1");
  const Model model = Model::from_memory(manifest, builder.weights());
  try {
    const Encoder encoder(model);
    FAIL() << "a layer was passed over";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().message, "the model has layer.1, a layer more than its manifest tells");
  }
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
