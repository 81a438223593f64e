// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "store/sqlite.h"

namespace dragoman::store {

/// Fills the columns `country`, `folded`, `cell` and `place` of positions from the rows of their document.
class PositionPlaces {
 public:
  explicit PositionPlaces(Database& database);
  void fill(int64_t document);
  /// Of a store that had no such columns.
  static void fill_all(Database& database);
  /// Rows in which they are not what they are to be.
  static int64_t strayed(Database& database);

 private:
  Query fill_;
};

}  // namespace dragoman::store
