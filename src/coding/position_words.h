// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dragoman::coding {

/// The words of a text that say what it is about, shortened to their first six bytes: no articles, pronouns,
/// auxiliaries and numbers. (training/positions.py: stems)
std::vector<std::string> topic_stems(std::string_view text);

/// A bag of terms (stems and pairs of neighbours) with a weight each, in the order of the text.
class TermBag {
 public:
  /// Adds the terms of a text that are not in the bag yet.
  void add(std::string_view text, double weight);

  const std::vector<std::pair<std::string, double>>& terms() const { return terms_; }

 private:
  std::vector<std::pair<std::string, double>> terms_;
  std::unordered_map<std::string, size_t> at_;
};

/// data/coding/positions/words.tsv: how much each term speaks for each issue.
class IssueWords {
 public:
  using Scores = std::vector<double>;  ///< one an issue; logits

  /// Throws Failure (kKnowledge) for rows that are none.
  IssueWords(const std::string& path, size_t issues);

  /// Scores of an act or statement with these terms.
  Scores near(const TermBag& terms) const;

  /// Scores of a whole article with these terms.
  Scores far(const TermBag& terms) const;

 private:
  struct Weight {
    uint32_t issue = 0;
    double value = 0;
  };
  struct Row {
    std::vector<Weight> near, far;
  };
  std::unordered_map<std::string, Row> rows_;
  Scores near_bias_, far_bias_;
};

}  // namespace dragoman::coding
