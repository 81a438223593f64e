// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"
#include "store/queries.h"

namespace dragoman::store {

// Distinct first: an event that names a place twice counts once for it.
void select_places(Database& database, const PlaceQuery& query, const std::function<void(const PlaceRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  Conditions conditions;
  conditions.add(database, query.events);
  Query listing = database.query(
      std::string("SELECT name, country, precision, geonames, lat, lon, count(*) AS events, sum(happened) FROM (SELECT "
                  "DISTINCT e.document, e.ordinal, e.status = 'actual' AND NOT e.historical AS happened, "
                  "coalesce(l.geonames, coalesce(l.country, '') || ' ' || l.name) AS place, l.name, l.country, "
                  "l.precision, l.geonames, l.lat, l.lon FROM ") +
      tables_of(query.events) + " JOIN locations l ON l.document = e.document AND l.event = e.ordinal" +
      conditions.sql() + ") GROUP BY place ORDER BY events DESC, name, country" +
      (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : ""));
  conditions.bind(listing);
  while (listing.step()) {
    PlaceRow one;
    one.name = listing.text(0);
    one.country = listing.text(1);
    one.precision = listing.text(2);
    if (!listing.text(3).empty()) one.geonames = listing.integer(3);
    if (!listing.text(4).empty() && !listing.text(5).empty()) {
      one.lat = listing.real(4);
      one.lon = listing.real(5);
    }
    one.events = static_cast<uint64_t>(listing.integer(6));
    one.actual = static_cast<uint64_t>(listing.integer(7));
    row(one);
  }
}

}  // namespace dragoman::store
