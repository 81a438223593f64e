// SPDX-License-Identifier: Apache-2.0
#include "neural/ops.h"

#include "neural/kernels.h"

namespace dragoman::neural {
namespace {

const Kernels& best() { return kernels(best_instruction_set()); }

}  // namespace

void gelu(std::span<float> x) { best().gelu(x.data(), x.size()); }

void sigmoid(std::span<float> x) { best().sigmoid(x.data(), x.size()); }

void softmax(std::span<float> x, int width) {
  best().softmax(x.data(), static_cast<int>(x.size() / static_cast<size_t>(width)), width);
}

void layer_norm(std::span<float> x, std::span<const float> weight, std::span<const float> bias, float eps) {
  best().layer_norm(x.data(), static_cast<int>(x.size() / weight.size()), static_cast<int>(weight.size()),
                    weight.data(), bias.data(), eps);
}

}  // namespace dragoman::neural
