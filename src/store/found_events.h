// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "dragoman/store.h"
#include "store/conditions.h"
#include "store/given_rows.h"
#include "store/sqlite.h"

namespace dragoman::store {

using EventPlace = std::pair<int64_t, int64_t>;  ///< document, ordinal

/// Whether a listing of events is quicker found by the cells of all than by a walk along the index of days: where
/// filters may let none through for long.
bool found_by_cells(Database& database, const EventQuery& query, const Conditions& conditions);

/// Rows of two columns, document and ordinal, of the events that are let through: all, or some among which the next
/// `limit` behind the event `after` are.
GivenRows events_with(Database& database, const EventQuery& query, const std::optional<EventPlace>& after);

}  // namespace dragoman::store
