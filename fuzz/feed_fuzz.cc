// SPDX-License-Identifier: Apache-2.0
#include "ingest/feed.h"

#include "container_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dragoman::ingest::Feed container("feed", std::string(reinterpret_cast<const char*>(data), size));
  dragoman::fuzz::walk(container);
  return 0;
}
