// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman::ingest {

inline constexpr uint64_t kMostBytes = 64ULL << 20;  ///< bytes of one page or text file
inline constexpr uint64_t kMostLine = 64ULL << 20;   ///< bytes of one line of JSON

/// Bytes of text of one document: some 300,000 words, three novels. That is read in minutes; what is longer is many
/// documents in one file, and would keep the program busy for an hour before it said anything.
inline constexpr uint64_t kMostText = 2ULL << 20;

/// The error for a file, a line or a part of more than `limit` bytes.
Error too_large(const std::string& place, uint64_t limit);

/// The error for a document of so many bytes of text, if they are too many.
std::optional<Error> too_long(uint64_t bytes, const Page& page);

}  // namespace dragoman::ingest
