// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"

namespace dragoman::knowledge {

/// A calendar day as the number yyyymmdd, so that days compare as numbers; 0 = not known.
using Day = int32_t;
inline constexpr Day kFirstDay = 0;
inline constexpr Day kLastDay = 99999999;

/// "2014", "2014-03" or "2014-03-18" as the first day it may mean; nothing if it is no date.
std::optional<Day> parse_day(std::string_view text);

/// The half-open stretch of days [from, to) in which a row holds.
struct Validity {
  Day from = kFirstDay;
  Day to = kLastDay;
  bool holds_on(Day day) const { return from <= day && day < to; }
};

/// The text in single quotation marks, for messages.
std::string quoted(std::string_view text);

/// One data file: UTF-8, tab-separated, `#` comment lines, the first other line names the columns.
/// Fields are views into `text`, which must outlive the table.
class Table {
 public:
  /// `name` is the file's name for messages. Throws Failure (kKnowledge) with "name:line" where a required
  /// column is missing, one is not among the `known` (none told: any may be) or stands twice, a row has too many
  /// fields, a line is over-long, not UTF-8 or holds control characters. With `faults` all of that is said there
  /// instead; lines that cannot be read are left out, all of them where a required column is missing.
  Table(std::string name, std::string_view text, const std::vector<std::string_view>& required,
        const std::vector<std::string_view>& known = {}, std::vector<Error>* faults = nullptr);

  size_t rows() const { return lines_.size(); }
  uint32_t line(size_t row) const { return lines_[row]; }

  /// Index of a column for field(); -1 where the file has none of that name.
  int column(std::string_view name) const;

  /// The trimmed field; "" where the row is short or column is -1.
  std::string_view field(size_t row, int column) const;

  /// Reads the columns `from` and `to`; what is no date or does not go forward is a fault, and then no day is in it.
  Validity validity(size_t row) const;

  /// Says what is wrong with a row: throws, or goes on where faults are collected.
  void fault(size_t row, const std::string& message) const;

  [[noreturn]] void fail(size_t row, const std::string& message) const;

 private:
  Error error(uint32_t line, const std::string& message) const;
  void fault_line(uint32_t line, const std::string& message) const;
  bool is_readable(std::string_view line, uint32_t number) const;
  bool read_header(std::string_view line, const std::vector<std::string_view>& required,
                   const std::vector<std::string_view>& known, uint32_t number);
  void read_row(std::string_view line, uint32_t number);

  std::string name_;
  std::vector<Error>* faults_;
  std::vector<std::string_view> header_;
  std::vector<std::string_view> cells_;  // rows × columns
  std::vector<uint32_t> lines_;
};

}  // namespace dragoman::knowledge
