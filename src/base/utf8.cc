// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <algorithm>
#include <cstring>

namespace dragoman::base {
namespace {

constexpr uint32_t kStretch = 64;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Length of the well-formed sequence at `at` (Unicode 15, table 3-7), 0 if it is none.
size_t sequence_length(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned lead = byte(0);
  const auto within = [&](size_t i, unsigned low, unsigned high) { return low <= byte(i) && byte(i) <= high; };
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (lead < 0xF0) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
  return within(1, low, high) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
}

// How many bytes from `at` on are ASCII, counted in eights.
size_t ascii_bytes(std::string_view text, size_t at) {
  constexpr uint64_t kHigh = 0x8080808080808080ULL;
  const size_t from = at;
  for (; at + 32 <= text.size(); at += 32) {
    uint64_t words[4];
    std::memcpy(words, text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & kHigh) != 0) break;
  }
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHigh) != 0) break;
  }
  return at - from;
}

}  // namespace

size_t first_invalid_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    at += ascii_bytes(text, at);
    if (at == text.size()) break;
    const size_t length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return kValid;
}

char32_t next_char(std::string_view text, size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t c = lead & (0x3FU >> more);
  for (int i = 0; i < more && at < text.size(); ++i) c = (c << 6) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

size_t count_chars(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += !is_continuation(c);
  return count;
}

CodePoints::CodePoints(std::string_view text) : text_(text) {
  uint32_t points = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (at % kStretch == 0) before_.push_back(points);
    points += !is_continuation(text[at]);
  }
  if (points == text.size()) before_.clear();
}

uint32_t CodePoints::of_byte(uint32_t byte) const {
  if (before_.empty()) return byte;
  const size_t stretch = std::min<size_t>(byte / kStretch, before_.size() - 1);
  const size_t from = stretch * kStretch;
  return before_[stretch] + static_cast<uint32_t>(count_chars(text_.substr(from, byte - from)));
}

uint32_t CodePoints::to_byte(uint32_t point) const {
  if (before_.empty()) return std::min(point, static_cast<uint32_t>(text_.size()));
  size_t low = 0;
  size_t high = before_.size();
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    (before_[middle] <= point ? low : high) = middle;
  }
  uint32_t points = before_[low];
  size_t at = low * kStretch;
  for (; at < text_.size(); ++at) {
    if (is_continuation(text_[at])) continue;
    if (points == point) break;
    ++points;
  }
  return static_cast<uint32_t>(at);
}

}  // namespace dragoman::base
