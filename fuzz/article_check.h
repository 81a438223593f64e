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

}  // namespace dragoman::fuzz
