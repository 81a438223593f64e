// SPDX-License-Identifier: Apache-2.0
#include "ingest/line_article.h"

#include <algorithm>

#include "base/origins.h"
#include "base/text.h"
#include "ingest/add_block.h"
#include "ingest/charset.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"
#include "ingest/lines.h"
#include "ingest/publication_date.h"

namespace dragoman::ingest {
namespace {

constexpr size_t kHead = 6;  // lines in which a dateline may stand: behind a title, a subtitle, a byline

// The date that came with the page goes before one read from its text, that of the caller behind all others.
void set_published(const Page& page, Article& article) {
  std::optional<Date> given = parse_publication(page.published, page.published_basis);
  const bool by_caller = page.published_basis == "argument";
  if (given && !by_caller) {
    article.published = std::move(given);
    return;
  }
  if (!article.published) article.published = date_in_url(page.url);
  if (!article.published) article.published = std::move(given);
}

std::string_view cut_site(std::string_view title) {
  // "Headline - The Newspaper": the tail is short and set apart.
  for (const std::string_view mark : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "}) {
    const size_t at = title.rfind(mark);
    if (at == std::string_view::npos || at < title.size() / 2) continue;
    if (count_words(title.substr(at)) <= 4 && count_words(title.substr(0, at)) >= 4) return title.substr(0, at);
  }
  return title;
}

// Canonical form of a copied line: one space where white space was.
std::string single_spaced(std::string_view line) {
  std::string out;
  for (const char c : line) {
    const bool space = base::is_ascii_space(c) || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (!space) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

// Of single_spaced() of a line that stands at `begin`: its words, as they stand there.
ByteOrigins origins_of_words(std::string_view line, uint32_t begin) {
  ByteOrigins origins;
  uint32_t at = 0;
  bool space = false;
  for (uint32_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (base::is_ascii_space(c) || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      space = at > 0;
      continue;
    }
    at += space;
    space = false;
    base::add_origin(origins, {{at, at + 1}, begin + i, begin + i + 1});
    ++at;
  }
  return origins;
}

bool holds_running_text(const std::vector<Line>& lines, const std::vector<LineJob>& jobs) {
  size_t bytes = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (jobs[i].kept && jobs[i].kind != BlockKind::kTitle && jobs[i].kind != BlockKind::kByline)
      bytes += lines[i].text.size();
  }
  return bytes > 0;
}

// Bytes of text that no page of a newspaper has: 10,000 words and what is around them.
constexpr size_t kLongerThanPages = 60'000;

bool is_mostly_sentences(const std::vector<Line>& lines) {
  size_t all = 0, sentences = 0;
  for (const Line& line : lines) {
    all += line.text.size();
    if (ends_sentence(line.text) && count_words(line.text) >= 8) sentences += line.text.size();
  }
  return sentences * 4 > all * 3;
}

// Nine lines in ten are sentences, however short: a copied page has more lines of menus, labels and headlines.
bool is_sentence_a_line(const std::vector<Line>& lines) {
  const auto sentences = std::count_if(lines.begin(), lines.end(), [](const Line& line) {
    return ends_sentence(line.text) && count_words(line.text) >= 3;
  });
  return static_cast<size_t>(sentences) * 10 >= lines.size() * 9;
}

}  // namespace

std::vector<std::string> names_of_byline(std::string_view byline) {
  constexpr size_t kLongest = 1000;  // bytes
  std::string text = single_spaced(base::trim(byline).substr(0, kLongest));
  // "(cog)" of a newspaper's own short names, "(Reuters)".
  for (size_t at = text.find('('); at != std::string::npos; at = text.find('(')) {
    const size_t end = text.find(')', at);
    text.replace(at, end == std::string::npos ? std::string::npos : end + 1 - at, ",");
  }
  for (const std::string_view mark : {"Published by ", "Written by ", "Reported by ", "Story by ", "Words: ", "Text: ",
                                      "By ", "by ", "BY ", "Von ", "Par ", "Por ", "Di ", "Door "}) {
    if (!text.starts_with(mark)) continue;
    text.erase(0, mark.size());
    break;
  }
  for (const std::string_view mark :
       {" and ", " und ", " et ", " y ", " & ", " e ", ";", "|", "/", " \xC2\xB7 ", " \xE2\x80\xA2 "}) {
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, mark.size(), ",");
  }
  std::vector<std::string> names;
  for (std::string_view part : base::split(text, ',')) {
    part = base::trim(part);
    const int words = count_words(part);
    const std::string folded = fold_line(part);
    // People have two to five names, and no digits, addresses or desks among them.
    const bool desk =
        std::any_of(folded.begin(), folded.end(), [](char c) { return base::is_ascii_digit(c) || c == '@'; }) ||
        folded.find("editor") != std::string::npos || folded.find("staff") != std::string::npos ||
        folded.find("news") != std::string::npos || folded.find("desk") != std::string::npos ||
        folded.find("writer") != std::string::npos || folded.find("report") != std::string::npos ||
        folded.find("correspondent") != std::string::npos || folded.find("agenc") != std::string::npos ||
        folded.find("press") != std::string::npos || folded.find("http") != std::string::npos ||
        folded.find("team") != std::string::npos || folded.find("redaktion") != std::string::npos ||
        folded.find("admin") != std::string::npos || folded.find("officer") != std::string::npos ||
        folded.find("head of") != std::string::npos || folded.find("the author") != std::string::npos ||
        folded.find("redazione") != std::string::npos || folded.find("www.") != std::string::npos;
    if (words < 2 || words > 5 || desk || ('a' <= part[0] && part[0] <= 'z')) continue;
    if (std::find(names.begin(), names.end(), part) == names.end()) names.emplace_back(part);
  }
  return names;
}

Result<Article> article_of_text(const Page& page, const std::string& text, bool origins) {
  const std::vector<Line> lines = lines_of(text);
  // A text of few lines was never a page: all of it is meant.
  const bool page_like = lines.size() >= 12;
  // Nor is a long one of sentences throughout: a report, a book, a day's dispatches in one file.
  const bool sentences = is_mostly_sentences(lines);
  const bool chosen = !page_like || is_sentence_a_line(lines) || (sentences && text.size() >= kLongerThanPages);
  auto jobs = classify_lines(lines, page.title, chosen ? Care::kArticle : Care::kCopiedPage);
  if (!holds_running_text(lines, jobs) && sentences) jobs = classify_lines(lines, page.title, Care::kArticle);
  if (!holds_running_text(lines, jobs)) {
    return Error{ErrorCode::kNoArticle, "holds no running text, only headings, menus or the like", page.place};
  }
  Article article;
  article.source = page.source;
  article.url = page.url;
  article.title = page.title;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string line = single_spaced(lines[i].text);
    if (!article.published && is_date_line(line)) article.published = parse_publication(line, "text");
    if (!article.published && i < kHead) article.published = date_of_dateline(line);
    if (!jobs[i].kept) {
      article.dropped.push_back({jobs[i].reason, line});
      continue;
    }
    if (jobs[i].kind == BlockKind::kByline && article.authors.empty()) article.authors = names_of_byline(line);
    if (jobs[i].kind == BlockKind::kTitle && article.title.empty()) article.title = cut_site(line);
    add_block(article, jobs[i].kind, line,
              origins ? origins_of_words(lines[i].text, lines[i].span.begin) : ByteOrigins());
  }
  set_published(page, article);
  return article;
}

