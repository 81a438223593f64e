// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace dragoman::store {

/// MinHash of a text: by it the share of five-word runs that two texts have in common is known without the texts
/// (Broder 1997). Letters and digits only, case and accents left out, so that typesetting plays no part.
inline constexpr size_t kSketch = 64;
using Sketch = std::array<uint32_t, kSketch>;

Sketch sketch_of(std::string_view text);

/// Estimate of the Jaccard resemblance, 0 to 1; the standard error is at most 1/16.
double resemblance(const Sketch& a, const Sketch& b);

std::string to_hex(const Sketch& sketch);
/// All zeros if the text is no sketch.
Sketch sketch_from_hex(std::string_view hex);

}  // namespace dragoman::store
