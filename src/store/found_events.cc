// SPDX-License-Identifier: Apache-2.0
#include "store/found_events.h"

#include <limits>

#include "store/cell_filter.h"
#include "store/counting.h"
#include "store/event_cells.h"
#include "store/found.h"

namespace dragoman::store {
namespace {

// A walk along the index looks at a row in some seven times the time that one over cells takes for an event; where the
// events of a type come close together, it comes to them late.
constexpr uint64_t kTimesSlower = 16;

/// How many events have the type and the status of a query; nothing where no kept count tells.
std::optional<uint64_t> kept_count(Database& database, const EventQuery& query) {
  CountQuery count;
  count.events.type = query.type;
  count.events.status = query.status;
  uint64_t events = 0;
  if (!count_kept(database, count, [&](const CountRow& row) { events += row.events; })) return std::nullopt;
  return events;
}

/// Where an event stands in the order of a listing; those with no known day are last.
int64_t place_in(EventOrder order, EventCells& cells) {
  switch (order) {
    case EventOrder::kConfidence: return -cells.confidence();
    case EventOrder::kScore: return cells.score();
    default: break;
  }
  if (cells.first_day() == 0) return std::numeric_limits<int64_t>::max();
  return order == EventOrder::kNewest ? -cells.first_day() : cells.first_day();
}

std::optional<int64_t> place_of(Database& database, EventOrder order, const EventPlace& event) {
  Query document = database.query("SELECT cells FROM event_cells WHERE document = ?");
  if (!document.bind(event.first).step()) return std::nullopt;
  EventCells cells(document.bytes(0));
  for (int64_t ordinal = 1; cells.next(); ++ordinal) {
    if (ordinal == event.second) return place_in(order, cells);
  }
  return std::nullopt;
}

}  // namespace

bool found_by_cells(Database& database, const EventQuery& query, const Conditions& conditions) {
  if (conditions.sql().empty() || !are_found_by_cells(database, query, conditions)) return false;
  if (conditions.few()) return true;
  if (query.limit == 0) return several_filter(query);
  const bool others = !(query.actor + query.recipient + query.text).empty() || query.min_confidence > 0;
  if (others) return several_filter(query);
  const auto count = kept_count(database, query);
  return count && *count < kTimesSlower * query.limit;
}

GivenRows events_with(Database& database, const EventQuery& query, const std::optional<EventPlace>& after) {
  CellFilter filter(database, query);
  EventCells cells;
  Found<EventPlace> found;
  Query documents = database.query("SELECT document, cells FROM event_cells" + filter.documents());
  while (documents.step()) {
    cells.open(documents.bytes(1));
    filter.each(cells, [&](int64_t event) {
      found.emplace_back(place_in(query.order, cells), EventPlace(documents.integer(0), event));
      return true;
    });
  }
  keep_next(found, query.limit, after ? place_of(database, query.order, *after) : std::nullopt);
  GivenRows rows(2);
  for (const auto& [place, event] : found) {
    rows.add(event.first);
    rows.add(event.second);
  }
  return rows;
}

}  // namespace dragoman::store
