// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::base {

constexpr bool is_ascii_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_ascii_digit(char c) { return '0' <= c && c <= '9'; }
constexpr bool is_ascii_upper(char c) { return 'A' <= c && c <= 'Z'; }
constexpr bool is_ascii_alpha(char c) { return ('a' <= c && c <= 'z') || is_ascii_upper(c); }

/// Lower case of ASCII letters; other bytes as they are.
std::string lower_ascii(std::string_view text);

/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// The parts between separators; "a,,b" has three. An empty text has one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Parts with `separator` between them.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// Whether the word is one of the list.
template <size_t N>
constexpr bool in(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// A field of CSV (RFC 4180): in quotation marks where it holds a comma, a quotation mark or a line end.
std::string csv_field(std::string_view text);

}  // namespace dragoman::base
