// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace dragoman::store {

/// Numbers of rows, a bit each. In SQL: holds_row(?, row), the set bound as the first value.
class RowSet {
 public:
  void add(int64_t row);
  bool holds(int64_t row) const {
    const auto at = static_cast<uint64_t>(row) / 64;
    return row >= 0 && at < bits_.size() && (bits_[at] >> (static_cast<uint64_t>(row) % 64) & 1U) != 0;
  }
  size_t size() const { return size_; }

  /// Calls `visit` with each, smallest first.
  template <class Visit>
  void each(const Visit& visit) const {
    for (size_t i = 0; i < bits_.size(); ++i) {
      for (uint64_t word = bits_[i]; word != 0; word &= word - 1) {
        visit(static_cast<int64_t>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
      }
    }
  }

 private:
  std::vector<uint64_t> bits_;
  size_t size_ = 0;
};

class GivenRows;

/// Values of every kind, bound one after the other. `Self` has bind_text, bind_integer, bind_real and bind_null.
template <class Self>
class Binds {
 public:
  Self& bind(std::string_view text) { return self().bind_text(text); }
  Self& bind(const char* text) { return self().bind_text(text); }
  Self& bind(const std::string& text) { return self().bind_text(text); }
  Self& bind(int64_t number) { return self().bind_integer(number); }
  Self& bind(uint32_t number) { return self().bind_integer(number); }
  Self& bind(int number) { return self().bind_integer(number); }
  Self& bind(bool truth) { return self().bind_integer(truth ? 1 : 0); }
  Self& bind(double number) { return self().bind_real(number); }
  template <class T>
  Self& bind(const std::optional<T>& value) {
    return value ? bind(*value) : self().bind_null();
  }
  /// NULL for an empty text: what is not known is not an empty string in the tables.
  Self& bind_known(std::string_view text) { return text.empty() ? self().bind_null() : bind(text); }

 private:
  Self& self() { return static_cast<Self&>(*this); }
};

/// The types of what statements are given as a pointer.
inline constexpr const char *kRowSetType = "dragoman row set", *kGivenRowsType = "dragoman given rows";

/// A prepared statement: bind, then step until it says false, then it can be bound again. Every misstep of
/// SQLite is thrown as Failure (kStore) with the file's name and what to do.
class Query : public Binds<Query> {
 public:
  Query(sqlite3* database, std::string path, std::string_view sql);

  /// Binds the next parameter, from the first on after each run. Texts are copied.
  using Binds<Query>::bind;
  Query& bind_text(std::string_view text);
  Query& bind_integer(int64_t number);
  Query& bind_real(double number);
  Query& bind_null();
  Query& bind_blob(std::string_view bytes);
  Query& bind(const RowSet& rows);     ///< is to live as long as the statement has it, and so are
  Query& bind(const GivenRows& rows);  ///< these

  /// Moves to the next row; false, and ready to be bound again, after the last.
  bool step();
  /// Runs a statement that gives no rows.
  void run();
  /// Leaves the rows that are left.
  void reset();

  /// Columns of the row, from 0; NULL gives "" or 0.
  std::string text(int column) const;
  std::string blob(int column) const;
  std::string_view bytes(int column) const;  ///< of a blob, until the next step
  bool is_null(int column) const;
  int64_t integer(int column) const;
  double real(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code);
  Query& bind_pointer(const void* given, const char* type);
  std::string_view kept(std::string_view text);

  // Where texts stand until the statement is bound anew; SQLite by itself would ask for memory for each.
  struct Texts {
    std::unique_ptr<char[]> bytes;
    size_t used = 0;
  };

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string path_;
  int next_ = 1;
  Texts texts_;
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
  /// Gives SQL on this connection a function of two blobs that depends on them alone; one of a name that it has
  /// stays. Throws Failure.
  void define(const char* name, Merge merge);

  using Clock = std::chrono::steady_clock;
  /// What is still being looked for then is given up: Timeout. Nothing: never.
  void give_up_at(std::optional<Clock::time_point> until);

  bool in_transaction() const;

  /// A number that is another one once the file was changed: by another connection, or by this one.
  int64_t state();

  /// What others keep with the connection.
  std::shared_ptr<void>& kept() { return kept_; }

  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  void open(const std::string& name, int flags, int busy_milliseconds);

  std::string path_;
  std::unique_ptr<Clock::time_point> until_ = std::make_unique<Clock::time_point>();
  std::unique_ptr<sqlite3, Close> handle_;
  std::shared_ptr<void> kept_;
  std::set<std::string> defined_;  // functions
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

/// While it lives, queries of this connection see the file as it was at the first of them, whatever others write.
/// Within a transaction it does nothing.
class Snapshot {
 public:
  explicit Snapshot(Database& database);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database* database_ = nullptr;
};

}  // namespace dragoman::store
