// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "article_check.h"
#include "ingest/container.h"
#include "ingest/extract.h"

namespace dragoman::fuzz {

/// Bytes that come in pieces whose size the first byte tells, as from a pipe.
inline std::unique_ptr<ingest::Stream> in_pieces(const uint8_t* data, size_t size) {
  const size_t piece = size > 0 ? size_t{data[0]} * 16 + 1 : 1;
  std::string bytes(reinterpret_cast<const char*>(data) + (size > 0 ? 1 : 0), size > 0 ? size - 1 : 0);
  return std::make_unique<ingest::Stream>("file",
                                          [bytes = std::move(bytes), piece, at = size_t{0}](std::string& out) mutable {
                                            if (at >= bytes.size()) return false;
                                            out += bytes.substr(at, piece);
                                            at += piece;
                                            return true;
                                          });
}

/// Walks a container to its end: each step is a page with a source and a place, or an error with a message and a place.
/// The articles of the first pages are looked at too.
inline void walk(ingest::Container& container) {
  for (int pages = 0;;) {
    const auto page = container.next();
    if (!page) return;
    if (!*page) {
      require(!page->error().message.empty() && !page->error().place.empty());
      continue;
    }
    require(!(*page)->source.empty() && !(*page)->place.empty());
    if (++pages <= 2) check(ingest::extract(**page));
  }
}

}  // namespace dragoman::fuzz
