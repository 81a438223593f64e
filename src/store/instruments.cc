// SPDX-License-Identifier: Apache-2.0
// Instruments over time. Two articles speak of one instrument where they have a name of it in common
// (instrument_names.h); names that need their proposer ("@") only if no more than two years lie between the two.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "base/civil.h"
#include "store/conditions.h"
#include "store/days.h"
#include "store/fold.h"
#include "store/instrument_names.h"
#include "store/instrument_steps.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

// A plan that nobody has spoken of for so long is another one when its proposer makes one again.
constexpr int kGap = 730;

/// An instrument of one document.
struct Item {
  int64_t document, ordinal;
};

/// Items that are one instrument, the first report first.
using Group = std::vector<Item>;

class Groups {
 public:
  explicit Groups(Database& database) : database_(database) { read(); }

  std::vector<Group> all() {
    std::map<size_t, Group> groups;
    for (size_t i = 0; i < items_.size(); ++i) groups[root(i)].push_back(items_[i]);
    std::vector<Group> list;
    for (auto& [first, group] : groups) list.push_back(std::move(group));
    return list;
  }

 private:
  // Items come in order of publication (unknown last) and id, so that the root of a group, its least, is its first.
  void read() {
    Query query = database_.query(
        "SELECT document, instrument, substr(published, 1, 10) FROM documents d JOIN (SELECT DISTINCT document, "
        "instrument FROM instrument_names) USING (document) ORDER BY published IS NULL, substr(published, 1, 10), id, "
        "instrument");
    std::map<std::pair<int64_t, int64_t>, size_t> place;
    std::vector<std::optional<int64_t>> days;
    while (query.step()) {
      place[{query.integer(0), query.integer(1)}] = items_.size();
      items_.push_back({query.integer(0), query.integer(1)});
      const auto day = base::parse_civil_day(query.text(2));
      days.push_back(day ? std::optional<int64_t>(day->time_since_epoch().count()) : std::nullopt);
    }
    parent_.resize(items_.size());
    std::iota(parent_.begin(), parent_.end(), size_t{0});
    Query names = database_.query("SELECT name, document, instrument FROM instrument_names ORDER BY name");
    std::string name;
    std::vector<size_t> holders;
    const auto flush = [&] {
      std::sort(holders.begin(), holders.end());
      const bool proposed = name.find(" @") != std::string::npos;
      for (size_t i = 1; i < holders.size(); ++i) {
        const auto &before = days[holders[i - 1]], &day = days[holders[i]];
        if (!proposed || !before || !day || *day - *before <= kGap) join(holders[i - 1], holders[i]);
      }
      holders.clear();
    };
    while (names.step()) {
      if (names.text(0) != name) flush();
      name = names.text(0);
      holders.push_back(place.at({names.integer(1), names.integer(2)}));
    }
    flush();
  }

