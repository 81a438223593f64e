// SPDX-License-Identifier: Apache-2.0
#include "ingest/line_article.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/extract.h"
#include "ingest/line_forest.h"
#include "ingest/line_surroundings.h"
#include "ingest/lines.h"

namespace dragoman::ingest {
namespace {

std::string described(const Article& article) {
  std::string all;
  for (const Block& block : article.blocks) {
    all += std::string(to_string(block.kind)) + ": " + std::string(block.span.of(article.text)) + "\n";
  }
  for (const Dropped& dropped : article.dropped) all += "- " + dropped.reason + ": " + dropped.text + "\n";
  return all;
}

Page json_page(const std::string& text) {
  Page page;
  page.source = "a.jsonl#1";
  page.bytes = text;
  page.format = Format::kJsonLines;
  return page;
}

Page text_page(const std::string& text) {
  Page page = json_page(text);
  page.source = "a.txt";
  page.format = Format::kText;
  return page;
}

const char* const kArticle =
    "Norland and Sudmark agree on a border river\n"
    "\n"
    "Norland and Sudmark have agreed to share the waters of the river Ael, ending a dispute that began a decade ago.\n"
    "\n"
    "\"We have found a way that both peoples can live with,\" the foreign minister of Norland, Ina Holt, told "
    "reporters.\n"
    "\n"
    "The parliament of Sudmark still has to approve the treaty, which its opposition has threatened to block.\n";

TEST(JsonLine, TextStaysAsItIs) {
  const Article article = article_of_json_line(json_page(kArticle));
  EXPECT_EQ(article.text, kArticle);
  EXPECT_EQ(article.title, "Norland and Sudmark agree on a border river");
  ASSERT_EQ(article.blocks.size(), 4U);
  EXPECT_EQ(article.blocks[0].kind, BlockKind::kTitle);
  EXPECT_EQ(article.blocks[1].kind, BlockKind::kParagraph);
  EXPECT_TRUE(article.dropped.empty());
}

TEST(JsonLine, FurnitureBehindTheArticleIsInNoBlock) {
  const std::string tail =
      "\nTags Ina Holt Norland Sudmark rivers\n\nCopyright 2031 Norland Herald. All rights reserved.\n\nMost "
      "Popular\n\nLoad more\n";
  const Article article = article_of_json_line(json_page(kArticle + tail));
  EXPECT_EQ(article.blocks.size(), 4U);
  EXPECT_EQ(
      described(article).substr(described(article).find("- ")),
      "- tags: Tags Ina Holt Norland Sudmark rivers\n- copyright: Copyright 2031 Norland Herald. All rights reserved.\n"
      "- related: Most Popular\n- related: Load more\n");
}

TEST(JsonLine, PortraitOfTheWriterIsFurniture) {
  const Article article = article_of_json_line(json_page(
      std::string(kArticle) +
      "\nAbout the writer\n\nLea Brandt is a reporter for the Norland Herald based in Sudmark. She covers rivers.\n"));
  EXPECT_EQ(article.blocks.size(), 4U);
  EXPECT_EQ(article.dropped.size(), 2U);
}

TEST(JsonLine, CaptionWithItsTitle) {
  const std::string text =
      std::string(kArticle) +
      "\nIna Holt At The Talks\nForeign Minister Ina Holt speaks at the talks in Aelmouth on May 15, 2031. Jo "
      "Lund/Getty Images\n"
      "\nThe treaty names no date for the withdrawal of the guards, who have stood on both banks since the spring.\n";
  const Article article = article_of_json_line(json_page(text));
  ASSERT_EQ(article.blocks.size(), 7U) << described(article);
  EXPECT_EQ(article.blocks[4].kind, BlockKind::kCaption);
  EXPECT_EQ(article.blocks[5].kind, BlockKind::kCaption);
  EXPECT_EQ(article.blocks[6].kind, BlockKind::kParagraph);
}

TEST(JsonLine, WhatLooksLikeNothingButFurnitureIsKept) {
  EXPECT_EQ(article_of_json_line(json_page("Share")).blocks.size(), 1U);
}

TEST(JsonLine, DatesComeFromTheFieldThenTheTextThenTheUrl) {
  Page page =
      json_page("Tuesday, 28 February 2023\n\nNorland's cabinet met on Monday to speak about the river treaty.");
  EXPECT_EQ(article_of_json_line(page).published->value, "2023-02-28");
  EXPECT_EQ(article_of_json_line(page).published->basis, "text");
  page.published = "1 March 2023";
  EXPECT_EQ(article_of_json_line(page).published->value, "2023-03-01");
  EXPECT_EQ(article_of_json_line(page).published->basis, "metadata");
  Page bare = json_page("Norland's cabinet met on Monday to speak about the river treaty.");
  bare.published = "soon";
  EXPECT_FALSE(article_of_json_line(bare).published);
  bare.url = "https://news.example/2023/03/02/river";
  EXPECT_EQ(article_of_json_line(bare).published->basis, "url");
}

TEST(JsonLine, DatelineOfTheFirstParagraphTellsTheDay) {
  const std::string first =
      "PARIS, May 14, 2031 (Reuters) - President Paul Martel of Norland met Chancellor Ina Holt of Sudmark on Monday "
      "to "
      "speak about the war in the river valley and the grain that cannot leave its ports.\n";
  const Article article = article_of_json_line(json_page(first));
  EXPECT_EQ(article.published->value, "2031-05-14");
  EXPECT_EQ(article.blocks.front().kind, BlockKind::kParagraph) << "no caption: the agency's is the report";
  const auto text = article_of_text(text_page("Leaders meet\n\n" + first), "Leaders meet\n\n" + first, false);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->published->value, "2031-05-14");
}

TEST(JsonLine, NotUtf8IsAnError) {
  const auto article = extract(json_page("Norland \xFF"));
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().code, ErrorCode::kEncoding);
}

