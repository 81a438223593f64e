// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sqlite.h"

namespace dragoman::store {

/// Version of the store that has the table `tally_parts`.
inline constexpr int64_t kTallyPartsVersion = 6;

/// What is to be added to a row of `tallies`.
struct TallyRow {
  std::string_view a, b, cells;
};

/// Bytes of rows of a level in order of a and b: each text after its length.
void append(std::string& bytes, const TallyRow& row);

/// Calls `each` with a, b and the cells of every row that has them, for all a and b of several such, in order.
using TallyGroup = std::function<void(std::string_view a, std::string_view b, const std::vector<std::string_view>&)>;
void each_group(const std::vector<std::string>& parts, const TallyGroup& each);

/// Calls `row` for the sums of the rows of several such, in order.
void each_sum(const std::vector<std::string>& parts, const std::function<void(const TallyRow&)>& row);

/// Rows that are to be added to `tallies` are put by first as they come, some thousands at a time: so they are written
/// one behind the other, where the rows of the table that they belong to lie all over it. Whoever reads `tallies` adds
/// them (parts_of()).
class TallyParts {
 public:
  explicit TallyParts(Database& database);

  /// Puts by a part: bytes of rows for each level. Some parts become one, and many are added to the table.
  void put(const std::vector<std::string>& levels);

  /// Adds all to the table.
  void fold();

 private:
  void merge();
  void add_to_table(size_t level, const std::vector<std::string>& parts);

  Query parts_, rows_, put_, forget_, add_, clear_;
};

/// The parts of a level; none in an older store.
std::vector<std::string> parts_of(Database& database, size_t level);

/// Adds all that is put by to `tallies`. Called in a transaction; does nothing where there is nothing.
void fold_tallies(Database& database);

}  // namespace dragoman::store
