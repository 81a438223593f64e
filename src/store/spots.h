// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/event.h"
#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// By what a place is known: its number in GeoNames, else country and name.
std::string place_key(const Location& location);

/// A place as one text, for counting.
std::string spot_of(const Location& location);
std::string country_of_spot(std::string_view spot);

/// Name, country, precision, number in GeoNames, latitude and longitude as a row tells them from this column on.
Location location_at(const Query& row, int column);

/// Keeps the table `spots`: each place that events have, as one text, once.
class SpotRows {
 public:
  /// What is in no row yet is `added`, or has the number 0.
  SpotRows(Database& database, bool added);
  /// Rows of an event's places, each place once (counted_spots(), tallies.h).
  std::vector<int64_t> of(const std::vector<Location>& locations);
  /// Rows that a transaction made may be gone with it.
  void forget() { known_.clear(); }

 private:
  int64_t row_of(const std::string& spot);

  Database& database_;
  bool added_;
  Query find_;
  std::optional<Query> add_;
  std::unordered_map<std::string, int64_t> known_;
};

/// Sums up what was counted under several names of a place; the place has the name that most events give it.
class Spots {
 public:
  void add(const Location& location, uint64_t events, uint64_t actual);
  void add(std::string_view spot, uint64_t events, uint64_t actual);
  /// Most events first, then by name and country; at most so many, 0 for all.
  std::vector<PlaceRow> ranked(size_t limit) const;

 private:
  struct Spot {
    PlaceRow row;
    std::string name;      // spot_of() the name that it has
    uint64_t largest = 0;  // events under that name
  };
  struct Count {
    uint64_t events = 0, actual = 0;
  };
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace dragoman::store
