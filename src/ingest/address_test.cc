// SPDX-License-Identifier: Apache-2.0
#include "ingest/address.h"

#include <gtest/gtest.h>

namespace dragoman::ingest {
namespace {

TEST(Address, RelativeOnesAreResolved) {
  const auto from = [](const char* reference) { return resolved("http://n.example/a/b?q=1#top", reference); };
  EXPECT_EQ(from("c"), "http://n.example/a/c");
  EXPECT_EQ(from("/c?x=1"), "http://n.example/c?x=1");
  EXPECT_EQ(from("../../c/./d/.."), "http://n.example/c/");
  EXPECT_EQ(from("//m.example/c"), "http://m.example/c");
  EXPECT_EQ(from("?q=2"), "http://n.example/a/b?q=2");
  EXPECT_EQ(from("#end"), "http://n.example/a/b?q=1#end");
  EXPECT_EQ(from("https://m.example/"), "https://m.example/");
  EXPECT_EQ(from(""), "");
  EXPECT_EQ(resolved("http://n.example", "c"), "http://n.example/c");
  EXPECT_EQ(resolved("http://n.example?x=1", "c"), "http://n.example/c");
  EXPECT_EQ(resolved("", "/c"), "/c");
  EXPECT_EQ(resolved("tag:n", "/c"), "/c");
}

TEST(Address, SchemesAreTold) {
  EXPECT_TRUE(is_web_address("HTTPS://n.example/"));
  EXPECT_FALSE(is_web_address("/http://"));
  EXPECT_TRUE(has_other_scheme(" java\nscript:alert(1)"));
  EXPECT_TRUE(has_other_scheme("data:text/html,x"));
  EXPECT_FALSE(has_other_scheme("http://n.example/"));
  EXPECT_FALSE(has_other_scheme("/a:b"));
  EXPECT_FALSE(has_other_scheme("n.html"));
  EXPECT_TRUE(may_be_of_page("n.html"));
  EXPECT_TRUE(may_be_of_page("http://[::1]/n.html"));
  EXPECT_FALSE(may_be_of_page("http://[::1"));
  EXPECT_FALSE(may_be_of_page("javascript:n"));
}

}  // namespace
}  // namespace dragoman::ingest
