// SPDX-License-Identifier: Apache-2.0
// Instruments over time. Two articles speak of one instrument where they have a name of it in common
// (instrument_names.h); names that need their proposer ("@") only if no more than two years lie between the two.
#include "store/histories.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <vector>

#include "base/civil.h"
#include "base/text.h"
#include "store/fold.h"
#include "store/instrument_names.h"
#include "store/instrument_steps.h"
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

std::string without_article(const std::string& name) {
  for (const char* article : {"the ", "The ", "this ", "that ", "a ", "an "}) {
    if (name.starts_with(article)) return name.substr(std::string(article).size());
  }
  return name;
}

/// The most frequent; of equals the longest, then the first by letters.
std::string most(const std::map<std::string, size_t>& counts) {
  const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.second, a.first.size()) < std::tuple(b.second, b.first.size());
  });
  return best == counts.end() ? "" : best->first;
}

/// Makes the row of an instrument from its reports.
class Teller {
 public:
  explicit Teller(Database& database)
      : item_(database.query("SELECT d.id, substr(d.published, 1, 10), i.kind, i.name, n.name, n.country FROM "
                             "instruments i JOIN documents d USING (document) LEFT JOIN entities n ON n.document = "
                             "i.document AND n.ordinal = i.owner WHERE i.document = ? AND i.ordinal = ?")),
        names_(database.query("SELECT name FROM instrument_names WHERE document = ? AND instrument = ?")),
        events_(database.query(
            "SELECT e.ordinal, e.type, e.trigger, e.status = 'actual', coalesce(e.first_day, substr(d.published, 1, "
            "10)), coalesce(e.last_day, substr(d.published, 1, 10)) FROM event_instruments v JOIN events e ON "
            "e.document = v.document AND e.ordinal = v.event JOIN "
            "documents d ON d.document = e.document WHERE v.document = ? AND v.instrument = ?")),
        put_(database.query("INSERT INTO histories (name, place, kind, title, number, owner, owner_country, "
                            "owner_folded, aliases, first_day, last_day, steps_from, steps_to, state, steps, words, "
                            "n_reports, n_steps) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        member_(database.query("INSERT INTO history_members VALUES (?, ?, ?, ?)")),
        database_(database) {}

  void tell(const Group& group) {
    names_told_.clear(), kinds_.clear(), owners_.clear(), countries_.clear();
    words_.clear(), documents_.clear(), steps_.clear(), members_.clear();
    first_day_.clear(), last_day_.clear(), number_.clear();
    for (const Item& item : group) add(item);
    std::set<std::string> done;
    std::string state, steps_from, steps_to;
    std::sort(steps_.begin(), steps_.end());
    for (const Step& step : steps_) {
      widen(step.day);
      if (!step.day.empty() && (steps_from.empty() || step.day < steps_from)) steps_from = step.day;
      steps_to = std::max(steps_to, step.last_day);
      if (!step.step.empty()) done.insert(step.step);
      if (!step.step.empty() && step.happened) state = step.step;
    }
    std::set<std::string> events;
    for (const Step& step : steps_) events.insert(step.event);
    const std::string name = most(names_told_), owner = most(owners_);
    std::vector<std::string> others;
    for (const auto& [told, count] : names_told_) {
      if (told != name) others.push_back(told);
      for (const std::string& word : words_of_name(told)) words_.insert(word);
    }
    put_.bind(members_.front()).bind(folded(name) + ' ' + story_id(members_.front(), 'i')).bind(most(kinds_));
    put_.bind(name).bind_known(number_).bind_known(owner).bind_known(countries_[owner]).bind_known(folded(owner));
    put_.bind_known(base::join(others, "; ")).bind_known(first_day_).bind_known(last_day_);
    put_.bind_known(steps_from).bind_known(steps_to).bind_known(state);
    put_.bind(spaced(done)).bind(spaced(words_)).bind(static_cast<int64_t>(documents_.size()));
    put_.bind(static_cast<int64_t>(events.size())).run();
    const int64_t history = database_.last_row();
    for (size_t i = 0; i < group.size(); ++i) {
      member_.bind(group[i].document).bind(group[i].ordinal).bind(history).bind(members_[i]).run();
    }
  }

 private:
  struct Step {
    bool undated;
    std::string day, event, step;
    bool happened;
    std::string last_day;
    auto operator<=>(const Step&) const = default;
  };

  /// " one two ": a word is found with its spaces.
  static std::string spaced(const std::set<std::string>& words) {
    std::string all = " ";
    for (const std::string& word : words) all += word + ' ';
    return all;
  }

  void widen(const std::string& day) {
    if (day.empty()) return;
    if (first_day_.empty() || day < first_day_) first_day_ = day;
    if (day > last_day_) last_day_ = day;
  }

  void add(const Item& item) {
    item_.bind(item.document).bind(item.ordinal).step();
    const std::string document = item_.text(0), owner = item_.text(4);
    members_.push_back(name_of_member(document, item.ordinal));
    ++kinds_[item_.text(2)];
    ++names_told_[without_article(item_.text(3))];
    if (!owner.empty()) {
      ++owners_[owner];
      countries_[owner] = item_.text(5);
    }
    documents_.insert(document);
    widen(item_.text(1));
    item_.reset();
    for (names_.bind(item.document).bind(item.ordinal); names_.step();) add_words(names_.text(0));
    for (events_.bind(item.document).bind(item.ordinal); events_.step();) {
      const std::string day = events_.text(4);
      steps_.push_back({day.empty(), day, document + '#' + events_.text(0), step_of(events_.text(1), events_.text(2)),
                        events_.integer(3) != 0, events_.text(5)});
    }
  }

  void add_words(const std::string& name) {
    for (const std::string_view word : base::split(name, ' ')) {
      if (word.empty()) continue;
      words_.insert(std::string(word));
      if (name.starts_with("resolution ") && word.find_first_not_of("0123456789") == std::string::npos) number_ = word;
    }
  }

  Query item_, names_, events_, put_, member_;
  Database& database_;
  std::map<std::string, size_t> names_told_, kinds_, owners_;
  std::map<std::string, std::string> countries_;
  std::set<std::string> words_, documents_;
  std::vector<Step> steps_;
  std::vector<int64_t> members_;  // their names
  std::string first_day_, last_day_, number_;
};

/// What is told of instruments as yet.
struct Members {
  std::map<std::pair<int64_t, int64_t>, int64_t> of_item;  // history of an instrument of a document
  std::map<int64_t, size_t> members;                       // of a history
  std::set<int64_t> changed;                               // histories that have lost a report
};

Members members_in(Database& database) {
  Members told;
  Query changed = database.query("SELECT history FROM changed_histories");
  while (changed.step()) told.changed.insert(changed.integer(0));
  if (told.changed.empty()) return told;
  Query members = database.query("SELECT document, instrument, history FROM history_members");
  while (members.step()) {
    told.of_item[{members.integer(0), members.integer(1)}] = members.integer(2);
    ++told.members[members.integer(2)];
  }
  return told;
}

}  // namespace

int64_t name_of_member(const std::string& document, int64_t instrument) {
  return name_of_report(document + "/" + std::to_string(instrument));
}

void change_histories(Database& database, int64_t document) {
  // 0: none as yet.
  database
      .query(
          "INSERT OR IGNORE INTO changed_histories SELECT coalesce(history, 0) FROM instruments i LEFT JOIN "
          "history_members m ON m.document = i.document AND m.instrument = i.ordinal WHERE i.document = ?")
      .bind(document)
      .run();
}

void tell_changed_histories(Database& database) {
  Members told = members_in(database);
  if (told.changed.empty()) return;
  std::vector<Group> fresh;
  for (Group& group : Groups(database).all()) {
    std::set<int64_t> before;
    for (const Item& item : group) {
      const auto found = told.of_item.find({item.document, item.ordinal});
      before.insert(found == told.of_item.end() ? 0 : found->second);
    }
    if (before.size() == 1 && !before.contains(0) && !told.changed.contains(*before.begin()) &&
        told.members[*before.begin()] == group.size()) {
      continue;
    }
    told.changed.insert(before.begin(), before.end());
    fresh.push_back(std::move(group));
  }
  Query remove = database.query("DELETE FROM histories WHERE history = ?");
  Query leave = database.query("DELETE FROM history_members WHERE history = ?");
  for (const int64_t history : told.changed) {
    leave.bind(history).run();
    remove.bind(history).run();
  }
  Teller teller(database);
  for (const Group& group : fresh) teller.tell(group);
  database.run("DELETE FROM changed_histories");
}

}  // namespace dragoman::store
