// SPDX-License-Identifier: Apache-2.0
// article_dump articles < LIST   one JSON object a line: what extract() makes of each page
// article_dump lines FILE < LIST   for training the line model: one JSON object a text, and in FILE the features of its
//                                  lines as 32-bit floats, row after row, the first step's probability behind each,
//                                  with signs that stand without spaces not counted as words, as the models were
//                                  trained; "body" is what the forest says of a line of a copied page
//
// article_dump blocks FILE < LIST   for training the block model: one JSON object a page, and in FILE the features of
//                                   its blocks as 32-bit floats, row after row
//
// article_dump dates < LIST      the places of each page that tell a day, with their clues
//
// article_dump origins < LIST    checks that each article tells of each of its characters which bytes of the page it is
//                                made of: what is wrong, a line a page, and how many were checked
//
// article_dump kinds < LIST      the features of each page as a whole, for training what is an article
//
// LIST has a JSON object a line: {"id", "file" or "text", "format": "html"|"text"|"jsonl", "url"}.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>

#include <simdjson.h>

#include "base/json_writer.h"
#include "html/outline.h"
#include "ingest/block_features.h"
#include "ingest/charset.h"
#include "ingest/extract.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"
#include "ingest/line_features.h"
#include "ingest/line_forest.h"
#include "ingest/origins_check.h"
#include "ingest/page_score.h"

