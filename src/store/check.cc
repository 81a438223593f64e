// SPDX-License-Identifier: Apache-2.0
#include "store/check.h"

#include <functional>

#include "base/hash.h"
#include "dragoman/error.h"
#include "dragoman/record.h"
#include "store/event_cells.h"
#include "store/histories.h"
#include "store/lines.h"
#include "store/numbers.h"
#include "store/position_places.h"
#include "store/schema.h"
#include "store/story_cells.h"
#include "store/tallies.h"
#include "store/telling.h"

namespace dragoman::store {
namespace {

// After so many faults of one kind nobody reads on.
constexpr size_t kMost = 20;

class Check {
 public:
  explicit Check(Database& database) : database_(database) {}

  // Each part by itself: a page that one cannot read does not keep the others from being looked at.
  std::vector<std::string> run() {
    part("pages", [this] { pages(); });
    part("links", [this] { links(); });
    part("records", [this] { records(); });
    part("orphans", [this] { orphans(); });
    part("counts", [this] { counts(); });
    part("cells", [this] { cells(); });
    part("storylines", [this] { storylines(); });
    part("stories", [this] { stories(); });
    part("stories of documents", [this] { story_cells(); });
    part("statements", [this] { speakers(); });
    part("positions", [this] { positions(); });
    part("instruments", [this] { instruments(); });
    return std::move(faults_);
  }

 private:
  void part(const std::string& name, const std::function<void()>& todo) {
    in_part_ = 0;
    try {
      todo();
    } catch (const Failure& failure) {
      faults_.push_back("the " + name + " cannot be checked: the store " + failure.error().message);
    }
  }

  void fault(std::string message) {
    if (++in_part_ <= kMost) faults_.push_back(std::move(message));
    if (in_part_ == kMost + 1) faults_.emplace_back("… and more of the same kind");
  }

  void pages() {
    Query query = database_.query("PRAGMA integrity_check(20)");
    while (query.step()) {
      if (query.text(0) != "ok") fault("the file is damaged: " + query.text(0));
    }
  }

  void links() {
    Query query = database_.query("SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2");
    while (query.step()) {
      fault(query.text(2) + " rows of " + query.text(0) + " belong to no row of " + query.text(1));
    }
  }

  void records() {
    Query query = database_.query("SELECT document, id, source, hash, record FROM documents ORDER BY id");
    Query rows = database_.query(
        "SELECT (SELECT count(*) FROM sentences WHERE document = ?1), (SELECT count(*) FROM entities WHERE document = "
        "?1), (SELECT count(*) FROM events WHERE document = ?1), (SELECT count(*) FROM statements WHERE document = "
        "?1), "
        "(SELECT count(*) FROM quantities WHERE document = ?1), (SELECT count(*) FROM instruments WHERE document = "
        "?1), "
        "(SELECT count(*) FROM positions WHERE document = ?1)");
    while (query.step()) {
      const std::string name = query.text(1) + " (" + query.text(2) + ")", json = query.text(4);
      if (base::sha256_hex(json) != query.text(3)) fault("the record of " + name + " is not the one that was put");
      const auto record = record_from_json(json);
      if (!record) {
        fault("the record of " + name + " cannot be read: " + record.error().describe());
        continue;
      }
      if (record->article.id != query.text(1)) fault("the record of " + name + " is that of " + record->article.id);
      compare(rows.bind(query.integer(0)), *record, name);
    }
  }

  void compare(Query& rows, const Record& record, const std::string& name) {
    const std::pair<const char*, size_t> wanted[] = {
        {"sentences", record.sentences.size()},   {"entities", record.entities.size()},
        {"events", record.events.size()},         {"statements", record.statements.size()},
        {"quantities", record.quantities.size()}, {"instruments", record.instruments.size()},
        {"positions", record.positions.size()}};
    rows.step();
    int column = 0;
    for (const auto& [table, count] : wanted) {
      const auto has = static_cast<size_t>(rows.integer(column++));
      if (has == count) continue;
      fault("of the " + std::to_string(count) + ' ' + table + " of " + name + " the table has " + std::to_string(has));
    }
    rows.reset();
  }

  // Words point at sentences by number alone.
  void orphans() {
    const int64_t words = database_.integer("SELECT count(*) FROM sentence_words_docsize");
    const int64_t sentences = database_.integer("SELECT count(*) FROM sentences");
    if (words != sentences) {
      fault("the index of words has " + std::to_string(words) + " sentences, the store " + std::to_string(sentences));
    }
  }

