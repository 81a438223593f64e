// SPDX-License-Identifier: Apache-2.0
// For machines without AVX2, and the plain reading of what the other sets must give.
#define DRAGOMAN_LANE_BYTES 16
#include "neural/kernels_impl.h"

namespace dragoman::neural {
namespace {

constexpr int kGroup = 2;

void store_bytes(uint8_t* at, const Ints& values) {
  int32_t lanes[kLanes];
  store(lanes, values);
  for (int i = 0; i < kLanes; ++i) at[i] = static_cast<uint8_t>(lanes[i] + kZeroPoint);
}

void gemm_int8(const Int8Gemm& job) {
  const int depth = job.weights.depth;
  for (int column = 0; column < job.weights.columns; column += kLanes) {
    const int8_t* panel = job.weights.packed + static_cast<ptrdiff_t>(column) * depth;
    for (int row = 0; row < job.rows; ++row) {
      const uint8_t* a = job.activations + static_cast<ptrdiff_t>(row) * depth;
      const int8_t* w = panel;
      int32_t sums[kLanes] = {};
      for (int k = 0; k < depth; k += kGroup, w += kLanes * kGroup) {
        const int a0 = a[k] - kZeroPoint;
        const int a1 = a[k + 1] - kZeroPoint;
        for (int c = 0; c < kLanes; ++c) sums[c] += a0 * w[2 * c] + a1 * w[2 * c + 1];
      }
      finish_int8(job, row, column, load(sums));
    }
  }
}

}  // namespace

extern const Kernels kPortableKernels;
const Kernels kPortableKernels = {InstructionSet::kPortable,
                                  kGroup,
                                  kGroup,
                                  quantize,
                                  gemm_int8,
                                  gemm_float,
                                  attention,
                                  layer_norm,
                                  softmax,
                                  gelu,
                                  sigmoid};

}  // namespace dragoman::neural
