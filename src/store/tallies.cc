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

namespace dragoman::store {
namespace {

using Values = std::vector<std::string>;

/// Scores are added up as whole numbers, so that the sum does not depend on the order.
constexpr double kScore = 10000;

Values names_of(const Record& record, const std::vector<Participant>& participants) {
  Values names;
  for (const Participant& one : participants) {
    names.push_back(!one.country.empty() ? one.country : record.entities.at(one.entity).name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names.empty() ? Values{""} : names;
}

// What levels are made of, each value worked out once an event.
constexpr const char* kKeys[] = {"actor", "recipient", "type", "status", "year", "month", "place", "publisher"};

size_t number_of(std::string_view key) {
  return static_cast<size_t>(std::find(std::begin(kKeys), std::end(kKeys), key) - std::begin(kKeys));
}

/// The values that an event has of each of kKeys; several of actors and recipients.
std::vector<Values> values_of(const Record& record, const Event& event) {
  const auto days = event.date ? days_of(event.date->value) : std::nullopt;
  const bool one_month = days && days->first.substr(0, 7) == days->second.substr(0, 7);
  return {names_of(record, event.actors),
          names_of(record, event.recipients),
          {to_string(event.type)},
          {to_string(event.status)},
          {days ? days->first.substr(0, 4) : ""},
          {one_month ? days->first.substr(0, 7) : ""},
          {event.locations.empty() ? "" : event.locations.front().country},
          {record.article.publisher}};
}

// A cell goes by its level, one character, and its values, each after its length (4 bytes).
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

}  // namespace

Tallies::Tallies(Database& database)
    : add_(database.query(
          "INSERT INTO tallies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET events = events + "
          "excluded.events, actual = actual + excluded.actual, documents = documents + excluded.documents, score = "
          "score + excluded.score")) {}

void Tallies::add(const Record& record) {
  ++document_;
  for (const Event& event : record.events) {
    const std::vector<Values> values = values_of(record, event);
    const int64_t actual = event.status == Status::kActual && !event.historical ? 1 : 0;
    const Cell one{1, actual, 1, std::llround(rounded(event.score) * kScore), document_};
    for (size_t level = 0; level < kLevels.size(); ++level) {
      path_.assign(1, static_cast<char>(level));
      count(level, 0, values, one);
    }
  }
}

/// From the key of this number on.
void Tallies::count(size_t level, size_t key, const std::vector<Values>& values, const Cell& event) {
  if (key < kLevels[level].count) {
    const size_t before = path_.size();
    for (const std::string& value : values[number_of(kLevels[level].keys[key])]) {
      append(path_, value);
      count(level, key + 1, values, event);
      path_.resize(before);
    }
    return;
  }
  Cell& cell = cells_[path_];
  cell.events += event.events;
  cell.actual += event.actual;
  cell.score += event.score;
  cell.documents += cell.last == event.last ? 0 : 1;
  cell.last = event.last;
}

void Tallies::write() {
  // In the order of the table: neighbours lie on one page.
  std::vector<std::tuple<char, std::vector<std::string_view>, const Cell*>> all;
  all.reserve(cells_.size());
  for (const auto& [path, cell] : cells_) all.emplace_back(path.front(), values_from(path), &cell);
  std::sort(all.begin(), all.end());
  for (const auto& [level, values, cell] : all) {
    add_.bind(static_cast<int64_t>(level));
    for (size_t k = 0; k < 4; ++k) add_.bind(k < values.size() ? values[k] : std::string_view());
    add_.bind(cell->events).bind(cell->actual).bind(cell->documents).bind(cell->score).run();
  }
  cells_.clear();
}

namespace {

/// Adds the events that `where` leaves, `sign` times.
void tally_where(Database& database, const std::string& where, int sign) {
  const std::string times = std::to_string(sign) + " * ";
  for (size_t level = 0; level < kLevels.size(); ++level) {
    const Grouping grouping = grouping_by({kLevels[level].keys, kLevels[level].count});
    std::string rest;
    for (size_t k = kLevels[level].count; k < 4; ++k) rest += ", ''";
    const std::string sql =
        "INSERT INTO tallies SELECT " + std::to_string(level) + ", " + grouping.keys + rest + ", " + times +
        "count(*), " + times + "sum(status = 'actual' AND NOT historical), " + times + "count(DISTINCT document), " +
        times + "sum(CAST(round(score * 10000) AS INTEGER)) FROM (" + grouping.inner + where + ") GROUP BY " +
        grouping.keys +
        " ON CONFLICT DO UPDATE SET events = events + excluded.events, actual = actual + excluded.actual, documents = "
        "documents + excluded.documents, score = score + excluded.score";
    database.run(sql.c_str());
  }
}

}  // namespace

void tally(Database& database, int64_t document, int sign) {
  if (database.integer("PRAGMA user_version") < 3) return;
  tally_where(database, " WHERE e.document = " + std::to_string(document), sign);
  if (sign < 0) database.run("DELETE FROM tallies WHERE events = 0");
}

void tally_all(Database& database) {
  database.run("DELETE FROM tallies");
  tally_where(database, "", 1);
}

}  // namespace dragoman::store
