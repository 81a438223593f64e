// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "store/conditions.h"
#include "store/corrections.h"
#include "store/counting.h"
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

/// SQL that groups events e of documents d by these keys: `keys` is "k0, k1", `inner` selects each event and its values
/// of the keys once, up to where its WHERE goes.
struct Grouping {
  std::string keys, inner;
};

Grouping grouping_by(const std::vector<std::string>& keys) {
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

}  // namespace

bool comes_before(const CountRow& a, const CountRow& b, bool largest_first) {
  return largest_first && a.events != b.events ? a.events > b.events : a.keys < b.keys;
}

// Distinct first: an event of two actors of one country counts once for it.
void count_rows(Database& database, const CountQuery& query, bool of_several_months,
                const std::function<void(const CountRow&)>& row) {
  Conditions conditions;
  conditions.add(database, query.events);
  if (of_several_months) conditions.add("substr(e.first_day, 1, 7) <> substr(e.last_day, 1, 7)", {});
  Grouping grouping = grouping_by(query.by);
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

void count_events(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  const Corrected view(database, query.events.corrected);
  if (!count_kept(database, query, row)) count_rows(database, query, false, row);
}

}  // namespace store

std::vector<std::string> count_keys() {
  std::vector<std::string> names;
  for (const store::CountKey& key : store::kKeys) names.emplace_back(key.name);
  return names;
}

}  // namespace dragoman
