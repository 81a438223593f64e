// SPDX-License-Identifier: Apache-2.0
#include "store/select.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "store/conditions.h"
#include "store/corrections.h"
#include "store/days.h"
#include "store/event_cells.h"
#include "store/found_events.h"

namespace dragoman::store {
namespace {

constexpr int64_t kWalkVersion = 6;  // of the store that has the index of days as it is now

constexpr const char* kColumns =
    "SELECT e.document, e.ordinal, d.id, d.source, e.date, e.type, e.modes, e.status, e.score, e.confidence, "
    "e.historical, e.trigger, s.text";
// An index that holds all that filters look at, and one that holds the ids of documents without their records.
constexpr const char* kIndexes =
    " FROM events e INDEXED BY events_by_day CROSS JOIN documents d INDEXED BY documents_by_number ON d.document = "
    "e.document";
constexpr const char* kSentence = " LEFT JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence";

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

/// The event behind which a listing goes on.
struct After {
  int64_t document = 0, event = 0;
  std::string first_day, id;
};
std::optional<After> find_after(Database& database, const std::string& id) {
  if (id.empty()) return std::nullopt;
  const auto event = find_event(database, id);
  if (!event) throw Failure(event.error());
  Query row = database.query(
      "SELECT e.first_day, d.id FROM events e JOIN documents d USING (document) WHERE e.document = ? AND e.ordinal = "
      "?");
  row.bind(event->first).bind(event->second).step();
  return After{event->first, event->second, row.text(0), row.text(1)};
}

/// The events that a listing shows after the given one.
void add_page(Conditions& conditions, const After& after, Key key) {
  const std::string last =
      " FROM events JOIN documents USING (document) WHERE document = " + std::to_string(after.document) +
      " AND ordinal = " + std::to_string(after.event);
  const std::string sql = key.sql, column = sql.substr(2);
  const std::string value = "(SELECT " + column + last + ")";
  const std::string place = "(d.id, e.ordinal) > (SELECT id, ordinal" + last + ")";
  // Both not known: by place alone. One known: that one is first.
  conditions.add("CASE WHEN " + value + " IS NULL THEN " + sql + " IS NULL AND " + place + " ELSE " + sql +
                     " IS NULL OR " + sql + (key.falls ? " < " : " > ") + value + " OR (" + sql + " = " + value +
                     " AND " + place + ") END",
                 {});
}

/// A stretch of a listing by day, walked along an index so that a page needs no sorting of all.
struct Stretch {
  std::string tables;
  Conditions conditions;
  std::string order;
};

/// The stretches of a listing by day, first to last: those of several months that began before the first month that is
/// asked for; those that began since; those of no known day.
class Stretches {
 public:
  Stretches(const Conditions& conditions, const EventQuery& query, const std::optional<After>& after, bool falls)
      : conditions_(conditions), query_(query), after_(after), falls_(falls) {
    if (!query.from.empty()) since_ = days_of(query.from)->first.substr(0, 7) + "-01";
  }

  std::vector<Stretch> all() const {
    std::vector<Stretch> all;
    if (!after_ || !after_->first_day.empty()) {
      all.push_back(began_since());
      if (!since_.empty()) all.insert(falls_ ? all.end() : all.begin(), began_before());
    }
    // The days of those without one are not known to be asked for.
    if (query_.from.empty() && query_.to.empty()) all.push_back(undated());
    return all;
  }

 private:
  Stretch began_since() const {
    Stretch one = dated(kIndexes);
    if (!since_.empty()) one.conditions.add("e.first_day >= ?", {since_});
    return one;
  }

  // Those that last no longer than their year began in the year of the month; of others there are very few.
  Stretch began_before() const {
    const std::string first = "SELECT document, event FROM spans WHERE over_years = ";
    const std::string meets = " AND first_day < '" + since_ + "' AND last_day >= '" + days_of(query_.from)->first + "'";
    return dated(" FROM (" + first + "0 AND first_day >= '" + since_.substr(0, 4) + "'" + meets + " UNION ALL " +
                 first + "1" + meets +
                 ") z CROSS JOIN events e ON e.document = z.document AND e.ordinal = z.event CROSS JOIN "
                 "documents d INDEXED BY documents_by_number ON d.document = e.document");
  }

