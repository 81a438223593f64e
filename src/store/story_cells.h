// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// A date as a number in the order of the texts: of two dates the earlier text never has the larger number.
/// "2026-11-28" as 20261128, "2026-11" as 20261100, "" as 99999999, behind all others.
int64_t date_number(std::string_view date);

/// Keeps the stories of a document's events, with their dates, in one piece, in step with its event_cells.
class StoryCells {
 public:
  explicit StoryCells(Database& database);
  /// Of the documents that report these stories.
  void write(const std::set<int64_t>& stories);
  /// What is to be kept of a document, from its rows in the other tables.
  std::string of(int64_t document);

 private:
  void write_document(int64_t document);

  Query documents_, reports_, put_;
};

/// Stories of which an event is let through, but for the query's document, each once with its date_number(): a walk
/// over some 25 bytes an event.
std::vector<std::pair<int64_t, int64_t>> stories_with(Database& database, const EventQuery& query);

}  // namespace dragoman::store