  size_t root(size_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void join(size_t a, size_t b) {
    const size_t x = root(a), y = root(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }

  Database& database_;
  std::vector<Item> items_;
  std::vector<size_t> parent_;
};

class Historian {
 public:
  explicit Historian(Database& database)
      : item_(database.query("SELECT d.id, d.source, substr(d.published, 1, 10), i.kind, i.name, n.name, n.country "
                             "FROM instruments i JOIN "
                             "documents d USING (document) LEFT JOIN entities n ON n.document = i.document AND "
                             "n.ordinal = i.owner WHERE "
                             "i.document = ? AND i.ordinal = ?")),
        names_(database.query("SELECT name FROM instrument_names WHERE document = ? AND instrument = ?")),
        events_(database.query(
            "SELECT e.ordinal, e.type, e.trigger, e.status, coalesce(e.date, substr(d.published, 1, 10)), "
            "coalesce(e.first_day, substr(d.published, 1, 10)), s.text, (SELECT t.story FROM reports r JOIN tellings t "
            "USING (telling) WHERE r.document = e.document AND r.event = e.ordinal) FROM event_instruments v JOIN "
            "events e "
            "ON e.document = v.document AND e.ordinal = v.event JOIN documents d ON d.document = e.document LEFT JOIN "
            "sentences s ON s.document = e.document AND s.ordinal = e.sentence WHERE v.document = ? AND v.instrument = "
            "? "
            "ORDER BY e.ordinal")),
        parties_(
            database.query("SELECT p.role = 'actor', n.name, p.country FROM participants p JOIN entities n ON "
                           "n.document = p.document AND "
                           "n.ordinal = p.entity WHERE p.document = ? AND p.event = ? ORDER BY p.role, p.ordinal")),
        votes_(database.query(
            "SELECT q.votes_for || ' : ' || q.votes_against || coalesce(' : ' || q.votes_abstaining, '') FROM "
            "event_quantities v JOIN quantities q ON q.document = v.document AND q.ordinal = v.quantity WHERE "
            "v.document = "
            "? AND v.event = ? AND q.votes_for IS NOT NULL AND q.votes_against IS NOT NULL LIMIT 1")),
        story_(database.query("SELECT id FROM stories WHERE story = ?")) {}

  static std::string id_of(const std::string& document, int64_t ordinal) {
    std::string id = story_id(name_of_report(document + "/" + std::to_string(ordinal)));
    id.front() = 'i';
    return id;
  }

  InstrumentHistory history(const Group& group, std::set<std::string>& ids, std::set<std::string>& words) {
    InstrumentHistory one;
    std::map<std::string, size_t> names, kinds, owners;
    std::map<std::string, std::string> countries;
    std::set<std::string> documents;
    std::vector<std::pair<std::string, InstrumentStep>> steps;  // by day
    for (const Item& item : group) {
      item_.bind(item.document).bind(item.ordinal).step();
      const std::string document = item_.text(0), source = item_.text(1), day = item_.text(2), owner = item_.text(5);
      ids.insert(id_of(document, item.ordinal));
      if (one.id.empty()) one.id = id_of(document, item.ordinal);
      ++kinds[item_.text(3)];
      ++names[without_article(item_.text(4))];
      if (!owner.empty()) {
        ++owners[owner];
        countries[owner] = item_.text(6);
      }
      item_.reset();
      documents.insert(document);
      widen(one, day);
      for (names_.bind(item.document).bind(item.ordinal); names_.step();) add_words(names_.text(0), words, one);
      add_steps(item, document, source, steps);
    }
    one.n_reports = documents.size();
    one.kind = most(kinds);
    one.name = most(names);
    one.owner = most(owners);
    if (!one.owner.empty()) one.owner_country = countries[one.owner];
    std::vector<std::string> others;
    for (const auto& [name, count] : names) {
      if (name != one.name) others.push_back(name);
      for (const std::string& word : words_of_name(name)) words.insert(word);
    }
    one.aliases = base::join(others, "; ");
    finish(one, steps);
    return one;
  }

 private:
  static std::string without_article(const std::string& name) {
    for (const char* article : {"the ", "The ", "this ", "that ", "a ", "an "}) {
      if (name.starts_with(article)) return name.substr(std::string(article).size());
    }
    return name;
  }

  /// The most frequent; of equals the longest, then the first by letters.
  static std::string most(const std::map<std::string, size_t>& counts) {
    const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.second, a.first.size()) < std::tuple(b.second, b.first.size());
    });
    return best == counts.end() ? "" : best->first;
  }

  static void widen(InstrumentHistory& one, const std::string& day) {
    if (day.empty()) return;
    if (one.first_day.empty() || day < one.first_day) one.first_day = day;
    if (day > one.last_day) one.last_day = day;
  }

  static void add_words(const std::string& name, std::set<std::string>& words, InstrumentHistory& one) {
    for (const std::string_view word : base::split(name, ' ')) {
      words.insert(std::string(word));
      if (name.starts_with("resolution ") && !word.empty() &&
          word.find_first_not_of("0123456789") == std::string::npos) {
        one.number = word;
      }
    }
  }

  void add_steps(const Item& item, const std::string& document, const std::string& source,
                 std::vector<std::pair<std::string, InstrumentStep>>& steps) {
    for (events_.bind(item.document).bind(item.ordinal); events_.step();) {
      InstrumentStep step;
      const int64_t event = events_.integer(0);
      step.event = document + '#' + std::to_string(event);
      step.document = document;
      step.source = source;
      step.type = events_.text(1);
      step.step = step_of(step.type, events_.text(2));
      step.status = events_.text(3);
      step.date = events_.text(4);
      step.words = events_.text(6);
      if (!events_.is_null(7)) {
        if (story_.bind(events_.integer(7)).step()) step.story = story_.text(0);
        story_.reset();
      }
      std::vector<std::string> actors, countries, recipients;
      for (parties_.bind(item.document).bind(event); parties_.step();) {
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
      if (votes_.bind(item.document).bind(event).step()) step.votes = votes_.text(0);
      votes_.reset();
      steps.emplace_back(events_.text(5), std::move(step));
    }
  }

  static void finish(InstrumentHistory& one, std::vector<std::pair<std::string, InstrumentStep>>& steps) {
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.first.empty(), a.first, a.second.event) <
             std::tuple(b.first.empty(), b.first, b.second.event);
    });
    steps.erase(std::unique(steps.begin(), steps.end(),
                            [](const auto& a, const auto& b) { return a.second.event == b.second.event; }),
                steps.end());
    for (auto& [day, step] : steps) {
      widen(one, day);
      if (step.status == "actual" && !step.step.empty()) one.state = step.step;
      one.steps.push_back(std::move(step));
    }
  }

  Query item_, names_, events_, parties_, votes_, story_;
};

