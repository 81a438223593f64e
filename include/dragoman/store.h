// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/correction.h"
#include "dragoman/error.h"
#include "dragoman/record.h"

namespace dragoman {

/// What a listing of events is ordered by; what has no such value comes last, ties go by document and ordinal.
enum class EventOrder { kDate, kNewest, kConfidence, kScore };

/// Which events to list. Empty fields do not filter.
struct EventQuery {
  std::string actor;          ///< country code, entity name or part of a name
  std::string recipient;      ///< likewise
  std::string type;           ///< PLOVER type, "ASSAULT"
  std::string from, to;       ///< ISO days, months or years, both included
  std::string status;         ///< "actual", ...
  std::string text;           ///< words that the event's sentence must hold; "attack*" for words that so begin
  std::string document;       ///< document id or source
  double min_confidence = 0;  ///< least confidence
  uint64_t limit = 0;         ///< 0 = all
  EventOrder order = EventOrder::kDate;
  std::string after;       ///< id of the last event of the page before; the page goes on behind it
  bool corrected = false;  ///< as corrections say, where there are any; else as the machine says
};

/// What makes no sense in a query (kUsage: an unknown type or status, a date that is none), with the values that
/// would; nothing if it is sound.
std::optional<Error> fault_of(const EventQuery& query);

/// One row of an event listing; lists are joined by "; ", countries in step with their names.
struct EventRow {
  std::string id, document, source, date, type, modes, status;
  std::string actors, actor_countries, recipients, recipient_countries;
  std::string place, attribution, trigger, sentence;
  double score = 0, confidence = 0;
  bool historical = false;
};

/// The row as one line of JSON, as one line of CSV (RFC 4180, without its line end), and the names of the
/// CSV columns in the same order.
std::string to_json(const EventRow& row);
std::string to_csv(const EventRow& row);
std::string csv_header();

/// Which statements to list. Empty fields do not filter.
struct StatementQuery {
  std::string speaker;    ///< country code, entity name or part of a name
  std::string addressee;  ///< likewise
  std::string issue;      ///< key of an issue that the statement is evidence for
  std::string text;       ///< words that one sentence of what was said must hold; "attack*" for words that so begin
  std::string kind;       ///< "direct", "indirect" or "mixed"
  std::string act;        ///< "deny", ...
  std::string from, to;   ///< ISO days, months or years, both included
  std::string document;   ///< document id or source
  double min_confidence = 0;
  bool newest_first = false;  ///< else the oldest; undated last
  uint64_t limit = 0;         ///< 0 = all
  std::string after;          ///< id of the last statement of the page before; the page goes on behind it
};
std::optional<Error> fault_of(const StatementQuery& query);

/// One row of a listing of statements; lists are joined by "; ". `via` is the chain by which the article has the
/// words, nearest first ("Radio Sudria (medium)").
struct StatementRow {
  std::string id, document, source, date, kind, speaker, speaker_country, addressees, act, cue, via, content;
  double confidence = 0;
};

/// Which positions to list. Empty fields do not filter.
struct PositionQuery {
  std::string actor;     ///< country code, entity name or part of a name
  std::string issue;     ///< key of issues.tsv
  std::string stance;    ///< "for", ...
  std::string from, to;  ///< ISO days, months or years, both included
  bool changes = false;  ///< only where the stance is another than before
  uint64_t limit = 0;    ///< 0 = all
};
std::optional<Error> fault_of(const PositionQuery& query);

/// Where an actor stood on an issue on a day, with what tells it. `before` is the stance that the same actor last
/// had on it (towards the same object) where it was another. The day is the first of the evidence that has one, else
/// the article's. `evidence` are ids of events and statements, `words` the first of them.
struct PositionRow {
  std::string actor, actor_country, issue, object, date, stance, before, document, source, evidence, words;
};

/// What to count by (at least one): actor, recipient (country, or the name where it has none), year, month, day, type,
/// mode, status, quad, place (country), publisher. An event of two actors counts for each.
struct CountQuery {
  EventQuery events;  ///< its order, page and limit play no part
  std::vector<std::string> by;
  bool largest_first = false;  ///< else in order of the keys
  uint64_t limit = 0;          ///< 0 = all
};
std::optional<Error> fault_of(const CountQuery& query);
std::vector<std::string> count_keys();

/// Events of one group: all, those that happened (status actual, no background), documents that tell them, and the
/// mean of the conflict-cooperation scores. A key that is not known is "".
struct CountRow {
  std::vector<std::string> keys;
  uint64_t events = 0, actual = 0, documents = 0;
  double score = 0;
};

/// Which stories to list: those of which one report at least is let through by `events` (its order, page and limit
/// play no part).
struct StoryQuery {
  EventQuery events;
  std::string story;         ///< id of a story, also one that it had before more reports came
  uint64_t min_reports = 0;  ///< told by so many documents
  uint64_t min_sources = 0;  ///< told by so many sources of their own
  uint64_t limit = 0;        ///< 0 = all
  std::string after;         ///< id of the last story of the page before; the page goes on behind it
};
std::optional<Error> fault_of(const StoryQuery& query);

/// A value that reports of a story give, and who gives it: those that the article names, else its publisher or source.
struct StoryValue {
  std::string field;  ///< "date", "status", "actor", "recipient", "place", "killed", "injured", "arrested", "money", …
  std::string value;
  std::string according_to;         ///< joined by "; "
  std::vector<std::string> events;  ///< ids
};

/// One act with all its reports. What stands here of it is as most reports say (of equals, the surest); `values` holds
/// numbers, and fields of which there is more than one value, side by side.
struct Story {
  std::string
      id;  ///< "s" and 12 hexadecimal digits, of its first report; ids that later reports would give find it too
  std::string type, date, status, actors, actor_countries, recipients, recipient_countries, place, sentence, trigger;
  std::string first_report, last_report;  ///< days of publication
  uint64_t n_reports = 0;                 ///< documents that tell it
  uint64_t n_sources = 0;                 ///< copies of one text, and articles of one publisher, counted once
  std::string storyline;                  ///< id of that which it is part of; "" until its article is in one
  std::vector<std::string> events;        ///< ids, the first report first
  std::vector<StoryValue> values;
};
std::string to_json(const Story& story);
std::string to_csv(const Story& story);
std::string stories_csv_header();

/// Which storylines to list: those of which one event at least is let through by `events` (its order, page and limit
/// play no part).
struct StorylineQuery {
  EventQuery events;
  std::string storyline;       ///< id of a storyline, also one that it had before more reports came
  std::string story;           ///< only that which holds this story
  uint64_t min_documents = 2;  ///< told by so many documents at least
  uint64_t min_stories = 2;    ///< of so many stories at least
  uint64_t limit = 0;          ///< 0 = all
  std::string after;           ///< id of the last storyline of the page before
  uint64_t steps = 0;          ///< tells so many of its stories at most; 0 = all
  std::string after_story;     ///< only the storyline of this story, told from the next one on
};
std::optional<Error> fault_of(const StorylineQuery& query);

/// Why a story belongs to what went before.
struct StorylineLink {
  std::string to;      ///< id of the earlier story
  std::string reason;  ///< "instrument", "theme", "answer", "parties", "article" or "words"
  std::string detail;  ///< the instrument's name, the theme, the parties, the article's id
};

/// One story in its storyline.
struct StorylineStep {
  std::string story, date, type, status, actors, recipients, sentence, trigger;
  uint64_t n_reports = 0;
  std::vector<StorylineLink> links;  ///< none for what begins it
};

/// Stories that belong together over time: the visit, the plan, the answers to it.
struct Storyline {
  std::string id;                   ///< "l" and 12 hexadecimal digits, of its first article; old ids find it too
  std::string first_day, last_day;  ///< on which its documents were published; "" where none is known
  std::string countries;            ///< those that take part in most acts, most first, joined by "; "
  std::string issues;               ///< keys of the issues that positions in its articles are about, most first
  uint64_t n_stories = 0, n_documents = 0;
  std::vector<StorylineStep> steps;  ///< in order of date, undated last: all, or those asked for
};
std::string to_json(const Storyline& storyline);
std::string to_csv(const Storyline& storyline);  ///< without its steps: ids of the stories, joined by "; "
std::string storylines_csv_header();

/// Which instruments to list: plans, agreements, treaties, bills, laws, resolutions, sanctions regimes.
struct InstrumentQuery {
  std::string name;            ///< words of one of its names ("minsk", "resolution 2231"), in any order
  std::string instrument;      ///< its id
  std::string kind;            ///< "plan", "treaty", ...
  std::string owner;           ///< who proposed or made it: country code, name or part of a name
  std::string step;            ///< only where this was told of it: "signed", ...
  std::string from, to;        ///< with a step in these days: ISO days, months or years, both included
  uint64_t min_reports = 0;    ///< told by so many documents
  bool largest_first = false;  ///< by number of documents, most first; else by name
  uint64_t limit = 0;          ///< 0 = all
  std::string after;           ///< id of the last instrument of the page before
  uint64_t steps = 0;          ///< tells so many of its steps at most; 0 = all
  std::string after_step;      ///< only the instrument that this event concerns, told from the next step on
};
std::optional<Error> fault_of(const InstrumentQuery& query);
std::vector<std::string> instrument_steps();  ///< names of the steps: "proposed", ...

/// What became of an instrument on a day, as one event tells it.
struct InstrumentStep {
  std::string date;  ///< of the event, else the article's
  std::string step;  ///< one of instrument_steps(); "" for an act that only concerns it
  std::string status, type, actors, actor_countries, recipients;
  std::string votes;  ///< "70 : 29", and abstentions, "70 : 29 : 3"; "" if none are told
  std::string event, story, document, source, words;
};

/// One instrument with its history, from all reports of it.
struct InstrumentHistory {
  std::string id;  ///< "i" and 12 hexadecimal digits, of its first report; ids that it had before find it too
  std::string kind, name, number;
  std::string aliases;  ///< other names that reports give it, joined by "; "
  std::string owner, owner_country;
  std::string first_day, last_day;    ///< of its steps, else of its reports
  std::string state;                  ///< the last step that happened (status actual) on it
  uint64_t n_reports = 0;             ///< documents that speak of it
  uint64_t n_steps = 0;               ///< events that concern it
  std::vector<InstrumentStep> steps;  ///< in order of date, undated last: all, or those asked for
};
std::string to_json(const InstrumentHistory& instrument);
std::string to_csv(const InstrumentHistory& instrument);  ///< without its steps: each as "date step (who)", joined
std::string instruments_csv_header();

/// Which places to list: those of the events that `events` lets through (its order and page play no part).
struct PlaceQuery {
  EventQuery events;
  uint64_t limit = 0;  ///< 0 = all
};
std::optional<Error> fault_of(const PlaceQuery& query);

/// A place where events happened: the same by its number at GeoNames, else by name and country.
struct PlaceRow {
  std::string name, country, precision;
  std::optional<int64_t> geonames;
  std::optional<double> lat, lon;   ///< degrees
  uint64_t events = 0, actual = 0;  ///< all, and those that happened (status actual, no background)
};
std::string to_json(const PlaceRow& row);
std::string to_csv(const PlaceRow& row);
std::string places_csv_header();

/// Which corrections to list. Empty fields do not filter.
struct CorrectionQuery {
  std::string event;     ///< id in full
  std::string document;  ///< id or source
  std::string author;
  std::string action;  ///< "accept", "reject" or "change"
  uint64_t limit = 0;  ///< 0 = all
};
std::optional<Error> fault_of(const CorrectionQuery& query);

/// Which documents to list. Empty fields do not filter.
struct DocumentQuery {
  std::string text;       ///< words that one sentence must hold; "attack*" for words that so begin
  std::string publisher;  ///< as the article names it
  std::string language;   ///< "en", ...
  std::string from, to;   ///< ISO days, months or years of publication, both included
  uint64_t limit = 0;     ///< 0 = all
  std::string after;      ///< id of the last document of the page before; the page goes on behind it
};
std::optional<Error> fault_of(const DocumentQuery& query);

/// One row of a listing of documents.
struct DocumentRow {
  std::string id, source, url, title, publisher, published, language;
  uint64_t events = 0, statements = 0;
};
std::string to_json(const DocumentRow& row);
std::string to_csv(const DocumentRow& row);
std::string documents_csv_header();

/// As above for the other listings. Those of counts are named by `by`.
std::string to_json(const StatementRow& row);
std::string to_csv(const StatementRow& row);
std::string statements_csv_header();
std::string to_json(const PositionRow& row);
std::string to_csv(const PositionRow& row);
std::string positions_csv_header();
std::string to_json(const CountRow& row, const std::vector<std::string>& by);
std::string to_csv(const CountRow& row);
std::string counts_csv_header(const std::vector<std::string>& by);

/// The cells of a row as they stand in its CSV, without quotes, and its columns with the types of Frictionless:
/// "string", "integer", "number", "boolean". What is not known is "".
struct TableColumn {
  std::string name, type;
};
struct TableRow {
  std::vector<TableColumn> columns;
  std::vector<std::string> cells;
};
TableRow to_table(const EventRow& row);
TableRow to_table(const StatementRow& row);
TableRow to_table(const PositionRow& row);
TableRow to_table(const DocumentRow& row);
TableRow to_table(const PlaceRow& row);
TableRow to_table(const Story& story);
TableRow to_table(const Storyline& storyline);
TableRow to_table(const InstrumentHistory& instrument);
TableRow to_table(const Correction& correction);
TableRow to_table(const CountRow& row, const std::vector<std::string>& by);

/// Thrown where a query was given up: Store::give_up_at().
struct Timeout : Failure {
  using Failure::Failure;
};

/// What a put did.
enum class Change { kAdded, kUnchanged, kReplaced };

/// Records in one SQLite file (write-ahead log, one transaction a document). One Store per thread.
class Store {
 public:
  enum class Mode { kRead, kWrite };

