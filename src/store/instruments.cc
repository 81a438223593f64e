// SPDX-License-Identifier: Apache-2.0
// Instruments as histories.cc keeps them, each told with its steps.
#include <algorithm>
#include <set>

#include "store/conditions.h"
#include "store/days.h"
#include "store/fold.h"
#include "store/histories.h"
#include "store/instrument_names.h"
#include "store/instrument_steps.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

/// An act that concerns an instrument, and what steps are in order of.
struct Act {
  bool undated = false;
  std::string day, id;
  int64_t document = 0, event = 0;
  auto operator<=>(const Act&) const = default;
};

class Steps {
 public:
  explicit Steps(Database& database)
      : acts_(database.query("SELECT coalesce(e.first_day, substr(d.published, 1, 10)), d.id || '#' || e.ordinal, "
                             "e.document, e.ordinal FROM history_members m CROSS JOIN event_instruments v ON "
                             "v.document = m.document AND v.instrument = m.instrument CROSS JOIN events e ON "
                             "e.document = v.document AND e.ordinal = v.event CROSS JOIN documents d ON d.document = "
                             "e.document WHERE m.history = ?")),
        event_(database.query(
            "SELECT d.id, d.source, e.type, e.trigger, e.status, coalesce(e.date, substr(d.published, 1, 10)), s.text, "
            "(SELECT y.id FROM reports r JOIN tellings t USING (telling) JOIN stories y USING (story) WHERE r.document "
            "= e.document AND r.event = e.ordinal) FROM events e JOIN documents d USING (document) LEFT JOIN sentences "
            "s ON s.document = e.document AND s.ordinal = e.sentence WHERE e.document = ? AND e.ordinal = ?")),
        parties_(database.query("SELECT p.role = 'actor', n.name, p.country FROM participants p JOIN entities n ON "
                                "n.document = p.document AND n.ordinal = p.entity WHERE p.document = ? AND p.event = ? "
                                "ORDER BY p.role, p.ordinal")),
        votes_(database.query(
            "SELECT q.votes_for || ' : ' || q.votes_against || coalesce(' : ' || q.votes_abstaining, '') FROM "
            "event_quantities v JOIN quantities q ON q.document = v.document AND q.ordinal = v.quantity WHERE "
            "v.document = ? AND v.event = ? AND q.votes_for IS NOT NULL AND q.votes_against IS NOT NULL LIMIT 1")) {}

