// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

namespace dragoman::store {

/// SQL that groups events e of documents d by these keys (each one of count_keys()): `keys` is "k0, k1", `inner`
/// selects each event and its values of the keys once, up to where its WHERE goes.
struct Grouping {
  std::string keys, inner;
};
Grouping grouping_by(std::span<const char* const> keys);

/// By what counts are kept (tallies.h), at most four keys each: what is asked for together often, each with its own
/// number of documents, which cannot be added up.
struct Level {
  const char* keys[4];
  size_t count;
};
extern const std::span<const Level> kLevels;

}  // namespace dragoman::store
