// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "dragoman/store.h"
#include "store/found.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// A date as a number in the order of the texts: of two dates the earlier text never has the larger number.
/// "2026-11-28" as 20261128, "2026-11" as 20261100, "" as 99999999, behind all others.
int64_t date_number(std::string_view date);

/// Keeps the stories of a document's events, with their dates and in how many reports and sources they were told, in
/// one piece, in step with its event_cells.
class StoryCells {
 public:
  explicit StoryCells(Database& database);
  /// Of the documents that report these stories.
  void write(const std::set<int64_t>& stories);
  /// Of all that report any.
  void write_all();
  /// What is to be kept of a document, from its rows in the other tables.
  std::string of(int64_t document);

 private:
  void write_document(int64_t document);

  Database& database_;
  Query documents_, reports_, put_;
};

/// Stories told so often of which an event is let through, but for its document, each once at its date_number(): a walk
/// over some 40 bytes an event.
Found<int64_t> stories_with(Database& database, const StoryQuery& query);

}  // namespace dragoman::store
