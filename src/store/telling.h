// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/sqlite.h"

namespace dragoman::store {

/// The number by which a report's story is found: of the id of its event, 48 bits of its SHA-256. A story has the id of
/// its first report.
int64_t name_of_report(const std::string& event);
/// The kind ("s"; storylines have "l") and 12 hexadecimal digits.
std::string story_id(int64_t name, char kind = 's');
std::optional<int64_t> name_from_id(const std::string& id, char kind = 's');  ///< nothing where it is no such id

/// The number that SQL finds by the name in an id, its one question mark; 0 where it is no such id or none is found.
int64_t find_named(Database& database, std::string_view sql, const std::string& id, char kind = 's');

/// One report with what decides on the values of its story.
struct Told {
  std::string value;
  double confidence = 0;
};

/// The value that most reports tell (of equals that of the surest, then the first by letters); "" only where none
/// tells another.
std::string most_told(const std::vector<Told>& all);

/// Of the table `stories`, but for its number and storyline.
struct KeptStory {
  std::string id, date, type, status, first_report, last_report;
  int64_t n_reports = 0, n_sources = 0, document = 0;
  std::string place;
  bool operator==(const KeptStory&) const = default;
};

/// Writes rows of stories from the tellings that belong to them, and notes that their storylines have changed. Stories
/// of a storyline are in order of their `place`: of the first day on which one may have happened, then of its first
/// report, and in that as the article tells them.
class StoryWriter {
 public:
  explicit StoryWriter(Database& database);

  void remove(int64_t story);
  /// Adds the row of a story that has reports.
  void tell(int64_t story);
  /// What its row is to be; nothing where it has no reports.
  std::optional<KeptStory> kept(int64_t story);

 private:
  struct Report;
  static uint64_t sources(const std::vector<Report>& reports);

  Query reports_, put_, remove_, changed_;
};

}  // namespace dragoman::store
