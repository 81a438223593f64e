// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace dragoman::base {

/// SHA-256 in 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// 64 bits that differ for almost all different texts. For tables in memory only: not the same on all machines.
inline uint64_t quick_hash(std::string_view bytes) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
  uint64_t hash = bytes.size() * kFactor;
  const auto add = [&](const char* from, size_t size) {
    uint64_t word = 0;
    std::memcpy(&word, from, size);
    hash = (hash ^ word) * kFactor;
    hash ^= hash >> 29;
  };
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) add(bytes.data() + at, 8);
  if (at < bytes.size()) add(bytes.data() + at, bytes.size() - at);
  return hash;
}

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// Of all that was added; asked for once.
  std::string hex();

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

}  // namespace dragoman::base
