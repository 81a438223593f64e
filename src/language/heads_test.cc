// SPDX-License-Identifier: Apache-2.0
#include "language/heads.h"

#include <gtest/gtest.h>

namespace dragoman::language {
namespace {

TEST(DistanceBucket, IsExactNearAndCoarseFar) {
  EXPECT_EQ(distance_bucket(0), 16);
  EXPECT_EQ(distance_bucket(8), 24);
  EXPECT_EQ(distance_bucket(-8), 8);
  EXPECT_EQ(distance_bucket(9), 25);
  EXPECT_EQ(distance_bucket(12), 25);
  EXPECT_EQ(distance_bucket(13), 26);
  EXPECT_EQ(distance_bucket(96), 31);
  EXPECT_EQ(distance_bucket(97), 32);
  EXPECT_EQ(distance_bucket(-5000), 0);
}

TEST(SpansOf, ReadsBeginInsideOutside) {
  const auto spans = spans_of({1, 2, 0, 2, 2, 1, 1}, {.9F, 0, 0, .4F, 0, .8F, .7F});
  ASSERT_EQ(spans.size(), 4U);
  EXPECT_EQ(spans[0].last, 2U);
  EXPECT_EQ(spans[1].first, 3U) << "an inside without begin begins";
  EXPECT_EQ(spans[1].last, 5U);
  EXPECT_FLOAT_EQ(spans[2].score, .8F);
  EXPECT_EQ(spans[3].first, 6U);
}

TEST(SpansOf, JoinsOverShortGaps) {
  const auto spans = spans_of({1, 2, 0, 2, 0, 0, 2, 0, 1}, std::vector<float>(9), 1);
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0].last, 4U);
  EXPECT_EQ(spans[1].first, 6U) << "two words apart";
  EXPECT_EQ(spans[2].first, 8U) << "a begin always begins";
}

}  // namespace
}  // namespace dragoman::language
