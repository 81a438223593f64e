// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::ingest {

/// What JSON-LD says of a page's article; empty where it says nothing.
struct StructuredData {
  std::vector<std::string> types;  ///< every @type on the page
  bool article = false;            ///< one of them is an article of some kind
  std::string headline, published, modified, publisher, url;
  std::string page_published;  ///< datePublished of what is no article: the page itself, a recipe, a post
  std::vector<std::string> keywords;
  std::optional<bool> free_to_read;        ///< isAccessibleForFree
  std::string body;                        ///< articleBody, the longest, as it stands: often with tags, sometimes cut
  std::vector<std::string> authors;        ///< people and whatever is not marked as an organisation
  std::vector<std::string> organisations;  ///< authors that are marked as one: agencies, desks, the paper itself
};

/// Adds what one JSON-LD script holds. Tolerant: comments, CDATA marks, raw newlines in strings and trailing
/// commas do no harm; of what cannot be read even so, only dates are looked for.
void read_json_ld(std::string_view script, StructuredData& data);

/// The script with its usual faults mended; text in strings keeps its meaning.
std::string mend_json(std::string_view script);

}  // namespace dragoman::ingest
