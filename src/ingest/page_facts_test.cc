// SPDX-License-Identifier: Apache-2.0
// What is told of an article beside its text: the day, the authors, the words under pictures.
#include <gtest/gtest.h>

#include "base/text.h"
#include "ingest/author_names.h"
#include "ingest/captions.h"
#include "ingest/extract.h"

namespace dragoman::ingest {
namespace {

const std::string kFirst =
    "<p>Norland and Sudmark have agreed to share the waters of the river Ael, ending a dispute of ten years.</p>";
const std::string kRest =
    "<p>\"We have found a way that both peoples can live with,\" Foreign Minister Ina Holt told reporters in "
    "Aelmouth.</p>"
    "<p>The parliament of Sudmark still has to approve the treaty, which its opposition has vowed to block.</p>";

Article read(const std::string& head, const std::string& body, const std::string& url = "") {
  Page page;
  page.source = page.place = "page.html";
  page.url = url;
  page.format = Format::kHtml;
  page.bytes = "<html lang=\"en-GB\"><head>" + head + "</head><body>" + body + "</body></html>";
  const auto article = extract(page);
  EXPECT_TRUE(article) << article.error().describe();
  return article ? *article : Article{};
}

// The day, the instant, and where the instant was read.
std::string dated(const Article& article) {
  if (!article.published) return "none";
  return article.published_day + " " + article.published->value + " " + article.dates.front().from;
}

const std::string kHeadline = "<h1>River treaty is signed</h1>";

TEST(PageDates, TheDayBesideTheHeadlineGoesBeforeOthersOnThePage) {
  const std::string today = "<div class=today>Monday, 9 June 2031</div>";
  const std::string teasers =
      "<ul><li><span class=date>8 June 2031</span> a<li><span class=date>7 June 2031</span> b"
      "<li><span class=date>6 June 2031</span> c<li><span class=date>5 June 2031</span> d</ul>";
  EXPECT_EQ(dated(read("", today + "<nav>" + teasers + "</nav>" + kHeadline + "<div>3 June 2031</div>" + kFirst +
                               kRest + teasers)),
            "2031-06-03 2031-06-03 text");
}

TEST(PageDates, LinesOfABlockAreReadByThemselves) {
  const std::string end = "<p>Last change: 9 June 2031<br>Published: 3 June 2031</p>";
  EXPECT_EQ(dated(read("", kHeadline + kFirst + kRest + end)), "2031-06-03 2031-06-03 text");
}

TEST(PageDates, ALineMayTellTwoDays) {
  for (const char* line :
       {"Updated 5 June 2031, 14:10 | Published 3 June 2031", "Published: 3 June 2031 - Last update: 5 June 2031",
        "Published 3 June 2031 | Updated 5 June 2031, 14:10"}) {
    EXPECT_EQ(dated(read("", kHeadline + "<div>" + line + "</div>" + kFirst + kRest)), "2031-06-03 2031-06-03 text")
        << line;
  }
}

TEST(PageDates, ALongParagraphMayBeginWithItsDay) {
  const std::string first =
      "<p>03.06.2031 – Norland and Sudmark have agreed to share the waters of the river Ael. "
      "Both parliaments will vote on the treaty before the end of the year, and if they pass it "
      "the first gates will be opened in spring, when the fields on both sides need the water. "
      "Farmers had asked for that since the drought of the last two summers, they said.</p>";
  EXPECT_EQ(dated(read("", kHeadline + first + kRest)), "2031-06-03 2031-06-03 text");
}

TEST(PageDates, NumbersAreReadInTheOrderOfThePagesLanguage) {
  EXPECT_EQ(dated(read("", kHeadline + "<div class=date>03/06/2031</div>" + kFirst + kRest)),
            "2031-06-03 2031-06-03 text");
  EXPECT_EQ(dated(read("", kHeadline + "<div class=date>31.05.31</div>" + kFirst + kRest)),
            "2031-05-31 2031-05-31 text");
}

TEST(PageDates, AnInstantInUtcKeepsTheDayThatReadersSaw) {
  const std::string head = "<meta property=\"article:published_time\" content=\"2031-06-04T02:25:54Z\">";
  const std::string seen = kHeadline + "<div class=date>3 June 2031</div>" + kFirst + kRest;
  const Article article = read(head, seen, "https://norland.example/2031/06/03/treaty");
  EXPECT_EQ(dated(article), "2031-06-03 2031-06-04T02:25:54Z meta article:published_time");
  // Nothing else tells the day: that of the instant.
  EXPECT_EQ(dated(read(head, kHeadline + kFirst + kRest)),
            "2031-06-04 2031-06-04T02:25:54Z meta article:published_time");
}

TEST(PageDates, LosersAreKeptBehindTheWinner) {
  const std::string head = "<meta property=\"article:published_time\" content=\"2031-06-03T10:00:00+02:00\">";
  const Article article = read(head, kHeadline + kFirst + kRest + "<p class=updated>Updated 5 June 2031</p>");
  ASSERT_EQ(article.dates.size(), 2U);
  EXPECT_EQ(article.dates[0].date.value, "2031-06-03T10:00:00+02:00");
  EXPECT_EQ(article.dates[1].date.value, "2031-06-05");
}

TEST(PageDates, OfAPageThatIsNoArticleInItsDataAndOfBrokenData) {
  const std::string page =
      "<script type=\"application/ld+json\">{\"@type\":\"WebPage\",\"datePublished\":\"2031-06-03\"}</script>";
  EXPECT_EQ(dated(read(page, kHeadline + kFirst + kRest)), "2031-06-03 2031-06-03 json-ld page");
  const std::string broken =
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"A \"B\" C\","
      "\"datePublished\":\"2031-06-03T10:00:00Z\"</script>";
  EXPECT_EQ(dated(read(broken, kHeadline + kFirst + kRest)), "2031-06-03 2031-06-03T10:00:00Z json-ld");
}

std::string names(std::string_view text) { return base::join(names_of_data(text), "; "); }

TEST(AuthorNames, PeopleAgenciesAndDesksOfData) {
  EXPECT_EQ(names("Lea Brandt"), "Lea Brandt");
  EXPECT_EQ(names("By Lea Brandt and Jo Lund, dpa"), "Lea Brandt; Jo Lund; dpa");
  EXPECT_EQ(names("Lea Brandt, Chief Correspondent"), "Lea Brandt");
  EXPECT_EQ(names("Lea Brandt Columnist"), "Lea Brandt");
  EXPECT_EQ(names("Lea Brandt | The Norland Herald"), "Lea Brandt");
  EXPECT_EQ(names("Norpress"), "Norpress");
  EXPECT_EQ(names("Lea Brandt og Jo Lund"), "Lea Brandt; Jo Lund");
}

TEST(AuthorNames, WhatIsNone) {
  for (const char* text :
       {"", "admin", "https://norland.example/lea", "lea@norland.example", "norland.example", "105092"}) {
    EXPECT_EQ(names(text), "") << text;
  }
}

TEST(Authors, AreLookedForByReferenceInByTheirPages) {
  const std::string graph =
      "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"#lea\"}},"
      "{\"@type\":\"Person\",\"@id\":\"#lea\",\"name\":\"Lea Brandt\"}]}</script>";
  EXPECT_EQ(read(graph, kHeadline + kFirst + kRest).authors, std::vector<std::string>{"Lea Brandt"});
  const std::string link = "<div><a href=\"/author/lea\">Lea Brandt</a></div>";
  EXPECT_EQ(read("", kHeadline + link + kFirst + kRest).authors, std::vector<std::string>{"Lea Brandt"});
}

TEST(Authors, ThePaperOnlyWhereNobodyElseIsNamed) {
  const std::string paper =
      "<meta property=og:site_name content=\"Norland Herald\"><meta name=author content=\"Norland Herald\">";
  const std::string byline = "<div class=byline>By Lea Brandt</div>";
  EXPECT_EQ(read(paper, kHeadline + byline + kFirst + kRest).authors, std::vector<std::string>{"Lea Brandt"});
}

std::vector<std::string> captions(const Article& article) {
  std::vector<std::string> found;
  for (const Block& block : article.blocks) {
    if (block.kind == BlockKind::kCaption) found.emplace_back(block.span.of(article.text));
  }
  return found;
}

TEST(Captions, AreToldFromCreditsAndDates) {
  const std::string figure =
      "<figure><img src=x><figcaption><span class=caption>Ina Holt arrives in Aelmouth for the talks."
      "</span><span class=sep> </span><div class=credit>Jo Lund</div></figcaption></figure>"
      "<figure><img src=y><figcaption>Photo: Jo Lund/Norpress</figcaption></figure>";
  EXPECT_EQ(captions(read("", "<article>" + kHeadline + kFirst + figure + kRest + "</article>")),
            std::vector<std::string>{"Ina Holt arrives in Aelmouth for the talks."});
}

TEST(Captions, BareCredits) {
  for (const char* text :
       {"Photo: Jo Lund/Norpress", "(Getty Images)", "\xC2\xA9 Jo Lund", "Foto: Norpress", "AFP/Jo Lund"}) {
    EXPECT_TRUE(is_bare_credit(text)) << text;
  }
  for (const char* text : {"Ina Holt arrives in Aelmouth. Photo: Jo Lund/Norpress",
                           "The image shows the river as it was before the dam was built in 2019 above the town."}) {
    EXPECT_FALSE(is_bare_credit(text)) << text;
  }
}

TEST(PageTitle, TheNameOfTheSiteIsNone) {
  const auto title = [](const std::string& head, const std::string& heading) {
    return read(head, "<h1>" + heading + "</h1>" + kFirst + kRest).title;
  };
  EXPECT_EQ(title("<title>River treaty is signed • Ina Holt</title>", "Ina Holt"), "River treaty is signed");
  EXPECT_EQ(title("<title>Notes of Ael: River treaty is signed</title><meta property=og:title "
                  "content='River treaty is signed'>",
                  "Notes of Ael"),
            "River treaty is signed");
  EXPECT_EQ(title("<title>Customs - News - New rules for the river trade</title>", "New rules for the river trade"),
            "New rules for the river trade");
}

TEST(PageTitle, IsWholeAndWithoutReferences) {
  const std::string cut = "River treaty is signed after ten years of talks in which both sides had threatened";
  const std::string head = "<meta property=og:title content='" + cut + " to leave | Norland Herald'>";
  EXPECT_EQ(read(head, "<h1>" + cut + "…</h1>" + kFirst + kRest).title, cut + " to leave");
  EXPECT_EQ(read("", "<h1>Fish &amp;#038; ships</h1>" + kFirst + kRest).title, "Fish & ships");
}

// Search engines are told the <h1> of a path to the page, readers what stands above the text.
TEST(PageTitle, AHeadingInThePathToThePageGivesWayToTheOneAboveTheText) {
  const std::string data =
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Two states share their river\"}"
      "</script><meta property=og:title content='River treaty of Norland and Sudmark: who gets the water?'>";
  const std::string first = "<h1>River treaty of Norland and Sudmark: who gets the water?</h1>";
  const auto title = [&](const std::string& path, const std::string& lower) {
    return read(data, path + "<article><h2>" + lower + "</h2>" + kFirst + kRest + "</article>").title;
  };
  for (const char* path : {"<nav>", "<ol><li>", "<div class=Breadcrumbs><span>"}) {
    EXPECT_EQ(title(path + first + "</nav></li></ol></span></div>", "Two states share their river"),
              "Two states share their river")
        << path;
  }
  const std::string said = "River treaty of Norland and Sudmark: who gets the water?";
  EXPECT_EQ(title(first, "Two states share their river"), said);
  EXPECT_EQ(title("<nav>" + first + "</nav>", "What the treaty says"), said);
  EXPECT_EQ(title("<nav>" + first + "</nav>", "<a href=/ael>Two states share their river</a>"), said);
}

TEST(PageTitle, WordsBeforeItAreAddedOnlyWhereTheyAreMeant) {
  const auto title = [](const std::string& headline, const std::string& open_graph, const std::string& heading) {
    return read("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"" + headline +
                    "\"}</script><meta property=og:title content='" + open_graph + "'>",
                "<h1>" + heading + "</h1>" + kFirst + kRest)
        .title;
  };
  const std::string river = "River treaty is signed";
  EXPECT_EQ(title("Comment: " + river, "Comment: " + river, river), "Comment: " + river);
  EXPECT_EQ(title("Aelmouth - " + river, river, river), river);                // the head tells it too
  EXPECT_EQ(title("Opinion | " + river, "Opinion | " + river, river), river);  // a section
  EXPECT_EQ(title(river, river, "Opinion " + river), river);
  EXPECT_EQ(title(river, river, river + " | The Aelmouth Courier"), river);
}

}  // namespace
}  // namespace dragoman::ingest
