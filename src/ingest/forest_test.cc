// SPDX-License-Identifier: Apache-2.0
#include "ingest/forest.h"

#include <gtest/gtest.h>

#include <array>
#include <iterator>
#include <vector>

namespace dragoman::ingest {
namespace {

constexpr size_t kFeatures = 3;

// Trees of different shapes: a leaf alone, one question, a chain to the left and one to the right.
constexpr TreeNode kNodes[] = {{kLeaf, 0, 0.5F},                                       // 0
                               {0, 2, 0.25F},    {kLeaf, 0, -1.0F}, {kLeaf, 0, 1.0F},  // 1
                               {1, 6, 0.75F},    {0, 4, 0.5F},      {2, 2, 0.125F},   {kLeaf, 0, 2.0F},
                               {kLeaf, 0, 3.0F}, {kLeaf, 0, 4.0F},  // 4
                               {kLeaf, 0, 5.0F}, {2, 2, 0.5F},      {kLeaf, 0, 0.1F}, {0, 2, 0.75F},
                               {kLeaf, 0, 0.2F}, {1, 2, 0.5F},      {kLeaf, 0, 0.3F},  // 11
                               {kLeaf, 0, 0.4F}};
constexpr uint32_t kStarts[] = {0, 1, 4, 11};
constexpr float kBias = -0.3F;

// A tree of more leaves than one number has bits: a chain of questions to the right.
std::vector<TreeNode> long_chain(int questions) {
  std::vector<TreeNode> nodes;
  for (int i = 0; i < questions; ++i) {
    nodes.push_back({0, 2, static_cast<float>(i) / static_cast<float>(questions)});
    nodes.push_back({kLeaf, 0, static_cast<float>(i)});
  }
  nodes.push_back({kLeaf, 0, -1.0F});
  return nodes;
}

TEST(Forest, GivesTheBitsThatWalkingDownGives) {
  const Forest forest(kNodes, kStarts, std::size(kStarts), kBias);
  std::array<std::array<float, kFeatures>, Forest::kTile> rows;
  for (int round = 0; round < 64; ++round) {
    std::array<float, kFeatures * Forest::kTile> tile;
    for (size_t r = 0; r < Forest::kTile; ++r) {
      for (size_t f = 0; f < kFeatures; ++f) {
        rows[r][f] = static_cast<float>((static_cast<size_t>(round) * 7 + r * 5 + f * 3) % 9) / 8.0F;
        tile[f * Forest::kTile + r] = rows[r][f];
      }
    }
    std::array<float, Forest::kTile> got;
    forest.margins(tile.data(), got.data());
    for (size_t r = 0; r < Forest::kTile; ++r) EXPECT_EQ(got[r], margin(kNodes, kStarts, kBias, rows[r].data()));
  }
}

TEST(Forest, WalksDownTreesOfManyLeaves) {
  const auto nodes = long_chain(40);
  const uint32_t starts[] = {0};
  const Forest forest(nodes.data(), starts, 1, 0.0F);
  std::array<float, Forest::kTile> tile, got;
  for (size_t r = 0; r < tile.size(); ++r) tile[r] = static_cast<float>(r) / 12.0F;
  forest.margins(tile.data(), got.data());
  for (size_t r = 0; r < tile.size(); ++r) EXPECT_EQ(got[r], margin(nodes.data(), starts, 0.0F, &tile[r]));
}

}  // namespace
}  // namespace dragoman::ingest