TEST(Text, CopiedPage) {
  const std::string page =
      "Norland and Sudmark agree on a border river - The Norland Herald\nSkip to "
      "content\nHome\nWorld\nSport\nOpinion\nSubscribe\n"
      "Norland and Sudmark agree on a border river\nBy Lea Brandt\nPublished 10:05 AM GMT, March 3, "
      "2031\nShare\nFacebook\n"
      "Norland and Sudmark have agreed to share the waters of the river Ael, ending a dispute that began a decade "
      "ago.\n"
      "\"We have found a way that both peoples can live with,\" the foreign minister of Norland, Ina Holt, told "
      "reporters on Monday.\n"
      "The parliament of Sudmark still has to approve the treaty, which its opposition has threatened to block in the "
      "coming weeks.\n"
      "Related stories\nTen pictures of the river Ael\nWho is Ina Holt?\nNewsletter\nSign up for our morning letter\n"
      "About us\nPrivacy policy\n\xC2\xA9 2031 The Norland Herald\n";
  const auto article = extract(text_page(page));
  ASSERT_TRUE(article) << article.error().describe();
  EXPECT_EQ(article->title, "Norland and Sudmark agree on a border river");
  ASSERT_EQ(article->authors.size(), 1U);
  EXPECT_EQ(article->authors[0], "Lea Brandt");
  EXPECT_EQ(article->published->value, "2031-03-03T10:05Z");
  EXPECT_EQ(article->text,
            "Norland and Sudmark agree on a border river\n\nBy Lea Brandt\n\n"
            "Norland and Sudmark have agreed to share the waters of the river Ael, ending a dispute that began a "
            "decade ago.\n\n"
            "\"We have found a way that both peoples can live with,\" the foreign minister of Norland, Ina Holt, told "
            "reporters on Monday.\n\n"
            "The parliament of Sudmark still has to approve the treaty, which its opposition has threatened to block "
            "in the coming weeks.");
  EXPECT_EQ(article->language, "en");
}

