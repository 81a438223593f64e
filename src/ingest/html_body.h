// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dragoman/article.h"
#include "html/outline.h"
#include "ingest/html_metadata.h"

namespace dragoman::ingest {

/// What each block of a page is: a part of the article, or furniture and of which kind.
struct BlockJob {
  bool kept = false;
  BlockKind kind = BlockKind::kParagraph;
  const char* reason = "outside the article";
};

/// The body of a page. `jobs` has one entry a block of the outline.
struct HtmlBody {
  std::vector<BlockJob> jobs;
  size_t running = 0;     ///< bytes of kept text in whole sentences
  size_t elsewhere = 0;   ///< bytes of such text that was not kept
  size_t paragraphs = 0;  ///< bytes of kept paragraphs, in whole sentences or not
  size_t teasers = 0;     ///< linked headings on the page
  double sure = 0;        ///< sum of the probabilities of the kept blocks
};

HtmlBody find_body(const html::Outline& page, const Metadata& metadata);

/// What the rules alone make of the blocks, and what the model sees of them: for training it.
struct BodyLesson;
BodyLesson body_lesson(const html::Outline& page, const Metadata& metadata);

}  // namespace dragoman::ingest
