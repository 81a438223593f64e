// SPDX-License-Identifier: Apache-2.0
#include "table.h"

#include <algorithm>

#include "output.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

// Widths are taken from so many rows; a table of a million does not wait in memory.
constexpr size_t kFitted = 500;
constexpr size_t kGap = 2;

void print_trimmed(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  print_line(line);
}

}  // namespace

Table::Table(std::vector<std::string> names, size_t narrowed, std::string nothing)
    : names_(std::move(names)), narrowed_(narrowed), nothing_(std::move(nothing)), widths_(names_.size()) {}

void Table::add(std::vector<std::string> cells, std::string text, std::string words) {
  waiting_.push_back({std::move(cells), std::move(text), std::move(words)});
  if (fitted_ || waiting_.size() == kFitted) flush();
}

void Table::finish() {
  if (waiting_.empty() && !fitted_) return print_line(nothing_);
  flush();
}

void Table::flush() {
  if (!fitted_) fit();
  for (const Row& row : waiting_) print_row(row, true);
  waiting_.clear();
}

void Table::fit() {
  fitted_ = true;
  size_t used = 0;
  for (size_t column = 0; column + 1 < names_.size(); ++column) {
    widths_[column] = width_of(names_[column]);
    for (const Row& row : waiting_) widths_[column] = std::max(widths_[column], width_of(row.cells[column]));
    if (column != narrowed_) used += widths_[column] + kGap;
  }
  const size_t left = terminal_width() > used ? terminal_width() - used : 0;
  widths_[narrowed_] = std::min(widths_[narrowed_], left * 9 / 20);
  const size_t taken = widths_[narrowed_] + kGap;
  widths_.back() = left > taken ? left - taken : 0;
  print_row({{names_.begin(), names_.end() - 1}, names_.back(), ""}, false);
}

void Table::print_row(const Row& row, bool quoted) const {
  std::string line;
  for (size_t column = 0; column < row.cells.size(); ++column) {
    line += padded(shortened(row.cells[column], widths_[column]), widths_[column] + kGap);
  }
  const size_t width = widths_.back();
  if (quoted && width > 2) line += "“" + excerpt(row.text, row.words, width - 2) + "”";
  if (!quoted) line += row.text;
  print_trimmed(line);
}

void Grid::finish(const std::string& nothing) const {
  if (rows_.size() == 1) return print_line(nothing);
  std::vector<size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string cell = shortened(row[i], widths[i]);
      if (i < texts_) {
        line += padded(cell, widths[i] + kGap);
      } else {
        line += std::string(widths[i] - width_of(cell), ' ') + cell + std::string(kGap, ' ');
      }
    }
    print_trimmed(line);
  }
}

// Nine characters of a document's id are enough to find it again (68 billion values).
std::string short_id(const std::string& id) { return id.substr(0, 10) + id.substr(id.rfind('#')); }

}  // namespace dragoman::cli
