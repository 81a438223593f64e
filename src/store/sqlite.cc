// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <new>

#include "dragoman/store.h"
#include "store/given_rows.h"

namespace dragoman::store {
namespace {

/// `system`: the errno behind the code, 0 where it is not known.
std::string advice(int code, const char* message, int system) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB: return "is no Dragoman store (it is no SQLite file)";
    case SQLITE_CORRUPT:
      return "is damaged (" + std::string(message) + "); restore it from a copy or read the documents again";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "is being written by another program; try again when that has finished";
    case SQLITE_FULL: return "cannot grow, the disk is full";
    case SQLITE_READONLY: return "cannot be written (it or its folder is read-only)";
    case SQLITE_CANTOPEN: return "cannot be opened (" + std::string(message) + ")";
    case SQLITE_PERM:
    case SQLITE_AUTH: return "may not be opened by this user";
    case SQLITE_IOERR:
      return "cannot be read or written (" + std::string(system != 0 ? std::strerror(system) : message) + ")";
    default: return "failed: " + std::string(message);
  }
}

Timeout timed_out(const std::string& path) {
  return Timeout({ErrorCode::kStore, "was asked for more than can be found in the time that is allowed", path});
}

std::string_view bytes_of(sqlite3_value* value) {
  const void* const bytes = sqlite3_value_blob(value);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<size_t>(sqlite3_value_bytes(value))};
}

/// What SQLite calls for a function that was defined; an exception must not pass through it.
void call_merge(sqlite3_context* context, int, sqlite3_value** values) noexcept {
  const auto merge = *static_cast<Database::Merge*>(sqlite3_user_data(context));
  try {
    const std::string merged = merge(bytes_of(values[0]), bytes_of(values[1]));
    sqlite3_result_blob64(context, merged.data(), merged.size(), SQLITE_TRANSIENT);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

void call_holds_row(sqlite3_context* context, int, sqlite3_value** values) noexcept {
  const auto* const rows = static_cast<const RowSet*>(sqlite3_value_pointer(values[0], kRowSetType));
  sqlite3_result_int(context, rows != nullptr && rows->holds(sqlite3_value_int64(values[1])) ? 1 : 0);
}

/// Called every so many steps of SQLite's machine: not 0 ends the statement.
int is_late(void* until) { return Database::Clock::now() >= *static_cast<Database::Clock::time_point*>(until) ? 1 : 0; }

[[noreturn]] void fail(sqlite3* database, int code, const std::string& path) {
  if ((code & 0xFF) == SQLITE_INTERRUPT) throw timed_out(path);
  const char* message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  const int system = database != nullptr ? sqlite3_system_errno(database) : 0;
  throw Failure({ErrorCode::kStore, advice(code, message, system), path});
}

bool folder_is_writable(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  return access(folder.c_str(), W_OK) == 0;
}

/// SQLite says only "unable to open"; the usual reasons are seen without it.
void check_path(const std::string& path, Database::Mode mode) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto wrong = [&](const std::string& message) { throw Failure({ErrorCode::kStore, message, path}); };
  if (fs::is_directory(path, ignored)) wrong("is a folder, not a store");
  if (fs::exists(path, ignored)) return;
  if (mode == Database::Mode::kRead) wrong("is not there; make a store with: dragoman read --store " + path + " INPUT");
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, ignored))
    wrong("cannot be made, there is no folder " + folder.string());
  if (!folder_is_writable(path)) wrong("cannot be made, this user may not write in its folder");
}

/// file:… for a store that cannot change because nobody may write beside it: without this SQLite wants to make
/// the files of the write-ahead log even for reading. The characters that end a path in a URI are escaped.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    } else {
      uri.push_back(c);
    }
  }
  return uri + "?immutable=1";
}

/// SQLite takes ":memory:" and "file:…" for something else than files; what is put there would be lost without a word.
std::string as_file(const std::string& path) { return path.starts_with('/') ? path : "./" + path; }

}  // namespace

void RowSet::add(int64_t row) {
  if (row < 0) return;
  const auto at = static_cast<size_t>(row) / 64;
  if (at >= bits_.size()) bits_.resize(std::max(at + 1, bits_.size() * 2));
  uint64_t& word = bits_[at];
  const uint64_t bit = uint64_t{1} << (static_cast<uint64_t>(row) % 64);
  size_ += (word & bit) == 0 ? 1U : 0U;
  word |= bit;
}

void Query::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Query::Query(sqlite3* database, std::string path, std::string_view sql) : path_(std::move(path)) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) fail(database, code, path_);
}

void Query::check(int code) {
  if (code != SQLITE_OK) fail(sqlite3_db_handle(statement_.get()), code, path_);
}

/// The text where it lasts; without data where there is no room for it.
std::string_view Query::kept(std::string_view text) {
  constexpr size_t kRoom = 4096, kLongest = 512;
  if (next_ == 1) texts_.used = 0;
  if (text.size() > kLongest || texts_.used + text.size() > kRoom) return {};
  if (!texts_.bytes) texts_.bytes = std::make_unique<char[]>(kRoom);
  char* const at = texts_.bytes.get() + texts_.used;
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
  texts_.used += text.size();
  return {at, text.size()};
}

