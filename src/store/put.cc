// SPDX-License-Identifier: Apache-2.0
#include "store/put.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/rounded.h"
#include "store/days.h"
#include "store/fold.h"
#include "store/given_rows.h"
#include "store/instrument_names.h"
#include "store/joining.h"
#include "store/links.h"
#include "store/position_places.h"
#include "store/tally_cells.h"

namespace dragoman::store {

struct Writer::Statements {
  explicit Statements(Database& db)
      : known(db.query("SELECT document, hash, record FROM documents WHERE id = ?")),
        remove(db.query("DELETE FROM documents WHERE document = ?")),
        run(db.query("SELECT run FROM runs WHERE engine = ? AND model = ? AND knowledge = ? AND ontology = ?")),
        add_run(db.query("INSERT INTO runs (engine, model, knowledge, ontology) VALUES (?, ?, ?, ?)")),
        document(db.query(
            "INSERT INTO documents (id, source, url, title, publisher, published, language, run, hash, record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        failure(db.query("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)")),
        read_after_all(db.query("DELETE FROM failures WHERE source = ?")),
        unjoined(db.query("INSERT INTO unjoined VALUES (?)")),
        entity(db, "INSERT OR FAIL INTO entities", 9),
        event(db, "INSERT OR FAIL INTO events", 24),
        participant(db, "INSERT OR FAIL INTO participants", 12),
        location(db, "INSERT OR FAIL INTO locations", 11),
        attribution(db, "INSERT OR FAIL INTO attributions", 6),
        statement(db, "INSERT OR FAIL INTO statements", 18),
        quantity(db, "INSERT OR FAIL INTO quantities", 13),
        instrument(db, "INSERT OR FAIL INTO instruments", 5),
        position(db, "INSERT OR FAIL INTO positions (document, ordinal, holder, issue, object, stance)", 6),
        links(db),
        names(db),
        places(db) {}

  /// What belongs to a row behind it.
  void write() {
    for (Batch* batch : batches()) batch->write();
    links.write();
    names.write();
    for (const int64_t number : to_place) places.fill(number);
    to_place.clear();
  }
  void forget() {
    for (Batch* batch : batches()) batch->forget();
    links.forget();
    names.forget();
    to_place.clear();
  }

  Query known, remove, run, add_run, document, failure, read_after_all, unjoined;
  Batch entity, event, participant, location, attribution, statement, quantity, instrument, position;
  Links links;
  InstrumentNames names;
  PositionPlaces places;
  std::vector<int64_t> to_place;  // documents whose positions have none yet

 private:
  std::array<Batch*, 9> batches() {
    return {&entity, &event, &participant, &location, &attribution, &statement, &quantity, &instrument, &position};
  }
};

namespace {

/// Puts the parts of one record into their tables.
template <class Statements>
class Inserter {
 public:
  Inserter(Statements& statements, Sentences& sentences, Parties& parties, SpotRows& spots, const Record& record,
           int64_t document)
      : to_(statements),
        sentences_(sentences),
        parties_(parties),
        spots_(spots),
        record_(record),
        text_(record.article.text),
        points_(text_),
        document_(document) {}

  void insert() {
    each(record_.sentences, [&](Span sentence, int64_t ordinal) {
      sentences_.add(document_, ordinal, points_.of_byte(sentence.begin), points_.of_byte(sentence.end),
                     sentence.of(text_));
    });
    first_sentence_ = sentences_.write_rows();
    each(record_.entities, [&](const Entity& one, int64_t ordinal) { entity(one, ordinal); });
    each(record_.events, [&](const Event& one, int64_t ordinal) { event(one, ordinal); });
    each(record_.statements, [&](const Statement& one, int64_t ordinal) { statement(one, ordinal); });
    each(record_.quantities, [&](const Quantity& one, int64_t ordinal) { quantity(one, ordinal); });
    each(record_.instruments, [&](const Instrument& one, int64_t ordinal) {
      begin(to_.instrument, ordinal).bind(to_string(one.kind)).bind(one.name).bind(number(one.owner)).run();
    });
    each(record_.positions, [&](const Position& one, int64_t ordinal) {
      begin(to_.position, ordinal)
          .bind(number(one.holder))
          .bind(one.issue)
          .bind(number(one.object))
          .bind(to_string(one.stance))
          .run();
    });
  }

  /// Of the events, for the table `event_cells`.
  DocumentCells cells() const {
    DocumentCells cells = cells_.cells();
    cells.publisher = record_.article.publisher;
    return cells;
  }

