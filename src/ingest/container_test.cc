// SPDX-License-Identifier: Apache-2.0
#include "ingest/container.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "ingest/extract.h"
#include "ingest/mail.h"
#include "ingest/zip.h"

namespace dragoman::ingest {
namespace {

std::unique_ptr<Container> open(const std::string& name, const std::string& bytes, size_t piece = 1'000'000) {
  return open_container(std::make_unique<Stream>(name,
                                                 [bytes, piece, at = size_t{0}](std::string& out) mutable {
                                                   if (at >= bytes.size()) return false;
                                                   out += bytes.substr(at, piece);
                                                   at += piece;
                                                   return true;
                                                 }),
                        Format::kAuto);
}

// "SOURCE [PLACE] TITLE | TEXT", one line a page, blocks parted by " / "; errors begin with "!".
std::string read(const std::string& name, const std::string& bytes, size_t piece = 1'000'000) {
  const auto container = open(name, bytes, piece);
  std::string out;
  while (const auto page = container->next()) {
    if (!*page) {
      out += "!" + page->error().describe() + "\n";
      continue;
    }
    const auto article = extract(**page);
    out += (*page)->source + " [" + (*page)->place + "] " + (*page)->title + " | ";
    if (!article) {
      out += "!" + article.error().describe() + "\n";
      continue;
    }
    std::string text = article->text;
    for (size_t at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at)) text.replace(at, 2, " / ");
    out += text + "\n";
  }
  return out;
}

Article first(const std::string& name, const std::string& bytes) {
  const auto page = open(name, bytes)->next();
  EXPECT_TRUE(page && *page);
  const auto article = extract(**page);
  EXPECT_TRUE(article);
  return *article;
}

std::string dates(const Article& article) {
  std::string out;
  for (const DateEvidence& one : article.dates) out += one.from + "=" + one.date.value + ";";
  return out;
}

TEST(Csv, ColumnsAreFoundByName) {
  const std::string table =
      "Headline,ID,Date,Body,Rank\r\n"
      "Talks begin,a1,2031-03-03,\"Norland and Sudmark met, she said.\nThey \"\"agreed\"\".\",3\r\n"
      "\r\n"
      "Talks end,,2031-03-04,Both sides went home.,4\r\n";
  for (const size_t piece : {size_t{1}, size_t{1'000}}) {
    EXPECT_EQ(read("t.csv", table, piece),
              "t.csv#a1 [t.csv:2] Talks begin | Norland and Sudmark met, she said.\nThey \"agreed\".\n"
              "t.csv#5 [t.csv:5] Talks end | Both sides went home.\n");
  }
  EXPECT_EQ(dates(first("t.csv", table)), "container=2031-03-03;");
}

TEST(Csv, IsKnownByItsFirstLineWhateverItsName) {
  EXPECT_EQ(read("dump", "id;text\n7;Norland met Sudmark.\n"), "dump#7 [dump:2]  | Norland met Sudmark.\n");
  EXPECT_EQ(read("dump", "text\tauthor\nNorland met Sudmark.\tLea Brandt\n"),
            "dump#2 [dump:2]  | Norland met Sudmark.\n");
  EXPECT_EQ(first("dump", "text\tauthor\nNorland met Sudmark.\tLea Brandt\n").authors,
            std::vector<std::string>{"Lea Brandt"});
  // Prose with commas is no table.
  EXPECT_EQ(read("prose", "Text, he said, and title.\nNorland met Sudmark again on Monday."),
            "prose [prose]  | Text, he said, and title. / Norland met Sudmark again on Monday.\n");
}

TEST(Csv, BrokenRowsAreNamedAndTheOthersRead) {
  EXPECT_EQ(read("t.csv", "id,text\n1,One thing.\n2,Two,things.\n3,\"Three\" things.\n4,\n5,\"Five.\n6,Six things.\n"),
            "t.csv#1 [t.csv:2]  | One thing.\n"
            "!t.csv:3: is a row of 3 fields where the first row names 2\n"
            "!t.csv:4: is a row with a character behind a closing quotation mark\n"
            "!t.csv:5: is a row without text\n"
            "!t.csv:6: is a row with a quotation mark that is not closed\n"
            "t.csv#6 [t.csv:7]  | Six things.\n");
  EXPECT_EQ(read("t.csv", "id,words\n1,One.\n"),
            "!t.csv:1: names no column \"text\" (or body, content, article, html) in its first row\n");
}

constexpr const char* kRss =
    "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:dc=\"d\" xmlns:content=\"c\"><channel>\n"
    "<title>Norland Herald</title><image><url>http://n/i.png</url><title>Herald</title></image>\n"
    "<item><title>Border &amp;amp; treaty</title><link>http://n/1</link><dc:creator>Lea Brandt</dc:creator>\n"
    "  <pubDate>Mon, 03 Mar 2031 18:20:00 +0100</pubDate><category>Politics</category>\n"
    "  <description>The treaty ends a dispute.</description>\n"
    "  <content:encoded><![CDATA[<p>Norland approved the treaty on Monday.</p><p>Sudmark did <b>not</b>.</p>]]>"
    "</content:encoded></item>\n"
    "<item><title>Dockers strike</title><link>http://n/2</link><description>Dockers &lt;i&gt;left&lt;/i&gt; the quay."
    "</description></item>\n";

TEST(Feed, RssGivesTextsAndSummaries) {
  const std::string feed = std::string(kRss) + "</channel></rss>";
  EXPECT_EQ(read("f.xml", feed),
            "f.xml#http://n/1 [f.xml:4] Border & treaty | Border & treaty / Norland approved the treaty on Monday. / "
            "Sudmark did not.\n"
            "f.xml#http://n/2 [f.xml:8] Dockers strike | Dockers strike / Dockers left the quay.\n");
  const Article article = first("f.xml", feed);
  EXPECT_EQ(article.authors, std::vector<std::string>{"Lea Brandt"});
  EXPECT_EQ(article.publisher, "Norland Herald");
  EXPECT_EQ(article.subtitle, "The treaty ends a dispute.");
  EXPECT_EQ(article.tags, std::vector<std::string>{"Politics"});
  EXPECT_EQ(article.url, "http://n/1");
  EXPECT_FALSE(article.summary);
  EXPECT_EQ(article.published->value, "2031-03-03T18:20:00+01:00");
  EXPECT_EQ(dates(article), "feed pubDate=2031-03-03T18:20:00+01:00;");
  const auto container = open("f.xml", feed);
  (void)container->next();
  const auto second = container->next();
  EXPECT_TRUE((*second)->summary);
  EXPECT_TRUE(extract(**second)->summary);
}

TEST(Feed, BrokenItemsAreNamedAndTheOthersRead) {
  EXPECT_EQ(read("f.xml", std::string(kRss) + "<item><link>http://n/3</link></item>\n<item><title>Four\n"
                                              "<item><title>Five comes</title></item></channel></rss>"),
            "f.xml#http://n/1 [f.xml:4] Border & treaty | Border & treaty / Norland approved the treaty on Monday. / "
            "Sudmark did not.\n"
            "f.xml#http://n/2 [f.xml:8] Dockers strike | Dockers strike / Dockers left the quay.\n"
            "!f.xml:9: is an item without title and text\n"
            "!f.xml:10: is an item that does not end\n"
            "f.xml#5 [f.xml:11] Five comes | Five comes\n");
  EXPECT_EQ(read("f.xml", "<rss><channel><item><title>One comes</title></item>\n<item><title>Tw"),
            "f.xml#1 [f.xml:1] One comes | One comes\n"
            "!f.xml:2: is an item that does not end\n"
            "!f.xml:2: is a feed that is cut off\n");
  EXPECT_EQ(read("f.xml", "<rss><channel></channel></rss>"), "!f.xml: is a feed without items\n");
}

TEST(Feed, Atom) {
  const std::string feed =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Herald</title><entry><title type=\"html\">A &amp;lt;b&amp;gt;"
      "</title><id>urn:1</id><link rel=\"self\" href=\"http://n/self\"/><link href=\"http://n/1\"/>"
      "<updated>2031-03-03T10:00:00Z</updated><author><name>Lea Brandt</name><email>l@n</email></author>"
      "<content type=\"xhtml\"><div><p>Norland met Sudmark.</p><ul><li>One point of it.</li></ul></div></content>"
      "</entry></feed>";
  EXPECT_EQ(read("a.xml", feed),
            "a.xml#http://n/1 [a.xml:1] A <b> | A <b> / Norland met Sudmark. / One point of it.\n");
  const Article article = first("a.xml", feed);
  EXPECT_EQ(article.authors, std::vector<std::string>{"Lea Brandt"});
  EXPECT_EQ(dates(article), "feed updated=2031-03-03T10:00:00Z;");
  EXPECT_EQ(article.blocks.back().kind, BlockKind::kListItem);
}

TEST(Feed, NewsSitemapsTellHeadlinesAndOthersNothing) {
  EXPECT_EQ(read("s.xml",
                 "<urlset xmlns:news=\"n\"><url><loc>http://n/1</loc><news:news><news:publication><news:name>Herald"
                 "</news:name></news:publication><news:publication_date>2031-03-03</news:publication_date>"
                 "<news:title>Dockers strike in Aelmouth</news:title></news:news></url></urlset>"),
            "s.xml#http://n/1 [s.xml:1] Dockers strike in Aelmouth | Dockers strike in Aelmouth\n");
  EXPECT_EQ(read("s.xml", "<urlset><url><loc>http://n/1</loc></url></urlset>"),
            "!s.xml: tells addresses alone, neither titles nor texts; nothing is fetched, give the pages themselves\n");
  EXPECT_EQ(read("s.xml", "<sitemapindex><sitemap><loc>http://n/s</loc></sitemap></sitemapindex>"),
            "!s.xml: is a list of sitemaps; nothing is fetched, give those themselves\n");
}

TEST(Feed, OfWordPressExportsTheTextIsReadNotTheExcerpt) {
  const auto item = [](const std::string& excerpt) {
    return "<rss><channel><item><title>Talks</title><link>http://n/1</link><description></description>"
           "<content:encoded>&lt;p&gt;Norland met Sudmark.&lt;/p&gt;</content:encoded><excerpt:encoded>" +
           excerpt + "</excerpt:encoded></item></channel></rss>";
  };
  const std::string text = "f.xml#http://n/1 [f.xml:1] Talks | Talks / Norland met Sudmark.\n";
  EXPECT_EQ(read("f.xml", item("")), text);
  EXPECT_EQ(read("f.xml", item("They met.")), text);
  EXPECT_EQ(first("f.xml", item("They met.")).subtitle, "They met.");
  EXPECT_EQ(read("f.xml",
                 "<rss><channel><item><title>Talks</title><excerpt:encoded>They met.</excerpt:encoded></item>"
                 "</channel></rss>"),
            "f.xml#1 [f.xml:1] Talks | Talks / They met.\n");
}

TEST(Feed, NoMoreThanAHundredTagsAndAuthorsAreKept) {
  std::string item = "<item><title>Talks</title>", json;
  for (int i = 0; i < 50'000; ++i) {
    const std::string number = std::to_string(i);
    item += "<category>t" + number + "</category><dc:creator>n" + number + "@n</dc:creator><category>t1</category>";
    item += "<author><name>desk " + number + "</name></author>";
    json += (i == 0 ? "\"t" : ",\"t") + number + "\"";
  }
  const Article article = first("f.xml", "<rss><channel>" + item + "</item></channel></rss>");
  EXPECT_EQ(article.tags.size(), 100U);
  EXPECT_EQ(article.tags.back(), "t99");
  EXPECT_EQ(article.authors.size(), 100U);
  EXPECT_EQ(first("f.json",
                  "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"title\": \"Talks\", \"tags\": [" +
                      json + "]}]}")
                .tags.size(),
            100U);
}

TEST(Feed, ADtdIsPassedOver) {
  EXPECT_EQ(
      read("f.xml",
           "<?xml version=\"1.0\"?><!DOCTYPE rdf:RDF [<!ENTITY % a PUBLIC \"-//N//A>\" 'x]>'> %a; <!-- it's > -->\n"
           "<?p ]> ?> ]><rdf:RDF><item><title>Talks</title></item></rdf:RDF>"),
      "f.xml#1 [f.xml:2] Talks | Talks\n");
  // One that does not end.
  EXPECT_EQ(read("f.xml", "<!DOCTYPE rss [><rss><channel><item><title>Talks</title></item></channel></rss>"),
            "f.xml#1 [f.xml:1] Talks | Talks\n");
}

TEST(Feed, AddressesAreSeenFromTheFeed) {
  const auto url = [](const std::string& head, const std::string& item) {
    return first("f.xml", "<rss><channel>" + head + "<item><title>Talks</title>" + item + "</item></channel></rss>")
        .url;
  };
  const std::string site = "<link>http://n.example/</link>",
                    itself = "<atom:link rel='self' href='http://n.example/f/x'/>";
  EXPECT_EQ(url(site, "<link>/1?a=1&amp;b=2</link>"), "http://n.example/1?a=1&b=2");
  EXPECT_EQ(url(itself, "<link>1</link>"), "http://n.example/f/1");
  EXPECT_EQ(url(itself + site, "<link>1</link>"), "http://n.example/1");
  EXPECT_EQ(url("", "<link>/1</link>"), "/1");
  EXPECT_EQ(url(site, "<link>javascript:alert(1)</link>"), "");
  EXPECT_EQ(url(site, "<link>http://m.example/1</link>"), "http://m.example/1");
  EXPECT_EQ(url(site, "<guid>http://n.example/1</guid><link></link>"), "http://n.example/1");
  EXPECT_EQ(url(site, "<guid isPermaLink='false'>http://n.example/1</guid>"), "");
  EXPECT_EQ(url(site, "<guid>77</guid>"), "");
  EXPECT_EQ(first("a.xml",
                  "<feed xml:base='http://n.example/a/'><link href='http://m.example/'/><entry xml:base='b/'>"
                  "<title>Talks</title><link href='1'/></entry></feed>")
                .url,
            "http://n.example/a/b/1");
  EXPECT_EQ(first("f.json",
                  "{\"version\": \"https://jsonfeed.org/version/1.1\", \"home_page_url\": \"http://n.example\",\n"
                  "\"items\": [{\"url\": \"/1\", \"title\": \"Talks\"}]}")
                .url,
            "http://n.example/1");
}

TEST(Feed, JsonFeed) {
  const std::string feed =
      "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Herald\", \"items\": [\n"
      "{\"id\": \"1\", \"url\": \"http://n/1\", \"title\": \"Talks\", \"content_text\": \"Norland met Sudmark.\",\n"
      "\"date_published\": \"2031-03-03T10:00:00Z\", \"authors\": [{\"name\": \"Lea Brandt\"}]}, 7, {\"id\": \"2\"}]}";
  EXPECT_EQ(read("f.json", feed),
            "f.json#http://n/1 [f.json:1] Talks | Norland met Sudmark.\n"
            "!f.json:2: is an item that is no object\n!f.json:3: is an item without title and text\n");
  EXPECT_EQ(dates(first("f.json", feed)), "feed date_published=2031-03-03T10:00:00Z;");
}

constexpr const char* kMail =
    "Return-Path: <l@n>\r\nMIME-Version: 1.0\r\nFrom: =?utf-8?q?Lea_Br=C3=A4ndt?= <l@n>\r\n"
    "Subject: =?iso-8859-1?B?R3L832U=?=\r\n =?utf-8?q?_from_Aelmouth?=\r\n"
    "Date: Mon, 3 Mar 2031 18:20:00 +0100 (CET)\r\n"
    "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\nFor old programs.\r\n"
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "See the page.\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>The minister of Norl=\r\nand met Br=E4ndt.</p>\r\n";

TEST(Mail, AlternativesCharsetsAndEncodings) {
  EXPECT_EQ(read("m.eml", std::string(kMail) + "--b--\r\n"),
            "m.eml [m.eml] Gr\u00FC\u00DFe from Aelmouth | Gr\u00FC\u00DFe from Aelmouth / The minister of Norland met "
            "Br\u00E4ndt.\n");
  const Article article = first("m.eml", std::string(kMail) + "--b--\r\n");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Lea Br\u00E4ndt"});
  EXPECT_EQ(dates(article), "mail Date=2031-03-03T18:20:00+01:00;");
  EXPECT_EQ(read("m.eml",
                 "MIME-Version: 1.0\nSubject: Talks\nContent-Transfer-Encoding: base64\n\n"
                 "Tm9ybGFuZCBtZXQgU3VkbWFyay4=\n"),
            "m.eml [m.eml] Talks | Norland met Sudmark.\n");
}

TEST(Mail, WhatIsCutOffOrWithoutTextIsTold) {
  EXPECT_EQ(read("m.eml", kMail),
            "m.eml [m.eml] Gr\u00FC\u00DFe from Aelmouth | Gr\u00FC\u00DFe from Aelmouth / The minister of Norland met "
            "Br\u00E4ndt.\n!m.eml: is cut off: its last part does not end\n");
  EXPECT_EQ(read("m.eml", "MIME-Version: 1.0\nSubject: Picture\nContent-Type: image/png\n\nxx\n"),
            "!m.eml: is a mail without text\n");
  // A copied page that speaks of senders is no mail.
  EXPECT_EQ(read("t", "From: the minister\n\nNorland met Sudmark."),
            "t [t]  | From: the minister / Norland met Sudmark.\n");
}

TEST(Mail, Base64MayBePaddedInEachLine) {
  const std::string head = "MIME-Version: 1.0\nSubject: Talks\nContent-Transfer-Encoding: base64\n\n";
  const std::string text = "m.eml [m.eml] Talks | Norland met Sudmark.\n";
  EXPECT_EQ(read("m.eml", head + "Tm9ybGFuZCBtZQ==\r\ndCBTdWRtYXJrLg==\r\n"), text);
  EXPECT_EQ(read("m.eml", head + "Tm9ybGFuZCBtZQ==dCBTdWRtYXJrLg==\n"), text);
  EXPECT_EQ(read("m.eml", head + "Tm9ybGFuZCBtZXQgU3VkbWFyay4=\n\n-- \nThe list of Norland\n"), text);
}

// "Talks" in Japanese signs.
constexpr const char* kTalks = "\x1B$B2qCL\x1B(B";

TEST(Mail, Iso2022JpInSubjectAndText) {
  const std::string read_as = "m.eml [m.eml] \u4F1A\u8AC7 | \u4F1A\u8AC7 \u4F1A\u8AC7.\n";
  for (const std::string& subject : {std::string(kTalks), std::string("=?ISO-2022-JP?B?GyRCMnFDTBsoQg==?=")}) {
    for (const char* label : {"; charset=iso-2022-jp", ""}) {
      EXPECT_EQ(read("m.eml", "MIME-Version: 1.0\nSubject: " + subject + "\nContent-Type: text/plain" + label + "\n\n" +
                                  kTalks + " " + kTalks + ".\n"),
                read_as);
    }
  }
  EXPECT_EQ(read("f.xml", std::string("<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><rss><channel><item><title>") +
                              kTalks + "</title></item></channel></rss>"),
            "f.xml#1 [f.xml:1] \u4F1A\u8AC7 | \u4F1A\u8AC7\n");
}

std::string mail(const std::string& subject, const std::string& text) {
  return "From l@n Mon Mar  3 18:20:00 2031\nMessage-ID: <1@n>\nSubject: " + subject + "\n\n" + text + "\n\n";
}

TEST(Mailbox, EachMailIsADocument) {
  const std::string box = mail("One", "Norland met Sudmark.\n\n>From there they left.\n\nFrom now on: peace.") +
                          mail("Two", "Sudmark met Norland.\nFrom: nobody") + mail("Three", "They met again.");
  std::string windows = box;
  for (size_t at = windows.find('\n'); at != std::string::npos; at = windows.find('\n', at + 2))
    windows.insert(at, 1, '\r');
  for (const size_t piece : {size_t{110}, size_t{1'000'000}}) {
    for (const std::string& bytes : {box, windows}) {
      EXPECT_EQ(read("box", bytes, piece),
                "box#1 [box:1] One | Norland met Sudmark. / From there they left. / From now on: peace.\n"
                "box#2 [box:11] Two | Sudmark met Norland. / From: nobody\n"
                "box#3 [box:18] Three | They met again.\n");
    }
  }
  EXPECT_EQ(read("box", mail("One", "Norland met Sudmark.")), "box [box] One | Norland met Sudmark.\n");
}

TEST(Mailbox, OneThatCannotBeReadDoesNotStopTheOthers) {
  EXPECT_EQ(read("box", mail("One", "Norland met Sudmark.") +
                            "From l@n Mon Mar  3 18:20:00 2031\nContent-Type: image/png\n\nAAAA\n\n" +
                            mail("Three", "They met again.")),
            "box#1 [box:1] One | Norland met Sudmark.\n"
            "!box:7: is a mail without text\n"
            "box#3 [box:12] Three | They met again.\n");
}

TEST(Mail, EncodedWords) {
  EXPECT_EQ(decoded_header("=?utf-8?Q?a?= =?utf-8?Q?b?= c =?bad"), "ab c =?bad");
  EXPECT_EQ(decoded_header("=?utf-8*en?q?a_b?="), "a b");
}

TEST(Mail, SavedPages) {
  const auto page =
      *open("p.mht",
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://n/1\r\nSubject: Talks\r\n"
            "Date: Tue, 4 Mar 2031 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n"
            "----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            "Content-Location: http://n/1\r\n\r\n<p class=3D\"a\">One\r\n"
            "----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----x--\r\n")
           ->next();
  ASSERT_TRUE(page);
  EXPECT_EQ(page->bytes, "<p class=\"a\">One\r\n");
  EXPECT_EQ(page->url, "http://n/1");
  EXPECT_EQ(page->published, "");  // the date of saving tells nothing
  EXPECT_EQ(page->format, Format::kHtml);
}

TEST(Container, ArchivesThatBeginWithSomethingElseAreRead) {
  const std::string record =
      "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a/1\r\nContent-Type: text/plain\r\n"
      "Content-Length: 20\r\n\r\nNorland met Sudmark.\r\n\r\n";
  const std::string text =
      "!a.warc: begins with 11 bytes that are no record\na.warc#http://a/1 [a.warc:1]  | Norland met Sudmark.\n";
  EXPECT_EQ(read("a.warc", "</b> rubbish\n" + record).substr(0, 22), "!a.warc: begins with 1");
  EXPECT_EQ(read("a.warc", "Rubbish of\n" + record), text);
  EXPECT_EQ(read("a.warc", "\r\n" + record), text.substr(text.find('\n') + 1));
  // A page that shows a record, and words about them.
  EXPECT_EQ(open("a", "<!doctype html><pre>\n" + record)->next()->value().source, "a");
  EXPECT_EQ(open("a", "They begin with\nWARC/1.0\nand end somewhere.")->next()->value().source, "a");
}

std::string little_endian(uint64_t number, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
  return out;
}

std::string deflated(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A file in a ZIP archive: packed or stored, with its sizes in front or behind.
std::string zipped(const std::string& name, const std::string& bytes, bool pack = true, bool behind = false,
                   int flags = 0, int wrong = 0) {
  const std::string body = pack ? deflated(bytes) : bytes;
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())) + wrong;
  const std::string sizes = little_endian(sum, 4) + little_endian(body.size(), 4) + little_endian(bytes.size(), 4);
  return "PK\x03\x04" + little_endian(20, 2) + little_endian(flags | (behind ? 8 : 0), 2) +
         little_endian(pack ? 8 : 0, 2) + little_endian(0, 4) + (behind ? std::string(12, '\0') : sizes) +
         little_endian(name.size(), 2) + little_endian(0, 2) + name + body + (behind ? "PK\x07\x08" + sizes : "");
}

const std::string kDirectoryMark = std::string("PK\x01\x02", 4) + std::string(60, '\0');

TEST(Zip, FilesOfAllKindsAreRead) {
  const std::string archive = zipped("a/one.txt", "Norland met Sudmark.") + zipped("a/", "", false) +
                              zipped("a/style.css", "p {}") + zipped("__MACOSX/a/._one.txt", "x") +
                              zipped("a/two.txt", "Sudmark met Norland.", true, true) +
                              zipped("rows.csv", "id,text\n7,They met again.\n", false) + kDirectoryMark;
  for (const size_t piece : {size_t{1}, size_t{1'000'000}}) {
    EXPECT_EQ(read("z.zip", archive, piece),
              "z.zip#a/one.txt [z.zip#a/one.txt]  | Norland met Sudmark.\n"
              "z.zip#a/two.txt [z.zip#a/two.txt]  | Sudmark met Norland.\n"
              "z.zip#rows.csv#7 [z.zip#rows.csv:2]  | They met again.\n");
  }
}

TEST(Zip, WhatCannotBeReadIsNamedAndTheOthersRead) {
  EXPECT_EQ(
      read("z.zip", zipped("secret.txt", "Words.", true, false, 1) + zipped("bad.txt", "Words.", true, false, 0, 1) +
                        zipped("in.zip", zipped("a.txt", "A."), false) + zipped("good.txt", "Norland met Sudmark.") +
                        kDirectoryMark),
      "!z.zip#secret.txt: is encrypted\n"
      "!z.zip#bad.txt: is damaged: its checksum is another\n"
      "!z.zip#in.zip: is a ZIP archive within another; unpack that one first\n"
      "z.zip#good.txt [z.zip#good.txt]  | Norland met Sudmark.\n");
  const std::string cut = zipped("one.txt", "Norland met Sudmark.") + zipped("two.txt", "Cut off.", false);
  EXPECT_EQ(read("z.zip", cut.substr(0, cut.size() - 3)),
            "z.zip#one.txt [z.zip#one.txt]  | Norland met Sudmark.\n!z.zip#two.txt: is cut off\n"
            "!z.zip: is a ZIP archive that is cut off\n");
  EXPECT_EQ(read("d.docx", zipped("[Content_Types].xml", "<Types/>") + kDirectoryMark),
            "!d.docx: is an office document\n");
  EXPECT_EQ(read("z.zip", std::string("PK\x05\x06", 4) + std::string(18, '\0')),
            "!z.zip: is a ZIP archive without files\n");
}

TEST(Zip, NamesThatLeadOutOfTheArchiveAreTold) {
  EXPECT_EQ(read("z.zip", zipped("../../a.txt", "Norland met Sudmark.") + zipped("b/..\\..\\c.txt", "Norland.") +
                              zipped("./b/.c.txt", "Hidden.") + zipped("./d..txt", "Sudmark met Norland.") +
                              zipped("../e.css", "p {}") + kDirectoryMark),
            "!z.zip#../../a.txt: has \"..\" in its name, which leads out of the archive; it is not read\n"
            "!z.zip#b/..\\..\\c.txt: has \"..\" in its name, which leads out of the archive; it is not read\n"
            "z.zip#./d..txt [z.zip#./d..txt]  | Sudmark met Norland.\n");
}

TEST(Zip, BombsAreNotUnpacked) {
  EXPECT_EQ(read("z.zip", zipped("bomb.txt", std::string(30 << 20, 'a')) + zipped("good.txt", "Norland met Sudmark.") +
                              kDirectoryMark),
            "!z.zip#bomb.txt: unpacks to more than 200 times its size, as no page does\n"
            "z.zip#good.txt [z.zip#good.txt]  | Norland met Sudmark.\n");
}

}  // namespace
}  // namespace dragoman::ingest
