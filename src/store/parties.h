// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/sqlite.h"

namespace dragoman::store {

/// Keeps the tables `parties` and `party_words`: who takes part in events, each name with each country once, so that
/// a filter looks through names instead of through all events.
class Parties {
 public:
  explicit Parties(Database& database);

  /// The row of an entity's name with the country of its mention ("" if none), made where there is none.
  int64_t of(const std::string& name, const std::string& country);
  /// Rows that a transaction made may be gone with it.
  void forget() { known_.clear(); }

 private:
  Database& database_;
  Query find_, add_, add_word_;
  std::unordered_map<std::string, int64_t> known_;
};

/// For a store that had no such tables.
void fill_parties(Database& database);

/// SQL that selects the rows of `parties` whom a filter names, with the values for its question marks: those of a
/// country (code), and those with a name that begins with these words at the start of one of its own. Three capitals
/// are looked for as a whole word only, so that EUR does not find everything European.
struct Named {
  std::string sql;
  std::vector<std::string> values;
};
Named parties_named(const std::string& name);

/// SQL over a row of `parties` for what counts call them: the country, else the name.
inline constexpr const char* kCalled = "CASE WHEN country <> '' THEN country ELSE name END";

/// The country's code that a name may be: "chn" is CHN.
std::string code_of(const std::string& name);

/// Whether a name is looked for as a whole word only, as codes are: three capitals.
bool is_code(const std::string& name);

}  // namespace dragoman::store