Article article_of_json_line(const Page& page) {
  Article article;
  article.source = page.source;
  article.url = page.url;
  article.title = page.title;
  article.text = page.bytes;
  const std::vector<Line> lines = lines_of(article.text);
  const auto jobs = classify_lines(lines, page.title, Care::kArticle);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!jobs[i].kept) {
      article.dropped.push_back({jobs[i].reason, std::string(lines[i].text)});
      continue;
    }
    article.blocks.push_back({jobs[i].kind, lines[i].span});
    if (jobs[i].kind == BlockKind::kTitle && article.title.empty()) article.title = lines[i].text;
    if (jobs[i].kind == BlockKind::kByline && article.authors.empty()) article.authors = names_of_byline(lines[i].text);
    if (jobs[i].kind == BlockKind::kDateline && !article.published) {
      article.published = parse_publication(lines[i].text, "text");
      if (article.published) article.published->span = lines[i].span;
    }
    if (!article.published && i < kHead) {
      article.published = date_of_dateline(lines[i].text);
      if (article.published) article.published->span = lines[i].span;
    }
  }
  if (article.blocks.empty()) {  // all of it looked like furniture: then we do not know better than who chose it
    article.dropped.clear();
    for (const Line& line : lines) article.blocks.push_back({BlockKind::kParagraph, line.span});
  }
  set_published(page, article);
  return article;
}

}  // namespace dragoman::ingest
