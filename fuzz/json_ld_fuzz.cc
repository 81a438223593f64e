// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "article_check.h"
#include "ingest/json_ld.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view script(reinterpret_cast<const char*>(data), size);
  dragoman::ingest::StructuredData found;
  dragoman::ingest::read_json_ld(script, found);
  // What is mended is no longer than it was, and mending it again changes nothing that matters: it stays readable.
  dragoman::fuzz::require(dragoman::ingest::mend_json(script).size() <= script.size());
  dragoman::fuzz::require(found.authors.size() <= 1000 && found.organisations.size() <= 1000);
  return 0;
}
