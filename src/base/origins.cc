// SPDX-License-Identifier: Apache-2.0
#include "base/origins.h"

#include <algorithm>
#include <utility>

namespace dragoman::base {
namespace {

/// The part of a stretch of the middle text that lies in `wanted`; one that holds together is taken whole.
ByteOrigin part_of(const ByteOrigin& inner, Span wanted) {
  const Span text{std::max(inner.text.begin, wanted.begin), std::min(inner.text.end, wanted.end)};
  if (!inner.by_byte()) return {text, inner.begin, inner.end};
  const uint64_t begin = inner.begin + (text.begin - inner.text.begin);
  return {text, begin, begin + text.size()};
}

}  // namespace

void add_origin(ByteOrigins& origins, ByteOrigin origin) {
  if (!origins.empty()) {
    ByteOrigin& last = origins.back();
    if (last.by_byte() && origin.by_byte() && last.text.end == origin.text.begin && last.end == origin.begin) {
      last.text.end = origin.text.end;
      last.end = origin.end;
      return;
    }
  }
  origins.push_back(origin);
}

ByteOrigins same_bytes(uint32_t size, uint64_t begin) {
  if (size == 0) return {};
  return {{{0, size}, begin, begin + size}};
}

ByteOrigins through(const ByteOrigins& outer, const ByteOrigins& inner) {
  ByteOrigins all;
  for (const ByteOrigin& piece : outer) {
    const Span middle{static_cast<uint32_t>(piece.begin), static_cast<uint32_t>(piece.end)};
    auto at = std::partition_point(inner.begin(), inner.end(),
                                   [&](const ByteOrigin& origin) { return origin.text.end <= middle.begin; });
    ByteOrigin whole{piece.text, UINT64_MAX, 0};
    for (; at != inner.end() && at->text.begin < middle.end; ++at) {
      ByteOrigin part = part_of(*at, middle);
      whole.begin = std::min(whole.begin, part.begin);
      whole.end = std::max(whole.end, part.end);
      if (!piece.by_byte()) continue;
      part.text.begin = part.text.begin - middle.begin + piece.text.begin;
      part.text.end = part.text.end - middle.begin + piece.text.begin;
      add_origin(all, part);
    }
    if (!piece.by_byte() && whole.begin <= whole.end) all.push_back(whole);
  }
  return all;
}

void fill_gaps(ByteOrigins& origins, uint32_t begin, uint32_t end) {
  ByteOrigins filled;
  uint32_t at = begin;
  uint64_t behind = origins.empty() ? 0 : origins.front().begin;
  for (const ByteOrigin& origin : origins) {
    if (at < origin.text.begin) {
      add_origin(filled, {{at, origin.text.begin}, behind, std::max(behind, origin.begin)});
    }
    add_origin(filled, origin);
    at = origin.text.end;
    behind = origin.end;
  }
  if (at < end && !origins.empty()) add_origin(filled, {{at, end}, behind, behind});
  origins = std::move(filled);
}

}  // namespace dragoman::base
