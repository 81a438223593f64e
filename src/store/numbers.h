// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dragoman::store {

/// A whole number as bytes, seven bits each, the lowest first.
inline void append_number(std::string& bytes, uint64_t number) {
  for (; number >= 0x80U; number >>= 7U) bytes.push_back(static_cast<char>(number | 0x80U));
  bytes.push_back(static_cast<char>(number));
}

/// The number that the bytes begin with, which they then begin behind; 0 where they have ended.
inline uint64_t take_number(std::string_view& bytes) {
  if (!bytes.empty() && static_cast<unsigned char>(bytes.front()) < 0x80U) {
    const auto number = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    return number;
  }
  uint64_t number = 0;
  for (unsigned shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80U) break;
  }
  return number;
}

/// Whole numbers of either sign as small ones of none: 0, -1, 1, -2 …
inline uint64_t folded_sign(int64_t number) {
  return (static_cast<uint64_t>(number) << 1U) ^ static_cast<uint64_t>(number >> 63U);
}

inline int64_t unfolded(uint64_t number) {
  return static_cast<int64_t>(number >> 1U) ^ -static_cast<int64_t>(number & 1U);
}

}  // namespace dragoman::store
