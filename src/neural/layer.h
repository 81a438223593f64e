// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "neural/linear.h"

namespace dragoman::neural {

/// Memory the encoder works in: one a thread, grown at first use (about 7 MB for 6 × 384), used again and again.
struct Scratch {
  LinearScratch linear;
  Buffer<float> qkv;
  Buffer<float> context;
  Buffer<float> ffn;
  Buffer<float> attention;
};

/// One post-norm transformer layer: x = norm(x + attention(x)); x = norm(x + ffn(x)).
class Layer {
 public:
  /// Reads the tensors NAME.* ("layer.0.qkv.weight" and so on for "layer.0"). Throws Failure (kModel).
  Layer(const Model& model, const std::string& name, Precision precision, InstructionSet set);

  /// x: [rows, hidden], in place; `lengths` are those of the sequences whose rows follow one another.
  void apply(float* x, int rows, std::span<const uint32_t> lengths, Scratch& scratch) const;

 private:
  struct Norm {
    std::vector<float> weight, bias;
  };
  static Norm read_norm(const Model& model, const std::string& name);

  const Kernels* kernels_;
  int hidden_, heads_, ffn_;
  float eps_;
  Linear qkv_, out_, ffn_in_, ffn_out_;
  Norm attention_norm_, ffn_norm_;
};

}  // namespace dragoman::neural
