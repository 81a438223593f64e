// SPDX-License-Identifier: Apache-2.0
#include "ingest/html_metadata.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/text.h"
#include "ingest/address.h"
#include "ingest/author_names.h"
#include "ingest/furniture.h"
#include "ingest/line_article.h"
#include "ingest/line_features.h"
#include "ingest/page_dates.h"
#include "ingest/publication_date.h"
#include "ingest/xml.h"

namespace dragoman::ingest {
namespace {

using html::Node;
using html::Tag;

constexpr size_t kLongestName = 4000;  // bytes of a heading or byline; elements may nest, and each holds those below

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!base::is_ascii_space(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

// First value of each <meta name/property/itemprop>, by lower-case name; <title> and canonical link beside them.
struct Head {
  std::map<std::string, std::string> meta;
  std::vector<std::string> article_authors, tags;
  std::string title, canonical, language;

  std::string first(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto found = meta.find(name);
      if (found != meta.end() && !found->second.empty()) return found->second;
    }
    return {};
  }
};

Head read_head(const html::Document& document, StructuredData& structured) {
  Head head;
  const Node root = document.root();
  head.language = base::lower_ascii(root.attribute("lang"));
  for (const Node node : html::elements_of(root, {Tag::kMeta, Tag::kTitle, Tag::kLink, Tag::kScript})) {
    switch (node.tag()) {
      case Tag::kMeta:
        for (const char* attribute : {"property", "name", "itemprop"}) {
          const std::string name = base::lower_ascii(node.attribute(attribute));
          if (name.empty()) continue;
          const std::string content = single_spaced(node.attribute("content"));
          head.meta.emplace(name, content);
          if (name == "article:tag") head.tags.push_back(content);
          constexpr size_t kMostAuthors = 200;
          if ((name == "author" || name == "article:author") && head.article_authors.size() < kMostAuthors) {
            head.article_authors.push_back(content);
          }
        }
        break;
      case Tag::kTitle:
        if (head.title.empty()) head.title = single_spaced(node.text_content(kLongestName));
        break;
      case Tag::kLink:
        if (head.canonical.empty() && base::lower_ascii(node.attribute("rel")) == "canonical") {
          head.canonical = base::trim(node.attribute("href"));
        }
        break;
      case Tag::kScript:
        if (base::lower_ascii(node.attribute("type")).find("ld+json") != std::string::npos) {
          read_json_ld(node.text_content(), structured);
        }
        break;
      default: break;
    }
  }
  return head;
}

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words words;
  std::string word;
  for (const char c : fold_line(text) + " ") {
    if (base::is_ascii_alpha(c) || base::is_ascii_digit(c) || (c & 0x80) != 0) {
      word.push_back(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

// Share of `part`'s words that `whole` has.
double overlap(const Words& part, const Words& whole) {
  if (part.empty()) return 0;
  const std::unordered_set<std::string_view> set(whole.begin(), whole.end());
  const auto found = std::count_if(part.begin(), part.end(), [&](const std::string& w) { return set.contains(w); });
  return static_cast<double>(found) / static_cast<double>(part.size());
}

double overlap(std::string_view part, std::string_view whole) { return overlap(words_of(part), words_of(whole)); }

constexpr std::string_view kMarks[] = {" | ",        " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                       " \xC2\xBB ", " :: ", " \xC2\xB7 ",     " \xE2\x80\xA2 "};

// Where the last mark between parts of a title begins and ends; npos if there is none.
std::pair<size_t, size_t> last_mark(std::string_view title) {
  size_t begin = std::string_view::npos, end = 0;
  for (const std::string_view mark : kMarks) {
    const size_t at = title.rfind(mark);
    if (at == std::string_view::npos || (begin != std::string_view::npos && at < begin)) continue;
    begin = at;
    end = at + mark.size();
  }
  return {begin, end};
}

// "Headline | Section | Newspaper" → "Headline": parts from the end that are short, or the publisher's name.
std::string without_site(std::string title, const std::string& publisher) {
  for (int round = 0; round < 3; ++round) {
    const auto [cut, after] = last_mark(title);
    if (cut == std::string::npos) break;
    const std::string tail = title.substr(after);
    const bool is_publisher = !publisher.empty() && overlap(tail, publisher) > 0.6;
    const int left = count_words(std::string_view(title).substr(0, cut));
    if (!is_publisher && (count_words(tail) > 4 || left < 4)) break;
    if (left < 1) break;
    title.resize(cut);
  }
  return title;
}

// "Headline | Section | Newspaper" → "Newspaper", where the headline is known.
std::string site_of(const std::string& title, const std::string& headline) {
  if (headline.empty() || !title.starts_with(headline) || without_site(title, "") == title) return {};
  const std::string_view tail = std::string_view(title).substr(headline.size());
  const size_t after = last_mark(tail).second;
  return after == 0 ? std::string() : std::string(base::trim(tail.substr(after)));
}

bool ends_with_words(const Words& all, const Words& end) {
  return end.size() <= all.size() && std::equal(end.rbegin(), end.rend(), all.rbegin());
}

// "Newspaper" of "Headline | Newspaper"; also of "Newspaper: Headline" where the headline is told by itself too. What
// stands above an article's headline is an <h1> on many pages.
class SiteNames {
 public:
  SiteNames(const std::vector<std::string>& said, const std::string& publisher) {
    for (const std::string& title : said) {
      const auto [begin, end] = last_mark(title);
      // Headlines are longer than names ("Customs - News - New rules for tobacco").
      if (begin == std::string::npos || 2 * begin <= title.size()) continue;
      Words tail = words_of(title.substr(end));
      if (tail.size() < words_of(title.substr(0, begin)).size()) names_.push_back(std::move(tail));
    }
    for (const std::string& title : said) {
      const Words all = words_of(title);
      for (const std::string& other : said) {
        const Words end = words_of(other);
        const bool longer = !end.empty() && end.size() < all.size() && ends_with_words(all, end);
        if (longer) names_.emplace_back(all.begin(), all.end() - static_cast<std::ptrdiff_t>(end.size()));
      }
      if (all != words_of(publisher)) names_.push_back(words_of(publisher));
    }
  }

  bool has(const Words& heading) const {
    return !heading.empty() && std::find(names_.begin(), names_.end(), heading) != names_.end();
  }

 private:
  std::vector<Words> names_;
};

// Whether a heading stands in a path to the page ("Home › Politics › …"), a menu or a list: search engines are told the
// headline there on some sites, and readers another one above the text.
bool is_step_of_path(const html::Outline& page, const html::Element& heading) {
  const auto index = static_cast<uint32_t>(&heading - page.elements.data());
  if (page.inside(index, Tag::kNav) || page.inside(index, Tag::kLi)) return true;
  constexpr int kAround = 3;
  uint32_t around = index;
  for (int i = 0; i <= kAround; ++i) {
    if (page.elements[around].hints.find("breadcrumb") != std::string_view::npos) return true;
    around = page.elements[around].parent;
  }
  return false;
}

struct Heading {
  std::string text;
  bool alike = false;         // what the head says is like it
  bool step_of_path = false;  // it does not stand above the text
};

constexpr int kMostHeadings = 100;

// The <h1> most like what the head says; a page's only long one is the headline whatever the head says (search engines
// and readers are often told different ones).
Heading first_heading(const html::Outline& page, const std::vector<std::string>& said, const std::string& publisher) {
  constexpr double kAlike = 0.2;
  constexpr int kLongHeading = 5;  // words; the names of sites are shorter
  const SiteNames sites(said, publisher);
  std::vector<Words> said_words;
  for (const std::string& other : said) said_words.push_back(words_of(other));
  Heading best, only;
  double best_score = 0;
  int long_ones = 0, looked = 0;
  for (const html::Element& element : page.elements) {
    if (element.tag != Tag::kH1 || element.text == 0) continue;
    if (++looked > kMostHeadings) break;
    const std::string text = single_spaced(element.node.text_content(kLongestName));
    const Words words = words_of(text);
    if (sites.has(words)) continue;
    double score = said.empty() ? 1.0 : 0.0;
    for (const Words& other : said_words) score = std::max(score, overlap(words, other) * overlap(other, words));
    if (score > best_score) {
      best_score = score;
      best = {text, score > kAlike, is_step_of_path(page, element)};
    }
    if (count_words(text) >= kLongHeading && ++long_ones == 1) only = {text, false, is_step_of_path(page, element)};
  }
  if (best.alike) return best;
  return long_ones == 1 ? only : Heading();
}

// The headline that the head tells word by word as the page does in a heading that is no <h1>; "" if there is none.
std::string lower_heading(const html::Outline& page, const std::vector<std::string>& said,
                          const std::string& publisher) {
  constexpr double kLink = 0.5;  // links to an article are told on its page too
  std::vector<std::string> headlines;
  for (const std::string& text : said) {
    headlines.push_back(text);
    headlines.push_back(without_site(text, publisher));
  }
  std::vector<Words> words;
  for (const std::string& headline : headlines) words.push_back(words_of(headline));
  int looked = 0;
  for (const html::Element& element : page.elements) {
    if (element.tag != Tag::kH2 || element.text == 0 || element.link_density() > kLink) continue;
    if (++looked > kMostHeadings) break;
    const auto told = std::find(words.begin(), words.end(), words_of(element.node.text_content(kLongestName)));
    if (told != words.end() && !is_step_of_path(page, element)) return headlines[told - words.begin()];
  }
  return {};
}

// "Opinion | Let kids be kids" and "Let kids be kids": where the heading and what the head says differ in words before
// the headline alone, those of the head are meant ("Opinion" is the section, "Kommentar: …" a part of the title). No
// words are added where the head tells the heading too, nor what stands before or behind a bar.
std::string with_meant_start(const std::string& title, const std::vector<std::string>& said) {
  const auto words = words_of(title);
  const auto is_title = [&](const std::string& other) { return words_of(other) == words; };
  const bool told = std::any_of(said.begin(), said.end(), is_title);
  for (const std::string& other : said) {
    const auto others = words_of(other);
    if (others == words) return title;
    if (title.starts_with(other + " | ")) return other;
    if (others.size() > words.size() && (told || other.ends_with(" | " + title))) continue;
    const size_t shorter = std::min(words.size(), others.size());
    if (shorter >= 3 && (ends_with_words(words, others) || ends_with_words(others, words))) return other;
  }
  return title;
}

// "Norland talksThe river": parts of a heading that only its looks set apart; the head says where.
std::string with_spaces(const std::string& title, const std::vector<std::string>& said) {
  const auto letters = [](const std::string& text) { return base::join(words_of(text), ""); };
  for (const std::string& other : said) {
    if (words_of(other).size() > words_of(title).size() && letters(other) == letters(title)) return other;
  }
  return title;
}

// "A headline that was cut off after a hundr…": the head tells the whole one elsewhere.
std::string whole(const std::string& title, const std::vector<std::string>& said, const std::string& publisher) {
  constexpr size_t kLeastCut = 60;  // bytes
  std::string_view start = title;
  for (const std::string_view dots : {"...", "\xE2\x80\xA6"}) {
    if (start.ends_with(dots)) start.remove_suffix(dots.size());
  }
  start = base::trim(start);
  // Structured data may tell 110 characters of a headline.
  const bool cut = start.size() < title.size() || title.size() >= 100;
  if (!cut || start.size() < kLeastCut) return title;
  for (const std::string& other : said) {
    std::string full = without_site(other, publisher);
    if (full.size() > title.size() && full.starts_with(start)) return full;
  }
  return title;
}

std::string choose_title(const html::Outline& page, const std::string& headline, const std::string& open_graph,
                         const std::string& head_title, const std::string& publisher) {
  std::vector<std::string> said;
  for (const std::string* text : {&open_graph, &headline, &head_title}) {
    if (!text->empty()) said.push_back(*text);
  }
  const Heading heading = first_heading(page, said, publisher);
  std::vector<std::string> written;
  for (const std::string* text : {&headline, &open_graph}) {
    if (!text->empty()) written.push_back(*text);
  }
  std::string title;
  if (heading.text.empty() || heading.step_of_path) title = lower_heading(page, written, publisher);
  if (!title.empty()) return without_references(whole(title, written, publisher));
  title = heading.text;
  if (title.empty()) title = headline;
  if (title.empty()) title = without_site(open_graph.empty() ? head_title : open_graph, publisher);
  if (title.empty()) title = without_site(head_title, publisher);
  return without_references(whole(with_spaces(with_meant_start(title, written), written), written, publisher));
}

bool is_byline_hint(std::string_view hints) {
  for (const char* word : {"byline", "author", "writer", "contributor"}) {
    if (hints.find(word) != std::string_view::npos) return true;
  }
  return false;
}

void add_author(std::vector<std::string>& authors, std::string_view text) {
  if (text.find("://") != std::string_view::npos || text.size() > 160) return;
  for (std::string& name : names_of_byline(text)) {
    if (std::find(authors.begin(), authors.end(), name) == authors.end()) authors.push_back(std::move(name));
  }
}

void add_data_author(std::vector<std::string>& authors, std::string_view text) {
  for (std::string& name : names_of_data(text)) {
    if (std::find(authors.begin(), authors.end(), name) == authors.end()) authors.push_back(std::move(name));
  }
}

// Names of papers, on their own or as one of their desks.
class Papers {
 public:
  Papers(const std::string& publisher, const std::string& site) : publisher_(publisher), site_(site) {}
  bool has(const std::string& name) const { return overlap(name, publisher_) > 0.9 || overlap(name, site_) > 0.9; }

 private:
  const std::string &publisher_, &site_;
};

// People first; agencies and desks that the page's data name beside them.
std::vector<std::string> authors_of_data(const Head& head, const StructuredData& structured, const Papers& papers) {
  std::vector<std::string> authors;
  const auto told = [&](const std::string& name) {
    if (!papers.has(name)) add_data_author(authors, name);
  };
  for (const std::string& name : structured.authors) told(name);
  for (const std::string& name : structured.organisations) told(name);
  if (!authors.empty()) return authors;
  for (const std::string& name : head.article_authors) told(name);
  if (!authors.empty()) return authors;
  for (const char* name : {"parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
                           "cxenseparse:author", "author_name", "article_author"}) {
    const auto found = head.meta.find(name);
    if (found != head.meta.end()) told(found->second);
    if (!authors.empty()) return authors;
  }
  const auto label = head.meta.find("twitter:label1"), name = head.meta.find("twitter:data1");
  const bool writes = label != head.meta.end() && base::lower_ascii(label->second).find("written") != std::string::npos;
  if (writes && name != head.meta.end()) told(name->second);
  return authors;
}

// ".../author/jane-doe": the address of a page about a writer.
bool is_writer_address(std::string_view address) {
  constexpr std::string_view kSteps[] = {"/author/",  "/authors/", "/writer/",      "/writers/",      "/autor/",
                                         "/autoren/", "/auteur/",  "/contributor/", "/contributors/", "/journalist/"};
  return std::any_of(std::begin(kSteps), std::end(kSteps),
                     [&](std::string_view step) { return address.find(step) != std::string_view::npos; });
}

// Bylines by their class, then the first link to a writer's page.
std::vector<std::string> authors_on_page(const html::Outline& page) {
  constexpr uint32_t kLongestByline = 120, kLongestLink = 40;  // bytes
  std::vector<std::string> authors;
  constexpr int kMostBylines = 200;
  int looked = 0;
  std::vector<std::optional<bool>> bylines(page.hints.size());  // what the words of classes say, by their number
  for (const html::Element& element : page.elements) {
    if (element.text > kLongestByline) continue;
    std::optional<bool>& hint = bylines[element.hint];
    if (!hint) hint = is_byline_hint(element.hints);
    if (!*hint && (!element.has_rel || element.node.attribute("rel") != "author")) continue;
    if (++looked > kMostBylines) break;
    add_author(authors, single_spaced(element.node.text_content(kLongestName)));
    if (!authors.empty()) return authors;
  }
  for (const html::Element& element : page.elements) {
    if (element.tag != Tag::kA || element.text > kLongestLink || !is_writer_address(element.node.attribute("href")))
      continue;
    add_author(authors, single_spaced(element.node.text_content(kLongestName)));
    if (!authors.empty()) return authors;
  }
  return authors;
}

// The paper itself only where nobody else is named.
std::vector<std::string> read_authors(const Head& head, const StructuredData& structured, const html::Outline& page,
                                      const std::string& site) {
  auto authors = authors_of_data(head, structured, Papers(structured.publisher, site));
  if (authors.empty()) authors = authors_on_page(page);
  if (!authors.empty()) return authors;
  for (const auto* names : {&structured.authors, &structured.organisations}) {
    for (const std::string& name : *names) {
      if (name.find("://") == std::string::npos) authors.push_back(name);
    }
  }
  return authors;
}

}  // namespace

Metadata read_metadata(const html::Document& document, const html::Outline& page, const std::string& url) {
  Metadata data;
  const Head head = read_head(document, data.structured);
  data.publisher = head.first({"og:site_name", "application-name", "apple-mobile-web-app-title"});
  if (!data.structured.publisher.empty()) data.publisher = data.structured.publisher;
  for (const std::string& told : {head.canonical, head.first({"og:url"}), head.first({"twitter:url"})}) {
    if (data.url.empty() && may_be_of_page(told)) data.url = told;
  }
  data.kind = base::lower_ascii(head.first({"og:type"}));
  data.subtitle = head.first({"og:description", "description", "twitter:description"});

  const std::string open_graph = head.first({"og:title", "twitter:title", "dc.title"});
  data.title = choose_title(page, data.structured.headline, open_graph, head.title, data.publisher);
  if (data.publisher.empty()) data.publisher = site_of(head.title, data.title);
  data.authors = read_authors(head, data.structured, page, data.publisher);
  data.date_places = date_places({&head.meta, &data.structured, data.url, url,
                                  head.first({"og:image", "twitter:image"}), head.language, data.title},
                                 page);
  PublicationDates dates = weigh_dates(data.date_places);
  data.dates = std::move(dates.all);
  data.day = std::move(dates.day);
  if (!data.dates.empty()) data.published = data.dates.front().date;
  data.updated = parse_publication(data.structured.modified, "metadata");
  if (!data.updated)
    data.updated = parse_publication(head.first({"article:modified_time", "og:updated_time"}), "metadata");
  data.tags = data.structured.keywords;
  if (data.tags.empty()) data.tags = head.tags;
  return data;
}

}  // namespace dragoman::ingest