// Signs stand without spaces: a paragraph of them is not one long word.
TEST(Text, CopiedPageOfSigns) {
  const std::string text =
      "北の国と南の国は月曜日、国境を流れるアエル川の水を分け合うことで合意した。十年前に始まった争いがこれで終わる。\n"
      "「両国の民が共に暮らせる道を見つけた」と北の国のホルト外相は首都で記者団に語った。\n"
      "南の国の議会は条約をまだ承認しておらず、野党は来週の採決で反対する構えを見せている。\n"
      "川にかかる新しい橋の費用は両政府が負担し、工事は来年の春に始まる見通しだという。\n";
  const auto article = extract(text_page("トップ\n速報\nランキング\n政治\n国際\n社会\n経済\nスポーツ\nエンタメ\n" +
                                         text + "関連記事\n地方\n会員サービス\nお問い合わせ\n利用規約\n会社情報\n"));
  ASSERT_TRUE(article) << article.error().describe();
  EXPECT_NE(article->text.find("十年前に始まった争い"), std::string::npos) << described(*article);
  EXPECT_NE(article->text.find("工事は来年の春に始まる"), std::string::npos);
  EXPECT_EQ(article->text.find("スポーツ"), std::string::npos);
  EXPECT_EQ(article->text.find("会員サービス"), std::string::npos);
}

TEST(Text, MenusAloneAreNoArticle) {
  std::string menu;
  for (const char* item :
       {"Home", "World", "Sport", "Login", "Search", "Subscribe", "Privacy", "Contact", "About us", "Help"}) {
    menu += std::string(item) + "\n";
  }
  const auto article = extract(text_page(menu + menu));
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().code, ErrorCode::kNoArticle);
}

TEST(Text, SentencesThroughoutAreNoMenu) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "The ministers met in Aelmouth on Friday and signed nothing.\n\n";
  Page page;
  page.bytes = text;
  page.format = Format::kText;
  const auto article = extract(page);
  ASSERT_TRUE(article) << article.error().describe();
  EXPECT_NE(article->text.find("The ministers met"), std::string::npos);
}

TEST(Text, ShortSentencesAreRunningText) {
  std::string text;
  for (const char* const who : {"Ina Holt", "Jo Lund", "Lea Brandt", "The envoy", "A general"}) {
    for (const char* const what : {"Norland attacked.", "the talks failed.", "Sudmark agreed.", "ships came."}) {
      text += std::string(who) + " said " + what + "\n\n";
    }
  }
  const auto article = extract(text_page(text));
  ASSERT_TRUE(article) << article.error().describe();
  EXPECT_EQ(article->blocks.size(), 20U);
  EXPECT_TRUE(article->dropped.empty());
  const auto with_furniture = extract(text_page("Norland and Sudmark at odds\n\n" + text + "Share on Facebook\n"));
  ASSERT_TRUE(with_furniture);
  EXPECT_EQ(with_furniture->blocks.size(), 21U);
  EXPECT_EQ(with_furniture->dropped.size(), 1U);
}

TEST(Text, DateOfTheCallerIsForTextsWithoutOne) {
  Page page;
  page.format = Format::kText;
  page.published = "2030-06-20";
  page.published_basis = "argument";
  page.bytes = "The ministers met in Aelmouth on Friday and signed nothing at all.";
  EXPECT_EQ(extract(page)->published, (Date{"2030-06-20", Precision::kDay, "argument", std::nullopt}));
  page.url = "https://norland.example/2030/06/15/talks";
  EXPECT_EQ(extract(page)->published->basis, "url");
  page.published_basis = "metadata";
  EXPECT_EQ(extract(page)->published->basis, "metadata");
  page.format = Format::kHtml;
  page.published_basis = "argument";
  page.url.clear();
  page.bytes = "<h1>Ministers meet</h1><p>" + std::string(3, ' ') +
               "The ministers met in Aelmouth on Friday and signed nothing at all, to the regret of both capitals.</p>"
               "<p>They will meet again when the river Ael is free of ice, said the envoy of Sudmark.</p>";
  EXPECT_EQ(extract(page)->published->basis, "argument");
}

