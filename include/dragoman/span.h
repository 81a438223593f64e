// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dragoman {

/// A half-open byte range [begin, end) of one text. Inside the engine every span is in bytes of
/// Article::text and falls on UTF-8 character borders; at the doors (JSON, CLI) spans are given in
/// Unicode code points.
///
///     text "Xi spoke."   Span{0, 2} → "Xi"   Span{3, 8} → "spoke"
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(uint32_t at) const { return begin <= at && at < end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  std::string_view of(std::string_view text) const { return text.substr(begin, size()); }

  auto operator<=>(const Span&) const = default;
};

}  // namespace dragoman
