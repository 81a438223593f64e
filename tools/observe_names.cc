// SPDX-License-Identifier: Apache-2.0
// observe_names MODEL DATA < texts.jsonl > names.jsonl
//   Reads texts ({"text": ...} a line) and prints of each, as {"names": [...]}, the names that the reader finds: where
//   they stand in code points, the kind that the reader gives them ("read"), that which stands in records ("kind"), and
//   what is seen of them ("seen"), from which training/name_kinds.py learns data/language/name_kinds.tsv.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/utf8.h"
#include "dragoman/error.h"
#include "knowledge/gazetteer.h"
#include "knowledge/knowledge.h"
#include "language/reader.h"
#include "linking/name_kinds.h"
#include "neural/model_file.h"

namespace {

using namespace dragoman;
using nlohmann::json;

json names_of(const std::string& text, const language::Reader& reader, const knowledge::Knowledge& knowledge,
              const knowledge::Gazetteer& gazetteer) {
  Article article;
  article.text = text;
  article.blocks.push_back({BlockKind::kParagraph, {0, static_cast<uint32_t>(text.size())}});
  Analysis analysis = reader.read(article);
  const auto observed = linking::observe_names(text, analysis, knowledge, gazetteer);
  const Analysis as_read = analysis;
  linking::settle_kinds(text, knowledge, gazetteer, analysis);
  const base::CodePoints points(text);
  json names = json::array();
  for (const auto& [m, seen] : observed) {
    const Span span = analysis.mentions[m].span;
    json of_name = {{"span", {points.of_byte(span.begin), points.of_byte(span.end)}},
                    {"read", to_string(as_read.mentions[m].kind)},
                    {"kind", to_string(analysis.mentions[m].kind)},
                    {"seen", json::object()}};
    for (const auto& [what, value] : seen) of_name["seen"][what] = value;
    names.push_back(std::move(of_name));
  }
  return names;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: observe_names MODEL DATA < texts.jsonl\n";
    return 2;
  }
  try {
    const neural::Model model = neural::Model::open(argv[1]);
    const language::Reader reader(model, {});
    const auto knowledge = knowledge::Knowledge::open(argv[2]);
    const auto gazetteer = knowledge::Gazetteer::open(argv[2]);
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << json{{"names", names_of(json::parse(line).at("text"), reader, knowledge, gazetteer)}}.dump() << '\n';
    }
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