 private:
  template <class T, class Insert>
  static void each(const std::vector<T>& values, const Insert& one) {
    for (size_t i = 0; i < values.size(); ++i) one(values[i], static_cast<int64_t>(i) + 1);
  }

  static int64_t number(uint32_t index) { return static_cast<int64_t>(index) + 1; }
  static std::optional<int64_t> number(std::optional<uint32_t> index) {
    if (!index) return std::nullopt;
    return number(*index);
  }

  Batch& begin(Batch& batch, int64_t ordinal) { return batch.bind(document_).bind(ordinal); }
  Batch& span(Batch& batch, Span span) {
    return batch.bind(points_.of_byte(span.begin)).bind(points_.of_byte(span.end));
  }
  Batch& words(Batch& batch, Span where) { return span(batch, where).bind(where.of(text_)); }
  Batch& words(Batch& batch, const std::optional<Span>& where) {
    return where ? batch.bind(where->of(text_)) : batch.bind_null();
  }
  static Batch& list(Batch& batch, const std::vector<std::string>& values) {
    return batch.bind_known(base::join(values, "; "));
  }

  void entity(const Entity& entity, int64_t ordinal) {
    begin(to_.entity, ordinal).bind(entity.name).bind(folded(entity.name)).bind(to_string(entity.kind));
    to_.entity.bind_known(entity.kb).bind_known(entity.country);
    list(to_.entity, entity.sectors).bind_known(entity.role).run();
  }

  void date(const std::optional<Date>& date, const std::optional<std::pair<std::string, std::string>>& days) {
    if (!date) {
      to_.event.bind_null().bind_null().bind_null();
    } else {
      to_.event.bind(date->value).bind(to_string(date->precision)).bind_known(date->basis);
    }
    days ? to_.event.bind(days->first).bind(days->second) : to_.event.bind_null().bind_null();
  }

  void event(const Event& event, int64_t ordinal) {
    const int64_t row = first_sentence_ + static_cast<int64_t>(event.sentence);
    EventCell cell;
    begin(to_.event, ordinal).bind(to_string(event.type));
    list(to_.event, event.modes);
    list(to_.event, event.contexts).bind_known(event.cameo).bind_known(event.quad).bind(rounded(event.score));
    to_.event.bind(to_string(event.status)).bind(event.historical);
    const auto days = event.date ? days_of(event.date->value) : std::nullopt;
    date(event.date, days);
    words(to_.event, event.theme).bind(number(event.about)).bind(event.trigger.of(text_));
    span(to_.event, event.trigger)
        .bind(number(event.sentence))
        .bind_known(event.rule)
        .bind(rounded(event.confidence))
        .bind(row)
        .run();
    each(event.actors,
         [&](const Participant& one, int64_t place) { participant(one, ordinal, "actor", place, cell.actors); });
    each(event.recipients, [&](const Participant& one, int64_t place) {
      participant(one, ordinal, "recipient", place, cell.recipients);
    });
    each(event.locations, [&](const Location& one, int64_t place) { location(one, ordinal, place); });
    each(event.attribution, [&](const Source& one, int64_t place) {
      begin(to_.attribution, ordinal).bind(place).bind(number(one.entity)).bind(to_string(one.kind));
      words(to_.attribution, one.cue).run();
    });
    cell.sentence_row = row;
    cell.type = number_of_type(to_string(event.type));
    cell.status = number_of_status(to_string(event.status));
    cell.quad = number_of_quad(event.quad);
    cell.historical = event.historical;
    cell.score = whole(rounded(event.score));
    cell.confidence = whole(rounded(event.confidence));
    if (days) {
      cell.first_day = day_number(days->first);
      cell.last_day = day_number(days->second);
    }
    cell.spots = spots_.of(event.locations);
    cell.modes = base::join(event.modes, "; ");
    cells_.add(cell);
  }

  void participant(const Participant& participant, int64_t event, const char* role, int64_t place,
                   std::vector<int64_t>& parties) {
    begin(to_.participant, event)
        .bind(role)
        .bind(place)
        .bind(number(participant.entity))
        .bind_known(participant.country);
    list(to_.participant, participant.sectors);
    words(to_.participant, participant.span).bind(rounded(participant.score));
    parties.push_back(parties_.of(record_.entities.at(participant.entity).name, participant.country));
    to_.participant.bind(parties.back()).run();
  }

