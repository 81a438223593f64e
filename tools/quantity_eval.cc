// SPDX-License-Identifier: Apache-2.0
// quantity_eval DATA < gold.jsonl > records.jsonl
//   Reads the quantities of gold documents with the gold triggers in hand and prints them as records that
//   score.py reads, so that the level "quantity" can be measured apart from the reader's errors.
// quantity_eval DATA --features < gold.jsonl
//   The candidates with what quantities_choice observes of each: what tools/quantity_fit learns from.
// quantity_eval DATA --instruments < gold.jsonl
//   The instruments found, one document a line.
// quantity_eval DATA --dates < gold.jsonl
//   For each gold event with a date: the values of its sentence's expressions and the date event_date gives.
#include <algorithm>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "base/utf8.h"
#include "coding/dates.h"
#include "coding/instruments.h"
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
    if ((text[at] == '.' || text[at] == '!' || text[at] == '?') && at + 2 < text.size() && text[at + 1] == ' ' &&
        base::is_ascii_upper(text[at + 2])) {
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

/// The gold events as the reader would give them: triggers with role fillers.
Analysis analysis_of(const json& gold, const std::string& text, const base::CodePoints& points) {
  Analysis analysis;
  analysis.sentences = simple_sentences(text);
  const auto span_of = [&](const json& span) { return Span{points.to_byte(span[0]), points.to_byte(span[1])}; };
  for (const json& event : gold["events"]) {
    Trigger trigger;
    trigger.span = span_of(event["span"]);
    trigger.type = event_type_from(event["type"].get<std::string>()).value();
    trigger.status = status_from(event["status"].get<std::string>()).value_or(Status::kActual);
    trigger.historical = event.value("historical", false) ? 1.0F : 0.0F;
    trigger.sentence = analysis.sentence_at(trigger.span.begin);
    const std::pair<const char*, Role> sides[] = {{"actors", Role::kActor}, {"recipients", Role::kRecipient}};
    for (const auto& [side, role] : sides) {
      for (const json& participant : event[side]) {
        if (participant.contains("span") && participant["span"].is_array())
          trigger.fillers.push_back({role, span_of(participant["span"])});
      }
    }
    if (event["theme"].is_array()) trigger.fillers.push_back({Role::kTheme, span_of(event["theme"])});
    if (event["theme"].is_object()) trigger.fillers.push_back({Role::kTheme, span_of(event["theme"]["span"])});
    analysis.triggers.push_back(trigger);
  }
  return analysis;
}

std::optional<Date> published_of(const json& gold) {
  if (!gold["published"].is_string()) return std::nullopt;
  return Date{gold["published"].get<std::string>(), Precision::kDay, "metadata", {}};
}

json to_json(const Quantity& quantity, const base::CodePoints& points) {
  json q{{"kind", to_string(quantity.kind)},
         {"span", {points.of_byte(quantity.span.begin), points.of_byte(quantity.span.end)}},
         {"unit", quantity.unit},
         {"value", quantity.value ? json(*quantity.value) : json()}};
  if (quantity.votes_for) q["for"] = *quantity.votes_for;
  if (quantity.votes_against) q["against"] = *quantity.votes_against;
  return q;
}

void print_dates(const json& gold, const std::string& text, const Analysis& analysis,
                 const std::vector<coding::DateExpression>& dates, const std::optional<Date>& published) {
  for (size_t i = 0; i < analysis.triggers.size(); ++i) {
    const json& event = gold["events"][i];
    if (!event["date"].is_string() && !event["date"].is_null()) continue;
    json values = json::array();
    for (const coding::DateExpression& expression : dates) {
      if (analysis.sentences[analysis.triggers[i].sentence].contains(expression.span) && expression.date)
        values.push_back(expression.date->value);
    }
    const auto date = coding::event_date(analysis.triggers[i], analysis.triggers[i].historical > 0.5F, text, analysis,
                                         dates, published);
    std::cout << json{{"gold", event["date"]},
                      {"published", gold["published"]},
                      {"in_sentence", values},
                      {"given", date ? json(date->value) : json()},
                      {"historical", event["historical"]},
                      {"basis", date ? date->basis : ""},
                      {"text", event["text"]},
                      {"id", gold["id"]}}
                     .dump()
              << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: quantity_eval DATA [--features | --dates | --instruments] < gold.jsonl\n";
    return 2;
  }
  const std::string mode = argc > 2 ? argv[2] : "";
  const coding::QuantityReader reader = coding::QuantityReader::open(argv[1]);
  const coding::DateReader date_reader = coding::DateReader::open(argv[1]);
  const coding::InstrumentReader instrument_reader = coding::InstrumentReader::open(argv[1]);
  std::string line;
  while (std::getline(std::cin, line)) {
    const json gold = json::parse(line);
    const std::string text = gold["text"];
    const base::CodePoints points(text);
    const Analysis analysis = analysis_of(gold, text, points);
    const std::vector<std::string> countries = countries_of(gold);
    const std::optional<Date> published = published_of(gold);
    const std::vector<coding::DateExpression> dates = date_reader.find(text, analysis.sentences, published);
    std::vector<Span> date_spans;
    for (const coding::DateExpression& date : dates) date_spans.push_back(date.span);
    json out = json::array();
    if (mode == "--instruments") {
      for (const Instrument& instrument : instrument_reader.find(text, analysis.sentences)) {
        json spans = json::array();
        for (const Span span : instrument.mentions)
          spans.push_back({points.of_byte(span.begin), points.of_byte(span.end)});
        out.push_back({{"kind", to_string(instrument.kind)}, {"name", instrument.name}, {"mentions", spans}});
      }
      std::cout << json{{"id", gold["id"]}, {"instruments", out}}.dump() << "\n";
      continue;
    }
    if (mode == "--dates") {
      print_dates(gold, text, analysis, dates, published);
      continue;
    }
    if (mode == "--features") {
      std::vector<uint32_t> sentence_of;
      const auto all = reader.candidates(text, analysis, date_spans, countries, sentence_of);
      for (size_t i = 0; i < all.size(); ++i) {
        json q = to_json(all[i].quantity, points);
        q["features"] = coding::choice_features(all, i, text, analysis, sentence_of[i]);
        out.push_back(std::move(q));
      }
    } else {
      for (const Quantity& quantity : reader.find(text, analysis, date_spans, countries))
        out.push_back(to_json(quantity, points));
    }
    std::cout << json{{"document", {{"source", gold["id"]}}}, {"quantities", out}}.dump() << "\n";
  }
}
