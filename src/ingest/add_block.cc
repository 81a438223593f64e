// SPDX-License-Identifier: Apache-2.0
#include "ingest/add_block.h"

namespace dragoman::ingest {

void add_block(Article& article, BlockKind kind, std::string_view text, const ByteOrigins& origins) {
  if (text.empty()) return;
  if (!article.text.empty()) article.text += "\n\n";
  const auto from = static_cast<uint32_t>(article.text.size());
  article.text += text;
  article.blocks.push_back({kind, {from, static_cast<uint32_t>(article.text.size())}});
  for (ByteOrigin origin : origins) {
    origin.text = {from + origin.text.begin, from + origin.text.end};
    article.origins.push_back(origin);
  }
}

}  // namespace dragoman::ingest
