// SPDX-License-Identifier: Apache-2.0
#include "neural/layer.h"

#include <algorithm>
#include <array>

namespace dragoman::neural {

Layer::Norm Layer::read_norm(const Model& model, const std::string& name) {
  const std::array<int, 1> shape = {model.encoder().hidden};
  return {model.floats(name + ".weight", shape), model.floats(name + ".bias", shape)};
}

Layer::Layer(const Model& model, const std::string& name, Precision precision, InstructionSet set)
    : kernels_(&kernels(set)),
      hidden_(model.encoder().hidden),
      heads_(model.encoder().heads),
      ffn_(model.encoder().ffn),
      eps_(model.encoder().eps),
      qkv_(model, name + ".qkv", hidden_, 3 * hidden_, precision, set),
      out_(model, name + ".out", hidden_, hidden_, precision, set),
      ffn_in_(model, name + ".ffn_in", hidden_, ffn_, precision, set),
      ffn_out_(model, name + ".ffn_out", ffn_, hidden_, precision, set),
      attention_norm_(read_norm(model, name + ".attention_norm")),
      ffn_norm_(read_norm(model, name + ".ffn_norm")) {}

void Layer::apply(float* x, int rows, std::span<const uint32_t> lengths, Scratch& scratch) const {
  const size_t count = static_cast<size_t>(rows);
  const size_t hidden = static_cast<size_t>(hidden_);
  float* qkv = scratch.qkv.need(count * hidden * 3);
  float* context = scratch.context.need(count * hidden);
  qkv_.apply(x, rows, qkv, scratch.linear);
  size_t first = 0;
  for (const uint32_t length : lengths) {
    const int n = static_cast<int>(length);
    float* memory = scratch.attention.need(attention_scratch(n, hidden_ / heads_));
    kernels_->attention({qkv + first * hidden * 3, n, hidden_, heads_, context + first * hidden, memory});
    first += length;
  }
  out_.apply(context, rows, x, scratch.linear, Epilogue::kAdd);
  kernels_->layer_norm(x, rows, hidden_, attention_norm_.weight.data(), attention_norm_.bias.data(), eps_);

  float* ffn = scratch.ffn.need(count * static_cast<size_t>(ffn_));
  ffn_in_.apply(x, rows, ffn, scratch.linear, Epilogue::kGelu);
  ffn_out_.apply(ffn, rows, x, scratch.linear, Epilogue::kAdd);
  kernels_->layer_norm(x, rows, hidden_, ffn_norm_.weight.data(), ffn_norm_.bias.data(), eps_);
}

}  // namespace dragoman::neural
