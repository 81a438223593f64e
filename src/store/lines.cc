// SPDX-License-Identifier: Apache-2.0
#include "store/lines.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "store/event_cells.h"

namespace dragoman::store {
namespace {

/// Keys, the most frequent first.
std::string ranked(const std::map<std::string, size_t>& counts) {
  std::vector<std::pair<size_t, std::string>> all;
  for (const auto& [key, count] : counts) all.emplace_back(count, key);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> keys;
  for (auto& [count, key] : all) keys.push_back(std::move(key));
  return base::join(keys, "; ");
}

}  // namespace

LineMaker::LineMaker(Database& database)
    : documents_(database.query("SELECT count(*), min(day), max(day), (SELECT name FROM threads WHERE document = ?1) "
                                "FROM threads WHERE storyline = ?1")),
      stories_(database.query("SELECT count(*) FROM stories WHERE storyline = ?")),
      issues_(database.query("SELECT issue, count(*) FROM threads JOIN positions USING (document) WHERE storyline = ? "
                             "GROUP BY issue")),
      cells_(database.query("SELECT cells FROM threads JOIN event_cells USING (document) WHERE storyline = ?")),
      party_(database.query("SELECT country FROM parties WHERE party = ?")) {}

LineRow LineMaker::row_of(int64_t storyline) {
  LineRow row;
  documents_.bind(storyline).step();
  row.n_documents = documents_.integer(0);
  row.first_day = documents_.text(1);
  row.last_day = documents_.text(2);
  row.name = documents_.integer(3);
  documents_.reset();
  stories_.bind(storyline).step();
  row.n_stories = stories_.integer(0);
  stories_.reset();
  add_events(row, storyline);
  std::map<std::string, size_t> issues;
  for (issues_.bind(storyline); issues_.step();) issues[issues_.text(0)] = static_cast<size_t>(issues_.integer(1));
  row.issues = ranked(issues);
  return row;
}

/// Days, and countries: each as often as there are acts in which it takes part.
void LineMaker::add_events(LineRow& row, int64_t storyline) {
  std::map<std::string, size_t> counts;
  std::set<std::string> of_event;
  for (cells_.bind(storyline); cells_.step();) {
    EventCells cells(cells_.bytes(0));
    while (cells.next()) {
      const int64_t first = cells.first_day();
      if (first != 0 && (row.events_from == 0 || first < row.events_from)) row.events_from = first;
      row.events_to = std::max(row.events_to, cells.last_day());
      of_event.clear();
      for (const auto* numbers : {&cells.actors(), &cells.recipients()}) {
        for (const uint32_t number : *numbers) {
          const int64_t party = cells.parties()[number];
          if (party != 0 && !country_of(party).empty()) of_event.insert(country_of(party));
        }
      }
      for (const std::string& country : of_event) ++counts[country];
    }
  }
  row.countries = ranked(counts);
}

const std::string& LineMaker::country_of(int64_t party) {
  const auto [at, fresh] = countries_.try_emplace(party);
  if (fresh && party_.bind(party).step()) {
    at->second = party_.text(0);
    party_.reset();
  }
  return at->second;
}

void tell_changed_lines(Database& database) {
  LineMaker maker(database);
  Query put =
      database.query("INSERT OR REPLACE INTO storylines VALUES (?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?)");
  Query remove = database.query("DELETE FROM storylines WHERE storyline = ?");
  Query changed = database.query("SELECT storyline FROM changed_storylines");
  while (changed.step()) {
    const int64_t storyline = changed.integer(0);
    const LineRow row = maker.row_of(storyline);
    if (row.n_documents == 0) {
      remove.bind(storyline).run();
      continue;
    }
    put.bind(storyline).bind(row.name).bind_known(row.first_day).bind_known(row.last_day);
    put.bind(row.events_from)
        .bind(row.events_to)
        .bind(row.n_documents)
        .bind(row.n_stories)
        .bind(row.countries)
        .bind(row.issues)
        .run();
  }
  database.run("DELETE FROM changed_storylines");
}

}  // namespace dragoman::store
