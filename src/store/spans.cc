// SPDX-License-Identifier: Apache-2.0
#include "store/spans.h"

#include "base/text.h"
#include "store/days.h"
#include "store/tallies.h"

namespace dragoman::store {
namespace {

constexpr char kBetween = '\x1e';  // stands in no name
constexpr const char* kNever = "9999-12-31";

std::string joined(const std::vector<std::string>& values) { return base::join(values, std::string(1, kBetween)); }

/// The year of a day, as its first day.
std::string year_of(const std::string& day) { return day.substr(0, 4) + "-01-01"; }

}  // namespace

Spans::Spans(Database& database)
    : add_(database.query("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {}

void Spans::insert(const Record& record, int64_t document) {
  for (size_t i = 0; i < record.events.size(); ++i) {
    const Event& event = record.events[i];
    const auto days = event.date ? days_of(event.date->value) : std::nullopt;
    if (!days || days->first.substr(0, 7) == days->second.substr(0, 7)) continue;
    add_.bind(year_of(days->first) != year_of(days->second)).bind(days->first).bind(days->second);
    add_.bind(document).bind(static_cast<int64_t>(i) + 1).bind(to_string(event.type)).bind(to_string(event.status));
    add_.bind(event.historical).bind(event.quad).bind(counted_score(event));
    add_.bind(joined(counted_names(record, event.actors))).bind(joined(counted_names(record, event.recipients)));
    add_.bind(joined(counted_spots(event.locations))).run();
  }
}

void fill_spans(Database& database) {
  Spans spans(database);
  Query records = database.query(
      "SELECT document, record FROM documents d WHERE EXISTS (SELECT 1 FROM events e WHERE e.document = d.document AND "
      "substr(e.first_day, 1, 7) <> substr(e.last_day, 1, 7))");
  while (records.step()) {
    if (const auto record = record_from_json(records.text(1))) spans.insert(*record, records.integer(0));
  }
}

// Of those within one year none that meets the days began before the first one's year; the others are very few.
void each_span(Database& database, const EventQuery& filter, const std::function<void(const LongEvent&)>& row) {
  const std::string from = filter.from.empty() ? "" : days_of(filter.from)->first;
  const std::string to = filter.to.empty() ? kNever : days_of(filter.to)->second;
  Query rows = database.query(
      "SELECT document, type, status, quad, historical, score, actors, recipients, spots FROM spans WHERE over_years = "
      "?1 AND first_day BETWEEN ?2 AND ?3 AND last_day >= ?4 AND ?5 IN ('', type) AND ?6 IN ('', status)");
  for (const bool over_years : {false, true}) {
    rows.bind(over_years).bind(over_years || from.empty() ? "" : year_of(from)).bind(to).bind(from);
    rows.bind(filter.type).bind(filter.status);
    while (rows.step()) {
      const std::string type = rows.text(1), status = rows.text(2), quad = rows.text(3), actors = rows.text(6),
                        recipients = rows.text(7), spots = rows.text(8);
      LongEvent one{rows.integer(0),
                    type,
                    status,
                    quad,
                    status == "actual" && rows.integer(4) == 0,
                    rows.integer(5),
                    base::split(actors, kBetween),
                    base::split(recipients, kBetween),
                    {}};
      if (!spots.empty()) one.spots = base::split(spots, kBetween);
      row(one);
    }
  }
}

}  // namespace dragoman::store
