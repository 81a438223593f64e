// SPDX-License-Identifier: Apache-2.0
#include "ingest/extract.h"

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/html_article.h"
#include "ingest/language.h"
#include "ingest/limits.h"
#include "ingest/line_article.h"
#include "ingest/sniff.h"

namespace dragoman::ingest {
namespace {

Error at_place(Error error, const Page& page) {
  if (error.place.empty()) error.place = page.place;
  return error;
}

Result<Article> finish(Article article) {
  article.language = language_of(article.text);
  article.id = article_id(article.source, article.text);
  return article;
}

Result<Article> from_json_line(const Page& page) {
  if (base::first_invalid_utf8(page.bytes) != base::kValid) {
    return Error{ErrorCode::kEncoding, "is not UTF-8, as JSON has to be", page.place};
  }
  return finish(article_of_json_line(page));
}

}  // namespace

Result<Article> extract(const Page& page) {
  if (page.bytes.size() > kMostText) {
    return Error{ErrorCode::kTooLarge, "is larger than the limit of " + std::to_string(kMostText >> 20) + " MB",
                 page.place};
  }
  if (base::trim(page.bytes).empty()) return Error{ErrorCode::kEmpty, "is empty", page.place};
  if (page.format == Format::kJsonLines) return from_json_line(page);

  auto text = to_utf8(page.bytes, page.charset, page.format != Format::kText);
  if (!text) return at_place(text.error(), page);
  if (base::trim(*text).empty()) return Error{ErrorCode::kEmpty, "is empty", page.place};
  const Format format = page.format == Format::kAuto ? format_of_text(*text) : page.format;
  auto article =
      format == Format::kHtml ? article_of_html(page, *text) : article_of_text(page, to_nfc(std::move(*text)));
  if (!article) return at_place(article.error(), page);
  return finish(std::move(*article));
}

}  // namespace dragoman::ingest
