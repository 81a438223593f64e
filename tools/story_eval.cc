// SPDX-License-Identifier: Apache-2.0
// story_eval < LINES: joins mentions as the store joins events; for tools/story_eval.py. Lines have four fields with
// tabs between: D, document, text | M, document, words that tell the act, sentence (documents before their mentions).
// Prints the number of its story for each mention, in order; with --stems, the stem of the last word that tells it.
#include <cstdio>
#include <iostream>
#include <map>
#include <string_view>

#include "base/text.h"
#include "store/join.h"

int main(int argc, char** argv) {
  using namespace dragoman;
  std::map<std::string, uint32_t> numbers;
  std::vector<std::string> texts, sentences;
  std::vector<store::Report> reports;
  const bool stems_only = argc > 1 && std::string_view(argv[1]) == "--stems";
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto fields = base::split(line, '\t');
    if (fields.size() < 3) return 2;
    const std::string document(fields[1]);
    if (fields[0] == "D") {
      numbers[document] = static_cast<uint32_t>(texts.size());
      texts.emplace_back(fields[2]);
      continue;
    }
    if (fields.size() < 4 || numbers.count(document) == 0) return 2;
    if (stems_only) {
      uint32_t stem = store::key_of(fields[2]);
      for (const std::string_view word : base::split(fields[2], ' ')) {
        if (const store::Words words = store::words_of(word); !words.empty()) stem = words.back().first;
      }
      std::printf("%u\n", stem);
      continue;
    }
    store::Report report;
    char id[16];
    std::snprintf(id, sizeof id, "%08zu", reports.size());
    report.id = id;
    report.document = numbers[document];
    report.stem = store::stem_of(fields[2]);
    sentences.emplace_back(fields[3]);
    reports.push_back(std::move(report));
  }
  std::vector<store::Text> words;
  for (const std::string& text : texts) words.emplace_back(store::words_of(text));
  for (size_t i = 0; i < reports.size(); ++i) reports[i].sentence = store::words_of(sentences[i]);
  for (const uint32_t story : store::join_reports(reports, words).stories) std::printf("%u\n", story);
  return 0;
}
