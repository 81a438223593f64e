// SPDX-License-Identifier: Apache-2.0
#include "html/text_origins.h"

#include <algorithm>
#include <charconv>

#include "base/origins.h"
#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::html {
namespace {

size_t size_of(const lxb_dom_node_t* text) {
  return reinterpret_cast<const lxb_dom_character_data_t*>(text)->data.length;
}

std::string_view bytes_of(const lxb_dom_node_t* text) {
  const lexbor_str_t& data = reinterpret_cast<const lxb_dom_character_data_t*>(text)->data;
  return view(data.data, data.length);
}

bool is_text(const lxb_dom_node_t* node) { return node != nullptr && node->type == LXB_DOM_NODE_TYPE_TEXT; }

// Elements in whose text "&amp;" is five characters.
bool takes_references_literally(const lxb_dom_node_t* element) {
  if (element == nullptr) return false;
  switch (element->local_name) {
    case LXB_TAG_XMP:
    case LXB_TAG_PLAINTEXT:
    case LXB_TAG_NOEMBED:
    case LXB_TAG_NOFRAMES:
    case LXB_TAG_NOSCRIPT:
    case LXB_TAG_IFRAME:
    case LXB_TAG_SCRIPT:
    case LXB_TAG_STYLE: return true;
    default: return false;
  }
}

// "&name;" or "&#123;" at the front, or what may be one without its semicolon.
std::string_view reference_at(std::string_view raw) {
  constexpr size_t kLongest = 64;  // the longest name has 33
  size_t size = 1;
  while (size < raw.size() && size < kLongest &&
         (base::is_ascii_alpha(raw[size]) || base::is_ascii_digit(raw[size]) || raw[size] == '#')) {
    ++size;
  }
  if (size < raw.size() && raw[size] == ';') ++size;
  return raw.substr(0, size);
}

// What most numbers stand for; "" for those of which the standard has its own opinion, and for what is no number.
std::string value_of_number(std::string_view reference) {
  if (!reference.starts_with("&#") || !reference.ends_with(';')) return {};
  std::string_view digits = reference.substr(2, reference.size() - 3);
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  uint32_t code = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return {};
  if (code < 0x20 || (0x7F <= code && code < 0xA0) || (0xD800 <= code && code < 0xE000) || code > 0x10FFFF) return {};
  std::string value;
  base::append_utf8(value, code);
  return value;
}

}  // namespace

void TextOrigins::before(lxb_html_token_t* token) {
  is_text_ = token->tag_id == LXB_TAG__TEXT;
  if (!is_text_) return flush_table(token);
  const auto* begin = reinterpret_cast<const char*>(token->begin);
  const auto* end = reinterpret_cast<const char*>(token->end);
  const bool known = page_.data() <= begin && begin <= end && end <= page_.data() + page_.size();
  told_.raw = known ? page_.substr(static_cast<size_t>(begin - page_.data()), static_cast<size_t>(end - begin))
                    : std::string_view();
  told_.text = view(token->text_start, static_cast<size_t>(token->text_end - token->text_start));
  std::erase(told_.text, '\0');
}

void TextOrigins::after() {
  if (!is_text_) return;
  if (tree_->mode == lxb_html_tree_insertion_mode_in_table_text) {
    if (!told_.text.empty()) table_.push_back(told_);
    return;
  }
  const lxb_dom_node_t* node = last_text();
  if (node != nullptr) write_down(node, told_, size_of(node) - std::min<size_t>(size_of(node), texts_[node].seen));
}

// Text between the cells of a table goes in when the first token comes that is none, before anything else is done.
void TextOrigins::flush_table(lxb_html_token_t* token) {
  if (tree_->mode != lxb_html_tree_insertion_mode_in_table_text) return table_.clear();
  const bool foster = tree_->pending_table.have_non_ws;
  lxb_html_tree_insertion_mode_in_table_text(tree_, token);
  tree_->foster_parenting = foster;
  const lxb_dom_node_t* node = last_text();
  tree_->foster_parenting = false;
  for (const Told& told : table_) {
    if (node != nullptr) write_down(node, told, told.text.size());
  }
  table_.clear();
}

