// SPDX-License-Identifier: Apache-2.0
// Keeps stories up to date. Equal reports (same act, same words, same parties and days) are one telling, for which the
// text of its first document stands; tellings that are connected by likeness are a component; only components that a
// new telling touches are clustered again. So the stories are those that joining everything at once would give.
#include "store/joining.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "base/civil.h"
#include "store/features.h"
#include "store/histories.h"
#include "store/lines.h"
#include "store/schema.h"
#include "store/story_cells.h"
#include "store/tally_parts.h"
#include "store/telling.h"
#include "store/threads.h"

namespace dragoman::store {
namespace {

// So many documents a transaction: what they share is clustered once.
constexpr int kBatch = 512;
// An act without a date is told within a week before its article.
constexpr int kUndatedDays = 7;
// Days of an act that spans more are kept apart, so that a search for others needs not look far back.
constexpr int kNarrow = 8;
constexpr uint64_t kWide = 0x5744000000000000U;

std::optional<int> day_number(const std::string& iso) {
  const auto day = base::parse_civil_day(iso);
  if (!day) return std::nullopt;
  return static_cast<int>(day->time_since_epoch().count());
}

/// Where a report is found: key and day, both in the index.
struct Place {
  int64_t key;
  int64_t day;
};

bool is_wide(const Report& report) { return !report.days || report.days->second - report.days->first > kNarrow; }

std::vector<Place> places_of(const Report& report) {
  std::vector<Place> places;
  for (const uint64_t key : keys_of(report)) {
    places.push_back({static_cast<int64_t>(is_wide(report) ? key ^ kWide : key), report.days ? report.days->first : 0});
  }
  return places;
}

struct Telling {
  Report report;
  int64_t component = 0, story = 0;
};

class Batch {
 public:
  explicit Batch(Database& database)
      : database_(database),
        mend_(database.query("SELECT telling, features FROM tellings WHERE document IS NULL")),
        waiting_(database.query("SELECT document FROM unjoined ORDER BY document LIMIT ?")),
        text_(database.query("SELECT group_concat(text, ' ') FROM sentences WHERE document = ?")),
        keep_words_(database.query("INSERT OR REPLACE INTO document_words VALUES (?, ?, ?)")),
        words_(database.query("SELECT words FROM document_words WHERE document = ?")),
        published_(database.query("SELECT id, substr(published, 1, 10) FROM documents WHERE document = ?")),
        events_(database.query(
            "SELECT e.ordinal, e.type, e.status = 'negated', e.trigger, e.first_day, e.last_day, s.text FROM events e "
            "LEFT JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence WHERE e.document = ? "
            "ORDER BY e.ordinal")),
        parties_(database.query(
            "SELECT p.event, p.role = 'actor', n.kb, p.country, n.folded FROM participants p JOIN entities n ON "
            "n.document = p.document AND n.ordinal = p.entity WHERE p.document = ? ORDER BY p.event, p.role, "
            "p.ordinal")),
        countries_(database.query("SELECT country, count(DISTINCT event) FROM participants WHERE document = ? AND "
                                  "country IS NOT NULL GROUP BY "
                                  "country")),
        locations_(
            database.query("SELECT event, geonames, name FROM locations WHERE document = ? ORDER BY event, ordinal")),
        find_mark_(database.query("SELECT telling, document, story, component FROM tellings WHERE mark = ?")),
        first_of_(
            database.query("SELECT r.document FROM reports r JOIN documents d USING (document) WHERE r.telling = ? "
                           "ORDER BY d.published IS NULL, substr(d.published, 1, 10), d.id LIMIT 1")),
        add_(
            database.query("INSERT INTO tellings (mark, document, features, component, story) VALUES (?, ?, ?, 0, 0)")),
        own_(database.query("UPDATE tellings SET component = telling, story = telling WHERE telling = ?")),
        stand_for_(database.query("UPDATE tellings SET document = ? WHERE telling = ?")),
        forget_(database.query("DELETE FROM tellings WHERE telling = ?")),
        add_key_(database.query("INSERT OR IGNORE INTO telling_keys VALUES (?, ?, ?)")),
        forget_key_(database.query("DELETE FROM telling_keys WHERE key = ? AND first_day = ? AND telling = ?")),
        near_(database.query("SELECT telling FROM telling_keys WHERE key = ? AND first_day BETWEEN ? AND ?")),
        add_report_(database.query("INSERT INTO reports VALUES (?, ?, ?, ?)")),
        telling_(database.query("SELECT features, document, component, story, mark FROM tellings WHERE telling = ?")),
        members_(database.query("SELECT telling FROM tellings WHERE component = ? ORDER BY telling")),
        place_(database.query("UPDATE tellings SET component = ?, story = ? WHERE telling = ?")),
        done_(database.query("DELETE FROM unjoined WHERE document = ?")),
        stories_(database),
        cells_(database) {}

