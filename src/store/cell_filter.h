// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/store.h"
#include "store/conditions.h"
#include "store/event_cells.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Whether cells answer such filters, quicker than each event that is let through is looked up.
bool are_found_by_cells(Database& database, const EventQuery& query, const Conditions& conditions);

/// Which events the filters of a query let through, by their cells. Its document plays no part, nor do corrections.
class CellFilter {
 public:
  CellFilter(Database& database, const EventQuery& query);

  /// " WHERE …" over event_cells: documents that may have an event that is let through. "" for all of them.
  std::string documents() const;
  /// Calls `each` with every event of a document that is let through, as the cells stand at it, and its number from 1,
  /// until it says false.
  template <class Each>
  void each(EventCells& cells, const Each& each) {
    if (!begin(cells)) return;
    for (int64_t event = 1; cells.next(); ++event) {
      if (lets_through(cells) && !each(event)) return;
    }
  }

 private:
  /// Whether an event of the document that was opened may be let through.
  bool begin(EventCells& cells);
  bool lets_through(EventCells& cells) const;

  uint8_t type_, status_;
  bool nothing_ = false;
  std::optional<int64_t> from_, to_;
  std::optional<int64_t> confidence_;
  std::shared_ptr<const RowSet> rows_;
  std::optional<RowSet> actors_, recipients_;
  std::vector<uint8_t> actors_here_, recipients_here_, days_here_;  // which of the document's are wanted
};

}  // namespace dragoman::store
