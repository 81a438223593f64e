// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace dragoman::ingest {

/// Why a line or heading is page furniture by its words alone ("newsletter", "social", "related", "copyright",
/// "comments", "navigation", "advertisement", "author-bio", "tags", "legal"); nullptr if they do not say so.
/// `begins_section`: what follows it up to the next running text is furniture of the same kind.
struct FurniturePhrase {
  const char* reason = nullptr;
  bool begins_section = false;
  explicit operator bool() const { return reason != nullptr; }
};
FurniturePhrase furniture_phrase(std::string_view line);

/// A line as fold_line() gives it, kept where it is made.
class FoldedLine {
 public:
  explicit FoldedLine(std::string_view line);
  std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 400> bytes_;
  size_t size_ = 0;
};
FurniturePhrase furniture_phrase(const FoldedLine& folded);

/// Why an element is furniture by a word of its class, id or role ("related", "nav", "share", …); nullptr if not.
const char* furniture_hint(std::string_view hints);

/// True for the words of a picture credit: "Getty Images", "Photo by", "/AFP", "Image caption".
bool has_photo_credit(std::string_view line);

/// Of the first 400 bytes: lower case, typographic quotes made plain, white space collapsed, trailing punctuation off.
std::string fold_line(std::string_view line);

}  // namespace dragoman::ingest
