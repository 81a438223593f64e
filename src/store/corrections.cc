// SPDX-License-Identifier: Apache-2.0
// Corrections stand beside the record and hold on to the words of the act: a document that is read again by another
// engine keeps its text, so the event at the same words is the same event, whatever its number is then.
#include "store/corrections.h"

#include <ctime>
#include <map>

#include "base/utf8.h"
#include "dragoman/record.h"
#include "store/conditions.h"
#include "store/days.h"
#include "store/fold.h"
#include "store/schema.h"
#include "store/select.h"

namespace dragoman::store {
namespace {

constexpr int64_t kVersion = 3;  // of the store that has the table

std::string now() {
  const std::time_t time = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

/// An event of the record of its document.
struct Place {
  int64_t document = 0, ordinal = 0;
  std::string id, record, type;
  int64_t begin = 0, end = 0;
};

Result<Place> find(Database& database, const std::string& event) {
  const Error none = {ErrorCode::kNotFound, "no event \"" + event + "\" is in the store; ids look like d1a2b3c4#2", ""};
  const size_t mark = event.rfind('#');
  if (mark == std::string::npos) return none;
  const auto document = find_document(database, event.substr(0, mark));
  if (!document) return document.error();
  Query query = database.query(
      "SELECT d.id, d.record, e.ordinal, e.type, e.trigger_begin, e.trigger_end FROM documents d JOIN events e USING "
      "(document) WHERE document = ? AND CAST(e.ordinal AS TEXT) = ?");
  if (!query.bind(*document).bind(event.substr(mark + 1)).step()) return none;
  return Place{*document,     query.integer(2), query.text(0),   query.text(1),
               query.text(3), query.integer(4), query.integer(5)};
}

Record record_of(const std::string& json, const std::string& path) {
  auto record = record_from_json(json);
  if (!record) throw Failure({ErrorCode::kStore, "holds a record that is damaged: " + record.error().describe(), path});
  return std::move(*record);
}

// The event at the words that a correction holds on to; of several that of the same type.
#define DRAGOMAN_AT_WORDS                                                                                              \
  "(SELECT min(e.ordinal) FROM main.events e WHERE e.document = d.document AND e.trigger_begin = c.trigger_begin AND " \
  "e.trigger_end = c.trigger_end"
constexpr const char* kOrdinal = "coalesce(" DRAGOMAN_AT_WORDS " AND e.type = c.type), " DRAGOMAN_AT_WORDS "))";
#undef DRAGOMAN_AT_WORDS

Correction correction_at(const Query& row, int first) {
  auto correction = correction_from_json("{\"changes\":" + row.text(first + 1) + "}");
  Correction out = correction ? std::move(*correction) : Correction();
  out.action = row.text(first);
  out.author = row.text(first + 2);
  out.note = row.text(first + 3);
  out.time = row.text(first + 4);
  return out;
}

std::string changes_of(const Correction& correction) {
  const std::string json = to_json(correction);
  const size_t begin = json.find("\"changes\":") + 10;
  return json.substr(begin, json.find("},\"author\"") + 1 - begin);
}

// Columns of version 1 that a correction leaves alone stand as they are, so that their indexes serve.
constexpr const char* kOverlay = R"sql(
CREATE TEMP TABLE corrected (
  document INTEGER NOT NULL, ordinal INTEGER NOT NULL, rejected INTEGER NOT NULL, type TEXT, status TEXT,
  dated INTEGER NOT NULL, date TEXT, date_precision TEXT, first_day TEXT, last_day TEXT,
  PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TEMP TABLE corrected_roles (
  document INTEGER NOT NULL, event INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (document, event, role)
) WITHOUT ROWID;
CREATE TEMP TABLE corrected_participants AS SELECT * FROM main.participants WHERE 0;
CREATE TEMP TABLE corrected_entities AS SELECT * FROM main.entities WHERE 0;
CREATE TEMP VIEW events AS SELECT
  e.document, e.ordinal, coalesce(c.type, e.type) AS type,
  CASE WHEN c.type IS NULL THEN e.modes END AS modes, CASE WHEN c.type IS NULL THEN e.contexts END AS contexts,
  CASE WHEN c.type IS NULL THEN e.cameo END AS cameo, CASE WHEN c.type IS NULL THEN e.quad END AS quad,
  CASE WHEN c.type IS NULL THEN e.score ELSE 0 END AS score,
  coalesce(c.status, e.status) AS status, e.historical,
  CASE WHEN c.dated THEN c.date ELSE e.date END AS date,
  CASE WHEN c.dated THEN c.date_precision ELSE e.date_precision END AS date_precision,
  CASE WHEN c.dated THEN 'correction' ELSE e.date_basis END AS date_basis,
  CASE WHEN c.dated THEN c.first_day ELSE e.first_day END AS first_day,
  CASE WHEN c.dated THEN c.last_day ELSE e.last_day END AS last_day,
  e.theme, e.about, e.trigger, e.trigger_begin, e.trigger_end, e.sentence, e.rule, e.confidence
  FROM main.events e LEFT JOIN temp.corrected c ON c.document = e.document AND c.ordinal = e.ordinal
  WHERE c.rejected IS NOT 1;
CREATE TEMP VIEW participants AS
  SELECT * FROM main.participants p WHERE NOT EXISTS (
    SELECT 1 FROM temp.corrected_roles r WHERE r.document = p.document AND r.event = p.event AND r.role = p.role)
  UNION ALL SELECT * FROM temp.corrected_participants;
CREATE TEMP VIEW entities AS
  SELECT * FROM main.entities UNION ALL SELECT * FROM temp.corrected_entities;
)sql";

constexpr const char* kNoOverlay = R"sql(
DROP VIEW IF EXISTS temp.entities;
DROP VIEW IF EXISTS temp.participants;
DROP VIEW IF EXISTS temp.events;
DROP TABLE IF EXISTS temp.corrected_entities;
DROP TABLE IF EXISTS temp.corrected_participants;
DROP TABLE IF EXISTS temp.corrected_roles;
DROP TABLE IF EXISTS temp.corrected;
)sql";

/// Fills the tables behind the views.
class Overlay {
 public:
  explicit Overlay(Database& database)
      : database_(database),
        event_(database.query("INSERT OR REPLACE INTO temp.corrected VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        role_(database.query("INSERT INTO temp.corrected_roles VALUES (?, ?, ?)")),
        participant_(database.query("INSERT INTO temp.corrected_participants (document, event, role, ordinal, entity, "
                                    "country, sectors, begin, end, "
                                    "text, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        entity_(database.query("INSERT INTO temp.corrected_entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {}

  /// The last correction of each event that is still there.
  void fill() {
    struct Last {
      Correction correction;
      std::string record;
    };
    std::map<std::pair<int64_t, int64_t>, Last> last;
    Query all = database_.query(std::string("SELECT d.document, ") + kOrdinal +
                                ", c.action, c.changes, c.author, c.note, c.time, d.record FROM corrections c JOIN "
                                "documents d ON d.id = c.document ORDER BY c.correction");
    while (all.step()) {
      if (all.integer(1) == 0) continue;
      last[{all.integer(0), all.integer(1)}] = {correction_at(all, 2), all.text(7)};
    }
    for (const auto& [event, one] : last) add(event.first, event.second, one.correction, one.record);
  }

 private:
  void add(int64_t document, int64_t ordinal, const Correction& correction, const std::string& json) {
    numbers_.clear();
    const auto changed = [&](const char* field) { return correction.changes.count(field) > 0; };
    const auto value = [&](const char* field) { return changed(field) ? correction.changes.at(field) : ""; };
    const std::string date = value("date") == "-" ? "" : value("date");
    const auto days = days_of(date);
    event_.bind(document).bind(ordinal).bind(correction.action == "reject");
    event_.bind_known(value("event_type")).bind_known(value("status")).bind(changed("date")).bind_known(date);
    event_.bind_known(date.empty() ? "" : date.size() == 10 ? "day" : date.size() == 7 ? "month" : "year");
    (days ? event_.bind(days->first).bind(days->second) : event_.bind_null().bind_null()).run();
    if (!changed("actor") && !changed("recipient")) return;
    Record record = record_of(json, database_.path());
    const size_t known = record.entities.size();
    if (apply(correction, record, static_cast<size_t>(ordinal) - 1)) return;  // of words that a new text has no more
    for (size_t i = known; i < record.entities.size(); ++i) entity(document, record.entities[i], i);
    const Event& event = record.events[static_cast<size_t>(ordinal) - 1];
    if (changed("actor")) participants(record, document, ordinal, "actor", event.actors);
    if (changed("recipient")) participants(record, document, ordinal, "recipient", event.recipients);
  }

  // New entities of several corrections of one document have numbers of their own.
  void entity(int64_t document, const Entity& entity, size_t index) {
    const int64_t number = static_cast<int64_t>(index) + 1 + kApart * ++corrections_;
    numbers_[index] = number;
    entity_.bind(document).bind(number).bind(entity.name).bind(folded(entity.name)).bind(to_string(entity.kind));
    entity_.bind_null().bind_null().bind_null().bind_null().run();
  }

  void participants(const Record& record, int64_t document, int64_t event, const char* role,
                    const std::vector<Participant>& all) {
    role_.bind(document).bind(event).bind(role).run();
    const base::CodePoints points(record.article.text);
    for (size_t i = 0; i < all.size(); ++i) {
      const auto number = numbers_.find(all[i].entity);
      participant_.bind(document).bind(event).bind(role).bind(static_cast<int64_t>(i) + 1);
      participant_.bind(number == numbers_.end() ? static_cast<int64_t>(all[i].entity) + 1 : number->second);
      participant_.bind_known(all[i].country).bind_known(base::join(all[i].sectors, "; "));
      const Span span = all[i].span;
      participant_.bind(points.of_byte(span.begin)).bind(points.of_byte(span.end));
      participant_.bind(span.of(record.article.text)).bind(1.0).run();
    }
  }

  static constexpr int64_t kApart = 1'000'000;  // more than a document has entities

  Database& database_;
  Query event_, role_, participant_, entity_;
  int64_t corrections_ = 0;
  std::map<size_t, int64_t> numbers_;  // of the entities that the last correction made
};

}  // namespace

Result<Correction> add_correction(Database& database, const Correction& correction) {
  if (auto fault = fault_of(correction)) return *fault;
  need_version(database, kVersion);
  Transaction transaction(database);
  const auto place = find(database, correction.event_id);
  if (!place) return place.error();
  Record record = record_of(place->record, database.path());
  if (auto fault = apply(correction, record, static_cast<size_t>(place->ordinal) - 1)) return *fault;
  Correction out = correction;
  out.event_id = place->id + '#' + std::to_string(place->ordinal);
  if (out.time.empty()) out.time = now();
  Query insert = database.query(
      "INSERT INTO corrections (document, trigger_begin, trigger_end, type, action, changes, author, note, time) "
      "VALUES "
      "(?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(place->id).bind(place->begin).bind(place->end).bind(place->type).bind(out.action);
  insert.bind(changes_of(out)).bind(out.author).bind(out.note).bind(out.time).run();
  transaction.commit();
  return out;
}

void select_corrections(Database& database, const CorrectionQuery& query,
                        const std::function<void(const Correction&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, kVersion);
  Conditions conditions;
  conditions.equal("x.event_id", query.event);
  conditions.equal("x.author", query.author);
  conditions.equal("x.action", query.action);
  if (!query.document.empty()) conditions.add("x.id = ? OR x.source = ?", {query.document, query.document});
  Query listing = database.query(
      std::string(
          "SELECT * FROM (SELECT c.action, c.changes, c.author, c.note, c.time, c.document || coalesce('#' || ") +
      kOrdinal +
      ", '') AS event_id, c.document AS id, d.source, c.correction FROM corrections c LEFT JOIN documents d ON d.id = "
      "c.document) x" +
      conditions.sql() + " ORDER BY x.correction" + (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : ""));
  conditions.bind(listing);
  while (listing.step()) {
    Correction one = correction_at(listing, 0);
    one.event_id = listing.text(5);
    row(one);
  }
}

bool are_corrected(Database& database, bool wanted) {
  return wanted && database.integer("SELECT EXISTS (SELECT 1 FROM corrections)") != 0;
}

Corrected::Corrected(Database& database, bool wanted) {
  if (!wanted) return;
  need_version(database, kVersion);
  if (!are_corrected(database, wanted)) return;
  database_ = &database;
  database.run("PRAGMA temp_store = MEMORY");
  database.run(kNoOverlay);
  database.run(kOverlay);
  Overlay(database).fill();
}

Corrected::~Corrected() {
  if (database_ == nullptr) return;
  try {
    database_->run(kNoOverlay);
  } catch (const Failure&) {  // the connection is broken, and its views with it
  }
}

}  // namespace dragoman::store
