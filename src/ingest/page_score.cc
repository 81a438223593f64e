// SPDX-License-Identifier: Apache-2.0
#include "ingest/page_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/find.h"
#include "base/text.h"
#include "ingest/forest.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"

namespace dragoman::ingest {
namespace {

#include "ingest/page_score.inc"

using html::Tag;
using Words = std::initializer_list<std::string_view>;

float log_size(double size) { return static_cast<float>(std::log2(1.0 + size)); }
float share(double part, double whole) { return whole <= 0 ? 0.0F : static_cast<float>(part / whole); }

bool has_any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return base::contains(text, word); });
}

size_t times(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = base::find(text, part); at != std::string_view::npos; at = base::find(text, part, at + part.size()))
    ++count;
  return count;
}

class Features {
 public:
  Features(const html::Outline& page, const HtmlBody& body, const Metadata& metadata, const std::string& url)
      : page_(page), body_(body), metadata_(metadata), url_(base::lower_ascii(url.empty() ? metadata.url : url)) {}

  std::vector<float> all() {
    said();
    address();
    text();
    words();
    boxes();
    return std::move(values_);
  }

 private:
  void put(float value) { values_.push_back(value); }
  void put(double value) { values_.push_back(static_cast<float>(value)); }
  void flag(bool value) { values_.push_back(value ? 1.0F : 0.0F); }

  bool has_type(Words types) const {
    const auto& own = metadata_.structured.types;
    return std::any_of(own.begin(), own.end(),
                       [&](const std::string& t) { return std::find(types.begin(), types.end(), t) != types.end(); });
  }

  // What the page says of itself.
  void said() {
    flag(metadata_.structured.article);
    flag(metadata_.kind == "article");
    flag(metadata_.kind == "website");
    flag(metadata_.kind.starts_with("product"));
    put(static_cast<float>(metadata_.dates.size()));
    flag(!metadata_.dates.empty() && metadata_.dates.front().from != "text" && metadata_.dates.front().from != "time");
    flag(metadata_.updated.has_value());
    put(static_cast<float>(metadata_.authors.size()));
    flag(!metadata_.structured.authors.empty());
    flag(has_type({"Product", "Offer", "AggregateOffer", "ProductGroup"}));
    flag(has_type({"CollectionPage", "SearchResultsPage", "ItemList"}));
    flag(has_type({"DiscussionForumPosting", "QAPage", "Question", "Comment"}));
    flag(has_type({"FAQPage"}));
    flag(has_type({"Service", "LocalBusiness", "ProfessionalService", "SoftwareApplication"}));
    flag(has_type({"NewsArticle", "ReportageNewsArticle", "BlogPosting"}));
    flag(has_type({"WebPage"}));
    flag(has_type({"BreadcrumbList"}));
    put(static_cast<float>(count_words(metadata_.title)));
    flag(has_any(base::lower_ascii(metadata_.title), {"how to", "best ", "guide", "why ", "what "}));
    put(static_cast<float>(metadata_.tags.size()));
  }

  void address() {
    const size_t scheme = url_.find("://");
    const std::string rest = scheme == std::string::npos ? "" : url_.substr(scheme + 3);
    const size_t slash = std::min(rest.find('/'), rest.size());
    const std::string path = rest.substr(slash, rest.find_first_of("?#", slash) - slash);
    const std::string host = rest.substr(0, rest.find_first_of("/?#"));
    std::vector<std::string_view> steps;
    for (const std::string_view step : base::split(path, '/')) {
      if (!step.empty()) steps.push_back(step);
    }
    const std::string_view last = steps.empty() ? std::string_view() : steps.back();
    put(static_cast<float>(steps.size()));
    put(static_cast<float>(times(last, "-") + times(last, "_")));
    put(static_cast<float>(last.size()));
    flag(std::any_of(last.begin(), last.end(), base::is_ascii_digit));
    flag(url_.find('?') != std::string::npos);
    put(static_cast<float>(std::count_if(path.begin(), path.end(), base::is_ascii_digit)));
    flag(has_any(path,
                 {"/forum", "/thread", "viewtopic", "/topic", "/t/", "/comments/", "/questions/", "/discussion"}) ||
         has_any(host, {"forum", "community", "discuss", "reddit", "stack"}));
    flag(has_any(path, {"/product", "/shop", "/p/", "/item", "/dp/", "/buy", "/store"}));
    flag(
        has_any(path, {"/tag/", "/category", "/categories", "/collection", "/topics", "/search", "/archive", "/list"}));
    flag(has_any(path, {"/docs", "/doc/", "/reference", "/manual", "/api", "/guide", "/help", "/support", "/learn"}) ||
         has_any(host, {"docs.", "developer", "support.", "help."}));
    flag(has_any(path, {"/service", "/solution", "/pricing", "/feature", "/platform", "/about", "/contact"}));
    flag(has_any(path, {"/blog", "/news", "/article", "/story", "/stories", "/post", "/20", "/opinion", "/press"}));
    flag(date_in_address());
  }

  bool date_in_address() const {
    return std::any_of(metadata_.dates.begin(), metadata_.dates.end(),
                       [](const DateEvidence& date) { return date.from == "url"; });
  }

