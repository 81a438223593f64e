// SPDX-License-Identifier: Apache-2.0
// int8 products by vpdpbusd (AVX-512 VNNI): four uint8 × int8 products added into each int32 lane, exact. The
// activations are the unsigned side, 128 too large; Int8Panels::correction, from which the sums start, takes that back.
#define DRAGOMAN_LANE_BYTES 64
#include <immintrin.h>

#include "neural/kernels_impl.h"

namespace dragoman::neural {
namespace {

constexpr int kGroup = 4;
constexpr int kTileRows = 8;    // 8 × 3 sums + 3 weights + activations in the 32 registers: one vpdpbusd a cycle
constexpr int kTilePanels = 3;  // waits for no sum (24 in flight, latency 4) and needs 11 loads for 24 products

void store_bytes(uint8_t* at, const Ints& values) {
  __m512i lanes;
  memcpy(&lanes, &values.part[0], sizeof lanes);
  const __m128i bytes = _mm512_cvtsepi32_epi8(lanes);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(at), _mm_xor_si128(bytes, _mm_set1_epi8(static_cast<char>(0x80))));
}

/// Sums of kRows rows and kPanels × 16 columns. Not inlined: with the epilogue in the same function g++ 12 may keep
/// sums in memory.
template <int kRows, int kPanels>
__attribute__((noinline)) void sum_tile(const uint8_t* a, int depth, const int8_t* w, const int32_t* start,
                                        int32_t* out) {
  const ptrdiff_t panel_size = static_cast<ptrdiff_t>(kLanes) * depth;
  __m512i sums[kRows][kPanels];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int p = 0; p < kPanels; ++p) sums[r][p] = _mm512_loadu_si512(start + p * kLanes);
  }
  for (int k = 0; k < depth; k += kGroup, w += kLanes * kGroup) {
    __m512i weights[kPanels];
#pragma GCC unroll 3
    for (int p = 0; p < kPanels; ++p) weights[p] = _mm512_loadu_si512(w + p * panel_size);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      int32_t four;
      memcpy(&four, a + static_cast<ptrdiff_t>(r) * depth + k, sizeof four);
      const __m512i activations = _mm512_set1_epi32(four);
#pragma GCC unroll 3
      for (int p = 0; p < kPanels; ++p) sums[r][p] = _mm512_dpbusd_epi32(sums[r][p], activations, weights[p]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
    for (int p = 0; p < kPanels; ++p) _mm512_storeu_si512(out + (r * kPanels + p) * kLanes, sums[r][p]);
  }
}

template <int kRows, int kPanels>
void tile(const Int8Gemm& job, int row, int column) {
  alignas(64) int32_t sums[kRows * kPanels * kLanes];
  const Int8Panels& weights = job.weights;
  sum_tile<kRows, kPanels>(job.activations + static_cast<ptrdiff_t>(row) * weights.depth, weights.depth,
                           weights.packed + static_cast<ptrdiff_t>(column) * weights.depth, weights.correction + column,
                           sums);
  for (int r = 0; r < kRows; ++r) {
    for (int p = 0; p < kPanels; ++p) {
      finish_int8(job, row + r, column + p * kLanes, load(sums + (r * kPanels + p) * kLanes));
    }
  }
}

template <int kPanels>
void columns_of_tiles(const Int8Gemm& job, int column) {
  int row = 0;
  for (; row + kTileRows <= job.rows; row += kTileRows) tile<kTileRows, kPanels>(job, row, column);
  for (; row + 2 <= job.rows; row += 2) tile<2, kPanels>(job, row, column);
  for (; row < job.rows; ++row) tile<1, kPanels>(job, row, column);
}

void gemm_int8(const Int8Gemm& job) {
  int column = 0;
  for (; column + (kTilePanels - 1) * kLanes < job.weights.columns; column += kTilePanels * kLanes) {
    columns_of_tiles<kTilePanels>(job, column);
  }
  for (; column < job.weights.columns; column += kLanes) columns_of_tiles<1>(job, column);
}

}  // namespace

extern const Kernels kAvx512Kernels;
const Kernels kAvx512Kernels = {InstructionSet::kAvx512Vnni,
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