  std::vector<Act> acts(int64_t history) {
    std::vector<Act> all;
    for (acts_.bind(history); acts_.step();) {
      all.push_back({acts_.is_null(0), acts_.text(0), acts_.text(1), acts_.integer(2), acts_.integer(3)});
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  InstrumentStep step(const Act& act) {
    InstrumentStep step;
    event_.bind(act.document).bind(act.event).step();
    step.event = act.id;
    step.document = event_.text(0);
    step.source = event_.text(1);
    step.type = event_.text(2);
    step.step = step_of(step.type, event_.text(3));
    step.status = event_.text(4);
    step.date = event_.text(5);
    step.words = event_.text(6);
    step.story = event_.text(7);
    event_.reset();
    std::vector<std::string> actors, countries, recipients;
    for (parties_.bind(act.document).bind(act.event); parties_.step();) {
      if (parties_.integer(0) == 0) {
        recipients.push_back(parties_.text(1));
        continue;
      }
      actors.push_back(parties_.text(1));
      countries.push_back(parties_.text(2));
    }
    step.actors = base::join(actors, "; ");
    step.actor_countries = base::join(countries, "; ");
    step.recipients = base::join(recipients, "; ");
    if (votes_.bind(act.document).bind(act.event).step()) step.votes = votes_.text(0);
    votes_.reset();
    return step;
  }

 private:
  Query acts_, event_, parties_, votes_;
};

/// Whether a step is that which is asked for, in the days that are.
bool asked_for(const InstrumentStep& step, const InstrumentQuery& query) {
  if (!query.step.empty() && step.step != query.step) return false;
  const auto days = days_of(step.date);
  if (!days) return (query.from + query.to).empty();
  return (query.from.empty() || days->second >= days_of(query.from)->first) &&
         (query.to.empty() || days->first <= days_of(query.to)->second);
}

int64_t find_history(Database& database, const std::string& id) {
  return find_named(database, "SELECT history FROM history_members WHERE name = ? LIMIT 1", id, 'i');
}

Conditions conditions_of(Database& database, const InstrumentQuery& query) {
  Conditions all;
  if (!query.instrument.empty()) {
    all.bound("history = CAST(? AS INTEGER)", static_cast<double>(find_history(database, query.instrument)));
  }
  const std::vector<std::string> words = words_of_name(query.name);
  if (words.empty() && !query.name.empty()) all.add("0", {});  // no word is in no name
  for (const std::string& word : words) all.add("instr(words, ?) > 0", {' ' + word + ' '});
  all.equal("kind", query.kind);
  if (query.min_reports > 0) all.bound("n_reports >= ?", static_cast<double>(query.min_reports));
  if (!query.owner.empty()) {
    const std::string part = folded(query.owner);
    all.add(part.empty() ? "owner_country = ?" : "(owner_country = ? OR instr(owner_folded, ?) > 0)",
            part.empty() ? std::vector{query.owner} : std::vector{query.owner, part});
  }
  if (!query.step.empty()) all.add("instr(steps, ?) > 0", {' ' + query.step + ' '});
  if (!query.from.empty()) all.add("steps_to || '~' >= ?", {days_of(query.from)->first});
  if (!query.to.empty()) all.add("steps_from <= ?", {days_of(query.to)->second});
  if (!query.after.empty()) {
    const int64_t last = find_history(database, query.after);
    if (last == 0) {
      throw Failure({ErrorCode::kNotFound, "no instrument \"" + query.after + "\" is in the listing", ""});
    }
    const std::string of_last = " FROM histories WHERE history = " + std::to_string(last) + ")";
    all.add(query.largest_first
                ? "(-n_reports, place) > ((SELECT -n_reports" + of_last + ", (SELECT place" + of_last + ")"
                : "place > (SELECT place" + of_last,
            {});
  }
  return all;
}

}  // namespace

void select_instruments(Database& database, const InstrumentQuery& query,
                        const std::function<void(const InstrumentHistory&)>& instrument) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, kPartsVersion);
  const Conditions conditions = conditions_of(database, query);
  Query listing = database.query(
      "SELECT history, name, kind, title, number, owner, owner_country, aliases, first_day, last_day, state, "
      "n_reports, "
      "n_steps FROM histories" +
      conditions.sql() + (query.largest_first ? " ORDER BY -n_reports, place" : " ORDER BY place"));
  conditions.bind(listing);
  Steps steps(database);
  bool found_step = query.after_step.empty();
  const bool by_step = !(query.step + query.from + query.to).empty();
  for (uint64_t told = 0; (query.limit == 0 || told < query.limit) && listing.step();) {
    const std::vector<Act> acts = steps.acts(listing.integer(0));
    if (by_step &&
        std::none_of(acts.begin(), acts.end(), [&](const Act& act) { return asked_for(steps.step(act), query); })) {
      continue;
    }
    InstrumentHistory one;
    one.id = story_id(listing.integer(1), 'i');
    one.kind = listing.text(2);
    one.name = listing.text(3);
    one.number = listing.text(4);
    one.owner = listing.text(5);
    one.owner_country = listing.text(6);
    one.aliases = listing.text(7);
    one.first_day = listing.text(8);
    one.last_day = listing.text(9);
    one.state = listing.text(10);
    one.n_reports = static_cast<uint64_t>(listing.integer(11));
    one.n_steps = static_cast<uint64_t>(listing.integer(12));
    auto act = acts.begin();
    if (!query.after_step.empty()) {
      act = std::find_if(act, acts.end(), [&](const Act& each) { return each.id == query.after_step; });
      if (act == acts.end()) continue;
      found_step = true;
      ++act;
    }
    for (; act != acts.end() && (query.steps == 0 || one.steps.size() < query.steps); ++act) {
      one.steps.push_back(steps.step(*act));
    }
    instrument(one);
    ++told;
  }
  if (!found_step) {
    throw Failure({ErrorCode::kNotFound,
                   "no instrument that is listed has the step \"" + query.after_step + "\"; give its id in full", ""});
  }
}

}  // namespace dragoman::store
