// SPDX-License-Identifier: Apache-2.0
#include "dragoman/store.h"

#include "store/check.h"
#include "store/corrections.h"
#include "store/joining.h"
#include "store/put.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/select.h"
#include "store/sqlite.h"

namespace dragoman {

struct Store::Parts {
  Parts(const std::string& path, store::Database::Mode mode) : database(path, mode) {
    store::prepare(database, mode);
    if (mode == store::Database::Mode::kWrite) writer.emplace(database);
  }

  store::Writer& writing() {
    if (!writer) throw Failure({ErrorCode::kStore, "was opened for reading only", database.path()});
    return *writer;
  }

  int64_t state() {
    if (!version) version.emplace(database.query("PRAGMA data_version"));
    version->step();
    const int64_t state = version->integer(0);
    version->reset();
    return state;
  }

  store::Database database;
  std::optional<store::Query> version;  // prepared once: a server asks with every request
  std::optional<store::Writer> writer;
};

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open(const std::string& path, Mode mode) {
  using DatabaseMode = store::Database::Mode;
  return Store(std::make_unique<Parts>(path, mode == Mode::kRead ? DatabaseMode::kRead : DatabaseMode::kWrite));
}

Change Store::put(const Record& record, bool keep_dropped) {
  std::string duplicate_of;
  return put(record, keep_dropped, duplicate_of);
}

Change Store::put(const Record& record, bool keep_dropped, std::string& duplicate_of) {
  store::Put done = parts_->writing().put({&record, 1}, keep_dropped).front();
  duplicate_of = std::move(done.duplicate_of);
  return done.change;
}

std::vector<Change> Store::put(const std::vector<Record>& records, bool keep_dropped) {
  std::vector<std::string> duplicates_of;
  return put(records, keep_dropped, duplicates_of);
}

std::vector<Change> Store::put(const std::vector<Record>& records, bool keep_dropped,
                               std::vector<std::string>& duplicates_of) {
  std::vector<Change> changes;
  duplicates_of.clear();
  for (store::Put& done : parts_->writing().put(records, keep_dropped)) {
    changes.push_back(done.change);
    duplicates_of.push_back(std::move(done.duplicate_of));
  }
  return changes;
}

uint64_t Store::join() {
  parts_->writing();
  return store::join_documents(parts_->database);
}

uint64_t Store::unjoined() const { return store::unjoined(parts_->database); }

void Store::put_failure(const std::string& source, const Error& error) { parts_->writing().put_failure(source, error); }

void Store::events(const EventQuery& query, const std::function<void(const EventRow&)>& row) const {
  store::select_events(parts_->database, query, row);
}

void Store::statements(const StatementQuery& query, const std::function<void(const StatementRow&)>& row) const {
  store::select_statements(parts_->database, query, row);
}

void Store::positions(const PositionQuery& query, const std::function<void(const PositionRow&)>& row) const {
  store::select_positions(parts_->database, query, row);
}

void Store::count(const CountQuery& query, const std::function<void(const CountRow&)>& row) const {
  store::count_events(parts_->database, query, row);
}

void Store::stories(const StoryQuery& query, const std::function<void(const Story&)>& story) const {
  store::select_stories(parts_->database, query, story);
}

void Store::storylines(const StorylineQuery& query, const std::function<void(const Storyline&)>& storyline) const {
  store::select_storylines(parts_->database, query, storyline);
}

void Store::instruments(const InstrumentQuery& query,
                        const std::function<void(const InstrumentHistory&)>& instrument) const {
  store::select_instruments(parts_->database, query, instrument);
}

void Store::places(const PlaceQuery& query, const std::function<void(const PlaceRow&)>& row) const {
  store::select_places(parts_->database, query, row);
}

Result<Correction> Store::correct(const Correction& correction) {
  parts_->writing();
  return store::add_correction(parts_->database, correction);
}

void Store::corrections(const CorrectionQuery& query, const std::function<void(const Correction&)>& row) const {
  store::select_corrections(parts_->database, query, row);
}

void Store::documents(const DocumentQuery& query, const std::function<void(const DocumentRow&)>& row) const {
  store::select_documents(parts_->database, query, row);
}

void Store::give_up_at(std::optional<std::chrono::steady_clock::time_point> until) const {
  parts_->database.give_up_at(until);
}

int64_t Store::state() const { return parts_->state(); }

std::vector<std::string> Store::check() const { return store::faults_of(parts_->database); }

int64_t Store::version() const { return parts_->database.integer("PRAGMA user_version"); }

Result<std::string> Store::record_json(const std::string& document) const {
  const auto found = store::find_document(parts_->database, document);
  if (!found) return found.error();
  auto query = parts_->database.query("SELECT record FROM documents WHERE document = ?");
  query.bind(*found).step();
  return query.text(0);
}

Result<std::string> Store::record_json_of_event(const std::string& event) const {
  const size_t mark = event.rfind('#');
  const Error none = {ErrorCode::kNotFound, "no event \"" + event + "\" is in the store; ids look like d1a2b3c4#2", ""};
  if (mark == std::string::npos) return none;
  const auto found = store::find_document(parts_->database, event.substr(0, mark));
  if (!found) return found.error();
  auto query = parts_->database.query(
      "SELECT record FROM documents JOIN events USING (document) WHERE document = ? AND CAST(ordinal AS TEXT) = ?");
  if (!query.bind(*found).bind(event.substr(mark + 1)).step()) return none;
  return query.text(0);
}

void Store::records(const std::function<bool(const std::string&, const std::string&)>& visit) const {
  auto query = parts_->database.query("SELECT id, record FROM documents ORDER BY id");
  while (query.step()) {
    if (!visit(query.text(0), query.text(1))) return;
  }
}

std::vector<Origin> Store::origins() const {
  std::vector<Origin> all;
  auto query = parts_->database.query("SELECT engine, model, knowledge, ontology FROM runs ORDER BY run");
  while (query.step()) all.push_back({query.text(0), query.text(1), query.text(2), query.text(3)});
  return all;
}

Store::Counts Store::counts() const {
  const auto count = [&](const char* table) {
    return static_cast<uint64_t>(parts_->database.integer(std::string("SELECT count(*) FROM ") + table));
  };
  return {count("documents"), count("events"), count("statements"), count("entities"), count("failures")};
}

}  // namespace dragoman
