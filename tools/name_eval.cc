// SPDX-License-Identifier: Apache-2.0
// name_eval DATA < TEXTS: whom the marked names of texts are linked to; tools/name_eval.py makes TEXTS and scores.
//   A text is a line "NAMES BYTES DATE" (DATE YYYY-MM-DD or -), then NAMES lines "BEGIN END KIND GOLD" (bytes; KIND is
//   person, organization or place; GOLD, what is meant, goes to the end of the line), then BYTES bytes of text and a
//   line end. One line is printed a name: "held" or "-" (whether the knowledge has a row of the name GOLD), "right" or
//   "wrong" (whether the link is to one of those rows), and the key and name linked to.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "knowledge/knowledge.h"
#include "linking/link.h"

namespace {

using namespace dragoman;  // NOLINT: one small program

struct Name {
  Span span;
  MentionKind kind = MentionKind::kPlace;
  std::string gold;
};

Name name_of(const std::string& line) {
  std::istringstream in(line);
  Name name;
  std::string kind;
  in >> name.span.begin >> name.span.end >> kind;
  std::getline(in >> std::ws, name.gold);
  if (kind == "person") name.kind = MentionKind::kPerson;
  if (kind == "organization") name.kind = MentionKind::kOrganization;
  return name;
}

void print(const knowledge::Knowledge& known, const std::string& gold, const Entity* entity) {
  bool held = false, right = false;
  for (const knowledge::Reading& reading : known.named(gold)) {
    if (reading.sense != knowledge::Sense::kName) continue;
    held = true;
    right = right || (entity && entity->kb == knowledge::Knowledge::full_key(*reading.entry));
  }
  std::printf("%s %s %s %s\n", held ? "held" : "-", right ? "right" : "wrong",
              entity && !entity->kb.empty() ? entity->kb.c_str() : "-", entity ? entity->name.c_str() : "-");
}

void link_text(const knowledge::Knowledge& known, std::string text, const std::string& date,
               const std::vector<Name>& names) {
  Article article;
  article.text = std::move(text);
  article.blocks = {{BlockKind::kParagraph, {0, static_cast<uint32_t>(article.text.size())}}};
  if (date != "-") article.published = Date{date, Precision::kDay, "argument", {}};
  Analysis analysis;
  analysis.sentences = {article.blocks.front().span};
  for (const Name& name : names) analysis.mentions.push_back({name.span, name.span, Form::kName, name.kind, 1.0F});
  const Links links = linking::link(article, analysis, known);
  for (size_t m = 0; m < names.size(); ++m)
    print(known, names[m].gold, links.of[m].empty() ? nullptr : &links.entities[links.of[m].front()]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: name_eval DATA < TEXTS\n");
    return 2;
  }
  const auto known = knowledge::Knowledge::open(argv[1]);
  size_t count = 0, bytes = 0;
  std::string date, line;
  while (std::cin >> count >> bytes >> date) {
    std::getline(std::cin, line);
    std::vector<Name> names;
    for (size_t k = 0; k < count && std::getline(std::cin, line); ++k) names.push_back(name_of(line));
    std::string text(bytes, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(bytes));
    link_text(known, std::move(text), date, names);
  }
}
