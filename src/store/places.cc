// SPDX-License-Identifier: Apache-2.0
#include "store/cell_filter.h"
#include "store/conditions.h"
#include "store/counting.h"
#include "store/number_map.h"
#include "store/queries.h"
#include "store/spots.h"
#include "store/tally_cells.h"

namespace dragoman::store {

namespace {

/// Of events found by their cells.
void add_by_cells(Database& database, const EventQuery& query, Spots& spots) {
  constexpr uint32_t kNone = ~uint32_t{0};
  struct Count {
    uint64_t events = 0, actual = 0;
  };
  std::vector<Count> counts;
  NumberMap numbers;  // among these, of rows of `spots`
  CellFilter filter(database, query);
  const uint8_t actual = number_of_status("actual");
  Query documents = database.query("SELECT cells FROM event_cells" + filter.documents());
  EventCells cells;
  while (documents.step()) {
    cells.open(documents.bytes(0));
    filter.each(cells, [&](int64_t) {
      for (const uint32_t number : cells.places()) {
        const auto row = static_cast<uint64_t>(cells.spots()[number]);
        const auto [at, fresh] = numbers.try_emplace(row, static_cast<uint32_t>(counts.size()));
        if (fresh) counts.emplace_back();
        ++counts[at].events;
        if (cells.status() == actual && !cells.historical()) ++counts[at].actual;
      }
      return true;
    });
  }
  Query names = database.query("SELECT spot, place FROM spots");
  while (names.step()) {
    const auto [at, fresh] = numbers.try_emplace(static_cast<uint64_t>(names.integer(0)), kNone);
    if (!fresh && at != kNone) spots.add(names.text(1), counts[at].events, counts[at].actual);
  }
}

}  // namespace

void add_places(Database& database, const EventQuery& query, Spots& spots) {
  Conditions conditions;
  conditions.add(database, query);
  if (are_found_by_cells(database, query, conditions)) {
    add_by_cells(database, query, spots);
    return;
  }
  // An event that names a place twice counts once for it, under the name that stands first.
  Query listing = database.query(
      "SELECT name, country, precision, geonames, lat, lon, count(*), sum(happened) FROM (SELECT min(l.ordinal), "
      "e.status = 'actual' AND NOT e.historical AS happened, l.name, l.country, l.precision, l.geonames, l.lat, l.lon "
      "FROM " +
      std::string(kEventTables) + " JOIN locations l ON l.document = e.document AND l.event = e.ordinal" +
      conditions.sql() +
      " GROUP BY e.document, e.ordinal, coalesce(l.geonames, coalesce(l.country, '') || ' ' || l.name)) GROUP BY 1, 2, "
      "3, 4, 5, 6");
  conditions.bind(listing);
  while (listing.step()) {
    spots.add(location_at(listing, 0), static_cast<uint64_t>(listing.integer(6)),
              static_cast<uint64_t>(listing.integer(7)));
  }
}

void select_places(Database& database, const PlaceQuery& query, const std::function<void(const PlaceRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  const Snapshot snapshot(database);
  Spots spots;
  if (!places_kept(database, query.events, spots)) add_places(database, query.events, spots);
  for (const PlaceRow& one : spots.ranked(query.limit)) row(one);
}

}  // namespace dragoman::store
