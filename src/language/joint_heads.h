// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "language/heads.h"

/// Heads of all readers of a model (neural::Model::more): each reader scores what its own encoder gave, and the mean of
/// their probabilities counts. With a single reader they are its heads.
namespace dragoman::language {

/// The same word or run of words as each reader sees it: one pointer a reader, in the order of `readers_of`, to rows as
/// wide as its encoder.
using Views = std::span<const float* const>;

/// The model itself and Model::more, in their order. It must outlive them.
std::vector<const neural::Model*> readers_of(const neural::Model& model);

class JointWordHead {
 public:
  /// `choices`: that many outputs, the first ones, exclude one another; each of the rest is true or not by itself.
  /// Throws Failure (kModel) where a reader lacks the head.
  JointWordHead(const neural::Model& model, const std::string& name, int out, int choices);
  /// A single output is true or not; of several one is right.
  JointWordHead(const neural::Model& model, const std::string& name, int out)
      : JointWordHead(model, name, out, out == 1 ? 0 : out) {}

  int out() const { return heads_.front().out(); }

  /// words: n of them → probabilities [n, out].
  std::vector<float> probabilities(Views words, int n, HeadScratch& scratch) const;

 private:
  std::vector<WordHead> heads_;
  int choices_;
};

/// How the words of a role become spans.
struct SpanRule {
  uint32_t join = 0;  ///< as in spans_of
  /// Least probability of a word to begin the span or lie in it, both together, that takes it in where being outside is
  /// likelier than either alone; 1 never does.
  float inside = 1;
};

class JointPairHead {
 public:
  /// As PairHead.
  JointPairHead(const neural::Model& model, const std::string& family, const std::string& task, int inner, int rank,
                int roles);

  /// The words of one window, made ready once for all anchors; one a reader.
  using Words = std::vector<PairHead::Words>;
  Words prepare(Views words, int n, HeadScratch& scratch) const;

  /// Spans of each role around the anchor word, in text order; words farther than `reach` are not looked at.
  /// `at`: the anchor. Gives roles × spans; `rules[role]`, the plain ones if empty.
  std::vector<std::vector<LabelledSpan>> spans(const Words& words, Views at, int anchor, int reach,
                                               HeadScratch& scratch, std::span<const SpanRule> rules = {}) const;

 private:
  std::vector<PairHead> heads_;
  int roles_;
};

}  // namespace dragoman::language