  // Each event has one type, year, month, place and publisher: their counts add up to all. Where the sum of all is
  // wrong, the others are as well.
  void counts() {
    if (database_.integer("PRAGMA user_version") < kTalliesVersion) return;
    const int64_t events = database_.integer("SELECT count(*) FROM events");
    for (size_t level = kLevels.size(); level-- > 0;) {
      const std::string name = kLevels[level].count == 1 ? kLevels[level].keys[0] : "";
      const bool once = name == "month" || name == "year" || name == "place" || name == "publisher";
      if (!once && kLevels[level].count > 0) continue;
      const auto [counted, by_type] = counted_at(level);
      if (counted == events && by_type == events) continue;
      fault("of the " + std::to_string(events) + " events " + std::to_string(counted) + " are counted" +
            (name.empty() ? "" : " by " + name) + ", " + std::to_string(by_type) + " by type");
      return;
    }
  }

  void cells() {
    if (database_.integer("PRAGMA user_version") < kCellsVersion) return;
    CellMaker maker(database_, false);
    Query documents = database_.query(
        "SELECT document, id, source, cells, first_day, last_day, c.publisher FROM documents LEFT JOIN event_cells c "
        "USING (document) ORDER BY id");
    while (documents.step()) {
      const DocumentCells own = maker.cells_of(documents.integer(0));
      if (own.cells.empty() ? documents.is_null(3)
                            : own.cells == documents.bytes(3) && own.first_day == documents.integer(4) &&
                                  own.last_day == documents.integer(5) && own.publisher == documents.text(6)) {
        continue;
      }
      fault("the cells by which events of " + documents.text(1) + " (" + documents.text(2) +
            ") are counted are not theirs");
    }
  }

  // While documents wait to be joined, rows of stories, storylines and instruments may be behind.
  bool all_joined() { return database_.integer("SELECT NOT EXISTS (SELECT 1 FROM unjoined)") != 0; }

  void storylines() {
    if (database_.integer("PRAGMA user_version") < kCellsVersion || !all_joined() ||
        database_.integer("SELECT EXISTS (SELECT 1 FROM changed_storylines)") != 0) {
      return;
    }
    const int64_t strayed = database_.integer(
        "SELECT count(*) FROM stories LEFT JOIN threads USING (document) WHERE stories.storyline IS NOT "
        "threads.storyline");
    if (strayed > 0) fault(std::to_string(strayed) + " stories are in another storyline than their document");
    const int64_t alone = database_.integer(
        "SELECT count(*) FROM document_words w WHERE NOT EXISTS (SELECT 1 FROM threads t WHERE t.document = "
        "w.document)");
    if (alone > 0) fault(std::to_string(alone) + " documents are in no storyline");
    const int64_t days = database_.integer(
        "SELECT count(*) FROM threads JOIN documents USING (document) WHERE day IS NOT substr(published, 1, 10)");
    if (days > 0) fault(std::to_string(days) + " documents stand in storylines on other days than theirs");
    LineMaker maker(database_);
    Query rows = database_.query(
        "SELECT storyline, name, first_day, last_day, coalesce(events_from, 0), coalesce(events_to, 0), n_documents, "
        "n_stories, countries, issues FROM storylines UNION ALL SELECT DISTINCT storyline, 0, '', '', 0, 0, 0, 0, '', "
        "'' "
        "FROM threads WHERE storyline NOT IN (SELECT storyline FROM storylines)");
    while (rows.step()) {
      const LineRow row{rows.integer(1), rows.text(2),    rows.text(3), rows.integer(4), rows.integer(5),
                        rows.integer(6), rows.integer(7), rows.text(8), rows.text(9)};
      if (maker.row_of(rows.integer(0)) == row) continue;
      fault("the row of the storyline that begins with document " + rows.text(0) + " is not what its documents tell");
    }
  }

