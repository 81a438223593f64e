// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "store/conditions.h"
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

}  // namespace

// Distinct first: an event of two actors of one country counts once for it.
void count_events(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  Conditions conditions;
  conditions.add(query.events);
  std::string values, joins, keys;
  for (size_t i = 0; i < query.by.size(); ++i) {
    const CountKey& key = *key_named(query.by[i]);
    const std::string name = std::string("k").append(std::to_string(i));
    values += ", " + std::string(key.sql) + " AS " + name;
    joins += key.join;
    keys += (i > 0 ? ", " : "") + name;
  }
  if (!query.events.text.empty()) joins += " JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence";
  const std::string sql =
      "SELECT " + keys + ", count(*) AS events, sum(status = 'actual' AND NOT historical), count(DISTINCT document), " +
      "avg(score) FROM (SELECT DISTINCT e.document, e.ordinal, e.status, e.historical, e.score" + values +
      " FROM events e JOIN documents d USING (document)" + joins + conditions.sql() + ") GROUP BY " + keys +
      " ORDER BY " + (query.largest_first ? "events DESC, " : "") + keys +
      (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : "");
  Query listing = database.query(sql);
  conditions.bind(listing);
  const int after = static_cast<int>(query.by.size());
  while (listing.step()) {
    CountRow one;
    for (int i = 0; i < after; ++i) one.keys.push_back(listing.text(i));
    one.events = static_cast<uint64_t>(listing.integer(after));
    one.actual = static_cast<uint64_t>(listing.integer(after + 1));
    one.documents = static_cast<uint64_t>(listing.integer(after + 2));
    one.score = listing.real(after + 3);
    row(one);
  }
}

}  // namespace store

std::vector<std::string> count_keys() {
  std::vector<std::string> names;
  for (const store::CountKey& key : store::kKeys) names.emplace_back(key.name);
  return names;
}

std::optional<Error> fault_of(const CountQuery& query) {
  const std::string known = base::join(count_keys(), ", ");
  if (query.by.empty()) return Error{ErrorCode::kUsage, "tell what to count by: " + known, ""};
  for (const std::string& name : query.by) {
    if (store::key_named(name) == nullptr) return store::unknown(name, "key to count by", "some of " + known);
  }
  if (std::set<std::string>(query.by.begin(), query.by.end()).size() != query.by.size()) {
    return Error{ErrorCode::kUsage, "a key to count by is given twice", ""};
  }
  return fault_of(query.events);
}

}  // namespace dragoman
