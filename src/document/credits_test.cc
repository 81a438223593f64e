// SPDX-License-Identifier: Apache-2.0
#include "document/credits.h"

#include <gtest/gtest.h>

#include <string>

#include "dragoman/article.h"

namespace dragoman {
namespace {

std::string_view words(std::string_view caption) { return caption.substr(0, credit_begin(caption)); }

TEST(Credits, StandBehindTheWords) {
  EXPECT_EQ(words("Ships at quay. (Photo: Jo Lund/Norpress)"), "Ships at quay.");
  EXPECT_EQ(words("Lea Brandt, 37(Image: Norpress)"), "Lea Brandt, 37");
  EXPECT_EQ(words("Lea Brandt im Hafen Foto: Jo Lund"), "Lea Brandt im Hafen");
  EXPECT_EQ(words("The quay \xC2\xA9 Norpress"), "The quay");
}

TEST(Credits, AreNoneWhereTheWordsGoOn) {
  EXPECT_EQ(words("Ships at quay."), "Ships at quay.");
  EXPECT_EQ(words("Photo: Jo Lund"), "Photo: Jo Lund");  // nothing else
  EXPECT_EQ(words("A telephoto: the quay from afar"), "A telephoto: the quay from afar");
  EXPECT_EQ(words("Source: the ministry. It had counted the ships of the year before."),
            "Source: the ministry. It had counted the ships of the year before.");
  EXPECT_EQ(words(""), "");
}

TEST(Credits, AreToldApartInTheJson) {
  Article article;
  article.text = "Ships at quay. (Photo: Jo Lund)";
  article.blocks.push_back({BlockKind::kCaption, {0, 31}});
  article.dropped.push_back({"credit", "Photo: Lea Brandt"});
  const std::string json = to_json(article);
  EXPECT_NE(json.find(R"("captions":["Ships at quay."],"credits":["Photo: Jo Lund","Photo: Lea Brandt"])"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace dragoman
