// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace dragoman::store {

/// What filters let through: its place in the order of a listing, where several may have the same, and its row.
template <class Row>
using Found = std::vector<std::pair<int64_t, Row>>;

/// Keeps those among which the next `limit` (0: all) of a listing are that goes on at the place `from`: those of the
/// same place as the last of them, too.
template <class Row>
void keep_next(Found<Row>& found, size_t limit, std::optional<int64_t> from) {
  if (limit == 0) return;
  size_t wanted = limit;
  if (from) {
    std::erase_if(found, [&](const auto& one) { return one.first < *from; });
    // Of the same place some may stand before it.
    wanted += static_cast<size_t>(
        std::count_if(found.begin(), found.end(), [&](const auto& one) { return one.first == *from; }));
  }
  if (wanted >= found.size()) return;
  const auto last = found.begin() + static_cast<std::ptrdiff_t>(wanted) - 1;
  std::nth_element(found.begin(), last, found.end());
  const int64_t place = last->first;
  found.erase(std::partition(last, found.end(), [&](const auto& one) { return one.first == place; }), found.end());
}

}  // namespace dragoman::store
