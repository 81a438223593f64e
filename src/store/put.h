// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "dragoman/store.h"
#include "store/duplicates.h"
#include "store/event_cells.h"
#include "store/given_rows.h"
#include "store/parties.h"
#include "store/spans.h"
#include "store/sqlite.h"
#include "store/tallies.h"

namespace dragoman::store {

/// What became of a record: `duplicate_of` is the id of the document that was put before and tells the same article, ""
/// if there is none.
struct Put {
  Change change = Change::kAdded;
  std::string duplicate_of;
};

/// Writes sentences, and their words into the index when all of a transaction are there.
class Sentences {
 public:
  explicit Sentences(Database& database);
  void add(int64_t document, int64_t ordinal, int64_t begin, int64_t end, std::string_view text);
  /// Of those that were added since; gives the row of the first, which the others follow.
  int64_t write_rows();
  void write_words();
  void forget();  ///< what was added and not written

 private:
  Database& database_;
  Batch rows_;
  Query words_;
  std::vector<std::pair<int64_t, std::string>> waiting_;
};

/// Writes records; holds its statements prepared for the next one.
class Writer {
 public:
  explicit Writer(Database& database);
  ~Writer();

  /// All in one transaction. A Failure names the document at which it came, if it came at one: rows of several are
  /// written together.
  std::vector<Put> put(std::span<const Record> records, bool keep_dropped);
  void put_failure(const std::string& source, const Error& error);

 private:
  struct Statements;
  int64_t run_of(const Origin& origin);
  void link_rows(std::span<const Record> records);
  std::vector<Put> put_all(std::span<const Record> records, bool keep_dropped);
  Put put_one(const Record& record, bool keep_dropped);
  void insert(const Record& record, const std::string& hash, const std::string& json, const Sketch& sketch);

  Database& database_;
  StoreDuplicates duplicates_;
  std::unique_ptr<Statements> statements_;
  Sentences sentences_;
  Parties parties_;
  Tallies tallies_;
  Spans spans_;
  CellMaker cells_;
  SpotRows spot_rows_;
  bool recount_ = false;  // all events are to be counted anew
  bool linked_ = true;    // rows go with those that they belong to
};

}  // namespace dragoman::store
