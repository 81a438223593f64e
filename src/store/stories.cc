// SPDX-License-Identifier: Apache-2.0
// Stories: read what the joining needs of each event, join, tell each group as one act.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/civil.h"
#include "base/hash.h"
#include "store/conditions.h"
#include "store/join.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/select.h"
#include "store/sketch.h"

namespace dragoman {

std::optional<Error> fault_of(const StoryQuery& query) { return fault_of(query.events); }

namespace store {
namespace {

// Copies of a wire text share most runs of five words even where each paper cut it.
constexpr double kCopy = 0.5;
// An act without a date is told within a week before its article.
constexpr int kUndatedDays = 7;

struct Text {
  std::string id, source, publisher, published;
  Sketch sketch;
};

/// An event with the days and codes that a story tells of it.
struct Telling {
  EventRow row;
  std::string published, first_day, according_to;
  std::vector<std::pair<std::string, std::string>> numbers;  // field, value
};

std::optional<int> day_number(const std::string& iso) {
  const auto day = base::parse_civil_day(iso);
  if (!day) return std::nullopt;
  return static_cast<int>(day->time_since_epoch().count());
}

/// The same value first and the one of the surest event among those that most tell.
std::string most_told(const std::vector<const Telling*>& tellings,
                      const std::function<std::string(const Telling&)>& of) {
  std::map<std::string, std::pair<size_t, double>> count;
  for (const Telling* one : tellings) {
    auto& [number, sure] = count[of(*one)];
    ++number;
    sure = std::max(sure, one->row.confidence);
  }
  if (count.size() > 1) count.erase("");
  return std::max_element(count.begin(), count.end(),
                          [](const auto& a, const auto& b) {
                            return a.second != b.second ? a.second < b.second : a.first > b.first;
                          })
      ->first;
}

class Loader {
 public:
  explicit Loader(Database& database) : database_(database) {}

  void load() {
    texts();
    database_events();
    for (auto* query : {"actor", "recipient"}) parties(query);
    places();
    quantities();
  }

  std::vector<Text> texts_;
  std::vector<Words> words_;
  std::vector<Report> reports_;
  std::vector<Telling> tellings_;

 private:
  // Twice over the texts: what a word weighs is known when all were seen.
  void texts() {
    WordWeights weights;
    constexpr const char* kTexts =
        "SELECT d.document, d.id, d.source, d.publisher, substr(d.published, 1, 10), k.sketch, (SELECT "
        "group_concat(text, "
        "' ') FROM sentences s WHERE s.document = d.document) FROM documents d LEFT JOIN sketches k USING (document)";
    Query all = database_.query(kTexts);
    while (all.step()) weights.add(all.text(6));
    while (all.step()) {
      number_[all.integer(0)] = static_cast<uint32_t>(texts_.size());
      texts_.push_back({all.text(1), all.text(2), all.text(3), all.text(4), sketch_from_hex(all.text(5))});
      words_.push_back(weights.words_of(all.text(6)));
    }
    weights_ = std::move(weights);
  }

  void database_events() {
    Query keys = database_.query(
        "SELECT document, first_day, last_day, negated FROM (SELECT e.document, d.id, e.ordinal, "
        "e.first_day, e.last_day, e.status = 'negated' AS negated FROM events e JOIN documents d "
        "USING (document)) ORDER BY first_day IS NULL, first_day, id, ordinal");
    // In the order of the listing, so that the two go side by side.
    select_events(database_, {}, [&](const EventRow& row) {
      keys.step();
      Report report;
      report.id = row.id;
      report.document = number_.at(keys.integer(0));
      report.type = row.type;
      report.negated = keys.integer(3) != 0;
      report.stem = stem_of(row.trigger);
      report.sentence = weights_.words_of(row.sentence);
      report.days = days(keys.text(1), keys.text(2), texts_[report.document].published);
      Telling telling;
      telling.row = row;
      telling.first_day = keys.text(1);
      telling.published = texts_[report.document].published;
      telling.according_to = row.attribution;
      if (telling.according_to.empty()) {
        const Text& text = texts_[report.document];
        telling.according_to = text.publisher.empty() ? text.source : text.publisher;
      }
      index_[row.id] = reports_.size();
      reports_.push_back(std::move(report));
      tellings_.push_back(std::move(telling));
    });
  }