  /// Opens a store; kWrite makes it if the file is not there, and brings one of an older version up to date (a copy
  /// of it as it was stays beside it, ".version1" added to its name). Throws Failure (kStore) where the file is no
  /// store, was made by a newer program, or cannot be opened; kRead of a missing file likewise.
  static Store open(const std::string& path, Mode mode);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Puts a record in one transaction. The same record again changes nothing; another one of the same document
  /// (another engine or model) takes the place of the old. What the record says of duplicates is replaced by what the
  /// store knows: the document put before it that tells the same article; a document stays what it was when first put.
  Change put(const Record& record, bool keep_dropped = false);

  /// The same; `duplicate_of` takes the id of that document, "" if there is none.
  Change put(const Record& record, bool keep_dropped, std::string& duplicate_of);

  /// Many in one transaction: all are in, or none (the Failure names the document at which it came). Several times as
  /// fast.
  std::vector<Change> put(const std::vector<Record>& records, bool keep_dropped = false);

  /// The same; `duplicates_of` takes one a record, as above.
  std::vector<Change> put(const std::vector<Record>& records, bool keep_dropped,
                          std::vector<std::string>& duplicates_of);

  /// Notes a page that could not be read; forgotten when its source is read after all.
  void put_failure(const std::string& source, const Error& error);

