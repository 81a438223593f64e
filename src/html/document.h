// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/byte_origin.h"
#include "dragoman/error.h"

namespace dragoman::html {

/// The elements that reading a page tells apart; all others are kOther.
enum class Tag : uint8_t {
  kOther,
  kA,
  kAbbr,
  kAddress,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCanvas,
  kCaption,
  kCite,
  kCode,
  kDd,
  kDetails,
  kDialog,
  kDiv,
  kDl,
  kDt,
  kEm,
  kEmbed,
  kFieldset,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kLabel,
  kLegend,
  kLi,
  kLink,
  kMain,
  kMath,
  kMeta,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kOption,
  kP,
  kPicture,
  kPre,
  kQ,
  kS,
  kScript,
  kSection,
  kSelect,
  kSmall,
  kSource,
  kSpan,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kU,
  kUl,
  kVideo,
  kWbr
};

/// A node of a Document: a cheap handle, good for as long as the Document lives. An empty handle
/// answers every question with "nothing".
class Node {
 public:
  Node() = default;
  explicit Node(void* raw) : raw_(raw) {}

  explicit operator bool() const { return raw_ != nullptr; }
  bool operator==(const Node&) const = default;
  void* raw() const { return raw_; }  ///< the parser's own node, for the sources of this folder

  bool is_element() const;
  bool is_text() const;
  Tag tag() const;                ///< kOther for what is no element
  std::string_view name() const;  ///< "div"; "" for what is no element
  std::string_view text() const;  ///< of a text node; "" for others

  /// Value of an attribute by its lower-case name; "" if it is not there.
  std::string_view attribute(std::string_view name) const;
  bool has_attribute(std::string_view name) const;

  Node parent() const;
  Node first_child() const;
  Node next_sibling() const;

  /// All text below, in order, as it stands; no more than about `most` bytes of it.
  std::string text_content(size_t most = SIZE_MAX) const;

 private:
  void* raw_ = nullptr;
};

/// What stops a hostile page. The numbers are far above what real pages hold.
struct Limits {
  uint32_t depth = 512;        ///< open elements; deeper tags are left out, their text stays (browsers do so too)
  uint32_t attributes = 256;   ///< a tag; further ones are left out
  uint32_t options = 512;      ///< <option>, from the first <select> of a page on; further ones are left out
  uint32_t formatting = 8;     ///< open <b>, <font>, …: each is built anew in every paragraph
  uint64_t tags = 16'000;      ///< a page, and one more for each 48 bytes; further ones are left out, their text stays
  uint64_t work_per_byte = 6;  ///< steps of the tree builder; when used up, further tags are left out
  /// False: comments and the text of scripts and styles, half of a news page, are passed over; that of scripts of
  /// JSON (type "…json") stays. What <noscript> holds is text for machines too, as in a browser that runs scripts: its
  /// elements are none, so that one left open there does not swallow the page.
  bool machine_text = true;
  bool origins = false;  ///< True: Document::origins() knows where texts come from; parsing takes longer
};

class TextOrigins;

/// A parsed page.
class Document {
 public:
  /// Parses UTF-8 as browsers do (HTML standard). Any bytes give a tree; errors: kTooLarge when memory ran out.
  static Result<Document> parse(std::string_view utf8, const Limits& limits = {});

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Node root() const;  ///< <html>
  Node head() const;
  Node body() const;

  /// True if the guard left tags or attributes out.
  bool guarded() const { return guarded_; }

  /// How many start tags were built into the tree, those that can have nothing inside too.
  uint64_t start_tags() const { return start_tags_; }

  /// Which bytes of what was parsed a text node was made of; nothing where Limits::origins did not ask for it.
  const ByteOrigins& origins(Node text) const;
  bool knows_origins() const { return origins_ != nullptr; }

 private:
  struct Free {
    void operator()(void* document) const;
  };
  std::unique_ptr<void, Free> document_;
  std::unique_ptr<TextOrigins> origins_;
  bool guarded_ = false;
  uint64_t start_tags_ = 0;

  explicit Document(void* document);
};

/// The elements of some kinds below `within`, itself among them, in document order.
std::vector<Node> elements_of(Node within, std::initializer_list<Tag> tags);

/// Next node in document order below `within`, or an empty handle; `skip_children` steps over what is below `node`.
Node next_node(Node node, Node within, bool skip_children = false);

}  // namespace dragoman::html
