// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "html/outline.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"
#include "ingest/line_features.h"

namespace dragoman::ingest {

/// What the text of a block says by itself.
struct BlockFacts {
  TextFacts text;
  bool running = false;         ///< whole sentences, not mostly links
  bool call = false;            ///< is_call()
  bool byline = false;          ///< is_byline()
  bool subtitle = false;        ///< the description in the head of the page
  const char* label = nullptr;  ///< label_of_box()
};
BlockFacts facts_of(const html::Block& block, std::string_view folded_title, std::string_view folded_subtitle);

/// What the rules of html_body.cc found on a page, for the model that has the last word.
struct RuleEvidence {
  const std::vector<BlockJob>& jobs;        ///< one a block
  const std::vector<const char*>& reasons;  ///< one an element: why it is furniture, nullptr if it is not
  const std::vector<double>& scores;        ///< one an element: weight of text around it
  const std::vector<size_t>& running;       ///< one an element: bytes of running text below
  const std::vector<BlockFacts>& facts;     ///< one a block
  const std::vector<LineFeatures>& lines;   ///< one a block
  const std::vector<float>& line_body;      ///< one a block: the line model's probability
  uint32_t root = 0;                        ///< the element that holds the article
};

/// One row of numbers a block.
struct BlockFeatures {
  size_t width = 0;
  std::vector<float> values;
  const float* row(size_t block) const { return values.data() + block * width; }
};

struct BodyLesson {
  std::vector<BlockJob> rules;
  BlockFeatures features;
};

/// What each block looks like by itself, in the tree and among its neighbours.
BlockFeatures block_features(const html::Outline& page, const Metadata& metadata, const RuleEvidence& rules);

/// The words of class, id and role, and pairs of words that stand together: "related links" → related, links,
/// related-links. Each as a hash.
std::vector<uint32_t> hint_terms(std::string_view hints);

/// The first words of a text in lower case, pairs of them, and the whole of a short text. Each as a hash.
std::vector<uint32_t> word_terms(std::string_view text);
void word_terms(std::string_view text, std::vector<uint32_t>& terms);  ///< puts them in place of what `terms` held

}  // namespace dragoman::ingest
