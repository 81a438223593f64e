// SPDX-License-Identifier: Apache-2.0
#include "store/event_cells.h"

#include <algorithm>

#include "store/numbers.h"
#include "store/tally_cells.h"

namespace dragoman::store {
namespace {

void append_all(std::string& bytes, const std::vector<int64_t>& rows) {
  append_number(bytes, rows.size());
  for (const int64_t row : rows) append_number(bytes, static_cast<uint64_t>(row));
}

bool take_any(std::string_view& bytes, const RowSet* wanted) {
  bool any = wanted == nullptr;
  for (uint64_t left = take_number(bytes); left > 0 && !bytes.empty(); --left) {
    const auto row = static_cast<int64_t>(take_number(bytes));
    any = any || wanted->holds(row);
  }
  return any;
}

void take_all(std::string_view& bytes, std::vector<int64_t>& rows) {
  rows.clear();
  for (uint64_t left = take_number(bytes); left > 0 && !bytes.empty(); --left) {
    rows.push_back(static_cast<int64_t>(take_number(bytes)));
  }
}

void append_text(std::string& bytes, std::string_view text) {
  append_number(bytes, text.size());
  bytes += text;
}

std::string_view take_text(std::string_view& bytes) {
  const auto length = static_cast<size_t>(take_number(bytes));
  const std::string_view text = bytes.substr(0, length);
  bytes.remove_prefix(text.size());
  return text;
}

}  // namespace

int64_t day_number(std::string_view day) {
  int64_t number = 0;
  for (const char c : day) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

std::string day_text(int64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 8 ? 8 - digits.size() : 0, '0');
  return digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6);
}

void DocumentCells::add(const EventCell& cell) {
  std::string& bytes = cells;
  bytes.push_back(static_cast<char>(cell.type | (cell.historical ? 0x80U : 0U)));
  bytes.push_back(static_cast<char>(cell.status | cell.quad << 4U));
  append_number(bytes, folded_sign(cell.sentence_row - row_before_));
  row_before_ = cell.sentence_row;
  std::string days, rest;
  append_number(days, folded_sign(cell.score));
  append_number(days, folded_sign(cell.confidence));
  append_number(days, static_cast<uint64_t>(cell.first_day));
  append_number(days, folded_sign(cell.last_day - cell.first_day));
  append_text(rest, days);
  append_all(rest, cell.actors);
  append_all(rest, cell.recipients);
  append_all(rest, cell.spots);
  append_text(rest, cell.modes);
  append_number(bytes, rest.size());
  bytes += rest;
  if (cell.first_day == 0) return;
  first_day = first_day == 0 ? cell.first_day : std::min(first_day, cell.first_day);
  last_day = std::max(last_day, cell.last_day);
}

bool EventCells::next(EventCell& cell) {
  if (bytes_.size() < 2) return false;
  const auto first = static_cast<unsigned char>(bytes_[0]), second = static_cast<unsigned char>(bytes_[1]);
  bytes_.remove_prefix(2);
  cell.type = first & 0x7FU;
  cell.historical = (first & 0x80U) != 0;
  cell.status = second & 0xFU;
  cell.quad = second >> 4U;
  cell.sentence_row = row_ += unfolded(take_number(bytes_));
  rest_ = take_text(bytes_);
  days_ = take_text(rest_);
  has_days_ = false;
  return true;
}

void EventCells::days(EventCell& cell) {
  if (has_days_) return;
  has_days_ = true;
  std::string_view bytes = days_;
  cell.score = unfolded(take_number(bytes));
  cell.confidence = unfolded(take_number(bytes));
  cell.first_day = static_cast<int64_t>(take_number(bytes));
  cell.last_day = cell.first_day + unfolded(take_number(bytes));
}

bool EventCells::any_of(const RowSet* actors, const RowSet* recipients) const {
  std::string_view bytes = rest_;
  return take_any(bytes, actors) && (recipients == nullptr || take_any(bytes, recipients));
}

void EventCells::parties(EventCell& cell) const {
  std::string_view bytes = rest_;
  take_all(bytes, cell.actors);
  take_all(bytes, cell.recipients);
}

void EventCells::spots_and_modes(EventCell& cell) const {
  std::string_view bytes = rest_;
  take_any(bytes, nullptr);
  take_any(bytes, nullptr);
  take_all(bytes, cell.spots);
  cell.modes = take_text(bytes);
}

CellMaker::CellMaker(Database& database, bool added)
    : database_(database),
      events_(database.query(
          "SELECT ordinal, type, status, historical, coalesce(quad, ''), score, confidence, coalesce(first_day, ''), "
          "coalesce(last_day, ''), sentence_row, modes FROM main.events WHERE document = ? ORDER BY ordinal")),
      parties_(database.query("SELECT role, party FROM main.participants WHERE document = ? AND event = ? AND role IN "
                              "('actor', 'recipient') ORDER BY role, ordinal")),
      locations_(
          database.query("SELECT name, country, precision, geonames, lat, lon FROM main.locations WHERE document "
                         "= ? AND event = ? ORDER BY ordinal")),
      publisher_(database.query("SELECT publisher FROM main.documents WHERE document = ?")),
      spots_(database, added) {}

DocumentCells CellMaker::cells_of(int64_t document) {
  DocumentCells cells;
  for (publisher_.bind(document); publisher_.step();) cells.publisher = publisher_.text(0);
  for (events_.bind(document); events_.step();) {
    EventCell cell;
    cell.type = number_of_type(events_.text(1));
    cell.status = number_of_status(events_.text(2));
    cell.historical = events_.integer(3) != 0;
    cell.quad = number_of_quad(events_.text(4));
    cell.score = whole(events_.real(5));
    cell.confidence = whole(events_.real(6));
    cell.first_day = day_number(events_.text(7));
    cell.last_day = day_number(events_.text(8));
    cell.sentence_row = events_.integer(9);
    const std::string modes = events_.text(10);
    cell.modes = modes;
    parties_.bind(document).bind(events_.integer(0));
    while (parties_.step()) {
      (parties_.text(0) == "actor" ? cell.actors : cell.recipients).push_back(parties_.integer(1));
    }
    std::vector<Location> locations;
    for (locations_.bind(document).bind(events_.integer(0)); locations_.step();) {
      locations.push_back(location_at(locations_, 0));
    }
    cell.spots = spots_.of(locations);
    cells.add(cell);
  }
  return cells;
}

void CellMaker::write(int64_t document, const DocumentCells& cells) {
  if (cells.cells.empty()) return;
  if (!add_) add_.emplace(database_.query("INSERT OR REPLACE INTO event_cells VALUES (?, ?, ?, ?, ?)"));
  add_->bind(document).bind_blob(cells.cells).bind(cells.first_day).bind(cells.last_day);
  add_->bind_known(cells.publisher).run();
}

void fill_cells(Database& database) {
  CellMaker maker(database, true);
  Query documents = database.query("SELECT document FROM documents");
  while (documents.step()) maker.write(documents.integer(0), maker.cells_of(documents.integer(0)));
}

}  // namespace dragoman::store
