// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dragoman/relation.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto row = dragoman::relation_row_from(line, "rows.jsonl:1");
  if (!row) return 0;
  if (dragoman::fault_of(*row)) std::abort();
  dragoman::Relation relation;
  relation.trigger = row->source.empty() ? row->target.front() : row->source.front();
  dragoman::to_json(*row, relation);
  return 0;
}
