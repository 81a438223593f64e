// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "neural/cpu.h"

/// What runs on the vector units: plain structs in, no memory of its own, safe to call from any
/// thread. Each instruction set has its own table; all tables give the same bytes, because
///  - int8 products are summed exactly in int32, whatever the order, and
///  - float work is written once (kernels_impl.h) over 16 logical lanes, without fused multiply-add and
///    with one order of summing, so that lane width does not show in the result.
/// A set for AMX would be one more table: its own packing (`k_group`) and its own gemm_int8.
namespace dragoman::neural {

inline constexpr int kLanes = 16;        ///< columns of a panel, and the step of all float loops
inline constexpr int kDepthStep = 4;     ///< the depth of int8 products is padded to a multiple of this
inline constexpr int kZeroPoint = 128;   ///< quantised activations are stored as uint8 = int8 + 128
inline constexpr int kSmallWeight = 31;  ///< four products of weights so small with bytes stay within 16 bits

constexpr int round_up(int n, int step) { return (n + step - 1) / step * step; }

/// What is done to a product before it is stored.
enum class Epilogue {
  kStore,  ///< out = product + bias
  kGelu,   ///< out = gelu(product + bias)
  kAdd,    ///< out += product + bias
};

/// Weights [columns, depth] laid out in panels of 16 columns; within a panel, for each group of
/// `k_group` depths (`k_group_small` where no weight is above kSmallWeight in magnitude), 16 columns × that many
/// values. Padded with zeros.
struct Int8Panels {
  const int8_t* packed = nullptr;
  const int32_t* correction = nullptr;  ///< -128 × sum over the depth, one a column
  const float* scale = nullptr;         ///< one a column
  const float* bias = nullptr;          ///< one a column
  int columns = 0;                      ///< as in the model; the arrays above run to a multiple of 16
  int depth = 0;                        ///< padded to a multiple of kDepthStep
  bool small = false;                   ///< no weight is above kSmallWeight in magnitude
};

/// out[rows, columns] = epilogue(activations × weights).
struct Int8Gemm {
  const uint8_t* activations = nullptr;  ///< [rows, weights.depth], int8 + 128
  const float* row_scale = nullptr;      ///< one a row
  int rows = 0;
  Int8Panels weights;
  Epilogue epilogue = Epilogue::kStore;
  float* out = nullptr;
  int out_stride = 0;
  int32_t* sums = nullptr;     ///< if set (tests), the exact sums [rows, columns] go here and nothing to `out`
  int16_t* scratch = nullptr;  ///< gemm_scratch(rows, depth) values, 64-byte aligned
};
inline size_t gemm_scratch(int rows, int depth) {
  return static_cast<size_t>(rows) * depth + static_cast<size_t>(kLanes) * depth;
}

/// Weights [columns, depth] in panels of 16 columns: depth × 16 floats each, padded with zeros.
struct FloatPanels {
  const float* packed = nullptr;
  const float* bias = nullptr;
  int columns = 0;
  int depth = 0;
};

struct FloatGemm {
  const float* activations = nullptr;  ///< [rows, weights.depth]
  int rows = 0;
  FloatPanels weights;
  Epilogue epilogue = Epilogue::kStore;
  float* out = nullptr;
  int out_stride = 0;
};

/// Full attention within one sequence of n rows. qkv: [n, 3 × hidden], out: [n, hidden]. hidden / heads is a multiple
/// of 16.
struct Attention {
  const float* qkv = nullptr;
  int n = 0;
  int hidden = 0;
  int heads = 0;
  float* out = nullptr;
  float* scratch = nullptr;  ///< attention_scratch(n, head width) floats, 64-byte aligned
};
inline size_t attention_scratch(int n, int head_width) {
  return static_cast<size_t>(head_width + 4) * static_cast<size_t>(round_up(n, kLanes));
}

struct Kernels {
  InstructionSet set;
  int k_group;        ///< of Int8Panels
  int k_group_small;  ///< of those that are small
  /// Rows of k floats → int8 + 128 with one scale a row (largest magnitude / 127); padding up to `depth` is 128.
  /// `factor` (k values, or null for all ones) is multiplied into each row first.
  void (*quantize)(const float* x, const float* factor, int rows, int k, uint8_t* q, int depth, float* scale);
  void (*gemm_int8)(const Int8Gemm& job);
  void (*gemm_float)(const FloatGemm& job);
  void (*attention)(const Attention& job);
  /// In place, each row of n floats: (x - mean) / sqrt(variance + eps) × weight + bias.
  void (*layer_norm)(float* x, int rows, int n, const float* weight, const float* bias, float eps);
  void (*softmax)(float* x, int rows, int n);  ///< in place, each row of n floats
  void (*gelu)(float* x, size_t n);            ///< in place: x × Phi(x), within 1e-5
  void (*sigmoid)(float* x, size_t n);         ///< in place
};

/// The table of a set that instruction_sets() lists.
const Kernels& kernels(InstructionSet set);

}  // namespace dragoman::neural
