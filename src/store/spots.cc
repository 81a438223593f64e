// SPDX-License-Identifier: Apache-2.0
#include "store/spots.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/text.h"
#include "store/tallies.h"

namespace dragoman::store {
namespace {

constexpr size_t kMostKnown = size_t{1} << 18;  // in memory, some 200 bytes each
constexpr char kBetween = '\x1f';               // stands in no name

template <class T>
void add_number(std::string& text, const std::optional<T>& number) {
  text.push_back(kBetween);
  if (!number) return;
  char digits[32];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, *number).ptr);  // reads back as the same
}

template <class T>
std::optional<T> number_from(std::string_view text) {
  T number{};
  if (text.empty()) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Location location_from(std::string_view spot) {
  auto fields = base::split(spot, kBetween);
  fields.resize(6);
  Location one;
  one.name = fields[0];
  one.country = fields[1];
  one.precision = fields[2];
  one.geonames = number_from<int64_t>(fields[3]);
  one.lat = number_from<double>(fields[4]);
  one.lon = number_from<double>(fields[5]);
  return one;
}

}  // namespace

std::string place_key(const Location& location) {
  return location.geonames ? std::to_string(*location.geonames) : location.country + ' ' + location.name;
}

std::string spot_of(const Location& location) {
  std::string text = location.name + kBetween + location.country + kBetween + location.precision;
  add_number(text, location.geonames);
  add_number(text, location.lat);
  add_number(text, location.lon);
  return text;
}

std::string country_of_spot(std::string_view spot) { return location_from(spot).country; }

Location location_at(const Query& row, int column) {
  Location one;
  one.name = row.text(column);
  one.country = row.text(column + 1);
  one.precision = row.text(column + 2);
  if (!row.is_null(column + 3)) one.geonames = row.integer(column + 3);
  if (!row.is_null(column + 4)) one.lat = row.real(column + 4);
  if (!row.is_null(column + 5)) one.lon = row.real(column + 5);
  return one;
}

SpotRows::SpotRows(Database& database, bool added)
    : database_(database), added_(added), find_(database.query("SELECT spot FROM spots WHERE place = ?")) {}

std::vector<int64_t> SpotRows::of(const std::vector<Location>& locations) {
  std::vector<int64_t> rows;
  for (const std::string& spot : counted_spots(locations)) rows.push_back(row_of(spot));
  return rows;
}

int64_t SpotRows::row_of(const std::string& spot) {
  if (const auto known = known_.find(spot); known != known_.end()) return known->second;
  int64_t row = 0;
  if (find_.bind(spot).step()) {
    row = find_.integer(0);
    find_.reset();
  } else if (added_) {
    if (!add_) add_.emplace(database_.query("INSERT INTO spots (place) VALUES (?)"));
    add_->bind(spot).run();
    row = database_.last_row();
  }
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(spot, row);
  return row;
}

void Spots::add(const Location& location, uint64_t events, uint64_t actual) { add(spot_of(location), events, actual); }

void Spots::add(std::string_view spot, uint64_t events, uint64_t actual) {
  Count& count = counts_[std::string(spot)];
  count.events += events;
  count.actual += actual;
}

std::vector<PlaceRow> Spots::ranked(size_t limit) const {
  std::unordered_map<std::string, Spot> places;
  for (const auto& [spot, count] : counts_) {
    const Location location = location_from(spot);
    Spot& place = places[place_key(location)];
    const bool leads = count.events != place.largest ? count.events > place.largest : spot < place.name;
    if (leads) {
      PlaceRow& row = place.row;
      row.name = location.name;
      row.country = location.country;
      row.precision = location.precision;
      row.geonames = location.geonames;
      const bool located = location.lat && location.lon;
      row.lat = located ? location.lat : std::nullopt;
      row.lon = located ? location.lon : std::nullopt;
      place.name = spot;
      place.largest = count.events;
    }
    place.row.events += count.events;
    place.row.actual += count.actual;
  }
  std::vector<PlaceRow> rows;
  rows.reserve(places.size());
  for (auto& [key, place] : places) rows.push_back(std::move(place.row));
  const size_t shown = limit > 0 ? std::min(limit, rows.size()) : rows.size();
  const auto before = [](const PlaceRow& a, const PlaceRow& b) {
    if (a.events != b.events) return a.events > b.events;
    return std::tie(a.name, a.country, a.geonames) < std::tie(b.name, b.country, b.geonames);
  };
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(), before);
  rows.resize(shown);
  return rows;
}

}  // namespace dragoman::store
