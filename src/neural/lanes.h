// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen floats or ints at a time, in as many registers as the instruction set of this source file
// needs (DRAGOMAN_LANE_BYTES: 16, 32 or 64 bytes a register). Only + - × ÷, comparisons and conversions, which
// IEEE 754 defines to the bit; the files that include this are compiled with -ffp-contract=off.
//
// Everything is in an unnamed namespace and nothing of the standard library is used: a template or inline
// function with external linkage, compiled here for AVX-512, could be the copy the linker keeps for everyone.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifndef DRAGOMAN_LANE_BYTES
#error "define DRAGOMAN_LANE_BYTES before including lanes.h"
#endif

namespace dragoman::neural {
namespace {

#define DRAGOMAN_INLINE inline __attribute__((always_inline))

constexpr int kParts = 64 / DRAGOMAN_LANE_BYTES;
constexpr int kPartLanes = DRAGOMAN_LANE_BYTES / 4;

typedef float FloatPart __attribute__((vector_size(DRAGOMAN_LANE_BYTES)));
typedef int32_t IntPart __attribute__((vector_size(DRAGOMAN_LANE_BYTES)));

// The same at any address.
typedef float AnyFloatPart __attribute__((vector_size(DRAGOMAN_LANE_BYTES), aligned(4), may_alias));
typedef int32_t AnyIntPart __attribute__((vector_size(DRAGOMAN_LANE_BYTES), aligned(4), may_alias));

struct Ints {
  IntPart part[kParts];
};

struct Floats {
  FloatPart part[kParts];
};

#define DRAGOMAN_EACH_PART _Pragma("GCC unroll 4") for (int p = 0; p < kParts; ++p)

DRAGOMAN_INLINE Floats load(const float* at) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = *reinterpret_cast<const AnyFloatPart*>(at + p * kPartLanes);
  return x;
}
DRAGOMAN_INLINE Ints load(const int32_t* at) {
  Ints x;
  DRAGOMAN_EACH_PART x.part[p] = *reinterpret_cast<const AnyIntPart*>(at + p * kPartLanes);
  return x;
}
DRAGOMAN_INLINE void store(float* at, const Floats& x) {
  DRAGOMAN_EACH_PART* reinterpret_cast<AnyFloatPart*>(at + p * kPartLanes) = x.part[p];
}
DRAGOMAN_INLINE void store(int32_t* at, const Ints& x) {
  DRAGOMAN_EACH_PART* reinterpret_cast<AnyIntPart*>(at + p * kPartLanes) = x.part[p];
}

DRAGOMAN_INLINE Floats all(float value) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = value - FloatPart{};  // value - 0.0F keeps every value, also -0.0F
  return x;
}

/// The first n (1..16) floats at `at`, `rest` in the other lanes.
DRAGOMAN_INLINE Floats load_some(const float* at, int n, float rest) {
  if (n >= 16) return load(at);
  float lanes[16];
  for (int i = 0; i < 16; ++i) lanes[i] = rest;
  memcpy(lanes, at, sizeof(float) * static_cast<size_t>(n));
  return load(lanes);
}
DRAGOMAN_INLINE void store_some(float* at, const Floats& x, int n) {
  if (n >= 16) return store(at, x);
  float lanes[16];
  store(lanes, x);
  memcpy(at, lanes, sizeof(float) * static_cast<size_t>(n));
}

DRAGOMAN_INLINE Floats operator+(const Floats& a, const Floats& b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] + b.part[p];
  return x;
}
DRAGOMAN_INLINE Floats operator-(const Floats& a, const Floats& b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] - b.part[p];
  return x;
}
DRAGOMAN_INLINE Floats operator*(const Floats& a, const Floats& b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] * b.part[p];
  return x;
}
DRAGOMAN_INLINE Floats operator/(const Floats& a, const Floats& b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] / b.part[p];
  return x;
}
DRAGOMAN_INLINE Floats operator*(const Floats& a, float b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] * b;
  return x;
}
DRAGOMAN_INLINE Floats operator+(const Floats& a, float b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] + b;
  return x;
}
DRAGOMAN_INLINE Floats larger(const Floats& a, const Floats& b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] > b.part[p] ? a.part[p] : b.part[p];
  return x;
}
DRAGOMAN_INLINE Floats smaller(const Floats& a, const Floats& b) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = a.part[p] < b.part[p] ? a.part[p] : b.part[p];
  return x;
}
DRAGOMAN_INLINE Floats magnitude(const Floats& a) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = reinterpret_cast<FloatPart>(reinterpret_cast<IntPart>(a.part[p]) & 0x7FFFFFFF);
  return x;
}
DRAGOMAN_INLINE Floats to_floats(const Ints& a) {
  Floats x;
  DRAGOMAN_EACH_PART x.part[p] = __builtin_convertvector(a.part[p], FloatPart);
  return x;
}