  // How much running text, and what else is kept.
  void text() {
    size_t kept = 0, kept_bytes = 0, all_bytes = 0, link = 0, headings = 0, items = 0, paragraphs = 0, tables = 0;
    size_t pre = 0, longest = 0, first = page_.blocks.size(), last = 0;
    std::vector<size_t> sizes;
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const html::Block& block = page_.blocks[b];
      all_bytes += block.text.size();
      link += block.link;
      const BlockJob& job = body_.jobs[b];
      if (!job.kept) continue;
      ++kept;
      kept_bytes += block.text.size();
      first = std::min(first, b);
      last = b;
      headings += job.kind == BlockKind::kHeading;
      items += job.kind == BlockKind::kListItem;
      tables += job.kind == BlockKind::kTable;
      pre += page_.elements[block.element].tag == Tag::kPre;
      if (job.kind != BlockKind::kParagraph) continue;
      ++paragraphs;
      longest = std::max(longest, block.text.size());
      sizes.push_back(block.text.size());
    }
    std::sort(sizes.begin(), sizes.end());
    const auto blocks = static_cast<double>(page_.blocks.size());
    put(log_size(static_cast<double>(body_.running)));
    put(log_size(static_cast<double>(body_.elsewhere)));
    put(share(static_cast<double>(body_.running), static_cast<double>(body_.running + body_.elsewhere)));
    put(log_size(static_cast<double>(body_.teasers)));
    put(log_size(blocks));
    put(log_size(static_cast<double>(kept)));
    put(share(static_cast<double>(kept_bytes), static_cast<double>(all_bytes)));
    put(share(static_cast<double>(link), static_cast<double>(all_bytes)));
    put(share(static_cast<double>(body_.running), static_cast<double>(kept_bytes)));
    put(share(static_cast<double>(headings), static_cast<double>(kept)));
    put(share(static_cast<double>(items), static_cast<double>(kept)));
    put(share(static_cast<double>(paragraphs), static_cast<double>(kept)));
    put(share(static_cast<double>(tables), static_cast<double>(kept)));
    put(static_cast<float>(pre));
    put(log_size(static_cast<double>(longest)));
    put(sizes.empty() ? 0.0F : static_cast<float>(sizes[sizes.size() / 2]));
    put(last < first ? 0.0F : share(static_cast<double>(kept), static_cast<double>(last - first + 1)));
    put(share(static_cast<double>(first), blocks));
    put(share(body_.sure, static_cast<double>(kept)));
  }

  // How the text speaks, and signs of shops and forums on the page.
  void words() {
    size_t you = 0, we = 0, said = 0, prices = 0, cart = 0, replies = 0, dates = 0, questions = 0, bytes = 0;
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const std::string lower = base::lower_ascii(std::string_view(page_.blocks[b].text).substr(0, 2000));
      if (body_.jobs[b].kept) {
        bytes += lower.size();
        you += times(lower, " you") + lower.starts_with("you");
        we += times(lower, " we ") + times(lower, " our ") + lower.starts_with("we ") + lower.starts_with("our ");
        said += times(lower, " said") + times(lower, " sagte") + times(lower, " told ");
        questions += lower.ends_with('?');
      }
      if (lower.size() > 200) continue;
      for (const std::string_view sign : {"$", "\xE2\x82\xAC", "\xC2\xA3"}) prices += times(lower, sign);
      cart +=
          has_any(lower, {"add to cart", "add to bag", "in stock", "checkout", "free shipping", "warenkorb",
                          "get a quote", "book now", "free trial", "request a demo", "get started", "sign up free"});
      replies += has_any(lower, {"reply", "quote", "joined", "posts:", "antworten", "upvote", "views", "replies"});
      dates += is_date_line(page_.blocks[b].text);
    }
    const double thousands = std::max(static_cast<double>(bytes) / 1000, 0.5);
    put(static_cast<double>(you) / thousands);
    put(static_cast<double>(we) / thousands);
    put(static_cast<double>(said) / thousands);
    put(static_cast<double>(questions));
    put(log_size(static_cast<double>(prices)));
    put(static_cast<float>(cart));
    put(log_size(static_cast<double>(replies)));
    put(log_size(static_cast<double>(dates)));
  }

  // Elements of kinds that tell pages apart.
  void boxes() {
    size_t forms = 0, buttons = 0, articles = 0, headings = 0, times_shown = 0, posts = 0, products = 0, codes = 0;
    constexpr uint8_t kUnread = 0xFF, kPost = 1, kProduct = 2;
    std::vector<uint8_t> kinds(page_.hints.size(),
                               kUnread);  // what the words of classes say, once for each kind of hints
    for (const html::Element& e : page_.elements) {
      forms += e.tag == Tag::kForm;
      buttons += e.tag == Tag::kButton;
      articles += e.tag == Tag::kArticle;
      headings += e.tag == Tag::kH1;
      times_shown += e.tag == Tag::kTime;
      codes += e.tag == Tag::kCode || e.tag == Tag::kPre;
      if (e.hint == 0) continue;
      uint8_t& kind = kinds[e.hint];
      if (kind == kUnread) {
        kind = (has_any(e.hints, {"message", "reply", "comment", "postbody", "post-body", "thread"}) ? kPost : 0) |
               (has_any(e.hints, {"product", "price", "cart"}) ? kProduct : 0);
      }
      posts += (kind & kPost) != 0;
      products += (kind & kProduct) != 0;
    }
    for (const size_t count : {forms, buttons, articles, headings, times_shown, codes, posts, products}) {
      put(log_size(static_cast<double>(count)));
    }
  }

  const html::Outline& page_;
  const HtmlBody& body_;
  const Metadata& metadata_;
  const std::string url_;
  std::vector<float> values_;
};

}  // namespace

std::vector<float> page_features(const html::Outline& page, const HtmlBody& body, const Metadata& metadata,
                                 const std::string& url) {
  return Features(page, body, metadata, url).all();
}

double article_probability(const std::vector<float>& features) {
  const float sum = margin(kKindNodes, kKindTrees, kKindBias, features.data());
  return 1.0 / (1.0 + std::exp(-static_cast<double>(sum)));
}

}  // namespace dragoman::ingest
