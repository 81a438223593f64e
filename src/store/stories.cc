// SPDX-License-Identifier: Apache-2.0
// Stories as the joining keeps them, each told with its reports and what they do not agree on.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "store/cell_filter.h"
#include "store/conditions.h"
#include "store/given_rows.h"
#include "store/lines.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/select.h"
#include "store/story_cells.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

/// An event with what a story tells of it beside its row.
struct Telling {
  EventRow row;
  std::string according_to;
  std::vector<std::pair<std::string, std::string>> numbers;  // field, value
};

using Tellings = std::vector<Telling>;

std::string most(const Tellings& tellings, std::string EventRow::*field) {
  std::vector<Told> all;
  for (const Telling& one : tellings) all.push_back({one.row.*field, one.row.confidence});
  return most_told(all);
}

class Reports {
 public:
  explicit Reports(Database& database)
      : events_(database),
        reports_(database.query(
            "SELECT r.document, r.event, coalesce(d.publisher, d.source) FROM tellings t JOIN reports r USING "
            "(telling) "
            "JOIN documents d ON d.document = r.document WHERE t.story = ? ORDER BY d.published IS NULL, "
            "substr(d.published, 1, 10), d.id || '#' || r.event")),
        numbers_(database.query(
            "SELECT q.kind, CASE WHEN q.value IS NOT NULL THEN printf('%.15g', q.value) WHEN q.low IS NOT NULL THEN "
            "printf('%.15g', q.low) || '-' || printf('%.15g', q.high) ELSE q.text END, CASE WHEN q.kind IN ('money', "
            "'percent', 'duration', 'distance') THEN "
            "q.unit END FROM event_quantities v JOIN quantities q ON q.document = v.document AND q.ordinal = "
            "v.quantity "
            "WHERE v.document = ? AND v.event = ?")) {}

  /// Of a story, the first report first.
  Tellings of(int64_t story) {
    Tellings all;
    for (reports_.bind(story); reports_.step();) {
      const int64_t document = reports_.integer(0), event = reports_.integer(1);
      Telling one;
      one.row = events_.row(document, event);
      one.according_to = one.row.attribution.empty() ? reports_.text(2) : one.row.attribution;
      for (numbers_.bind(document).bind(event); numbers_.step();) {
        const std::string unit = numbers_.text(2);
        one.numbers.emplace_back(numbers_.text(0), numbers_.text(1) + (unit.empty() ? "" : " " + unit));
      }
      all.push_back(std::move(one));
    }
    return all;
  }

 private:
  EventReader events_;
  Query reports_, numbers_;
};

void lead(Story& story, const Tellings& tellings) {
  const EventRow& surest =
      std::max_element(tellings.begin(), tellings.end(), [](const Telling& a, const Telling& b) {
        return a.row.confidence != b.row.confidence ? a.row.confidence < b.row.confidence : a.row.id > b.row.id;
      })->row;
  story.sentence = surest.sentence;
  story.trigger = surest.trigger;
  story.place = most(tellings, &EventRow::place);
  // Names and countries go together: those of the last report that has the names most told.
  story.actors = most(tellings, &EventRow::actors);
  story.recipients = most(tellings, &EventRow::recipients);
  for (const Telling& one : tellings) {
    if (one.row.actors == story.actors) story.actor_countries = one.row.actor_countries;
    if (one.row.recipients == story.recipients) story.recipient_countries = one.row.recipient_countries;
  }
}

StoryValue value_of(const std::string& field, const std::string& value, const std::vector<const Telling*>& who) {
  StoryValue one{field, value, "", {}};
  std::vector<std::string> names;
  for (const Telling* telling : who) {
    one.events.push_back(telling->row.id);
    if (std::find(names.begin(), names.end(), telling->according_to) == names.end()) {
      names.push_back(telling->according_to);
    }
  }
  one.according_to = base::join(names, "; ");
  return one;
}

