// SPDX-License-Identifier: Apache-2.0
#include "store/cell_filter.h"

#include <algorithm>
#include <cstdlib>

#include "store/corrections.h"
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

/// The least one that SQL, which compares with these digits, lets through.
int64_t least_confidence(double confidence) {
  const double least = std::strtod(std::to_string(confidence).c_str(), nullptr);
  int64_t whole = static_cast<int64_t>(least * kTimes) - 1;
  while (static_cast<double>(whole) / kTimes < least) ++whole;
  return whole;
}

/// Notes which of a document's values are wanted; whether any is.
template <class Value, class Wanted>
bool mark(const std::vector<Value>& values, std::vector<uint8_t>& here, const Wanted& wanted) {
  here.resize(values.size());
  uint8_t any = 0;
  for (size_t i = 0; i < values.size(); ++i) any |= here[i] = wanted(values[i]) ? 1 : 0;
  return any != 0;
}

}  // namespace

bool are_found_by_cells(Database& database, const EventQuery& query, const Conditions& conditions) {
  // Of so many events at most it is quicker to look each up.
  constexpr int64_t kFew = 4000;
  return query.document.empty() && !conditions.few(kFew) && database.integer("PRAGMA user_version") >= kCellsVersion &&
         !are_corrected(database, query.corrected);
}

CellFilter::CellFilter(Database& database, const EventQuery& query)
    : type_(number_of_type(query.type)), status_(number_of_status(query.status)) {
  nothing_ = (type_ == 0 && !query.type.empty()) || (status_ == 0 && !query.status.empty());
  if (!query.from.empty()) from_ = day_number(days_of(query.from)->first);
  if (!query.to.empty()) to_ = day_number(days_of(query.to)->second);
  if (query.min_confidence > 0) confidence_ = least_confidence(query.min_confidence);
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

bool CellFilter::begin(EventCells& cells) {
  if (nothing_) return false;
  if (actors_ && !mark(cells.parties(), actors_here_, [&](int64_t row) { return actors_->holds(row); })) return false;
  if (recipients_ && !mark(cells.parties(), recipients_here_, [&](int64_t row) { return recipients_->holds(row); })) {
    return false;
  }
  return (!from_ && !to_) || mark(cells.days(), days_here_, [&](const std::pair<int64_t, int64_t>& days) {
           return days.first != 0 && (!from_ || days.second >= *from_) && (!to_ || days.first <= *to_);
         });
}

bool CellFilter::lets_through(EventCells& cells) const {
  if ((type_ != 0 && cells.type() != type_) || (status_ != 0 && cells.status() != status_)) return false;
  if (rows_ && !rows_->holds(cells.sentence_row())) return false;
  if ((from_ || to_) && days_here_[cells.day()] == 0) return false;
  if (confidence_ && cells.confidence() < *confidence_) return false;
  const auto any = [](const std::vector<uint8_t>& here, const std::vector<uint32_t>& numbers) {
    return std::any_of(numbers.begin(), numbers.end(), [&](uint32_t number) { return here[number] != 0; });
  };
  return (!actors_ || any(actors_here_, cells.actors())) && (!recipients_ || any(recipients_here_, cells.recipients()));
}

}  // namespace dragoman::store
