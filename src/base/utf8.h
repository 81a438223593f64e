// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::base {

inline constexpr size_t kValid = static_cast<size_t>(-1);

/// Byte offset of the first sequence that is no UTF-8 (overlong, surrogate, beyond U+10FFFF,
/// cut off); kValid if there is none.
size_t first_invalid_utf8(std::string_view text);

/// Decodes the character at `at` of valid UTF-8 and moves `at` past it.
char32_t next_char(std::string_view text, size_t& at);

/// Appends one character in UTF-8.
void append_utf8(std::string& out, char32_t c);

/// Number of code points of valid UTF-8.
size_t count_chars(std::string_view text);

/// Byte offsets ↔ code points of one text. ASCII texts cost nothing; others one entry a 64 bytes.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text);

  /// Code points before byte `byte` (which must be on a character border, or the end).
  uint32_t of_byte(uint32_t byte) const;

  /// Byte offset of code point `point`; the text's size if past the end.
  uint32_t to_byte(uint32_t point) const;

 private:
  std::string_view text_;
  std::vector<uint32_t> before_;  // code points before each 64-byte stretch; empty for ASCII
};

}  // namespace dragoman::base
