// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

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

}  // namespace dragoman::ingest
