// SPDX-License-Identifier: Apache-2.0
#include "html/outline.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dragoman::html {
namespace {

enum class Display { kInline, kBlock, kBreak, kNone };

bool inline_name(std::string_view name) {
  static constexpr std::array<std::string_view, 22> kNames{
      "acronym", "bdi", "bdo", "big", "data", "del",  "dfn",    "ins", "kbd", "mark", "nobr",
      "output",  "rb",  "rp",  "rt",  "ruby", "samp", "strike", "tt",  "var", "slot", "amp-img"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

Display display(Node node, Tag tag) {
  switch (tag) {
    case Tag::kA:
    case Tag::kAbbr:
    case Tag::kB:
    case Tag::kCite:
    case Tag::kCode:
    case Tag::kEm:
    case Tag::kFont:
    case Tag::kI:
    case Tag::kImg:
    case Tag::kLabel:
    case Tag::kQ:
    case Tag::kS:
    case Tag::kSmall:
    case Tag::kSpan:
    case Tag::kStrong:
    case Tag::kSub:
    case Tag::kSup:
    case Tag::kTime:
    case Tag::kU:
    case Tag::kWbr:
    case Tag::kPicture: return Display::kInline;
    case Tag::kBr: return Display::kBreak;
    case Tag::kScript:
    case Tag::kStyle:
    case Tag::kNoscript:
    case Tag::kTemplate:
    case Tag::kIframe:
    case Tag::kSvg:
    case Tag::kMath:
    case Tag::kCanvas:
    case Tag::kAudio:
    case Tag::kVideo:
    case Tag::kObject:
    case Tag::kEmbed:
    case Tag::kSelect:
    case Tag::kTextarea:
    case Tag::kInput:
    case Tag::kMeta:
    case Tag::kLink:
    case Tag::kTitle:
    case Tag::kOption:
    case Tag::kSource:
    case Tag::kHead: return Display::kNone;
    case Tag::kOther: return inline_name(node.name()) ? Display::kInline : Display::kBlock;
    default: return Display::kBlock;
  }
}

bool is_hidden(Node node) {
  if (node.has_attribute("hidden") || node.attribute("aria-hidden") == "true") return true;
  const std::string_view style = node.attribute("style");
  if (style.empty()) return false;
  std::string packed;
  for (const char c : style.substr(0, 512)) {
    if (!base::is_ascii_space(c)) packed.push_back(c);
  }
  packed = base::lower_ascii(packed);
  return packed.find("display:none") != std::string::npos || packed.find("visibility:hidden") != std::string::npos;
}

std::string hints_of(Node node) {
  std::string all;
  for (const char* name : {"class", "id", "role", "itemprop"}) {
    const std::string_view value = node.attribute(name).substr(0, 512);  // real ones are short
    if (value.empty()) continue;
    if (!all.empty()) all.push_back(' ');
    all += value;
  }
  // "articleBody" and "relatedLinks" are two words each.
  std::string split;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && base::is_ascii_upper(all[i]) && 'a' <= all[i - 1] && all[i - 1] <= 'z') split.push_back('-');
    split.push_back(all[i]);
  }
  return base::lower_ascii(split);
}

// Bytes of characters that show nothing and break words: soft hyphen, zero-width space, byte order mark.
size_t invisible_at(std::string_view text, size_t at) {
  if (text.compare(at, 2, "\xC2\xAD") == 0) return 2;
  if (text.compare(at, 3, "\xE2\x80\x8B") == 0 || text.compare(at, 3, "\xEF\xBB\xBF") == 0) return 3;
  return 0;
}

class Walk {
 public:
  explicit Walk(Outline& out) : out_(out) {}

  void body(Node body) {
    enter(body, Tag::kBody, true);
    for (Node node = body.first_child(); node;) {
      const bool entered = visit(node);
      if (const Node child = entered ? node.first_child() : Node()) {
        node = child;
        continue;
      }
      if (entered) leave();
      node = after(node, body);
    }
    leave_body();
  }

 private:
  // The node after all of `node`, leaving the elements that end there; nothing at the body's end.
  Node after(Node node, Node body) {
    while (node != body) {
      if (const Node next = node.next_sibling()) return next;
      node = node.parent();
      if (node != body) leave();
    }
    return {};
  }

  // Reads text, enters an element; false if there is nothing to look at below or to leave.
  bool visit(Node node) {
    if (node.is_text()) {
      add(node.text());
      return false;
    }
    if (!node.is_element()) return false;
    const Tag tag = node.tag();
    switch (display(node, tag)) {
      case Display::kNone: return false;
      case Display::kBreak: line_break(); return false;
      case Display::kInline: enter(node, tag, false); return true;
      case Display::kBlock: enter(node, tag, true); return true;
    }
    return false;
  }

