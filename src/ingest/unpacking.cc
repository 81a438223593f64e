// SPDX-License-Identifier: Apache-2.0
#include "ingest/unpacking.h"

#include <utility>

#include "ingest/gunzip.h"
#include "ingest/unzstd.h"

namespace dragoman::ingest {

const char* packing_of(std::string_view start) { return is_gzip(start) ? "gzip" : is_zstd(start) ? "Zstandard" : ""; }

std::unique_ptr<Unpacking> unpacking_of(std::string_view start, MoreBytes packed) {
  if (is_gzip(start)) return std::make_unique<Gunzip>(std::move(packed));
  if (is_zstd(start)) return std::make_unique<Unzstd>(std::move(packed));
  return nullptr;
}

}  // namespace dragoman::ingest
