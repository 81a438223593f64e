// SPDX-License-Identifier: Apache-2.0
#include "store/sketch.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

#include "base/text.h"
#include "store/fold.h"

namespace dragoman::store {
namespace {

constexpr size_t kShingle = 5;
constexpr size_t kHexDigits = 8;

uint64_t mixed(uint64_t x) {  // splitmix64's finalizer: every bit of the value moves every bit of the hash
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

uint64_t hash_of(std::string_view word) {  // FNV-1a
  uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

/// The least of each value's numbers: each shingle's hash is mixed anew with the value's number.
[[gnu::always_inline]] inline void least(std::array<uint64_t, kSketch>& values, const std::vector<uint64_t>& shingles) {
  for (const uint64_t shingle : shingles) {
    for (size_t i = 0; i < kSketch; ++i) {
      values[i] = std::min(values[i], mixed(shingle + 0x9E3779B97F4A7C15U * (i + 1)));
    }
  }
}

void add_all(std::array<uint64_t, kSketch>& values, const std::vector<uint64_t>& shingles) { least(values, shingles); }

#if defined(__x86_64__)
// The same numbers, eight at once: of x86 only AVX-512 multiplies numbers of 64 bits side by side.
[[gnu::target("avx512f,avx512dq,avx512vl")]] void add_all_wide(std::array<uint64_t, kSketch>& values,
                                                               const std::vector<uint64_t>& shingles) {
  least(values, shingles);
}

bool is_wide() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
constexpr auto add_all_wide = add_all;
bool is_wide() { return false; }
#endif

}  // namespace

Sketch sketch_of(std::string_view text) {
  const std::string words = folded(text);
  std::array<uint64_t, kShingle> last{};  // hashes of the last words, the next one's place in turn
  size_t count = 0;
  std::vector<uint64_t> shingles;
  const auto add_shingle = [&](size_t of) {
    uint64_t hash = 0;
    for (size_t i = count - of; i < count; ++i) hash = mixed(hash + last[i % kShingle]);
    shingles.push_back(hash);
  };
  for (const std::string_view word : base::split(words, ' ')) {
    if (word.empty()) continue;
    last[count++ % kShingle] = hash_of(word);
    if (count >= kShingle) add_shingle(kShingle);
  }
  if (shingles.empty() && count > 0) add_shingle(count);  // a text shorter than one run is one run
  std::array<uint64_t, kSketch> values;
  values.fill(std::numeric_limits<uint64_t>::max());
  static const auto add_shingles = is_wide() ? add_all_wide : add_all;
  add_shingles(values, shingles);
  Sketch sketch;
  std::transform(values.begin(), values.end(), sketch.begin(),
                 [](uint64_t value) { return static_cast<uint32_t>(value >> 32U); });
  return sketch;
}

double resemblance(const Sketch& a, const Sketch& b) {
  size_t same = 0;
  for (size_t i = 0; i < kSketch; ++i) same += a[i] == b[i] ? 1U : 0U;
  return static_cast<double>(same) / static_cast<double>(kSketch);
}

std::string to_hex(const Sketch& sketch) {
  std::string hex;
  for (const uint32_t value : sketch) {
    for (int shift = 28; shift >= 0; shift -= 4) hex.push_back("0123456789abcdef"[(value >> shift) & 0xFU]);
  }
  return hex;
}

Sketch sketch_from_hex(std::string_view hex) {
  Sketch sketch{};
  if (hex.size() != kSketch * kHexDigits) return sketch;
  for (size_t i = 0; i < kSketch; ++i) {
    const char* const first = hex.data() + i * kHexDigits;
    std::from_chars(first, first + kHexDigits, sketch[i], 16);
  }
  return sketch;
}

}  // namespace dragoman::store
