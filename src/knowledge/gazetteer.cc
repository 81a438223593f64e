// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gazetteer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <numbers>
#include <optional>
#include <utility>

#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/fold.h"

// A row: name, GeoNames number, class (one letter), division, latitude, longitude, population, and the place's own name
// where the row's is another one. Rows are in the order of the bytes of their folded names in lower case, then of
// falling population, so that a name is found by halving the file; the first steps by the marks, which lie together in
// memory, the last ones by the rows between two of them.

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

/// What a row is found by; "" of a comment.
class Key {
 public:
  explicit Key(std::string_view row) : name_(row.starts_with('#') ? "" : row.substr(0, row.find('\t'))) {}
  std::string_view text() const { return name_.lower(); }

 private:
  FoldedName name_;
};

// Bytes from mark to mark, some ten rows: shorter ones cost more when the file is opened than they save.
constexpr size_t kStride = 512;

/// The first eight bytes of a key as a number that is in the order of the keys.
uint64_t begin_of(std::string_view key) {
  uint64_t number = 0;
  for (size_t k = 0; k < sizeof number; ++k)
    number = number << 8 | (k < key.size() ? static_cast<unsigned char>(key[k]) : 0U);
  return number;
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

Gazetteer::Gazetteer(base::MappedFile file) : file_(std::move(file)) {
  const std::string_view bytes = file_.bytes();
  marks_.reserve(bytes.size() / kStride + 1);
  for (size_t at = 0; at < bytes.size(); at += kStride) {
    const auto [row, begin] = row_at(bytes, at);
    marks_.push_back({begin_of(Key(row).text()), begin});
  }
}

std::vector<Place> Gazetteer::named(std::string_view name) const {
  const FoldedName folded(name);
  const std::string_view key = folded.lower();
  std::vector<Place> places;
  if (key.empty()) return places;
  const std::string_view bytes = file_.bytes();
  // The first row of the name begins in [low, high]: after the last mark that comes before it.
  const uint64_t first = begin_of(key);
  const auto after = std::lower_bound(marks_.begin(), marks_.end(), first,
                                      [](const Mark& mark, uint64_t than) { return mark.key < than; });
  const auto beyond =
      std::upper_bound(after, marks_.end(), first, [](uint64_t than, const Mark& mark) { return than < mark.key; });
  size_t low = after == marks_.begin() ? 0 : std::prev(after)->row;
  size_t high = beyond == marks_.end() ? bytes.size() : beyond->row;
  while (low < high) {
    const auto [row, begin] = row_at(bytes, low + (high - low) / 2);
    if (Key(row).text() < key)
      low = begin + row.size() + 1;
    else
      high = begin;
  }
  while (low < bytes.size()) {
    const std::string_view row = row_at(bytes, low).first;
    if (Key(row).text() != key) break;
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
    const std::string key(Key(row).text());
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
