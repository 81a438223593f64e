// SPDX-License-Identifier: Apache-2.0
#include "store/cell_filter.h"

#include <cstdlib>

#include "store/days.h"
#include "store/parties.h"
#include "store/tally_cells.h"
#include "store/words.h"

namespace dragoman::store {
namespace {

RowSet parties(Database& database, const std::string& name) {
  const Named named = parties_named(name);
  Query query = database.query(named.sql);
  for (const std::string& value : named.values) query.bind(value);
  RowSet rows;
  while (query.step()) rows.add(query.integer(0));
  return rows;
}

}  // namespace

CellFilter::CellFilter(Database& database, const EventQuery& query)
    : type_(number_of_type(query.type)), status_(number_of_status(query.status)) {
  nothing_ = (type_ == 0 && !query.type.empty()) || (status_ == 0 && !query.status.empty());
  if (!query.from.empty()) from_ = day_number(days_of(query.from)->first);
  if (!query.to.empty()) to_ = day_number(days_of(query.to)->second);
  // The digits that SQL compares with, too.
  if (query.min_confidence > 0) confidence_ = std::strtod(std::to_string(query.min_confidence).c_str(), nullptr);
  if (!query.text.empty()) rows_ = rows_with(database, query.text);
  if (!query.actor.empty()) actors_ = parties(database, query.actor);
  if (!query.recipient.empty()) recipients_ = parties(database, query.recipient);
}

std::string CellFilter::documents() const {
  if (!from_ && !to_) return "";
  std::string where = " WHERE first_day > 0";
  if (from_) where += " AND last_day >= " + std::to_string(*from_);
  if (to_) where += " AND first_day <= " + std::to_string(*to_);
  return where;
}

bool CellFilter::lets_through(EventCells& cells, EventCell& cell) const {
  if (!begins_right(cell)) return false;
  if (from_ || to_ || confidence_) {
    cells.days(cell);
    if (!has_days(cell)) return false;
  }
  if (!actors_ && !recipients_) return true;
  return cells.any_of(actors_ ? &*actors_ : nullptr, recipients_ ? &*recipients_ : nullptr);
}

bool CellFilter::begins_right(const EventCell& cell) const {
  if (nothing_ || (type_ != 0 && cell.type != type_) || (status_ != 0 && cell.status != status_)) return false;
  return !rows_ || rows_->holds(cell.sentence_row);
}

bool CellFilter::has_days(const EventCell& cell) const {
  if (from_ && (cell.last_day == 0 || cell.last_day < *from_)) return false;
  if (to_ && (cell.first_day == 0 || cell.first_day > *to_)) return false;
  return !confidence_ || static_cast<double>(cell.confidence) / kTimes >= *confidence_;
}

bool CellFilter::lets_any_through(std::string_view cells) const {
  EventCells all(cells);
  for (EventCell cell; all.next(cell);) {
    if (lets_through(all, cell)) return true;
  }
  return false;
}

}  // namespace dragoman::store
