// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace dragoman {

/// kHtml is a page with all that stands around its article; kFragment is HTML of the article's own text, as feeds and
/// mails hold it; kJsonLines is text that is taken as it stands.
enum class Format { kAuto, kText, kHtml, kJsonLines, kFragment };

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
  /// The field that told `published`, as in DateEvidence::from: "feed pubDate", "mail Date".
  std::string published_from = "container";

  // What the container says besides; taken where the page itself does not tell.
  std::string updated;  ///< as given
  std::string publisher, subtitle;
  std::vector<std::string> authors, tags;
  bool summary = false;  ///< `bytes` are what a feed tells of the article, not the article
};

}  // namespace dragoman
