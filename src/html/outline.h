// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "html/document.h"

namespace dragoman::html {

/// An element of the page's body with figures of all below it.
struct Element {
  Node node;
  Tag tag = Tag::kOther;
  uint32_t parent = 0;  ///< index; the root is its own parent
  uint32_t end = 0;     ///< one past the last element below: elements (i, end) are the descendants of i
  uint32_t depth = 0;
  uint32_t text = 0;                        ///< bytes of text below, white space collapsed
  uint32_t link = 0;                        ///< of these, inside <a>
  uint32_t first_block = 0, end_block = 0;  ///< blocks below: [first_block, end_block)
  bool hidden = false;  ///< not shown (hidden, aria-hidden, display:none), itself, not by inheritance
  bool has_property = false, has_rel = false;  ///< these attributes are there (of any namespace)
  bool has_value = false;                      ///< one of datetime, content, title is there
  uint32_t hint = 0;                           ///< number of its hints, the same for all elements with the same ones
  std::string_view hints;                      ///< class, id, role and itemprop in lower case, "" if it has none
  uint64_t around[2] = {};                     ///< a bit for each Tag of the element itself and those around it

  double link_density() const { return text == 0 ? 0.0 : double(link) / double(text); }
};

/// A run of text that a browser would set apart: a paragraph, a list item, a cell, bare text between blocks.
/// White space is collapsed; a <br> is a newline, two of them end the block.
struct Block {
  std::string text;
  uint32_t element = 0;  ///< the nearest enclosing block-level element
  uint32_t link = 0;     ///< bytes of text inside <a>
  uint32_t strong = 0;   ///< bytes inside <b> or <strong>

  double link_density() const { return text.empty() ? 0.0 : double(link) / double(text.size()); }
};

/// The body of a page as elements in document order and the flat list of its blocks. Scripts, styles, frames,
/// form fields, pictures and the like are left out.
struct Outline {
  std::vector<Element> elements;  ///< the first is <body>; empty for a page without one
  std::vector<Block> blocks;
  std::deque<std::string> hints;     ///< by number; the first is ""
  std::vector<ByteOrigins> origins;  ///< of the blocks' texts but their white space, where the Document knows them

  /// Names of the elements from the body down to `element`: "body/div/p".
  std::string path(uint32_t element) const;
  bool inside(uint32_t element, Tag tag) const;        ///< the element itself or one around it
  uint32_t ancestor(uint32_t element, Tag tag) const;  ///< nearest such element, itself first; UINT32_MAX if none
};

/// Reads the outline in one pass; of a page of more than `most_blocks` no more than that. The Document must outlive it.
Outline outline(const Document& document, size_t most_blocks = SIZE_MAX);

}  // namespace dragoman::html
