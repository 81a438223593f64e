// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace dragoman {

enum class Format { kAuto, kText, kHtml, kJsonLines };

/// One document as it came in: bytes and what the container said of them. JSON Lines files are
/// split into one Page a line (format kJsonLines, `bytes` = the text field, taken as it stands).
struct Page {
  std::string source;  ///< path, URL or "path#id"; ends in the JSON Lines id where there is one
  std::string place;   ///< for messages: "file" or "file:line"
  std::string bytes;   ///< undecoded, except for kJsonLines (UTF-8)
  Format format = Format::kAuto;
  std::string url;        ///< "" if not known
  std::string title;      ///< "" if not known
  std::string published;  ///< as given, e.g. "2023-02-28" or "2023-02-28T10:00:00Z"; "" if not known
  std::string charset;    ///< label given by the container, "" if none
  /// Who told `published`: "metadata", the container; "argument", the caller, for pages that tell none themselves.
  std::string published_basis = "metadata";
};

}  // namespace dragoman
