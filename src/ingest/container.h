// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "dragoman/error.h"
#include "dragoman/page.h"
#include "ingest/stream.h"

namespace dragoman::ingest {

/// A file that holds pages: many, or itself alone.
class Container {
 public:
  virtual ~Container() = default;

  /// The next page, or the next thing that cannot be read and where; nothing at the end.
  virtual std::optional<Result<Page>> next() = 0;
};

/// What a stream holds, found out by its first bytes: a web archive, a feed, a sitemap, mail, MHTML, CSV, a ZIP
/// archive, JSON Lines or a single page. Any other `format` than kAuto is believed: a page, or JSON Lines. `within` is
/// how many archives are around it.
std::unique_ptr<Container> open_container(std::unique_ptr<Stream> stream, Format format, int within = 0);

/// All bytes of a stream. Errors: those of the stream; kTooLarge.
Result<std::string> all_of(Stream& stream);

}  // namespace dragoman::ingest
