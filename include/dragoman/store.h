// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/record.h"

namespace dragoman {

/// Which events to list. Empty fields do not filter.
struct EventQuery {
  std::string actor;      ///< country code, entity name or part of a name
  std::string recipient;  ///< likewise
  std::string type;       ///< PLOVER type, "ASSAULT"
  std::string from, to;   ///< ISO days, months or years, both included
  std::string status;     ///< "actual", ...
  std::string text;       ///< words that the event's sentence must hold; "attack*" for words that so begin
  std::string document;   ///< document id or source
  double min_confidence = 0;  ///< least confidence
  uint64_t limit = 0;     ///< 0 = all
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

/// What a put did.
enum class Change { kAdded, kUnchanged, kReplaced };

/// Records in one SQLite file (write-ahead log, one transaction a document). One Store per thread.
class Store {
 public:
  enum class Mode { kRead, kWrite };

  /// Opens a store; kWrite makes it if the file is not there. Throws Failure (kStore) where the file is no
  /// store, was made by a newer program, or cannot be opened; kRead of a missing file likewise.
  static Store open(const std::string& path, Mode mode);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Puts a record in one transaction. The same record again changes nothing; another one of the same document
  /// (another engine or model) takes the place of the old.
  Change put(const Record& record, bool keep_dropped = false);

  /// Notes a page that could not be read; forgotten when its source is read after all.
  void put_failure(const std::string& source, const Error& error);

  /// Calls `row` for each event in order of date (undated last), document and ordinal. Throws Failure for a
  /// query with a fault.
  void events(const EventQuery& query, const std::function<void(const EventRow&)>& row) const;

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
