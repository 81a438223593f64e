// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "base/utf8.h"
#include "dragoman/article.h"
#include "dragoman/page.h"
#include "html/document.h"
#include "ingest/charset.h"

namespace dragoman::ingest {

/// Proves Article::origins against the page another way than they were made: each block is covered without a gap, each
/// stretch of the page, read by itself, gives the stretch of the text. What the first mistake is; "" if there is none.
/// A page in another charset than UTF-8 can not be cut anywhere: of it, what is ASCII has to be equal, and the same
/// bytes have to give the same text throughout.
class OriginsCheck {
 public:
  OriginsCheck(const Page& page, const Article& article)
      : page_(page), article_(article), utf8_(is_clean_utf8(page.bytes)) {}

  std::string mistake() {
    size_t at = 0;
    for (const Block& block : article_.blocks) {
      uint32_t next = block.span.begin;
      for (; at < article_.origins.size() && article_.origins[at].text.begin < block.span.end; ++at) {
        const ByteOrigin& origin = article_.origins[at];
        if (origin.text.begin != next || origin.text.empty()) return told("is not covered", next);
        if (origin.begin > origin.end || origin.end > page_.bytes.size()) return told("is beyond the page", next);
        if (!gives(origin)) return told("is not made of its bytes", next);
        next = origin.text.end;
      }
      if (next != block.span.end) return told("is not covered", next);
    }
    return at == article_.origins.size() ? "" : "origins of no block";
  }

 private:
  bool gives(const ByteOrigin& origin) {
    const std::string text(origin.text.of(article_.text));
    const std::string bytes = page_.bytes.substr(origin.begin, origin.end - origin.begin);
    if (text == bytes) return true;
    if (is_blank(text)) return reads_blank(bytes);
    if (!utf8_) return gives_in_charset(text, bytes);
    return to_nfc(parsed(bytes)) == text || spaced(parsed(bytes)) == spaced(text);
  }

  // ASCII is equal in most charsets; all else is alike wherever it stands.
  bool gives_in_charset(const std::string& text, const std::string& bytes) {
    if (bytes.find('&') != std::string::npos || is_utf16()) return true;
    const auto [known, is_new] = seen_.try_emplace(bytes, text);
    return is_new || known->second == text;
  }
  bool is_utf16() const { return page_.bytes.substr(0, 64).find('\0') != std::string::npos; }

  // Between two words stand white space, tags, and what is not shown.
  bool reads_blank(const std::string& bytes) const {
    return bytes.empty() || !utf8_ || is_blank(parsed(bytes)) || bytes.find('<') != std::string::npos;
  }

  static std::string parsed(const std::string& bytes) {
    const auto document = html::Document::parse("<body>x" + bytes);
    std::string text = document ? document->body().text_content() : "";
    return text.empty() ? text : text.substr(1);
  }

  // By-byte stretches hold single spaces of their own, of whatever kind the page has; control characters count as such.
  static std::string spaced(std::string text) {
    for (char& c : text) c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return text;
  }

  std::string told(const std::string& what, uint32_t at) const {
    return what + " at byte " + std::to_string(at) + ": \"" + article_.text.substr(at, 40) + "\"";
  }

  const Page& page_;
  const Article& article_;
  const bool utf8_;
  std::map<std::string, std::string> seen_;
};

}  // namespace dragoman::ingest
