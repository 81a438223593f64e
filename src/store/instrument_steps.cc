// SPDX-License-Identifier: Apache-2.0
#include "store/instrument_steps.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "dragoman/analysis.h"
#include "dragoman/store.h"
#include "store/embedded.h"
#include "store/fold.h"

namespace dragoman {
namespace store {
namespace {

struct Row {
  std::string step;
  std::vector<std::string> types;                 // none for all
  std::vector<std::vector<std::string>> phrases;  // words, a star for any ending; none for any trigger
};

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> all;
  for (const std::string_view part : base::split(text, separator)) {
    if (!base::trim(part).empty()) all.emplace_back(base::trim(part));
  }
  return all;
}

const std::vector<Row>& rows() {
  static const auto all = [] {
    std::vector<Row> read;
    embedded::rows(embedded::instruments_steps, 3, [&](const auto& cells, size_t line) {
      Row row{std::string(cells[0]), {}, {}};
      if (cells[1] != "*") row.types = parts(cells[1], ',');
      for (const std::string& type : row.types) {
        if (!event_type_from(type)) embedded::wrong(embedded::instruments_steps, line, type + " is no event type");
      }
      if (cells[2] != "*") {
        for (const std::string& phrase : parts(cells[2], '|')) row.phrases.push_back(parts(phrase, ' '));
      }
      if (row.types.empty() && row.phrases.empty()) embedded::wrong(embedded::instruments_steps, line, "is all acts");
      read.push_back(std::move(row));
    });
    return read;
  }();
  return all;
}

bool matches(const std::string& pattern, const std::string& word) {
  if (!pattern.ends_with('*')) return word == pattern;
  return word.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

bool holds(const std::vector<std::string>& words, const std::vector<std::string>& phrase) {
  return std::search(words.begin(), words.end(), phrase.begin(), phrase.end(),
                     [](const std::string& word, const std::string& pattern) { return matches(pattern, word); }) !=
         words.end();
}

}  // namespace

std::string step_of(std::string_view type, std::string_view trigger) {
  const std::vector<std::string> words = parts(folded(trigger), ' ');
  for (const Row& row : rows()) {
    if (!row.types.empty() && std::find(row.types.begin(), row.types.end(), type) == row.types.end()) continue;
    const bool told = row.phrases.empty() || std::any_of(row.phrases.begin(), row.phrases.end(),
                                                         [&](const auto& phrase) { return holds(words, phrase); });
    if (told) return row.step;
  }
  return "";
}

bool is_step(std::string_view step) {
  return std::any_of(rows().begin(), rows().end(), [&](const Row& row) { return row.step == step; });
}

}  // namespace store

std::vector<std::string> instrument_steps() {
  std::vector<std::string> steps;
  for (const store::Row& row : store::rows()) {
    if (std::find(steps.begin(), steps.end(), row.step) == steps.end()) steps.push_back(row.step);
  }
  return steps;
}

}  // namespace dragoman
