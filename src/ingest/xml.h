// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dragoman::ingest {

/// What stands next in XML: a start tag (with its attributes), an end tag or text.
struct XmlToken {
  enum class Kind { kStart, kEnd, kText, kDone } kind = Kind::kDone;
  std::string name;    ///< of a tag, in lower case, with its prefix: "dc:creator"
  std::string text;    ///< entities resolved; CDATA as it stands
  bool empty = false;  ///< "<link/>": no end tag follows
  std::vector<std::pair<std::string, std::string>> attributes;
  size_t begin = 0, end = 0;  ///< bytes [begin, end) of the token

  std::string attribute(std::string_view attribute_name) const;  ///< "" if it is not there
};

/// With the references resolved that XML knows: numbers and the names of five marks.
std::string without_references(std::string_view text);

/// Reads XML forwards as feeds have it: what is not well-formed is read as it was meant or passed over. Entities that
/// XML does not know stay as they are; none are defined by the document, whose DTD is passed over.
class XmlReader {
 public:
  /// `text` must outlive the reader.
  explicit XmlReader(std::string_view text) : text_(text) {}

  XmlToken next();
  void go_back_to(size_t position) { at_ = position; }
  size_t position() const { return at_; }

 private:
  XmlToken markup();
  size_t end_of_doctype() const;
  XmlToken tag(size_t name);
  XmlToken as_text(size_t from, size_t to, size_t end);

  std::string_view text_;
  size_t at_ = 0;
  bool doctype_ = false;  // one was seen
};

/// "dc:creator" → "creator".
std::string_view local_name(std::string_view name);

/// The root element's name; "" for what is no XML.
std::string xml_root(std::string_view start);

}  // namespace dragoman::ingest