  Stretch dated(const std::string& tables) const {
    Stretch one{tables, conditions_, std::string("e.first_day").append(falls_ ? " DESC" : "").append(kPlace)};
    one.conditions.add("e.first_day IS NOT NULL", {});
    if (!after_) return one;
    one.conditions.add(falls_ ? "e.first_day <= ?" : "e.first_day >= ?", {after_->first_day});
    one.conditions.add("e.first_day <> ? OR (d.id, e.ordinal) > (?, CAST(? AS INTEGER))",
                       {after_->first_day, after_->id, std::to_string(after_->event)});
    return one;
  }

  Stretch undated() const {
    Stretch one{kIndexes, conditions_, std::string(kPlace).substr(2)};
    one.conditions.add("e.first_day IS NULL", {});
    if (after_ && after_->first_day.empty()) {
      one.conditions.add("(d.id, e.ordinal) > (?, CAST(? AS INTEGER))", {after_->id, std::to_string(after_->event)});
    }
    return one;
  }

  static constexpr const char* kPlace = ", d.id, e.ordinal";

  const Conditions& conditions_;
  const EventQuery& query_;
  const std::optional<After>& after_;
  bool falls_;
  std::string since_;  // first day of the first month that is asked for
};

/// Whether the indexes serve a page. Documents and those who act seldom have quicker ways of their own.
bool is_walked(Database& database, const EventQuery& query, const Conditions& conditions) {
  return query.limit > 0 && query.document.empty() && !query.corrected && !conditions.few() &&
         database.integer("PRAGMA user_version") >= kWalkVersion;
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

/// The row that a listing stands at.
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

/// The order of a number that all events have.
std::string order_by(Key key) {
  return " ORDER BY " + std::string(key.sql) + (key.falls ? " DESC" : "") + ", d.id, e.ordinal";
}

double value_of(Database& database, const After& after, Key key) {
  Query value = database.query(std::string("SELECT ") + key.sql + " FROM events e WHERE document = ? AND ordinal = ?");
  value.bind(after.document).bind(after.event).step();
  return value.real(0);
}

std::string limit_sql(uint64_t limit) { return limit > 0 ? " LIMIT " + std::to_string(limit) : ""; }

/// The events of a listing, at most so many; 0 for all.
std::vector<EventPlace> places_in(Database& database, const std::string& tables, const Conditions& conditions,
                                  const std::string& order, uint64_t limit) {
  std::vector<EventPlace> places;
  Query listing = database.query("SELECT e.document, e.ordinal" + tables + conditions.sql() + order +
                                 (limit > 0 ? " LIMIT " + std::to_string(limit) : ""));
  conditions.bind(listing);
  while (listing.step()) places.emplace_back(listing.integer(0), listing.integer(1));
  return places;
}

/// The values of a number with which its listing begins, and the index of those alone: of all it would cost every event
/// that is put a place in it.
struct First {
  const char *column, *index, *within;
  double bound;
  bool holds(double value, bool falls) const { return falls ? value >= bound : value <= bound; }
};
constexpr First kFirst[] = {{"e.confidence", "events_by_confidence", "e.confidence >= 0.9", 0.9},
                            {"e.score", "events_by_score", "e.score <= -8", -8}};

/// A page among the first values; nothing where it may hold others as well. Filters that let few through would look
/// up all of them.
std::optional<std::vector<EventPlace>> first_places(Database& database, const EventQuery& query, Conditions conditions,
                                                    const std::optional<After>& after, Key key) {
  const bool rare = !query.actor.empty() || !query.recipient.empty() || !query.text.empty() || !query.from.empty() ||
                    !query.to.empty() || (!query.type.empty() && !query.status.empty());
  const First* const first = std::find_if(std::begin(kFirst), std::end(kFirst),
                                          [&](const First& one) { return std::string(one.column) == key.sql; });
  if (rare || first == std::end(kFirst)) return std::nullopt;
  conditions.add(first->within, {});
  if (after) {
    const double value = value_of(database, *after, key);
    if (!first->holds(value, key.falls)) return std::nullopt;
    conditions.bound(std::string(key.sql) + (key.falls ? " <= ?" : " >= ?"), value);
    add_page(conditions, *after, key);
  }
  const std::string tables = std::string(" FROM events e INDEXED BY ") + first->index +
                             " CROSS JOIN documents d INDEXED BY documents_by_number ON d.document = e.document";
  auto places = places_in(database, tables, conditions, order_by(key), query.limit);
  if (places.size() < query.limit) return std::nullopt;
  return places;
}

/// Of events given by document and ordinal, those of a page, in its order.
std::vector<EventPlace> places_among(Database& database, const GivenRows& rows, const Conditions& page,
                                     const std::string& order, uint64_t limit) {
  std::vector<EventPlace> places;
  Query listing = database.query(
      "SELECT e.document, e.ordinal FROM given_rows(?) CROSS JOIN events e ON e.document = c0 AND e.ordinal = c1 CROSS "
      "JOIN documents d INDEXED BY documents_by_number ON d.document = e.document" +
      page.sql() + order + limit_sql(limit));
  listing.bind(rows);
  while (listing.step()) places.emplace_back(listing.integer(0), listing.integer(1));
  return places;
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
  const Snapshot snapshot(database);
  const Key key = key_of(query.order);
  const auto after = find_after(database, query.after);
  Conditions conditions;
  conditions.add(database, query);
  EventReader reader(database);
  uint64_t told = 0;
  // What is sorted are the places of events; those that are shown are looked up.
  const auto show = [&](const std::vector<EventPlace>& places) {
    for (const auto& [document, event] : places) {
      row(reader.row(document, event));
      ++told;
    }
  };
  const auto list = [&](const std::string& tables, const Conditions& those, const std::string& order) {
    show(places_in(database, tables, those, order, query.limit - told));
  };
  const bool walked = is_walked(database, query, conditions), by_day = std::string(key.sql) == "e.first_day";
  const bool by_number = walked && !by_day && database.integer("PRAGMA user_version") >= kCellsVersion;
  if (by_number) {
    if (const auto places = first_places(database, query, conditions, after, key)) {
      show(*places);
      return;
    }
  }
  if (found_by_cells(database, query, conditions) || by_number) {
    const auto behind = after ? std::optional(EventPlace(after->document, after->event)) : std::nullopt;
    const GivenRows rows = events_with(database, query, behind);
    Conditions page;
    if (after) add_page(page, *after, key);
    show(places_among(database, rows, page, order_of(key), query.limit));
  } else if (walked && by_day) {
    for (const Stretch& one : Stretches(conditions, query, after, key.falls).all()) {
      if (told == query.limit) break;
      list(one.tables, one.conditions, " ORDER BY " + one.order);
    }
  } else {
    if (after) add_page(conditions, *after, key);
    list(std::string(" FROM ") + kEventTables, conditions, order_of(key));
  }
}

struct EventReader::Queries {
  explicit Queries(Database& database)
      : event(database.query(std::string(kColumns) + " FROM " + kEventTables + kSentence +
                             " WHERE e.document = ? AND e.ordinal = ?")),
        lists(database) {}
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
  if (name.size() < 4)
    return Error{ErrorCode::kNotFound,
                 "no document \"" + name + "\" is in the store; give four characters of its id or source, or more", ""};
  Query part = database.query(
      "SELECT max(document), min(id || ' (' || source || ')') FROM documents"
      " WHERE substr(id, 1, length(?1)) = ?1 OR substr(source, -length(?1)) = ?1 GROUP BY source ORDER BY source LIMIT "
      "2");
  return only(part.bind(name), name);
}

}  // namespace dragoman::store