  /// False where nothing is left to do.
  bool run(uint64_t& joined) {
    Transaction transaction(database_);
    fresh_.clear();
    dirty_.clear();
    touched_.clear();
    tellings_.clear();
    texts_.clear();
    numbers_.clear();
    mend();
    std::vector<int64_t> documents;
    for (waiting_.bind(kBatch); waiting_.step();) documents.push_back(waiting_.integer(0));
    for (const int64_t document : documents) add(document);
    if (documents.empty() && fresh_.empty() && dirty_.empty() && touched_.empty()) return false;
    cluster();
    // All are taken out first: one may get the id that another had.
    for (const int64_t story : touched_) stories_.remove(story);
    for (const int64_t story : touched_) stories_.tell(story);
    cells_.write(touched_);
    // 0: storylines are to be drawn. Who is killed before that leaves it told (unjoined()).
    database_.run("INSERT OR IGNORE INTO changed_storylines VALUES (0)");
    for (const int64_t document : documents) done_.bind(document).run();
    transaction.commit();
    joined += documents.size();
    return true;
  }

 private:
  /// Tellings that have lost the document that stood for them, with all reports or some.
  void mend() {
    std::vector<std::pair<int64_t, Report>> all;
    while (mend_.step()) all.emplace_back(mend_.integer(0), report_from(mend_.blob(1)));
    for (const auto& [telling, report] : all) {
      telling_.bind(telling).step();
      dirty_.insert(telling_.integer(2));
      touched_.insert(telling_.integer(3));
      telling_.reset();
      if (const int64_t first = first_of(telling); first != 0) {
        stand_for_.bind(first).bind(telling).run();
        fresh_.insert(telling);
        continue;
      }
      for (const Place& place : places_of(report)) forget_key_.bind(place.key).bind(place.day).bind(telling).run();
      forget_.bind(telling).run();
    }
  }

  int64_t first_of(int64_t telling) {
    const int64_t first = first_of_.bind(telling).step() ? first_of_.integer(0) : 0;
    first_of_.reset();
    return first;
  }

  void add(int64_t document) {
    published_.bind(document);
    if (!published_.step()) return;
    const std::string id = published_.text(0), published = published_.text(1);
    published_.reset();
    text_.bind(document).step();
    const Words words = words_of(text_.text(0));
    text_.reset();
    std::map<int64_t, Report> reports = reports_of(document, published);
    keep_words_.bind(document).bind_blob(to_bytes(words)).bind_blob(to_bytes(parties_of(document))).run();
    change_histories(database_, document);
    for (auto& [event, report] : reports) {
      const int64_t telling = telling_for(report, document);
      add_report_.bind(document).bind(event).bind(telling);
      add_report_.bind(name_of_report(id + '#' + std::to_string(event))).run();
    }
  }

  std::map<int64_t, Report> reports_of(int64_t document, const std::string& published) {
    std::map<int64_t, Report> reports;
    for (events_.bind(document); events_.step();) {
      Report& report = reports[events_.integer(0)];
      report.type = events_.text(1);
      report.negated = events_.integer(2) != 0;
      report.stem = stem_of(events_.text(3));
      report.days = days(events_.text(4), events_.text(5), published);
      report.sentence = words_of(events_.text(6));
    }
    // Known by the knowledge's id, by country (China and its minister act as one), or by name where it has neither.
    for (parties_.bind(document); parties_.step();) {
      Report& report = reports[parties_.integer(0)];
      auto& keys = parties_.integer(1) != 0 ? report.actors : report.recipients;
      const std::string kb = parties_.text(2), country = parties_.text(3);
      if (!kb.empty()) keys.push_back(key_of("kb " + kb));
      if (!country.empty()) keys.push_back(key_of("country " + country));
      if (kb.empty() && country.empty()) keys.push_back(key_of("name" + parties_.text(4)));
    }
    for (locations_.bind(document); locations_.step();) {
      auto& keys = reports[locations_.integer(0)].places;
      if (locations_.integer(1) != 0) keys.push_back(key_of("geonames " + locations_.text(1)));
      keys.push_back(key_of("name " + locations_.text(2)));
    }
    for (auto& [event, report] : reports) {
      for (auto* keys : {&report.actors, &report.recipients, &report.places}) {
        std::sort(keys->begin(), keys->end());
        keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
      }
    }
    return reports;
  }

