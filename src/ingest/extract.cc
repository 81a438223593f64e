// SPDX-License-Identifier: Apache-2.0
#include "ingest/extract.h"

#include <algorithm>
#include <optional>

#include "base/origins.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/fragment.h"
#include "ingest/html_article.h"
#include "ingest/language.h"
#include "ingest/limits.h"
#include "ingest/line_article.h"
#include "ingest/publication_date.h"
#include "ingest/sniff.h"

namespace dragoman::ingest {
namespace {

Error at_place(Error error, const Page& page) {
  if (error.place.empty()) error.place = page.place;
  return error;
}

// What the container says goes behind what the page says of itself.
void take_from_container(const Page& page, Article& article) {
  if (article.authors.empty()) article.authors = page.authors;
  if (article.publisher.empty()) article.publisher = page.publisher;
  if (article.subtitle.empty()) article.subtitle = page.subtitle;
  if (article.tags.empty()) article.tags = page.tags;
  if (!article.updated) article.updated = parse_publication(page.updated, "metadata");
  article.summary = page.summary;
  if (page.published_basis != "metadata") return;
  const auto told = std::find_if(article.dates.begin(), article.dates.end(),
                                 [](const DateEvidence& evidence) { return evidence.from == "container"; });
  if (told != article.dates.end()) {
    told->from = page.published_from;
  } else if (auto date = parse_publication(page.published, page.published_basis)) {
    article.dates.push_back({page.published_from, std::move(*date)});
  }
}

Result<Article> finish(const Page& page, Article article) {
  take_from_container(page, article);
  article.language = language_of(article.text);
  article.id = article_id(article.source, article.text);
  return article;
}

// What the text was made of by now, in bytes of the page; between words, all that stands there.
void trace_to_bytes(const ByteOrigins& bytes, Article& article) {
  const ByteOrigins known = base::through(article.origins, bytes);
  article.origins.clear();
  size_t at = 0;
  for (const Block& block : article.blocks) {
    ByteOrigins own;
    for (; at < known.size() && known[at].text.begin < block.span.end; ++at) own.push_back(known[at]);
    base::fill_gaps(own, block.span.begin, block.span.end);
    article.origins.insert(article.origins.end(), own.begin(), own.end());
  }
}

// What the container says of a page.
template <class PageOrConst>
auto told_texts(PageOrConst& page) {
  std::vector texts{&page.source,  &page.url,       &page.title,   &page.published,
                    &page.updated, &page.publisher, &page.subtitle};
  for (auto* list : {&page.authors, &page.tags})
    for (auto& text : *list) texts.push_back(&text);
  return texts;
}

bool has_nul(const Page& page) {
  const auto texts = told_texts(page);
  return std::any_of(texts.begin(), texts.end(),
                     [](const std::string* text) { return text->find('\0') != std::string::npos; });
}

Page without_nul(Page page) {
  for (std::string* text : told_texts(page)) replace_nul(*text);
  return page;
}

Result<Article> from_json_line(const Page& page, const ArticleOptions& options) {
  if (base::first_invalid_utf8(page.bytes) != base::kValid) {
    return Error{ErrorCode::kEncoding, "is not UTF-8, as JSON has to be", page.place};
  }
  if (auto error = too_long(page.bytes.size(), page)) return *error;
  if (is_blank(page.bytes)) return Error{ErrorCode::kEmpty, "is empty", page.place};
  ByteOrigins bytes = base::same_bytes(static_cast<uint32_t>(page.bytes.size()));
  Page whole;
  const bool nul = page.bytes.find('\0') != std::string::npos;
  if (nul) {
    whole = page;
    replace_nul(whole.bytes, &bytes);
  }
  Article article = article_of_json_line(nul ? whole : page);
  if (options.origins) {
    ByteOrigins blocks;
    for (const Block& block : article.blocks) blocks.push_back({block.span, block.span.begin, block.span.end});
    article.origins = nul ? base::through(blocks, bytes) : std::move(blocks);
  }
  return finish(page, std::move(article));
}

}  // namespace

Error too_large(const std::string& place, uint64_t limit) {
  return {ErrorCode::kTooLarge, "is larger than the limit of " + std::to_string(limit >> 20) + " MB", place};
}

std::optional<Error> too_long(uint64_t bytes, const Page& page) {
  if (bytes <= kMostText) return std::nullopt;
  const uint64_t tenths = (bytes * 10 + (1 << 20) - 1) >> 20;
  return Error{ErrorCode::kTooLarge,
               "holds " + std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) +
                   " MB of text; one document may have " + std::to_string(kMostText >> 20) +
                   " MB (split it, or give its parts as JSON Lines)",
               page.place};
}

Result<Article> extract(const Page& page, const ArticleOptions& options) {
  if (page.bytes.size() > kMostBytes) return too_large(page.place, kMostBytes);
  if (base::trim(page.bytes).empty()) return Error{ErrorCode::kEmpty, "is empty", page.place};
  if (has_nul(page)) return extract(without_nul(page), options);
  if (page.format == Format::kJsonLines) return from_json_line(page, options);

  std::string decoded;
  ByteOrigins bytes;
  const bool clean = is_clean_utf8(page.bytes) && page.bytes.find('\0') == std::string::npos;
  if (!clean) {
    auto text = to_utf8(page.bytes, page.charset, page.format != Format::kText, options.origins ? &bytes : nullptr);
    if (!text) return at_place(text.error(), page);
    decoded = std::move(*text);
  }
  const std::string& text = clean ? page.bytes : decoded;
  if (clean && options.origins) bytes = base::same_bytes(static_cast<uint32_t>(text.size()));
  if (is_blank(text)) return Error{ErrorCode::kEmpty, "is empty", page.place};
  const Format format = page.format == Format::kAuto ? format_of_text(text) : page.format;
  if (format == Format::kText) {
    replace_nul(decoded, options.origins ? &bytes : nullptr);  // in HTML the parser does
    if (auto error = too_long(text.size(), page)) return *error;
  }
  auto article = format == Format::kHtml       ? article_of_html(page, text, options)
                 : format == Format::kFragment ? article_of_fragment(page, text, options.origins)
                                               : article_of_text(page, to_nfc(text), options.origins);
  if (!article) return at_place(article.error(), page);
  if (auto error = too_long(article->text.size(), page)) return *error;
  if (options.origins) {
    if (format == Format::kText) article->origins = base::through(article->origins, nfc_origins(text));
    trace_to_bytes(bytes, *article);
  }
  return finish(page, std::move(*article));
}

}  // namespace dragoman::ingest