/// Nearest whole numbers, ties to even, for |a| < 2^22: adding 1.5 × 2^23 leaves no bits for a fraction.
constexpr float kRounder = 12582912.0F;
DRAGOMAN_INLINE Ints nearest(const Floats& a) {
  Ints x;
  DRAGOMAN_EACH_PART x.part[p] = reinterpret_cast<IntPart>(a.part[p] + kRounder) - 0x4B400000;
  return x;
}

typedef float Quad __attribute__((vector_size(16)));
struct Quads {
  Quad part[4];
};
DRAGOMAN_INLINE Quads quads(const Floats& x) {
  float lanes[16];
  store(lanes, x);
  Quads q;
  memcpy(&q, lanes, sizeof q);
  return q;
}

/// Lanes summed as a tree of halves: always the same order.
DRAGOMAN_INLINE float sum(const Floats& x) {
  const Quads q = quads(x);
  const Quad four = (q.part[0] + q.part[2]) + (q.part[1] + q.part[3]);
  return (four[0] + four[2]) + (four[1] + four[3]);
}
DRAGOMAN_INLINE float largest(const Floats& x) {
  const Quads q = quads(x);
  const Quad a = q.part[0] > q.part[1] ? q.part[0] : q.part[1];
  const Quad b = q.part[2] > q.part[3] ? q.part[2] : q.part[3];
  const Quad four = a > b ? a : b;
  const float even = four[0] > four[2] ? four[0] : four[2];
  const float odd = four[1] > four[3] ? four[1] : four[3];
  return even > odd ? even : odd;
}

/// e^x within 2e-7 of its value, relative; x is held to [-87, 88]. Cephes' expf: x = n ln 2 + r, then a polynomial in
/// r.
DRAGOMAN_INLINE Floats exponential(const Floats& given) {
  const Floats x = smaller(larger(given, all(-87.0F)), all(88.0F));
  const Ints n = nearest(x * 1.44269504F);
  const Floats whole = to_floats(n);
  const Floats r = x - whole * 0.693359375F - whole * -2.12194440e-4F;
  Floats y = all(1.9875691500e-4F);
  y = y * r + 1.3981999507e-3F;
  y = y * r + 8.3334519073e-3F;
  y = y * r + 4.1665795894e-2F;
  y = y * r + 1.6666665459e-1F;
  y = y * r + 5.0000001201e-1F;
  y = y * (r * r) + r + 1.0F;
  Floats power;
  DRAGOMAN_EACH_PART power.part[p] = reinterpret_cast<FloatPart>((n.part[p] + 127) << 23);
  return y * power;
}

/// x Phi(x) within 5e-6: Phi(x) - 1/2 = x P(t), t = 2 x² / 4.8² - 1, for |x| < 4.8, and ±1/2 beyond.
/// P is training/fit_gelu.py's fit; the variable t keeps its terms small, so that float rounding does not show.
DRAGOMAN_INLINE Floats gelu_of(const Floats& x) {
  constexpr float kEdge = 4.8F;
  const Floats square = x * x;
  const Floats t = square * (2.0F / (kEdge * kEdge)) + -1.0F;
  Floats y = all(0.0014437444042414427F);
  y = y * t + -0.004194619134068489F;
  y = y * t + 0.005392329767346382F;
  y = y * t + -0.007443374954164028F;
  y = y * t + 0.013864113949239254F;
  y = y * t + -0.02218753844499588F;
  y = y * t + 0.030720816925168037F;
  y = y * t + -0.04056592658162117F;
  y = y * t + 0.052904099225997925F;
  y = y * t + -0.07297975569963455F;
  y = y * t + 0.14721278846263885F;
  const Floats inside = x * (x * y + 0.5F);
  Floats out;
  DRAGOMAN_EACH_PART {
    const FloatPart beyond = x.part[p] > 0.0F ? x.part[p] : FloatPart{};
    out.part[p] = square.part[p] < kEdge * kEdge ? inside.part[p] : beyond;
  }
  return out;
}

}  // namespace
}  // namespace dragoman::neural
