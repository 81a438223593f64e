// SPDX-License-Identifier: Apache-2.0
// int8 products, exact. Small weights (kSmallWeight): vpmaddubsw takes the bytes as they are and adds pairs of products
// in 16 bits; two such sums are added before vpmaddwd widens them to 32. Others: vpmaddwd on both sides widened to
// int16, since vpmaddubsw would saturate and repairing that costs as many multiplier slots as it saves; activations are
// widened once a product, a panel of weights once for all rows.
#define DRAGOMAN_LANE_BYTES 32
#include <immintrin.h>

#include "neural/kernels_impl.h"

namespace dragoman::neural {
namespace {

constexpr int kGroup = 2;
constexpr int kGroupSmall = 4;
constexpr int kTileRowsSmall = 4;  // 4 × 2 sums + 4 weights + 2 activations + 1 product + ones
constexpr int kTileRows = 6;       // 6 × 2 sums + 2 weights + 1 activation + 1 product = the 16 registers

void store_bytes(uint8_t* at, const Ints& values) {
  __m256i low, high;
  memcpy(&low, &values.part[0], sizeof low);
  memcpy(&high, &values.part[1], sizeof high);
  const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xD8);
  const __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(at), _mm_xor_si128(bytes, _mm_set1_epi8(static_cast<char>(0x80))));
}

void widen_activations(const uint8_t* a, size_t n, int16_t* wide) {
  const __m256i zero_point = _mm256_set1_epi16(kZeroPoint);
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    const __m256i words = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(wide + i), _mm256_sub_epi16(words, zero_point));
  }
  for (; i < n; ++i) wide[i] = static_cast<int16_t>(a[i] - kZeroPoint);
}

void widen_panel(const int8_t* panel, int depth, int16_t* wide) {
  for (int i = 0; i < depth * kLanes; i += 16) {
    const __m256i words = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(panel + i)));
    _mm256_store_si256(reinterpret_cast<__m256i*>(wide + i), words);
  }
}

/// Sums of kRows rows and 16 columns. Not inlined: with the epilogue in the same function g++ 12 keeps sums in memory.
template <int kRows>
__attribute__((noinline)) void sum_tile(const int16_t* a, int depth, const int16_t* panel, int32_t* sums) {
  __m256i left[kRows], right[kRows];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) left[r] = right[r] = _mm256_setzero_si256();
  for (int k = 0; k < depth; k += kGroup, panel += kLanes * kGroup) {
    const __m256i w0 = _mm256_load_si256(reinterpret_cast<const __m256i*>(panel));
    const __m256i w1 = _mm256_load_si256(reinterpret_cast<const __m256i*>(panel + 16));
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      int32_t pair;
      memcpy(&pair, a + static_cast<ptrdiff_t>(r) * depth + k, sizeof pair);
      const __m256i both = _mm256_set1_epi32(pair);
      left[r] = _mm256_add_epi32(left[r], _mm256_madd_epi16(w0, both));
      right[r] = _mm256_add_epi32(right[r], _mm256_madd_epi16(w1, both));
      // Finished before the next row begins: g++ 12 would hoist all activations and spill sums.
      asm("" : "+x"(left[r]), "+x"(right[r]));
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    _mm256_store_si256(reinterpret_cast<__m256i*>(sums + r * kLanes), left[r]);
    _mm256_store_si256(reinterpret_cast<__m256i*>(sums + r * kLanes + 8), right[r]);
  }
}

template <int kRows>
void tile(const Int8Gemm& job, int row, int column, const int16_t* activations, const int16_t* panel) {
  alignas(64) int32_t sums[kRows * kLanes];
  sum_tile<kRows>(activations + static_cast<ptrdiff_t>(row) * job.weights.depth, job.weights.depth, panel, sums);
  for (int r = 0; r < kRows; ++r) finish_int8(job, row + r, column, load(sums + r * kLanes));
}

