// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/record.h"
#include "store/counting.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Keeps the table `tallies`: events counted by the keys of each level, so that counting reads a row a group.
class Tallies {
 public:
  explicit Tallies(Database& database);

  /// Adds the events of a new document; they are in the table after write().
  void add(const Record& record);
  void write();
  void forget() { cells_.clear(); }  ///< what was added and not written

 private:
  struct Cell {
    int64_t events = 0, actual = 0, documents = 0, score = 0;
    int64_t last = 0;  // document that was counted last
  };
  using Values = std::vector<std::string>;

  void count(size_t level, size_t key, const std::vector<Values>& values, const Cell& event);

  Query add_;
  std::unordered_map<std::string, Cell> cells_;  // by level and values, see tallies.cc
  std::string path_;                             // of the cell that is looked for
  int64_t document_ = 0;                         // documents added so far
};

/// Adds (sign 1) or takes away (sign -1) what the tables now hold of a document: before and after its rows are changed
/// or when it is to be deleted. Slower than Tallies.
void tally(Database& database, int64_t document, int sign);

/// Counts everything anew.
void tally_all(Database& database);

}  // namespace dragoman::store
