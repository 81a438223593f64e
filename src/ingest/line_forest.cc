// SPDX-License-Identifier: Apache-2.0
// Every step here has its twin in tools/train_line_forest; the columns must be the same, in the same order.
#include "ingest/line_forest.h"

#include <algorithm>
#include <iterator>

#include "ingest/block_features.h"
#include "ingest/forest.h"
#include "ingest/scores_around.h"
#include "ingest/terms.h"

namespace dragoman::ingest {
namespace {

#include "ingest/line_forest.inc"

const Terms& known_terms() {
  static const Terms terms(kLineTerms);
  return terms;
}
const Forest& line_forest() {
  static const Forest forest(kLineNodes, kLineTrees, std::size(kLineTrees), kLineBias);
  return forest;
}

}  // namespace

std::vector<float> copied_body_probabilities(const std::vector<Line>& lines,
                                             const std::vector<LineFeatures>& features) {
  std::vector<float> network, out;
  for (const LineFeatures& line : features) network.push_back(body_probability(line));
  // The features of the lines around went into what the network says of each.
  constexpr size_t kOwn = kOwnFeatures + kContextFeatures;
  const ScoresAround around(network);
  std::vector<uint32_t> words;  // scratch
  const auto row = [&](size_t i, float* x) {
    x = std::copy_n(features[i].data(), kOwn, x);
    word_terms(lines[i].text, words);
    known_terms().sum_of(words).put(x);
    x += kTermColumns;
    around.put_near(i, x);
    around.put_order(i, x);
  };
  each_tile(line_forest(), lines.size(), kOwn + kTermColumns + ScoresAround::kNear + ScoresAround::kOrder, row,
            [&](size_t, float p) { out.push_back(p); });
  return out;
}

}  // namespace dragoman::ingest
