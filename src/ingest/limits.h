// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace dragoman::ingest {

inline constexpr uint64_t kMostBytes = 64ULL << 20;  ///< bytes of one page or text file
inline constexpr uint64_t kMostLine = 64ULL << 20;   ///< bytes of one line of JSON

/// Bytes of text of one document: some 300,000 words, three novels. That is read in minutes; what is longer is many
/// documents in one file, and would keep the program busy for an hour before it said anything.
inline constexpr uint64_t kMostText = 2ULL << 20;

}  // namespace dragoman::ingest
