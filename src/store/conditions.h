// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// The tables that the filters of events are over.
inline constexpr const char* kEventTables = "events e JOIN documents d ON d.document = e.document";

/// Whether more than one filter is set beside days and document.
bool several_filter(const EventQuery& query);

/// The WHERE of a query with the values for its question marks.
class Conditions {
 public:
  void add(const std::string& part, const std::vector<std::string>& values);
  /// A part with one question mark, for the number; for the set.
  void bound(const std::string& part, double number);
  void among(const std::string& part, std::shared_ptr<const RowSet> rows);
  /// Nothing where the value is empty.
  void equal(const char* column, const std::string& value);
  /// Days that `first` and `last` (columns) cover meet from … to.
  void days(const std::string& first, const std::string& last, const std::string& from, const std::string& to);
  /// Who is named (parties_named(), parties.h) by a country code in the column `country` or a name in the column
  /// `name_column`; `around` holds "%" where the test goes. Nothing where the name is empty.
  void who(const std::string& name, const std::string& country, const std::string& name_column,
           const std::string& around);
  /// The documents `d` whose id or source this is, or else the one that it is part of (find_document(), select.h; a
  /// Failure of kNotFound where there is none). Nothing where the name is empty.
  void document(Database& database, const std::string& name);
  /// Whose sentences hold all of the words: `few` is the part where no more than `most` sentences do, with a question
  /// mark for their rows as JSON, `many` the one where more do, with one for their set. Nothing where there are no
  /// words.
  void words(Database& database, const std::string& text, size_t most, const std::string& few, const std::string& many);
  /// All filters of an event listing, over events e and documents d.
  void add(Database& database, const EventQuery& query);

  /// Whether a filter lets few through (no more than `most`), which are quicker looked up one by one.
  bool few(int64_t most = std::numeric_limits<int64_t>::max()) const { return few_ && *few_ <= most; }

  std::string sql() const;  ///< " WHERE …", or nothing
  void bind(Query& query) const;

 private:
  void participant(Database& database, const char* role, const std::string& name, bool corrected, int64_t most);
  void let_through(int64_t events);

  struct Value {
    std::string text;
    std::optional<double> number = {};             // bound instead of the text
    std::shared_ptr<const RowSet> rows = nullptr;  // likewise
  };
  std::vector<std::string> parts_;
  std::vector<Value> values_;
  std::optional<int64_t> few_;  // at most so many events are let through
};

}  // namespace dragoman::store