  struct Open {
    uint32_t element;
    bool block;
  };

  void enter(Node node, Tag tag, bool block) {
    if (block) flush();
    const auto index = static_cast<uint32_t>(out_.elements.size());
    Element element;
    element.node = node;
    element.tag = tag;
    element.parent = open_.empty() ? index : open_.back().element;
    element.depth = static_cast<uint32_t>(open_.size());
    element.first_block = static_cast<uint32_t>(out_.blocks.size());
    element.hidden = is_hidden(node);
    element.hints = hints_of(node);
    out_.elements.push_back(std::move(element));
    open_.push_back({index, block});
    if (block) blocks_.push_back(index);
    links_ += tag == Tag::kA;
    strong_ += tag == Tag::kB || tag == Tag::kStrong;
    pre_ += tag == Tag::kPre;
  }

  void leave() {
    const Open open = open_.back();
    if (open.block) {
      flush();
      blocks_.pop_back();
    }
    close(open.element);
    open_.pop_back();
    const Tag tag = out_.elements[open.element].tag;
    links_ -= tag == Tag::kA;
    strong_ -= tag == Tag::kB || tag == Tag::kStrong;
    pre_ -= tag == Tag::kPre;
  }

  void leave_body() {
    flush();
    close(0);
    // Figures of the descendants are added up from the back: each child comes after its parent.
    for (size_t i = out_.elements.size(); i-- > 1;) {
      Element& parent = out_.elements[out_.elements[i].parent];
      parent.text += out_.elements[i].text;
      parent.link += out_.elements[i].link;
    }
  }

  void close(uint32_t index) {
    out_.elements[index].end = static_cast<uint32_t>(out_.elements.size());
    out_.elements[index].end_block = static_cast<uint32_t>(out_.blocks.size());
  }

  void add(std::string_view text) {
    Element& owner = out_.elements[open_.back().element];
    const size_t before = text_.size();
    for (size_t i = 0; i < text.size();) {
      const char c = text[i];
      if (pre_ > 0 && c == '\n') {
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        if (!text_.empty()) text_.push_back('\n');
        space_ = false;
        ++i;
      } else if (base::is_ascii_space(c) || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
        space_ = true;
        ++i;
      } else if (c == '\xC2' && text.compare(i, 2, "\xC2\xA0") == 0) {
        space_ = true;
        i += 2;
      } else if (const size_t skip = (c & 0x80) != 0 ? invisible_at(text, i) : 0; skip > 0) {
        i += skip;
      } else {
        if (space_ && !text_.empty() && text_.back() != '\n') text_.push_back(' ');
        space_ = false;
        breaks_ = 0;
        text_.push_back(c);
        ++i;
      }
    }
    const auto grown = static_cast<uint32_t>(text_.size() > before ? text_.size() - before : 0);
    owner.text += grown;
    if (links_ > 0) {
      owner.link += grown;
      link_ += grown;
    }
    if (strong_ > 0) strong_bytes_ += grown;
  }

  void line_break() {
    space_ = false;
    if (text_.empty()) return;
    if (++breaks_ >= 2) {
      flush();
    } else {
      text_.push_back('\n');
    }
  }

  void flush() {
    while (!text_.empty() && base::is_ascii_space(text_.back())) text_.pop_back();
    if (!text_.empty()) out_.blocks.push_back({std::move(text_), blocks_.back(), link_, strong_bytes_});
    text_.clear();
    link_ = strong_bytes_ = 0;
    breaks_ = 0;
    space_ = false;
  }

  Outline& out_;
  std::vector<Open> open_;        // elements around the present place
  std::vector<uint32_t> blocks_;  // of these, the block-level ones
  std::string text_;              // of the block being read
  uint32_t link_ = 0, strong_bytes_ = 0;
  int links_ = 0, strong_ = 0, pre_ = 0;
  int breaks_ = 0;
  bool space_ = false;
};

}  // namespace

std::string Outline::path(uint32_t element) const {
  std::vector<std::string> names;
  for (;; element = elements[element].parent) {
    names.emplace_back(elements[element].node.name());
    if (elements[element].parent == element) break;
  }
  std::reverse(names.begin(), names.end());
  return base::join(names, "/");
}

uint32_t Outline::ancestor(uint32_t element, Tag tag) const {
  for (;; element = elements[element].parent) {
    if (elements[element].tag == tag) return element;
    if (elements[element].parent == element) return UINT32_MAX;
  }
}

bool Outline::inside(uint32_t element, Tag tag) const { return ancestor(element, tag) != UINT32_MAX; }

Outline outline(const Document& document) {
  Outline out;
  const Node body = document.body();
  if (body) Walk(out).body(body);
  return out;
}

}  // namespace dragoman::html
