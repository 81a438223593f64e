// SPDX-License-Identifier: Apache-2.0
#include "store/select.h"

#include <algorithm>

#include "base/text.h"
#include "store/days.h"
#include "store/fold.h"

namespace dragoman {
namespace {

Error unknown(const std::string& value, const std::string& what, const std::string& known) {
  return {ErrorCode::kUsage, '"' + value + "\" is no " + what + "; use " + known, ""};
}

template <class Enum>
std::string names(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.emplace_back(to_string(static_cast<Enum>(i)));
  return base::join(all, ", ");
}

}  // namespace

std::optional<Error> fault_of(const EventQuery& query) {
  if (!query.type.empty() && !event_type_from(query.type)) {
    return unknown(query.type, "event type", "one of " + names<EventType>(kEventTypes));
  }
  if (!query.status.empty() && !status_from(query.status)) {
    return unknown(query.status, "status", "one of " + names<Status>(kStatuses));
  }
  for (const std::string& date : {query.from, query.to}) {
    if (!date.empty() && !store::days_of(date)) return unknown(date, "date", "YYYY-MM-DD, YYYY-MM or YYYY");
  }
  return std::nullopt;
}

namespace store {
namespace {

/// The WHERE of a listing with the values for its question marks.
class Conditions {
 public:
  explicit Conditions(const EventQuery& query) {
    equal("e.type", query.type);
    equal("e.status", query.status);
    if (!query.from.empty()) add("e.last_day >= ?", {days_of(query.from)->first});
    if (!query.to.empty()) add("e.first_day <= ?", {days_of(query.to)->second});
    participant("actor", query.actor);
    participant("recipient", query.recipient);
    if (!query.text.empty()) {
      add("s.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?)", {words(query.text)});
    }
    if (query.min_confidence > 0) add("e.confidence >= CAST(? AS REAL)", {std::to_string(query.min_confidence)});
    if (!query.document.empty()) add("(d.id = ? OR d.source = ?)", {query.document, query.document});
  }

  std::string sql() const { return parts_.empty() ? "" : " WHERE " + base::join(parts_, " AND "); }
  const std::vector<std::string>& values() const { return values_; }

 private:
  void add(std::string part, const std::vector<std::string>& values) {
    parts_.push_back(std::move(part));
    values_.insert(values_.end(), values.begin(), values.end());
  }
  void equal(const char* column, const std::string& value) {
    if (!value.empty()) add(std::string(column) + " = ?", {value});
  }

  static bool is_code(const std::string& name) {
    return name.size() == 3 && std::all_of(name.begin(), name.end(), base::is_ascii_upper);
  }

  // A country code, or a name that begins with these words at the start of one of its own. Three capitals are
  // looked for as a whole word only, so that EUR does not find everything European.
  void participant(const std::string& role, const std::string& name) {
    if (name.empty()) return;
    const std::string part = folded(name);
    std::string test = "p.country = ?";
    std::vector<std::string> values = {name};
    if (!part.empty()) {
      test += is_code(name) ? " OR instr(n.folded || ' ', ?) > 0" : " OR instr(n.folded, ?) > 0";
      values.push_back(is_code(name) ? part + ' ' : part);
    }
    add("EXISTS (SELECT 1 FROM participants p JOIN entities n ON n.document = p.document AND n.ordinal = p.entity"
        " WHERE p.document = e.document AND p.event = e.ordinal AND p.role = '" +
            role + "' AND (" + test + "))",
        values);
  }

  // Every word quoted, so that none is taken for FTS5's own language; a star at the end stays outside.
  static std::string words(const std::string& text) {
    std::string match;
    for (std::string_view word : base::split(text, ' ')) {
      word = base::trim(word);
      const bool prefix = word.size() > 1 && word.back() == '*';
      if (prefix) word.remove_suffix(1);
      if (word.empty()) continue;
      match += match.empty() ? "\"" : " \"";
      for (const char c : word) match += c == '"' ? std::string("\"\"") : std::string(1, c);
      match += prefix ? "\"*" : "\"";
    }
    return match.empty() ? "\"\"" : match;
  }

