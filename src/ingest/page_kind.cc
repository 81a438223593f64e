// SPDX-License-Identifier: Apache-2.0
// The limits were chosen by looking at public collections of labelled pages (their development halves): pages that say
// they are articles are not judged by their address or length.
#include "ingest/page_kind.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "ingest/furniture.h"

namespace dragoman::ingest {
namespace {

constexpr size_t kLeastRunning = 120;  // bytes: about one long sentence
constexpr size_t kLeastUnsigned =
    600;                          // bytes, where neither a date nor an author is told and much else is on the page
constexpr size_t kMuchElse = 30;  // blocks

// Of the page's score: above the one no sign counts but the lack of text (of pages of sites not trained on, the signs
// were wrong there more often than right: 6 to 4), below the others none is needed.
constexpr double kLikelyArticle = 0.35, kSurelyArticle = 0.6, kSurelyOther = 0.3, kSurelyOtherThoughSigned = 0.15;

bool is_error_title(std::string_view title) {
  const std::string folded = fold_line(title);
  for (const std::string_view words :
       {"404", "page not found", "not found", "access denied", "403 forbidden", "error 4", "error 5",
        "seite nicht gefunden", "page introuvable", "just a moment", "are you a robot"}) {
    if (folded.starts_with(words)) return true;
  }
  return false;
}

bool has_type(const Metadata& metadata, std::string_view type) {
  const auto& types = metadata.structured.types;
  return std::find(types.begin(), types.end(), type) != types.end();
}

struct Address {
  std::string host;
  std::vector<std::string> steps;  // of the path
  bool numbered = false;           // "/?p=959": a post by its number
};

Address address_of(const std::string& url) {
  Address address;
  const size_t scheme = url.find("://");
  if (scheme == std::string::npos) return address;
  const std::string rest = base::lower_ascii(url.substr(scheme + 3, url.find_first_of("?#", scheme) - scheme - 3));
  const auto parts = base::split(rest, '/');
  address.host = parts.front();
  for (size_t i = 1; i < parts.size(); ++i) {
    if (!parts[i].empty()) address.steps.emplace_back(parts[i]);
  }
  const size_t query = url.find('?', scheme);
  const std::string_view number = query == std::string::npos ? std::string_view() : std::string_view(url).substr(query);
  address.numbered = number.starts_with("?p=") && number.size() > 3 && base::is_ascii_digit(number[3]);
  return address;
}

template <size_t N>
bool in(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Addresses as the common programs for forums make them.
bool is_forum(const Address& address) {
  static constexpr std::array<std::string_view, 9> kSteps = {"forum",         "forums",           "thread",
                                                             "threads",       "viewtopic.php",    "showthread.php",
                                                             "viewforum.php", "forumdisplay.php", "topic"};
  return address.host.starts_with("forum.") || address.host.starts_with("forums.") ||
         std::any_of(address.steps.begin(), address.steps.end(), [](const std::string& s) { return in(kSteps, s); });
}

// ".../tag/elections": a word for a list and the name of what is listed.
bool is_list(const Address& address) {
  static constexpr std::array<std::string_view, 9> kSteps = {"tag",    "tags",  "category", "categories", "author",
                                                             "search", "topic", "topics",   "archive"};
  return address.steps.size() >= 2 && in(kSteps, address.steps[address.steps.size() - 2]);
}

// What the address says of a page that does not say itself that it is an article.
std::string reason_of_address(const std::string& url, const Metadata& metadata) {
  const Address address = address_of(url);
  if (address.host.empty()) return {};
  if (address.steps.empty() && !address.numbered) return "is the front page of a site";
  if (is_list(address) && !metadata.published) return "is a list of articles";
  if (is_forum(address)) return "is a thread of a forum";
  return {};
}

std::string reason_of_signs(const html::Outline& page, const HtmlBody& body, const Metadata& metadata,
                            const std::string& url) {
  constexpr size_t kMoreThanTeasers = 1500;  // bytes of running text: no list of links has so much in one place
  const bool is_linked_list = body.teasers >= 8 && body.running < std::min(200 * body.teasers, kMoreThanTeasers);
  const bool is_marked = metadata.structured.article || metadata.kind == "article";
  if (is_linked_list && !is_marked) return "is a list of links to articles";
  if (body.running < kLeastRunning) return "holds too little running text for an article";
  if (is_marked) return {};
  if ((has_type(metadata, "Product") || metadata.kind.starts_with("product")) && body.running < 3000)
    return "describes a product";
  for (const char* type : {"CollectionPage", "SearchResultsPage", "ItemList"}) {
    if (has_type(metadata, type) && body.running < 2000) return "is a list of articles";
  }
  if (has_type(metadata, "DiscussionForumPosting") || has_type(metadata, "QAPage")) return "is a thread of a forum";
  if (std::string reason = reason_of_address(url.empty() ? metadata.url : url, metadata); !reason.empty())
    return reason;
  const bool is_signed = metadata.published || !metadata.authors.empty();
  if (!is_signed && body.running < kLeastUnsigned && page.blocks.size() >= kMuchElse)
    return "holds too little text for an article that tells neither date nor author";
  return {};
}

}  // namespace

std::string no_article_reason(const html::Outline& page, const HtmlBody& body, const Metadata& metadata,
                              const std::string& url, double score) {
  // Scripts whose sentences end in signs of their own, and captions of picture pages, are text all the same.
  const bool is_text = score >= kSurelyArticle && body.paragraphs >= kLeastRunning;
  if (body.running == 0 && body.elsewhere == 0 && !is_text) return "holds no running text";
  if (is_error_title(metadata.title) && body.running < 1500) return "is an error page (\"" + metadata.title + "\")";
  if (score >= kLikelyArticle) return {};
  if (std::string reason = reason_of_signs(page, body, metadata, url); !reason.empty()) return reason;
  // A saved text with little around it has none of the signs that the score goes by.
  const bool is_marked = metadata.structured.article || metadata.kind == "article";
  const bool is_bare = page.blocks.size() < kMuchElse || is_marked;
  const bool is_signed = metadata.published || !metadata.authors.empty();
  return score < (is_signed ? kSurelyOtherThoughSigned : kSurelyOther) && !is_bare
             ? "looks like a page of a shop, a forum, a service or a list, not like an article"
             : "";
}

}  // namespace dragoman::ingest
