// SPDX-License-Identifier: Apache-2.0
#include "html/outline.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/origins.h"
#include "base/text.h"
#include "html/lexbor.h"

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

// What an element's attributes say of it, found in one walk over them.
struct Attributes {
  std::array<std::string_view, 4> hints;  // class, id, role, itemprop
  std::string_view style;
  bool hidden = false, property = false, rel = false, value = false;
};

class AttributeReader {
 public:
  explicit AttributeReader(lxb_dom_document_t* document)
      : role_(id(document, "role")),
        item_(id(document, "itemprop")),
        aria_(id(document, "aria-hidden")),
        hidden_(id(document, "hidden")),
        property_(id(document, "property")),
        rel_(id(document, "rel")),
        values_{id(document, "datetime"), id(document, "content"), id(document, "title")} {}

  Attributes read(const lxb_dom_node_t* node) const {
    Attributes found;
    const auto* element = reinterpret_cast<const lxb_dom_element_t*>(node);
    for (const lxb_dom_attr_t* attribute = element->first_attr; attribute != nullptr; attribute = attribute->next) {
      const lxb_dom_attr_id_t name = attribute->node.local_name;
      if (name == LXB_DOM_ATTR_CLASS) {
        found.hints[0] = value(attribute);
      } else if (name == LXB_DOM_ATTR_ID) {
        found.hints[1] = value(attribute);
      } else if (name == role_) {
        found.hints[2] = value(attribute);
      } else if (name == item_) {
        found.hints[3] = value(attribute);
      } else if (name == LXB_DOM_ATTR_STYLE) {
        found.style = value(attribute);
      } else if (name == hidden_ || (name == aria_ && value(attribute) == "true")) {
        found.hidden = true;
      } else if (name == property_) {
        found.property = true;
      } else if (name == rel_) {
        found.rel = true;
      } else if (std::find(values_.begin(), values_.end(), name) != values_.end()) {
        found.value = true;
      }
    }
    return found;
  }

 private:
  // The parser's number for a name; one that no attribute has where the page does not use it.
  static lxb_dom_attr_id_t id(lxb_dom_document_t* document, std::string_view name) {
    const auto* data =
        lxb_dom_attr_data_by_local_name(document->attrs, reinterpret_cast<const lxb_char_t*>(name.data()), name.size());
    return data == nullptr ? lxb_dom_attr_id_t{LXB_DOM_ATTR__UNDEF} : data->attr_id;
  }
  static std::string_view value(const lxb_dom_attr_t* attribute) {
    return attribute->value == nullptr ? std::string_view() : view(attribute->value->data, attribute->value->length);
  }

  lxb_dom_attr_id_t role_, item_, aria_, hidden_, property_, rel_;
  std::array<lxb_dom_attr_id_t, 3> values_;
};

bool is_hidden_style(std::string_view style) {
  constexpr size_t kMost = 512;
  std::array<char, kMost> bytes;
  size_t size = 0;
  for (const char c : style.substr(0, kMost)) {
    if (!base::is_ascii_space(c)) bytes[size++] = base::is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const std::string_view packed(bytes.data(), size);
  return packed.find("display:none") != std::string_view::npos ||
         packed.find("visibility:hidden") != std::string_view::npos;
}

// Numbers the hints of a page; those that many elements have are written down once.
class Hints {
 public:
  explicit Hints(std::deque<std::string>& texts) : texts_(texts), slots_(1024) {
    texts_.emplace_back();
    raw_.emplace_back();
  }

  uint32_t number(std::array<std::string_view, 4> raw) {
    uint64_t hash = 0;
    for (std::string_view& value : raw) {
      value = value.substr(0, kMost);
      if (!value.empty()) hash = hash * 31 + base::quick_hash(value);
      hash = (hash << 1) | (hash >> 63);
    }
    if (hash == 0) return 0;
    for (size_t at = hash >> 20;; ++at) {
      uint32_t& slot = slots_[at & (slots_.size() - 1)];
      if (slot == 0) {
        slot = static_cast<uint32_t>(texts_.size());
        const uint32_t number = slot;
        texts_.push_back(written(raw));
        raw_.push_back({hash, raw});
        if (texts_.size() * 2 > slots_.size()) grow();
        return number;
      }
      if (raw_[slot].hash == hash && raw_[slot].values == raw) return slot;
    }
  }

 private:
  static constexpr size_t kMost = 512;  // real ones are short
  struct Raw {
    uint64_t hash = 0;
    std::array<std::string_view, 4> values;
  };

  // "articleBody" and "relatedLinks" are two words each.
  static std::string written(const std::array<std::string_view, 4>& raw) {
    std::string out;
    for (const std::string_view value : raw) {
      if (value.empty()) continue;
      if (!out.empty()) out.push_back(' ');
      char before = ' ';
      for (const char c : value) {
        const bool upper = base::is_ascii_upper(c);
        if (upper && 'a' <= before && before <= 'z') out.push_back('-');
        out.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
        before = c;
      }
    }
    return out;
  }

  void grow() {
    slots_.assign(slots_.size() * 4, 0);
    for (uint32_t number = 1; number < raw_.size(); ++number) {
      size_t at = raw_[number].hash >> 20;
      while (slots_[at & (slots_.size() - 1)] != 0) ++at;
      slots_[at & (slots_.size() - 1)] = number;
    }
  }

  std::deque<std::string>& texts_;
  std::vector<Raw> raw_;         // by number
  std::vector<uint32_t> slots_;  // numbers by hash; 0 where empty
};

// Bytes that go into the text as they are and end no run.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t c = 0x21; c < 256; ++c) plain[c] = c != 0x7F && c != 0xC2 && c != 0xE2 && c != 0xEF;
  return plain;
}();

