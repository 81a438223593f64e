// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// kUsage: this value is no such thing; what is.
Error unknown(const std::string& value, const std::string& what, const std::string& known);

/// kUsage for the first text that is no date; empty ones are left out.
std::optional<Error> fault_of_dates(const std::vector<std::string>& dates);

/// The names of an enumeration's values.
template <class Enum>
std::string names(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.emplace_back(to_string(static_cast<Enum>(i)));
  return base::join(all, ", ");
}

/// Words for FTS5, each quoted so that none is taken for its own language; a star at the end stays outside.
std::string match_of(const std::string& words);

/// The tables that the filters of events are over: "events e JOIN documents d …", with their sentences s where words
/// are looked for.
std::string tables_of(const EventQuery& query);

/// The WHERE of a query with the values for its question marks.
class Conditions {
 public:
  void add(const std::string& part, const std::vector<std::string>& values);
  /// Nothing where the value is empty.
  void equal(const char* column, const std::string& value);
  /// Days that `first` and `last` (columns) cover meet from … to.
  void days(const std::string& first, const std::string& last, const std::string& from, const std::string& to);
  /// Who is named (parties_named(), parties.h) by a country code in the column `country` or a name in the column
  /// `name_column`; `around` holds "%" where the test goes. Nothing where the name is empty.
  void who(const std::string& name, const std::string& country, const std::string& name_column,
           const std::string& around);
  /// All filters of an event listing, over events e, documents d and sentences s.
  void add(Database& database, const EventQuery& query);

  std::string sql() const;  ///< " WHERE …", or nothing
  void bind(Query& query) const;

 private:
  void participant(Database& database, const char* role, const std::string& name, bool corrected);

  std::vector<std::string> parts_;
  std::vector<std::string> values_;
};

}  // namespace dragoman::store
