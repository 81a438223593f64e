// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// Why an element is furniture by a word of its class, id or role ("related", "nav", "share", …); nullptr if not.
const char* furniture_hint(std::string_view hints);

/// True for the words of a picture credit: "Getty Images", "Photo by", "/AFP", "Image caption".
bool has_photo_credit(std::string_view line);

/// Lower case, typographic quotes made plain, white space collapsed, trailing punctuation off.
std::string fold_line(std::string_view line);

}  // namespace dragoman::ingest
