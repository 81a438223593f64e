// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/record.h"
#include "store/sqlite.h"
#include "store/tally_cells.h"
#include "store/tally_parts.h"

namespace dragoman::store {

/// Version of the store that has the table `tallies` as it is now.
inline constexpr int64_t kTalliesVersion = 5;

/// By what counts are kept: two keys at most; each value of them has a row with counts of all, by type, by status, by
/// quad, by type and status, by quad and status, each with its own number of documents, which cannot be added up.
struct Level {
  const char* keys[2];
  size_t count;
};
extern const std::vector<Level> kLevels;

/// As what events are counted, each once: those who take part, by their country, else their name ("" alone where nobody
/// does); the places they name (spot_of()); and the score as a whole number, so that sums do not depend on the order.
std::vector<std::string> counted_names(const Record& record, const std::vector<Participant>& participants);
std::vector<std::string> counted_spots(const std::vector<Location>& locations);
int64_t counted_score(const Event& event);

/// Keeps the table `tallies` (with what is put by for it), so that counting reads a row a group.
class Tallies {
 public:
  explicit Tallies(Database& database);

  /// Adds the events of a document (sign 1) or takes them away (-1); put by for the table after write().
  void add(const Record& record, int sign = 1);
  void write();
  void forget();  ///< what was added and not written

 private:
  /// An event as it is counted in each of its groups.
  struct Told {
    TallyCell cell;
    uint32_t document;
  };
  /// That it is one of a group: numbers of the values of its keys.
  struct Counted {
    uint64_t group;
    uint32_t event;  // of events_
    uint32_t a() const { return static_cast<uint32_t>(group >> 32U); }
    uint32_t b() const { return static_cast<uint32_t>(group); }
  };

  uint32_t number_of(const std::string& value);
  void count(size_t level, const std::vector<std::vector<uint32_t>>& values);

  TallyParts parts_;
  std::vector<Told> events_;
  std::vector<std::vector<Counted>> counted_;          // by level
  size_t count_ = 0;                                   // of those
  std::unordered_map<std::string, uint32_t> numbers_;  // of values
  uint32_t document_ = 0;                              // documents added so far
};

/// Counts everything anew, from the records; those that are damaged count nothing.
void tally_all(Database& database);

}  // namespace dragoman::store
