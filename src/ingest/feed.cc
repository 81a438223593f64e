// SPDX-License-Identifier: Apache-2.0
// RSS 2.0 (rssboard.org), RSS 1.0 with Dublin Core, Atom (RFC 4287), sitemaps (sitemaps.org) with Google's news
// extension, JSON Feed 1.1 (jsonfeed.org). The first four are read by the names of their elements, whatever the prefix.
#include "ingest/feed.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/charset.h"
#include "ingest/fragment.h"
#include "ingest/line_article.h"
#include "ingest/line_features.h"
#include "ingest/xml.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;
using Kind = XmlToken::Kind;

// RSS has no place of its own for the whole text: some papers put it where the summary goes. No summary is so long.
constexpr int kWordsOfText = 200;
constexpr size_t kMostNames = 100;  // authors of an item, and tags; real ones have a few

bool is_root(std::string_view root) {
  return root == "rss" || root == "rdf:rdf" || root == "feed" || root == "atom:feed" || root == "urlset" ||
         root == "sitemapindex";
}

std::string_view item_of_root(std::string_view root) {
  return root == "urlset" ? "url"sv : root.ends_with("feed") ? "entry"sv : "item"sv;
}

bool is_json_feed(std::string_view start) {
  return start.starts_with('{') && start.substr(0, 4096).find("jsonfeed.org/version/") != std::string_view::npos;
}

// Elements of these say nothing of the item itself.
bool is_foreign(std::string_view name) {
  static constexpr std::string_view kForeign[] = {"media:", "image:", "video:", "itunes:", "slash:", "wfw:", "xhtml:"};
  return std::any_of(std::begin(kForeign), std::end(kForeign), [&](auto prefix) { return name.starts_with(prefix); });
}

// What a feed tells of one item.
struct Item {
  std::string id, url, permalink, base, title, published, published_from, updated, publisher;
  std::string text, text_as;  // "html", "text"
  std::string summary;
  bool summary_is_html = true;
  std::vector<std::string> authors, tags;
};

void set(std::string& to, std::string_view value) {
  if (to.empty()) to = base::trim(value);
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (list.size() < kMostNames && !value.empty() && std::find(list.begin(), list.end(), value) == list.end())
    list.push_back(std::move(value));
}

// "jane@paper.example (Jane Doe)", "Jane Doe and John Roe", "Reuters".
void add_authors(Item& item, std::string_view told) {
  if (item.authors.size() >= kMostNames) return;
  std::string value = plain_text(told);
  if (const size_t at = value.find('('); value.find('@') < at && at != std::string::npos) {
    value = value.substr(at + 1, value.find(')', at) - (at + 1));
  }
  const auto names = names_of_byline(value);
  for (const std::string& name : names) add_once(item.authors, name);
  if (names.empty() && value.find('@') == std::string::npos && value.size() < 80) add_once(item.authors, value);
}

void add_tags(Item& item, std::string_view told) {
  for (const std::string_view tag : base::split(told, ',')) {
    if (item.tags.size() >= kMostNames) return;
    add_once(item.tags, plain_text(base::trim(tag)));
  }
}

// What an "xml:base" makes of the base around it.
std::string resolved_base(const std::string& around, std::string_view told) {
  told = base::trim(told);
  return told.empty() ? around : resolved(around, told);
}

