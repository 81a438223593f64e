// SPDX-License-Identifier: Apache-2.0
// quantity_eval DATA < gold.jsonl > records.jsonl
//   Reads the quantities of gold documents with the gold triggers in hand and prints them as records that
//   score.py reads, so that the level "quantity" can be measured apart from the reader's errors.
// quantity_eval DATA --all < gold.jsonl
//   One line a candidate with what is known of it, kept or not: for choosing the conditions.
#include <algorithm>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "base/utf8.h"
#include "coding/quantities.h"

namespace {

using namespace dragoman;
using nlohmann::json;

/// Paragraphs cut after a full stop before a capital: enough to stand in for the reader's sentences.
std::vector<Span> simple_sentences(const std::string& text) {
  std::vector<Span> sentences;
  uint32_t begin = 0;
  const auto cut = [&](uint32_t end) {
    if (!base::trim(std::string_view(text).substr(begin, end - begin)).empty()) sentences.push_back({begin, end});
    begin = end;
  };
  for (uint32_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') cut(at + 1);
    if ((text[at] == '.' || text[at] == '!' || text[at] == '?') && at + 2 < text.size() && text[at + 1] == ' ' && base::is_ascii_upper(text[at + 2])) {
      uint32_t word = at;
      while (word > begin && base::is_ascii_alpha(text[word - 1])) --word;
      if (text[at] != '.' || at - word > 3 || (at - word > 0 && !base::is_ascii_upper(text[word]))) cut(at + 1);
    }
  }
  cut(static_cast<uint32_t>(text.size()));
  return sentences;
}

std::vector<std::string> countries_of(const json& gold) {
  std::map<std::string, int> seen;
  for (const json& event : gold["events"]) {
    for (const char* side : {"actors", "recipients"}) {
      for (const json& participant : event[side]) {
        if (participant["country"].is_string()) ++seen[participant["country"].get<std::string>()];
      }
    }
  }
  std::vector<std::pair<int, std::string>> ranked;
  for (const auto& [country, count] : seen) ranked.emplace_back(-count, country);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> countries;
  for (const auto& [count, country] : ranked) countries.push_back(country);
  return countries;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: quantity_eval DATA [--all] < gold.jsonl\n";
    return 2;
  }
  const bool all = argc > 2 && std::string(argv[2]) == "--all";
  const coding::QuantityReader reader = coding::QuantityReader::open(argv[1]);
  std::string line;
  while (std::getline(std::cin, line)) {
    const json gold = json::parse(line);
    const std::string text = gold["text"];
    const base::CodePoints points(text);
    Analysis analysis;
    analysis.sentences = simple_sentences(text);
    for (const json& event : gold["events"]) {
      Trigger trigger;
      trigger.span = {points.to_byte(event["span"][0]), points.to_byte(event["span"][1])};
      trigger.type = event_type_from(event["type"].get<std::string>()).value();
      trigger.sentence = analysis.sentence_at(trigger.span.begin);
      analysis.triggers.push_back(trigger);
    }
    std::sort(analysis.triggers.begin(), analysis.triggers.end(), [](const Trigger& a, const Trigger& b) { return a.span < b.span; });
    const std::vector<std::string> countries = countries_of(gold);
    json out = json::array();
    const auto add = [&](const Quantity& quantity) -> json& {
      json q{{"kind", to_string(quantity.kind)}, {"span", {points.of_byte(quantity.span.begin), points.of_byte(quantity.span.end)}}, {"unit", quantity.unit}};
      q["value"] = quantity.value ? json(*quantity.value) : json();
      if (quantity.votes_for) q["for"] = *quantity.votes_for;
      if (quantity.votes_against) q["against"] = *quantity.votes_against;
      out.push_back(std::move(q));
      return out.back();
    };
    if (all) {
      for (const coding::FoundQuantity& found : reader.find_all(text, analysis.sentences, {}, countries)) {
        json& q = add(found.quantity);
        q["noun"] = found.noun;
        q["flags"] = json::array({found.definite, found.ordinal, found.year, found.age, found.counted});
      }
    } else {
      for (const Quantity& quantity : reader.find(text, analysis, {}, countries)) add(quantity);
    }
    std::cout << json{{"document", {{"source", gold["id"]}}}, {"quantities", out}}.dump() << "\n";
  }
}