  /// The countries that take part in the acts of a document, each with the number of acts.
  Words parties_of(int64_t document) {
    Words parties;
    for (countries_.bind(document); countries_.step();) {
      parties.emplace_back(key_of(countries_.text(0)), static_cast<float>(countries_.integer(1)));
    }
    std::sort(parties.begin(), parties.end());
    return parties;
  }

  static std::optional<std::pair<int, int>> days(const std::string& first, const std::string& last,
                                                 const std::string& published) {
    const auto from = day_number(first), to = day_number(last), told = day_number(published);
    if (from && to) return std::pair(*from, *to);
    if (told) return std::pair(*told - kUndatedDays, *told);
    return std::nullopt;
  }

  /// The telling that such a report belongs to, made where there is none.
  int64_t telling_for(const Report& report, int64_t document) {
    const std::string features = to_bytes(report);
    const int64_t mark = mark_of(features);
    find_mark_.bind(mark);
    if (find_mark_.step()) {
      const int64_t telling = find_mark_.integer(0), stands = find_mark_.integer(1), story = find_mark_.integer(2),
                    component = find_mark_.integer(3);
      find_mark_.reset();
      touched_.insert(story);
      if (before(document, stands)) {
        stand_for_.bind(document).bind(telling).run();
        tellings_.erase(telling);
        fresh_.insert(telling);
        if (component != 0) dirty_.insert(component);
      }
      return telling;
    }
    add_.bind(mark).bind(document).bind_blob(features).run();
    const int64_t telling = database_.last_row();
    own_.bind(telling).run();
    touched_.insert(telling);
    for (const Place& place : places_of(report)) add_key_.bind(place.key).bind(place.day).bind(telling).run();
    fresh_.insert(telling);
    return telling;
  }

  /// Whether a document comes before another: by day of publication, unknown last, then by id.
  bool before(int64_t a, int64_t b) {
    const auto order = [&](int64_t document) {
      published_.bind(document).step();
      const std::string id = published_.text(0), day = published_.text(1);
      published_.reset();
      return std::tuple(day.empty(), day, id);
    };
    return a != b && order(a) < order(b);
  }

  const Telling& load(int64_t number) {
    const auto found = tellings_.find(number);
    if (found != tellings_.end()) return found->second;
    telling_.bind(number).step();
    Telling telling{report_from(telling_.blob(0)), telling_.integer(2), telling_.integer(3)};
    const int64_t document = telling_.integer(1);
    // Ties are decided by what is told, not by numbers that depend on the order of reading.
    telling.report.id = std::to_string(telling_.integer(4));
    telling_.reset();
    telling.report.document = text_number(document);
    return tellings_.emplace(number, std::move(telling)).first->second;
  }

  uint32_t text_number(int64_t document) {
    const auto [at, added] = numbers_.try_emplace(document, static_cast<uint32_t>(texts_.size()));
    if (!added) return at->second;
    words_.bind(document).step();
    texts_.emplace_back(words_from(words_.blob(0)));
    words_.reset();
    return at->second;
  }

  /// Components that the fresh tellings connect, each as the set of their numbers.
  void cluster() {
    std::map<int64_t, int64_t> parent;  // of components
    const auto root = [&](int64_t one) {
      parent.try_emplace(one, one);
      while (parent[one] != one) one = parent[one] = parent[parent[one]];
      return one;
    };
    for (const int64_t one : dirty_) root(one);
    for (const int64_t telling : fresh_) {
      const int64_t own = root(load(telling).component);
      for (const int64_t other : near(telling)) {
        const Report &one = load(telling).report, &another = load(other).report;
        if (may_be_same(one, another) && sameness(one, another, texts_) >= kSame)
          parent[root(load(other).component)] = own;
      }
    }
    std::map<int64_t, std::vector<int64_t>> groups;
    for (const auto& [component, up] : parent) {
      auto& members = groups[root(component)];
      for (members_.bind(component); members_.step();) members.push_back(members_.integer(0));
    }
    for (auto& [component, members] : groups) place(members);
  }

