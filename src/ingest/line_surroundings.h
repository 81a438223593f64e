// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/line_features.h"
#include "ingest/terms.h"

namespace dragoman::ingest {

/// Where a line of a copied page stands in the text that the network finds there, as numbers for the forest: the words
/// of the lines around, the densest stretch of text, what the network says of lines of the same words, and how much of
/// the page is text at all. Its twin is surroundings() in tools/line_lessons.py. `network` and `scores`, one a
/// line, must outlive it; `words` are the terms of each line.
class LineSurroundings {
 public:
  static constexpr size_t kColumns = 47;

  LineSurroundings(const std::vector<LineFeatures>& features, const std::vector<float>& network,
                   const std::vector<std::array<float, kTermColumns>>& scores, const std::vector<uint64_t>& words);

  void put(size_t line, float* x) const;

 private:
  struct Stretch {
    ptrdiff_t from = 0, to = 0;
  };
  struct Alike {
    float times = 1, most = -1, nearest = 999, mean = -1;
  };

  Stretch densest(double limit) const;
  void find_alike(const std::vector<uint64_t>& words);
  double mean(const std::vector<double>& sums, ptrdiff_t from, ptrdiff_t to) const;
  float* put_words(size_t line, float* x) const;
  float* put_stretches(size_t line, float* x) const;

  const std::vector<float>& network_;
  const std::vector<std::array<float, kTermColumns>>& scores_;
  std::vector<double> means_, least_;       // sums of term scores before each line
  std::vector<double> text_;                // sums of words that are likely text
  std::vector<double> phrases_;             // how many furniture phrases stand before
  std::vector<ptrdiff_t> before_, behind_;  // the next sure lines; -1 and the number of lines if there is none
  std::vector<Alike> alike_;
  std::vector<double> words_;
  Stretch likely_, possible_, sure_;
  std::array<float, 7> page_{};
};

}  // namespace dragoman::ingest
