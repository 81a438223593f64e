// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "neural/layer.h"

namespace dragoman::neural {

/// A BERT encoder with an embedding of word shapes: piece ids and shapes in, one vector a piece out.
/// Const and shared by threads, each with its own Scratch. A sequence's vectors are the same bytes whatever
/// else is in the batch, on every machine and with every instruction set. The Model must outlive it.
class Encoder {
 public:
  /// Throws Failure (kModel) if a tensor is missing or of the wrong shape.
  explicit Encoder(const Model& model, Precision precision = Precision::kInt8,
                   InstructionSet set = best_instruction_set());

  const EncoderSizes& sizes() const { return sizes_; }
  int hidden() const { return sizes_.hidden; }

  /// Sequences, one after the other in `ids` and `shapes`, whose `lengths` sum to ids.size(): ids below sizes().vocab,
  /// shapes below sizes().shapes, none longer than sizes().positions. Products run over about 384 rows at once: give
  /// many sequences in one call. out: [ids.size(), hidden]; so is grammar, where it is not null: the vectors for the
  /// heads of grammar, which are those of `out` where the model has no layers for them.
  void encode(std::span<const int32_t> ids, std::span<const uint8_t> shapes, std::span<const uint32_t> lengths,
              Scratch& scratch, float* out, float* grammar = nullptr) const;

 private:
  void embed(std::span<const int32_t> ids, std::span<const uint8_t> shapes, std::span<const uint32_t> lengths,
             float* out) const;
  void add_word(int32_t id, float* out) const;

  EncoderSizes sizes_;
  const Kernels* kernels_;
  const Tensor* word_;
  std::vector<float> word_scale_;  // one a row; empty unless the word embeddings are int8
  std::vector<float> position_, shape_, norm_weight_, norm_bias_;
  std::vector<Layer> layers_, grammar_layers_;
};

}  // namespace dragoman::neural
