// SPDX-License-Identifier: Apache-2.0
#include "html/document.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>

#include "base/find.h"
#include "base/text.h"
#include "html/lexbor.h"
#include "html/text_origins.h"

namespace dragoman::html {
namespace {

// Start tags that switch the tokenizer into another state (their content is no markup) or never stay open:
// leaving one out would turn its script or style into text, and they cannot nest.
bool never_nests(lxb_tag_id_t tag) {
  switch (tag) {
    case LXB_TAG_SCRIPT:
    case LXB_TAG_STYLE:
    case LXB_TAG_TITLE:
    case LXB_TAG_TEXTAREA:
    case LXB_TAG_XMP:
    case LXB_TAG_IFRAME:
    case LXB_TAG_NOEMBED:
    case LXB_TAG_NOFRAMES:
    case LXB_TAG_NOSCRIPT:
    case LXB_TAG_PLAINTEXT:
    case LXB_TAG_BR:
    case LXB_TAG_HR:
    case LXB_TAG_IMG:
    case LXB_TAG_INPUT:
    case LXB_TAG_META:
    case LXB_TAG_LINK:
    case LXB_TAG_WBR:
    case LXB_TAG_EMBED:
    case LXB_TAG_HEAD: return true;
    default: return false;
  }
}

// Of these, the ones without content: any of them can be left out.
bool is_void(lxb_tag_id_t tag) {
  return tag == LXB_TAG_BR || tag == LXB_TAG_HR || tag == LXB_TAG_IMG || tag == LXB_TAG_INPUT || tag == LXB_TAG_META ||
         tag == LXB_TAG_LINK || tag == LXB_TAG_WBR || tag == LXB_TAG_EMBED;
}

// But <a>, of which one is open at most.
bool is_formatting(lxb_tag_id_t tag) {
  switch (tag) {
    case LXB_TAG_B:
    case LXB_TAG_BIG:
    case LXB_TAG_CODE:
    case LXB_TAG_EM:
    case LXB_TAG_FONT:
    case LXB_TAG_I:
    case LXB_TAG_NOBR:
    case LXB_TAG_S:
    case LXB_TAG_SMALL:
    case LXB_TAG_STRIKE:
    case LXB_TAG_STRONG:
    case LXB_TAG_TT:
    case LXB_TAG_U: return true;
    default: return false;
  }
}

// Stands between tokenizer and tree builder and leaves out what would make the tree builder slow. A tag costs
// at most about as many steps as elements are open (the "in scope" walks of the standard) and, for each open
// formatting element, one new node; text costs the latter.
class Guard {
  static constexpr uint32_t kRoots = 8;
  static constexpr uint32_t kMostJoined = 16;
  static constexpr uint64_t kBytesATag = 48;  // real pages have 60 and more

