// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "ingest/lines.h"
#include "ingest/text_facts.h"

namespace dragoman::ingest {

/// What a line looks like by itself.
inline constexpr int kOwnFeatures = 44;
/// What stands around it.
inline constexpr int kContextFeatures = 28;
/// The first so many of the own features, of the lines before and after.
inline constexpr int kNeighbourFeatures = 14;
inline constexpr int kNeighbours = 3;  ///< on each side
inline constexpr int kLineFeatures = kOwnFeatures + kContextFeatures + 2 * kNeighbours * kNeighbourFeatures;

using LineFeatures = std::array<float, kLineFeatures>;

/// Features of all lines, 0 to about 1 each.
std::vector<LineFeatures> line_features(const std::vector<Line>& lines, std::string_view title);

/// The same from facts (one a line) that were made with the folded title.
std::vector<LineFeatures> line_features(const std::vector<Line>& lines, const std::vector<TextFacts>& facts);

/// The same for a page that was copied. Kana and Chinese signs stand without spaces: two of them are a word here, as
/// count_words() has it, so that a paragraph of signs is as long as one of words.
std::vector<LineFeatures> copied_line_features(const std::vector<Line>& lines, std::string_view title);

/// Probability that the line is running text of the article (a small network, trained by tools/train_lines).
float body_probability(const LineFeatures& features);

bool ends_sentence(std::string_view line);  ///< ". ! ? …" with closing quotes or brackets after it
int count_words(std::string_view line);
int count_signs_of(std::string_view line);  ///< kana and Chinese signs
bool is_date_line(std::string_view line);   ///< short, and a date with its year is most of it

}  // namespace dragoman::ingest