/// As sum_tile, of small weights and bytes as they are; the zero point is taken out by `correction`, one a column.
template <int kRows>
__attribute__((noinline)) void sum_small_tile(const uint8_t* a, int depth, const int8_t* panel,
                                              const int32_t* correction, int32_t* sums) {
  const auto weights = [&](int i) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(panel) + i); };
  const auto four = [&](int row, int k) {
    int32_t bytes;
    memcpy(&bytes, a + static_cast<ptrdiff_t>(row) * depth + k, sizeof bytes);
    return _mm256_set1_epi32(bytes);
  };
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i left[kRows], right[kRows];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    left[r] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(correction));
    right[r] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(correction + 8));
  }
  int k = 0;
  for (; k + 2 * kGroupSmall <= depth; k += 2 * kGroupSmall, panel += 2 * kLanes * kGroupSmall) {
    const __m256i w0 = weights(0), w1 = weights(1), w2 = weights(2), w3 = weights(3);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      const __m256i near = four(r, k), far = four(r, k + kGroupSmall);
      const __m256i l = _mm256_add_epi16(_mm256_maddubs_epi16(near, w0), _mm256_maddubs_epi16(far, w2));
      left[r] = _mm256_add_epi32(left[r], _mm256_madd_epi16(l, ones));
      const __m256i m = _mm256_add_epi16(_mm256_maddubs_epi16(near, w1), _mm256_maddubs_epi16(far, w3));
      right[r] = _mm256_add_epi32(right[r], _mm256_madd_epi16(m, ones));
      asm("" : "+x"(left[r]), "+x"(right[r]));
    }
  }
  if (k < depth) {
    const __m256i w0 = weights(0), w1 = weights(1);
#pragma GCC unroll 8
    for (int r = 0; r < kRows; ++r) {
      const __m256i near = four(r, k);
      left[r] = _mm256_add_epi32(left[r], _mm256_madd_epi16(_mm256_maddubs_epi16(near, w0), ones));
      right[r] = _mm256_add_epi32(right[r], _mm256_madd_epi16(_mm256_maddubs_epi16(near, w1), ones));
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < kRows; ++r) {
    _mm256_store_si256(reinterpret_cast<__m256i*>(sums + r * kLanes), left[r]);
    _mm256_store_si256(reinterpret_cast<__m256i*>(sums + r * kLanes + 8), right[r]);
  }
}

template <int kRows>
void small_tile(const Int8Gemm& job, int row, int column) {
  alignas(64) int32_t sums[kRows * kLanes];
  const Int8Panels& weights = job.weights;
  sum_small_tile<kRows>(job.activations + static_cast<ptrdiff_t>(row) * weights.depth, weights.depth,
                        weights.packed + static_cast<ptrdiff_t>(column) * weights.depth, weights.correction + column,
                        sums);
  for (int r = 0; r < kRows; ++r) finish_int8(job, row + r, column, load(sums + r * kLanes));
}

void gemm_small(const Int8Gemm& job) {
  for (int column = 0; column < job.weights.columns; column += kLanes) {
    int row = 0;
    for (; row + kTileRowsSmall <= job.rows; row += kTileRowsSmall) small_tile<kTileRowsSmall>(job, row, column);
    for (; row < job.rows; ++row) small_tile<1>(job, row, column);
  }
}

void gemm_int8(const Int8Gemm& job) {
  if (job.weights.small) return gemm_small(job);
  const int depth = job.weights.depth;
  int16_t* panel = job.scratch;  // first, so that it is aligned
  int16_t* activations = job.scratch + static_cast<ptrdiff_t>(kLanes) * depth;
  widen_activations(job.activations, static_cast<size_t>(job.rows) * static_cast<size_t>(depth), activations);
  for (int column = 0; column < job.weights.columns; column += kLanes) {
    widen_panel(job.weights.packed + static_cast<ptrdiff_t>(column) * depth, depth, panel);
    int row = 0;
    for (; row + kTileRows <= job.rows; row += kTileRows) tile<kTileRows>(job, row, column, activations, panel);
    for (; row + 2 <= job.rows; row += 2) tile<2>(job, row, column, activations, panel);
    for (; row < job.rows; ++row) tile<1>(job, row, column, activations, panel);
  }
}

}  // namespace

extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels = {InstructionSet::kAvx2,
                              kGroup,
                              kGroupSmall,
                              quantize,
                              gemm_int8,
                              gemm_float,
                              attention,
                              layer_norm,
                              softmax,
                              gelu,
                              sigmoid};

}  // namespace dragoman::neural
