// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"
#include "store/counting.h"
#include "store/queries.h"
#include "store/spots.h"

namespace dragoman::store {

void add_places(Database& database, const EventQuery& query, Spots& spots) {
  Conditions conditions;
  conditions.add(database, query);
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
    Location one;
    one.name = listing.text(0);
    one.country = listing.text(1);
    one.precision = listing.text(2);
    if (!listing.is_null(3)) one.geonames = listing.integer(3);
    if (!listing.is_null(4)) one.lat = listing.real(4);
    if (!listing.is_null(5)) one.lon = listing.real(5);
    spots.add(one, static_cast<uint64_t>(listing.integer(6)), static_cast<uint64_t>(listing.integer(7)));
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
