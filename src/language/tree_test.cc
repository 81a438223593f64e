// SPDX-License-Identifier: Apache-2.0
#include "language/tree.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace dragoman::language {
namespace {

bool is_tree(const std::vector<uint32_t>& heads) {
  for (uint32_t head : heads)
    for (size_t steps = 0; head != 0; head = heads[head - 1])
      if (++steps > heads.size()) return false;
  return std::count(heads.begin(), heads.end(), 0U) == 1;
}

double total(const std::vector<double>& scores, const std::vector<uint32_t>& heads) {
  double sum = 0;
  for (size_t i = 0; i < heads.size(); ++i) sum += scores[i * (heads.size() + 1) + heads[i]];
  return sum;
}

// By trying every choice of heads.
double best_total(const std::vector<double>& scores, uint32_t n) {
  double best = -1e300;
  std::vector<uint32_t> heads(n);
  for (;;) {
    if (is_tree(heads)) best = std::max(best, total(scores, heads));
    size_t i = 0;
    while (i < n && ++heads[i] > n) heads[i++] = 0;
    if (i == n) return best;
  }
}

TEST(BestTree, IsTheBestOfAllTreesWithOneRoot) {
  uint32_t state = 7;
  const auto number = [&] {
    state = state * 1664525U + 1013904223U;
    return static_cast<double>(state) / 4294967296.0;
  };
  for (uint32_t n = 1; n <= 5; ++n) {
    for (int round = 0; round < 40; ++round) {
      const double root = round % 3 - 1;  // fewer roots than one, some, more
      std::vector<double> scores;
      for (uint32_t i = 0; i < n * (n + 1); ++i) scores.push_back(number() + (i % (n + 1) == 0 ? root : 0));
      const std::vector<uint32_t> heads = best_tree(scores, n);
      ASSERT_TRUE(is_tree(heads));
      EXPECT_DOUBLE_EQ(total(scores, heads), best_total(scores, n));
    }
  }
}

TEST(BestTree, OfNothingIsNothing) { EXPECT_TRUE(best_tree({}, 0).empty()); }

TEST(BestTree, ManyNestedCyclesAreNoTrouble) {
  constexpr uint32_t kNodes = 256;
  std::vector<double> scores(kNodes * (kNodes + 1), 0.0);
  for (uint32_t i = 0; i < kNodes; ++i) {
    for (uint32_t k = 0; k < kNodes; ++k) {
      const uint32_t apart = i > k ? i - k : k - i;
      scores[i * (kNodes + 1) + k + 1] = 1000.0 / (apart + 1.0) + (i % 2 == 0 ? 0.5 : 0);
    }
  }
  EXPECT_TRUE(is_tree(best_tree(scores, kNodes)));
}

}  // namespace
}  // namespace dragoman::language
