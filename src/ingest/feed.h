// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/container.h"

namespace dragoman::ingest {

/// True for the first bytes (UTF-8) of RSS (0.9x, 1.0, 2.0), Atom, a sitemap or a JSON Feed.
bool is_feed(std::string_view start);

/// What a feed says of each item, as pages: its text or summary (`Page::summary`), title, address, authors, date. Their
/// source is "path#ADDRESS", their place "path:LINE" ("path:NUMBER" in JSON). Nothing is fetched. Errors: kSyntax for
/// what is broken, kNoText for an item or a sitemap that tells no more than addresses; the other items are read.
class Feed : public Container {
 public:
  Feed(std::string path, std::string bytes);
  ~Feed() override;
  std::optional<Result<Page>> next() override;

 private:
  class Items;
  class XmlItems;
  class JsonItems;
  std::unique_ptr<Items> items_;
};

}  // namespace dragoman::ingest
