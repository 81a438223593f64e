// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sqlite.h"

namespace dragoman::store {

/// Rows that are not yet in the file, one value after the other. In SQL they are what `given_rows(?)` selects, bound as
/// the first value: columns c0, c1 …
class GivenRows {
 public:
  /// At most kMostColumns in a row.
  static constexpr int kMostColumns = 24;
  explicit GivenRows(int columns) : columns_(columns) {}

  struct Value {
    enum class Kind : uint8_t { kNull, kInteger, kReal, kText, kBlob };
    Kind kind = Kind::kNull;
    uint32_t size = 0;  // of a text or blob
    union {
      int64_t integer = 0;
      double real;
      size_t begin;  // among the bytes of all
    };
  };

  void add_null() { values_.emplace_back(); }
  void add(int64_t number);
  void add(double number);
  void add(std::string_view bytes, Value::Kind kind);
  void clear();

  bool empty() const { return values_.empty(); }
  bool is_whole() const { return values_.size() % static_cast<size_t>(columns_) == 0; }  ///< no row is begun
  size_t count() const { return values_.size() / static_cast<size_t>(columns_); }
  int columns() const { return columns_; }
  const Value& at(size_t row, int column) const {
    return values_[row * static_cast<size_t>(columns_) + static_cast<size_t>(column)];
  }
  const char* bytes(const Value& value) const { return bytes_.data() + value.begin; }

 private:
  int columns_;
  std::vector<Value> values_;
  std::string bytes_;
};

/// Rows of one table that are written together, in one statement: with one for each, a third of the time would go into
/// beginning and ending them, and into finding the end of the table again. Bound like a Query; run() ends a row.
class Batch : public Binds<Batch> {
 public:
  /// `into`: the beginning of a statement, as "INSERT OR FAIL INTO runs". FAIL, since with ABORT, which is what is not
  /// said, SQLite keeps what it would need to take back the statement alone: a transaction that fails is given up.
  Batch(Database& database, const std::string& into, int columns);

  void run();
  void write();                     ///< all that were ended
  void forget() { rows_.clear(); }  ///< those that were not written
  size_t count() const { return rows_.count(); }

  Batch& bind_text(std::string_view text) { return add(text, GivenRows::Value::Kind::kText); }
  Batch& bind_integer(int64_t number);
  Batch& bind_real(double number);
  Batch& bind_null();
  Batch& bind_blob(std::string_view bytes) { return add(bytes, GivenRows::Value::Kind::kBlob); }

 private:
  Batch& add(std::string_view bytes, GivenRows::Value::Kind kind);

  GivenRows rows_;
  Query insert_;
};

/// Gives SQL on a connection `given_rows`; a code of SQLite.
int define_given_rows(sqlite3* database);

}  // namespace dragoman::store
