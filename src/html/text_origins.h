// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/byte_origin.h"
#include "html/lexbor.h"

namespace dragoman::html {

/// Writes down, while the tree is built, which bytes of the page each text node was made of. The tree builder says
/// nowhere what became of a text: it is looked up where the next text would go, right after it was inserted.
class TextOrigins {
 public:
  /// `page` is what is parsed; both must live until the tree is built.
  TextOrigins(lxb_html_tree_t* tree, std::string_view page) : tree_(tree), page_(page) {}

  /// To be called with each token before the tree builder gets it, and after.
  void before(lxb_html_token_t* token);
  void after();

  /// Of a text node: stretches of its bytes and of the page's.
  const ByteOrigins& of(const lxb_dom_node_t* node) const;

 private:
  struct Text {
    uint32_t seen = 0;  // bytes whose origin is written down
    ByteOrigins origins;
  };
  struct Told {  // a text token
    std::string_view raw;
    std::string text;  // with references decoded, as the tree builder gets it
  };

  void flush_table(lxb_html_token_t* token);
  const lxb_dom_node_t* last_text() const;
  void write_down(const lxb_dom_node_t* node, const Told& told, size_t size);
  ByteOrigins aligned(const Told& told, bool references);
  std::string value_of(std::string_view reference);

  lxb_html_tree_t* tree_;
  std::string_view page_;
  bool is_text_ = false;
  Told told_;
  std::vector<Told> table_;  // texts that the tree builder keeps until it knows whether they stay in their table
  std::unordered_map<const lxb_dom_node_t*, Text> texts_;
  std::unordered_map<std::string, std::string> values_;  // of references
};

}  // namespace dragoman::html