  /// Calls `row` for each event in order of date (undated last), document and ordinal. Throws Failure for a
  /// query with a fault.
  void events(const EventQuery& query, const std::function<void(const EventRow&)>& row) const;

  /// Likewise for statements in order of date (the article's where the statement has none), document and ordinal,
  /// for positions in order of actor, issue, object and date, and for groups of events. Throw Failure (kUsage) for
  /// a query with a fault, (kStore) where the store is of an older version and was not brought up to date.
  void statements(const StatementQuery& query, const std::function<void(const StatementRow&)>& row) const;
  void positions(const PositionQuery& query, const std::function<void(const PositionRow&)>& row) const;
  void count(const CountQuery& query, const std::function<void(const CountRow&)>& row) const;

  /// Joins the documents that were put since the last time to the stories and storylines of the store, and tells how
  /// many they were. Which events are one story depends on the events of the store alone, not on the order in which
  /// they were put or joined. One transaction for some hundred documents: what a killed program leaves is joined next.
  uint64_t join();

  /// Documents that were put and are not yet joined: listings of stories and storylines leave them out.
  uint64_t unjoined() const;

  /// Calls `story` for each story in order of date and id. Throws as above.
  void stories(const StoryQuery& query, const std::function<void(const Story&)>& story) const;

  /// Likewise for storylines in order of their last day, newest first, and for instruments.
  void storylines(const StorylineQuery& query, const std::function<void(const Storyline&)>& storyline) const;
  void instruments(const InstrumentQuery& query, const std::function<void(const InstrumentHistory&)>& instrument) const;

