// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "html/document.h"
#include "html/outline.h"

namespace dragoman::html {
namespace {

Document parse(const std::string& html) { return std::move(*Document::parse(html)); }

std::string blocks(const std::string& html) {
  const Document document = parse(html);
  const Outline page = outline(document);
  std::string all;
  for (const Block& block : page.blocks) all += page.path(block.element) + ": " + block.text + "\n";
  return all;
}

std::string repeat(std::string_view text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

size_t deepest(const Document& document) {
  size_t most = 0;
  for (const Element& element : outline(document).elements) most = std::max<size_t>(most, element.depth);
  return most;
}

TEST(Document, RepairsMarkupAsBrowsersDo) {
  const Document document = parse("<!doctype html><p>One<p>Two<table><td>Three");
  EXPECT_EQ(outline(document).path(outline(document).blocks[2].element), "body/table/tbody/tr/td");
  EXPECT_FALSE(document.guarded());
}

TEST(Document, AttributesAndText) {
  const Document document = parse("<title>A &amp; B</title><p id=x data-y>Text");
  EXPECT_EQ(document.head().text_content(), "A & B");
  const Node p = document.body().first_child();
  EXPECT_EQ(p.attribute("id"), "x");
  EXPECT_TRUE(p.has_attribute("data-y"));
  EXPECT_EQ(p.attribute("class"), "");
}

TEST(Document, EmptyHandleAnswersNothing) {
  EXPECT_EQ(Node().name(), "");
  EXPECT_EQ(Node().text_content(), "");
  EXPECT_FALSE(Node().first_child());
}

TEST(Document, EmptyPageHasABody) { EXPECT_TRUE(parse("").body()); }

TEST(Guard, DeepNestingKeepsItsText) {
  const Document document = parse(repeat("<div>", 100'000) + "deep" + repeat("</div>", 100'000) + "<p>after");
  EXPECT_TRUE(document.guarded());
  EXPECT_LE(deepest(document), 512U);
  ASSERT_EQ(outline(document).blocks.size(), 2U);
  EXPECT_EQ(outline(document).blocks[0].text, "deep");
  EXPECT_EQ(outline(document).path(outline(document).blocks[1].element), "body/p");
}

TEST(Guard, AttributeFlood) {
  std::string tag = "<p";
  for (int i = 0; i < 60'000; ++i) tag += " a" + std::to_string(i);
  const Document document = parse(tag + ">text");
  EXPECT_TRUE(document.guarded());
  EXPECT_EQ(outline(document).blocks[0].text, "text");
  const Node p = document.body().first_child();
  EXPECT_TRUE(p.has_attribute("a255"));
  EXPECT_FALSE(p.has_attribute("a256"));
}

size_t count(const Document& document, std::string_view name) {
  size_t found = 0;
  for (Node node = document.root(); node; node = next_node(node, document.root())) found += node.name() == name;
  return found;
}

TEST(Guard, OptionsOfAPageAreCounted) {
  const Document document = parse("<select>" + repeat("<option>x", 50'000) + "</select><p>after");
  EXPECT_TRUE(document.guarded());
  EXPECT_EQ(count(document, "option"), 512U);
  ASSERT_EQ(outline(document).blocks.size(), 1U);
  EXPECT_EQ(outline(document).blocks[0].text, "after");
}

TEST(Guard, OptionsBehindMuchElseAreFewer) {
  const Document document =
      parse("<select>" + repeat("<div>x</div>", 100'000) + repeat("<option>x", 500) + "</select>");
  EXPECT_TRUE(document.guarded());
  EXPECT_LT(count(document, "option"), 20U);
}

TEST(Guard, FewOptionsStay) {
  const Document document = parse("<select><optgroup>" + repeat("<option>x</option>", 300) + "</optgroup></select>");
  EXPECT_FALSE(document.guarded());
  EXPECT_EQ(count(document, "option"), 300U);
}

TEST(Guard, ChosenOptionsAreNotCopied) {
  const Document document = parse("<select><selectedcontent></selectedcontent><option selected><b>x</b></select>");
  EXPECT_EQ(count(document, "selectedcontent"), 0U);
  EXPECT_EQ(count(document, "b"), 1U);
}

TEST(Guard, EverNewNames) {
  std::string page;
  for (int i = 0; i < 20'000; ++i) {
    const std::string number = std::to_string(i);
    page += "<t" + number + " a" + number + "=v></t" + number + ">";
  }
  const Document document = parse(page + "<p>after");
  EXPECT_EQ(count(document, "p"), 1U);
  EXPECT_EQ(document.body().first_child().name(), "t0");
  EXPECT_EQ(document.body().first_child().attribute("a0"), "v");
}

TEST(Guard, UnclosedFormattingIsNotBuiltAnewForever) {
  std::string page;
  for (int i = 0; i < 2'000; ++i) page += "<font color=" + std::to_string(i) + ">";
  const Document document = parse(page + repeat("<p>x", 20'000));
  EXPECT_TRUE(document.guarded());
  EXPECT_EQ(outline(document).elements[0].text, 20'000U);
}

// Text in a table goes before it, wherever that stands among the open elements: from the depth limit on into a cell.
TEST(Guard, TextInDeepTablesGoesIntoACell) {
  const Document document = parse(repeat("<table><tr><td>x", 1'000) + repeat("<table>y", 1'000));
  EXPECT_TRUE(document.guarded());
  EXPECT_EQ(outline(document).elements[0].text, 2'000U);
  EXPECT_LT(count(document, "td"), 200U);
}

TEST(Guard, SecondBodiesAreCounted) {
  std::string page;
  for (int i = 0; i < 20'000; ++i) page += "<body a" + std::to_string(i) + ">";
  EXPECT_TRUE(parse(page).guarded());
}

// What is left out joins the texts around it; the parser copies a text whenever another joins it, so that without a
// break now and then a megabyte would take gigabytes.
TEST(Guard, TextsAreNotJoinedWithoutEnd) {
  const Document document = parse(repeat("<div>", 600) + repeat("<div>word ", 20'000));
  size_t longest = 0;
  for (Node node = document.body(); node; node = next_node(node, document.body()))
    longest = std::max(longest, node.text().size());
  EXPECT_LT(longest, 1000U);
  EXPECT_EQ(outline(document).elements[0].text, 99'999U);
}

TEST(Guard, TextsAroundTablesAreNotJoinedWithoutEnd) {
  for (const std::string piece : {"x<!-- -->", "x<table>", "<tr>x"}) {
    Limits limits;
    limits.machine_text = false;
    const auto document = Document::parse("<table>" + repeat(piece, 50'000), limits);
    size_t longest = 0;
    for (Node node = document->root(); node; node = next_node(node, document->root()))
      longest = std::max(longest, node.text().size());
    EXPECT_LT(longest, 2000U) << piece;
  }
}

TEST(Guard, ShortTagsWithoutEndAreCounted) {
  const Document document = parse(repeat("x<br>", 100'000));
  EXPECT_TRUE(document.guarded());
  EXPECT_FALSE(parse(repeat("<p>A line of a table or a list, as pages have them.", 15'000)).guarded());
}

std::string text_without_machine_text(const std::string& html) {
  Limits limits;
  limits.machine_text = false;
  return Document::parse(html, limits)->root().text_content();
}

TEST(MachineText, ScriptsStylesAndCommentsArePassedOver) {
  EXPECT_EQ(text_without_machine_text("a<script>if (x </scrip y) b</SCRIPT >c<style>p > a {}</style>d<!-- e -->f"),
            "acdf");
  EXPECT_EQ(text_without_machine_text("<script src='/x.js'></script>a<script></script>"), "a");
}

TEST(MachineText, JsonStays) {
  EXPECT_EQ(text_without_machine_text("<script type='application/ld+json'>{\"a\":1}</script>b"), "{\"a\":1}b");
}

TEST(MachineText, EndTagsInScriptsThatHideThemEndNothing) {
  const std::string page = "<script><!-- <script>x</script> --></script>after";
  EXPECT_EQ(Document::parse(page)->body().text_content(), "after");
  EXPECT_TRUE(text_without_machine_text(page).ends_with("after"));
  EXPECT_TRUE(text_without_machine_text("<noscript><div></noscript>after").ends_with("after"));
  EXPECT_EQ(text_without_machine_text("<script>no end </scripted>"), "no end </scripted>");
  EXPECT_EQ(text_without_machine_text("<style>no end </style"), "no end </style");
}

TEST(Document, TextContentStopsWhereAsked) { EXPECT_EQ(parse("<p>abc<b>def</b>ghi").body().text_content(5), "abcde"); }

TEST(Document, ElementsOfKinds) {
  const Document document = parse("<title>T</title><p>a<b>b</b><p>c");
  std::string names;
  for (const Node node : elements_of(document.root(), {Tag::kP, Tag::kTitle})) names.append(node.name()).append(" ");
  EXPECT_EQ(names, "title p p ");
  EXPECT_TRUE(elements_of(document.body().first_child(), {Tag::kTitle}).empty());
}

TEST(Outline, InsideKnowsAllAround) {
  const Document document = parse("<article><div><blockquote><p>x</p></blockquote></div></article><p>y");
  const Outline page = outline(document);
  EXPECT_TRUE(page.inside(page.blocks[0].element, Tag::kArticle));
  EXPECT_TRUE(page.inside(page.blocks[0].element, Tag::kBlockquote));
  EXPECT_TRUE(page.inside(page.blocks[0].element, Tag::kP));
  EXPECT_FALSE(page.inside(page.blocks[1].element, Tag::kArticle));
}

TEST(Outline, BlocksInOrder) {
  EXPECT_EQ(blocks("<div>Bare <b>bold</b> text<p>A  paragraph\n with <a href=x>link</a>.</p>tail</div>"),
            "body/div: Bare bold text\nbody/div/p: A paragraph with link.\nbody/div: tail\n");
}

TEST(Outline, BreaksAndPre) {
  EXPECT_EQ(blocks("one<br>two<br><br>three"), "body: one\ntwo\nbody: three\n");
  EXPECT_EQ(blocks("<pre>a  b\n c</pre>"), "body/pre: a b\nc\n");
}

TEST(Outline, LeavesOutWhatIsNotText) {
  EXPECT_EQ(blocks("<p>a<script>x</script><style>y</style><noscript>z</noscript><p>soft\xC2\xADhyphen&nbsp;here"),
            "body/p: a\nbody/p: softhyphen here\n");
  EXPECT_EQ(blocks("<p>a<p>\xE2\x80\x8D<p>\xE2\x80\x8D\xE2\x81\xA0<p>b\xE2\x80\x8D"),
            "body/p: a\nbody/p: b\xE2\x80\x8D\n");
}

TEST(Outline, FiguresOfSubtrees) {
  const Document document = parse("<div class='Nav mainMenu' hidden><a>12345</a><p>67890</p></div>");
  const Outline page = outline(document);
  const Element& div = page.elements[1];
  EXPECT_EQ(div.hints, "nav main-menu");
  EXPECT_TRUE(div.hidden);
  EXPECT_EQ(div.text, 10U);
  EXPECT_EQ(div.link, 5U);
  EXPECT_EQ(div.end, 4U);
  EXPECT_EQ(div.end_block, 2U);
  EXPECT_EQ(page.blocks[0].link, 5U);
}

}  // namespace
}  // namespace dragoman::html
