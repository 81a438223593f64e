// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities_cues.h"

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/text.h"
#include "coding/row_error.h"

namespace dragoman::coding {
namespace {

std::optional<QuantityKind> kind_from(std::string_view name) {
  for (const QuantityKind kind : {QuantityKind::kKilled, QuantityKind::kInjured, QuantityKind::kArrested,
                                  QuantityKind::kParticipants, QuantityKind::kCount, QuantityKind::kOther}) {
    if (name == to_string(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace

Result<QuantityCues> QuantityCues::read(const std::string& path) {
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) return bytes.error();
  QuantityCues cues;
  size_t line_number = 0;
  for (const std::string_view raw : base::split(*bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> cells = base::split(line, '\t');
    if (cells.size() != 3) return wrong(path, line_number, "a cue has 3 columns, not " + std::to_string(cells.size()));
    const auto kind = kind_from(cells[0]);
    if (!kind) return wrong(path, line_number, quoted(cells[0], " is no kind of count"));
    std::vector<std::string> words;
    for (const std::string_view word : base::split(cells[2], ' ')) words.push_back(base::lower_ascii(word));
    if (words.front().empty()) return wrong(path, line_number, "an empty phrase");
    if (cells[1] == "before")
      cues.before_[words.back()].push_back({*kind, words});
    else if (cells[1] == "after")
      cues.after_[words.front()].push_back({*kind, words});
    else if (cells[1] == "noun")
      cues.nouns_.emplace(words.front(), *kind);
    else
      return wrong(path, line_number, quoted(cells[1], " is no place (before, after, noun)"));
  }
  for (auto* index : {&cues.before_, &cues.after_}) {
    for (auto& [word, phrases] : *index) {
      std::stable_sort(phrases.begin(), phrases.end(),
                       [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
    }
  }
  return cues;
}

std::optional<QuantityKind> QuantityCues::before(const std::vector<Token>& tokens, size_t at) const {
  if (at == 0) return std::nullopt;
  const auto found = before_.find(tokens[at - 1].lower);
  if (found == before_.end()) return std::nullopt;
  for (const Phrase& phrase : found->second) {
    if (phrase.words.size() > at) continue;
    bool same = true;
    for (size_t i = 0; i < phrase.words.size() && same; ++i)
      same = tokens[at - phrase.words.size() + i].is(phrase.words[i]);
    if (same) return phrase.kind;
  }
  return std::nullopt;
}

std::optional<QuantityKind> QuantityCues::after(const std::vector<Token>& tokens, size_t at) const {
  if (at >= tokens.size()) return std::nullopt;
  const auto found = after_.find(tokens[at].lower);
  if (found == after_.end()) return std::nullopt;
  for (const Phrase& phrase : found->second) {
    if (at + phrase.words.size() > tokens.size()) continue;
    bool same = true;
    for (size_t i = 0; i < phrase.words.size() && same; ++i) same = tokens[at + i].is(phrase.words[i]);
    if (same) return phrase.kind;
  }
  return std::nullopt;
}

std::optional<QuantityKind> QuantityCues::noun(std::string_view lower) const {
  const auto found = nouns_.find(lower);
  return found == nouns_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace dragoman::coding