namespace {

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

// The program's own JSON, of what is refused too; of what cannot be read, why.
void print_article(const Page& page) {
  const auto article = dragoman::ingest::extract(page, {.refused = true});
  if (article) {
    std::puts(dragoman::to_json(*article, true).c_str());
    return;
  }
  dragoman::base::JsonWriter out;
  out.begin_object().key("source").value(page.source).key("error").value(article.error().describe()).end_object();
  std::puts(out.text().c_str());
}

// Articles with origins are checked, and told to be the same as without.
bool check_origins(const Page& page) {
  const auto plain = dragoman::ingest::extract(page);
  const auto traced = dragoman::ingest::extract(page, {.origins = true});
  if (static_cast<bool>(plain) != static_cast<bool>(traced)) std::printf("%s: one is refused\n", page.source.c_str());
  if (!plain || !traced) return false;
  if (plain->text != traced->text) std::printf("%s: the texts differ\n", page.source.c_str());
  const std::string mistake = dragoman::ingest::OriginsCheck(page, *traced).mistake();
  if (!mistake.empty()) std::printf("%s: %s\n", page.source.c_str(), mistake.c_str());
  return true;
}

// Does use(outline, metadata) for a page that can be parsed.
template <class Use>
void with_outline(const Page& page, Use use) {
  const auto text = dragoman::ingest::to_utf8(page.bytes, page.charset, true);
  if (!text) return;
  dragoman::html::Limits limits;
  limits.machine_text = false;  // as articles are read
  const auto document = dragoman::html::Document::parse(*text, limits);
  if (!document) return;
  const auto outline = dragoman::html::outline(*document);
  use(outline, dragoman::ingest::read_metadata(*document, outline, page.url));
}

using dragoman::html::Outline;
using dragoman::ingest::Metadata;

void print_kind(const Page& page, const Outline& outline, const Metadata& metadata) {
  const auto body = dragoman::ingest::find_body(outline, metadata);
  dragoman::base::JsonWriter out;
  out.begin_object().key("id").value(page.source).key("x").begin_array();
  for (const float value : dragoman::ingest::page_features(outline, body, metadata, page.url)) {
    out.value(static_cast<double>(value));
  }
  out.end_array().end_object();
  std::puts(out.text().c_str());
}

void print_dates(const Page& page, const Metadata& metadata) {
  dragoman::base::JsonWriter out;
  out.begin_object().key("id").value(page.source).key("places").begin_array();
  for (const auto& place : metadata.date_places) {
    out.begin_object().key("from").value(place.from).key("value").value(place.date.value).key("clues").begin_array();
    for (size_t i = 0; i < place.clues.size(); ++i) {
      if (place.clues[i]) out.value(static_cast<uint64_t>(i));
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  std::puts(out.text().c_str());
}

void print_terms(dragoman::base::JsonWriter& out, const std::vector<uint32_t>& terms) {
  out.begin_array();
  for (const uint32_t term : terms) out.value(static_cast<uint64_t>(term));
  out.end_array();
}

void print_lines(const Page& page, std::FILE* features_file) {
  const auto lines = dragoman::ingest::lines_of(page.bytes);
  const auto features = dragoman::ingest::line_features(lines, page.title);
  dragoman::base::JsonWriter out;
  const auto forest =
      dragoman::ingest::copied_body_probabilities(lines, dragoman::ingest::copied_line_features(lines, page.title));
  out.begin_object().key("id").value(page.source).key("lines").begin_array();
  for (size_t i = 0; i < lines.size(); ++i) {
    std::fwrite(features[i].data(), sizeof(float), features[i].size(), features_file);
    const float body = dragoman::ingest::body_probability(features[i]);
    std::fwrite(&body, sizeof body, 1, features_file);
    out.begin_object().key("begin").value(static_cast<uint64_t>(lines[i].span.begin));
    out.key("body").value(static_cast<double>(forest[i])).key("words");
    print_terms(out, dragoman::ingest::word_terms(lines[i].text));
    out.end_object();
  }
  out.end_array().end_object();
  std::puts(out.text().c_str());
}

void print_blocks(const Page& page, const Outline& outline, const Metadata& metadata, std::FILE* features_file) {
  const auto [rules, features] = dragoman::ingest::body_lesson(outline, metadata);
  std::fwrite(features.values.data(), sizeof(float), features.values.size(), features_file);
  dragoman::base::JsonWriter out;
  out.begin_object().key("id").value(page.source).key("title").value(metadata.title);
  out.key("width").value(static_cast<uint64_t>(features.width)).key("parents").begin_array();
  for (const auto& element : outline.elements) out.value(static_cast<uint64_t>(element.parent));
  out.end_array().key("hints").begin_array();
  for (const auto& element : outline.elements) print_terms(out, dragoman::ingest::hint_terms(element.hints));
  out.end_array().key("blocks").begin_array();
  for (size_t b = 0; b < outline.blocks.size(); ++b) {
    const auto& block = outline.blocks[b];
    out.begin_object().key("text").value(block.text).key("element").value(static_cast<uint64_t>(block.element));
    out.key("tag").value(static_cast<uint64_t>(outline.elements[block.element].tag));
    out.key("kept").value(rules[b].kept).key("kind").value(dragoman::to_string(rules[b].kind));
    out.key("reason").value(rules[b].reason).key("words");
    print_terms(out, dragoman::ingest::word_terms(block.text));
    out.end_object();
  }
  out.end_array().end_object();
  std::puts(out.text().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc >= 2 ? argv[1] : "";
  const bool training = verb == "blocks" || verb == "lines";
  std::FILE* features_file = training && argc == 3 ? std::fopen(argv[2], "wb") : nullptr;
  if (verb != "articles" && verb != "kinds" && verb != "dates" && verb != "origins" && features_file == nullptr) {
    std::fprintf(stderr, "usage: article_dump articles|kinds|dates|origins|blocks FILE|lines FILE < LIST\n");
    return 2;
  }
  simdjson::dom::parser parser;
  size_t checked = 0;
  for (std::string line; std::getline(std::cin, line);) {
    simdjson::dom::element object;
    if (parser.parse(line).get(object) != simdjson::SUCCESS) continue;
    const Page page = page_of(object);
    if (verb == "blocks") {
      with_outline(page, [&](const Outline& outline, const Metadata& metadata) {
        print_blocks(page, outline, metadata, features_file);
      });
    } else if (verb == "lines") {
      print_lines(page, features_file);
    } else if (verb == "origins") {
      checked += check_origins(page);
    } else if (verb == "kinds") {
      with_outline(page,
                   [&](const Outline& outline, const Metadata& metadata) { print_kind(page, outline, metadata); });
    } else if (verb == "dates") {
      with_outline(page, [&](const Outline&, const Metadata& metadata) { print_dates(page, metadata); });
    } else {
      print_article(page);
    }
  }
  if (verb == "origins") std::printf("%zu articles checked\n", checked);
  if (features_file != nullptr) std::fclose(features_file);
}
