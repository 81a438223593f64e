// SPDX-License-Identifier: Apache-2.0
// Which bytes of a page the article's text is made of.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/files.h"
#include "ingest/extract.h"
#include "ingest/origins_check.h"

namespace dragoman::ingest {
namespace {

namespace fs = std::filesystem;

Page page_of(std::string bytes, Format format) {
  Page page;
  page.source = page.place = "page";
  page.format = format;
  page.bytes = std::move(bytes);
  return page;
}

Article traced(const Page& page) {
  const auto article = extract(page, {.origins = true});
  EXPECT_TRUE(article) << article.error().describe();
  return article ? *article : Article();
}

/// The bytes of the page that `words` of the text are made of.
std::string bytes_of(const Page& page, const Article& article, std::string_view words) {
  const size_t begin = article.text.find(words), end = begin + words.size();
  if (begin == std::string::npos) return "the text does not hold it";
  uint64_t from = UINT64_MAX, to = 0;
  for (const ByteOrigin& origin : article.origins) {
    if (origin.text.end <= begin || end <= origin.text.begin) continue;
    const size_t before = origin.by_byte() ? std::max<size_t>(begin, origin.text.begin) - origin.text.begin : 0;
    const size_t behind = origin.by_byte() ? origin.text.end - std::min<size_t>(end, origin.text.end) : 0;
    from = std::min(from, origin.begin + before);
    to = std::max(to, origin.end - behind);
  }
  return from > to ? "nothing" : page.bytes.substr(from, to - from);
}

const std::string kBefore = "<!doctype html><html><head><title>Harbour</title></head><body><article><h1>Harbour</h1>";
const std::string kParagraph =
    "<p>The council of the town met on Monday and agreed on the plan for the old harbour, which had been waiting.</p>";

TEST(Origins, NulIsReplacedWhereverItComesFrom) {
  using namespace std::string_literals;
  const std::string words = "The council of the town met\0on Monday and agreed on the plan for the old harbour."s;
  for (const Format format : {Format::kJsonLines, Format::kText, Format::kAuto}) {
    Page page = page_of(words + "\n\n" + std::string(1000, 'a') + ".", format);
    page.title = "Har\0bour"s;
    page.authors = {"Lea\0"s};
    page.url = "http://n\0"s;
    const Article article = traced(page);
    EXPECT_EQ(article.text.find('\0'), std::string::npos);
    EXPECT_EQ(article.title,
              "Har\xEF\xBF\xBD"
              "bour");
    EXPECT_EQ(article.authors, std::vector<std::string>{"Lea\xEF\xBF\xBD"});
    EXPECT_EQ(article.url, "http://n\xEF\xBF\xBD");
    EXPECT_EQ(bytes_of(page, article, "met\xEF\xBF\xBDon"), "met\0on"s);
    EXPECT_EQ(bytes_of(page, article, "Monday"), "Monday");
  }
}

TEST(Origins, ReferencesLineEndsAndMarksBetweenWords) {
  const Page page = page_of(kBefore + kParagraph +
                                "<p>The caf&eacute; of Smith&ampSons &#8212; once\r\n  a <b>ware</b>house<!-- old -->s "
                                "&lt;quay&gt; &notit;<br>north&nbsp;wall &amp;amp; gate\xC2\xADway was sold.</p>" +
                                kParagraph + "</article></body></html>",
                            Format::kHtml);
  const Article article = traced(page);
  EXPECT_EQ(OriginsCheck(page, article).mistake(), "");
  EXPECT_EQ(bytes_of(page, article, "caf\xC3\xA9 of"), "caf&eacute; of");
  EXPECT_EQ(bytes_of(page, article, "\xC3\xA9"), "&eacute;");
  EXPECT_EQ(bytes_of(page, article, "&Sons"), "&ampSons");
  EXPECT_EQ(bytes_of(page, article, "Sons"), "Sons");
  EXPECT_EQ(bytes_of(page, article, "\xE2\x80\x94 once"), "&#8212; once");
  EXPECT_EQ(bytes_of(page, article, "once a"), "once\r\n  a");
  EXPECT_EQ(bytes_of(page, article, "warehouses"), "ware</b>house<!-- old -->s");
  EXPECT_EQ(bytes_of(page, article, "<quay>"), "&lt;quay&gt;");
  EXPECT_EQ(bytes_of(page, article, "\xC2\xACit; north"), "&notit;<br>north");
  EXPECT_EQ(bytes_of(page, article, "north wall"), "north&nbsp;wall");
  EXPECT_EQ(bytes_of(page, article, "&amp; gate"), "&amp;amp; gate");
  EXPECT_EQ(bytes_of(page, article, "gateway"), "gate\xC2\xADway");
}

TEST(Origins, TextThatTheParserPutsElsewhere) {
  // Text between the cells of a table goes before the table; what follows </body> into it.
  const Page page =
      page_of("<!doctype html><title>Harbour</title><body><h1>Harbour</h1>" + kParagraph +
                  "<table><tr><td>The first cell of the table.</td>The words between the cells were "
                  "written by hand, and nobody noticed.<tr><td>&Auml;</td></table>" +
                  kParagraph + "</body><p>The last sentence of the page came in &uuml;ber the wire, as the " +
                  "agency said on Monday.</p></html>",
              Format::kHtml);
  const Article article = traced(page);
  EXPECT_EQ(OriginsCheck(page, article).mistake(), "");
  EXPECT_EQ(bytes_of(page, article, "between the cells were written"), "between the cells were written");
  EXPECT_EQ(bytes_of(page, article,
                     "in \xC3\xBC"
                     "ber the"),
            "in &uuml;ber the");
}

TEST(Origins, PreformattedTextAndTextWithoutMarkup) {
  const Page page =
      page_of(kBefore + kParagraph + "<pre>\nFirst line of the list of ships\r\n  and the second &gt; one</pre>" +
                  kParagraph + "<xmp>Five characters make &amp; in here, as they always did.</xmp>" + kParagraph,
              Format::kHtml);
  const Article article = traced(page);
  EXPECT_EQ(OriginsCheck(page, article).mistake(), "");
  EXPECT_EQ(bytes_of(page, article, "ships and the"), "ships\r\n  and the");
  EXPECT_EQ(bytes_of(page, article, "second > one"), "second &gt; one");
}

TEST(Origins, OtherCharsets) {
  const std::string before = "<!doctype html><meta charset=windows-1251><title>x</title><body><h1>x</h1>";
  const Page page = page_of(before + kParagraph +
                                "<p>\xCF\xF0\xE8\xE2\xE5\xF2 &amp; \xEC\xE8\xF0, said the mayor on Monday to "
                                "all who had come.</p>" +
                                kParagraph,
                            Format::kHtml);
  const Article article = traced(page);
  EXPECT_EQ(OriginsCheck(page, article).mistake(), "");
  EXPECT_EQ(bytes_of(page, article, "\xD0\xBF\xD1\x80\xD0\xB8"), "the text does not hold it");
  EXPECT_EQ(bytes_of(page, article, "\xD0\xBC\xD0\xB8\xD1\x80"), "\xEC\xE8\xF0");
  EXPECT_EQ(bytes_of(page, article, "\xD1\x82 & \xD0\xBC"), "\xF2 &amp; \xEC");
}

TEST(Origins, Utf16AndMarks) {
  const std::string text = "The caf\xC3\xA9 was sold on Monday, the mayor said.\n";
  std::string wide = "\xFF\xFE";
  for (const char16_t c : std::u16string(u"The caf\u00E9 was sold on Monday, the mayor said.\n")) {
    wide += static_cast<char>(c & 0xFF);
    wide += static_cast<char>(c >> 8);
  }
  const Page page = page_of(wide, Format::kText);
  const Article article = traced(page);
  EXPECT_EQ(bytes_of(page, article, "caf\xC3\xA9 w"), wide.substr(2 + 4 * 2, 6 * 2));

  const Page marked = page_of("\xEF\xBB\xBF" + text, Format::kText);
  EXPECT_EQ(traced(marked).origins.front(), (ByteOrigin{{0, 45}, 3, 48}));
}

TEST(Origins, BrokenSequencesAndComposedCharacters) {
  const std::string sound =
      "The caf\xC3\xA9 \xC3\xBC \xC3\xA4 \xC3\xB6 \xC3\x9F \xC3\xA8 was sold, and nobody in the town knew who had "
      "bought it. ";
  const Page page = page_of(sound + "A cafe\xCC\x81s is\xFF here  and e\xCC\x81 there.\n", Format::kText);
  const Article article = traced(page);
  EXPECT_EQ(bytes_of(page, article, "caf\xC3\xA9s"), "cafe\xCC\x81s");
  EXPECT_EQ(bytes_of(page, article, "\xEF\xBF\xBD"), "\xFF");
  EXPECT_EQ(bytes_of(page, article, "here and"), "here  and");
}

TEST(Origins, FragmentsAndJsonLines) {
  Page page = page_of(
      "<p>The caf&eacute; was sold on Monday, the mayor said to the paper.</p><p>Nobody &amp; nothing stayed.</p>",
      Format::kFragment);
  page.title = "Caf\xC3\xA9 sold";
  const Article article = traced(page);
  EXPECT_EQ(bytes_of(page, article, "caf\xC3\xA9 was"), "caf&eacute; was");
  EXPECT_EQ(bytes_of(page, article, "Nobody & nothing"), "Nobody &amp; nothing");
  EXPECT_EQ(bytes_of(page, article, "Caf\xC3\xA9 sold"), "nothing");  // the feed's title stands elsewhere

  const Page line = page_of("Caf\xC3\xA9 sold\n\nThe caf\xC3\xA9 was sold.", Format::kJsonLines);
  const Article taken = traced(line);
  EXPECT_EQ(bytes_of(line, taken, "The caf\xC3\xA9 was"), "The caf\xC3\xA9 was");
}

TEST(Origins, AreNotMadeUnasked) {
  const Page page = page_of(kBefore + kParagraph + kParagraph, Format::kHtml);
  const auto article = extract(page);
  ASSERT_TRUE(article);
  EXPECT_TRUE(article->origins.empty());
  EXPECT_EQ(article->text, traced(page).text);
}

TEST(Origins, WrongOnesAreFound) {
  const Page page =
      page_of(kBefore + kParagraph + "<p>The caf&eacute; was sold on Monday.</p>" + kParagraph, Format::kHtml);
  const Article right = traced(page);
  ASSERT_EQ(OriginsCheck(page, right).mistake(), "");
  Article wrong = right;
  ++wrong.origins.front().begin;
  ++wrong.origins.front().end;
  EXPECT_NE(OriginsCheck(page, wrong).mistake(), "");
  wrong = right;
  wrong.origins.pop_back();
  EXPECT_NE(OriginsCheck(page, wrong).mistake(), "");
}

TEST(Origins, OfAllPageCases) {
  size_t checked = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(DRAGOMAN_SOURCE_DIR) / "tests" / "pages")) {
    if (!entry.is_directory()) continue;
    const Page page = page_of(*base::read_file((entry.path() / "source.html").string()), Format::kHtml);
    const auto article = extract(page, {.origins = true});
    if (!article) continue;
    EXPECT_EQ(OriginsCheck(page, *article).mistake(), "") << entry.path();
    ++checked;
  }
  EXPECT_GE(checked, 5U);
}

}  // namespace
}  // namespace dragoman::ingest