TEST(Text, WhiteSpaceAloneIsEmpty) {
  for (const char* const blank : {" \n\t\n", "\xE2\x80\x8B\n\xC2\xA0\xEF\xBB\xBF"}) {
    for (const Page& page : {text_page(blank), json_page(blank)}) {
      const auto article = extract(page);
      ASSERT_FALSE(article);
      EXPECT_EQ(article.error().code, ErrorCode::kEmpty);
    }
  }
}

TEST(CopiedLines, TextScoresAboveWhatStandsAroundIt) {
  const std::string menu = "Home\nWorld\nPolitics\nBusiness\nSport\nSign in\nSubscribe now\n";
  const std::string around =
      "Read more\nMost popular\nHow to grow tomatoes on a balcony\nShare on social media\nSign up for our newsletter\n"
      "Copyright 2031 Norland Herald. All rights reserved.\nPrivacy policy\nTerms of use\n";
  const std::string text = menu + kArticle +
                           "Mr. Okoro, who led the talks, said that engineers would meet in May.\n\n" +
                           "Both governments will pay for the new bridge, he added.\n\n" + around;
  const std::vector<Line> lines = lines_of(text);
  const std::vector<float> body = copied_body_probabilities(lines, line_features(lines, ""));
  ASSERT_EQ(body.size(), lines.size());
  float least = 1, most = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool of_text = lines[i].text.size() > 50 && lines[i].text.find("Copyright") == std::string_view::npos;
    if (of_text) least = std::min(least, body[i]);
    if (lines[i].text.size() < 40) most = std::max(most, body[i]);
  }
  EXPECT_GT(least, 0.5F);
  EXPECT_LT(most, 0.5F);
}

TEST(CopiedLines, SurroundingsTellOfTheStretchAndOfLinesAlike) {
  // Five lines, the third and fourth of them text; the first and the last have the same words.
  const std::vector<float> network = {0.125F, 0.0F, 0.875F, 1.0F, 0.25F};
  std::vector<LineFeatures> features(network.size());
  for (LineFeatures& line : features) line.fill(0);
  for (const size_t text : {2U, 3U}) features[text][0] = 3.0F / 7.0F;  // seven words
  std::vector<std::array<float, kTermColumns>> scores(network.size(), {kNoTerm, kNoTerm, kNoTerm, 0});
  scores[1] = {-2.0F, 1.0F, -0.5F, 2};
  const LineSurroundings surroundings(features, network, scores, {7, 1, 2, 3, 7});
  std::array<float, LineSurroundings::kColumns> x;
  surroundings.put(4, x.data());
  constexpr size_t kStretch = 16, kSure = 26, kAlike = 36, kPage = 40;
  EXPECT_FLOAT_EQ(x[0], -0.5F / 3) << "mean score of the words of the three lines before";
  EXPECT_EQ(x[kStretch + 1], 2) << "lines behind the beginning of the stretch";
  EXPECT_EQ(x[kStretch + 2], 0) << "lines behind its end";
  EXPECT_EQ(x[kSure], 2);
  EXPECT_EQ(x[kSure + 1], 1);
  EXPECT_EQ(x[kAlike], 2) << "lines alike";
  EXPECT_EQ(x[kAlike + 1], 0.125F) << "what the network says of the other one";
  EXPECT_EQ(x[kAlike + 2], 4);
  EXPECT_FLOAT_EQ(x[kPage + 1], 7 * 1.875F) << "words of text on the page";
}

TEST(Lines, WrappedTextIsJoined) {
  const std::string text =
      "The council of Norland met on Monday to speak about the\nnew border and to hear the envoy of Sudmark, who had\n"
      "asked for more time before the treaty could be signed.\n\nMembers of the opposition said that they would not "
      "vote\n"
      "for any treaty that leaves the bridges of the river in\nthe hands of the other side.\n";
  const auto lines = lines_of(text);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].text.substr(0, 11), "Members of ");
}

TEST(Byline, PeopleOnly) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(names_of_byline("By Lea Brandt and Jo van Lund, Staff Writer"), (Names{"Lea Brandt", "Jo van Lund"}));
  EXPECT_EQ(names_of_byline("By News Desk"), Names{});
}

}  // namespace
}  // namespace dragoman::ingest