// "[…]", "..." or "Read more" at the end: the text goes on elsewhere.
bool is_cut(std::string_view text) {
  text = base::trim(text.substr(text.size() - std::min<size_t>(text.size(), 40)));
  for (const std::string_view end : {"[\xE2\x80\xA6]"sv, "[...]"sv, "\xE2\x80\xA6"sv, "..."sv, "Read more"sv,
                                     "Continue reading"sv, "Read the full story"sv}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

Page page_of(Item item, const std::string& path, const std::string& place, uint64_t number) {
  Page page;
  set(item.url, item.permalink);
  item.url = may_be_of_page(item.url) ? resolved(item.base, item.url) : "";
  const std::string name = !item.url.empty() ? item.url : !item.id.empty() ? item.id : std::to_string(number);
  page.source = path + "#" + name;
  page.place = place;
  page.url = std::move(item.url);
  page.title = plain_text(item.title);
  page.published = std::move(item.published);
  page.published_from = std::move(item.published_from);
  page.updated = std::move(item.updated);
  page.publisher = plain_text(item.publisher);
  page.authors = std::move(item.authors);
  page.tags = std::move(item.tags);
  page.charset = "utf-8";
  page.format = Format::kFragment;
  const bool as_text = item.text_as == "text";
  const std::string words = as_text ? std::string(base::trim(item.text)) : plain_text(item.text);
  const std::string summary = item.summary_is_html ? plain_text(item.summary) : item.summary;
  if (!words.empty() && !is_cut(words)) {
    page.bytes = std::move(item.text);
    if (as_text) page.format = Format::kJsonLines;
    if (summary != words && count_words(summary) < count_words(words)) page.subtitle = summary;
  } else {
    const bool longer = words.size() > summary.size();
    page.bytes = longer ? std::move(item.text) : std::move(item.summary);
    if (longer ? as_text : !item.summary_is_html) page.format = Format::kJsonLines;
    page.summary = is_cut(longer ? words : summary) || count_words(summary) < kWordsOfText;
  }
  if (base::trim(page.bytes).empty()) {  // the title is all there is
    page.bytes = "<p>";
    page.format = Format::kFragment;
  }
  if (page.format == Format::kJsonLines && base::first_invalid_utf8(page.bytes) != base::kValid) {
    page.bytes = with_bad_sequences_replaced(page.bytes);
  }
  return page;
}

}  // namespace

class Feed::Items {
 public:
  virtual ~Items() = default;
  virtual std::optional<Result<Page>> next() = 0;
};

class Feed::XmlItems : public Feed::Items {
 public:
  XmlItems(std::string path, std::string text)
      : path_(std::move(path)),
        text_(std::move(text)),
        reader_(text_),
        root_(xml_root(text_)),
        item_(item_of_root(root_)) {}

  std::optional<Result<Page>> next() override {
    for (;;) {
      const XmlToken token = reader_.next();
      if (token.kind == Kind::kDone) return end();
      if (token.kind == Kind::kEnd && token.name == root_) closed_ = true;
      if (token.kind != Kind::kStart || is_foreign(token.name)) continue;
      if (number_ == 0) set(base_, token.attribute("xml:base"));
      const std::string_view name = local_name(token.name);
      if (name == item_) {
        if (auto page = item(token)) return page;
      } else if (number_ == 0 && name == "link") {
        feed_link(token);
      } else if (number_ == 0 && name == "title" && publisher_.empty()) {
        publisher_ = plain_text(content(token));
      }
    }
  }

 private:
  // The feed's own address, or that of the site it is of.
  void feed_link(const XmlToken& token) {
    const std::string told = content(token), href = token.attribute("href"), rel = token.attribute("rel");
    const std::string& address = href.empty() ? told : href;
    if (!is_web_address(base::trim(address))) return;
    if (rel.empty() || rel == "alternate") set(link_, address);
    if (rel == "self") set(self_, address);
  }

  std::string place_of(size_t position) {
    line_ += static_cast<uint64_t>(std::count(text_.begin() + static_cast<ptrdiff_t>(counted_),
                                              text_.begin() + static_cast<ptrdiff_t>(position), '\n'));
    counted_ = position;
    return path_ + ":" + std::to_string(line_);
  }

  std::optional<Result<Page>> end() {
    if (std::exchange(ended_, true)) return std::nullopt;
    if (!closed_) return Result<Page>(Error{ErrorCode::kSyntax, "is a feed that is cut off", place_of(text_.size())});
    if (told_ > 0 || number_ == 0) {
      if (number_ > 0) return std::nullopt;
      const char* what = root_ == "sitemapindex" ? "is a list of sitemaps; nothing is fetched, give those themselves"
                                                 : "is a feed without items";
      return Result<Page>(Error{ErrorCode::kEmpty, what, path_});
    }
    return Result<Page>(Error{ErrorCode::kNoText,
                              "tells addresses alone, neither titles nor texts; nothing is fetched, give the pages "
                              "themselves",
                              path_});
  }

  // The text of an element up to its end; of one that holds elements, their text too. An item's end or beginning ends
  // it as well.
  std::string content(const XmlToken& start) {
    std::string text;
    if (start.empty) return text;
    for (int depth = 1;;) {
      const XmlToken token = reader_.next();
      if (token.kind == Kind::kDone) return text;
      if (token.kind == Kind::kText) text += token.text;
      if (local_name(token.name) == item_ && !is_foreign(token.name)) {
        reader_.go_back_to(token.begin);
        return text;
      }
      if (token.kind == Kind::kStart && !token.empty) ++depth;
      if (token.kind == Kind::kEnd && --depth == 0) return text;
    }
  }

  // Likewise, with the tags: XHTML.
  std::string markup(const XmlToken& start) {
    if (start.empty) return {};
    const size_t from = start.end;
    for (int depth = 1;;) {
      const XmlToken token = reader_.next();
      if (token.kind == Kind::kDone) return text_.substr(from);
      if (local_name(token.name) == item_ && !is_foreign(token.name)) {
        reader_.go_back_to(token.begin);
        return text_.substr(from, token.begin - from);
      }
      if (token.kind == Kind::kStart && !token.empty) ++depth;
      if (token.kind == Kind::kEnd && --depth == 0) return text_.substr(from, token.begin - from);
    }
  }

  std::optional<Result<Page>> item(const XmlToken& start) {
    ++number_;
    const std::string place = place_of(start.begin);
    Item item;
    item.base = resolved_base(resolved_base(link_.empty() ? self_ : link_, base_), start.attribute("xml:base"));
    bool whole = start.empty;
    while (!whole) {
      const XmlToken token = reader_.next();
      if (token.kind == Kind::kDone) break;
      if (token.kind == Kind::kEnd && token.name == start.name) whole = true;
      if (token.kind == Kind::kEnd && token.name == root_) {
        reader_.go_back_to(token.begin);
        break;
      }
      if (token.kind != Kind::kStart) continue;
      if (token.name == start.name) {  // the next one begins
        reader_.go_back_to(token.begin);
        break;
      }
      if (is_foreign(token.name)) {
        content(token);
      } else {
        element(token, item);
      }
    }
    if (!whole) return Result<Page>(Error{ErrorCode::kSyntax, "is an item that does not end", place});
    const bool told = !item.title.empty() || !item.text.empty() || !item.summary.empty();
    if (!told && root_ == "urlset") return std::nullopt;
    if (!told) return Result<Page>(Error{ErrorCode::kNoText, "is an item without title and text", place});
    ++told_;
    set(item.publisher, publisher_);
    return Result<Page>(page_of(std::move(item), path_, place, number_));
  }

  void date(const XmlToken& token, Item& item, const char* family) {
    const std::string value = content(token);
    const std::string_view name = local_name(token.name);
    const bool update = name == "updated" || name == "modified" || name == "lastmod";
    if (update) set(item.updated, value);
    // Atom demands "updated" alone: where nothing else is told, it is the date of publication.
    const bool stands_in = item.published_from.ends_with("updated") || item.published_from.ends_with("modified");
    if (!item.published.empty() && (update || !stands_in)) return;
    if (name == "lastmod") return;
    item.published = base::trim(value);
    item.published_from = std::string(family) + " " + (name == "pubdate" ? "pubDate" : std::string(name));
  }

  void link(const XmlToken& token, Item& item) {
    const std::string told = content(token);
    const std::string href = token.attribute("href"), rel = token.attribute("rel");
    if (href.empty()) {
      set(item.url, told);
    } else if ((rel.empty() || rel == "alternate") && item.url.empty()) {
      set(item.url, href);
      item.base = resolved_base(item.base, token.attribute("xml:base"));
    }
  }

  // An address unless it says that it is none; many that say nothing are none either.
  void guid(const XmlToken& token, Item& item) {
    const std::string told = content(token);
    set(item.id, told);
    const bool link = base::lower_ascii(base::trim(token.attribute("ispermalink"))) != "false";
    if (link && is_web_address(base::trim(told))) set(item.permalink, told);
  }

  void atom_text(const XmlToken& token, std::string& to, std::string& as) {
    const std::string type = base::lower_ascii(token.attribute("type"));
    const bool xhtml = type == "xhtml" || type == "application/xhtml+xml";
    const std::string value = xhtml ? markup(token) : content(token);
    const bool html = xhtml || type == "html" || type == "text/html" || value.find("</") != std::string::npos;
    if (!to.empty()) return;
    to = value;
    as = html ? "html" : "text";
  }

  void element(const XmlToken& token, Item& item) {
    const std::string_view name = local_name(token.name);
    if (name == "news" || name == "publication") return;  // what is in them is told by its own elements
    if (name == "title") return set(item.title, content(token));
    if (name == "link") return link(token, item);
    if (name == "loc") return set(item.url, content(token));
    if (name == "name") return set(item.publisher, content(token));
    if (name == "guid") return guid(token, item);
    if (name == "id") return set(item.id, content(token));
    if (name == "encoded") return encoded(token, item);
    if (name == "content") return atom_text(token, item.text, item.text_as);
    if (name == "description") return set(item.summary, content(token));
    if (name == "summary") {
      std::string as = item.summary_is_html ? "html" : "text";
      atom_text(token, item.summary, as);
      item.summary_is_html = as == "html";
      return;
    }
    if (name == "creator") return add_authors(item, content(token));
    if (name == "author") return author(token, item);
    if (name == "category") return category(token, item);
    if (name == "keywords") return add_tags(item, content(token));
    if (name == "publication_date") return date(token, item, "sitemap");
    if (name == "pubdate" || name == "date" || name == "published" || name == "issued" || name == "updated" ||
        name == "modified" || name == "lastmod") {
      return date(token, item, "feed");
    }
    content(token);
  }

  // WordPress exports tell an excerpt behind the text, mostly an empty one.
  void encoded(const XmlToken& token, Item& item) {
    const std::string told = content(token);
    if (token.name == "excerpt:encoded") return set(item.summary, told);
    if (base::trim(told).empty() || (token.name != "content:encoded" && !item.text.empty())) return;
    item.text = told;
    item.text_as = "html";
  }

  void author(const XmlToken& token, Item& item) {
    const std::string inside = markup(token);
    XmlReader reader(inside);
    bool in_name = false, any_name = false;
    std::string plain;
    for (XmlToken part = reader.next(); part.kind != Kind::kDone; part = reader.next()) {
      if (part.kind == Kind::kText) (in_name ? add_authors(item, part.text) : void(plain += part.text));
      if (part.kind == Kind::kStart) in_name = local_name(part.name) == "name";
      if (part.kind == Kind::kEnd) in_name = false;
      any_name = any_name || in_name;
    }
    if (!any_name) add_authors(item, base::trim(plain));
  }

  void category(const XmlToken& token, Item& item) {
    const std::string told = content(token), label = token.attribute("label"), term = token.attribute("term");
    add_once(item.tags, plain_text(!label.empty() ? label : !term.empty() ? term : told));
  }

  std::string path_;
  const std::string text_;
  XmlReader reader_;
  std::string root_;
  std::string_view item_;  // name of the elements that are items
  std::string publisher_, base_, link_, self_;
  uint64_t number_ = 0, told_ = 0, line_ = 1;
  size_t counted_ = 0;  // bytes whose lines are counted
  bool closed_ = false, ended_ = false;
};

class Feed::JsonItems : public Feed::Items {
 public:
  JsonItems(std::string path, const std::string& text) : path_(std::move(path)) {
    simdjson::dom::element root;
    const auto error = parser_.parse(text).get(root);
    if (error) {
      fault_ = std::string("is not JSON: ") + simdjson::error_message(error);
    } else if (root["items"].get(items_) != simdjson::SUCCESS) {
      fault_ = "is a JSON Feed without a list of items";
    } else {
      publisher_ = field(root, "title");
      base_ = field(root, "home_page_url");
      if (!is_web_address(base_)) base_ = field(root, "feed_url");
      at_ = items_.begin();
    }
  }

  std::optional<Result<Page>> next() override {
    if (!fault_.empty()) return Result<Page>(Error{ErrorCode::kSyntax, std::exchange(fault_, {}), path_});
    if (!at_ || *at_ == items_.end()) return std::nullopt;
    const simdjson::dom::element one = **at_;
    ++*at_;
    const std::string place = path_ + ":" + std::to_string(++number_);
    if (!one.is_object()) return Result<Page>(Error{ErrorCode::kSyntax, "is an item that is no object", place});
    Item item = item_of(one);
    if (item.title.empty() && item.text.empty() && item.summary.empty()) {
      return Result<Page>(Error{ErrorCode::kNoText, "is an item without title and text", place});
    }
    return Result<Page>(page_of(std::move(item), path_, place, number_));
  }

 private:
  static std::string field(const simdjson::dom::element& of, std::string_view name) {
    std::string_view text;
    return of[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
  }

  Item item_of(const simdjson::dom::element& one) const {
    Item item;
    item.id = field(one, "id");
    item.url = field(one, "url");
    item.base = base_;
    item.title = field(one, "title");
    item.text = field(one, "content_html");
    item.text_as = "html";
    if (item.text.empty()) {
      item.text = field(one, "content_text");
      item.text_as = "text";
    }
    item.summary = field(one, "summary");
    item.summary_is_html = false;
    item.published = field(one, "date_published");
    item.published_from = "feed date_published";
    item.updated = field(one, "date_modified");
    item.publisher = publisher_;
    simdjson::dom::element author;
    if (one["author"].get(author) == simdjson::SUCCESS) add_authors(item, field(author, "name"));
    simdjson::dom::array list;
    if (one["authors"].get(list) == simdjson::SUCCESS) {
      for (const auto name : list) add_authors(item, field(name, "name"));
    }
    if (one["tags"].get(list) == simdjson::SUCCESS) {
      for (const auto tag : list) {
        std::string_view text;
        if (tag.get(text) == simdjson::SUCCESS) add_once(item.tags, std::string(base::trim(text)));
      }
    }
    return item;
  }

  std::string path_, publisher_, base_, fault_;
  simdjson::dom::parser parser_;
  simdjson::dom::array items_;
  std::optional<simdjson::dom::array::iterator> at_;
  uint64_t number_ = 0;
};

bool is_feed(std::string_view start) {
  start = base::trim(start);
  return is_json_feed(start) || is_root(xml_root(start));
}

Feed::Feed(std::string path, std::string bytes) {
  // The XML declaration tells the charset where no mark and no UTF-8 do.
  const std::string_view start = std::string_view(bytes).substr(0, 200);
  std::string label;
  if (const size_t at = start.find("encoding="); at != std::string_view::npos && at + 10 < start.size()) {
    const std::string_view rest = start.substr(at + 10);
    label = rest.substr(0, rest.find_first_of("\"'?>"));
  }
  auto text = to_utf8(bytes, label, false);
  if (text) replace_nul(*text);
  if (text && is_json_feed(base::trim(*text))) {
    items_ = std::make_unique<JsonItems>(std::move(path), *text);
  } else {
    items_ = std::make_unique<XmlItems>(std::move(path), text ? std::move(*text) : with_bad_sequences_replaced(bytes));
  }
}

Feed::~Feed() = default;

std::optional<Result<Page>> Feed::next() { return items_->next(); }

}  // namespace dragoman::ingest
