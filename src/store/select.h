// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Calls `row` for each event that the query lets through. Throws Failure (kUsage, kStore).
void select_events(Database& database, const EventQuery& query, const std::function<void(const EventRow&)>& row);

/// The number of a document by its id, source, beginning of the id or ending of the source.
Result<int64_t> find_document(Database& database, const std::string& name);

}  // namespace dragoman::store
