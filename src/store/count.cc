// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "store/conditions.h"
#include "store/corrections.h"
#include "store/counting.h"
#include "store/days.h"
#include "store/queries.h"

namespace dragoman {
namespace store {
namespace {

/// What events are counted by: the value in SQL, and the tables that it needs beside events e, documents d and
/// sentences s.
struct CountKey {
  const char* name;
  const char* sql;
  const char* join;
};

#define DRAGOMAN_ROLE(alias, entity, role)                                                                          \
  " LEFT JOIN participants " alias " ON " alias ".document = e.document AND " alias ".event = e.ordinal AND " alias \
  ".role = '" role "' LEFT JOIN entities " entity " ON " entity ".document = " alias ".document AND " entity        \
  ".ordinal = " alias ".entity"

constexpr CountKey kKeys[] = {
    {"actor", "coalesce(pa.country, na.name, '')", DRAGOMAN_ROLE("pa", "na", "actor")},
    {"recipient", "coalesce(pr.country, nr.name, '')", DRAGOMAN_ROLE("pr", "nr", "recipient")},
    {"year", "coalesce(substr(e.first_day, 1, 4), '')", ""},
    // Of an event of a whole year no month is known.
    {"month",
     "CASE WHEN substr(e.first_day, 1, 7) = substr(e.last_day, 1, 7) THEN substr(e.first_day, 1, 7) ELSE '' END", ""},
    {"day", "CASE WHEN e.first_day = e.last_day THEN e.first_day ELSE '' END", ""},
    {"type", "e.type", ""},
    {"mode", "coalesce(e.modes, '')", ""},
    {"status", "e.status", ""},
    {"quad", "coalesce(e.quad, '')", ""},
    {"place", "coalesce(l.country, '')",
     " LEFT JOIN locations l ON l.document = e.document AND l.event = e.ordinal AND l.ordinal = 1"},
    {"publisher", "coalesce(d.publisher, '')", ""},
};
#undef DRAGOMAN_ROLE

const CountKey* key_named(const std::string& name) {
  const auto* const found =
      std::find_if(std::begin(kKeys), std::end(kKeys), [&](const CountKey& key) { return key.name == name; });
  return found == std::end(kKeys) ? nullptr : found;
}

constexpr Level kKept[] = {{{"actor", "month", "type"}, 3},
                           {{"actor", "month", "type", "status"}, 4},
                           {{"actor", "recipient"}, 2},
                           {{"month", "type"}, 2},
                           {{"actor"}, 1},
                           {{"type"}, 1},
                           {{"status"}, 1},
                           {{"year"}, 1},
                           {{"place"}, 1},
                           {{"publisher"}, 1}};

/// What of the filters the counts that are kept can answer: type and status, and whole months.
struct Slice {
  size_t level = 0;
  std::vector<std::string> conditions, values;
  bool by_month = false;  ///< dates are asked for: events of several months are to be counted by themselves
};

bool holds(const std::vector<std::string>& all, const char* one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

const char* column(size_t place) {
  constexpr const char* kColumns[] = {"a", "b", "c", "d"};
  return kColumns[place];
}

/// The level that answers a query: its keys are what is counted by, and those that a filter sets to one value.
std::optional<Slice> slice_of(const CountQuery& query) {
  const EventQuery& filter = query.events;
  if (!(filter.actor + filter.recipient + filter.text + filter.document).empty() || filter.min_confidence > 0) {
    return std::nullopt;
  }
  const bool dates = !(filter.from + filter.to).empty();
  const std::string from = filter.from.empty() ? "" : days_of(filter.from)->first;
  const std::string to = filter.to.empty() ? "" : days_of(filter.to)->second;
  const bool whole_months =
      (from.empty() || from.ends_with("-01")) && (to.empty() || days_of(to.substr(0, 7))->second == to);
  for (size_t level = 0; level < std::size(kKept); ++level) {
    Slice slice;
    slice.level = level;
    size_t counted = 0;
    bool fits = true, type = filter.type.empty(), status = filter.status.empty(), months = !dates;
    for (size_t k = 0; k < kKept[level].count && fits; ++k) {
      const std::string key = kKept[level].keys[k];
      const bool by = holds(query.by, key.c_str());
      counted += by ? 1 : 0;
      const std::string value = key == "type" ? filter.type : key == "status" ? filter.status : "";
      fits = by || !value.empty();
      if (!value.empty()) {
        slice.conditions.push_back(std::string(column(k)) + " = ?");
        slice.values.push_back(value);
      }
      type = type || key == "type";
      status = status || key == "status";
      if (key != "month" || !dates || !whole_months || !by) continue;
      months = slice.by_month = true;
      slice.conditions.push_back(std::string(column(k)) + " BETWEEN ? AND ?");
      slice.values.push_back(from.empty() ? "0" : from.substr(0, 7));
      slice.values.push_back(to.empty() ? "9999-12" : to.substr(0, 7));
    }
    if (fits && counted == query.by.size() && type && status && months) return slice;
  }
  return std::nullopt;
}

CountRow row_of(const Query& listing, size_t keys) {
  CountRow one;
  one.keys.reserve(keys);
  for (size_t i = 0; i < keys; ++i) one.keys.push_back(listing.text(static_cast<int>(i)));
  const int after = static_cast<int>(keys);
  one.events = static_cast<uint64_t>(listing.integer(after));
  one.actual = static_cast<uint64_t>(listing.integer(after + 1));
  one.documents = static_cast<uint64_t>(listing.integer(after + 2));
  one.score = listing.real(after + 3);
  return one;
}

std::string order_of(const CountQuery& query, const std::string& keys) {
  return " ORDER BY " + std::string(query.largest_first ? "events DESC, " : "") + keys +
         (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : "");
}

/// Counts events themselves: all, or those alone whose days lie in several months. Distinct first: an event of two
/// actors of one country counts once for it.
void count_rows(Database& database, const CountQuery& query, bool of_several_months,
                const std::function<void(const CountRow&)>& row) {
  Conditions conditions;
  conditions.add(database, query.events);
  if (of_several_months) conditions.add("substr(e.first_day, 1, 7) <> substr(e.last_day, 1, 7)", {});
  std::vector<const char*> names;
  for (const std::string& name : query.by) names.push_back(key_named(name)->name);
  Grouping grouping = grouping_by(names);
  if (of_several_months) {  // they are few: without being told, SQLite would look at all events
    const std::string from = "FROM events e";
    grouping.inner.insert(grouping.inner.find(from) + from.size(), " INDEXED BY events_of_several_months");
  }
  if (!query.events.text.empty()) {
    grouping.inner += " JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence";
  }
  Query listing = database.query("SELECT " + grouping.keys +
                                 ", count(*) AS events, sum(status = 'actual' AND NOT historical), count(DISTINCT "
                                 "document), avg(score) FROM (" +
                                 grouping.inner + conditions.sql() + ") GROUP BY " + grouping.keys +
                                 order_of(query, grouping.keys));
  conditions.bind(listing);
  while (listing.step()) row(row_of(listing, query.by.size()));
}

void count_kept(Database& database, const CountQuery& query, const Slice& slice,
                const std::function<void(const CountRow&)>& row) {
  std::vector<std::string> columns;
  const Level& level = kKept[slice.level];
  for (const std::string& name : query.by) {
    for (size_t k = 0; k < level.count; ++k) {
      if (name == level.keys[k]) columns.emplace_back(column(k));
    }
  }
  const std::string keys = base::join(columns, ", ");
  std::vector<std::string> conditions = {"level = " + std::to_string(slice.level)};
  conditions.insert(conditions.end(), slice.conditions.begin(), slice.conditions.end());
  Query listing =
      database.query("SELECT " + keys + ", events, actual, documents, score / 10000.0 / events FROM tallies WHERE " +
                     base::join(conditions, " AND ") + (slice.by_month ? "" : order_of(query, keys)));
  for (const std::string& value : slice.values) listing.bind(value);
  if (!slice.by_month) {
    while (listing.step()) row(row_of(listing, query.by.size()));
    return;
  }
  std::vector<CountRow> rows;
  while (listing.step()) rows.push_back(row_of(listing, query.by.size()));
  CountQuery several = query;
  several.limit = 0;
  count_rows(database, several, true, [&](const CountRow& one) { rows.push_back(one); });
  std::sort(rows.begin(), rows.end(), [&](const CountRow& a, const CountRow& b) {
    return query.largest_first && a.events != b.events ? a.events > b.events : a.keys < b.keys;
  });
  if (query.limit > 0 && rows.size() > query.limit) rows.resize(query.limit);
  for (const CountRow& one : rows) row(one);
}

}  // namespace

const std::span<const Level> kLevels = kKept;

Grouping grouping_by(std::span<const char* const> keys) {
  std::string values, joins;
  Grouping grouping;
  for (size_t i = 0; i < keys.size(); ++i) {
    const CountKey& key = *key_named(keys[i]);
    const std::string name = std::string("k").append(std::to_string(i));
    values += ", " + std::string(key.sql) + " AS " + name;
    joins += key.join;
    grouping.keys += (i > 0 ? ", " : "") + name;
  }
  grouping.inner = "SELECT DISTINCT e.document, e.ordinal, e.status, e.historical, e.score" + values +
                   " FROM events e JOIN documents d USING (document)" + joins;
  return grouping;
}

void count_events(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  const Corrected view(database, query.events.corrected);
  const bool kept = database.integer("PRAGMA user_version") >= 3 && !query.events.corrected;
  const auto slice = kept ? slice_of(query) : std::nullopt;
  slice ? count_kept(database, query, *slice, row) : count_rows(database, query, false, row);
}

}  // namespace store

std::vector<std::string> count_keys() {
  std::vector<std::string> names;
  for (const store::CountKey& key : store::kKeys) names.emplace_back(key.name);
  return names;
}

}  // namespace dragoman
