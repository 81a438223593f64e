// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman::ingest {

/// Reads lines of JSON as pages: fields id, url, title, published, text or id, date, event_text; others are
/// ignored. Keeps its memory from line to line; not for sharing between threads.
class JsonLineReader {
 public:
  JsonLineReader();
  ~JsonLineReader();

  /// The page of one line; its source is "path#id" ("path#LINE" where there is no id), its place "path:line".
  /// Errors: kSyntax (no JSON, no object), kEncoding (not UTF-8; half a surrogate pair), kNoText (none, or no string).
  Result<Page> read(std::string_view line, const std::string& path, uint64_t number);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace dragoman::ingest
