// SPDX-License-Identifier: Apache-2.0
#include "base/find.h"

#include <gtest/gtest.h>

#include <string>

namespace dragoman::base {
namespace {

TEST(Find, GivesThePlace) {
  EXPECT_EQ(find("harbour", "bo"), 3U);
  EXPECT_EQ(find("harbour", "r", 3), 6U);
  EXPECT_EQ(find("harbour", ""), 0U);
  EXPECT_EQ(find("harbour", "harbours"), std::string_view::npos);
  EXPECT_EQ(find("harbour", "h", 1), std::string_view::npos);
  EXPECT_EQ(find("", ""), 0U);
  EXPECT_EQ(find("", "x"), std::string_view::npos);
}

// The same as the standard's search, for all parts of all lengths of texts that repeat themselves.
TEST(Find, AgreesWithStringView) {
  std::string text;
  for (unsigned i = 0, state = 7; i < 90; ++i) {
    state = state * 1103515245U + 12345U;
    text.push_back(static_cast<char>('a' + (state >> 16) % 3));
  }
  for (size_t size = 1; size < 40; ++size) {
    const std::string_view within = std::string_view(text).substr(0, 30 + size);
    for (size_t at = 0; at + size <= text.size(); ++at) {
      const std::string_view part = std::string_view(text).substr(at, size);
      for (const size_t from : {size_t{0}, size_t{5}, size_t{17}, within.size()}) {
        ASSERT_EQ(find(within, part, from), within.find(part, from)) << part << " from " << from;
      }
    }
  }
}

}  // namespace
}  // namespace dragoman::base
