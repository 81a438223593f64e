// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "article_check.h"
#include "ingest/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dragoman::Page page;
  page.source = page.place = "page.html";
  page.format = dragoman::Format::kHtml;
  page.bytes.assign(reinterpret_cast<const char*>(data), size);
  dragoman::fuzz::check(dragoman::ingest::extract(page));
  return 0;
}
