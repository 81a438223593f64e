// SPDX-License-Identifier: Apache-2.0
// place_eval DATA < TEXTS: which places the marked names of texts mean; tools/place_eval.py makes TEXTS and scores.
//   A text is a line "NAMES BYTES", then NAMES lines "BEGIN END" (bytes), then BYTES bytes of text and a line end.
//   One line is printed a name: GeoNames number, latitude, longitude; number 0 where only the position is known, or
//   "-".
// place_eval DATA --linked < TEXTS: the same, as an article's places come out of linking.
// place_eval DATA --bench NAMES: how long a look-up takes, names one a line.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "knowledge/gazetteer.h"
#include "knowledge/knowledge.h"
#include "linking/link.h"
#include "linking/places.h"

namespace {

using dragoman::Span;

int bench(const dragoman::knowledge::Gazetteer& gazetteer, const char* path) {
  std::ifstream file(path);
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) names.push_back(line);
  size_t found = 0;
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& name : names) found += gazetteer.named(name).size();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("%zu names, %zu places, %.2f us a name\n", names.size(), found,
              1e6 * took.count() / static_cast<double>(std::max<size_t>(names.size(), 1)));
  return 0;
}

/// Prints of each name what the pipeline would give as the location of an event there.
void linked(std::string text, const std::vector<Span>& names, const dragoman::knowledge::Knowledge& knowledge,
            const dragoman::knowledge::Gazetteer& gazetteer) {
  dragoman::Article article;
  article.text = std::move(text);
  article.blocks = {{dragoman::BlockKind::kParagraph, {0, static_cast<uint32_t>(article.text.size())}}};
  dragoman::Analysis analysis;
  for (const Span name : names)
    analysis.mentions.push_back({name, name, dragoman::Form::kName, dragoman::MentionKind::kPlace, 1.0F});
  dragoman::Trigger happens;
  for (const Span name : names) happens.fillers.push_back({dragoman::Role::kPlace, name, 1.0F});
  analysis.triggers = {happens};
  dragoman::Links links = dragoman::linking::link(article, analysis, knowledge);
  dragoman::linking::locate(article.text, analysis, knowledge, gazetteer, links);
  for (size_t m = 0; m < names.size(); ++m) {
    const auto& of = links.of[m];
    const dragoman::Entity* entity = of.empty() ? nullptr : &links.entities[of.front()];
    if (entity && entity->lat && entity->lon)
      std::printf("%lld %.2f %.2f\n", static_cast<long long>(entity->geonames.value_or(0)), *entity->lat, *entity->lon);
    else
      std::printf("-\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: place_eval DATA [--linked | --bench NAMES]\n");
    return 2;
  }
  const auto gazetteer = dragoman::knowledge::Gazetteer::open(argv[1]);
  if (argc > 3) return bench(gazetteer, argv[3]);
  const bool with_links = argc > 2;
  const auto knowledge = dragoman::knowledge::Knowledge::open(argv[1]);
  size_t count = 0, bytes = 0;
  while (std::cin >> count >> bytes) {
    std::vector<Span> names(count);
    for (Span& name : names) std::cin >> name.begin >> name.end;
    std::cin.ignore();
    std::string text(bytes, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(bytes));
    if (with_links) {
      linked(std::move(text), names, knowledge, gazetteer);
      continue;
    }
    for (const auto& placed : dragoman::linking::place_names(text, names, gazetteer)) {
      if (placed)
        std::printf("%s %.2f %.2f\n", placed->near ? "0" : std::string(placed->place.number).c_str(), placed->place.lat,
                    placed->place.lon);
      else
        std::printf("-\n");
    }
  }
}
