// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace dragoman::store {

/// A prepared statement: bind, then step until it says false, then it can be bound again. Every misstep of
/// SQLite is thrown as Failure (kStore) with the file's name and what to do.
class Query {
 public:
  Query(sqlite3* database, std::string path, std::string_view sql);

  /// Binds the next parameter, from the first on after each run. Texts are copied.
  Query& bind(std::string_view text);
  Query& bind(const char* text) { return bind(std::string_view(text)); }
  Query& bind(const std::string& text) { return bind(std::string_view(text)); }
  Query& bind(int64_t number);
  Query& bind(uint32_t number) { return bind(static_cast<int64_t>(number)); }
  Query& bind(int number) { return bind(static_cast<int64_t>(number)); }
  Query& bind(bool truth) { return bind(static_cast<int64_t>(truth)); }
  Query& bind(double number);
  Query& bind_null();
  Query& bind_blob(std::string_view bytes);
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }
  /// NULL for an empty text: what is not known is not an empty string in the tables.
  Query& bind_known(std::string_view text) { return text.empty() ? bind_null() : bind(text); }

  /// Moves to the next row; false, and ready to be bound again, after the last.
  bool step();
  /// Runs a statement that gives no rows.
  void run();
  /// Leaves the rows that are left.
  void reset();

  /// Columns of the row, from 0; NULL gives "" or 0.
  std::string text(int column) const;
  std::string blob(int column) const;
  bool is_null(int column) const;
  int64_t integer(int column) const;
  double real(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string path_;
  int next_ = 1;
};

/// One connection to one file. Not for sharing between threads.
class Database {
 public:
  enum class Mode { kRead, kWrite };

  /// How long to wait for another program's write before giving up.
  static constexpr int kBusyMilliseconds = 5000;

  /// Opens the file; kWrite makes it if it is not there. Throws Failure (kStore).
  Database(const std::string& path, Mode mode, int busy_milliseconds = kBusyMilliseconds);

  /// Runs statements that give no rows.
  void run(const char* sql);
  Query query(std::string_view sql) { return Query(handle_.get(), path_, sql); }
  int64_t integer(std::string_view sql);  ///< first column of the first row
  int64_t last_row() const;

  using Merge = std::string (*)(std::string_view, std::string_view);
  /// Gives SQL on this connection a function of two blobs that depends on them alone. Throws Failure.
  void define(const char* name, Merge merge);

  using Clock = std::chrono::steady_clock;
  /// What is still being looked for then is given up: Timeout. Nothing: never.
  void give_up_at(std::optional<Clock::time_point> until);

  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  void open(const std::string& name, int flags, int busy_milliseconds);

  std::string path_;
  std::unique_ptr<Clock::time_point> until_ = std::make_unique<Clock::time_point>();
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Begins on construction; rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace dragoman::store
