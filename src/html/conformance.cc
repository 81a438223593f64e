// SPDX-License-Identifier: Apache-2.0
// html_conformance FILE.dat...   runs tree construction tests in the form of html5lib-tests against Document::parse and
//                                tells how many trees are as expected. Left out: fragments, which no page is, and tests
//                                of a parser that runs scripts.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "html/document.h"
#include "html/lexbor.h"

namespace {

using namespace dragoman::html;

struct Case {
  std::string data, expected;
  bool fragment = false, scripts = false;
};

std::vector<Case> read_cases(const char* file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<Case> cases;
  std::string part;
  for (std::string line; std::getline(in, line);) {
    if (line == "#data") {
      cases.emplace_back();
      part = line;
    } else if (!cases.empty() && (line == "#errors" || line == "#new-errors" || line == "#document" ||
                                  line == "#document-fragment" || line == "#script-off" || line == "#script-on")) {
      part = line;
      cases.back().fragment = cases.back().fragment || line == "#document-fragment";
      cases.back().scripts = cases.back().scripts || line == "#script-on";
    } else if (part == "#data") {
      cases.back().data += line + "\n";
    } else if (part == "#document") {
      cases.back().expected += line + "\n";
    }
  }
  for (Case& one : cases) {
    if (!one.data.empty()) one.data.pop_back();
    while (one.expected.ends_with("\n\n")) one.expected.pop_back();
  }
  return cases;
}

std::string space_of(lxb_ns_id_t space) { return space == LXB_NS_SVG ? "svg " : space == LXB_NS_MATH ? "math " : ""; }

class Tree {
 public:
  std::string write(lxb_dom_node_t* document) {
    children(document, 0);
    return out_;
  }

 private:
  void line(size_t depth, std::string_view text) { out_.append("| ").append(2 * depth, ' ').append(text).append("\n"); }

  void children(const lxb_dom_node_t* node, size_t depth) {
    for (lxb_dom_node_t* child = node->first_child; child != nullptr; child = child->next) one(child, depth);
  }

  void one(lxb_dom_node_t* node, size_t depth) {
    switch (node->type) {
      case LXB_DOM_NODE_TYPE_DOCUMENT_TYPE: doctype(lxb_dom_interface_document_type(node), depth); break;
      case LXB_DOM_NODE_TYPE_COMMENT: line(depth, std::string("<!-- ").append(data(node)).append(" -->")); break;
      case LXB_DOM_NODE_TYPE_TEXT: line(depth, std::string("\"").append(data(node)).append("\"")); break;
      case LXB_DOM_NODE_TYPE_ELEMENT: element(lxb_dom_interface_element(node), depth); break;
      default: break;
    }
  }

  static std::string data(lxb_dom_node_t* node) {
    const lexbor_str_t& text = lxb_dom_interface_character_data(node)->data;
    return std::string(view(text.data, text.length));
  }

  void doctype(lxb_dom_document_type_t* type, size_t depth) {
    size_t name_size = 0, public_size = 0, system_size = 0;
    const auto* name = lxb_dom_document_type_name(type, &name_size);
    const auto* public_id = lxb_dom_document_type_public_id(type, &public_size);
    const auto* system_id = lxb_dom_document_type_system_id(type, &system_size);
    std::string text = "<!DOCTYPE ";
    text += view(name, name_size);
    if (public_size + system_size > 0) {
      text.append(" \"").append(view(public_id, public_size)).append("\" \"").append(view(system_id, system_size));
      text += '"';
    }
    line(depth, text.append(">"));
  }

  void element(lxb_dom_element_t* element, size_t depth) {
    size_t size = 0;
    const lxb_char_t* name = lxb_dom_element_qualified_name(element, &size);
    line(depth, std::string("<").append(space_of(element->node.ns)).append(view(name, size)).append(">"));
    std::vector<std::string> attributes;
    for (lxb_dom_attr_t* attribute = element->first_attr; attribute != nullptr; attribute = attribute->next) {
      const lxb_char_t* own = lxb_dom_attr_qualified_name(attribute, &size);
      std::string text(view(own, size));
      const bool foreign =
          attribute->node.ns == LXB_NS_XLINK || attribute->node.ns == LXB_NS_XML || attribute->node.ns == LXB_NS_XMLNS;
      if (foreign) std::replace(text.begin(), text.end(), ':', ' ');
      const auto* value = attribute->value;
      text.append("=\"").append(value == nullptr ? std::string_view() : view(value->data, value->length)).append("\"");
      attributes.push_back(text);
    }
    std::sort(attributes.begin(), attributes.end());
    for (const std::string& attribute : attributes) line(depth + 1, attribute);
    if (element->node.local_name == LXB_TAG_TEMPLATE && element->node.ns == LXB_NS_HTML) {
      line(depth + 1, "content");
      children(&lxb_html_interface_template(element)->content->node, depth + 2);
    }
    children(&element->node, depth + 1);
  }

  std::string out_;
};

}  // namespace

int main(int argc, char** argv) {
  size_t all = 0, right = 0, left_out = 0;
  for (int i = 1; i < argc; ++i) {
    for (const Case& one : read_cases(argv[i])) {
      if (one.fragment || one.scripts) {
        ++left_out;
        continue;
      }
      ++all;
      const auto document = Document::parse(one.data);
      const std::string got = document ? Tree().write(raw_node(document->root().raw())->parent) : "";
      if (got == one.expected) {
        ++right;
      } else {
        std::fprintf(stderr, "%s\n#data\n%s\n#expected\n%s#got\n%s\n", argv[i], one.data.c_str(), one.expected.c_str(),
                     got.c_str());
      }
    }
  }
  std::printf("%zu of %zu trees as expected (%.2f %%), %zu left out\n", right, all,
              all == 0 ? 0.0 : 100.0 * static_cast<double>(right) / static_cast<double>(all), left_out);
  return all > 0 && right * 100 >= all * 98 ? 0 : 1;
}
