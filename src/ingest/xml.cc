// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;
using Kind = XmlToken::Kind;

constexpr size_t kMostAttributes = 64;

bool is_name_start(char c) { return base::is_ascii_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

char32_t number_of(std::string_view reference) {  // "#8217", "#x2019"
  const bool hex = reference.starts_with("#x") || reference.starts_with("#X");
  reference.remove_prefix(hex ? 2 : 1);
  uint32_t c = 0;
  const auto read = std::from_chars(reference.data(), reference.data() + reference.size(), c, hex ? 16 : 10);
  const bool whole = read.ec == std::errc() && read.ptr == reference.data() + reference.size();
  const bool good = whole && c != 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
  return good ? static_cast<char32_t>(c) : U'\uFFFD';
}

bool add_entity(std::string& out, std::string_view name) {
  static constexpr std::pair<std::string_view, char> kKnown[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  if (name.starts_with('#')) {
    base::append_utf8(out, number_of(name));
    return true;
  }
  const auto* const found =
      std::find_if(std::begin(kKnown), std::end(kKnown), [&](auto one) { return one.first == name; });
  if (found == std::end(kKnown)) return false;
  out.push_back(found->second);
  return true;
}

}  // namespace

std::string without_references(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t mark = std::min(text.find('&', at), text.size());
    out += text.substr(at, mark - at);
    if (mark == text.size()) break;
    const size_t end = text.substr(0, std::min(mark + 12, text.size())).find(';', mark);
    at = mark + 1;
    if (end != std::string_view::npos && end > at && add_entity(out, text.substr(at, end - at))) {
      at = end + 1;
    } else {
      out.push_back('&');
    }
  }
  return out;
}

std::string XmlToken::attribute(std::string_view attribute_name) const {
  for (const auto& [name_, value] : attributes) {
    if (name_ == attribute_name) return value;
  }
  return {};
}

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

XmlToken XmlReader::as_text(size_t from, size_t to, size_t end) {
  XmlToken token;
  token.kind = Kind::kText;
  token.text = text_.substr(from, to - from);
  token.begin = at_;
  token.end = at_ = end;
  return token;
}

XmlToken XmlReader::next() {
  while (at_ < text_.size()) {
    if (text_[at_] != '<') {
      const size_t end = std::min(text_.find('<', at_), text_.size());
      XmlToken token = as_text(at_, end, end);
      token.text = without_references(token.text);
      return token;
    }
    XmlToken token = markup();
    if (token.kind != Kind::kDone) return token;
  }
  return {};
}

// "<!DOCTYPE name [ declarations, comments, instructions ]>": the mark that ends it is neither within the brackets nor
// in quotation marks. 0 where it does not end.
size_t XmlReader::end_of_doctype() const {
  const auto behind = [&](std::string_view mark, size_t from) {
    const size_t found = text_.find(mark, from);
    return found == std::string_view::npos ? text_.size() : found + mark.size();
  };
  bool inside = false;
  for (size_t i = at_ + 2; i < text_.size();) {
    const char c = text_[i];
    const std::string_view rest = text_.substr(i, 4);
    if (c == '"' || c == '\'') {
      i = behind(text_.substr(i, 1), i + 1);
    } else if (inside && rest == "<!--"sv) {
      i = behind("-->", i + 4);
    } else if (inside && rest.starts_with("<?"sv)) {
      i = behind("?>", i + 2);
    } else {
      if (c == '[') inside = true;
      if (c == ']') inside = false;
      ++i;
      if (c == '>' && !inside) return i;
    }
  }
  return 0;
}

// What "<" begins; kDone for what is passed over.
XmlToken XmlReader::markup() {
  const auto up_to = [&](std::string_view mark) {
    const size_t found = text_.find(mark, at_);
    return found == std::string_view::npos ? text_.size() : found;
  };
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("<![CDATA["sv)) {
    const size_t end = up_to("]]>");
    return as_text(std::min(at_ + 9, end), end, std::min(end + 3, text_.size()));
  }
  if (rest.starts_with("<!--"sv)) {
    at_ = std::min(up_to("-->") + 3, text_.size());
    return {};
  }
  // Once alone, so that many that do not end cost no more than one.
  if (!doctype_ && base::lower_ascii(rest.substr(0, 9)) == "<!doctype") {
    doctype_ = true;
    if (const size_t end = end_of_doctype(); end != 0) {
      at_ = end;
      return {};
    }
  }
  if (rest.starts_with("<?"sv) || rest.starts_with("<!"sv)) {
    at_ = std::min(up_to(">") + 1, text_.size());
    return {};
  }
  const bool closes = rest.starts_with("</"sv);
  const size_t name = closes ? 2 : 1;
  if (rest.size() <= name || !is_name_start(rest[name])) return as_text(at_, at_ + 1, at_ + 1);  // "a < b"
  return tag(name);
}

XmlToken XmlReader::tag(size_t name) {
  const bool closes = name == 2;
  XmlToken token;
  token.kind = closes ? Kind::kEnd : Kind::kStart;
  token.begin = at_;
  size_t i = at_ + name;
  const auto is_space_at = [&](size_t k) { return base::is_ascii_space(text_[k]); };
  const auto word = [&](std::string_view stops) {
    const size_t from = i;
    while (i < text_.size() && !is_space_at(i) && stops.find(text_[i]) == std::string_view::npos) ++i;
    return text_.substr(from, i - from);
  };
  token.name = base::lower_ascii(word("/>"));
  while (i < text_.size() && text_[i] != '>' && text_[i] != '<') {
    if (is_space_at(i) || text_[i] == '/') {
      token.empty = text_[i] == '/' && i + 1 < text_.size() && text_[i + 1] == '>';
      ++i;
      continue;
    }
    const std::string key = base::lower_ascii(word("=/><"));
    while (i < text_.size() && is_space_at(i)) ++i;
    std::string_view value;
    if (i < text_.size() && text_[i] == '=') {
      ++i;
      while (i < text_.size() && is_space_at(i)) ++i;
      const char quote = i < text_.size() && (text_[i] == '"' || text_[i] == '\'') ? text_[i] : '\0';
      if (quote != '\0') {
        const size_t end = std::min(text_.find(quote, i + 1), text_.size());
        value = text_.substr(i + 1, end - (i + 1));
        i = std::min(end + 1, text_.size());
      } else {
        value = word("><");
      }
    }
    if (!key.empty() && token.attributes.size() < kMostAttributes)
      token.attributes.emplace_back(key, without_references(value));
  }
  token.end = at_ = i < text_.size() && text_[i] == '>' ? i + 1 : i;
  return token;
}

std::string xml_root(std::string_view start) {
  start = base::trim(start);
  if (!start.starts_with('<')) return {};
  XmlReader reader(start);
  for (;;) {
    const XmlToken token = reader.next();
    if (token.kind == Kind::kStart) return token.name;
    if (token.kind != Kind::kText || !base::trim(token.text).empty()) return {};
  }
}

}  // namespace dragoman::ingest
