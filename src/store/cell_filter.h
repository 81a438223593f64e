// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/store.h"
#include "store/event_cells.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Which events the filters of a query let through, by their cells. Its document plays no part, nor do corrections.
class CellFilter {
 public:
  CellFilter(Database& database, const EventQuery& query);

  /// " WHERE …" over event_cells: documents that may have an event that is let through. "" for all of them.
  std::string documents() const;
  /// Whether an event that next() came to is let through. Reads no further than it must.
  bool lets_through(EventCells& cells, EventCell& cell) const;
  /// Whether one of a document's events is let through.
  bool lets_any_through(std::string_view cells) const;

 private:
  bool begins_right(const EventCell& cell) const;
  bool has_days(const EventCell& cell) const;

  uint8_t type_, status_;
  bool nothing_ = false;
  std::optional<int64_t> from_, to_;
  std::optional<double> confidence_;
  std::shared_ptr<const RowSet> rows_;
  std::optional<RowSet> actors_, recipients_;
};

}  // namespace dragoman::store
