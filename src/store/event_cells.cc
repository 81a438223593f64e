// SPDX-License-Identifier: Apache-2.0
#include "store/event_cells.h"

#include "store/numbers.h"
#include "store/tally_cells.h"

namespace dragoman::store {
namespace {

void append_all(std::string& bytes, const std::vector<int64_t>& rows) {
  append_number(bytes, rows.size());
  for (const int64_t row : rows) append_number(bytes, static_cast<uint64_t>(row));
}

void take_all(std::string_view& bytes, std::vector<int64_t>& rows) {
  rows.clear();
  for (uint64_t left = take_number(bytes); left > 0 && !bytes.empty(); --left) {
    rows.push_back(static_cast<int64_t>(take_number(bytes)));
  }
}

}  // namespace

int64_t day_number(std::string_view day) {
  int64_t number = 0;
  for (const char c : day) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
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
  const auto length = static_cast<size_t>(take_number(bytes_));
  rest_ = bytes_.substr(0, length);
  bytes_.remove_prefix(rest_.size());
  return true;
}

void EventCells::rest(EventCell& cell) {
  cell.score = unfolded(take_number(rest_));
  cell.confidence = unfolded(take_number(rest_));
  cell.first_day = static_cast<int64_t>(take_number(rest_));
  cell.last_day = cell.first_day + unfolded(take_number(rest_));
  const auto length = static_cast<size_t>(take_number(rest_));
  cell.place = rest_.substr(0, length);
  rest_.remove_prefix(cell.place.size());
  take_all(rest_, cell.actors);
  take_all(rest_, cell.recipients);
}

CellMaker::CellMaker(Database& database)
    : events_(database.query(
          "SELECT ordinal, type, status, historical, coalesce(quad, ''), score, confidence, coalesce(first_day, ''), "
          "coalesce(last_day, ''), sentence_row, (SELECT country FROM main.locations l WHERE l.document = e.document "
          "AND l.event = e.ordinal AND l.ordinal = 1) FROM main.events e WHERE document = ? ORDER BY ordinal")),
      parties_(database.query("SELECT role, party FROM main.participants WHERE document = ? AND event = ? AND role IN "
                              "('actor', 'recipient') ORDER BY role, ordinal")),
      add_(database.query("INSERT INTO event_cells VALUES (?, ?)")) {}

std::string CellMaker::cells_of(int64_t document) {
  std::string bytes, rest;
  int64_t row = 0;
  std::vector<int64_t> actors, recipients;
  for (events_.bind(document); events_.step();) {
    parties_.bind(document).bind(events_.integer(0));
    actors.clear();
    recipients.clear();
    while (parties_.step()) (parties_.text(0) == "actor" ? actors : recipients).push_back(parties_.integer(1));
    bytes.push_back(static_cast<char>(number_of_type(events_.text(1)) | (events_.integer(3) != 0 ? 0x80U : 0U)));
    bytes.push_back(static_cast<char>(number_of_status(events_.text(2)) | number_of_quad(events_.text(4)) << 4U));
    append_number(bytes, folded_sign(events_.integer(9) - row));
    row = events_.integer(9);
    rest.clear();
    append_number(rest, folded_sign(whole(events_.real(5))));
    append_number(rest, folded_sign(whole(events_.real(6))));
    const int64_t first = day_number(events_.text(7));
    append_number(rest, static_cast<uint64_t>(first));
    append_number(rest, folded_sign(day_number(events_.text(8)) - first));
    const std::string place = events_.text(10);
    append_number(rest, place.size());
    rest += place;
    append_all(rest, actors);
    append_all(rest, recipients);
    append_number(bytes, rest.size());
    bytes += rest;
  }
  return bytes;
}

void CellMaker::write(int64_t document) {
  const std::string cells = cells_of(document);
  if (!cells.empty()) add_.bind(document).bind_blob(cells).run();
}

void fill_cells(Database& database) {
  CellMaker maker(database);
  Query documents = database.query("SELECT document FROM documents");
  while (documents.step()) maker.write(documents.integer(0));
}

}  // namespace dragoman::store