  /// Places, those of most events first. Throws as above.
  void places(const PlaceQuery& query, const std::function<void(const PlaceRow&)>& row) const;

  /// Keeps a correction beside the record and gives it as it was kept: with the event's id in full, and its time.
  /// Errors: kUsage (the correction has a fault, or names who is not in the document), kNotFound.
  Result<Correction> correct(const Correction& correction);

  /// Corrections in the order in which they were given. An event is found again by its words after its document was
  /// read anew; where it no longer is, `event_id` is the document's id alone. Throws as above.
  void corrections(const CorrectionQuery& query, const std::function<void(const Correction&)>& row) const;

  /// Documents in order of publication (undated last) and id. Throws as above.
  void documents(const DocumentQuery& query, const std::function<void(const DocumentRow&)>& row) const;

  /// Queries that are still under way then throw Timeout; nothing: they take as long as they take.
  void give_up_at(std::optional<std::chrono::steady_clock::time_point> until) const;

  /// A number that is another one once another program, or another Store, has changed the file.
  int64_t state() const;

  /// What is wrong with the file, a sentence each; nothing if it is sound: SQLite's own check of every page, links
  /// between tables, each record against its hash, and the rows of each document against its record. Reads all of it.
  std::vector<std::string> check() const;

  /// The version of the tables.
  int64_t version() const;

  /// The record's JSON by document id, source (the one read last, where its text changed), or a beginning of the
  /// id or ending of the source that is unique; kNotFound otherwise.
  Result<std::string> record_json(const std::string& document) const;

  /// The record's JSON that holds this event; the part before "#" is found as above; kNotFound if none.
  Result<std::string> record_json_of_event(const std::string& event) const;

  /// Calls `visit` with id and JSON of each record in order of the ids, until it says false.
  void records(const std::function<bool(const std::string& id, const std::string& json)>& visit) const;

  /// What made the records, each combination once, oldest first.
  std::vector<Origin> origins() const;

  struct Counts {
    uint64_t documents = 0, events = 0, statements = 0, entities = 0, failures = 0;
  };
  Counts counts() const;

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dragoman
