// SPDX-License-Identifier: Apache-2.0
#include "store/tallies.h"

#include <algorithm>
#include <cmath>
#include <set>

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

/// The values that an event has of a key; several of actors and recipients.
class Keys {
 public:
  Keys(const Record& record, const Event& event)
      : record_(record),
        event_(event),
        actors_(names_of(record, event.actors)),
        recipients_(names_of(record, event.recipients)) {
    if (event.date) days_ = days_of(event.date->value);
  }

  Values of(std::string_view key) const {
    if (key == "actor") return actors_;
    if (key == "recipient") return recipients_;
    if (key == "type") return {to_string(event_.type)};
    if (key == "status") return {to_string(event_.status)};
    if (key == "year") return {days_ ? days_->first.substr(0, 4) : ""};
    if (key == "month") {
      return {days_ && days_->first.substr(0, 7) == days_->second.substr(0, 7) ? days_->first.substr(0, 7) : ""};
    }
    if (key == "place") return {event_.locations.empty() ? "" : event_.locations.front().country};
    if (key == "publisher") return {record_.article.publisher};
    return {""};
  }

 private:
  const Record& record_;
  const Event& event_;
  Values actors_, recipients_;
  std::optional<std::pair<std::string, std::string>> days_;
};

}  // namespace

void Tallies::add(const Record& record) {
  std::set<Key> in_document;
  for (const Event& event : record.events) {
    const Keys keys(record, event);
    for (size_t level = 0; level < kLevels.size(); ++level) {
      std::vector<Key> all = {{std::to_string(level), "", "", "", ""}};
      for (size_t k = 0; k < kLevels[level].count; ++k) {
        const Values values = keys.of(kLevels[level].keys[k]);
        std::vector<Key> longer;
        for (const Key& key : all) {
          for (const std::string& value : values) {
            longer.push_back(key);
            longer.back()[k + 1] = value;
          }
        }
        all = std::move(longer);
      }
      for (Key& key : all) {
        Cell& cell = cells_[key];
        ++cell.events;
        cell.actual += event.status == Status::kActual && !event.historical ? 1 : 0;
        cell.score += std::llround(rounded(event.score) * kScore);
        if (in_document.insert(std::move(key)).second) ++cell.documents;
      }
    }
  }
}

void Tallies::write() {
  if (cells_.empty()) return;
  Query add = database_.query(
      "INSERT INTO tallies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET events = events + "
      "excluded.events, actual = actual + excluded.actual, documents = documents + excluded.documents, score = score + "
      "excluded.score");
  for (const auto& [key, cell] : cells_) {
    add.bind(static_cast<int64_t>(std::stoi(key[0])));
    for (size_t k = 1; k < key.size(); ++k) add.bind(key[k]);
    add.bind(cell.events).bind(cell.actual).bind(cell.documents).bind(cell.score).run();
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