  static std::optional<std::pair<int, int>> days(const std::string& first, const std::string& last,
                                                 const std::string& published) {
    const auto from = day_number(first), to = day_number(last), told = day_number(published);
    if (from && to) return std::pair(*from, *to);
    if (told) return std::pair(*told - kUndatedDays, *told);
    return std::nullopt;
  }

  /// The event that a row with document id and ordinal in its first two columns belongs to.
  size_t event_of(const Query& query) const { return index_.at(query.text(0) + '#' + query.text(1)); }

  // Known by the knowledge's id, by country (China and its minister act as one), or by name where it has neither.
  void parties(const std::string& role) {
    Query query = database_.query(
        "SELECT d.id, p.event, n.kb, p.country, n.folded FROM participants p JOIN documents d USING (document) JOIN "
        "entities n ON n.document = p.document AND n.ordinal = p.entity WHERE p.role = ?");
    query.bind(role);
    while (query.step()) {
      Report& report = reports_[event_of(query)];
      auto& keys = role == "actor" ? report.actors : report.recipients;
      const std::string kb = query.text(2), country = query.text(3);
      if (!kb.empty()) keys.push_back(key_of("kb " + kb));
      if (!country.empty()) keys.push_back(key_of("country " + country));
      if (kb.empty() && country.empty()) keys.push_back(key_of("name" + query.text(4)));
    }
  }

  void places() {
    Query query =
        database_.query("SELECT d.id, l.event, l.geonames, l.name FROM locations l JOIN documents d USING (document)");
    while (query.step()) {
      auto& keys = reports_[event_of(query)].places;
      if (query.integer(2) != 0) keys.push_back(key_of("geonames " + query.text(2)));
      keys.push_back(key_of("name " + query.text(3)));
    }
  }

  void quantities() {
    Query query = database_.query(
        "SELECT d.id, v.event, q.kind, CASE WHEN q.value IS NOT NULL THEN printf('%.15g', q.value) WHEN q.low IS NOT "
        "NULL "
        "THEN printf('%.15g', q.low) || '-' || printf('%.15g', q.high) ELSE q.text END, q.unit FROM event_quantities v "
        "JOIN documents d USING (document) JOIN quantities q ON q.document = v.document AND q.ordinal = v.quantity");
    while (query.step()) {
      const std::string unit = query.text(2) == "money" ? query.text(4) : "";
      tellings_[event_of(query)].numbers.emplace_back(query.text(2),
                                                      unit.empty() ? query.text(3) : query.text(3) + ' ' + unit);
    }
  }

  Database& database_;
  WordWeights weights_;
  std::unordered_map<int64_t, uint32_t> number_;   // of a document
  std::unordered_map<std::string, size_t> index_;  // of an event
};

/// Tells a group of events as one story.
class Teller {
 public:
  explicit Teller(const Loader& loaded) : loaded_(loaded) {}

  static std::string id_of(const std::string& event) { return std::string("s").append(base::sha256_hex(event), 0, 12); }

  Story story(std::vector<size_t> members) const {
    std::sort(members.begin(), members.end(), [&](size_t a, size_t b) { return order(a) < order(b); });
    std::vector<const Telling*> tellings;
    for (const size_t one : members) tellings.push_back(&loaded_.tellings_[one]);
    Story story;
    story.id = id_of(tellings.front()->row.id);
    for (const Telling* one : tellings) story.events.push_back(one->row.id);
    lead(story, tellings);
    story.n_reports = documents(members).size();
    story.n_sources = sources(documents(members));
    for (const Telling* one : tellings) {
      if (one->published.empty()) continue;
      if (story.first_report.empty() || one->published < story.first_report) story.first_report = one->published;
      if (one->published > story.last_report) story.last_report = one->published;
    }
    values(story, tellings);
    return story;
  }

 private:
  std::tuple<bool, std::string, std::string> order(size_t one) const {
    const Telling& telling = loaded_.tellings_[one];
    return {telling.published.empty(), telling.published, telling.row.id};
  }

