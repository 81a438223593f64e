// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace dragoman::ingest {

inline constexpr uint64_t kMostText = 64ULL << 20;  ///< bytes of one page or text file
inline constexpr uint64_t kMostLine = 64ULL << 20;  ///< bytes of one line of JSON

}  // namespace dragoman::ingest
