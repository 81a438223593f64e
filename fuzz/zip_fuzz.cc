// SPDX-License-Identifier: Apache-2.0
#include "ingest/zip.h"

#include "container_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dragoman::ingest::Zip container(dragoman::fuzz::in_pieces(data, size));
  dragoman::fuzz::walk(container);
  return 0;
}