void values(Story& story, const Tellings& tellings) {
  std::map<std::string, std::map<std::string, std::vector<const Telling*>>> fields;
  for (const Telling& one : tellings) {
    const EventRow& row = one.row;
    for (const auto& [field, value] :
         {std::pair("date", &row.date), std::pair("status", &row.status), std::pair("actor", &row.actors),
          std::pair("recipient", &row.recipients), std::pair("place", &row.place)}) {
      if (!value->empty()) fields[field][*value].push_back(&one);
    }
    for (const auto& [field, value] : one.numbers) fields[field][value].push_back(&one);
  }
  static const std::set<std::string> conflicts_only = {"date", "status", "actor", "recipient", "place"};
  for (const auto& [field, told] : fields) {
    if (told.size() < 2 && conflicts_only.contains(field)) continue;
    for (const auto& [value, who] : told) story.values.push_back(value_of(field, value, who));
  }
}

/// The number of the story with this id, also one that it had before or, while documents wait to be joined, still has;
/// 0 if none.
int64_t find_story(Database& database, const std::string& id) {
  Query now = database.query("SELECT story FROM stories WHERE id = ?");
  if (now.bind(id).step()) return now.integer(0);
  return find_named(database, "SELECT t.story FROM reports r JOIN tellings t USING (telling) WHERE r.name = ? LIMIT 1",
                    id);
}

bool filters_events(const EventQuery& query) {
  return !(query.actor + query.recipient + query.type + query.from + query.to + query.status + query.text +
           query.document)
              .empty() ||
         query.min_confidence > 0;
}

/// Whether stories are first found by the cells of all events: where the filters may let none through for long, as
/// those of a year far on or of several things at once. Otherwise a walk along the index of dates has soon filled a
/// page.
bool found_by_cells(Database& database, const StoryQuery& query, const Conditions& conditions) {
  const EventQuery& events = query.events;
  if (!query.story.empty() || !are_found_by_cells(database, events, conditions)) return false;
  const bool reports = query.min_reports > 1 || query.min_sources > 1;
  const bool far = !(events.from + events.to).empty() || (reports && filters_events(events));
  return far || several_filter(events);
}

/// The row of the story that a page begins behind; 0 if it begins with the first.
int64_t story_before(Database& database, const StoryQuery& query) {
  if (query.after.empty()) return 0;
  const int64_t story = find_story(database, query.after);
  if (story == 0) {
    throw Failure({ErrorCode::kNotFound, "no story \"" + query.after + "\" is in the store; give its id in full", ""});
  }
  return story;
}

/// Which stories are listed, in order of their dates: those dated, then those without, each by the index; or all at
/// once, where few are looked up.
enum class Part { kDated, kUndated, kAll };

std::string in_part(Part part, int64_t before) {
  const std::string is_before = " FROM stories WHERE story = " + std::to_string(before) + ")";
  switch (part) {
    case Part::kDated:
      return "(s.date IS NULL) = 0" + (before == 0 ? "" : " AND (s.date, s.id) > (SELECT date, id" + is_before);
    case Part::kUndated:
      return "(s.date IS NULL) = 1" +
             (before == 0 ? ""
                          : " AND ((SELECT date" + is_before + " IS NOT NULL OR s.id > (SELECT id" + is_before + ")");
    default:
      return before == 0
                 ? "1"
                 : "(s.date IS NULL, coalesce(s.date, ''), s.id) > (SELECT date IS NULL, coalesce(date, ''), id" +
                       is_before;
  }
}

std::string reported(const StoryQuery& query) {
  return "s.n_reports >= " + std::to_string(query.min_reports) +
         " AND s.n_sources >= " + std::to_string(query.min_sources);
}