  void stories() {
    if (database_.integer("PRAGMA user_version") < kPartsVersion || !all_joined()) return;
    StoryWriter writer(database_);
    Query rows = database_.query(
        "SELECT story, id, date, type, status, first_report, last_report, n_reports, n_sources, document, place FROM "
        "stories");
    while (rows.step()) {
      const KeptStory row{rows.text(1), rows.text(2),    rows.text(3),    rows.text(4),    rows.text(5),
                          rows.text(6), rows.integer(7), rows.integer(8), rows.integer(9), rows.text(10)};
      if (writer.kept(rows.integer(0)) == row) continue;
      fault("the row of the story " + row.id + " is not what its reports tell");
    }
  }

  void speakers() {
    if (database_.integer("PRAGMA user_version") < kPartsVersion) return;
    const int64_t strayed = database_.integer(
        "SELECT count(*) FROM statements s WHERE speaker_folded IS NOT (SELECT folded FROM entities n WHERE n.document "
        "= s.document AND n.ordinal = s.speaker)");
    if (strayed > 0) fault(std::to_string(strayed) + " statements are found under other speakers than theirs");
    const int64_t days = database_.integer(
        "SELECT count(*) FROM statements s WHERE day IS NOT coalesce(first_day, (SELECT substr(published, 1, 10) FROM "
        "documents d WHERE d.document = s.document))");
    if (days > 0) fault(std::to_string(days) + " statements stand on other days than theirs");
  }

  void story_cells() {
    if (database_.integer("PRAGMA user_version") < kCellsVersion || !all_joined()) return;
    StoryCells own(database_);
    Query rows = database_.query(
        "SELECT document, id, source, coalesce(stories, x'') FROM documents LEFT JOIN story_cells USING (document) "
        "ORDER "
        "BY id");
    while (rows.step()) {
      if (own.of(rows.integer(0)) == rows.blob(3)) continue;
      fault("the stories kept with " + rows.text(1) + " (" + rows.text(2) + ") are not those of its events");
    }
  }

  void positions() {
    if (database_.integer("PRAGMA user_version") < kPartsVersion) return;
    if (const int64_t strayed = PositionPlaces::strayed(database_); strayed > 0) {
      fault(std::to_string(strayed) + " positions do not stand where their documents put them");
    }
  }

  void instruments() {
    if (database_.integer("PRAGMA user_version") < kPartsVersion || !all_joined() ||
        database_.integer("SELECT EXISTS (SELECT 1 FROM changed_histories)") != 0) {
      return;
    }
    const int64_t alone = database_.integer(
        "SELECT count(*) FROM (SELECT DISTINCT document, instrument FROM instrument_names EXCEPT SELECT document, "
        "instrument FROM history_members m WHERE EXISTS (SELECT 1 FROM histories h WHERE h.history = m.history))");
    if (alone > 0) fault(std::to_string(alone) + " instruments of documents belong to no instrument");
    const int64_t wrong = database_.integer(
        "SELECT count(*) FROM histories h WHERE n_reports <> (SELECT count(DISTINCT document) FROM history_members m "
        "WHERE m.history = h.history)");
    if (wrong > 0) fault(std::to_string(wrong) + " instruments have another number of reports than is told");
    const int64_t steps = database_.integer(
        "SELECT count(*) FROM histories h WHERE n_steps <> (SELECT count(*) FROM (SELECT DISTINCT v.document, v.event "
        "FROM history_members m JOIN event_instruments v ON v.document = m.document AND v.instrument = m.instrument "
        "WHERE m.history = h.history))");
    if (steps > 0) fault(std::to_string(steps) + " instruments have another number of steps than is told");
  }

  /// Events that a level counts, and the sum over the types.
  std::pair<int64_t, int64_t> counted_at(size_t level) {
    int64_t counted = 0, by_type = 0;
    const auto add = [&](std::string_view bytes) {
      TallyCells cells(bytes);
      for (TallyCell cell; cells.next(cell);) {
        if (cell.key == TallyKey{}) counted += cell.events;
        if (cell.key.type != 0 && cell.key.status == 0) by_type += cell.events;
      }
    };
    Query rows = database_.query("SELECT cells FROM tallies WHERE level = " + std::to_string(level));
    while (rows.step()) add(rows.blob(0));
    each_sum(parts_of(database_, level), [&](const TallyRow& row) { add(row.cells); });
    return {counted, by_type};
  }

  Database& database_;
  std::vector<std::string> faults_;
  size_t in_part_ = 0;
};

}  // namespace

std::vector<std::string> faults_of(Database& database) { return Check(database).run(); }

}  // namespace dragoman::store
