// SPDX-License-Identifier: Apache-2.0
#include "base/origins.h"

#include <gtest/gtest.h>

#include <string>

namespace dragoman::base {
namespace {

std::string as_text(const ByteOrigins& origins) {
  std::string out;
  for (const ByteOrigin& origin : origins) {
    if (!out.empty()) out += ' ';
    out += std::to_string(origin.text.begin) + "-" + std::to_string(origin.text.end) + "<" +
           std::to_string(origin.begin) + "-" + std::to_string(origin.end);
  }
  return out;
}

TEST(Origins, StretchesThatGoOnByteByByteAreOne) {
  ByteOrigins origins;
  add_origin(origins, {{0, 3}, 10, 13});
  add_origin(origins, {{3, 5}, 13, 15});
  add_origin(origins, {{5, 7}, 15, 23});  // "&eacute;"
  add_origin(origins, {{7, 8}, 23, 24});
  add_origin(origins, {{8, 9}, 40, 41});
  EXPECT_EQ(as_text(origins), "0-5<10-15 5-7<15-23 7-8<23-24 8-9<40-41");
}

TEST(Origins, GoThroughATextInTheMiddle) {
  // Middle text of ten bytes, the fourth and fifth of them one character of the page's charset.
  const ByteOrigins inner{{{0, 3}, 100, 103}, {{3, 5}, 103, 104}, {{5, 10}, 104, 109}};
  EXPECT_EQ(as_text(through({{{0, 4}, 1, 5}}, inner)), "0-2<101-103 2-4<103-104");
  EXPECT_EQ(as_text(through({{{0, 2}, 5, 7}, {{2, 4}, 8, 10}}, inner)), "0-2<104-106 2-4<107-109");
  // What holds together has all that its bytes were made of.
  EXPECT_EQ(as_text(through({{{0, 1}, 2, 6}}, inner)), "0-1<102-105");
  // Half of what holds together is made of all of it; what is not known is left out.
  EXPECT_EQ(as_text(through({{{0, 1}, 4, 5}, {{1, 9}, 9, 17}}, inner)), "0-1<103-104 1-2<108-109");
}

TEST(Origins, GapsStandForWhatLiesBetween) {
  ByteOrigins origins{{{1, 3}, 20, 22}, {{4, 6}, 30, 32}, {{7, 8}, 5, 6}};
  fill_gaps(origins, 0, 9);
  EXPECT_EQ(as_text(origins), "0-1<20-20 1-3<20-22 3-4<22-30 4-6<30-32 6-7<32-32 7-8<5-6 8-9<6-6");
  ByteOrigins words{{{0, 3}, 0, 3}, {{4, 7}, 4, 7}};
  fill_gaps(words, 0, 7);
  EXPECT_EQ(as_text(words), "0-7<0-7");
  ByteOrigins none;
  fill_gaps(none, 0, 4);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace dragoman::base
