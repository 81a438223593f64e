// SPDX-License-Identifier: Apache-2.0
#include "store/select.h"

#include "base/text.h"
#include "store/conditions.h"
#include "store/corrections.h"
#include "store/days.h"

namespace dragoman::store {
namespace {

constexpr const char* kListing =
    "SELECT e.document, e.ordinal, d.id, d.source, e.date, e.type, e.modes, e.status, e.score, e.confidence, "
    "e.historical,"
    " e.trigger, s.text"
    " FROM events e JOIN documents d ON d.document = e.document"
    " LEFT JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence";

/// What a listing is ordered by after "not known last", and which way; ties go by document and ordinal.
struct Key {
  const char* sql;
  bool falls;
};

Key key_of(EventOrder order) {
  switch (order) {
    case EventOrder::kNewest: return {"e.first_day", true};
    case EventOrder::kConfidence: return {"e.confidence", true};
    case EventOrder::kScore: return {"e.score", false};
    case EventOrder::kDate: break;
  }
  return {"e.first_day", false};
}

std::string order_of(Key key) {
  const std::string sql = key.sql;
  return " ORDER BY " + sql + " IS NULL, " + sql + (key.falls ? " DESC" : "") + ", d.id, e.ordinal";
}

/// The document's number and the ordinal of the event with this id in full.
Result<std::pair<int64_t, int64_t>> find_event(Database& database, const std::string& id) {
  const size_t mark = id.rfind('#');
  if (mark != std::string::npos) {
    Query query = database.query(
        "SELECT document, ordinal FROM documents JOIN events USING (document) WHERE id = ? AND CAST(ordinal AS TEXT) "
        "= ?");
    if (query.bind(id.substr(0, mark)).bind(id.substr(mark + 1)).step()) {
      return std::pair(query.integer(0), query.integer(1));
    }
  }
  return Error{ErrorCode::kNotFound, "no event \"" + id + "\" is in the store; give its id in full", ""};
}

/// The events that a listing shows after the given one.
void add_page(Conditions& conditions, Database& database, const std::string& after, Key key) {
  const auto event = find_event(database, after);
  if (!event) throw Failure(event.error());
  const std::string last =
      " FROM events JOIN documents USING (document) WHERE document = " + std::to_string(event->first) +
      " AND ordinal = " + std::to_string(event->second);
  const std::string sql = key.sql, column = sql.substr(2);
  const std::string value = "(SELECT " + column + last + ")";
  const std::string place = "(d.id, e.ordinal) > (SELECT id, ordinal" + last + ")";
  // Both not known: by place alone. One known: that one is first.
  conditions.add("CASE WHEN " + value + " IS NULL THEN " + sql + " IS NULL AND " + place + " ELSE " + sql +
                     " IS NULL OR " + sql + (key.falls ? " < " : " > ") + value + " OR (" + sql + " = " + value +
                     " AND " + place + ") END",
                 {});
}

/// A page of a listing by day ends on the day of its last row, found by walking the index of days from where the page
/// begins: without it all events that the filters let through would be sorted for every page. Words and documents have
/// quicker ways of their own.
void add_days_of_page(Conditions& conditions, Database& database, const EventQuery& query, Key key) {
  if (query.limit == 0 || std::string(key.sql) != "e.first_day") return;
  if (!query.text.empty() || !query.document.empty() || query.corrected) return;
  Conditions dated = conditions;
  dated.add("e.first_day IS NOT NULL", {});
  std::string first;
  if (!query.after.empty()) {
    const auto event = find_event(database, query.after);
    Query day = database.query("SELECT first_day FROM events WHERE document = ? AND ordinal = ?");
    if (event && day.bind(event->first).bind(event->second).step()) first = day.text(0);
    if (first.empty()) return;  // the undated are few, and last
    dated.add(key.falls ? "e.first_day <= ?" : "e.first_day >= ?", {first});
  }
  Query last = database.query("SELECT e.first_day FROM events e CROSS JOIN documents d ON d.document = e.document" +
                              dated.sql() + " ORDER BY e.first_day" + (key.falls ? " DESC" : "") + " LIMIT 1 OFFSET " +
                              std::to_string(query.limit - 1));
  dated.bind(last);
  if (!last.step()) return;  // the page goes on into the undated
  conditions.add(key.falls ? "e.first_day >= ?" : "e.first_day <= ?", {last.text(0)});
  if (!key.falls && !query.from.empty()) {
    // What ended before lies in the index of days alone: each of those events need not be looked at.
    conditions.add(
        "(e.document, e.ordinal) IN (SELECT document, ordinal FROM events WHERE first_day <= ? AND last_day >= ?)",
        {last.text(0), days_of(query.from)->first});
  }
  if (!first.empty()) conditions.add(key.falls ? "e.first_day <= ?" : "e.first_day >= ?", {first});
}

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

/// The row that a listing by kListing stands at.
EventRow row_of(const Query& listing, Lists& lists) {
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
  return one;
}

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
  const Corrected view(database, query.corrected);
  const Key key = key_of(query.order);
  Conditions conditions;
  conditions.add(database, query);
  if (!query.after.empty()) add_page(conditions, database, query.after, key);
  add_days_of_page(conditions, database, query, key);
  const std::string limit = query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : "";
  Query listing = database.query(kListing + conditions.sql() + order_of(key) + limit);
  conditions.bind(listing);
  Lists lists(database);
  while (listing.step()) row(row_of(listing, lists));
}

struct EventReader::Queries {
  explicit Queries(Database& database)
      : event(database.query(std::string(kListing) + " WHERE e.document = ? AND e.ordinal = ?")), lists(database) {}
  Query event;
  Lists lists;
};

EventReader::EventReader(Database& database) : queries_(std::make_unique<Queries>(database)) {}
EventReader::EventReader(EventReader&&) noexcept = default;
EventReader::~EventReader() = default;

EventRow EventReader::row(int64_t document, int64_t event) {
  queries_->event.bind(document).bind(event).step();
  EventRow row = row_of(queries_->event, queries_->lists);
  queries_->event.reset();
  return row;
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

}  // namespace dragoman::store
