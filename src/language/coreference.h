// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"
#include "language/heads.h"
#include "neural/linear.h"
#include "neural/model_file.h"

namespace dragoman::language {

/// What pairs of words of an article are compared by, besides their vectors. (training/tasks/coref.py: describe)
class WordMarks {
 public:
  /// words: in order; begins: per word, whether a sentence candidate begins there (Layout::begins_window).
  WordMarks(std::string_view text, const std::vector<Span>& words, const std::vector<char>& begins);

  /// 0..14: whether two words and those before them are the same, and how the names that they are in share words.
  int likeness(uint32_t a, uint32_t b) const;
  uint32_t sentences_between(uint32_t earlier, uint32_t later) const { return sentence_[later] - sentence_[earlier]; }

 private:
  struct Run {  // words of the name that a word is in
    uint32_t first = 0, last = 0;
  };
  Run run_of(uint32_t word) const;

  std::vector<uint32_t> same_;  // equal for equal words
  std::vector<char> capital_;   // may be part of a name
  std::vector<uint32_t> sentence_;
};

/// Scores which earlier mention a mention means again, word by word (Dobrovolskii 2021): a mention is the word it turns
/// on. training/tasks/coref.py runs the same. Const and shared by threads.
class Coreference {
 public:
  static bool is_in(const neural::Model& model);

  /// Reads coref.*. Throws Failure (kModel).
  Coreference(const neural::Model& model, int hidden);

  int hidden() const { return anchor_.in(); }

  /// For each of `mentions` (words, in order) the earlier ones by index, best first; the score is the log-odds against
  /// a mention of something new. vectors: [mentions, hidden]. At most kScored each, of the last kReach mentions.
  std::vector<std::vector<Antecedent>> antecedents(const std::vector<uint32_t>& mentions, const float* vectors,
                                                   const WordMarks& marks, HeadScratch& scratch) const;

  static constexpr size_t kScored = 40;
  static constexpr size_t kReach = 400;

 private:
  int inner_, rank_;
  neural::Linear anchor_, word_, left_, right_, product_, middle_, out_;
  std::vector<float> distance_, sentences_, likeness_;
};

/// Mentions that mean the same, as indices in order, two at least: each joins the chain of its best antecedent, if that
/// scores above 0.
std::vector<std::vector<uint32_t>> chains_of(const std::vector<std::vector<Antecedent>>& antecedents);

}  // namespace dragoman::language
