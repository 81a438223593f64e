// SPDX-License-Identifier: Apache-2.0
#include "store/sketch.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <limits>

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

/// One pass for all values: each shingle's hash is mixed anew with the value's number.
void add(Sketch& sketch, uint64_t shingle) {
  for (size_t i = 0; i < kSketch; ++i) {
    const auto value = static_cast<uint32_t>(mixed(shingle + 0x9E3779B97F4A7C15U * (i + 1)) >> 32U);
    sketch[i] = std::min(sketch[i], value);
  }
}

}  // namespace

Sketch sketch_of(std::string_view text) {
  Sketch sketch;
  sketch.fill(std::numeric_limits<uint32_t>::max());
  const std::string words = folded(text);
  std::deque<uint64_t> last;
  size_t shingles = 0;
  const auto shingle = [&] {
    uint64_t hash = 0;
    for (const uint64_t word : last) hash = mixed(hash + word);
    add(sketch, hash);
    ++shingles;
  };
  for (const std::string_view word : base::split(words, ' ')) {
    if (word.empty()) continue;
    last.push_back(hash_of(word));
    if (last.size() > kShingle) last.pop_front();
    if (last.size() == kShingle) shingle();
  }
  if (shingles == 0 && !last.empty()) shingle();  // a text shorter than one run is one run
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