  static void lead(Story& story, const std::vector<const Telling*>& tellings) {
    const EventRow& surest =
        (*std::max_element(tellings.begin(), tellings.end(), [](const Telling* a, const Telling* b) {
          return a->row.confidence != b->row.confidence ? a->row.confidence < b->row.confidence : a->row.id > b->row.id;
        }))->row;
    story.type = surest.type;
    story.sentence = surest.sentence;
    story.trigger = surest.trigger;
    story.date = most_told(tellings, [](const Telling& one) { return one.row.date; });
    story.status = most_told(tellings, [](const Telling& one) { return one.row.status; });
    story.place = most_told(tellings, [](const Telling& one) { return one.row.place; });
    // Names and countries go together: those of the surest report that has the names most told.
    story.actors = most_told(tellings, [](const Telling& one) { return one.row.actors; });
    story.recipients = most_told(tellings, [](const Telling& one) { return one.row.recipients; });
    for (const Telling* one : tellings) {
      if (one->row.actors == story.actors) story.actor_countries = one->row.actor_countries;
      if (one->row.recipients == story.recipients) story.recipient_countries = one->row.recipient_countries;
    }
  }

  std::vector<uint32_t> documents(const std::vector<size_t>& members) const {
    std::set<uint32_t> all;
    for (const size_t one : members) all.insert(loaded_.reports_[one].document);
    return {all.begin(), all.end()};
  }

  bool one_source(const Text& a, const Text& b) const {
    return (!a.publisher.empty() && a.publisher == b.publisher) || resemblance(a.sketch, b.sketch) >= kCopy;
  }

  uint64_t sources(const std::vector<uint32_t>& documents) const {
    std::vector<size_t> group(documents.size());
    for (size_t i = 0; i < group.size(); ++i) group[i] = i;
    for (size_t i = 0; i < group.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        if (group[i] == group[k] || !one_source(loaded_.texts_[documents[i]], loaded_.texts_[documents[k]])) continue;
        std::replace(group.begin(), group.end(), size_t{group[i]}, size_t{group[k]});
      }
    }
    return std::set<size_t>(group.begin(), group.end()).size();
  }

  static void values(Story& story, const std::vector<const Telling*>& tellings) {
    std::map<std::string, std::map<std::string, std::vector<const Telling*>>> fields;
    for (const Telling* one : tellings) {
      const EventRow& row = one->row;
      for (const auto& [field, value] :
           {std::pair("date", row.date), std::pair("status", row.status), std::pair("actor", row.actors),
            std::pair("recipient", row.recipients), std::pair("place", row.place)}) {
        if (!value.empty()) fields[field][value].push_back(one);
      }
      for (const auto& [field, value] : one->numbers) fields[field][value].push_back(one);
    }
    static const std::set<std::string> conflicts_only = {"date", "status", "actor", "recipient", "place"};
    for (const auto& [field, told] : fields) {
      if (told.size() < 2 && conflicts_only.contains(field)) continue;
      for (const auto& [value, who] : told) story.values.push_back(value_of(field, value, who));
    }
  }

  static StoryValue value_of(const std::string& field, const std::string& value,
                             const std::vector<const Telling*>& who) {
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

  const Loader& loaded_;
};

bool asked_for(const Story& story, const StoryQuery& query, const std::set<std::string>& events) {
  if (story.n_reports < query.min_reports || story.n_sources < query.min_sources) return false;
  const auto any = [&](const auto& test) { return std::any_of(story.events.begin(), story.events.end(), test); };
  // An id that the story had when another report was its first is that of one of its events.
  if (!query.story.empty() && !any([&](const std::string& id) { return Teller::id_of(id) == query.story; }))
    return false;
  return any([&](const std::string& id) { return events.contains(id); });
}

}  // namespace

void select_stories(Database& database, const StoryQuery& query, const std::function<void(const Story&)>& story) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 2);
  EventQuery filter = query.events;
  filter.limit = 0;
  filter.after.clear();
  std::set<std::string> events;
  select_events(database, filter, [&](const EventRow& row) { events.insert(row.id); });
  Loader loaded(database);
  loaded.load();
  const auto labels = join_reports(loaded.reports_, loaded.words_);
  std::map<uint32_t, std::vector<size_t>> groups;
  for (size_t i = 0; i < labels.size(); ++i) groups[labels[i]].push_back(i);
  const Teller teller(loaded);
  std::vector<Story> all;
  for (const auto& [label, members] : groups) {
    Story one = teller.story(members);
    if (asked_for(one, query, events)) all.push_back(std::move(one));
  }
  std::sort(all.begin(), all.end(), [](const Story& a, const Story& b) {
    return std::tuple(a.date.empty(), a.date, a.id) < std::tuple(b.date.empty(), b.date, b.id);
  });
  if (query.limit > 0 && all.size() > query.limit) all.resize(query.limit);
  for (const Story& one : all) story(one);
}

}  // namespace store
}  // namespace dragoman
