// SPDX-License-Identifier: Apache-2.0
#include "store/tallies.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <tuple>

#include "base/text.h"
#include "document/rounded.h"
#include "store/days.h"
#include "store/spots.h"

namespace dragoman::store {
namespace {

using Values = std::vector<std::string>;

/// Scores are added up as whole numbers, so that the sum does not depend on the order.
constexpr double kScore = 10000;

// Groups in memory, some 200 bytes each, before all are written.
constexpr size_t kMostGroups = size_t{1} << 20;

Values distinct(Values values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// What levels are made of, each value worked out once an event.
constexpr const char* kKeys[] = {"actor", "recipient", "year", "month", "place", "publisher", "spot"};

size_t number_of(std::string_view key) {
  return static_cast<size_t>(std::find(std::begin(kKeys), std::end(kKeys), key) - std::begin(kKeys));
}

/// The values that an event has of each of kKeys; several of actors, recipients and spots.
std::vector<Values> values_of(const Record& record, const Event& event) {
  const auto days = event.date ? days_of(event.date->value) : std::nullopt;
  const bool one_month = days && days->first.substr(0, 7) == days->second.substr(0, 7);
  return {counted_names(record, event.actors),
          counted_names(record, event.recipients),
          {days ? days->first.substr(0, 4) : ""},
          {one_month ? days->first.substr(0, 7) : ""},
          {event.locations.empty() ? "" : event.locations.front().country},
          {record.article.publisher},
          counted_spots(event.locations)};
}

// A group goes by its level, one character, and its values, each after its length (4 bytes).
void append(std::string& path, const std::string& value) {
  const auto length = static_cast<uint32_t>(value.size());
  path.append(reinterpret_cast<const char*>(&length), sizeof length).append(value);
}

std::vector<std::string_view> values_from(std::string_view path) {
  std::vector<std::string_view> values;
  for (path.remove_prefix(1); !path.empty();) {
    uint32_t length = 0;
    std::memcpy(&length, path.data(), sizeof length);
    values.push_back(path.substr(sizeof length, length));
    path.remove_prefix(sizeof length + length);
  }
  return values;
}

Query adding(Database& database) {
  database.define("added_tallies", added);
  return database.query(
      "INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cells = added_tallies(cells, excluded.cells)");
}

}  // namespace

std::vector<std::string> counted_names(const Record& record, const std::vector<Participant>& participants) {
  Values names;
  for (const Participant& one : participants) {
    names.push_back(!one.country.empty() ? one.country : record.entities.at(one.entity).name);
  }
  return names.empty() ? Values{""} : distinct(std::move(names));
}

std::vector<std::string> counted_spots(const std::vector<Location>& locations) {
  Values known, spots;
  for (const Location& one : locations) {
    std::string key = place_key(one);
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    known.push_back(std::move(key));
    spots.push_back(spot_of(one));
  }
  return spots;
}

int64_t counted_score(const Event& event) { return std::llround(rounded(event.score) * kScore); }

const std::vector<Level> kLevels = {{{"actor", "month"}, 2}, {{"recipient", "month"}, 2}, {{"actor", "recipient"}, 2},
                                    {{"actor", "year"}, 2},  {{"recipient", "year"}, 2},  {{"spot", "month"}, 2},
                                    {{"actor", nullptr}, 1}, {{"recipient", nullptr}, 1}, {{"month", nullptr}, 1},
                                    {{"year", nullptr}, 1},  {{"place", nullptr}, 1},     {{"publisher", nullptr}, 1},
                                    {{"spot", nullptr}, 1},  {{nullptr, nullptr}, 0}};

Tallies::Tallies(Database& database)
    : add_(adding(database)), clear_(database.query("DELETE FROM tallies WHERE cells = x''")) {}

void Tallies::add(const Record& record, int sign) {
  ++document_;
  takes_away_ = takes_away_ || sign < 0;
  for (const Event& event : record.events) {
    const std::vector<Values> values = values_of(record, event);
    const int64_t actual = event.status == Status::kActual && !event.historical ? sign : 0;
    TallyCell one{{}, sign, actual, sign, sign * counted_score(event)};
    one.key = {number_of_type(to_string(event.type)), number_of_status(to_string(event.status)),
               number_of_quad(event.quad)};
    for (size_t level = 0; level < kLevels.size(); ++level) {
      path_.assign(1, static_cast<char>(level));
      count(level, 0, values, one);
    }
  }
  if (groups_.size() > kMostGroups) write();
}

/// From the key of this number on.
void Tallies::count(size_t level, size_t key, const std::vector<Values>& values, const TallyCell& event) {
  if (key == kLevels[level].count) return count_in(groups_[path_], event);
  const size_t before = path_.size();
  for (const std::string& value : values[number_of(kLevels[level].keys[key])]) {
    append(path_, value);
    count(level, key + 1, values, event);
    path_.resize(before);
  }
}

void Tallies::count_in(std::vector<Counted>& group, const TallyCell& event) const {
  for (unsigned part = 0; part < 8; ++part) {
    const bool type = (part & 1U) != 0, status = (part & 2U) != 0, quad = (part & 4U) != 0;
    if (!is_kept(type, quad)) continue;
    const TallyKey key = {type ? event.key.type : uint8_t{0}, status ? event.key.status : uint8_t{0},
                          quad ? event.key.quad : uint8_t{0}};
    auto at = std::lower_bound(group.begin(), group.end(), key,
                               [](const Counted& one, const TallyKey& wanted) { return one.cell.key < wanted; });
    if (at == group.end() || at->cell.key != key) at = group.insert(at, Counted{{key}, 0});
    TallyCell& cell = at->cell;
    cell.events += event.events;
    cell.actual += event.actual;
    cell.score += event.score;
    cell.documents += at->last == document_ ? 0 : event.documents;
    at->last = document_;
  }
}

void Tallies::write() {
  // In the order of the table: neighbours lie on one page.
  std::vector<std::tuple<char, std::vector<std::string_view>, const std::vector<Counted>*>> all;
  all.reserve(groups_.size());
  for (const auto& [path, group] : groups_) all.emplace_back(path.front(), values_from(path), &group);
  std::sort(all.begin(), all.end());
  std::string bytes;
  for (const auto& [level, values, group] : all) {
    bytes.clear();
    for (const Counted& one : *group) {
      if (one.cell.events != 0) store::append(bytes, one.cell);
    }
    if (bytes.empty()) continue;
    add_.bind(static_cast<int64_t>(level));
    for (size_t k = 0; k < 2; ++k) add_.bind(k < values.size() ? values[k] : std::string_view());
    add_.bind_blob(bytes).run();
  }
  groups_.clear();
  if (takes_away_) clear_.run();
  takes_away_ = false;
}

void tally_all(Database& database) {
  database.run("DELETE FROM tallies");
  Tallies tallies(database);
  Query records = database.query("SELECT record FROM documents ORDER BY document");
  while (records.step()) {
    if (const auto record = record_from_json(records.text(0))) tallies.add(*record);
  }
  tallies.write();
}

}  // namespace dragoman::store
