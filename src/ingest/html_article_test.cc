// SPDX-License-Identifier: Apache-2.0
#include "ingest/html_article.h"

#include <gtest/gtest.h>

#include "ingest/extract.h"
#include "ingest/json_ld.h"

namespace dragoman::ingest {
namespace {

const std::string kBody =
    "<p>Norland and Sudmark have agreed to share the waters of the river Ael, ending a dispute of ten years.</p>"
    "<p>\"We have found a way that both peoples can live with,\" Foreign Minister Ina Holt told reporters.</p>"
    "<p>The parliament of Sudmark still has to approve the treaty, which its opposition wants to block.</p>";

Result<Article> read(const std::string& html) {
  Page page;
  page.source = page.place = "page.html";
  page.bytes = html;
  page.format = Format::kHtml;
  return extract(page);
}

std::string kinds(const Article& article) {
  std::string all;
  for (const Block& block : article.blocks) all += std::string(to_string(block.kind)) + " ";
  return all;
}

TEST(HtmlArticle, TellsOfWhatIsRefusedIfAsked) {
  Page page;
  page.source = page.place = "page.html";
  page.format = Format::kHtml;
  page.bytes = "<title>Page not found</title><h1>Page not found</h1><p>Try the <a href=/>front page</a>.</p>";
  EXPECT_EQ(extract(page).error().code, ErrorCode::kNoArticle);
  const auto article = extract(page, {.refused = true});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->title, "Page not found");
  EXPECT_NE(article->refused, "");
  EXPECT_NE(to_json(*article).find("\"refused\":\"" + article->refused.substr(0, 4)), std::string::npos);
}

TEST(HtmlArticle, KeepsTheArticleAndDropsTheRest) {
  const auto article = read(
      "<!doctype html><title>River treaty signed | Norland Herald</title><nav><a href=/>Home</a><a "
      "href=/w>World</a></nav>"
      "<article><h1>River treaty signed</h1><div class=byline>By Lea Brandt</div>" +
      kBody +
      "<figure><img src=x><figcaption>Ina Holt in Aelmouth. Jo Lund/Norpress</figcaption></figure></article>"
      "<aside class=newsletter><p>Get our morning letter, with all that matters in Norland today, in your "
      "mail.</p></aside>"
      "<footer>Imprint</footer>");
  ASSERT_TRUE(article) << article.error().describe();
  EXPECT_EQ(article->title, "River treaty signed");
  EXPECT_EQ(article->authors, std::vector<std::string>{"Lea Brandt"});
  EXPECT_EQ(kinds(*article), "title byline paragraph paragraph paragraph caption ");
  bool newsletter = false;
  for (const Dropped& dropped : article->dropped)
    newsletter = newsletter || dropped.text.starts_with("Get our morning letter");
  EXPECT_TRUE(newsletter);
  EXPECT_EQ(article->text.find("Imprint"), std::string::npos);
}

TEST(HtmlArticle, OtherArticlesBelowAreNotItsText) {
  const auto story = [](const std::string& headline, const std::string& place) {
    return "<article><h1>" + headline + "</h1><p>The harbour of " + place +
           " opens again on Monday, after the dockers and the owners of the port agreed on wages for two years.</p>"
           "<p>\"We have found a way that both sides can live with,\" the mayor of " +
           place +
           " told reporters.</p>"
           "<p>The council still has to approve the agreement, which the opposition there wants to "
           "block.</p></article>";
  };
  std::string rest;
  for (int i = 0; i < 30; ++i) rest += "<li><a href=/" + std::to_string(i) + ">Section " + std::to_string(i) + "</a>";
  const auto article = read("<title>Aelmouth opens its harbour</title><meta property=og:type content=article><ul>" +
                            rest + "</ul><main>" + story("Aelmouth opens its harbour", "Aelmouth") +
                            story("Port Holt is calm again", "Port Holt") + "</main>");
  ASSERT_TRUE(article);
  EXPECT_NE(body_text(*article).find("the mayor of Aelmouth"), std::string::npos);
  EXPECT_EQ(body_text(*article).find("Port Holt"), std::string::npos);
}

TEST(HtmlArticle, MetadataFromJsonLd) {
  const auto article = read(
      "<title>x</title><meta property=og:title content='River treaty signed'><link rel=canonical "
      "href='https://herald.example/river'>"
      "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"River treaty signed\", "
      "\"datePublished\": \"2031-03-03T10:05:00+01:00\", \"author\": [{\"@type\": \"Person\", \"name\": \"Lea "
      "Brandt\"}, "
      "{\"@type\": \"Organization\", \"name\": \"Norpress\"}], \"publisher\": {\"name\": \"Norland Herald\"},}</script>"
      "<article>" +
      kBody + "</article>");
  ASSERT_TRUE(article);
  EXPECT_EQ(article->title, "River treaty signed");
  EXPECT_EQ(article->url, "https://herald.example/river");
  EXPECT_EQ(article->publisher, "Norland Herald");
  EXPECT_EQ(article->authors, (std::vector<std::string>{"Lea Brandt", "Norpress"}));
  EXPECT_EQ(article->published->value, "2031-03-03T10:05:00+01:00");
  EXPECT_EQ(article->published->basis, "metadata");
}

TEST(HtmlArticle, AnAddressThatIsNoneOfTheWebIsNotKept) {
  const auto url = [](const std::string& canonical, const std::string& head = "") {
    return read("<title>River</title><link rel=canonical href=\"" + canonical + "\">" + head + "<article>" + kBody +
                "</article>")
        ->url;
  };
  EXPECT_EQ(url("HTTPS://herald.example/river"), "HTTPS://herald.example/river");
  EXPECT_EQ(url("javascript:alert(1)"), "");
  EXPECT_EQ(url("java\nscript://herald.example/%0Aalert(1)"), "");
  EXPECT_EQ(url("data:text/html,x", "<meta property=og:url content='http://herald.example/river'>"),
            "http://herald.example/river");
  EXPECT_EQ(url("javascript:alert(1)", "<meta property=og:url content='http://[::1'>"), "");
}

TEST(HtmlArticle, SamePageSameArticle) {
  const std::string html = "<title>River</title><article>" + kBody + "</article>";
  const auto one = read(html), two = read(html);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->id, two->id);
  EXPECT_EQ(one->text, two->text);
  EXPECT_EQ(one->blocks, two->blocks);
  EXPECT_EQ(one->dropped, two->dropped);
}