/// The WHERE over stories s; `events` are the conditions of the events in it; where stories were `found` by these, the
/// first value to bind is their rows.
std::string conditions_of(Database& database, const StoryQuery& query, const Conditions& events, Part part,
                          int64_t before, bool found) {
  std::vector<std::string> parts = {in_part(part, before), reported(query)};
  // Of documents that were replaced, stories may be left without reports until their likes are joined.
  if (database.integer("SELECT EXISTS (SELECT 1 FROM unjoined)") != 0) {
    parts.emplace_back("EXISTS (SELECT 1 FROM tellings JOIN reports USING (telling) WHERE tellings.story = s.story)");
  }
  if (!query.story.empty()) parts.push_back("s.story = " + std::to_string(find_story(database, query.story)));
  if (found) {
    parts.emplace_back("s.story IN (SELECT c0 FROM given_rows(?))");
  } else if (filters_events(query.events)) {
    // A page is soon full along the index of dates, save where few events are let through: those are looked up.
    parts.push_back(part != Part::kAll || !query.story.empty()
                        ? "EXISTS (SELECT 1 FROM tellings t CROSS JOIN reports r USING (telling) CROSS JOIN events e "
                          "ON e.document = r.document AND e.ordinal = r.event CROSS JOIN documents d ON d.document "
                          "= e.document" +
                              events.sql() + " AND t.story = s.story)"
                        : "s.story IN (SELECT t.story FROM " + std::string(kEventTables) +
                              " JOIN reports r ON r.document = e.document AND r.event = e.ordinal JOIN tellings t "
                              "USING (telling)" +
                              events.sql() + ")");
  }
  return " WHERE " + base::join(parts, " AND ");
}

/// Rows of the stories that are let through: all, or some among which the next `limit` are.
GivenRows found_rows(Database& database, const StoryQuery& query, int64_t before) {
  Found<int64_t> found = stories_with(database, query);
  std::optional<int64_t> from;
  if (before != 0) {
    Query date = database.query("SELECT date FROM stories WHERE story = ?");
    from = date_number(date.bind(before).step() ? date.text(0) : "");
  }
  keep_next(found, query.limit, from);
  GivenRows rows(1);
  for (const auto& [place, story] : found) rows.add(story);
  return rows;
}

void tell(const Query& listed, Reports& reports, const std::function<void(const Story&)>& story) {
  Story one;
  one.id = listed.text(1);
  one.date = listed.text(2);
  one.type = listed.text(3);
  one.status = listed.text(4);
  one.first_report = listed.text(5);
  one.last_report = listed.text(6);
  one.n_reports = static_cast<uint64_t>(listed.integer(7));
  one.n_sources = static_cast<uint64_t>(listed.integer(8));
  if (!listed.is_null(9)) one.storyline = story_id(listed.integer(9), 'l');
  const Tellings tellings = reports.of(listed.integer(0));
  if (tellings.empty()) return;
  for (const Telling& telling : tellings) one.events.push_back(telling.row.id);
  lead(one, tellings);
  values(one, tellings);
  story(one);
}

}  // namespace

void select_stories(Database& database, const StoryQuery& query, const std::function<void(const Story&)>& story) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 3);
  Conditions events;
  events.add(database, query.events);
  const int64_t before = story_before(database, query);
  std::optional<GivenRows> found;
  if (found_by_cells(database, query, events)) found = found_rows(database, query, before);
  const bool all =
      found || !query.story.empty() ||
      (filters_events(query.events) && (query.limit == 0 || events.few() || !query.events.document.empty()));
  const std::vector<Part> parts = all ? std::vector{Part::kAll} : std::vector{Part::kDated, Part::kUndated};
  const bool lines = database.integer("PRAGMA user_version") >= kPartsVersion;
  Reports reports(database);
  uint64_t told = 0;
  for (const Part part : parts) {
    if (query.limit > 0 && told == query.limit) break;
    Query listing = database.query(
        "SELECT s.story, s.id, s.date, s.type, s.status, s.first_report, s.last_report, s.n_reports, s.n_sources, " +
        std::string(lines ? "(SELECT name FROM storylines l WHERE l.storyline = s.storyline)" : "NULL") +
        " FROM stories s" + conditions_of(database, query, events, part, before, found.has_value()) +
        (part == Part::kAll ? " ORDER BY s.date IS NULL, s.date, s.id" : " ORDER BY s.date, s.id") +
        (query.limit > 0 ? " LIMIT " + std::to_string(query.limit - told) : ""));
    if (found) {
      listing.bind(*found);
    } else if (filters_events(query.events)) {
      events.bind(listing);
    }
    for (; listing.step(); ++told) tell(listing, reports, story);
  }
}

}  // namespace dragoman::store
