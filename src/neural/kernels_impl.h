// SPDX-License-Identifier: Apache-2.0
#pragma once

// The float kernels, written once and compiled once for each instruction set (kernels_*.cc), and the
// epilogue shared by all products. See lanes.h for why results do not depend on the set.

#include "neural/kernels.h"
#include "neural/lanes.h"

namespace dragoman::neural {
namespace {

DRAGOMAN_INLINE int lanes_left(int n, int at) { return n - at < kLanes ? n - at : kLanes; }

DRAGOMAN_INLINE void finish(const Floats& product, Epilogue epilogue, float* out, int n) {
  switch (epilogue) {
    case Epilogue::kStore: return store_some(out, product, n);
    case Epilogue::kGelu: return store_some(out, gelu_of(product), n);
    case Epilogue::kAdd: return store_some(out, load_some(out, n, 0.0F) + product, n);
  }
}

/// Sixteen int32 sums of row `row` and columns from `column` → out.
DRAGOMAN_INLINE void finish_int8(const Int8Gemm& job, int row, int column, const Ints& sums) {
  const int n = lanes_left(job.weights.columns, column);
  if (job.sums != nullptr) {
    int32_t lanes[kLanes];
    store(lanes, sums);
    memcpy(job.sums + static_cast<ptrdiff_t>(row) * job.weights.columns + column, lanes,
           sizeof(int32_t) * static_cast<size_t>(n));
    return;
  }
  const Floats scale = load(job.weights.scale + column) * job.row_scale[row];
  finish(to_floats(sums) * scale + load(job.weights.bias + column), job.epilogue,
         job.out + static_cast<ptrdiff_t>(row) * job.out_stride + column, n);
}

// ---- float products ------------------------------------------------------------------------------

template <int kRows>
void float_tile(const FloatGemm& job, int row, int column) {
  const int depth = job.weights.depth;
  const float* w = job.weights.packed + static_cast<ptrdiff_t>(column) * depth;
  const float* a = job.activations + static_cast<ptrdiff_t>(row) * depth;
  Floats sums[kRows];
  for (int r = 0; r < kRows; ++r) sums[r] = all(0.0F);
  for (int k = 0; k < depth; ++k, w += kLanes) {
    const Floats weights = load(w);
    for (int r = 0; r < kRows; ++r) sums[r] = sums[r] + weights * a[static_cast<ptrdiff_t>(r) * depth + k];
  }
  const Floats bias = load(job.weights.bias + column);
  for (int r = 0; r < kRows; ++r) {
    finish(sums[r] + bias, job.epilogue, job.out + static_cast<ptrdiff_t>(row + r) * job.out_stride + column,
           lanes_left(job.weights.columns, column));
  }
}

void gemm_float(const FloatGemm& job) {
  for (int column = 0; column < job.weights.columns; column += kLanes) {
    int row = 0;
    for (; row + 4 <= job.rows; row += 4) float_tile<4>(job, row, column);
    for (; row + 2 <= job.rows; row += 2) float_tile<2>(job, row, column);
    for (; row < job.rows; ++row) float_tile<1>(job, row, column);
  }
}

// ---- attention -----------------------------------------------------------------------------------

/// kRows rows of probabilities (up to a factor, returned as `total`) of one head → scores[r × stride].
template <int kRows>
void attend(const Attention& job, int row, int head, const float* keys, float* scores, int stride) {
  const int width = job.hidden / job.heads;
  const ptrdiff_t qkv_stride = static_cast<ptrdiff_t>(3) * job.hidden;
  const float* q = job.qkv + row * qkv_stride + head * width;
  const float scale = 1.0F / sqrtf(static_cast<float>(width));
  Floats top[kRows];
  for (int r = 0; r < kRows; ++r) top[r] = all(-1e30F);
  for (int j = 0; j < job.n; j += kLanes) {
    Floats sums[kRows];
    for (int r = 0; r < kRows; ++r) sums[r] = all(0.0F);
    for (int d = 0; d < width; ++d) {
      const Floats key = load(keys + static_cast<ptrdiff_t>(d) * stride + j);
      for (int r = 0; r < kRows; ++r) sums[r] = sums[r] + key * q[r * qkv_stride + d];
    }
    for (int r = 0; r < kRows; ++r) {
      Floats score = sums[r] * scale;
      if (j + kLanes > job.n) {  // the last lanes are nobody's keys
        float lanes[kLanes];
        store(lanes, score);
        score = load_some(lanes, job.n - j, -1e30F);
      }
      top[r] = larger(top[r], score);
      store(scores + static_cast<ptrdiff_t>(r) * stride + j, score);
    }
  }
  const float* v = job.qkv + 2 * static_cast<ptrdiff_t>(job.hidden) + head * width;
  float inverse[kRows];
  for (int r = 0; r < kRows; ++r) {
    const Floats highest = all(largest(top[r]));
    Floats total = all(0.0F);
    for (int j = 0; j < job.n; j += kLanes) {
      const Floats e = exponential(load(scores + static_cast<ptrdiff_t>(r) * stride + j) - highest);
      total = total + e;
      store(scores + static_cast<ptrdiff_t>(r) * stride + j, e);
    }
    inverse[r] = 1.0F / sum(total);  // lanes past the end add e^-87 each: nothing
  }
  for (int d = 0; d < width; d += kLanes) {
    Floats sums[kRows];
    for (int r = 0; r < kRows; ++r) sums[r] = all(0.0F);
    for (int j = 0; j < job.n; ++j) {
      const Floats value = load(v + j * qkv_stride + d);
      for (int r = 0; r < kRows; ++r) sums[r] = sums[r] + value * scores[static_cast<ptrdiff_t>(r) * stride + j];
    }
    for (int r = 0; r < kRows; ++r) {
      store(job.out + static_cast<ptrdiff_t>(row + r) * job.hidden + head * width + d, sums[r] * inverse[r]);
    }
  }
}

void attention(const Attention& job) {
  const int width = job.hidden / job.heads;
  const int stride = round_up(job.n, kLanes);
  float* keys = job.scratch;  // of one head, [width, stride]
  float* scores = keys + static_cast<ptrdiff_t>(width) * stride;
  for (int head = 0; head < job.heads; ++head) {
    const float* k = job.qkv + job.hidden + head * width;
    for (int j = 0; j < stride; ++j) {
      for (int d = 0; d < width; ++d) {
        keys[static_cast<ptrdiff_t>(d) * stride + j] =
            j < job.n ? k[static_cast<ptrdiff_t>(j) * 3 * job.hidden + d] : 0.0F;
      }
    }
    int row = 0;
    for (; row + 4 <= job.n; row += 4) attend<4>(job, row, head, keys, scores, stride);
    for (; row < job.n; ++row) attend<1>(job, row, head, keys, scores, stride);
  }
}

// ---- row-wise functions --------------------------------------------------------------------------

void layer_norm(float* x, int rows, int n, const float* weight, const float* bias, float eps) {
  for (int row = 0; row < rows; ++row, x += n) {
    Floats total = all(0.0F);
    for (int i = 0; i < n; i += kLanes) total = total + load_some(x + i, lanes_left(n, i), 0.0F);
    const float mean = sum(total) / static_cast<float>(n);
    Floats squares = all(0.0F);
    for (int i = 0; i < n; i += kLanes) {
      const Floats off = load_some(x + i, lanes_left(n, i), mean) + -mean;
      squares = squares + off * off;
    }
    const float inverse = 1.0F / sqrtf(sum(squares) / static_cast<float>(n) + eps);
    for (int i = 0; i < n; i += kLanes) {
      const int left = lanes_left(n, i);
      const Floats y = (load_some(x + i, left, mean) + -mean) * inverse;
      store_some(x + i, y * load_some(weight + i, left, 0.0F) + load_some(bias + i, left, 0.0F), left);
    }
  }
}

void softmax(float* x, int rows, int n) {
  for (int row = 0; row < rows; ++row, x += n) {
    Floats top = all(-1e30F);
    for (int i = 0; i < n; i += kLanes) top = larger(top, load_some(x + i, lanes_left(n, i), -1e30F));
    const Floats highest = all(largest(top));
    Floats total = all(0.0F);
    for (int i = 0; i < n; i += kLanes) {
      const int left = lanes_left(n, i);
      const Floats e = exponential(load_some(x + i, left, -1e30F) - highest);
      store_some(x + i, e, left);
      total = total + load_some(x + i, left, 0.0F);
    }
    const float inverse = 1.0F / sum(total);
    for (int i = 0; i < n; i += kLanes) {
      const int left = lanes_left(n, i);
      store_some(x + i, load_some(x + i, left, 0.0F) * inverse, left);
    }
  }
}

void gelu(float* x, size_t n) {
  for (size_t i = 0; i < n; i += kLanes) {
    const int left = n - i < kLanes ? static_cast<int>(n - i) : kLanes;
    store_some(x + i, gelu_of(load_some(x + i, left, 0.0F)), left);
  }
}

void sigmoid(float* x, size_t n) {
  for (size_t i = 0; i < n; i += kLanes) {
    const int left = n - i < kLanes ? static_cast<int>(n - i) : kLanes;
    const Floats e = exponential(load_some(x + i, left, 0.0F) * -1.0F);
    store_some(x + i, all(1.0F) / (e + 1.0F), left);
  }
}

/// Sixteen whole numbers in -127..127 → uint8 with the zero point added; each set has its own way.
void store_bytes(uint8_t* at, const Ints& values);

DRAGOMAN_INLINE Floats scaled(const float* x, const float* factor, int i) {
  return factor == nullptr ? load(x + i) : load(x + i) * load(factor + i);
}

DRAGOMAN_INLINE Floats scaled_some(const float* x, const float* factor, int i, int n) {
  const Floats some = load_some(x + i, n, 0.0F);
  return factor == nullptr ? some : some * load_some(factor + i, n, 0.0F);
}

void quantize(const float* x, const float* factor, int rows, int k, uint8_t* q, int depth, float* scale) {
  for (int row = 0; row < rows; ++row, x += k, q += depth) {
    Floats top = all(0.0F);
    int i = 0;
    for (; i + kLanes <= k; i += kLanes) top = larger(magnitude(scaled(x, factor, i)), top);
    if (i < k) top = larger(magnitude(scaled_some(x, factor, i, k - i)), top);
    const float high = largest(top);
    scale[row] = high / 127.0F;
    const float inverse = high > 1e-30F ? 127.0F / high : 0.0F;  // 127 / high must be finite
    for (i = 0; i + kLanes <= k; i += kLanes) store_bytes(q + i, nearest(scaled(x, factor, i) * inverse));
    if (i < depth) {  // the rest of the row and its padding
      uint8_t bytes[kLanes];
      store_bytes(bytes, nearest((i < k ? scaled_some(x, factor, i, k - i) : all(0.0F)) * inverse));
      memcpy(q + i, bytes, static_cast<size_t>(depth - i));
    }
  }
}

}  // namespace
}  // namespace dragoman::neural
