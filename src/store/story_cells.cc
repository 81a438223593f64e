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
    : database_(database),
      documents_(database.query("SELECT DISTINCT r.document FROM tellings t JOIN reports r USING (telling) WHERE "
                                "t.story = ?")),
      reports_(database.query("SELECT s.story, s.date, s.n_reports, s.n_sources FROM reports r CROSS JOIN tellings t "
                              "USING (telling) CROSS JOIN "
                              "stories s USING (story) WHERE r.document = ? ORDER BY r.event")),
      put_(database.query("INSERT OR REPLACE INTO story_cells VALUES (?, ?)")) {}

void StoryCells::write(const std::set<int64_t>& stories) {
  std::set<int64_t> documents;
  for (const int64_t story : stories) {
    for (documents_.bind(story); documents_.step();) documents.insert(documents_.integer(0));
  }
  for (const int64_t document : documents) write_document(document);
}

void StoryCells::write_all() {
  Query documents = database_.query("SELECT DISTINCT document FROM reports");
  while (documents.step()) write_document(documents.integer(0));
}

std::string StoryCells::of(int64_t document) {
  std::string bytes;
  int64_t before = 0;
  for (reports_.bind(document); reports_.step();) {
    const int64_t date = date_number(reports_.text(1));
    append_number(bytes, static_cast<uint64_t>(reports_.integer(0)));
    append_number(bytes, folded_sign(date - before));
    append_number(bytes, static_cast<uint64_t>(reports_.integer(2)));
    append_number(bytes, static_cast<uint64_t>(reports_.integer(3)));
    before = date;
  }
  return bytes;
}

void StoryCells::write_document(int64_t document) { put_.bind(document).bind_blob(of(document)).run(); }

namespace {

/// Reads the stories of a document's events one by one.
class StoriesOf {
 public:
  explicit StoriesOf(std::string_view bytes) : bytes_(bytes) {}

  struct Told {
    int64_t story = 0, date = 0;
    uint64_t reports = 0, sources = 0;
  };
  /// That of an event, counted from 0; of later ones than before.
  const Told& of(size_t event) {
    for (; next_ <= event; ++next_) {
      told_.story = static_cast<int64_t>(take_number(bytes_));
      told_.date += unfolded(take_number(bytes_));
      told_.reports = take_number(bytes_);
      told_.sources = take_number(bytes_);
    }
    return told_;
  }

 private:
  std::string_view bytes_;
  size_t next_ = 0;
  Told told_;
};

}  // namespace

Found<int64_t> stories_with(Database& database, const StoryQuery& query) {
  CellFilter filter(database, query.events);
  EventCells cells;
  Found<int64_t> found;
  RowSet seen;
  // Of a damaged store cells may name rows that are not there.
  const int64_t last = database.integer("SELECT coalesce(max(story), 0) FROM stories");
  std::vector<size_t> events;
  const auto add = [&](std::string_view bytes) {
    StoriesOf stories(bytes);
    for (const size_t event : events) {
      const StoriesOf::Told& told = stories.of(event);
      if (told.reports < query.min_reports || told.sources < query.min_sources) continue;
      if (told.story > last || seen.holds(told.story)) continue;
      seen.add(told.story);
      found.emplace_back(told.date, told.story);
    }
  };
  // Where events of few documents are let through, the stories of those alone are read.
  const bool few = !(query.events.actor + query.events.recipient + query.events.text).empty();
  Query documents = database.query((few ? "SELECT cells, document FROM event_cells"
                                        : "SELECT cells, stories FROM event_cells JOIN story_cells USING (document)") +
                                   filter.documents());
  Query stories = database.query("SELECT stories FROM story_cells WHERE document = ?");
  while (documents.step()) {
    events.clear();
    cells.open(documents.bytes(0));
    filter.each(cells, [&](int64_t event) {
      events.push_back(static_cast<size_t>(event) - 1);
      return true;
    });
    if (events.empty()) continue;
    if (!few) {
      add(documents.bytes(1));
    } else if (stories.bind(documents.integer(1)).step()) {
      add(stories.bytes(0));
      stories.reset();
    }
  }
  return found;
}

}  // namespace dragoman::store
