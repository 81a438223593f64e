// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

/// Functions over floats for the heads that sit on the encoder; the same bytes on every machine.
namespace dragoman::neural {

void gelu(std::span<float> x);     ///< x Phi(x), within 1e-5
void sigmoid(std::span<float> x);  ///< 1 / (1 + e^-x)

/// Each row of `width` values becomes probabilities. x.size() is a multiple of width.
void softmax(std::span<float> x, int width);

/// Each row of weight.size() values: (x - mean) / sqrt(variance + eps) × weight + bias.
void layer_norm(std::span<float> x, std::span<const float> weight, std::span<const float> bias, float eps);

}  // namespace dragoman::neural
