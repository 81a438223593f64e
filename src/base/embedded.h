// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::embedded {

/// A table of data/ that was built into the program (cmake/DragomanEmbed.cmake): one view a line of the file.
struct Table {
  const char* file;  ///< below the source tree, "data/stories/words.tsv"
  const std::string_view* lines;
  size_t count;
};

/// Calls `row(cells, line)` for each row of so many cells with tabs between them; empty lines and those that begin
/// with "#" are skipped. Throws Failure (kKnowledge) with file and line for a row of more or fewer.
void rows(const Table& table, size_t columns,
          const std::function<void(const std::vector<std::string_view>& cells, size_t line)>& row);

/// Throws Failure (kKnowledge): what is wrong with a line.
[[noreturn]] void wrong(const Table& table, size_t line, const std::string& what);

}  // namespace dragoman::embedded
