// SPDX-License-Identifier: Apache-2.0
#include "store/event_cells.h"

#include <algorithm>

#include "store/numbers.h"
#include "store/tally_cells.h"

namespace dragoman::store {
namespace {

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

void append_numbers(std::string& bytes, const std::vector<size_t>& numbers) {
  append_number(bytes, numbers.size());
  for (const size_t number : numbers) append_number(bytes, number);
}

/// How many bytes follow; how many kinds there are, and each.
template <class Value, class Append>
void append_kinds(std::string& bytes, const std::vector<Value>& kinds, const Append& append) {
  std::string all;
  append_number(all, kinds.size());
  for (const Value& kind : kinds) append(all, kind);
  append_text(bytes, all);
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

void CellWriter::add(const EventCell& cell) {
  std::string event;
  append_number(event, days_.number_of({cell.first_day, cell.last_day}));
  append_number(event, scores_.number_of(cell.score));
  append_number(event, modes_.number_of(cell.modes));
  append_number(event, folded_sign(cell.confidence));
  std::vector<size_t> numbers;
  const auto list = [&](const std::vector<int64_t>& rows, Kinds<int64_t>& kinds) {
    numbers.clear();
    for (const int64_t row : rows) numbers.push_back(kinds.number_of(row));
    append_numbers(event, numbers);
  };
  list(cell.actors, parties_);
  list(cell.recipients, parties_);
  list(cell.spots, spots_);
  events_.push_back(static_cast<char>(cell.type | (cell.historical ? 0x80U : 0U)));
  events_.push_back(static_cast<char>(cell.status | cell.quad << 4U));
  append_number(events_, folded_sign(cell.sentence_row - row_before_));
  row_before_ = cell.sentence_row;
  append_text(events_, event);
  if (cell.first_day == 0) return;
  first_day_ = first_day_ == 0 ? cell.first_day : std::min(first_day_, cell.first_day);
  last_day_ = std::max(last_day_, cell.last_day);
}

DocumentCells CellWriter::cells() const {
  DocumentCells done;
  done.first_day = first_day_;
  done.last_day = last_day_;
  if (events_.empty()) return done;
  const auto row = [](std::string& bytes, int64_t one) { append_number(bytes, static_cast<uint64_t>(one)); };
  append_kinds(done.cells, parties_.all, row);
  append_kinds(done.cells, spots_.all, row);
  append_kinds(done.cells, scores_.all,
               [](std::string& bytes, int64_t score) { append_number(bytes, folded_sign(score)); });
  append_kinds(done.cells, days_.all, [](std::string& bytes, const std::pair<int64_t, int64_t>& days) {
    append_number(bytes, static_cast<uint64_t>(days.first));
    append_number(bytes, folded_sign(days.second - days.first));
  });
  append_kinds(done.cells, modes_.all, [](std::string& bytes, const std::string& modes) { append_text(bytes, modes); });
  done.cells += events_;
  return done;
}

void EventCells::open(std::string_view bytes) {
  bytes_ = bytes;
  row_ = 0;
  parties_.open(bytes_);
  spots_.open(bytes_);
  scores_.open(bytes_);
  days_.open(bytes_);
  modes_.open(bytes_);
}

template <class Value>
void EventCells::Kinds<Value>::open(std::string_view& cells) {
  bytes = take_text(cells);
  count = std::min<uint64_t>(take_number(bytes), bytes.size());  // none takes less than a byte
  read = false;
}

template <class Value>
template <class Take>
const std::vector<Value>& EventCells::Kinds<Value>::all(const Take& take) {
  if (read) return values;
  read = true;
  values.resize(count);
  for (Value& value : values) value = take(bytes);
  return values;
}

namespace {

int64_t take_row(std::string_view& bytes) { return static_cast<int64_t>(take_number(bytes)); }
int64_t take_signed(std::string_view& bytes) { return unfolded(take_number(bytes)); }
std::pair<int64_t, int64_t> take_days(std::string_view& bytes) {
  const int64_t first = take_row(bytes);
  return {first, first + take_signed(bytes)};
}

}  // namespace

const std::vector<int64_t>& EventCells::parties() { return parties_.all(take_row); }
const std::vector<int64_t>& EventCells::spots() { return spots_.all(take_row); }
const std::vector<int64_t>& EventCells::scores() { return scores_.all(take_signed); }
const std::vector<std::pair<int64_t, int64_t>>& EventCells::days() { return days_.all(take_days); }
const std::vector<std::string_view>& EventCells::modes() { return modes_.all(take_text); }

bool EventCells::next() {
  while (bytes_.size() > 2) {
    first_ = static_cast<uint8_t>(bytes_[0]);
    second_ = static_cast<uint8_t>(bytes_[1]);
    bytes_.remove_prefix(2);
    row_ += unfolded(take_number(bytes_));
    lists_ = take_text(bytes_);
    day_ = take_number(lists_);
    score_ = take_number(lists_);
    mode_ = take_number(lists_);
    confidence_ = unfolded(take_number(lists_));
    read_ = 0;
    if (day_ < days_.count && score_ < scores_.count && mode_ < modes_.count) return true;
  }
  return false;
}

const std::vector<uint32_t>& EventCells::actors() { return numbers(0); }
const std::vector<uint32_t>& EventCells::recipients() { return numbers(1); }
const std::vector<uint32_t>& EventCells::places() { return numbers(2); }

const std::vector<uint32_t>& EventCells::numbers(size_t which) {
  for (; read_ <= which; ++read_) {
    const uint64_t kinds = read_ < 2 ? parties_.count : spots_.count;
    auto& numbers = numbers_[read_];
    numbers.clear();
    for (uint64_t left = take_number(lists_); left > 0 && !lists_.empty(); --left) {
      const uint64_t number = take_number(lists_);
      if (number < kinds) numbers.push_back(static_cast<uint32_t>(number));
    }
  }
  return numbers_[which];
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
  CellWriter writer;
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
    cell.modes = events_.text(10);
    parties_.bind(document).bind(events_.integer(0));
    while (parties_.step()) {
      (parties_.text(0) == "actor" ? cell.actors : cell.recipients).push_back(parties_.integer(1));
    }
    std::vector<Location> locations;
    for (locations_.bind(document).bind(events_.integer(0)); locations_.step();) {
      locations.push_back(location_at(locations_, 0));
    }
    cell.spots = spots_.of(locations);
    writer.add(cell);
  }
  DocumentCells cells = writer.cells();
  for (publisher_.bind(document); publisher_.step();) cells.publisher = publisher_.text(0);
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
