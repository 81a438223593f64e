// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/event.h"
#include "dragoman/store.h"

namespace dragoman::store {

/// By what a place is known: its number in GeoNames, else country and name.
std::string place_key(const Location& location);

/// A place as one text, for counting.
std::string spot_of(const Location& location);

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
