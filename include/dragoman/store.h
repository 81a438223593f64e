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
  std::string from, to;   ///< ISO days, both included
  std::string status;     ///< "actual", ...
  std::string text;       ///< words that the event's sentence must hold
  std::string document;   ///< document id or source
  uint64_t limit = 0;     ///< 0 = all
};

/// One row of an event listing; lists are joined by "; ".
struct EventRow {
  std::string id, document, source, date, type, modes, status;
  std::string actors, actor_countries, recipients, recipient_countries;
  std::string place, attribution, trigger, sentence;
  double score = 0, confidence = 0;
  bool historical = false;
};

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

  /// Puts a record in one transaction. The same record again changes nothing.
  Change put(const Record& record, bool keep_dropped = false);

  /// Notes a page that could not be read.
  void put_failure(const std::string& source, const Error& error);

  /// Calls `row` for each event in order of date, document and ordinal.
  void events(const EventQuery& query, const std::function<void(const EventRow&)>& row) const;

  /// The record's JSON by document id, source, or a source's ending that is unique; kNotFound otherwise.
  Result<std::string> record_json(const std::string& document) const;

  /// The record's JSON that holds this event id; kNotFound if none.
  Result<std::string> record_json_of_event(const std::string& event) const;

  struct Counts { uint64_t documents = 0, events = 0, statements = 0, entities = 0, failures = 0; };
  Counts counts() const;

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dragoman
