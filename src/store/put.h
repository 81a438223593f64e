// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "dragoman/store.h"
#include "store/duplicates.h"
#include "store/sqlite.h"
#include "store/tallies.h"

namespace dragoman::store {

/// What became of a record: `duplicate_of` is the id of the document that was put before and tells the same article, ""
/// if there is none.
struct Put {
  Change change = Change::kAdded;
  std::string duplicate_of;
};

/// Writes records; holds its statements prepared for the next one.
class Writer {
 public:
  explicit Writer(Database& database);
  ~Writer();

  /// All in one transaction.
  std::vector<Put> put(std::span<const Record> records, bool keep_dropped);
  void put_failure(const std::string& source, const Error& error);

 private:
  struct Statements;
  int64_t run_of(const Origin& origin);
  Put put_one(const Record& record, bool keep_dropped);
  void insert(const Record& record, const std::string& hash, const std::string& json);

  Database& database_;
  StoreDuplicates duplicates_;
  std::unique_ptr<Statements> statements_;
  Tallies tallies_;
};

}  // namespace dragoman::store
