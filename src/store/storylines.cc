// SPDX-License-Identifier: Apache-2.0
// Storylines as threads.cc keeps them, each told as its stories in order of time, with what ties each to an earlier
// one.
#include <algorithm>
#include <map>
#include <set>

#include "store/cell_filter.h"
#include "store/conditions.h"
#include "store/days.h"
#include "store/lines.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/select.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

std::set<std::string> parts(const std::string& list) {
  std::set<std::string> all;
  for (std::string_view part : base::split(list, ';')) {
    if (part = base::trim(part); !part.empty()) all.emplace(part);
  }
  return all;
}

bool meet(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) { return b.contains(one); });
}

/// A step with what its links are found by.
struct Step {
  StorylineStep shown;
  std::string document;
  std::set<std::string> actors, recipients;             // countries, else names
  std::map<std::string, std::string> instruments;       // identity, name
  std::vector<std::pair<int64_t, std::string>> themes;  // story of the event that the theme tells, the theme
  int64_t story = 0;
};

// So many steps back is looked for links: what lies further behind has its links by those between.
constexpr size_t kBack = 200;
constexpr int64_t kAll = -1;

/// Reads stories of a storyline, in order of their places.
class Steps {
 public:
  explicit Steps(Database& database)
      : behind_(database.query(std::string(kStories) + "AND s.place > ? ORDER BY s.place LIMIT ?")),
        up_to_(database.query(std::string(kStories) + "AND s.place <= ? ORDER BY s.place DESC LIMIT ?")),
        reports_(database.query("SELECT r.document, r.event FROM tellings t JOIN reports r USING (telling) JOIN "
                                "documents d USING (document) "
                                "WHERE t.story = ? ORDER BY d.published IS NULL, substr(d.published, 1, 10), d.id || "
                                "'#' || r.event LIMIT 25")),
        instruments_(database.query(
            "SELECT n.name, i.name FROM event_instruments v JOIN instrument_names n USING (document, instrument) JOIN "
            "instruments i ON i.document = v.document AND i.ordinal = v.instrument WHERE v.document = ? AND v.event = "
            "?")),
        themes_(database.query("SELECT t.story, e.theme FROM events e JOIN reports r ON r.document = e.document AND "
                               "r.event = e.about JOIN "
                               "tellings t USING (telling) WHERE e.document = ? AND e.ordinal = ?")),
        events_(database) {}

  /// So many behind a place, all behind kAll.
  std::vector<Step> behind(int64_t storyline, const std::string& place, int64_t limit) {
    return read_all(behind_.bind(storyline).bind(place).bind(limit));
  }

  /// The last so many up to a place.
  std::vector<Step> up_to(int64_t storyline, const std::string& place, int64_t limit) {
    std::vector<Step> all = read_all(up_to_.bind(storyline).bind(place).bind(limit));
    std::reverse(all.begin(), all.end());
    return all;
  }

 private:
  static constexpr const char* kStories =
      "SELECT s.story, s.id, s.date, s.type, s.status, s.n_reports, d.id FROM stories s CROSS JOIN documents d USING "
      "(document) WHERE s.storyline = ? ";

  std::vector<Step> read_all(Query& stories) {
    std::vector<Step> all;
    while (stories.step()) {
      Step one;
      one.story = stories.integer(0);
      one.shown.story = stories.text(1);
      one.shown.date = stories.text(2);
      one.shown.type = stories.text(3);
      one.shown.status = stories.text(4);
      one.shown.n_reports = static_cast<uint64_t>(stories.integer(5));
      one.document = stories.text(6);
      read(one);
      all.push_back(std::move(one));
    }
    return all;
  }

  // The surest report tells it; all give instruments and themes.
  void read(Step& step) {
    std::optional<EventRow> surest;
    for (reports_.bind(step.story); reports_.step();) {
      const int64_t document = reports_.integer(0), event = reports_.integer(1);
      EventRow row = events_.row(document, event);
      const bool surer = !surest || row.confidence > surest->confidence ||
                         (row.confidence == surest->confidence && row.id < surest->id);
      if (surer) surest = std::move(row);
      for (instruments_.bind(document).bind(event); instruments_.step();) {
        step.instruments.emplace(instruments_.text(0), instruments_.text(1));
      }
      for (themes_.bind(document).bind(event); themes_.step();) {
        step.themes.emplace_back(themes_.integer(0), themes_.text(1));
      }
    }
    if (!surest) return;
    step.shown.actors = surest->actors;
    step.shown.recipients = surest->recipients;
    step.shown.sentence = surest->sentence;
    step.shown.trigger = surest->trigger;
    step.actors = parts(surest->actor_countries.empty() ? surest->actors : surest->actor_countries);
    step.recipients = parts(surest->recipient_countries.empty() ? surest->recipients : surest->recipient_countries);
  }

