// SPDX-License-Identifier: Apache-2.0
#include "ingest/html_article.h"

#include <algorithm>
#include <cmath>

#include "base/origins.h"
#include "base/text.h"
#include "html/document.h"
#include "html/outline.h"
#include "ingest/add_block.h"
#include "ingest/charset.h"
#include "ingest/furniture.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"
#include "ingest/limits.h"
#include "ingest/line_article.h"
#include "ingest/page_kind.h"
#include "ingest/page_score.h"
#include "ingest/publication_date.h"

namespace dragoman::ingest {
namespace {

// The blocks of a page: real ones have one for 800 bytes or so. What has one for a few bytes is made to be slow.
constexpr size_t kMostBlocks = 2000, kLeastBytesABlock = 200;

std::string one_paragraph(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

void fill_text(const html::Outline& page, const HtmlBody& body, Article& article) {
  for (size_t b = 0; b < page.blocks.size(); ++b) {
    const BlockJob& job = body.jobs[b];
    const std::string paragraph = one_paragraph(page.blocks[b].text);
    const std::string text = to_nfc(paragraph);
    if (!job.kept) {
      article.dropped.push_back({job.reason, text});
      continue;
    }
    const bool traced = b < page.origins.size();
    add_block(article, job.kind, text, traced ? base::through(nfc_origins(paragraph), page.origins[b]) : ByteOrigins());
    if (job.kind == BlockKind::kByline && article.authors.empty()) article.authors = names_of_byline(text);
  }
}

std::string two_digits(double share) {
  const int hundredths = static_cast<int>(std::lround(share * 100));
  return std::to_string(hundredths / 100) + (hundredths % 100 < 10 ? ".0" : ".") + std::to_string(hundredths % 100);
}

}  // namespace

Result<Article> article_of_html(const Page& page, const std::string& bytes, const ArticleOptions& options) {
  html::Limits limits;
  limits.machine_text = false;
  limits.origins = options.origins;
  auto document = html::Document::parse(bytes, limits);
  if (!document) return Error{document.error().code, document.error().message, page.place};
  const size_t most_blocks = kMostBlocks + bytes.size() / kLeastBytesABlock;
  const html::Outline outline = html::outline(*document, most_blocks);
  // Twice what an article may have cannot be the rest of the page.
  if (!outline.elements.empty()) {
    if (auto error = too_long(outline.elements.front().text / 2, page)) return *error;
  }
  if (outline.blocks.size() > most_blocks) {
    return Error{ErrorCode::kNoArticle,
                 "holds more than " + std::to_string(most_blocks) + " scraps of text, as no page of its size does",
                 page.place};
  }
  const Metadata metadata = read_metadata(*document, outline, page.url);
  const HtmlBody body = find_body(outline, metadata);
  const double score = article_probability(page_features(outline, body, metadata, page.url));
  const std::string refused = no_article_reason(outline, body, metadata, page.url, score);
  if (!refused.empty() && !options.refused) {
    return Error{ErrorCode::kNoArticle, refused + " (score " + two_digits(score) + ")", page.place};
  }
  Article article;
  article.source = page.source;
  article.url = metadata.url.find("://") != std::string::npos || page.url.empty() ? metadata.url : page.url;
  article.title = to_nfc(metadata.title.empty() ? page.title : metadata.title);
  article.publisher = to_nfc(metadata.publisher);
  for (const std::string& author : metadata.authors) article.authors.push_back(to_nfc(author));
  article.dates = metadata.dates;
  article.published_day = metadata.day;
  if (auto told = parse_publication(page.published, page.published_basis))
    article.dates.push_back({"container", *told});
  if (!article.dates.empty()) article.published = article.dates.front().date;
  article.updated = metadata.updated;
  article.subtitle = to_nfc(metadata.subtitle);
  article.tags = metadata.tags;
  article.free_to_read = metadata.structured.free_to_read;
  article.score = score;
  article.refused = refused;
  fill_text(outline, body, article);
  return article;
}

}  // namespace dragoman::ingest
