// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "article_check.h"
#include "ingest/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dragoman::Page page;
  page.source = page.place = "page.txt";
  page.format = dragoman::Format::kText;
  page.bytes.assign(reinterpret_cast<const char*>(data), size);
  const auto article = dragoman::ingest::extract(page);
  dragoman::fuzz::check(article);
  dragoman::fuzz::check_origins(article, dragoman::ingest::extract(page, {.origins = true}), size);
  return 0;
}
