// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>

#include "base/utf8.h"
#include "dragoman/article.h"
#include "dragoman/error.h"

namespace dragoman::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

/// What every article promises: valid UTF-8, blocks in order, not empty, inside the text and on character borders.
inline void check(const Result<Article>& article) {
  if (!article) {
    require(!article.error().message.empty());
    return;
  }
  require(base::first_invalid_utf8(article->text) == base::kValid);
  require(!article->blocks.empty());
  uint32_t end = 0;
  for (const Block& block : article->blocks) {
    require(block.span.begin >= end && block.span.begin < block.span.end && block.span.end <= article->text.size());
    require(base::first_invalid_utf8(block.span.of(article->text)) == base::kValid);
    end = block.span.end;
  }
  require(base::first_invalid_utf8(article->title) == base::kValid);
}

/// The article with origins is the one without, and each of its blocks is covered by stretches of the page's bytes, in
/// order and without a gap, or by none.
inline void check_origins(const Result<Article>& article, const Result<Article>& traced, uint64_t bytes) {
  require(static_cast<bool>(article) == static_cast<bool>(traced));
  if (!article) return;
  require(article->text == traced->text && article->blocks == traced->blocks);
  size_t at = 0;
  const ByteOrigins& origins = traced->origins;
  for (const Block& block : traced->blocks) {
    uint32_t next = block.span.begin;
    for (; at < origins.size() && origins[at].text.begin < block.span.end; ++at) {
      require(origins[at].text.begin == next && !origins[at].text.empty());
      require(origins[at].begin <= origins[at].end && origins[at].end <= bytes);
      next = origins[at].text.end;
    }
    require(next == block.span.end || next == block.span.begin);
  }
  require(at == origins.size());
}

}  // namespace dragoman::fuzz
