// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "store/join.h"

namespace dragoman::store {

/// The words of a text as bytes: hash and weight of each, 4 bytes each, little-endian; and back.
std::string to_bytes(const Words& words);
Words words_from(std::string_view bytes);

/// What the joining looks at in a report, all but its id and document, as bytes; and back. Bytes that are none give
/// what can be read of them.
std::string to_bytes(const Report& report);
Report report_from(std::string_view bytes);

/// A number for these bytes: equal reports of two documents have one.
int64_t mark_of(std::string_view bytes);

}  // namespace dragoman::store
