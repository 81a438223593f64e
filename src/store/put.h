// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "dragoman/store.h"
#include "store/sqlite.h"
#include "store/tallies.h"

namespace dragoman::store {

/// Writes records; holds its statements prepared for the next one.
class Writer {
 public:
  explicit Writer(Database& database);
  ~Writer();

  /// All in one transaction.
  std::vector<Change> put(std::span<const Record> records, bool keep_dropped);
  void put_failure(const std::string& source, const Error& error);

 private:
  struct Statements;
  int64_t run_of(const Origin& origin);
  struct Text {
    std::string json, hash;
  };
  Change put_one(const Record& record, const Text& text);
  void insert(const Record& record, const Text& text);

  Database& database_;
  std::unique_ptr<Statements> statements_;
  Tallies tallies_;
};

}  // namespace dragoman::store