Query& Query::bind_text(std::string_view text) {
  const std::string_view lasting = kept(text);
  const bool lasts = lasting.data() != nullptr;
  const char* const bytes = lasts ? lasting.data() : text.data();
  check(sqlite3_bind_text64(statement_.get(), next_++, bytes, text.size(), lasts ? SQLITE_STATIC : SQLITE_TRANSIENT,
                            SQLITE_UTF8));
  return *this;
}

Query& Query::bind_integer(int64_t number) {
  check(sqlite3_bind_int64(statement_.get(), next_++, number));
  return *this;
}

Query& Query::bind_real(double number) {
  check(sqlite3_bind_double(statement_.get(), next_++, number));
  return *this;
}

Query& Query::bind_null() {
  check(sqlite3_bind_null(statement_.get(), next_++));
  return *this;
}

Query& Query::bind_blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_.get(), next_++, bytes.data() != nullptr ? bytes.data() : "", bytes.size(),
                            SQLITE_TRANSIENT));
  return *this;
}

Query& Query::bind_pointer(const void* given, const char* type) {
  // Nothing changes it through the pointer, and nothing has to be given back.
  check(sqlite3_bind_pointer(statement_.get(), next_++, const_cast<void*>(given), type, nullptr));
  return *this;
}

Query& Query::bind(const RowSet& rows) { return bind_pointer(&rows, kRowSetType); }
Query& Query::bind(const GivenRows& rows) { return bind_pointer(&rows, kGivenRowsType); }

bool Query::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    sqlite3* const database = sqlite3_db_handle(statement_.get());
    const Failure failure(
        {ErrorCode::kStore, advice(code, sqlite3_errmsg(database), sqlite3_system_errno(database)), path_});
    reset();
    if ((code & 0xFF) == SQLITE_INTERRUPT) throw timed_out(path_);
    throw failure;
  }
  reset();
  return false;
}

void Query::run() {
  if (step()) reset();
}

void Query::reset() {
  sqlite3_reset(statement_.get());
  next_ = 1;
}

std::string Query::blob(int column) const { return std::string(bytes(column)); }

std::string_view Query::bytes(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

std::string Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

double Query::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Database::Database(const std::string& path, Mode mode, int busy_milliseconds) : path_(path) {
  check_path(path, mode);
  if (mode == Mode::kWrite) {
    open(as_file(path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busy_milliseconds);
  } else if (folder_is_writable(path) || std::filesystem::exists(path + "-wal")) {
    open(as_file(path), SQLITE_OPEN_READONLY, busy_milliseconds);
  } else {
    open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_milliseconds);
  }
}

void Database::open(const std::string& name, int flags, int busy_milliseconds) {
  sqlite3* database = nullptr;
  // One connection a thread: no locks within.
  const int code = sqlite3_open_v2(name.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(database);
  if (code != SQLITE_OK) fail(database, code, path_);
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, busy_milliseconds);
  const int defined = sqlite3_create_function_v2(database, "holds_row", 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, nullptr,
                                                 call_holds_row, nullptr, nullptr, nullptr);
  if (defined != SQLITE_OK) fail(database, defined, path_);
  const int rows_defined = define_given_rows(database);
  if (rows_defined != SQLITE_OK) fail(database, rows_defined, path_);
}

void Database::run(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_.get(), code, path_);
}

void Database::define(const char* name, Merge merge) {
  if (!defined_.insert(name).second) return;  // cannot be done again while a statement runs
  auto kept = std::make_unique<Merge>(merge);
  const int code = sqlite3_create_function_v2(
      handle_.get(), name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, kept.release(), call_merge,
      nullptr, nullptr, [](void* one) { delete static_cast<Merge*>(one); });
  if (code != SQLITE_OK) fail(handle_.get(), code, path_);
}

int64_t Database::integer(std::string_view sql) {
  Query query(handle_.get(), path_, sql);
  return query.step() ? query.integer(0) : 0;
}

void Database::give_up_at(std::optional<Clock::time_point> until) {
  constexpr int kSteps = 10000;  // some tenths of a millisecond
  if (!until) {
    sqlite3_progress_handler(handle_.get(), 0, nullptr, nullptr);
    return;
  }
  *until_ = *until;
  sqlite3_progress_handler(handle_.get(), kSteps, is_late, until_.get());
}

int64_t Database::state() { return (integer("PRAGMA data_version") << 32) + sqlite3_total_changes(handle_.get()); }

int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }

// IMMEDIATE: the wait for another writer is here, not in the middle of the work.
Transaction::Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Failure&) {
    // SQLite has rolled back by itself (disk full, I/O error).
  }
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Snapshot::Snapshot(Database& database) {
  if (database.in_transaction()) return;
  database.run("BEGIN");
  database_ = &database;
}

Snapshot::~Snapshot() {
  if (database_ == nullptr || !database_->in_transaction()) return;
  try {
    database_->run("COMMIT");
  } catch (const Failure&) {  // nothing was written
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace dragoman::store
