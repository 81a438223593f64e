// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "article_check.h"
#include "ingest/extract.h"
#include "ingest/json_ld.h"
#include "ingest/json_line.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  dragoman::ingest::JsonLineReader reader;
  if (const auto page = reader.read(line, "lines.jsonl", 1)) dragoman::fuzz::check(dragoman::ingest::extract(*page));
  dragoman::ingest::StructuredData structured;
  dragoman::ingest::read_json_ld(line, structured);
  return 0;
}
