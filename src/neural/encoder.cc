// SPDX-License-Identifier: Apache-2.0
#include "neural/encoder.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace dragoman::neural {
namespace {

// Rows that go through all layers together. More rows read the weights (1.8 MB a layer, from L3) less often,
// fewer keep the activations (12 kB a row) near. A choice in the range of 256 to 1,024 that needs about 7 MB.
constexpr uint32_t kGroupRows = 384;

}  // namespace

Encoder::Encoder(const Model& model, Precision precision, InstructionSet set)
    : sizes_(model.encoder()), kernels_(&kernels(set)) {
  const std::array<int, 2> word = {sizes_.vocab, sizes_.hidden};
  const std::array<int, 2> position = {sizes_.positions, sizes_.hidden};
  const std::array<int, 2> shape = {sizes_.shapes, sizes_.hidden};
  const std::array<int, 1> row = {sizes_.hidden};
  word_ = &model.tensor("embeddings.word", word);
  if (word_->dtype == DType::kInt8) word_scale_ = model.floats("embeddings.word.scale", std::span(word).first(1));
  position_ = model.floats("embeddings.position", position);
  shape_ = model.floats("embeddings.shape", shape);
  norm_weight_ = model.floats("embeddings.norm.weight", row);
  norm_bias_ = model.floats("embeddings.norm.bias", row);
  const auto read_layers = [&](const std::string& prefix, int count, std::vector<Layer>& layers) {
    layers.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) layers.emplace_back(model, prefix + std::to_string(i), precision, set);
    const std::string further = prefix + std::to_string(count);
    if (model.find(further + ".qkv.weight") != nullptr) {
      throw Failure({ErrorCode::kModel, "the model has " + further + ", a layer more than its manifest tells",
                     model.path("manifest.json")});
    }
  };
  read_layers("layer.", sizes_.layers, layers_);
  read_layers("grammar.layer.", sizes_.grammar_layers, grammar_layers_);
}

void Encoder::add_word(int32_t id, float* out) const {
  const size_t hidden = static_cast<size_t>(sizes_.hidden);
  const size_t first = static_cast<size_t>(id) * hidden;
  if (word_->dtype == DType::kInt8) {
    const auto* bytes = reinterpret_cast<const int8_t*>(word_->data) + first;
    const float scale = word_scale_[static_cast<size_t>(id)];
    for (size_t i = 0; i < hidden; ++i) out[i] += static_cast<float>(bytes[i]) * scale;
  } else if (word_->dtype == DType::kFloat16) {
    const auto* halves = reinterpret_cast<const uint16_t*>(word_->data) + first;
    for (size_t i = 0; i < hidden; ++i) out[i] += from_half(halves[i]);
  } else {
    const auto* floats = reinterpret_cast<const float*>(word_->data) + first;
    for (size_t i = 0; i < hidden; ++i) out[i] += floats[i];
  }
}

void Encoder::embed(std::span<const int32_t> ids, std::span<const uint8_t> shapes, std::span<const uint32_t> lengths,
                    float* out) const {
  const size_t hidden = static_cast<size_t>(sizes_.hidden);
  size_t at = 0;
  for (const uint32_t length : lengths) {
    assert(length <= static_cast<uint32_t>(sizes_.positions));
    for (size_t position = 0; position < length; ++position, ++at) {
      assert(0 <= ids[at] && ids[at] < sizes_.vocab && shapes[at] < sizes_.shapes);
      const float* here = &position_[position * hidden];
      const float* shape = &shape_[shapes[at] * hidden];
      float* row = out + at * hidden;
      for (size_t i = 0; i < hidden; ++i) row[i] = here[i] + shape[i];
      add_word(ids[at], row);
    }
  }
  kernels_->layer_norm(out, static_cast<int>(at), sizes_.hidden, norm_weight_.data(), norm_bias_.data(), sizes_.eps);
}

void Encoder::encode(std::span<const int32_t> ids, std::span<const uint8_t> shapes, std::span<const uint32_t> lengths,
                     Scratch& scratch, float* out, float* grammar) const {
  assert(ids.size() == shapes.size());
  const size_t shared = grammar_layers_.empty() ? layers_.size() : static_cast<size_t>(sizes_.grammar_from);
  while (!lengths.empty()) {
    size_t sequences = 0;
    uint32_t rows = 0;
    while (sequences < lengths.size() && (sequences == 0 || rows + lengths[sequences] <= kGroupRows)) {
      rows += lengths[sequences++];
    }
    const auto group = lengths.first(sequences);
    embed(ids.first(rows), shapes.first(rows), group, out);
    const size_t values = static_cast<size_t>(rows) * static_cast<size_t>(sizes_.hidden);
    const auto apply = [&](std::span<const Layer> layers, float* x) {
      for (const Layer& layer : layers) layer.apply(x, static_cast<int>(rows), group, scratch);
    };
    apply(std::span(layers_).first(shared), out);
    if (grammar != nullptr) {
      std::copy(out, out + values, grammar);
      apply(grammar_layers_, grammar);
      grammar += values;
    }
    apply(std::span(layers_).subspan(shared), out);
    ids = ids.subspan(rows);
    shapes = shapes.subspan(rows);
    lengths = lengths.subspan(sequences);
    out += values;
  }
}

}  // namespace dragoman::neural