  void location(const Location& location, int64_t event, int64_t place) {
    begin(to_.location, event).bind(place).bind(location.name).bind_known(location.country).bind(location.geonames);
    to_.location.bind(location.lat).bind(location.lon).bind_known(location.precision);
    span(to_.location, location.span).run();
  }

  void statement(const Statement& statement, int64_t ordinal) {
    Batch& to = to_.statement;
    begin(to, ordinal).bind(to_string(statement.kind));
    if (statement.speaker) {
      to.bind(number(statement.speaker->entity)).bind_known(statement.speaker->country);
      list(to, statement.speaker->sectors);
    } else {
      to.bind_null().bind_null().bind_null();
    }
    words(to.bind_known(statement.act), statement.cue).bind(statement.content.of(text_));
    span(to, statement.content).bind_known(statement.date ? statement.date->value : "");
    to.bind(number(statement.sentence)).bind(rounded(statement.confidence));
    const auto days = statement.date ? days_of(statement.date->value) : std::nullopt;
    days ? to.bind(days->first).bind(days->second) : to.bind_null().bind_null();
    const std::string published = record_.article.published ? record_.article.published->value.substr(0, 10) : "";
    to.bind_known(days ? days->first : published);
    to.bind_known(statement.speaker ? folded(record_.entities.at(statement.speaker->entity).name) : "").run();
  }

  void quantity(const Quantity& quantity, int64_t ordinal) {
    Batch& to = to_.quantity;
    begin(to, ordinal).bind(to_string(quantity.kind)).bind(quantity.value);
    quantity.range ? to.bind(quantity.range->first).bind(quantity.range->second) : to.bind_null().bind_null();
    to.bind_known(quantity.unit).bind(quantity.votes_for).bind(quantity.votes_against).bind(quantity.votes_abstaining);
    words(to, quantity.span).run();
  }

