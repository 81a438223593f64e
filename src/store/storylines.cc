// SPDX-License-Identifier: Apache-2.0
// Storylines as threads.cc keeps them, each told as its stories in order of time, with what ties each to an earlier
// one.
#include <algorithm>
#include <map>
#include <set>

#include "store/conditions.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/select.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

std::string storyline_id(int64_t name) {
  std::string id = story_id(name);
  id.front() = 'l';
  return id;
}

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
  std::string first_day, document;
  std::set<std::string> actors, recipients;             // countries, else names
  std::map<std::string, std::string> instruments;       // identity, name
  std::vector<std::pair<int64_t, std::string>> themes;  // story of the event that the theme tells, the theme
  int64_t story = 0;
};

/// Reads the stories of a storyline.
class Steps {
 public:
  explicit Steps(Database& database)
      : stories_(database.query(
            "SELECT s.story, s.id, s.date, s.type, s.status, s.n_reports, d.id, (SELECT min(e.first_day) FROM tellings "
            "t "
            "JOIN reports r USING (telling) JOIN events e ON e.document = r.document AND e.ordinal = r.event WHERE "
            "t.story "
            "= s.story) FROM threads h JOIN stories s USING (document) JOIN documents d USING (document) WHERE "
            "h.storyline = ?")),
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

  std::vector<Step> of(int64_t storyline) {
    std::vector<Step> all;
    for (stories_.bind(storyline); stories_.step();) {
      Step one;
      one.story = stories_.integer(0);
      one.shown.story = stories_.text(1);
      one.shown.date = stories_.text(2);
      one.shown.type = stories_.text(3);
      one.shown.status = stories_.text(4);
      one.shown.n_reports = static_cast<uint64_t>(stories_.integer(5));
      one.document = stories_.text(6);
      one.first_day = stories_.text(7);
      read(one);
      all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Step& a, const Step& b) {
      return std::tuple(a.first_day.empty(), a.first_day, a.document, a.shown.story) <
             std::tuple(b.first_day.empty(), b.first_day, b.document, b.shown.story);
    });
    return all;
  }

 private:
  // The surest report tells it; all give instruments and themes.
  void read(Step& step) {
    std::optional<EventRow> surest;
    for (reports_.bind(step.story); reports_.step();) {
      const int64_t document = reports_.integer(0), event = reports_.integer(1);
      EventRow row = events_.row(document, event);
      if (!surest || row.confidence > surest->confidence) surest = std::move(row);
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

  Query stories_, reports_, instruments_, themes_;
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

/// For each reason the nearest earlier step; for want of any, that before it in the same article, else the last.
void link(std::vector<Step>& steps) {
  // So many steps back: what lies further behind has its links by those between.
  constexpr size_t kBack = 200;
  for (size_t i = 1; i < steps.size(); ++i) {
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

/// Keys, the most frequent first.
std::string ranked(const std::map<std::string, size_t>& counts) {
  std::vector<std::pair<size_t, std::string>> all;
  for (const auto& [key, count] : counts) all.emplace_back(count, key);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> keys;
  for (auto& [count, key] : all) keys.push_back(std::move(key));
  return base::join(keys, "; ");
}

int64_t find_storyline(Database& database, const std::string& id) {
  const auto name = name_from_id(id, 'l');
  if (!name) return 0;
  Query query = database.query("SELECT storyline FROM threads WHERE name = ? LIMIT 1");
  return query.bind(*name).step() ? query.integer(0) : 0;
}

int64_t storyline_of_story(Database& database, const std::string& id) {
  const auto name = name_from_id(id);
  if (!name) return 0;
  Query query = database.query(
      "SELECT h.storyline FROM reports r JOIN tellings t USING (telling) JOIN stories s USING (story) JOIN threads h "
      "ON "
      "h.document = s.document WHERE r.name = ? LIMIT 1");
  return query.bind(*name).step() ? query.integer(0) : 0;
}

void fill(Storyline& one, std::vector<Step> steps, Query& issues, int64_t storyline) {
  link(steps);
  std::map<std::string, size_t> countries, about;
  for (Step& step : steps) {
    for (const auto* parties : {&step.actors, &step.recipients}) {
      for (const std::string& party : *parties) {
        if (party.size() == 3 && std::all_of(party.begin(), party.end(), base::is_ascii_upper)) ++countries[party];
      }
    }
    one.steps.push_back(std::move(step.shown));
  }
  for (issues.bind(storyline); issues.step();) about[issues.text(0)] = static_cast<size_t>(issues.integer(1));
  one.countries = ranked(countries);
  one.issues = ranked(about);
  one.n_stories = one.steps.size();
}

}  // namespace

void select_storylines(Database& database, const StorylineQuery& query,
                       const std::function<void(const Storyline&)>& storyline) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 3);
  Conditions events;
  events.add(database, query.events);
  std::string where;
  const auto only = [&](int64_t number) {
    where += (where.empty() ? " WHERE storyline = " : " AND storyline = ") + std::to_string(number);
  };
  if (!query.storyline.empty()) only(find_storyline(database, query.storyline));
  if (!query.story.empty()) only(storyline_of_story(database, query.story));
  if (!events.sql().empty()) {
    where += std::string(where.empty() ? " WHERE " : " AND ") + "storyline IN (SELECT h.storyline FROM " +
             std::string(kEventTables) + " JOIN threads h ON h.document = e.document" + events.sql() + ")";
  }
  Query listing = database.query(
      "SELECT h.storyline, count(*), min(day), max(day), (SELECT name FROM threads f WHERE f.document = h.storyline), "
      "(SELECT count(*) FROM threads f JOIN stories USING (document) WHERE f.storyline = h.storyline) AS stories FROM "
      "threads h" +
      where +
      " GROUP BY h.storyline HAVING count(*) >= ? AND stories >= ? ORDER BY max(day) IS NULL, max(day) DESC, 5");
  events.bind(listing);
  listing.bind(static_cast<int64_t>(query.min_documents)).bind(static_cast<int64_t>(query.min_stories));
  Query issues = database.query(
      "SELECT issue, count(*) FROM threads JOIN positions USING (document) WHERE storyline = ? GROUP BY issue");
  Steps steps(database);
  const int64_t after = query.after.empty() ? 0 : find_storyline(database, query.after);
  if (!query.after.empty() && after == 0) {
    throw Failure({ErrorCode::kNotFound, "no storyline \"" + query.after + "\" is in the store", ""});
  }
  bool on = after == 0;
  for (uint64_t told = 0; listing.step() && (query.limit == 0 || told < query.limit);) {
    const int64_t number = listing.integer(0);
    if (on) {
      Storyline one;
      one.id = storyline_id(listing.integer(4));
      one.n_documents = static_cast<uint64_t>(listing.integer(1));
      one.first_day = listing.text(2);
      one.last_day = listing.text(3);
      fill(one, steps.of(number), issues, number);
      storyline(one);
      ++told;
    }
    on = on || number == after;
  }
}

}  // namespace dragoman::store
