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

  /// By the beginning of a cell.
  bool may_let_through(const EventCell& cell) const;
  /// By the rest of one that may be let through.
  bool lets_through(const EventCell& cell) const;
  /// Whether one of a document's events is let through.
  bool lets_any_through(std::string_view cells) const;

 private:
  uint8_t type_, status_;
  bool nothing_ = false;
  std::optional<int64_t> from_, to_;
  std::optional<double> confidence_;
  std::shared_ptr<const RowSet> rows_;
  std::optional<RowSet> actors_, recipients_;
};

}  // namespace dragoman::store