  Query behind_, up_to_, reports_, instruments_, themes_;
  EventReader events_;
};

std::string pair_of(const std::set<std::string>& actors, const std::set<std::string>& recipients) {
  const std::vector<std::string> a(actors.begin(), actors.end()), b(recipients.begin(), recipients.end());
  return base::join(a, "; ") + " → " + base::join(b, "; ");
}

/// Why a step follows an earlier one, by the strongest reason; nothing if nothing ties them.
std::optional<StorylineLink> link_of(const Step& step, const Step& before) {
  for (const auto& [name, told] : step.instruments) {
    if (before.instruments.contains(name)) return StorylineLink{before.shown.story, "instrument", told};
  }
  for (const auto& [story, theme] : step.themes) {
    if (story == before.story) return StorylineLink{before.shown.story, "theme", theme};
  }
  for (const auto& [story, theme] : before.themes) {
    if (story == step.story) return StorylineLink{before.shown.story, "theme", theme};
  }
  const bool parties = !step.recipients.empty() && !before.recipients.empty();
  if (parties && meet(step.actors, before.recipients) && meet(step.recipients, before.actors)) {
    return StorylineLink{before.shown.story, "answer", pair_of(step.actors, step.recipients)};
  }
  if (parties && meet(step.actors, before.actors) && meet(step.recipients, before.recipients)) {
    return StorylineLink{before.shown.story, "parties", pair_of(step.actors, step.recipients)};
  }
  return std::nullopt;
}

/// From a step on, for each reason the nearest earlier step; for want of any, that before it in the same article, else
/// the last.
void link(std::vector<Step>& steps, size_t first) {
  for (size_t i = std::max<size_t>(first, 1); i < steps.size(); ++i) {
    std::set<std::string> reasons;
    for (size_t k = i; k-- > (i > kBack ? i - kBack : 0);) {
      const auto found = link_of(steps[i], steps[k]);
      if (found && reasons.insert(found->reason).second) steps[i].shown.links.push_back(*found);
    }
    if (!steps[i].shown.links.empty()) continue;
    for (size_t k = i; k-- > (i > kBack ? i - kBack : 0);) {
      if (steps[k].document != steps[i].document) continue;
      steps[i].shown.links.push_back({steps[k].shown.story, "article", steps[i].document});
      break;
    }
    if (steps[i].shown.links.empty()) steps[i].shown.links.push_back({steps[i - 1].shown.story, "words", ""});
  }
}

int64_t find_storyline(Database& database, const std::string& id) {
  return find_named(database, "SELECT storyline FROM threads WHERE name = ? LIMIT 1", id, 'l');
}

Failure not_found(const std::string& kind, const std::string& id) {
  return Failure({ErrorCode::kNotFound, "no " + kind + " \"" + id + "\" is in the store; give its id in full", ""});
}

/// Where a story stands.
struct Place {
  int64_t storyline = 0;
  std::string place;
};

std::optional<Place> place_of(Database& database, const std::string& story) {
  const auto name = name_from_id(story);
  if (!name) return std::nullopt;
  Query query = database.query(
      "SELECT s.storyline, s.place FROM reports r JOIN tellings t USING (telling) JOIN stories s USING (story) WHERE "
      "r.name = ? LIMIT 1");
  if (!query.bind(*name).step()) return std::nullopt;
  return Place{query.integer(0), query.text(1)};
}

/// Whether events that are let through are looked up, since they are few; else storylines are walked along, and their
/// events' cells looked at, until the page is full.
bool looked_up(Database& database, const StorylineQuery& query, const Conditions& events) {
  return !events.sql().empty() &&
         (events.few() || !query.events.document.empty() || database.integer("PRAGMA user_version") < kCellsVersion);
}

