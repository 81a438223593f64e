// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/hash.h"
#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "dragoman/links.h"

namespace dragoman {

std::string article_id(const std::string& source, const std::string& text) {
  std::string id = base::sha256_hex(source + '\0' + text).substr(0, 20);
  id.insert(id.begin(), 'd');
  return id;
}

uint32_t Analysis::sentence_at(uint32_t at) const {
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), at,
                                      [](uint32_t byte, const Span& sentence) { return byte < sentence.begin; });
  return after == sentences.begin() ? 0 : static_cast<uint32_t>(after - sentences.begin() - 1);
}

const std::vector<uint32_t>& Links::at(const Analysis& analysis, Span span) const {
  static const std::vector<uint32_t> kNone;
  for (size_t i = 0; i < analysis.mentions.size(); ++i) {
    if (analysis.mentions[i].span == span) return of[i];
  }
  return kNone;
}

}  // namespace dragoman