// Bytes of characters that show nothing and break words: soft hyphen, zero-width space, byte order mark.
size_t invisible_at(std::string_view text, size_t at) {
  if (text.compare(at, 2, "\xC2\xAD") == 0) return 2;
  if (text.compare(at, 3, "\xE2\x80\x8B") == 0 || text.compare(at, 3, "\xEF\xBB\xBF") == 0) return 3;
  return 0;
}

// Joiners and marks of direction show something only between letters.
bool shows_nothing(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(3)) {
    const std::string_view one = text.substr(0, 3);
    const bool mark = "\xE2\x80\x8C" <= one && one <= "\xE2\x80\x8F";
    if (!mark && one != "\xE2\x81\xA0") return false;
  }
  return true;
}

class Walk {
 public:
  Walk(Outline& out, const Document& document, lxb_dom_document_t* parsed, size_t most_blocks)
      : out_(out),
        most_blocks_(most_blocks),
        document_(document.knows_origins() ? &document : nullptr),
        attributes_(parsed),
        hints_(out.hints) {
    out_.elements.reserve(document.start_tags() + 1);  // rather than move them again and again
  }

  void body(Node body) {
    enter(body, Tag::kBody, true);
    for (Node node = body.first_child(); node && !is_full();) {
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
  bool is_full() const { return out_.blocks.size() > most_blocks_; }

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
    const lxb_dom_node_t* raw = raw_node(node.raw());
    if (raw->type == LXB_DOM_NODE_TYPE_TEXT) {
      const lexbor_str_t& data = reinterpret_cast<const lxb_dom_character_data_t*>(raw)->data;
      if (document_ != nullptr) node_origins_ = &document_->origins(node);
      add(view(data.data, data.length));
      return false;
    }
    if (raw->type != LXB_DOM_NODE_TYPE_ELEMENT) return false;
    const Tag tag = tag_of(raw->local_name);
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
    const Attributes attributes = attributes_.read(raw_node(node.raw()));
    element.hidden = attributes.hidden || (!attributes.style.empty() && is_hidden_style(attributes.style));
    element.has_property = attributes.property;
    element.has_rel = attributes.rel;
    element.has_value = attributes.value;
    element.hint = hints_.number(attributes.hints);
    element.hints = out_.hints[element.hint];
    if (!open_.empty()) std::copy_n(out_.elements[open_.back().element].around, 2, element.around);
    element.around[static_cast<size_t>(tag) / 64] |= uint64_t{1} << (static_cast<size_t>(tag) % 64);
    out_.elements.push_back(element);
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
    while (open_.size() > 1) {  // of a page that was not read to its end
      close(open_.back().element);
      open_.pop_back();
    }
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
        const size_t end = run_end(text, i);
        if (document_ != nullptr) add_origins(i, end);
        text_.append(text, i, end - i);
        i = end;
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

  // Of the bytes [from, to) of the text node, which go to the end of the block.
  void add_origins(size_t from, size_t to) {
    const auto at = static_cast<uint32_t>(text_.size());
    const ByteOrigin run{{at, static_cast<uint32_t>(at + to - from)}, from, to};
    for (const ByteOrigin& origin : base::through({run}, *node_origins_)) base::add_origin(origins_, origin);
  }

  // From a byte of text on: words with one space between them stay as they are.
  static size_t run_end(std::string_view text, size_t at) {
    const auto plain = [&](size_t i) { return kPlain[static_cast<unsigned char>(text[i])]; };
    for (++at; at < text.size(); ++at) {
      if (plain(at)) continue;
      if (text[at] != ' ' || at + 1 >= text.size() || !plain(at + 1)) break;
    }
    return at;
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
    if (!shows_nothing(text_)) {
      out_.blocks.push_back({text_, blocks_.back(), link_, strong_bytes_});
      if (document_ != nullptr) out_.origins.push_back(std::move(origins_));
    }
    text_.clear();
    origins_.clear();
    link_ = strong_bytes_ = 0;
    breaks_ = 0;
    space_ = false;
  }

  Outline& out_;
  const size_t most_blocks_;
  const Document* document_;  // null where it does not know where texts come from
  AttributeReader attributes_;
  Hints hints_;
  std::vector<Open> open_;        // elements around the present place
  std::vector<uint32_t> blocks_;  // of these, the block-level ones
  std::string text_;              // of the block being read
  ByteOrigins origins_;           // of that text
  const ByteOrigins* node_origins_ = nullptr;
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

bool Outline::inside(uint32_t element, Tag tag) const {
  return (elements[element].around[static_cast<size_t>(tag) / 64] >> (static_cast<size_t>(tag) % 64) & 1) != 0;
}

Outline outline(const Document& document, size_t most_blocks) {
  Outline out;
  const Node body = document.body();
  if (body) Walk(out, document, raw_node(body.raw())->owner_document, most_blocks).body(body);
  return out;
}

}  // namespace dragoman::html