/// The WHERE over storylines l; `events` are the conditions of the events of its articles, `begin` the story behind
/// which it is told.
std::string conditions_of(Database& database, const StorylineQuery& query, const Conditions& events,
                          const Place& begin) {
  std::vector<std::string> parts;
  // One that is named is told whatever its size.
  const bool named = !(query.storyline + query.story + query.after_story).empty();
  if (query.min_documents > 0 && !named) parts.push_back("l.n_documents >= " + std::to_string(query.min_documents));
  if (query.min_stories > 0 && !named) parts.push_back("l.n_stories >= " + std::to_string(query.min_stories));
  const auto only = [&](int64_t number) { parts.push_back("l.storyline = " + std::to_string(number)); };
  if (!query.storyline.empty()) only(find_storyline(database, query.storyline));
  if (!query.story.empty()) only(place_of(database, query.story).value_or(Place()).storyline);
  if (!query.after_story.empty()) only(begin.storyline);
  if (!query.after.empty()) {
    const int64_t last = find_storyline(database, query.after);
    if (last == 0) throw not_found("storyline", query.after);
    const auto of_last = [&](const char* column) {
      return "(SELECT " + std::string(column) + " FROM storylines WHERE storyline = " + std::to_string(last) + ")";
    };
    const std::string day = of_last("last_day"), name = of_last("name");
    parts.push_back("CASE WHEN " + day + " IS NULL THEN l.last_day IS NULL AND l.name > " + name +
                    " ELSE l.last_day IS NULL OR l.last_day < " + day + " OR (l.last_day = " + day + " AND l.name > " +
                    name + ") END");
  }
  if (!query.events.from.empty()) {
    parts.push_back("l.events_to >= " + std::to_string(day_number(days_of(query.events.from)->first)));
  }
  if (!query.events.to.empty()) {
    parts.push_back("l.events_from <= " + std::to_string(day_number(days_of(query.events.to)->second)));
  }
  if (looked_up(database, query, events)) {
    parts.push_back("l.storyline IN (SELECT h.storyline FROM " + std::string(kEventTables) +
                    " JOIN threads h ON h.document = e.document" + events.sql() + ")");
  }
  return parts.empty() ? "" : " WHERE " + base::join(parts, " AND ");
}

bool lets_any_through(CellFilter& filter, Query& documents) {
  bool any = false;
  EventCells cells;
  while (!any && documents.step()) {
    cells.open(documents.bytes(0));
    filter.each(cells, [&](int64_t) { return !(any = true); });
  }
  documents.reset();
  return any;
}

}  // namespace

void select_storylines(Database& database, const StorylineQuery& query,
                       const std::function<void(const Storyline&)>& storyline) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, kPartsVersion);
  Conditions events;
  events.add(database, query.events);
  Place begin;
  if (!query.after_story.empty()) {
    const auto found = place_of(database, query.after_story);
    if (!found) throw not_found("story", query.after_story);
    begin = *found;
  }
  Query listing = database.query(
      "SELECT l.storyline, l.name, l.first_day, l.last_day, l.n_documents, l.n_stories, l.countries, l.issues FROM "
      "storylines l" +
      conditions_of(database, query, events, begin) + " ORDER BY l.last_day IS NULL, l.last_day DESC, l.name");
  std::optional<CellFilter> filter;
  if (looked_up(database, query, events)) {
    events.bind(listing);
  } else if (!events.sql().empty()) {
    filter.emplace(database, query.events);
  }
  Query cells = database.query("SELECT cells FROM threads JOIN event_cells USING (document) WHERE storyline = ?");
  Steps steps(database);
  for (uint64_t told = 0; (query.limit == 0 || told < query.limit) && listing.step();) {
    const int64_t number = listing.integer(0);
    if (filter && !lets_any_through(*filter, cells.bind(number))) continue;
    Storyline one;
    one.id = story_id(listing.integer(1), 'l');
    one.first_day = listing.text(2);
    one.last_day = listing.text(3);
    one.n_documents = static_cast<uint64_t>(listing.integer(4));
    one.n_stories = static_cast<uint64_t>(listing.integer(5));
    one.countries = listing.text(6);
    one.issues = listing.text(7);
    std::vector<Step> all = steps.up_to(number, begin.place, kBack);
    const size_t before = all.size();
    for (Step& step : steps.behind(number, begin.place, query.steps > 0 ? static_cast<int64_t>(query.steps) : kAll)) {
      all.push_back(std::move(step));
    }
    link(all, before);
    for (size_t i = before; i < all.size(); ++i) one.steps.push_back(std::move(all[i].shown));
    storyline(one);
    ++told;
  }
}

}  // namespace dragoman::store
