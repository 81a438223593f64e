// SPDX-License-Identifier: Apache-2.0
// place_eval DATA < TEXTS: which places the marked names of texts mean; tools/place_eval.py makes TEXTS and scores.
//   A text is a line "NAMES BYTES", then NAMES lines "BEGIN END" (bytes), then BYTES bytes of text and a line end.
//   One line is printed a name: GeoNames number, latitude, longitude; or "-".
// place_eval DATA --bench NAMES: how long a look-up takes, names one a line.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "knowledge/gazetteer.h"
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

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: place_eval DATA [--bench NAMES]\n");
    return 2;
  }
  const auto gazetteer = dragoman::knowledge::Gazetteer::open(argv[1]);
  if (argc > 3) return bench(gazetteer, argv[3]);
  size_t count = 0, bytes = 0;
  while (std::cin >> count >> bytes) {
    std::vector<Span> names(count);
    for (Span& name : names) std::cin >> name.begin >> name.end;
    std::cin.ignore();
    std::string text(bytes, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(bytes));
    for (const auto& place : dragoman::linking::place_names(text, names, gazetteer)) {
      if (place)
        std::printf("%s %.2f %.2f\n", std::string(place->number).c_str(), place->lat, place->lon);
      else
        std::printf("-\n");
    }
  }
}
