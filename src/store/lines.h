// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "store/sqlite.h"

namespace dragoman::store {

/// Tells the rows of those storylines anew that are noted in `changed_storylines`, in the transaction at hand.
void tell_changed_lines(Database& database);

/// What the row of a storyline is to hold.
struct LineRow {
  int64_t name = 0;  ///< as name_of_report() (telling.h) of its first document
  std::string first_day, last_day;
  int64_t events_from = 0, events_to = 0;  ///< days that its events cover, as day_number() (event_cells.h); 0: none
  int64_t n_documents = 0, n_stories = 0;
  std::string countries, issues;
  bool operator==(const LineRow&) const = default;
};

/// Makes rows of storylines from those of their documents, stories and positions.
class LineMaker {
 public:
  explicit LineMaker(Database& database);
  /// Of a storyline without documents: none in it.
  LineRow row_of(int64_t storyline);

 private:
  void add_events(LineRow& row, int64_t storyline);
  const std::string& country_of(int64_t party);

  Query documents_, stories_, issues_, cells_, party_;
  std::unordered_map<int64_t, std::string> countries_;  // of a party
};

}  // namespace dragoman::store
