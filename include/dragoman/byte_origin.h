// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "dragoman/span.h"

namespace dragoman {

/// Which bytes of a page a stretch of a text was made of: [begin, end) of the bytes as they came, undecoded. Where both
/// are of one size they go byte by byte; else the stretch holds together: a character of another charset, "&eacute;"
/// for an "é", a space for all that stands between two words.
///
///     bytes "caf&eacute;  bar", text "café bar"   {{0, 3}, 0, 3} {{3, 5}, 3, 11} {{5, 6}, 11, 13} {{6, 9}, 13, 16}
struct ByteOrigin {
  Span text;
  uint64_t begin = 0;
  uint64_t end = 0;

  bool by_byte() const { return end - begin == text.size(); }
  bool operator==(const ByteOrigin&) const = default;
};

/// In the order of the text, without overlap.
using ByteOrigins = std::vector<ByteOrigin>;

}  // namespace dragoman