  std::vector<std::string> parts_;
  std::vector<std::string> values_;
};

constexpr const char* kListing =
    "SELECT e.document, e.ordinal, d.id, d.source, e.date, e.type, e.modes, e.status, e.score, e.confidence, "
    "e.historical,"
    " e.trigger, s.text"
    " FROM events e JOIN documents d ON d.document = e.document"
    " LEFT JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence";
constexpr const char* kOrder = " ORDER BY e.first_day IS NULL, e.first_day, d.id, e.ordinal";

/// Fills the lists of a row, each by one statement kept for all rows.
class Lists {
 public:
  explicit Lists(Database& database)
      : participants_(database.query("SELECT p.role, n.name, p.country FROM participants p"
                                     " JOIN entities n ON n.document = p.document AND n.ordinal = p.entity"
                                     " WHERE p.document = ? AND p.event = ? ORDER BY p.role, p.ordinal")),
        places_(database.query("SELECT name FROM locations WHERE document = ? AND event = ? ORDER BY ordinal")),
        sources_(database.query("SELECT n.name FROM attributions a"
                                " JOIN entities n ON n.document = a.document AND n.ordinal = a.entity"
                                " WHERE a.document = ? AND a.event = ? ORDER BY a.ordinal")) {}

  void fill(EventRow& row, int64_t document, int64_t event) {
    std::vector<std::string> actors, actor_countries, recipients, recipient_countries;
    participants_.bind(document).bind(event);
    while (participants_.step()) {
      const bool actor = participants_.text(0) == "actor";
      (actor ? actors : recipients).push_back(participants_.text(1));
      (actor ? actor_countries : recipient_countries).push_back(participants_.text(2));
    }
    row.actors = base::join(actors, "; ");
    row.actor_countries = base::join(actor_countries, "; ");
    row.recipients = base::join(recipients, "; ");
    row.recipient_countries = base::join(recipient_countries, "; ");
    row.place = names(places_, document, event);
    row.attribution = names(sources_, document, event);
  }

 private:
  static std::string names(Query& query, int64_t document, int64_t event) {
    std::vector<std::string> all;
    query.bind(document).bind(event);
    while (query.step()) all.push_back(query.text(0));
    return base::join(all, "; ");
  }

  Query participants_, places_, sources_;
};

/// The document that the query finds, if it is one only (`several` names two where there are more).
Result<int64_t> only(Query& query, const std::string& name) {
  std::vector<std::pair<int64_t, std::string>> found;
  while (query.step()) found.emplace_back(query.integer(0), query.text(1));
  if (found.empty()) return Error{ErrorCode::kNotFound, "no document \"" + name + "\" is in the store", ""};
  if (found.size() == 1) return found.front().first;
  return Error{ErrorCode::kNotFound,
               "\"" + name + "\" may be " + found[0].second + " or " + found[1].second + "; give more of it", ""};
}

}  // namespace

void select_events(Database& database, const EventQuery& query, const std::function<void(const EventRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  const Conditions conditions(query);
  const std::string limit = query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : "";
  Query listing = database.query(kListing + conditions.sql() + kOrder + limit);
  for (const std::string& value : conditions.values()) listing.bind(value);
  Lists lists(database);
  while (listing.step()) {
    EventRow one;
    one.id = listing.text(2) + '#' + listing.text(1);
    one.document = listing.text(2);
    one.source = listing.text(3);
    one.date = listing.text(4);
    one.type = listing.text(5);
    one.modes = listing.text(6);
    one.status = listing.text(7);
    one.score = listing.real(8);
    one.confidence = listing.real(9);
    one.historical = listing.integer(10) != 0;
    one.trigger = listing.text(11);
    one.sentence = listing.text(12);
    lists.fill(one, listing.integer(0), listing.integer(1));
    row(one);
  }
}

Result<int64_t> find_document(Database& database, const std::string& name) {
  Query exact =
      database.query("SELECT document, id FROM documents WHERE id = ?1 OR source = ?1 ORDER BY document DESC LIMIT 1");
  if (auto found = only(exact.bind(name), name)) return found;
  // Four characters: fewer find something by chance in any store.
  if (name.size() < 4) return Error{ErrorCode::kNotFound, "no document \"" + name + "\" is in the store", ""};
  Query part = database.query(
      "SELECT max(document), min(id || ' (' || source || ')') FROM documents"
      " WHERE substr(id, 1, length(?1)) = ?1 OR substr(source, -length(?1)) = ?1 GROUP BY source ORDER BY source LIMIT "
      "2");
  return only(part.bind(name), name);
}

}  // namespace store
}  // namespace dragoman