  Statements& to_;
  Sentences& sentences_;
  Parties& parties_;
  SpotRows& spots_;
  const Record& record_;
  std::string_view text_;
  base::CodePoints points_;
  int64_t document_;
  int64_t first_sentence_ = 0;
  CellWriter cells_;
};

// Events whose rows are in memory before they are written: those of one table after the other, so that what the
// processor holds near of a table and its indexes is used for the rows of many documents.
constexpr size_t kMostWaiting = 8192;

/// Thrown where a document that was new a moment ago has been put by another program.
struct Replaced {};

Failure at_document(Error error, const Record& record, size_t together) {
  error.message += "; this came at " + record.article.source;
  if (together > 1) {
    error.message += ", and none of the " + std::to_string(together) + " documents that were put with it is kept";
  }
  return Failure(std::move(error));
}

}  // namespace

Sentences::Sentences(Database& database)
    : database_(database),
      rows_(database, "INSERT OR FAIL INTO sentences (document, ordinal, begin, end, text)", 5),
      words_(database.query("INSERT INTO sentence_words (rowid, text) VALUES (?, ?)")) {}

void Sentences::add(int64_t document, int64_t ordinal, int64_t begin, int64_t end, std::string_view text) {
  rows_.bind(document).bind(ordinal).bind(begin).bind(end).bind(text).run();
  waiting_.emplace_back(0, text);
}

int64_t Sentences::write_rows() {
  const size_t count = rows_.count();
  rows_.write();
  const int64_t behind = database_.last_row() + 1;
  for (size_t i = 1; i <= count; ++i) waiting_[waiting_.size() - i].first = behind - static_cast<int64_t>(i);
  return behind - static_cast<int64_t>(count);
}

void Sentences::write_words() {
  for (const auto& [sentence, text] : waiting_) words_.bind(sentence).bind(text).run();
  waiting_.clear();
}

void Sentences::forget() {
  rows_.forget();
  waiting_.clear();
}

Writer::Writer(Database& database)
    : database_(database),
      duplicates_(database),
      statements_(std::make_unique<Statements>(database)),
      sentences_(database),
      parties_(database),
      tallies_(database),
      spans_(database),
      cells_(database, true),
      spot_rows_(database, true) {}
Writer::~Writer() = default;

std::vector<Put> Writer::put(std::span<const Record> records, bool keep_dropped) {
  link_rows(records);
  try {
    return put_all(records, keep_dropped);
  } catch (const Replaced&) {
    linked_ = true;
    database_.run("PRAGMA foreign_keys = ON");
    parties_.forget();
    spot_rows_.forget();
    return put_all(records, keep_dropped);
  } catch (...) {
    parties_.forget();
    spot_rows_.forget();
    throw;
  }
}

// New rows need no looking up of what they belong to: it was written just before. Only where a document is replaced do
// the old rows have to go with it. Cannot be set within a transaction.
void Writer::link_rows(std::span<const Record> records) {
  const bool replaces = std::any_of(records.begin(), records.end(), [&](const Record& record) {
    const bool there = statements_->known.bind(record.article.id).step();
    statements_->known.reset();
    return there;
  });
  if (replaces == linked_) return;
  linked_ = replaces;
  database_.run(linked_ ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
}

std::vector<Put> Writer::put_all(std::span<const Record> records, bool keep_dropped) {
  Transaction transaction(database_);
  tallies_.forget();
  sentences_.forget();
  statements_->forget();
  recount_ = false;
  std::vector<Put> all;
  for (const Record& record : records) {
    try {
      all.push_back(put_one(record, keep_dropped));
    } catch (const Failure& failure) {
      throw at_document(failure.error(), record, records.size());
    }
    if (statements_->event.count() >= kMostWaiting) statements_->write();
  }
  statements_->write();
  tallies_.write();
  sentences_.write_words();
  if (recount_) tally_all(database_);
  transaction.commit();
  return all;
}

// A document stays what it was when it was first put: the duplicate of another one, or none.
Put Writer::put_one(const Record& given, bool keep_dropped) {
  Query& known = statements_->known.bind(given.article.id);
  const bool there = known.step();
  const int64_t number = there ? known.integer(0) : 0;
  const std::string old_hash = there ? known.text(1) : "", old = there ? known.text(2) : "";
  Put done;
  const Likeness likeness = likeness_of(given.article);
  done.duplicate_of = there ? duplicate_of(old) : duplicates_.of(given.article, likeness);
  known.reset();
  std::optional<Record> marked;
  if (given.article.duplicate_of != done.duplicate_of) marked.emplace(given).article.duplicate_of = done.duplicate_of;
  const Record& record = marked ? *marked : given;
  const std::string json = to_json(record, keep_dropped);
  const std::string hash = base::sha256_hex(json);
  if (there && old_hash == hash) {
    done.change = Change::kUnchanged;
    return done;
  }
  if (there) {
    if (!linked_) throw Replaced();
    statements_->write();  // of one that was put a moment ago, too
    sentences_.write_words();
    if (const auto counted = record_from_json(old)) {
      tallies_.add(*counted, -1);
    } else {
      recount_ = true;  // it is damaged: nobody knows what was counted
    }
    unjoin(database_, number);
    statements_->remove.bind(number).run();
    done.change = Change::kReplaced;
  }
  insert(record, hash, json, likeness.sketch);
  return done;
}

void Writer::insert(const Record& record, const std::string& hash, const std::string& json, const Sketch& sketch) {
  const Article& article = record.article;
  const int64_t run = run_of(record.origin);
  Query& document = statements_->document;
  document.bind(article.id)
      .bind(article.source)
      .bind_known(article.url)
      .bind_known(article.title)
      .bind_known(article.publisher);
  document.bind_known(article.published ? article.published->value : "")
      .bind(article.language)
      .bind(run)
      .bind(hash)
      .bind(json)
      .run();
  const int64_t number = database_.last_row();
  Inserter inserter(*statements_, sentences_, parties_, spot_rows_, record, number);
  inserter.insert();
  statements_->links.insert(record, number, sketch);
  statements_->names.insert(record, number);
  if (!record.positions.empty()) statements_->to_place.push_back(number);
  statements_->unjoined.bind(number).run();
  tallies_.add(record);
  spans_.insert(record, number);
  cells_.write(number, inserter.cells());
  statements_->read_after_all.bind(article.source).run();
}

int64_t Writer::run_of(const Origin& origin) {
  const auto bind = [&](Query& query) -> Query& {
    return query.bind(origin.engine).bind(origin.model).bind(origin.knowledge).bind(origin.ontology);
  };
  if (bind(statements_->run).step()) {
    const int64_t run = statements_->run.integer(0);
    statements_->run.reset();
    return run;
  }
  bind(statements_->add_run).run();
  return database_.last_row();
}

void Writer::put_failure(const std::string& source, const Error& error) {
  statements_->failure.bind(source).bind(to_string(error.code)).bind(error.message).bind(error.place).run();
}

}  // namespace dragoman::store
