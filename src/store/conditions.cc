// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"

#include <algorithm>

#include "store/days.h"
#include "store/fold.h"
#include "store/parties.h"
#include "store/select.h"
#include "store/words.h"

namespace dragoman::store {
namespace {

// Of so many events at most it is quicker to look each up than to walk through all by their days. Where another filter
// lets few through as well, the walk may find no page of them.
constexpr int64_t kFew = 20000, kFewAlone = 6000;
constexpr int64_t kVersion = 4;  // of the store that knows parties

/// How many they are, if no more than `most`.
std::optional<int64_t> few_of(Database& database, const std::string& those, const std::vector<std::string>& values,
                              int64_t most) {
  Query count = database.query("SELECT count(*) FROM (SELECT 1" + those + " LIMIT " + std::to_string(most + 1) + ")");
  for (const std::string& value : values) count.bind(value);
  if (!count.step() || count.integer(0) > most) return std::nullopt;
  return count.integer(0);
}

}  // namespace

bool several_filter(const EventQuery& query) {
  const std::string* const texts[] = {&query.actor, &query.recipient, &query.type, &query.status, &query.text};
  const auto set = std::count_if(std::begin(texts), std::end(texts), [](const auto* text) { return !text->empty(); });
  return set + (query.min_confidence > 0 ? 1 : 0) > 1;
}

void Conditions::add(const std::string& part, const std::vector<std::string>& values) {
  parts_.push_back(std::string("(").append(part).append(")"));
  for (const std::string& value : values) values_.push_back({value});
}

void Conditions::among(const std::string& part, std::shared_ptr<const RowSet> rows) {
  parts_.push_back(std::string("(").append(part).append(")"));
  values_.push_back({"", std::nullopt, std::move(rows)});
}

void Conditions::bound(const std::string& part, double number) {
  parts_.push_back(std::string("(").append(part).append(")"));
  values_.push_back({"", number});
}

void Conditions::equal(const char* column, const std::string& value) {
  if (!value.empty()) add(std::string(column) + " = ?", {value});
}

void Conditions::days(const std::string& first, const std::string& last, const std::string& from,
                      const std::string& to) {
  if (!from.empty()) add(last + " >= ?", {days_of(from)->first});
  if (!to.empty()) add(first + " <= ?", {days_of(to)->second});
}

void Conditions::who(const std::string& name, const std::string& country, const std::string& name_column,
                     const std::string& around) {
  if (name.empty()) return;
  const std::string part = folded(name);
  std::string test = country + " = ?";
  std::vector<std::string> values = {code_of(name)};
  if (!part.empty()) {
    test += " OR instr(" + name_column + (is_code(name) ? " || ' ', ?) > 0" : ", ?) > 0");
    values.push_back(is_code(name) ? part + ' ' : part);
  }
  const size_t place = around.find('%');
  add(around.substr(0, place) + "(" + test + ")" + around.substr(place + 1), values);
}

void Conditions::add(Database& database, const EventQuery& query) {
  equal("e.type", query.type);
  equal("e.status", query.status);
  days("e.first_day", "e.last_day", query.from, query.to);
  const std::string others = query.type + query.status + query.text + query.from + query.to;
  const bool both = !query.actor.empty() && !query.recipient.empty();
  const int64_t few = both || !others.empty() || query.min_confidence > 0 ? kFew : kFewAlone;
  participant(database, "actor", query.actor, query.corrected, few);
  participant(database, "recipient", query.recipient, query.corrected, few);
  const bool rows_told = !query.corrected && database.integer("PRAGMA user_version") >= kWordsVersion;
  words(database, query.text, kFewOfEvents,
        "(e.document, e.ordinal) IN (SELECT x.document, x.ordinal FROM sentences s CROSS JOIN main.events x ON "
        "x.document = s.document AND x.sentence = s.ordinal WHERE s.sentence IN (SELECT value FROM json_each(?)))",
        rows_told ? "holds_row(?, e.sentence_row)"
                  : "EXISTS (SELECT 1 FROM sentences s WHERE s.document = e.document AND s.ordinal = e.sentence AND "
                    "holds_row(?, s.sentence))");
  if (query.min_confidence > 0) add("e.confidence >= CAST(? AS REAL)", {std::to_string(query.min_confidence)});
  document(database, query.document);
}

void Conditions::words(Database& database, const std::string& text, size_t most, const std::string& few,
                       const std::string& many) {
  if (text.empty()) return;
  const auto found = rows_with(database, text);
  if (found->size() <= most) {
    let_through(static_cast<int64_t>(found->size()));
    add(few, {to_json(*found)});
  } else {
    among(many, found);
  }
}

void Conditions::document(Database& database, const std::string& name) {
  if (name.empty()) return;
  Query exact = database.query("SELECT 1 FROM documents WHERE id = ?1 OR source = ?1 LIMIT 1");
  if (exact.bind(name).step()) {
    add("d.id = ? OR d.source = ?", {name, name});
    return;
  }
  const auto found = find_document(database, name);
  if (!found) throw Failure(found.error());
  add("d.document = ?", {std::to_string(*found)});
}

void Conditions::participant(Database& database, const char* role, const std::string& name, bool corrected,
                             int64_t most) {
  if (name.empty()) return;
  const std::string of_role = std::string("p.role = '") + role + "'";
  const std::string at_event = "EXISTS (SELECT 1 FROM participants p";
  const std::string of_event = " WHERE p.document = e.document AND p.event = e.ordinal AND " + of_role + " AND ";
  // Corrections name parties that the table does not know.
  if (corrected || database.integer("PRAGMA user_version") < kVersion) {
    who(name, "p.country", "n.folded",
        at_event + " JOIN entities n ON n.document = p.document AND n.ordinal = p.entity" + of_event + "%)");
    return;
  }
  const Named named = parties_named(name);
  const std::string those = " FROM participants p WHERE p.party IN (" + named.sql + ") AND " + of_role;
  if (const auto count = few_of(database, those, named.values, most)) {
    let_through(*count);
    add("(e.document, e.ordinal) IN (SELECT p.document, p.event" + those + ")", named.values);
  } else {
    add(at_event + of_event + "+p.party IN (" + named.sql + "))", named.values);
  }
}

void Conditions::let_through(int64_t events) { few_ = std::min(few_.value_or(events), events); }

std::string Conditions::sql() const { return parts_.empty() ? "" : " WHERE " + base::join(parts_, " AND "); }

void Conditions::bind(Query& query) const {
  for (const Value& value : values_) {
    if (value.rows) {
      query.bind(*value.rows);
    } else {
      value.number ? query.bind(*value.number) : query.bind(value.text);
    }
  }
}

}  // namespace dragoman::store
