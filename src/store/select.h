// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Calls `row` for each event that the query lets through. Throws Failure (kUsage, kStore).
void select_events(Database& database, const EventQuery& query, const std::function<void(const EventRow&)>& row);

/// Rows of single events.
class EventReader {
 public:
  explicit EventReader(Database& database);
  EventReader(EventReader&&) noexcept;
  ~EventReader();
  /// The event must be there.
  EventRow row(int64_t document, int64_t event);

 private:
  struct Queries;
  std::unique_ptr<Queries> queries_;
};

/// The number of a document by its id, source, beginning of the id or ending of the source.
Result<int64_t> find_document(Database& database, const std::string& name);

}  // namespace dragoman::store
