// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Keeps the stories of a document's events in one piece, in step with its event_cells.
class StoryCells {
 public:
  explicit StoryCells(Database& database);
  /// Of the documents that report these stories.
  void write(const std::set<int64_t>& stories);
  /// For a store that had no such table.
  void write_all();

 private:
  void write_document(int64_t document);

  Query all_, documents_, reports_, put_;
};

/// Stories of which an event is let through, but for the query's document: a walk over some 25 bytes an event.
std::shared_ptr<const RowSet> stories_with(Database& database, const EventQuery& query);

}  // namespace dragoman::store
