// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gazetteer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/fold.h"

// A row: name, GeoNames number, class (one letter), division, latitude, longitude, population, and the place's own name
// where the row's is another one. Rows are in the order of the bytes of their folded names in lower case, then of
// falling population, so that a name is found by halving the file: some twenty steps, each of which reads one row.

namespace dragoman::knowledge {
namespace {

constexpr size_t kColumns = 8;
constexpr std::string_view kClasses = "XCDdcsp";  // in the order of PlaceClass

/// The row that holds byte `at` of the file, with its first byte.
std::pair<std::string_view, size_t> row_at(std::string_view bytes, size_t at) {
  const size_t before = at == 0 ? std::string_view::npos : bytes.rfind('\n', at - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return {bytes.substr(begin, std::min(bytes.find('\n', begin), bytes.size()) - begin), begin};
}

std::string key_of(std::string_view row) {
  if (row.starts_with('#')) return "";
  return fold_lower(row.substr(0, row.find('\t')));
}

template <class Number>
bool read(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Place> place_of(std::string_view row) {
  std::array<std::string_view, kColumns> cells;
  size_t count = 0;
  for (const auto cell : base::split(row, '\t')) {
    if (count == kColumns) return std::nullopt;
    cells[count++] = cell;
  }
  const size_t kind = cells[2].size() == 1 ? kClasses.find(cells[2].front()) : std::string_view::npos;
  Place place;
  if (count < kColumns - 1 || kind == std::string_view::npos || !read(cells[4], place.lat) ||
      !read(cells[5], place.lon) || !read(cells[6], place.population) || std::abs(place.lat) > 90 ||
      std::abs(place.lon) > 180)
    return std::nullopt;
  place.found = cells[0];
  place.name = cells[7].empty() ? cells[0] : cells[7];
  place.kind = static_cast<PlaceClass>(kind);
  place.number = cells[1];
  place.division = cells[3];
  place.country = cells[3].substr(0, cells[3].find('.'));
  return place;
}

}  // namespace

double kilometres(const Place& a, const Place& b) {
  constexpr double kDiameter = 12742;
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double north = std::sin(radians(a.lat - b.lat) / 2), east = std::sin(radians(a.lon - b.lon) / 2);
  const double part = north * north + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * east * east;
  return kDiameter * std::asin(std::min(1.0, std::sqrt(part)));
}

Gazetteer Gazetteer::open(const std::string& folder) {
  const std::string path = folder + "/places/gazetteer.tsv";
  auto file = base::MappedFile::open(path);
  if (!file) throw Failure(Error{ErrorCode::kKnowledge, file.error().message, path});
  return Gazetteer(std::move(*file));
}

std::vector<Place> Gazetteer::named(std::string_view name) const {
  const std::string key = fold_lower(name);
  std::vector<Place> places;
  if (key.empty()) return places;
  const std::string_view bytes = file_.bytes();
  size_t low = 0, high = bytes.size();  // the first row of the name begins in [low, high]
  while (low < high) {
    const auto [row, begin] = row_at(bytes, low + (high - low) / 2);
    if (key_of(row) < key)
      low = begin + row.size() + 1;
    else
      high = begin;
  }
  while (low < bytes.size()) {
    const std::string_view row = row_at(bytes, low).first;
    if (key_of(row) != key) break;
    if (const auto place = place_of(row)) places.push_back(*place);
    low += row.size() + 1;
  }
  return places;
}

std::string Gazetteer::fault() const {
  std::string before;
  int64_t population = 0;
  size_t line = 0;
  for (const auto row : base::split(file_.bytes(), '\n')) {
    ++line;
    if (row.empty() || row.starts_with('#')) continue;
    const auto place = place_of(row);
    const std::string key = key_of(row);
    const auto wrong = [&](const char* reason) { return "line " + std::to_string(line) + ": " + reason; };
    if (!place) return wrong("is out of form");
    if (key.empty()) return wrong("has no name");
    if (key < before) return wrong("is out of order");
    if (key == before && place->population > population) return wrong("is less populous than the row before it");
    before = key;
    population = place->population;
  }
  return "";
}

}  // namespace dragoman::knowledge