 public:
  /// `origins` may be null.
  Guard(lxb_html_parser_t* parser, const Limits& limits, uint64_t bytes, TextOrigins* origins)
      : limits_(limits),
        origins_(origins),
        budget_(1'000'000 + limits.work_per_byte * bytes),
        most_tags_(limits.tags + bytes / kBytesATag),
        most_searched_(500'000 + bytes),  // 512 options with their texts and end tags are 400,000
        tree_(lxb_html_parser_tree(parser)),
        inner_(lxb_html_parser_tokenizer(parser)->callback_token_done),
        inner_context_(lxb_html_tokenizer_callback_token_done_ctx(lxb_html_parser_tokenizer(parser))) {
    lxb_html_tokenizer_callback_token_done_set(lxb_html_parser_tokenizer(parser), &Guard::on_token, this);
  }

  bool acted() const { return acted_; }
  uint64_t start_tags() const { return std::min(tags_, most_tags_); }

 private:
  static lxb_html_token_t* on_token(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token, void* self) {
    auto& guard = *static_cast<Guard*>(self);
    if (!guard.limits_.machine_text && token->tag_id == LXB_TAG__EM_COMMENT && ++guard.comments_ % kMostJoined != 0) {
      return token;  // one now and then keeps texts apart
    }
    if (!guard.lets_pass(token)) {
      guard.acted_ = true;
      guard.part_texts(tokenizer);
      return token;
    }
    if (token->tag_id == LXB_TAG__TEXT && guard.in_table() && !is_space(token)) {
      guard.is_deep() ? guard.open_cell(tokenizer) : guard.part_texts(tokenizer);
    }
    // The tree builder may clean the token, so that what is asked of it is asked before.
    const bool skips = !guard.limits_.machine_text && token->tag_id == LXB_TAG_SCRIPT && !is_json(token);
    const lxb_tag_id_t tag = token->tag_id;
    lxb_html_token_t* next = guard.build(tokenizer, token);
    if (skips && tokenizer->state == lxb_html_tokenizer_state_script_data_before) {
      tokenizer->state = skip_script;
    } else if (!guard.limits_.machine_text && tag == LXB_TAG_STYLE &&
               tokenizer->state == lxb_html_tokenizer_state_rawtext_before) {
      tokenizer->state = skip_style;
    }
    return next;
  }

  // What is left out joins the texts around it, as text between the cells of a table joins what stands before the
  // table, and the parser copies a text whenever another joins it: after some times a <wbr> keeps them apart, which
  // goes wherever text goes.
  void part_texts(lxb_html_tokenizer_t* tokenizer) {
    if (++joined_ < kMostJoined || !(in_table() || in_body())) return;
    joined_ = 0;
    lxb_html_token_t apart{};
    apart.tag_id = LXB_TAG_WBR;
    apart.type = LXB_HTML_TOKEN_TYPE_OPEN;
    build(tokenizer, &apart);
  }

  bool is_deep() const { return tree_->open_elements->length >= limits_.depth; }

  // Text between the cells of a table goes before the table, which the parser finds among all open elements for each
  // text anew. Where no further cell may be opened by the page, one is opened here, once, and takes the texts.
  void open_cell(lxb_html_tokenizer_t* tokenizer) {
    lxb_html_token_t cell{};
    cell.tag_id = LXB_TAG_TD;
    cell.type = LXB_HTML_TOKEN_TYPE_OPEN;
    build(tokenizer, &cell);
  }

  lxb_html_token_t* build(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token) {
    if (origins_ == nullptr) return inner_(tokenizer, token, inner_context_);
    origins_->before(token);
    lxb_html_token_t* next = inner_(tokenizer, token, inner_context_);
    origins_->after();
    return next;
  }

  // White space between cells stays where it is.
  static bool is_space(const lxb_html_token_t* token) {
    return base::trim(view(token->text_start, static_cast<size_t>(token->text_end - token->text_start))).empty();
  }

  bool in_body() const {
    return tree_->mode == lxb_html_tree_insertion_mode_in_body || tree_->mode == lxb_html_tree_insertion_mode_in_cell;
  }

  bool in_table() const {
    return tree_->mode == lxb_html_tree_insertion_mode_in_table ||
           tree_->mode == lxb_html_tree_insertion_mode_in_table_text ||
           tree_->mode == lxb_html_tree_insertion_mode_in_table_body ||
           tree_->mode == lxb_html_tree_insertion_mode_in_row;
  }

  static bool is_json(const lxb_html_token_t* token) {
    constexpr size_t kLongestType = 64;
    for (const auto* attribute = token->attr_first; attribute != nullptr; attribute = attribute->next) {
      const std::string value =
          base::lower_ascii(view(attribute->value, attribute->value_size).substr(0, kLongestType));
      if (value.find("json") != std::string::npos) return true;
    }
    return false;
  }

  // States of the tokenizer that go on where the end tag of a script or style begins. A script with a comment in it
  // may hold end tags that end nothing, and one without an end tag ends with the page: those the parser reads itself.
  static const lxb_char_t* skip_script(lxb_html_tokenizer_t* tokenizer, const lxb_char_t* from, const lxb_char_t* end) {
    tokenizer->state = lxb_html_tokenizer_state_script_data_before;
    const std::string_view text = view(from, static_cast<size_t>(end - from));
    const size_t size = end_tag_in(text, "script");
    return size < text.size() && base::find(text.substr(0, size), "<!--") == std::string_view::npos ? from + size
                                                                                                    : from;
  }

  static const lxb_char_t* skip_style(lxb_html_tokenizer_t* tokenizer, const lxb_char_t* from, const lxb_char_t* end) {
    tokenizer->state = lxb_html_tokenizer_state_rawtext_before;
    const std::string_view text = view(from, static_cast<size_t>(end - from));
    const size_t size = end_tag_in(text, "style");
    return size < text.size() ? from + size : from;
  }

  // Where "</name" stands with a byte behind it that ends the name; the text's size if nowhere.
  static size_t end_tag_in(std::string_view text, std::string_view name) {
    for (size_t at = base::find(text, "</"); at != std::string_view::npos; at = base::find(text, "</", at + 2)) {
      const std::string_view behind = text.substr(at + 2, name.size() + 1);
      if (behind.size() <= name.size()) break;
      const char last = behind.back();
      if ((!base::is_ascii_space(last) || last == '\v') && last != '/' && last != '>') continue;
      if (std::equal(name.begin(), name.end(), behind.begin(), [](char a, char b) { return a == (b | 0x20); }))
        return at;
    }
    return text.size();
  }

  bool lets_pass(lxb_html_token_t* token) {
    ++tokens_;
    const size_t open = tree_->open_elements->length;
    const size_t formatting = tree_->active_formatting->length;
    if (token->tag_id < LXB_TAG_A && token->tag_id != LXB_TAG__UNDEF) {
      spent_ += 1 + 8 * formatting;  // text, comment, doctype, end of file
      return true;
    }
    const bool end_tag = (token->type & LXB_HTML_TOKEN_TYPE_CLOSE) != 0;
    const bool passes = end_tag ? end_tag_passes(token->tag_id) : start_tag_passes(token, open, formatting);
    spent_ += passes ? 1 + open + 8 * formatting : 1;
    return passes;
  }

  bool start_tag_passes(lxb_html_token_t* token, size_t open, size_t formatting) {
    cap_attributes(token);
    if (token->tag_id == LXB_TAG_SELECT && first_select_ == 0) first_select_ = tokens_;
    // A <selectedcontent> would get a copy of the chosen option.
    if (token->tag_id == LXB_TAG_SELECTEDCONTENT || (token->tag_id == LXB_TAG_OPTION && !option_passes())) {
      ++left_out_[token->tag_id];
      return false;
    }
    // A second <html> or <body> adds its attributes to the first one's, which is looked through each time.
    if (token->tag_id == LXB_TAG_HTML || token->tag_id == LXB_TAG_BODY) return ++roots_ <= kRoots;
    if (never_nests(token->tag_id)) return spent_ < 4 * budget_ && (++tags_ <= most_tags_ || !is_void(token->tag_id));
    const bool too_much = open >= limits_.depth || ++tags_ > most_tags_ || spent_ > budget_ ||
                          (is_formatting(token->tag_id) && formatting >= limits_.formatting);
    if (too_much) ++left_out_[token->tag_id];
    return !too_much;
  }

  // Each <option> has lexbor look through what its <select> holds: at most what came since the first one.
  bool option_passes() {
    if (first_select_ == 0) return true;
    searched_ += tokens_ - first_select_;
    return ++options_ <= limits_.options && searched_ <= most_searched_;
  }

  // The end tag of a start tag that was left out must not close another element of that name.
  bool end_tag_passes(lxb_tag_id_t tag) {
    const auto found = left_out_.find(tag);
    if (found != left_out_.end() && found->second > 0) {
      --found->second;
      return false;
    }
    // An end tag of these that ends nothing stands for an empty element.
    const bool makes = tag == LXB_TAG_P || tag == LXB_TAG_BR;
    return spent_ <= budget_ && (!makes || ++end_tags_ <= most_tags_);
  }

  void cap_attributes(lxb_html_token_t* token) {
    uint32_t count = 0;
    for (auto* attribute = token->attr_first; attribute != nullptr; attribute = attribute->next) {
      if (++count < limits_.attributes || attribute->next == nullptr) continue;
      attribute->next = nullptr;
      token->attr_last = attribute;
      acted_ = true;
      return;
    }
  }

  const Limits& limits_;
  TextOrigins* origins_;
  const uint64_t budget_;
  const uint64_t most_tags_;
  const uint64_t most_searched_;
  uint64_t spent_ = 0;
  uint64_t tags_ = 0, end_tags_ = 0;
  uint32_t roots_ = 0;
  uint32_t joined_ = 0;
  uint64_t comments_ = 0;
  uint64_t tokens_ = 0;
  uint64_t options_ = 0;
  uint64_t first_select_ = 0;  // its token's number
  uint64_t searched_ = 0;      // nodes, for the options
  bool acted_ = false;
  std::unordered_map<lxb_tag_id_t, uint64_t> left_out_;
  lxb_html_tree_t* tree_;
  lxb_html_tokenizer_token_f inner_;
  void* inner_context_;
};

struct FreeParser {
  void operator()(lxb_html_parser_t* parser) const { lxb_html_parser_destroy(parser); }
};

// lexbor keeps the names of tags and attributes in tables of 128 lists that never grow, so that a page of ever new
// names takes quadratic time. A page gets a list for every 8 bytes; most stay untouched.
bool widen(lexbor_hash_t* names, size_t bytes) {
  constexpr size_t kFewest = 4096, kMost = 1 << 20;
  const size_t lists = std::bit_ceil(std::clamp(bytes / 8, kFewest, kMost));
  void* table = lexbor_calloc(lists, sizeof(lexbor_hash_entry_t*));
  if (table == nullptr) return false;
  lexbor_free(names->table);
  names->table = static_cast<lexbor_hash_entry_t**>(table);
  names->table_size = lists;
  return true;
}

Error out_of_memory() { return {ErrorCode::kTooLarge, "is too large to be parsed as HTML", ""}; }

}  // namespace

bool Node::is_element() const { return raw_ != nullptr && raw_node(raw_)->type == LXB_DOM_NODE_TYPE_ELEMENT; }
bool Node::is_text() const { return raw_ != nullptr && raw_node(raw_)->type == LXB_DOM_NODE_TYPE_TEXT; }

Tag Node::tag() const {
  if (!is_element()) return Tag::kOther;
  return tag_of(raw_node(raw_)->local_name);
}

std::string_view Node::name() const {
  if (!is_element()) return {};
  size_t size = 0;
  const lxb_char_t* bytes = lxb_dom_element_local_name(lxb_dom_interface_element(raw_node(raw_)), &size);
  return view(bytes, size);
}

std::string_view Node::text() const {
  if (!is_text()) return {};
  const auto& data = lxb_dom_interface_character_data(raw_node(raw_))->data;
  return view(data.data, data.length);
}

namespace {

const lxb_dom_attr_t* find_attribute(void* raw, std::string_view name) {
  const lxb_dom_attr_t* attribute = lxb_dom_interface_element(raw_node(raw))->first_attr;
  for (; attribute != nullptr; attribute = attribute->next) {
    size_t size = 0;
    const lxb_char_t* own = lxb_dom_attr_qualified_name(const_cast<lxb_dom_attr_t*>(attribute), &size);
    if (view(own, size) == name) return attribute;
  }
  return nullptr;
}

}  // namespace

std::string_view Node::attribute(std::string_view name) const {
  if (!is_element()) return {};
  const lxb_dom_attr_t* found = find_attribute(raw_, name);
  return found == nullptr || found->value == nullptr ? std::string_view()
                                                     : view(found->value->data, found->value->length);
}

bool Node::has_attribute(std::string_view name) const { return is_element() && find_attribute(raw_, name) != nullptr; }

Node Node::parent() const { return raw_ == nullptr ? Node() : Node(raw_node(raw_)->parent); }
Node Node::first_child() const { return raw_ == nullptr ? Node() : Node(raw_node(raw_)->first_child); }
Node Node::next_sibling() const { return raw_ == nullptr ? Node() : Node(raw_node(raw_)->next); }

std::string Node::text_content(size_t most) const {
  std::string all(text().substr(0, most));
  for (Node node = next_node(*this, *this); node && all.size() < most; node = next_node(node, *this)) {
    all += node.text().substr(0, most - all.size());
  }
  return all;
}

std::vector<Node> elements_of(Node within, std::initializer_list<Tag> tags) {
  uint64_t wanted[2] = {};
  for (const Tag tag : tags) wanted[static_cast<size_t>(tag) / 64] |= uint64_t{1} << (static_cast<size_t>(tag) % 64);
  std::vector<Node> found;
  lxb_dom_node_t* const top = raw_node(within.raw());
  for (lxb_dom_node_t* node = top; node != nullptr;) {
    if (node->type == LXB_DOM_NODE_TYPE_ELEMENT) {
      const auto tag = static_cast<size_t>(tag_of(node->local_name));
      if ((wanted[tag / 64] >> (tag % 64) & 1) != 0) found.emplace_back(node);
    }
    if (node->first_child != nullptr) {
      node = node->first_child;
      continue;
    }
    while (node != top && node->next == nullptr) node = node->parent;
    node = node == top ? nullptr : node->next;
  }
  return found;
}

Node next_node(Node node, Node within, bool skip_children) {
  if (!skip_children) {
    if (const Node child = node.first_child()) return child;
  }
  for (; node && node != within; node = node.parent()) {
    if (const Node next = node.next_sibling()) return next;
  }
  return {};
}

void Document::Free::operator()(void* document) const {
  lxb_html_document_destroy(static_cast<lxb_html_document_t*>(document));
}

Document::Document(void* document) : document_(document) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view utf8, const Limits& limits) {
  const std::unique_ptr<lxb_html_parser_t, FreeParser> parser(lxb_html_parser_create());
  if (!parser || lxb_html_parser_init(parser.get()) != LXB_STATUS_OK) return out_of_memory();
  lxb_html_parser_scripting_set(parser.get(), !limits.machine_text);
  std::unique_ptr<TextOrigins> origins;
  if (limits.origins) origins = std::make_unique<TextOrigins>(lxb_html_parser_tree(parser.get()), utf8);
  const Guard guard(parser.get(), limits, utf8.size(), origins.get());
  auto* parsed = lxb_html_parse_chunk_begin(parser.get());
  if (parsed == nullptr) return out_of_memory();
  Document document(parsed);
  const lxb_dom_document_t* dom = lxb_dom_interface_document(parsed);
  if (!widen(dom->tags, utf8.size()) || !widen(dom->attrs, utf8.size())) return out_of_memory();
  const auto* bytes = reinterpret_cast<const lxb_char_t*>(utf8.data());
  if (lxb_html_parse_chunk_process(parser.get(), bytes, utf8.size()) != LXB_STATUS_OK ||
      lxb_html_parse_chunk_end(parser.get()) != LXB_STATUS_OK) {
    return out_of_memory();
  }
  document.guarded_ = guard.acted();
  document.start_tags_ = guard.start_tags();
  document.origins_ = std::move(origins);
  return document;
}

const ByteOrigins& Document::origins(Node text) const {
  static const ByteOrigins kNone;
  return origins_ == nullptr ? kNone : origins_->of(raw_node(text.raw()));
}

Node Document::root() const {
  auto* document = lxb_dom_interface_document(static_cast<lxb_html_document_t*>(document_.get()));
  return Node(lxb_dom_document_element(document));
}
Node Document::head() const {
  return Node(lxb_html_document_head_element(static_cast<lxb_html_document_t*>(document_.get())));
}
Node Document::body() const {
  return Node(lxb_html_document_body_element(static_cast<lxb_html_document_t*>(document_.get())));
}

}  // namespace dragoman::html
