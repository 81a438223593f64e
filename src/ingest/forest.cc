// SPDX-License-Identifier: Apache-2.0
#include "ingest/forest.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace dragoman::ingest {
namespace {

constexpr uint32_t kMostLeaves = 32;

// Numbers of four rows (vector extensions of gcc and clang: one register of any processor of today).
using Numbers = float __attribute__((vector_size(16)));
using Bits = uint32_t __attribute__((vector_size(16)));
constexpr size_t kLanes = 4, kParts = Forest::kTile / kLanes;

uint32_t leaves_below(const TreeNode* node) {
  return node->feature == kLeaf ? 1 : leaves_below(node + 1) + leaves_below(node + node->right);
}

}  // namespace

Forest::Forest(const TreeNode* nodes, const uint32_t* starts, size_t trees, float bias) : bias_(bias) {
  for (size_t t = 0; t < trees; ++t) {
    const TreeNode* root = nodes + starts[t];
    Tree tree{static_cast<uint32_t>(questions_.size()), 0, static_cast<uint32_t>(leaves_.size())};
    uint32_t leaves = 0;
    if (leaves_below(root) > kMostLeaves) {
      tree.walked = root;
    } else {
      add(root, leaves);
    }
    tree.end = static_cast<uint32_t>(questions_.size());
    trees_.push_back(tree);
  }
}

// Adds what is below the node; leaves are numbered from the left. Gives the bits of its leaves.
uint32_t Forest::add(const TreeNode* node, uint32_t& leaves) {
  if (node->feature == kLeaf) {
    leaves_.push_back(node->value);
    return uint32_t{1} << leaves++;
  }
  const size_t at = questions_.size();
  questions_.push_back({node->feature, 0, node->value});
  const uint32_t left = add(node + 1, leaves);
  questions_[at].left = left;
  return left | add(node + node->right, leaves);
}

void Forest::margins(const float* tile, float* out) const {
  std::array<float, kTile> sums;
  sums.fill(bias_);
  for (const Tree& tree : trees_) {
    if (tree.walked != nullptr) {
      for (size_t row = 0; row < kTile; ++row) {
        const TreeNode* node = tree.walked;
        while (node->feature != kLeaf) node += tile[node->feature * kTile + row] <= node->value ? 1 : node->right;
        sums[row] += node->value;
      }
      continue;
    }
    static_assert(kParts == 4);
    Bits a = ~Bits{}, b = a, c = a, d = a;
    for (uint32_t q = tree.first; q < tree.end; ++q) {
      const Question& question = questions_[q];
      const float* values = tile + question.feature * kTile;
      const Bits right = Bits{} + ~question.left;
      const Numbers value = Numbers{} + question.value;
      const auto strike = [&](Bits& remaining, size_t part) {
        Numbers x;
        std::memcpy(&x, values + part * kLanes, sizeof x);
        remaining &= reinterpret_cast<Bits>(x <= value) | right;
      };
      strike(a, 0);
      strike(b, 1);
      strike(c, 2);
      strike(d, 3);
    }
    const Bits remaining[kParts] = {a, b, c, d};
    for (size_t row = 0; row < kTile; ++row) {
      const uint32_t first = static_cast<uint32_t>(std::countr_zero(remaining[row / kLanes][row % kLanes]));
      sums[row] += leaves_[tree.leaf + first];
    }
  }
  std::copy(sums.begin(), sums.end(), out);
}

}  // namespace dragoman::ingest
