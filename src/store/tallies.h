// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <string>

#include "dragoman/record.h"
#include "store/counting.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Keeps the table `tallies`: events counted by the keys of each level, so that counting reads a row a group.
class Tallies {
 public:
  explicit Tallies(Database& database) : database_(database) {}

  /// Adds the events of a new document; they are in the table after write().
  void add(const Record& record);
  void write();
  void forget() { cells_.clear(); }  ///< what was added and not written

 private:
  using Key = std::array<std::string, 5>;  // level and values
  struct Cell {
    int64_t events = 0, actual = 0, documents = 0, score = 0;
  };
  Database& database_;
  std::map<Key, Cell> cells_;
};

/// Adds (sign 1) or takes away (sign -1) what the tables now hold of a document: before and after its rows are changed
/// or when it is to be deleted. Slower than Tallies.
void tally(Database& database, int64_t document, int sign);

/// Counts everything anew.
void tally_all(Database& database);

}  // namespace dragoman::store
