// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Counts events by their cells (event_cells.h), in any order; nothing where these do not hold the answer.
std::optional<std::vector<CountRow>> count_cells(Database& database, const CountQuery& query);

/// Counts by what is kept (tallies.h). False, and no row, where that does not hold the answer.
bool count_kept(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row);

/// Places of the events that filters let through, likewise.
class Spots;
bool places_kept(Database& database, const EventQuery& query, Spots& spots);

/// Adds to `spots` the places of the events.
void add_places(Database& database, const EventQuery& query, Spots& spots);

/// Whether rows in order of their keys, or of their events where the largest come first.
bool comes_before(const CountRow& a, const CountRow& b, bool largest_first);

/// Calls `row` with those that are asked for.
void tell_in_order(std::vector<CountRow> rows, const CountQuery& query,
                   const std::function<void(const CountRow&)>& row);

}  // namespace dragoman::store
