// SPDX-License-Identifier: Apache-2.0
// A table of SQLite's that has no content of its own: its rows are those that are bound.
#include "store/given_rows.h"

#include <sqlite3.h>

#include <cassert>
#include <new>

namespace dragoman::store {
namespace {

std::string column_names(int count) {
  std::string names;
  for (int i = 0; i < count; ++i) names += (i == 0 ? "c" : ", c") + std::to_string(i);
  return names;
}

struct Cursor : sqlite3_vtab_cursor {
  const GivenRows* rows = nullptr;
  size_t row = 0;
};

int connect(sqlite3* database, void*, int, const char* const*, sqlite3_vtab** table, char**) noexcept {
  try {
    const std::string sql = "CREATE TABLE x (" + column_names(GivenRows::kMostColumns) + ", rows HIDDEN)";
    const int code = sqlite3_declare_vtab(database, sql.c_str());
    if (code == SQLITE_OK) *table = new sqlite3_vtab{};
    return code;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

int disconnect(sqlite3_vtab* table) noexcept {
  delete table;
  return SQLITE_OK;
}

/// There is one way: from the first to the last of those that are bound.
int best_index(sqlite3_vtab*, sqlite3_index_info* index) noexcept {
  for (int i = 0; i < index->nConstraint; ++i) {
    const auto& one = index->aConstraint[i];
    if (one.iColumn != GivenRows::kMostColumns || one.op != SQLITE_INDEX_CONSTRAINT_EQ || one.usable == 0) continue;
    index->aConstraintUsage[i].argvIndex = 1;
    index->aConstraintUsage[i].omit = 1;
    return SQLITE_OK;
  }
  return SQLITE_CONSTRAINT;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) noexcept {
  *cursor = new (std::nothrow) Cursor;
  return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

Cursor& of(sqlite3_vtab_cursor* cursor) { return *static_cast<Cursor*>(cursor); }

int close(sqlite3_vtab_cursor* cursor) noexcept {
  delete &of(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value** values) noexcept {
  of(cursor).rows = static_cast<const GivenRows*>(sqlite3_value_pointer(values[0], kGivenRowsType));
  of(cursor).row = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) noexcept {
  ++of(cursor).row;
  return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* cursor) noexcept {
  const Cursor& at = of(cursor);
  return at.rows == nullptr || at.row >= at.rows->count() ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) noexcept {
  const Cursor& at = of(cursor);
  if (column >= at.rows->columns()) return SQLITE_OK;
  using Kind = GivenRows::Value::Kind;
  const GivenRows::Value& value = at.rows->at(at.row, column);
  const auto size = static_cast<int>(value.size);
  // The bytes outlive the statement.
  switch (value.kind) {
    case Kind::kNull: break;
    case Kind::kInteger: sqlite3_result_int64(context, value.integer); break;
    case Kind::kReal: sqlite3_result_double(context, value.real); break;
    case Kind::kText: sqlite3_result_text(context, at.rows->bytes(value), size, SQLITE_STATIC); break;
    case Kind::kBlob: sqlite3_result_blob(context, at.rows->bytes(value), size, SQLITE_STATIC); break;
  }
  return SQLITE_OK;
}

int row_number(sqlite3_vtab_cursor* cursor, sqlite3_int64* number) noexcept {
  *number = static_cast<sqlite3_int64>(of(cursor).row);
  return SQLITE_OK;
}

}  // namespace

void GivenRows::add(int64_t number) {
  Value& value = values_.emplace_back();
  value.kind = Value::Kind::kInteger;
  value.integer = number;
}

void GivenRows::add(double number) {
  Value& value = values_.emplace_back();
  value.kind = Value::Kind::kReal;
  value.real = number;
}

void GivenRows::add(std::string_view bytes, Value::Kind kind) {
  Value& value = values_.emplace_back();
  value.kind = kind;
  value.size = static_cast<uint32_t>(bytes.size());
  value.begin = bytes_.size();
  bytes_.append(bytes);
}

void GivenRows::clear() {
  values_.clear();
  bytes_.clear();
}

Batch::Batch(Database& database, const std::string& into, int columns)
    : rows_(columns), insert_(database.query(into + " SELECT " + column_names(columns) + " FROM given_rows(?)")) {}

void Batch::run() { assert(rows_.is_whole()); }

void Batch::write() {
  if (rows_.empty()) return;
  insert_.bind(rows_).run();
  rows_.clear();
}

Batch& Batch::bind_integer(int64_t number) {
  rows_.add(number);
  return *this;
}

Batch& Batch::bind_real(double number) {
  rows_.add(number);
  return *this;
}

Batch& Batch::bind_null() {
  rows_.add_null();
  return *this;
}

Batch& Batch::add(std::string_view bytes, GivenRows::Value::Kind kind) {
  rows_.add(bytes, kind);
  return *this;
}

int define_given_rows(sqlite3* database) {
  static const sqlite3_module module = [] {
    sqlite3_module made{};
    made.xConnect = connect;  // no xCreate: it is there without being made, and cannot be
    made.xBestIndex = best_index;
    made.xDisconnect = disconnect;
    made.xOpen = open;
    made.xClose = close;
    made.xFilter = filter;
    made.xNext = next;
    made.xEof = at_end;
    made.xColumn = column;
    made.xRowid = row_number;
    return made;
  }();
  return sqlite3_create_module_v2(database, "given_rows", &module, nullptr, nullptr);
}

}  // namespace dragoman::store
