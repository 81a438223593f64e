// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/spots.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Version of the store whose cells of events and stories are as they are read here.
inline constexpr int64_t kCellsVersion = 10;

/// What filters and counts look at of an event: what next() reads, what days(), parties() and
/// spots_and_modes() do.
struct EventCell {
  int64_t sentence_row = 0;
  uint8_t type = 0, status = 0, quad = 0;  ///< numbers of tally_cells.h
  bool historical = false;

  int64_t score = 0, confidence = 0;    ///< whole() of tally_cells.h
  int64_t first_day = 0, last_day = 0;  ///< as 20261128; 0: not known

  std::vector<int64_t> actors, recipients;  ///< rows of `parties`, 0 where there is none of one

  std::vector<int64_t> spots;  ///< rows of `spots`: its places, each once, in order
  std::string_view modes;      ///< joined as in `events`; a view into the bytes
};

/// "2026-11-28" as 20261128; 0 for "".
int64_t day_number(std::string_view day);
/// The other way, of a day that is known.
std::string day_text(int64_t number);

/// Reads the cells of a document one by one, and further in those that a look at their beginning leaves over.
class EventCells {
 public:
  explicit EventCells(std::string_view bytes) : bytes_(bytes) {}
  bool next(EventCell& cell);  ///< false after the last
  /// After next(), in any order.
  void days(EventCell& cell);  ///< reads them once only
  void parties(EventCell& cell) const;
  void spots_and_modes(EventCell& cell) const;
  /// Whether one of the actors is among these, and one of the recipients among those; null for any or none.
  bool any_of(const RowSet* actors, const RowSet* recipients) const;

 private:
  std::string_view bytes_, days_, rest_;
  int64_t row_ = 0;
  bool has_days_ = false;
};

/// Of a document: what stands in its row of the table.
struct DocumentCells {
  std::string cells;
  int64_t first_day = 0, last_day = 0;  ///< that its events cover; 0 where no day is known of any
  std::string publisher;                ///< "" if none

  void add(const EventCell& cell);

 private:
  int64_t row_before_ = 0;
};

/// Makes the cells of a document from its rows in the other tables.
class CellMaker {
 public:
  /// Places that are in no row of `spots` get one where they are `added`, else the number 0.
  CellMaker(Database& database, bool added);
  DocumentCells cells_of(int64_t document);
  void write(int64_t document, const DocumentCells& cells);  ///< puts them into the table

 private:
  Database& database_;
  Query events_, parties_, locations_, publisher_;
  SpotRows spots_;
  std::optional<Query> add_;
};

/// All anew, for a store of an older version.
void fill_cells(Database& database);

}  // namespace dragoman::store
