// SPDX-License-Identifier: Apache-2.0
// Every step here has its twin in tools/train_line_forest; the columns must be the same, in the same order.
#include "ingest/line_forest.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "ingest/block_features.h"
#include "ingest/forest.h"
#include "ingest/line_surroundings.h"
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

uint64_t hash_of(const std::vector<uint32_t>& terms) {
  uint64_t hash = terms.size();
  for (const uint32_t term : terms) {
    hash = (hash ^ term) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

std::vector<float> copied_body_probabilities(const std::vector<Line>& lines,
                                             const std::vector<LineFeatures>& features) {
  std::vector<float> network, out;
  std::vector<std::array<float, kTermColumns>> scores(lines.size());
  std::vector<uint64_t> words;  // equal for lines that begin with the same words
  std::vector<uint32_t> terms;  // scratch
  for (size_t i = 0; i < lines.size(); ++i) {
    network.push_back(body_probability(features[i]));
    word_terms(lines[i].text, terms);
    known_terms().sum_of(terms).put(scores[i].data());
    words.push_back(hash_of(terms));
  }
  // The features of the lines around went into what the network says of each.
  constexpr size_t kOwn = kOwnFeatures + kContextFeatures;
  const ScoresAround around(network);
  const LineSurroundings surroundings(features, network, scores, words);
  const auto row = [&](size_t i, float* x) {
    x = std::copy_n(features[i].data(), kOwn, x);
    x = std::copy(scores[i].begin(), scores[i].end(), x);
    around.put_near(i, x);
    around.put_order(i, x);
    surroundings.put(i, x);
  };
  constexpr size_t kAll = kOwn + kTermColumns + ScoresAround::kNear + ScoresAround::kOrder + LineSurroundings::kColumns;
  each_tile(line_forest(), lines.size(), kAll, row, [&](size_t, float p) { out.push_back(p); });
  return out;
}

}  // namespace dragoman::ingest
