// SPDX-License-Identifier: Apache-2.0
#include "base/embedded.h"

#include <string>

#include "base/text.h"
#include "dragoman/error.h"

namespace dragoman::embedded {

void wrong(const Table& table, size_t line, const std::string& what) {
  throw Failure({ErrorCode::kKnowledge, what, std::string(table.file).append(":").append(std::to_string(line))});
}

void rows(const Table& table, size_t columns,
          const std::function<void(const std::vector<std::string_view>&, size_t)>& row) {
  for (size_t i = 0; i < table.count; ++i) {
    const std::string_view line = table.lines[i];
    if (base::trim(line).empty() || line.front() == '#') continue;
    const auto cells = base::split(line, '\t');
    if (cells.size() != columns) {
      wrong(table, i + 1, "a row has " + std::to_string(columns) + " columns, not " + std::to_string(cells.size()));
    }
    row(cells, i + 1);
  }
}

}  // namespace dragoman::embedded
