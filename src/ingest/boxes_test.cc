// SPDX-License-Identifier: Apache-2.0
#include "ingest/boxes.h"

#include <gtest/gtest.h>

namespace dragoman::ingest {
namespace {

std::string label(const std::string& text) {
  const char* reason = label_of_box({.text = text});
  return reason == nullptr ? "" : reason;
}

TEST(Boxes, AreToldByTheLabelOnTheirFirstLine) {
  EXPECT_EQ(label("ADVERTISEMENT\nHalf off all boats this week!"), "advertisement");
  EXPECT_EQ(label("See also\nFerry strike ends\nTunnel vote put off"), "related");
  EXPECT_EQ(label("See also"), "");  // a line of its own is judged as such
  EXPECT_EQ(label("Ministers met.\nSee also"), "");
  EXPECT_EQ(label("Search\nfor the two sailors went on."), "");
  EXPECT_EQ(label("Advertisement\n" + std::string(500, 'x')), "");
}

bool call(const std::string& text, uint32_t link) { return is_call({.text = text, .link = link}); }

TEST(Boxes, OffersEndInWhatToClick) {
  EXPECT_TRUE(call("Our letter on boats, every Tuesday. Sign up", 7));
  EXPECT_TRUE(call("Subscribe now", 13));
  EXPECT_FALSE(call("Our letter on boats, every Tuesday. Sign up", 0));
  EXPECT_FALSE(call("Read the report of the board if you want to learn more.", 10));
  EXPECT_FALSE(call("Thousands refused to sign up", 3));
  EXPECT_FALSE(call("The union asked its members to resubscribe", 42));
}

TEST(PullQuotes, AreWordsOfTheBodySetApart) {
  const std::vector<std::string> body = {
      bare_words("Ina Holt said that the treaty was “a bridge, not a wall” and flew home."),
      bare_words("Nobody in Aelmouth believed her.")};
  EXPECT_TRUE(is_pull_quote("“A bridge, not a wall”", false, body));
  EXPECT_TRUE(is_pull_quote("\"A bridge, not a wall\" Ina Holt", false, body));
  EXPECT_TRUE(is_pull_quote("A bridge, not a wall", true, body));
  EXPECT_FALSE(is_pull_quote("A bridge, not a wall", false, body));
  EXPECT_FALSE(is_pull_quote("“A bridge, not a wall,” Ina Holt said of it. “It will stand.”", false, body));
  EXPECT_FALSE(is_pull_quote("“We have found a way at last”", true, body));
  EXPECT_FALSE(is_pull_quote("“A bridge”", true, body));
  EXPECT_FALSE(is_pull_quote("Nobody in Aelmouth believed her.", true, body));  // that is the paragraph itself
}

TEST(BareWords, HaveNoMarksAndNoCase) {
  EXPECT_EQ(bare_words("“To defend – not\tto cross!”"), "to defend not to cross");
  EXPECT_EQ(bare_words("Łódka’s port"), "Łódka s port");
  EXPECT_EQ(bare_words(" …"), "");
}

}  // namespace
}  // namespace dragoman::ingest
