// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Writes records; holds its statements prepared for the next one.
class Writer {
 public:
  explicit Writer(Database& database);
  ~Writer();

  Change put(const Record& record, bool keep_dropped);
  void put_failure(const std::string& source, const Error& error);

 private:
  struct Statements;
  int64_t run_of(const Origin& origin);
  void insert(const Record& record, const std::string& hash, const std::string& json);

  Database& database_;
  std::unique_ptr<Statements> statements_;
};

}  // namespace dragoman::store