TEST(HtmlArticle, BlocksAreInOrderAndJoinedByABlankLine) {
  const auto article = read("<article>" + kBody + "</article>");
  ASSERT_TRUE(article);
  uint32_t end = 0;
  for (const Block& block : article->blocks) {
    if (end > 0) {
      EXPECT_EQ(article->text.substr(end, block.span.begin - end), "\n\n");
    }
    EXPECT_LT(block.span.begin, block.span.end);
    end = block.span.end;
  }
  EXPECT_EQ(end, article->text.size());
}

// The reason without "(score 0.12)".
std::string reason_of(const std::string& message) { return message.substr(0, message.rfind(" (score ")); }

std::string refused(const std::string& html) {
  const auto article = read(html);
  if (article) return "read";
  EXPECT_EQ(article.error().code, ErrorCode::kNoArticle);
  EXPECT_EQ(article.error().place, "page.html");
  EXPECT_NE(article.error().message.find(" (score 0."), std::string::npos);
  return reason_of(article.error().message);
}

TEST(NoArticle, Reasons) {
  EXPECT_EQ(refused("<title>Empty</title><body></body>"), "holds no running text");
  EXPECT_EQ(
      refused(
          "<title>404 Not Found</title><h1>Page not found</h1><p>The page that you asked for is not here any longer, "
          "so please look for it elsewhere.</p>"),
      "is an error page (\"Page not found\")");
  EXPECT_EQ(refused("<h1>News</h1><p>All about Norland, every day, from our writers.</p>"), "holds no running text");
  std::string front = "<h1>World</h1>";
  for (int i = 0; i < 12; ++i) {
    front += "<div><h2><a href=/" + std::to_string(i) +
             ">A headline about Norland that says much</a></h2>"
             "<p>A short teaser in one sentence tells the reader what the story is about.</p></div>";
  }
  EXPECT_EQ(refused(front), "is a list of links to articles");
}

