// SPDX-License-Identifier: Apache-2.0
#include "knowledge/table.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::knowledge {
namespace {

// Longer than any honest row; a line of megabytes is a broken or hostile file.
constexpr size_t kLongestLine = 64 * 1024;

std::optional<int> digits(std::string_view text, size_t count) {
  if (text.size() != count) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (!base::is_ascii_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

int days_of(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  const auto parts = base::split(text, '-');
  if (parts.size() > 3) return std::nullopt;
  const auto year = digits(parts[0], 4);
  const auto month = parts.size() > 1 ? digits(parts[1], 2) : 1;
  const auto day = parts.size() > 2 ? digits(parts[2], 2) : 1;
  if (!year || !month || !day || *year < 1 || *month < 1 || *month > 12 || *day < 1 || *day > days_of(*year, *month))
    return std::nullopt;
  return *year * 10000 + *month * 100 + *day;
}

std::string quoted(std::string_view text) {
  std::string out(1, '\'');
  return out.append(text).append(1, '\'');
}

Table::Table(std::string name, std::string_view text, const std::vector<std::string_view>& required,
             const std::vector<std::string_view>& known, std::vector<Error>* faults)
    : name_(std::move(name)), faults_(faults) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  uint32_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!is_readable(line, number) || line.starts_with('#') || base::trim(line).empty()) continue;
    if (!header_.empty())
      read_row(line, number);
    else if (!read_header(line, required, known, number))
      return;
  }
  if (header_.empty()) fault_line(number, number == 0 ? "is empty: no header line" : "no header line");
}

bool Table::is_readable(std::string_view line, uint32_t number) const {
  const auto wrong = [&](const std::string& message) {
    fault_line(number, message);
    return false;
  };
  if (line.size() > kLongestLine) return wrong("line of " + std::to_string(line.size()) + " bytes is too long");
  if (base::first_invalid_utf8(line) != base::kValid) return wrong("not UTF-8");
  if (std::any_of(line.begin(), line.end(), [](char c) { return 0 <= c && c < ' ' && c != '\t'; }))
    return wrong("holds a control character");
  return true;
}

// False where a required column is missing: what the rows say cannot be told then.
bool Table::read_header(std::string_view line, const std::vector<std::string_view>& required,
                        const std::vector<std::string_view>& known, uint32_t number) {
  header_ = base::split(line, '\t');
  for (auto& name : header_) name = base::trim(name);
  bool whole = true;
  for (const auto name : required) {
    if (column(name) >= 0) continue;
    fault_line(number, "column '" + std::string(name) + "' is missing");
    whole = false;
  }
  for (size_t at = 0; at < header_.size(); ++at) {
    if (!known.empty() && std::find(known.begin(), known.end(), header_[at]) == known.end())
      fault_line(number, quoted(header_[at]) + " is no column of this file");
    if (column(header_[at]) != static_cast<int>(at))
      fault_line(number, "column " + quoted(header_[at]) + " stands twice");
  }
  return whole;
}

void Table::read_row(std::string_view line, uint32_t number) {
  size_t count = 0;
  for (const auto cell : base::split(line, '\t')) {
    if (++count <= header_.size()) cells_.push_back(base::trim(cell));
  }
  if (count > header_.size()) fault_line(number, "more fields than the header has columns");
  cells_.resize((lines_.size() + 1) * header_.size());
  lines_.push_back(number);
}

int Table::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  return found == header_.end() ? -1 : static_cast<int>(found - header_.begin());
}

std::string_view Table::field(size_t row, int column) const {
  return column < 0 ? std::string_view() : cells_[row * header_.size() + static_cast<size_t>(column)];
}

Validity Table::validity(size_t row) const {
  Validity valid;
  bool well = true;
  const auto read = [&](std::string_view name, Day& into) {
    const std::string_view text = field(row, column(name));
    if (text.empty()) return;
    const auto day = parse_day(text);
    if (!day) fault(row, quoted(text) + " in column '" + std::string(name) + "' is no date");
    well = well && day;
    into = day.value_or(into);
  };
  read("from", valid.from);
  read("to", valid.to);
  if (well && valid.from >= valid.to) fault(row, "'from' is not before 'to'");
  return well && valid.from < valid.to ? valid : Validity{0, 0};
}

void Table::fault(size_t row, const std::string& message) const { fault_line(lines_[row], message); }

void Table::fail(size_t row, const std::string& message) const { throw Failure(error(lines_[row], message)); }

void Table::fault_line(uint32_t line, const std::string& message) const {
  if (!faults_) throw Failure(error(line, message));
  faults_->push_back(error(line, message));
}

// Of an empty file no line is told.
Error Table::error(uint32_t line, const std::string& message) const {
  return Error{ErrorCode::kKnowledge, message, line == 0 ? name_ : name_ + ":" + std::to_string(line)};
}

}  // namespace dragoman::knowledge