  std::set<int64_t> near(int64_t telling) {
    const Report& report = load(telling).report;
    std::set<int64_t> found;
    const auto search = [&](uint64_t key, int64_t first, int64_t last) {
      for (near_.bind(static_cast<int64_t>(key)).bind(first).bind(last); near_.step();) found.insert(near_.integer(0));
    };
    constexpr int64_t kEver = 1LL << 40;
    const int64_t first = report.days ? report.days->first - kSlack : -kEver;
    const int64_t last = report.days ? report.days->second + kSlack : kEver;
    for (const uint64_t key : keys_of(report)) {
      search(key, first - kNarrow, last);
      search(key ^ kWide, -kEver, std::max<int64_t>(last, 0));  // undated ones lie at day 0
    }
    found.erase(telling);
    return found;
  }

  void place(const std::vector<int64_t>& members) {
    bool lost = false;
    std::vector<Report> reports;
    std::vector<int64_t> before;
    for (const int64_t one : members) {
      const Telling& telling = load(one);
      reports.push_back(telling.report);
      before.push_back(fresh_.contains(one) ? 0 : telling.story);
      if (dirty_.contains(telling.component)) lost = true;
    }
    // What has lost a telling, or the text that stood for one, may fall apart.
    const Joined joined = join_reports(reports, texts_, lost ? std::vector<int64_t>() : before);
    // Stories and components go by the number of their first telling.
    std::map<uint32_t, int64_t> stories, components;
    for (size_t i = 0; i < members.size(); ++i) {
      stories.try_emplace(joined.stories[i], members[i]);
      components.try_emplace(joined.groups[i], members[i]);
    }
    for (size_t i = 0; i < members.size(); ++i) {
      const Telling& telling = load(members[i]);
      const int64_t story = stories[joined.stories[i]], component = components[joined.groups[i]];
      // A story that keeps its tellings is told as it was; new reports of them have touched it.
      if (telling.story != story) touched_.insert({telling.story, story});
      if (telling.story != story || telling.component != component) {
        place_.bind(component).bind(story).bind(members[i]).run();
      }
    }
  }

  Database& database_;
  Query mend_, waiting_, text_, keep_words_, words_, published_, events_, parties_, countries_, locations_, find_mark_,
      first_of_, add_, own_, stand_for_, forget_, add_key_, forget_key_, near_, add_report_, telling_, members_, place_,
      done_;
  StoryWriter stories_;
  StoryCells cells_;
  std::set<int64_t> fresh_;    // tellings to look for likenesses of
  std::set<int64_t> dirty_;    // components that have lost a telling, or one's text
  std::set<int64_t> touched_;  // stories to tell anew
  std::unordered_map<int64_t, Telling> tellings_;
  std::vector<Text> texts_;
  std::unordered_map<int64_t, uint32_t> numbers_;  // of a document: its place in texts_
};

}  // namespace

void unjoin(Database& database, int64_t document) {
  if (database.integer("PRAGMA user_version") < 3) return;
  database
      .query("UPDATE tellings SET document = NULL WHERE telling IN (SELECT telling FROM reports WHERE document = ?)")
      .bind(document)
      .run();
  database.query("DELETE FROM reports WHERE document = ?").bind(document).run();
  database.query("DELETE FROM story_cells WHERE document = ?").bind(document).run();
  database.query("INSERT OR IGNORE INTO unjoined VALUES (?)").bind(document).run();
  unthread(database, document);
  change_histories(database, document);
}

uint64_t unjoined(Database& database) {
  if (database.integer("PRAGMA user_version") < 3) return 0;
  const auto waiting = static_cast<uint64_t>(database.integer("SELECT count(*) FROM unjoined"));
  if (waiting > 0 || database.integer("PRAGMA user_version") < kPartsVersion) return waiting;
  return static_cast<uint64_t>(
      database.integer("SELECT EXISTS (SELECT 1 FROM changed_storylines) OR EXISTS (SELECT 1 FROM changed_histories)"));
}

uint64_t join_documents(Database& database) {
  need_version(database, 3);
  uint64_t joined = 0;
  for (Batch batch(database); batch.run(joined);) {
  }
  Transaction transaction(database);
  thread_documents(database);
  tell_changed_histories(database);
  fold_tallies(database);
  transaction.commit();
  return joined;
}

}  // namespace dragoman::store
