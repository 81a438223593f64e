// SPDX-License-Identifier: Apache-2.0
// article_dump articles < LIST   one JSON object a line: what extract() makes of each page
// article_dump features < LIST   a line of numbers for each line of each text, for training the line model
//
// LIST has a JSON object a line: {"id", "file" or "text", "format": "html"|"text"|"jsonl", "url"}.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include <simdjson.h>

#include "base/json_writer.h"
#include "ingest/extract.h"
#include "ingest/line_features.h"

namespace {

using dragoman::Article;
using dragoman::BlockKind;
using dragoman::Format;
using dragoman::Page;

std::string field(const simdjson::dom::element& object, const char* name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

Page page_of(const simdjson::dom::element& object) {
  Page page;
  page.source = page.place = field(object, "id");
  page.url = field(object, "url");
  page.bytes = field(object, "text");
  const std::string format = field(object, "format");
  page.format = format == "html"    ? Format::kHtml
                : format == "text"  ? Format::kText
                : format == "jsonl" ? Format::kJsonLines
                                    : Format::kAuto;
  if (const std::string file = field(object, "file"); !file.empty()) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    page.bytes = all.str();
  }
  return page;
}

bool is_body(BlockKind kind) {
  return kind == BlockKind::kParagraph || kind == BlockKind::kHeading || kind == BlockKind::kListItem ||
         kind == BlockKind::kQuote || kind == BlockKind::kTable || kind == BlockKind::kSubtitle;
}

void print_article(const Page& page) {
  const auto article = dragoman::ingest::extract(page);
  dragoman::base::JsonWriter out;
  out.begin_object().key("id").value(page.source);
  if (!article) {
    out.key("error").value(article.error().describe()).end_object();
    std::puts(out.text().c_str());
    return;
  }
  std::string body;
  for (const auto& block : article->blocks) {
    if (!is_body(block.kind)) continue;
    body += body.empty() ? "" : "\n";
    body += block.span.of(article->text);
  }
  out.key("text").value(body).key("title").value(article->title).key("publisher").value(article->publisher);
  out.key("authors").begin_array();
  for (const auto& author : article->authors) out.value(author);
  out.end_array().key("date").value(article->published ? article->published->value : "");
  out.key("language").value(article->language).key("blocks").begin_array();
  for (const auto& block : article->blocks) {
    out.begin_object().key("kind").value(dragoman::to_string(block.kind)).key("begin").value(block.span.begin);
    out.key("text").value(block.span.of(article->text)).end_object();
  }
  out.end_array().key("dropped").begin_array();
  for (const auto& dropped : article->dropped) {
    out.begin_object().key("reason").value(dropped.reason).key("text").value(dropped.text).end_object();
  }
  out.end_array().end_object();
  std::puts(out.text().c_str());
}

void print_features(const Page& page) {
  const auto lines = dragoman::ingest::lines_of(page.bytes);
  const auto features = dragoman::ingest::line_features(lines, page.title);
  for (size_t i = 0; i < lines.size(); ++i) {
    std::printf("%s\t%u", page.source.c_str(), lines[i].span.begin);
    for (const float value : features[i]) std::printf("\t%.3g", static_cast<double>(value));
    std::printf("\t%.4f\n", static_cast<double>(dragoman::ingest::body_probability(features[i])));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc == 2 ? argv[1] : "";
  if (verb != "articles" && verb != "features") {
    std::fprintf(stderr, "usage: article_dump articles|features < LIST\n");
    return 2;
  }
  simdjson::dom::parser parser;
  for (std::string line; std::getline(std::cin, line);) {
    simdjson::dom::element object;
    if (parser.parse(line).get(object) != simdjson::SUCCESS) continue;
    verb == "articles" ? print_article(page_of(object)) : print_features(page_of(object));
  }
}
