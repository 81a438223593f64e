// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace dragoman::bench {

/// Pages made to be slow to read, by name: each function makes one of about so many bytes.
using HostilePage = std::pair<std::string, std::function<std::string(size_t bytes)>>;

namespace hostile {

inline std::string repeated(std::string_view piece, size_t bytes, std::string_view before = "<!doctype html><body>",
                            std::string_view after = "") {
  std::string page(before);
  page.reserve(bytes + piece.size() + after.size());
  while (page.size() + after.size() < bytes) page += piece;
  return page += after;
}

/// `piece(i)` for i = 0, 1, …
template <class Piece>
std::string numbered(Piece piece, size_t bytes, std::string_view before = "<!doctype html><body>",
                     std::string_view after = "") {
  std::string page(before);
  page.reserve(bytes + 256);
  for (size_t i = 0; page.size() + after.size() < bytes; ++i) page += piece(std::to_string(i));
  return page += after;
}

inline const char* kSentence = "The council of the town met on Monday and agreed on the plan for the old harbour. ";

}  // namespace hostile

inline std::vector<HostilePage> hostile_pages() {
  using namespace hostile;
  const auto same = [](std::string piece, std::string before = "<!doctype html><body>", std::string after = "") {
    return [=](size_t bytes) { return repeated(piece, bytes, before, after); };
  };
  const std::string sentence = kSentence;
  return {
      {"nested div", same("<div>")},
      {"nested div with text", same("<div>word ")},
      {"nested span with text", same("<span>word ")},
      {"unclosed b", same("<b>")},
      {"unclosed b with text", same("<b>x")},
      {"unclosed a", same("<a href=/x>link ")},
      {"unclosed font of many colours",
       [](size_t bytes) { return numbered([](const std::string& i) { return "<font color=" + i + ">x"; }, bytes); }},
      {"formatting in each paragraph", same("<p><b><i><u><s><em><font>x")},
      {"misnested b and p", same("<b><p>x</b></p>")},
      {"misnested a and div", same("<a><div>x</a>")},
      {"attributes",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return " a" + i + "=1"; }, bytes, "<!doctype html><body><p",
                         ">text");
       }},
      {"attributes of many tags",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "<p a" + i + "=1 b" + i + "=2>x"; }, bytes);
       }},
      {"attribute of a megabyte",
       [](size_t bytes) { return repeated("value ", bytes, "<!doctype html><body><p class='", "'>text"); }},
      {"classes of a kilobyte",
       [](size_t bytes) {
         std::string classes;
         for (int i = 0; i < 120; ++i) classes += "related" + std::to_string(i) + " ";
         return repeated("<div class='" + classes + "'>x</div>", bytes);
       }},
      {"classes nested",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "<div class='a" + i + " b" + i + "'>x"; }, bytes);
       }},
      {"entities", same("&amp;&lt;&eacute;")},
      {"entities without end", same("&ampx")},
      {"entities of no name", same("&nosuchname; ")},
      {"ampersands", same("&")},
      {"entities by number", same("&#x1F600;&#9;&#0;&#x110000;")},
      {"entities in attributes", same("<p title='&amp;&notin;&not'>")},
      {"paragraphs", same("<p>x")},
      {"paragraphs of a sentence", same("<p>" + sentence)},
      {"paragraphs all alike in divs", same("<div><div><p>" + sentence + "</p></div></div>")},
      {"sections nested with sentences", same("<section><p>" + sentence + "</p>")},
      {"articles nested with sentences", same("<article><div class=content><p>" + sentence)},
      {"links", same("<p><a href='/a/b'>Read the whole story about it here</a>")},
      {"related boxes",
       same("<div class=related><h3>Related stories</h3><ul><li><a href=/x>One of them</a></ul></div>")},
      {"newsletter boxes", same("<div><p>Subscribe to our newsletter</p><p>Mail comes daily</p></div>")},
      {"line breaks", same("x<br>")},
      {"breaks alone", same("<br>")},
      {"cells", same("<td>x", "<!doctype html><body><table><tr>")},
      {"nested tables", same("<table><tr><td>x")},
      {"text in tables", same("<table>x")},
      {"options", same("<option>x", "<!doctype html><body><select>")},
      {"selects", same("<select><option>x</select>")},
      {"list items", same("<li>x", "<!doctype html><body><ul>")},
      {"definition lists", same("<dt>x<dd>y", "<!doctype html><body><dl>")},
      {"headings", same("<h1>" + sentence + "</h1>")},
      {"nested headings", same("<div><h1><div>" + sentence)},
      {"headings beside a long title",
       [=](size_t bytes) {
         const std::string title = numbered([](const std::string& i) { return "word" + i + " "; }, 4000, "");
         return repeated("<h1>word7 of them</h1><p>" + sentence + sentence + sentence + sentence, bytes,
                         "<!doctype html><title>" + title + "</title><meta property=og:title content='" + title + "'>");
       }},
      {"end tags", same("</p>")},
      {"end tags of no element", same("</div></b></x>")},
      {"tags of ever new names",
       [](size_t bytes) { return numbered([](const std::string& i) { return "<x" + i + ">"; }, bytes); }},
      {"html and body tags",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "<body a" + i + "=1><html b" + i + "=1>"; }, bytes);
       }},
      {"templates", same("<template>")},
      {"svg", same("<svg><g>")},
      {"math", same("<math><mi>")},
      {"forms", same("<form><input>")},
      {"buttons", same("<button>x")},
      {"frames", same("<iframe>x")},
      {"comments", same("<!-- -->")},
      {"comment without end", same("- > ", "<!doctype html><body><!--")},
      {"comment of dashes", same("-", "<!doctype html><body><!--")},
      {"scripts", same("<script>x</script>")},
      {"script without end", same("</scrip < ", "<!doctype html><body><script>")},
      {"script in comments", same("<!--<script>", "<!doctype html><body><script>")},
      {"style without end", same("<", "<!doctype html><body><style>")},
      {"title without end", same("&amp;</titl", "<!doctype html><title>")},
      {"textarea without end", same("</textare", "<!doctype html><body><textarea>")},
      {"cdata", same("<![CDATA[")},
      {"less-than signs", same("<")},
      {"open tags", same("<a ")},
      {"quotes", same("\"'")},
      {"doctypes", same("<!doctype html>")},
      {"zeros", same(std::string("x\0y", 3))},
      {"line ends", same("\r\n\r")},
      {"bytes of no charset", same("<p>\x81\xFF\xFE\x80 x")},
      {"bytes of latin-1", same("<p>caf\xE9 \xFC"
                                "ber stra\xDF"
                                "e")},
      {"bytes of windows-1251", same("<p>\xEF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0 ")},
      {"chinese", same("<p>\xE4\xB8\xAD\xE5\x9B\xBD\xE4\xBA\xBA\xE6\xB0\x91")},
      {"accents to be joined", same("<p>e\xCC\x81"
                                    "a\xCC\x80\xCC\x80\xCC\x80")},
      {"one accent after another", same("\xCC\x81\xCC\x80", "<!doctype html><body><p>e")},
      {"soft hyphens", same("\xC2\xAD")},
      {"spaces", same(" \n", "<!doctype html><body><p>x")},
      {"one long word", same("x")},
      {"one long paragraph", same(sentence)},
      {"meta tags",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "<meta name=n" + i + " content=x>"; }, bytes,
                         "<!doctype html>");
       }},
      {"meta tags of authors",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "<meta name=author content='Jane D" + i + " Doe'>"; }, bytes,
                         "<!doctype html>");
       }},
      {"meta tags of dates", same("<meta name=date content='a 2 b 3 c 4 d 5 e 6'>", "<!doctype html>")},
      {"time elements", same("<time datetime='2 b 3 c 4 d'>a 1 b 2 c 3</time>")},
      {"time elements nested", same("<div><time>1 a ")},
      {"bylines nested", same("<span class=author><script>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</script>")},
      {"bylines",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "<p class=byline>By Jane D" + i + " Doe</p>"; }, bytes);
       }},
      {"byline of brackets", same("(a)", "<!doctype html><body><p>By Jane Doe ")},
      {"dates", same("<p class=date>Monday, 3 of 4 and 5 of 6</p>")},
      {"pull quotes",
       same("<p>a a a a a a a a a a a a a a a a a a a a b<blockquote>\"a a a a a a a a a a a a a c\"</blockquote>")},
      {"JSON-LD without end", same("{\"@type\":[", "<!doctype html><script type=application/ld+json>")},
      {"JSON-LD nested",
       same("{\"@type\":\"NewsArticle\",\"a\":", "<!doctype html><script type=application/ld+json>", "1</script>")},
      {"JSON-LD of authors",
       [](size_t bytes) {
         return numbered([](const std::string& i) { return "{\"name\":\"Jane D" + i + " Doe\"},"; }, bytes,
                         "<!doctype html><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[",
                         "1]}</script>");
       }},
      {"JSON-LD of organisations",
       [](size_t bytes) {
         return numbered(
             [](const std::string& i) { return "{\"@type\":\"Organization\",\"name\":\"Daily " + i + " News\"},"; },
             bytes, "<!doctype html><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[",
             "1]}</script>");
       }},
      {"JSON-LD scripts",
       same("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":\"Jane Doe\"}</script>")},
      {"JSON-LD of one text",
       [sentence](size_t bytes) {
         return repeated(
                    sentence, bytes / 2,
                    "<!doctype html><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"",
                    "\"}</script>") +
                repeated("<p>The council of the town met again and ", bytes / 2, "<body>");
       }},
      {"JSON-LD of slashes", same("//", "<!doctype html><script type=application/ld+json>")},
      {"JSON-LD of open comments", same("/*", "<!doctype html><script type=application/ld+json>")},
      {"address of slashes",
       [](size_t bytes) {
         return repeated("2020/1/", bytes, "<!doctype html><link rel=canonical href='http://example.com/", "'>");
       }},
  };
}

}  // namespace dragoman::bench
