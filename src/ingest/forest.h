// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dragoman::ingest {

/// A node of a decision tree. Nodes stand in the order "node, all below on the left, all below on the right": the left
/// child is the next node, `right` is the distance to the right one. A leaf has no feature and gives `value`.
struct TreeNode {
  uint16_t feature;
  uint16_t right;
  float value;  ///< x[feature] <= value goes left
};
inline constexpr uint16_t kLeaf = 0xFFFF;

/// Sum of the leaves that x comes to, one a tree.
template <size_t N>
float margin(const TreeNode* nodes, const uint32_t (&starts)[N], float bias, const float* x) {
  float sum = bias;
  for (const uint32_t start : starts) {
    const TreeNode* node = nodes + start;
    while (node->feature != kLeaf) node += x[node->feature] <= node->value ? 1 : node->right;
    sum += node->value;
  }
  return sum;
}

/// The same forest laid out for many rows at once (QuickScorer; Lucchese and others, 2015): instead of walking down,
/// all questions of a tree are asked, and each "no" strikes out the leaves below its left side; the first leaf left is
/// the one that walking would come to. No step waits for another, and the rows of a tile stand side by side, so that
/// the compiler asks several at once. Sums are added in the order of the trees: the same bits as margin() gives.
class Forest {
 public:
  static constexpr size_t kTile = 16;  ///< rows

  /// Trees of up to 32 leaves; larger ones are walked down.
  Forest(const TreeNode* nodes, const uint32_t* starts, size_t trees, float bias);

  /// Margins of the rows of a tile: feature f of row r is tile[f * kTile + r].
  void margins(const float* tile, float* out) const;

 private:
  struct Question {
    uint16_t feature;
    uint32_t left;  // the leaves below on the left, one bit each
    float value;
  };
  struct Tree {
    uint32_t first, end;  // questions
    uint32_t leaf;        // the first one
    const TreeNode* walked = nullptr;
  };

  uint32_t add(const TreeNode* node, uint32_t& leaves);

  std::vector<Question> questions_;
  std::vector<Tree> trees_;
  std::vector<float> leaves_;
  float bias_;
};

/// Does row(r, numbers) for each of `rows` rows and done(r, probability) with what the forest says of the numbers.
template <class Row, class Done>
void each_tile(const Forest& forest, size_t rows, size_t width, Row row, Done done) {
  std::vector<float> tile(width * Forest::kTile);
  std::vector<float> numbers(width);
  std::array<float, Forest::kTile> margins;
  for (size_t from = 0; from < rows; from += Forest::kTile) {
    const size_t count = std::min(Forest::kTile, rows - from);
    for (size_t r = 0; r < count; ++r) {
      row(from + r, numbers.data());
      for (size_t c = 0; c < width; ++c) tile[c * Forest::kTile + r] = numbers[c];
    }
    forest.margins(tile.data(), margins.data());
    for (size_t r = 0; r < count; ++r) done(from + r, 1.0F / (1.0F + std::exp(-margins[r])));
  }
}

}  // namespace dragoman::ingest
