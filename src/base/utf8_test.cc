// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <gtest/gtest.h>

namespace dragoman::base {
namespace {

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(first_invalid_utf8("plain"), kValid);
  EXPECT_EQ(first_invalid_utf8("h\u00e9 \u4e2d \U0001F600"), kValid);
  EXPECT_EQ(first_invalid_utf8("ab\xff"), 2U);
  EXPECT_EQ(first_invalid_utf8("\xc0\x80"), 0U) << "overlong";
  EXPECT_EQ(first_invalid_utf8("\xed\xa0\x80"), 0U) << "surrogate";
  EXPECT_EQ(first_invalid_utf8("\xf4\x90\x80\x80"), 0U) << "beyond U+10FFFF";
  EXPECT_EQ(first_invalid_utf8("a\xe4\xb8"), 1U) << "cut off";
}

TEST(Utf8, RoundTripsCharacters) {
  for (const char32_t c : {U'a', U'\u00e9', U'\u4e2d', U'\U0001F600'}) {
    std::string text;
    append_utf8(text, c);
    size_t at = 0;
    EXPECT_EQ(next_char(text, at), c);
    EXPECT_EQ(at, text.size());
  }
}

TEST(CodePoints, MapsBothWaysInLongTexts) {
  std::string text;
  std::vector<uint32_t> starts;
  for (int i = 0; i < 500; ++i) {
    starts.push_back(static_cast<uint32_t>(text.size()));
    text += i % 3 == 0 ? "\u4e2d" : "x";
  }
  const CodePoints points(text);
  for (uint32_t i = 0; i < starts.size(); ++i) {
    EXPECT_EQ(points.of_byte(starts[i]), i);
    EXPECT_EQ(points.to_byte(i), starts[i]);
  }
  EXPECT_EQ(points.of_byte(static_cast<uint32_t>(text.size())), 500U);
  EXPECT_EQ(points.to_byte(500), text.size());
  EXPECT_EQ(points.to_byte(9999), text.size());
}

TEST(CodePoints, AsciiIsTheIdentity) {
  const CodePoints points("abc");
  EXPECT_EQ(points.of_byte(2), 2U);
  EXPECT_EQ(points.to_byte(3), 3U);
}

}  // namespace
}  // namespace dragoman::base
