// SPDX-License-Identifier: Apache-2.0
#include "base/find.h"

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace dragoman::base {

size_t find(std::string_view text, std::string_view part, size_t from) {
  if (part.size() > text.size() || from > text.size() - part.size()) return std::string_view::npos;
  if (part.empty()) return from;
  const char* bytes = text.data();
  const size_t last = text.size() - part.size(), end = part.size() - 1;
  const auto is_here = [&](size_t at) { return std::memcmp(bytes + at, part.data(), part.size()) == 0; };
  size_t at = from;
#ifdef __SSE2__
  const __m128i front = _mm_set1_epi8(part.front()), back = _mm_set1_epi8(part.back());
  for (; at + 15 <= last; at += 16) {
    const __m128i begins = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at)), front);
    const __m128i ends = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at + end)), back);
    auto places = static_cast<uint32_t>(_mm_movemask_epi8(_mm_and_si128(begins, ends)));
    for (; places != 0; places &= places - 1) {
      const size_t place = at + static_cast<size_t>(std::countr_zero(places));
      if (is_here(place)) return place;
    }
  }
#endif
  for (; at <= last; ++at) {
    if (bytes[at] == part.front() && bytes[at + end] == part.back() && is_here(at)) return at;
  }
  return std::string_view::npos;
}

}  // namespace dragoman::base
