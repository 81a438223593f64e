// SPDX-License-Identifier: Apache-2.0
#include "ingest/fragment.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/origins.h"
#include "base/text.h"
#include "html/document.h"
#include "html/outline.h"
#include "ingest/add_block.h"
#include "ingest/charset.h"
#include "ingest/limits.h"
#include "ingest/lines.h"
#include "ingest/publication_date.h"

namespace dragoman::ingest {
namespace {

using html::Tag;

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// What the element says that the block is; nothing for running text.
std::optional<BlockKind> told_kind(const html::Outline& outline, const html::Block& block) {
  const Tag tag = outline.elements[block.element].tag;
  if (outline.inside(block.element, Tag::kFigure) || tag == Tag::kFigcaption) return BlockKind::kCaption;
  if (Tag::kH1 <= tag && tag <= Tag::kH6) return BlockKind::kHeading;
  if (outline.inside(block.element, Tag::kBlockquote)) return BlockKind::kQuote;
  if (outline.inside(block.element, Tag::kLi)) return BlockKind::kListItem;
  return std::nullopt;
}

struct Piece {
  std::string text;
  ByteOrigins origins;
  std::optional<BlockKind> told;
};

std::vector<Piece> pieces_of(const html::Outline& outline, const std::string& title) {
  std::vector<Piece> pieces;
  for (size_t b = 0; b < outline.blocks.size(); ++b) {
    const std::string line = one_line(outline.blocks[b].text);
    if (is_blank(line)) continue;
    const bool traced = b < outline.origins.size();
    pieces.push_back({to_nfc(line), traced ? base::through(nfc_origins(line), outline.origins[b]) : ByteOrigins(),
                      told_kind(outline, outline.blocks[b])});
  }
  const bool has_title = !pieces.empty() && pieces.front().text == title;
  if (!title.empty() && !has_title) pieces.insert(pieces.begin(), {title, {}, BlockKind::kTitle});
  if (has_title) pieces.front().told = BlockKind::kTitle;
  return pieces;
}

std::vector<Line> lines_of(const std::vector<Piece>& pieces) {
  std::vector<Line> lines;
  for (const Piece& piece : pieces) {
    lines.push_back({{0, static_cast<uint32_t>(piece.text.size())}, piece.text, true});
  }
  return lines;
}

void fill_text(const std::vector<Piece>& pieces, Article& article) {
  const auto jobs = classify_lines(lines_of(pieces), article.title, Care::kArticle);
  const bool none = std::none_of(jobs.begin(), jobs.end(), [](const LineJob& job) { return job.kept; });
  for (size_t i = 0; i < pieces.size(); ++i) {
    const auto& [text, origins, told] = pieces[i];
    if (none || jobs[i].kept || told == BlockKind::kTitle) {
      add_block(article, told.value_or(none ? BlockKind::kParagraph : jobs[i].kind), text, origins);
    } else {
      article.dropped.push_back({jobs[i].reason, text});
    }
  }
}

}  // namespace

Result<Article> article_of_fragment(const Page& page, const std::string& html, bool origins) {
  html::Limits limits;
  limits.origins = origins;
  auto document = html::Document::parse(html, limits);
  if (!document) return Error{document.error().code, document.error().message, page.place};
  const html::Outline outline = html::outline(*document);
  if (!outline.elements.empty()) {
    if (auto error = too_long(outline.elements.front().text / 2, page)) return *error;
  }
  Article article;
  article.source = page.source;
  article.url = page.url;
  article.title = to_nfc(one_line(page.title));
  const std::vector<Piece> pieces = pieces_of(outline, article.title);
  if (pieces.empty()) return Error{ErrorCode::kNoText, "has neither title nor text", page.place};
  fill_text(pieces, article);
  article.published = parse_publication(page.published, page.published_basis);
  if (!article.published || page.published_basis == "argument") {
    if (auto date = date_in_url(page.url)) article.published = std::move(date);
  }
  return article;
}

std::string plain_text(std::string_view html) {
  const auto collapsed = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      const bool space = base::is_ascii_space(c);
      if (!space || (!out.empty() && out.back() != ' ')) out.push_back(space ? ' ' : c);
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
  };
  if (html.find_first_of("<&") == std::string_view::npos) return collapsed(html);
  const auto document = html::Document::parse(html);
  return document ? collapsed(document->body().text_content()) : std::string();
}

}  // namespace dragoman::ingest
