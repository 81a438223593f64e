// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "dragoman/article.h"

namespace dragoman::ingest {

/// Adds a part to the article's text, an empty line between it and the one before; nothing if it is empty. `origins`
/// are those of `text`.
void add_block(Article& article, BlockKind kind, std::string_view text, const ByteOrigins& origins = {});

}  // namespace dragoman::ingest
