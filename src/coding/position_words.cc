// SPDX-License-Identifier: Apache-2.0
#include "coding/position_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/files.h"
#include "base/text.h"
#include "coding/phrases.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

// These constants and words are those of training/positions.py.
constexpr size_t kStemBytes = 6;
constexpr double kStep = 0.05;        // weights are written in these steps
constexpr double kArticleSize = 8.0;  // of an article's terms together, whatever their number

const std::unordered_map<std::string, bool>& stop_words() {
  static const auto* const kWords = [] {
    const std::string_view words =
        "the a an of to in and for on that with is was be by as at it its from are were will would has have had not "
        "this he she they his her their which who said says after also been but or than more about into over new two "
        "one up out all no can could should may might there these those we i you our us them him what when while if "
        "so such any other some only first last year years day s t mr";
    auto* set = new std::unordered_map<std::string, bool>;
    for (std::string_view word : base::split(words, ' ')) set->emplace(word, true);
    return set;
  }();
  return *kWords;
}

std::string stem(std::string word) {
  if (word.size() > 4 && word.ends_with("ies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss")) {
    word.pop_back();
  }
  size_t size = std::min(kStemBytes, word.size());
  while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0U) == 0x80U) --size;  // whole characters
  word.resize(size);
  return word;
}

bool is_number(const std::string& word) { return std::all_of(word.begin(), word.end(), base::is_ascii_digit); }

}  // namespace

std::vector<std::string> topic_stems(std::string_view text) {
  std::vector<std::string> stems;
  for (std::string& word : terms_of(text)) {
    if (!stop_words().count(word) && !is_number(word)) stems.push_back(stem(std::move(word)));
  }
  return stems;
}

void TermBag::add(std::string_view text, double weight) {
  const std::vector<std::string> stems = topic_stems(text);
  const auto add_term = [&](std::string term) {
    if (at_.emplace(term, terms_.size()).second) terms_.emplace_back(std::move(term), weight);
  };
  for (const std::string& word : stems) add_term(word);
  for (size_t i = 0; i + 1 < stems.size(); ++i) add_term(stems[i] + "_" + stems[i + 1]);
}

IssueWords::IssueWords(const std::string& path, size_t issues) : near_bias_(issues, 0.0), far_bias_(issues, 0.0) {
  Result<std::string> text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  const knowledge::Table table(path, *text, {"term", "near", "far"});
  // "3:12 17:-4": issue and weight in steps.
  const auto weights = [&](size_t row, std::string_view cell) {
    std::vector<Weight> out;
    for (std::string_view item : base::split(cell, ' ')) {
      if (item.empty()) continue;
      const size_t colon = item.find(':');
      uint32_t issue = 0;
      int steps = 0;
      const char* const end = item.data() + item.size();
      const bool read = colon != std::string_view::npos &&
                        std::from_chars(item.data(), item.data() + colon, issue).ptr == item.data() + colon &&
                        std::from_chars(item.data() + colon + 1, end, steps).ptr == end;
      if (!read || issue >= near_bias_.size()) table.fail(row, "no weight of an issue: '" + std::string(item) + "'");
      out.push_back({issue, steps * kStep});
    }
    return out;
  };
  for (size_t r = 0; r < table.rows(); ++r) {
    const std::string term(table.field(r, table.column("term")));
    Row row{weights(r, table.field(r, table.column("near"))), weights(r, table.field(r, table.column("far")))};
    if (term == "*") {
      for (const Weight& weight : row.near) near_bias_[weight.issue] = weight.value;
      for (const Weight& weight : row.far) far_bias_[weight.issue] = weight.value;
    } else if (!rows_.emplace(term, std::move(row)).second) {
      table.fail(r, "the term stands twice: '" + term + "'");
    }
  }
}

IssueWords::Scores IssueWords::near(const TermBag& terms) const {
  Scores scores = near_bias_;
  for (const auto& [term, weight] : terms.terms()) {
    const auto row = rows_.find(term);
    if (row == rows_.end()) continue;
    for (const Weight& w : row->second.near) scores[w.issue] += w.value * weight;
  }
  return scores;
}

IssueWords::Scores IssueWords::far(const TermBag& terms) const {
  Scores scores = far_bias_;
  const double size = kArticleSize / std::sqrt(static_cast<double>(std::max<size_t>(1, terms.terms().size())));
  for (const auto& [term, weight] : terms.terms()) {
    const auto row = rows_.find(term);
    if (row == rows_.end()) continue;
    for (const Weight& w : row->second.far) scores[w.issue] += w.value * weight * size;
  }
  return scores;
}

}  // namespace dragoman::coding
