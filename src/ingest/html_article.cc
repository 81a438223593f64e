// SPDX-License-Identifier: Apache-2.0
#include "ingest/html_article.h"

#include <algorithm>

#include "base/text.h"
#include "html/document.h"
#include "html/outline.h"
#include "ingest/charset.h"
#include "ingest/furniture.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"
#include "ingest/line_article.h"
#include "ingest/page_kind.h"
#include "ingest/publication_date.h"

namespace dragoman::ingest {
namespace {

std::string one_paragraph(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

void add_block(Article& article, BlockKind kind, const std::string& text) {
  if (text.empty()) return;
  if (!article.text.empty()) article.text += "\n\n";
  const auto from = static_cast<uint32_t>(article.text.size());
  article.text += text;
  article.blocks.push_back({kind, {from, static_cast<uint32_t>(article.text.size())}});
}

// The description of the head, where it stands on the page between title and text.
bool is_subtitle(const std::string& text, const Metadata& metadata) {
  return !metadata.subtitle.empty() && text.size() > 20 && fold_line(text) == fold_line(metadata.subtitle);
}

void fill_text(const html::Outline& page, const HtmlBody& body, const Metadata& metadata, Article& article) {
  bool paragraphs = false;
  for (size_t b = 0; b < page.blocks.size(); ++b) {
    const BlockJob& job = body.jobs[b];
    const std::string text = to_nfc(one_paragraph(page.blocks[b].text));
    if (!job.kept) {
      article.dropped.push_back({job.reason, text});
      continue;
    }
    const bool subtitle = !paragraphs && is_subtitle(text, metadata);
    add_block(article, subtitle ? BlockKind::kSubtitle : job.kind, text);
    paragraphs = paragraphs || (job.kind == BlockKind::kParagraph && !subtitle);
    if (job.kind == BlockKind::kByline && article.authors.empty()) article.authors = names_of_byline(text);
  }
}

}  // namespace

Result<Article> article_of_html(const Page& page, const std::string& bytes) {
  auto document = html::Document::parse(bytes);
  if (!document) return Error{document.error().code, document.error().message, page.place};
  const html::Outline outline = html::outline(*document);
  const Metadata metadata = read_metadata(*document, outline);
  const HtmlBody body = find_body(outline, metadata);
  if (const std::string reason = no_article_reason(outline, body, metadata, page.url); !reason.empty()) {
    return Error{ErrorCode::kNoArticle, reason, page.place};
  }
  Article article;
  article.source = page.source;
  article.url = metadata.url.find("://") != std::string::npos || page.url.empty() ? metadata.url : page.url;
  article.title = to_nfc(metadata.title.empty() ? page.title : metadata.title);
  article.publisher = to_nfc(metadata.publisher);
  for (const std::string& author : metadata.authors) article.authors.push_back(to_nfc(author));
  article.published = metadata.published;
  if (!article.published) article.published = date_in_url(page.url);
  if (!article.published) article.published = parse_publication(page.published, page.published_basis);
  fill_text(outline, body, metadata, article);
  return article;
}

}  // namespace dragoman::ingest