bool asked_for(const InstrumentHistory& one, const InstrumentQuery& query, const std::set<std::string>& ids,
               const std::set<std::string>& words) {
  if (!query.instrument.empty() && !ids.contains(query.instrument)) return false;
  for (const std::string& word : words_of_name(query.name)) {
    if (!words.contains(word)) return false;
  }
  if (!query.kind.empty() && one.kind != query.kind) return false;
  if (one.n_reports < query.min_reports) return false;
  if (!query.owner.empty() && one.owner_country != query.owner &&
      (folded(query.owner).empty() || folded(one.owner).find(folded(query.owner)) == std::string::npos)) {
    return false;
  }
  if ((query.step + query.from + query.to).empty()) return true;
  return std::any_of(one.steps.begin(), one.steps.end(), [&](const InstrumentStep& step) {
    if (!query.step.empty() && step.step != query.step) return false;
    const auto days = days_of(step.date);
    if (!days) return (query.from + query.to).empty();
    return (query.from.empty() || days->second >= days_of(query.from)->first) &&
           (query.to.empty() || days->first <= days_of(query.to)->second);
  });
}

}  // namespace

void select_instruments(Database& database, const InstrumentQuery& query,
                        const std::function<void(const InstrumentHistory&)>& instrument) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 3);
  Historian historian(database);
  std::vector<InstrumentHistory> all;
  for (const Group& group : Groups(database).all()) {
    std::set<std::string> ids, words;
    InstrumentHistory one = historian.history(group, ids, words);
    if (asked_for(one, query, ids, words)) all.push_back(std::move(one));
  }
  std::sort(all.begin(), all.end(), [&](const InstrumentHistory& a, const InstrumentHistory& b) {
    if (query.largest_first && a.n_reports != b.n_reports) return a.n_reports > b.n_reports;
    return std::tuple(folded(a.name), a.id) < std::tuple(folded(b.name), b.id);
  });
  size_t first = 0;
  if (!query.after.empty()) {
    const auto last = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == query.after; });
    if (last == all.end()) {
      throw Failure({ErrorCode::kNotFound, "no instrument \"" + query.after + "\" is in the listing", ""});
    }
    first = static_cast<size_t>(last - all.begin()) + 1;
  }
  for (size_t i = first; i < all.size() && (query.limit == 0 || i < first + query.limit); ++i) instrument(all[i]);
}

}  // namespace dragoman::store
