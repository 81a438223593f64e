// SPDX-License-Identifier: Apache-2.0
#include "knowledge/table.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "dragoman/error.h"

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
             const std::vector<std::string_view>& known)
    : name_(std::move(name)) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  uint32_t number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > kLongestLine) fail_line(number, "line of " + std::to_string(line.size()) + " bytes is too long");
    if (base::first_invalid_utf8(line) != base::kValid) fail_line(number, "not UTF-8");
    if (std::any_of(line.begin(), line.end(), [](char c) { return 0 <= c && c < ' ' && c != '\t'; }))
      fail_line(number, "holds a control character");
    if (line.starts_with('#') || base::trim(line).empty()) continue;
    if (header_.empty())
      read_header(line, required, known, number);
    else
      read_row(line, number);
  }
  if (header_.empty()) fail_line(number, "no header line");
}

void Table::read_header(std::string_view line, const std::vector<std::string_view>& required,
                        const std::vector<std::string_view>& known, uint32_t number) {
  header_ = base::split(line, '\t');
  for (auto& name : header_) name = base::trim(name);
  for (const auto name : required)
    if (column(name) < 0) fail_line(number, "column '" + std::string(name) + "' is missing");
  for (size_t at = 0; at < header_.size(); ++at) {
    if (!known.empty() && std::find(known.begin(), known.end(), header_[at]) == known.end())
      fail_line(number, quoted(header_[at]) + " is no column of this file");
    if (column(header_[at]) != static_cast<int>(at))
      fail_line(number, "column " + quoted(header_[at]) + " stands twice");
  }
}

void Table::read_row(std::string_view line, uint32_t number) {
  size_t count = 0;
  for (const auto cell : base::split(line, '\t')) {
    if (++count > header_.size()) fail_line(number, "more fields than the header has columns");
    cells_.push_back(base::trim(cell));
  }
  cells_.resize(cells_.size() + header_.size() - count);
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
  const auto read = [&](std::string_view name, Day& into) {
    const std::string_view text = field(row, column(name));
    if (text.empty()) return;
    const auto day = parse_day(text);
    if (!day) fail(row, quoted(text) + " in column '" + std::string(name) + "' is no date");
    into = *day;
  };
  read("from", valid.from);
  read("to", valid.to);
  if (valid.from >= valid.to) fail(row, "'from' is not before 'to'");
  return valid;
}

void Table::fail(size_t row, const std::string& message) const { fail_line(lines_[row], message); }

void Table::fail_line(uint32_t line, const std::string& message) const {
  throw Failure(Error{ErrorCode::kKnowledge, message, name_ + ":" + std::to_string(line)});
}

}  // namespace dragoman::knowledge
