// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "store/cell_filter.h"
#include "store/conditions.h"
#include "store/corrections.h"
#include "store/counting.h"
#include "store/queries.h"
#include "store/tally_cells.h"
#include "store/words.h"

namespace dragoman {
namespace store {
namespace {

/// What events are counted by: the value in SQL, and the tables that it needs beside events e and documents d.
struct CountKey {
  const char* name;
  const char* sql;
  const char* join;
};

#define DRAGOMAN_ROLE(alias, entity, role)                                                                          \
  " LEFT JOIN participants " alias " ON " alias ".document = e.document AND " alias ".event = e.ordinal AND " alias \
  ".role = '" role "' LEFT JOIN entities " entity " ON " entity ".document = " alias ".document AND " entity        \
  ".ordinal = " alias ".entity"

#define DRAGOMAN_PARTY(alias, party, role)                                                                          \
  " LEFT JOIN participants " alias " ON " alias ".document = e.document AND " alias ".event = e.ordinal AND " alias \
  ".role = '" role "' LEFT JOIN parties " party " ON " party ".party = " alias ".party"

constexpr CountKey kKeys[] = {
    {"actor", "CASE WHEN ya.country <> '' THEN ya.country ELSE coalesce(ya.name, '') END",
     DRAGOMAN_PARTY("pa", "ya", "actor")},
    {"recipient", "CASE WHEN yr.country <> '' THEN yr.country ELSE coalesce(yr.name, '') END",
     DRAGOMAN_PARTY("pr", "yr", "recipient")},
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

// Where corrections name parties that the table of them does not know, and in stores without it.
constexpr CountKey kEntityKeys[] = {
    {"actor", "coalesce(pa.country, na.name, '')", DRAGOMAN_ROLE("pa", "na", "actor")},
    {"recipient", "coalesce(pr.country, nr.name, '')", DRAGOMAN_ROLE("pr", "nr", "recipient")},
};
#undef DRAGOMAN_ROLE
#undef DRAGOMAN_PARTY

/// SQL for the values of the keys of each event, with the tables that they need.
struct Keys {
  std::string values, joins;
};

Keys keys_in_sql(const std::vector<std::string>& by, bool parties) {
  Keys keys;
  for (const std::string& name : by) {
    const auto named = [&](const CountKey& key) { return key.name == name; };
    const CountKey* key = std::find_if(std::begin(kEntityKeys), std::end(kEntityKeys), named);
    if (parties || key == std::end(kEntityKeys)) key = std::find_if(std::begin(kKeys), std::end(kKeys), named);
    keys.values += std::string(", ") + key->sql;
    keys.joins += key->join;
  }
  return keys;
}

bool among(const std::vector<std::string>& by, std::string_view key) {
  return std::find(by.begin(), by.end(), key) != by.end();
}

/// The tables of events that are counted. The index of days holds all of an event that most keys and filters look at,
/// and is less than half as large; what is kept of events elsewhere lies in their order.
std::string counted_tables(const CountQuery& query, const Keys& keys, bool indexed) {
  if (among(query.by, "publisher") || !query.events.document.empty()) return kEventTables;
  if (!indexed) return "events e";
  const bool whole = query.events.from.empty() && query.events.to.empty();
  const bool elsewhere = !keys.joins.empty() || among(query.by, "mode") || among(query.by, "quad");
  return whole && elsewhere ? "events e NOT INDEXED" : "events e INDEXED BY events_by_day";
}

/// Adds up events by their keys. Those of one event come one after another.
class Groups {
 public:
  explicit Groups(size_t keys) : keys_(keys) {}

  /// document, ordinal, actual, score, keys.
  void add(const Query& row) {
    if (row.integer(0) != document_ || row.integer(1) != event_) seen_.clear();
    document_ = row.integer(0);
    event_ = row.integer(1);
    path_.clear();
    for (size_t i = 0; i < keys_; ++i) {
      if (i > 0) path_.push_back(kBetween);
      path_ += row.text(static_cast<int>(i) + 4);
    }
    // An event of two actors of one country counts once for it.
    if (std::find(seen_.begin(), seen_.end(), path_) != seen_.end()) return;
    seen_.push_back(path_);
    Group& group = groups_[path_];
    ++group.events;
    group.actual += static_cast<uint64_t>(row.integer(2));
    group.score += whole(row.real(3));
    if (group.documents.empty() || group.documents.back() != document_) group.documents.push_back(document_);
  }

  std::vector<CountRow> rows() {
    std::vector<CountRow> all;
    for (auto& [path, group] : groups_) {
      CountRow one;
      for (const std::string_view key : base::split(path, kBetween)) one.keys.emplace_back(key);
      one.events = group.events;
      one.actual = group.actual;
      one.score = mean_score(group.score, group.events);
      std::sort(group.documents.begin(), group.documents.end());
      one.documents =
          static_cast<uint64_t>(std::unique(group.documents.begin(), group.documents.end()) - group.documents.begin());
      all.push_back(std::move(one));
    }
    return all;
  }

 private:
  static constexpr char kBetween = '\x1e';  // stands in no key
  struct Group {
    uint64_t events = 0, actual = 0;
    int64_t score = 0;
    std::vector<int64_t> documents;
  };

  size_t keys_;
  int64_t document_ = 0, event_ = 0;
  std::string path_;               // keys of the group that is looked for
  std::vector<std::string> seen_;  // groups of this event
  std::unordered_map<std::string, Group> groups_;
};

}  // namespace

bool comes_before(const CountRow& a, const CountRow& b, bool largest_first) {
  return largest_first && a.events != b.events ? a.events > b.events : a.keys < b.keys;
}

void tell_in_order(std::vector<CountRow> rows, const CountQuery& query,
                   const std::function<void(const CountRow&)>& row) {
  const size_t shown = query.limit > 0 ? std::min<size_t>(query.limit, rows.size()) : rows.size();
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(),
                    [&](const CountRow& a, const CountRow& b) { return comes_before(a, b, query.largest_first); });
  for (size_t i = 0; i < shown; ++i) row(rows[i]);
}

namespace {

/// By the rows of events.
void count_rows(Database& database, const CountQuery& query, const Conditions& conditions,
                const std::function<void(const CountRow&)>& row) {
  const bool machine = !query.events.corrected, now = database.integer("PRAGMA user_version") >= kWordsVersion;
  const Keys keys = keys_in_sql(query.by, machine && now);
  Query listing = database.query(
      "SELECT e.document, e.ordinal, e.status = 'actual' AND NOT e.historical, e.score" + keys.values + " FROM " +
      counted_tables(query, keys, machine && now && !conditions.few()) + keys.joins + conditions.sql());
  conditions.bind(listing);
  Groups groups(query.by.size());
  while (listing.step()) groups.add(listing);
  tell_in_order(groups.rows(), query, row);
}

}  // namespace

void count_events(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  const Corrected view(database, query.events.corrected);
  const Snapshot snapshot(database);
  if (count_kept(database, query, row)) return;
  Conditions conditions;
  conditions.add(database, query.events);
  auto counted = are_found_by_cells(database, query.events, conditions) ? count_cells(database, query) : std::nullopt;
  counted ? tell_in_order(std::move(*counted), query, row) : count_rows(database, query, conditions, row);
}

}  // namespace store

std::vector<std::string> count_keys() {
  std::vector<std::string> names;
  for (const store::CountKey& key : store::kKeys) names.emplace_back(key.name);
  return names;
}

}  // namespace dragoman
