// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "dragoman/span.h"

namespace dragoman::ingest {

/// A line of plain text without white space around it; empty ones are not listed.
struct Line {
  Span span;
  std::string_view text;
  bool after_blank = false;  ///< an empty line stands before it
};

/// The lines of a text ("\n", "\r\n", "\r"). Where a text was wrapped at a column (mail, agency wires), the lines
/// of one paragraph are taken as one.
std::vector<Line> lines_of(std::string_view text);

/// What a line is on the page it was copied from.
struct LineJob {
  bool kept = true;
  BlockKind kind = BlockKind::kParagraph;  ///< where kept
  const char* reason = "";                 ///< where not kept: what it was taken for
  float body = 1.0F;                       ///< the model's probability that it is running text of the article
};

/// How sure one has to be to drop a line.
enum class Care {
  kCopiedPage,  ///< the text is a page copied with all that was on it
  kArticle,     ///< somebody chose the text: drop only what is furniture beyond doubt
};

/// Jobs of all lines, one each. `title` is the title known from elsewhere, "" if none. Time grows with the
/// number of bytes.
std::vector<LineJob> classify_lines(const std::vector<Line>& lines, std::string_view title, Care care);

/// "By Jane Doe", "Von Jane Doe, Berlin": a short line that begins as bylines do.
bool is_byline(std::string_view line);

}  // namespace dragoman::ingest