std::string refused_at(const std::string& url, const std::string& head, const std::string& body) {
  Page page;
  page.source = page.place = "page.html";
  page.url = url;
  page.format = Format::kHtml;
  page.bytes = "<html><head>" + head + "</head><body>" + body + "</body></html>";
  const auto article = extract(page);
  return article ? "" : reason_of(article.error().message);
}

TEST(NoArticle, ByKindAndAddress) {
  const std::string body = "<h1>Waters of the Ael</h1>" + kBody;
  const std::string marked = "<meta property=\"og:type\" content=\"article\">";
  EXPECT_EQ(refused_at("https://norland.example/2030/waters", "", body), "");
  EXPECT_EQ(refused_at("https://norland.example/?from=mail", "", body), "is the front page of a site");
  EXPECT_EQ(refused_at("https://norland.example/?from=mail", marked, body), "");
  EXPECT_EQ(refused_at("https://norland.example/?p=77", "", body), "");
  EXPECT_EQ(refused_at("https://norland.example/tag/ael", "", body), "is a list of articles");
  EXPECT_EQ(refused_at("https://norland.example/tag/ael/waters-of-the-ael", "", body), "");
  EXPECT_EQ(refused_at("https://norland.example/threads/ael.77/", "", body), "is a thread of a forum");
  EXPECT_EQ(refused_at("https://norland.example/threads/ael.77/", marked, body), "");
  EXPECT_EQ(refused_at("", "<meta property=\"og:type\" content=\"product\">", body), "describes a product");
  EXPECT_EQ(refused_at("", "<link rel=canonical href=https://norland.example/>", body), "is the front page of a site");
}

TEST(NoArticle, FewWordsAmidMuchElseNeedADateOrAnAuthor) {
  std::string menu;
  for (int i = 0; i < 40; ++i) menu += "<div>Offer " + std::to_string(i) + "</div>";
  const std::string body = "<div><h1>Waters of the Ael</h1>" + kBody + "</div>";
  EXPECT_EQ(refused_at("", "", body), "");
  EXPECT_EQ(refused_at("", "", body + menu), "holds too little text for an article that tells neither date nor author");
  EXPECT_EQ(refused_at("", "<meta name=author content='Ina Holt'>", body + menu), "");
}

TEST(HtmlArticle, PublisherIsTheTailOfTheTitleWhereNothingElseTellsIt) {
  const auto article = read(
      "<title>Waters of the Ael are shared - Norland Herald</title><h1>Waters of the Ael are shared"
      "</h1>" +
      kBody);
  ASSERT_TRUE(article);
  EXPECT_EQ(article->publisher, "Norland Herald");
  EXPECT_EQ(read("<title>Waters of the Ael - a treaty</title><h1>Waters of the Ael - a treaty</h1>" + kBody)->publisher,
            "");
}

TEST(JsonLd, FaultsAreMended) {
  StructuredData data;
  read_json_ld(
      "<!-- // note\n {\"@type\": \"Article\", /* c */ \"headline\": \"A \n B\\'s http://x\", \"url\": [\"u\"],} -->",
      data);
  EXPECT_TRUE(data.article);
  EXPECT_EQ(data.headline, "A   B's http://x");
  EXPECT_EQ(data.url, "u");
  StructuredData none;
  read_json_ld("{{{", none);
  EXPECT_FALSE(none.article);
}

TEST(JsonLd, MendingEndsWhereTheTextEnds) {
  for (const char* script : {"", "/", "/*", "//", "\"", "\"\\", "<!--", "<![CDATA[", ",", "}"}) mend_json(script);
}

TEST(HtmlArticle, ScrapsOfTextAreRefusedByTheirNumber) {
  Page page;
  page.place = "scraps.html";
  page.format = Format::kHtml;
  for (int i = 0; i < 10'000; ++i) page.bytes += "<p>x";
  const auto article = extract(page);
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().code, ErrorCode::kNoArticle);
  EXPECT_EQ(article.error().describe(),
            "scraps.html: holds more than 2200 scraps of text, as no page of its size does");
}

}  // namespace
}  // namespace dragoman::ingest
