// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace dragoman::cli {

/// A table for people on standard output: columns as wide as their content needs, seen over the first rows; of the
/// space left on the terminal at most 9/20 for the column `narrowed`, the rest for the last.
class Table {
 public:
  /// `nothing` is printed where there are no rows.
  Table(std::vector<std::string> names, size_t narrowed, std::string nothing);

  /// `cells` are all columns but the last; that shows `text` in quotes, around `words` where it is too long.
  void add(std::vector<std::string> cells, std::string text, std::string words);
  void finish();

 private:
  struct Row {
    std::vector<std::string> cells;
    std::string text, words;
  };
  void flush();
  void fit();
  void print_row(const Row& row, bool quoted) const;

  std::vector<std::string> names_;
  size_t narrowed_;
  std::string nothing_;
  bool fitted_ = false;
  std::vector<Row> waiting_;
  std::vector<size_t> widths_;
};

/// A table of cells alone, each column as wide as its content; numbers to the right. All rows are kept until the end.
class Grid {
 public:
  explicit Grid(std::vector<std::string> names, size_t texts) : rows_{std::move(names)}, texts_(texts) {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void finish(const std::string& nothing) const;

 private:
  std::vector<std::vector<std::string>> rows_;
  size_t texts_;  ///< so many columns from the left are texts, the others numbers
};

/// The beginning of an id of a document, event or statement: enough to find it again.
std::string short_id(const std::string& id);

}  // namespace dragoman::cli
