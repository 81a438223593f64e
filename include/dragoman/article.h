// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dragoman/byte_origin.h"
#include "dragoman/date.h"
#include "dragoman/span.h"

namespace dragoman {

enum class BlockKind {
  kTitle,
  kSubtitle,
  kByline,
  kDateline,
  kHeading,
  kParagraph,
  kListItem,
  kQuote,
  kCaption,
  kTable
};

const char* to_string(BlockKind kind);

/// A stretch of Article::text with one job on the page.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  Span span;
  bool operator==(const Block&) const = default;
};

/// What was taken for page furniture.
struct Dropped {
  std::string reason;
  std::string text;
  bool operator==(const Dropped&) const = default;
};

/// One place of a page that tells when the article was published: "json-ld", "meta article:published_time", "time",
/// "url", "text", "container", or the container's own field: "feed pubDate", "mail Date".
struct DateEvidence {
  std::string from;
  Date date;
  bool operator==(const DateEvidence&) const = default;
};

/// The article of a page. `text` is stored once; everything said about it is a Span into it.
/// Blocks are in order and do not overlap; text outside every block (separators; furniture, where the text
/// was to be taken as it stands) is not read.
struct Article {
  std::string id;  ///< "d" + 20 hex digits of SHA-256 over source and text
  std::string source;
  std::string url;
  std::string title;
  std::string publisher;
  std::vector<std::string> authors;
  std::optional<Date> published;
  std::string language = "und";  ///< BCP 47
  std::string text;              ///< UTF-8
  std::vector<Block> blocks;
  std::vector<Dropped> dropped;

  std::string subtitle;             ///< what the page says it is about in a sentence; "" if nothing
  std::vector<DateEvidence> dates;  ///< all that tells the day; the most believed first
  std::string published_day;      ///< as readers saw it: it may differ from an instant's in UTC; "" if `published` says
  std::optional<Date> updated;    ///< as the page's data say
  std::vector<std::string> tags;  ///< keywords, as the page's data say
  std::optional<bool> free_to_read;  ///< as the page's data say
  std::string duplicate_of;          ///< id of the article read before that tells the same; "" if none
  bool summary = false;              ///< the text is what a feed tells of the article, not the article
  double score = 1.0;                ///< how sure it is that the page is an article, 0 to 1
  std::string refused;               ///< why the page is taken for no article (it may have no text); "" for articles
  ByteOrigins origins;               ///< which bytes of the page the blocks were made of; empty unless asked for
};

/// The id that an article of this source and text has on every machine.
std::string article_id(const std::string& source, const std::string& text);

/// One JSON object on one line (no newline at the end); docs/formats/article.md describes it. Offsets in code points.
/// `keep_dropped` adds what was taken for page furniture. Origins are told where there are some.
std::string to_json(const Article& article, bool keep_dropped = false);

/// The running text: paragraphs, headings, list items, quotations and tables, one a line, nothing else.
std::string body_text(const Article& article);

/// Title, byline and day, then the text, headings, lists and quotations marked as in Markdown; captions left out.
std::string to_markdown(const Article& article);

}  // namespace dragoman
