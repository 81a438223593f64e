// SPDX-License-Identifier: Apache-2.0
#include "store/story_cells.h"

#include "store/cell_filter.h"
#include "store/numbers.h"

namespace dragoman::store {

int64_t date_number(std::string_view date) {
  constexpr size_t kDigits = 8;
  int64_t number = 0;
  size_t digits = 0;
  // What follows a month, a year or a decade by itself is nothing; "2026-11/2026-12" and "202X" come behind all days of
  // 2026-11 and of the twenties, as '/' comes behind '-', and 'X' behind '9'.
  int64_t rest = date.empty() ? 9 : 0;
  for (size_t i = 0; i < date.size() && digits < kDigits; ++i) {
    if (date[i] == '-') continue;
    if (date[i] < '0' || date[i] > '9') {
      rest = 9;
      break;
    }
    number = number * 10 + (date[i] - '0');
    ++digits;
  }
  for (; digits < kDigits; ++digits) number = number * 10 + rest;
  return number;
}

StoryCells::StoryCells(Database& database)
    : documents_(database.query("SELECT DISTINCT r.document FROM tellings t JOIN reports r USING (telling) WHERE "
                                "t.story = ?")),
      reports_(database.query("SELECT s.story, s.date FROM reports r CROSS JOIN tellings t USING (telling) CROSS JOIN "
                              "stories s USING (story) WHERE r.document = ? ORDER BY r.event")),
      put_(database.query("INSERT OR REPLACE INTO story_cells VALUES (?, ?)")) {}

void StoryCells::write(const std::set<int64_t>& stories) {
  std::set<int64_t> documents;
  for (const int64_t story : stories) {
    for (documents_.bind(story); documents_.step();) documents.insert(documents_.integer(0));
  }
  for (const int64_t document : documents) write_document(document);
}

std::string StoryCells::of(int64_t document) {
  std::string bytes;
  int64_t before = 0;
  for (reports_.bind(document); reports_.step();) {
    const int64_t date = date_number(reports_.text(1));
    append_number(bytes, static_cast<uint64_t>(reports_.integer(0)));
    append_number(bytes, folded_sign(date - before));
    before = date;
  }
  return bytes;
}

void StoryCells::write_document(int64_t document) { put_.bind(document).bind_blob(of(document)).run(); }

std::vector<std::pair<int64_t, int64_t>> stories_with(Database& database, const EventQuery& query) {
  const CellFilter filter(database, query);
  std::vector<std::pair<int64_t, int64_t>> found;
  RowSet seen;
  Query documents = database.query("SELECT cells, stories FROM event_cells JOIN story_cells USING (document)" +
                                   filter.documents(database));
  while (documents.step()) {
    EventCells cells(documents.bytes(0));
    std::string_view stories = documents.bytes(1);
    int64_t date = 0;
    for (EventCell cell; !stories.empty() && cells.next(cell);) {
      const auto story = static_cast<int64_t>(take_number(stories));
      date += unfolded(take_number(stories));
      if (!filter.lets_through(cells, cell) || seen.holds(story)) continue;
      seen.add(story);
      found.emplace_back(date, story);
    }
  }
  return found;
}

}  // namespace dragoman::store