// The text before the place where the next one would go.
const lxb_dom_node_t* TextOrigins::last_text() const {
  if (lexbor_array_length(tree_->open_elements) == 0) return nullptr;
  lxb_html_tree_insertion_position_t position;
  const lxb_dom_node_t* place = lxb_html_tree_appropriate_place_inserting_node(tree_, nullptr, &position);
  if (place == nullptr) return nullptr;
  const lxb_dom_node_t* node = position == LXB_HTML_TREE_INSERTION_POSITION_BEFORE ? place->prev : place->last_child;
  return is_text(node) ? node : nullptr;
}

// `size` bytes of the node, behind those seen, are the last ones of what was told: of some texts the tree builder drops
// white space at the front.
void TextOrigins::write_down(const lxb_dom_node_t* node, const Told& told, size_t size) {
  Text& text = texts_[node];
  if (size == 0 || size > told.text.size() || told.raw.empty() || text.seen + size > size_of(node)) return;
  const auto dropped = static_cast<uint32_t>(told.text.size() - size);
  if (bytes_of(node).substr(text.seen, size) != std::string_view(told.text).substr(dropped)) return;
  const ByteOrigins token = aligned(told, !takes_references_literally(node->parent));
  const ByteOrigin own{{text.seen, static_cast<uint32_t>(text.seen + size)}, dropped, dropped + size};
  for (const ByteOrigin& origin : base::through({own}, token)) base::add_origin(text.origins, origin);
  text.seen += static_cast<uint32_t>(size);
}

// The bytes of a token side by side with its text: references, line ends and zeros are all that differs.
ByteOrigins TextOrigins::aligned(const Told& told, bool references) {
  const std::string_view raw = told.raw, text = told.text;
  const auto from = static_cast<uint64_t>(raw.data() - page_.data());
  const auto size = static_cast<uint32_t>(text.size());
  if (raw == text) return base::same_bytes(size, from);
  ByteOrigins origins;
  size_t i = 0, j = 0;
  const auto step = [&](size_t of_raw, size_t of_text) {
    if (of_text > 0) {
      base::add_origin(origins,
                       {{static_cast<uint32_t>(j), static_cast<uint32_t>(j + of_text)}, from + i, from + i + of_raw});
    }
    i += of_raw;
    j += of_text;
  };
  while (i < raw.size() && j < size) {
    const size_t plain =
        std::min(raw.find_first_of(references ? std::string_view("&\r\0", 3) : std::string_view("\r\0", 2), i),
                 raw.size()) -
        i;
    if (plain > 0) {
      if (raw.substr(i, plain) != text.substr(j, plain)) break;
      step(plain, plain);
    } else if (raw[i] == '\r' && text[j] == '\n') {
      step(raw.substr(i).starts_with("\r\n") ? 2 : 1, 1);
    } else if (raw[i] == '\0') {
      step(1, 0);
    } else {
      const std::string_view reference = reference_at(raw.substr(i));
      const std::string value = value_of(reference);
      if (value.empty() || !text.substr(j).starts_with(value)) break;
      size_t same = 0;  // "&ampx" is "&x"
      while (same < value.size() && same < reference.size() &&
             value[value.size() - 1 - same] == reference[reference.size() - 1 - same]) {
        ++same;
      }
      step(reference.size() - same, value.size() - same);
      step(same, same);
    }
  }
  if (j < size) step(raw.size() - i, size - j);  // not understood: all of it for all of it
  return origins;
}

// What the parser itself makes of a reference.
std::string TextOrigins::value_of(std::string_view reference) {
  if (std::string number = value_of_number(reference); !number.empty()) return number;
  const auto [found, is_new] = values_.try_emplace(std::string(reference));
  if (is_new) {
    const auto document = Document::parse("x" + found->first);
    if (document) found->second = document->body().text_content();
    if (!found->second.empty()) found->second.erase(0, 1);
  }
  return found->second;
}

const ByteOrigins& TextOrigins::of(const lxb_dom_node_t* node) const {
  static const ByteOrigins kNone;
  const auto found = texts_.find(node);
  return found == texts_.end() ? kNone : found->second.origins;
}

}  // namespace dragoman::html
