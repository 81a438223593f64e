// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace dragoman::knowledge {

enum class PlaceClass : uint8_t { kContinent, kCountry, kDivision, kDistrict, kCapital, kSeat, kTown };

/// A place of the gazetteer. Views live as long as the Gazetteer.
struct Place {
  std::string_view name;   ///< its own, whatever it was found by
  std::string_view found;  ///< the name of the row
  PlaceClass kind = PlaceClass::kTown;
  std::string_view number;    ///< of GeoNames
  std::string_view country;   ///< ISO 3166-1 alpha-2; "" of a continent
  std::string_view division;  ///< "US.LA": the first-order division it is or lies in; of a country itself
  double lat = 0, lon = 0;    ///< degrees, to two places
  int64_t population = 0;

  /// A point rather than a stretch of land.
  bool is_town() const { return kind >= PlaceClass::kCapital; }
};

/// Great-circle distance.
double kilometres(const Place& a, const Place& b);

/// data/places/gazetteer.tsv, mapped into memory: opening it reads every tenth row. Const and shared by threads.
class Gazetteer {
 public:
  /// Throws Failure (kKnowledge) where the file is missing.
  static Gazetteer open(const std::string& folder);

  /// Every place of that name, compared as names are (see fold.h) and in any case, the most populous first. Rows that
  /// are out of form are passed over; tests see that there are none.
  std::vector<Place> named(std::string_view name) const;

  /// The first row that breaks the form or the order, as "line N: reason"; "" if all is well. Reads everything.
  std::string fault() const;

  size_t size() const { return file_.bytes().size(); }

 private:
  struct Mark {
    uint64_t key = 0;  // the first bytes of the row's
    size_t row = 0;    // where it begins
  };

  explicit Gazetteer(base::MappedFile file);
  base::MappedFile file_;
  std::vector<Mark> marks_;  // of every tenth row or so, in order
};

}  // namespace dragoman::knowledge
