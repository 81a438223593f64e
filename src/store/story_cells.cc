// SPDX-License-Identifier: Apache-2.0
#include "store/story_cells.h"

#include <string>

#include "store/cell_filter.h"
#include "store/numbers.h"

namespace dragoman::store {

StoryCells::StoryCells(Database& database)
    : all_(database.query("SELECT DISTINCT document FROM reports")),
      documents_(database.query("SELECT DISTINCT r.document FROM tellings t JOIN reports r USING (telling) WHERE "
                                "t.story = ?")),
      reports_(database.query("SELECT t.story FROM reports r CROSS JOIN tellings t USING (telling) WHERE r.document = "
                              "? ORDER BY r.event")),
      put_(database.query("INSERT OR REPLACE INTO story_cells VALUES (?, ?)")) {}

void StoryCells::write(const std::set<int64_t>& stories) {
  std::set<int64_t> documents;
  for (const int64_t story : stories) {
    for (documents_.bind(story); documents_.step();) documents.insert(documents_.integer(0));
  }
  for (const int64_t document : documents) write_document(document);
}

void StoryCells::write_all() {
  while (all_.step()) write_document(all_.integer(0));
}

void StoryCells::write_document(int64_t document) {
  std::string bytes;
  for (reports_.bind(document); reports_.step();) append_number(bytes, static_cast<uint64_t>(reports_.integer(0)));
  put_.bind(document).bind_blob(bytes).run();
}

std::shared_ptr<const RowSet> stories_with(Database& database, const EventQuery& query) {
  const CellFilter filter(database, query);
  auto rows = std::make_shared<RowSet>();
  Query documents = database.query("SELECT cells, stories FROM event_cells JOIN story_cells USING (document)");
  while (documents.step()) {
    EventCells cells(documents.bytes(0));
    std::string_view stories = documents.bytes(1);
    for (EventCell cell; !stories.empty() && cells.next(cell);) {
      const auto story = static_cast<int64_t>(take_number(stories));
      if (!filter.may_let_through(cell)) continue;
      cells.rest(cell);
      if (filter.lets_through(cell)) rows->add(story);
    }
  }
  return rows;
}

}  // namespace dragoman::store
