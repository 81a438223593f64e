// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace dragoman::base {

/// Where `part` first stands in `text` at or after `from`; npos if it does not. Looks at 16 places at a time by the
/// first and the last byte of `part` together: far faster than std::string_view::find where the first byte is frequent.
/// For short parts: the worst case is text.size() × part.size().
size_t find(std::string_view text, std::string_view part, size_t from = 0);

inline bool contains(std::string_view text, std::string_view part) {
  return find(text, part) != std::string_view::npos;
}

}  // namespace dragoman::base
