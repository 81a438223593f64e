// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "neural/linear.h"
#include "neural/model_file.h"

namespace dragoman::language {

/// Memory of the heads; one a thread.
struct HeadScratch {
  neural::LinearScratch linear;
  std::vector<float> inner;
};

/// Two linear layers with a GELU between: what each word of a window is. (training/model.py: Mlp)
class WordHead {
 public:
  /// Reads heads.NAME.a and heads.NAME.b. Throws Failure (kModel).
  WordHead(const neural::Model& model, const std::string& name, int hidden, int out);

  int out() const { return b_.out(); }

  /// words: [n, hidden] → logits [n, out].
  std::vector<float> apply(const float* words, int n, HeadScratch& scratch) const;

 private:
  neural::Linear a_, b_;
};

/// Labels of words seen from an anchor: 0 outside, 1 begin, 2 inside.
struct LabelledSpan {
  uint32_t first = 0;  ///< word of the window
  uint32_t last = 0;   ///< last word + 1
  float score = 0;     ///< probability of its begin
  float mean = 0;      ///< mean over its words of their probability of belonging to a span
};

/// Scores words against anchor words for several roles at once. (training/model.py: Pair)
///   logits = out(gelu(anchor(h_a) + word(h_w) + distance[h_w - h_a])) + left(h_a) · right(h_w) / sqrt(rank)
class PairHead {
 public:
  /// Reads FAMILY.{anchor,word,right}, FAMILY.distance, FAMILY.{left,out}.TASK. Throws Failure (kModel).
  PairHead(const neural::Model& model, const std::string& family, const std::string& task, int hidden, int inner,
           int rank, int roles);

  /// The words of one window, made ready once for all anchors.
  struct Words {
    int n = 0;
    std::vector<float> inner;  // [n, inner]
    std::vector<float> right;  // [n, rank]
  };
  Words prepare(const float* words, int n, HeadScratch& scratch) const;

  /// Of each word `from` to `to` - 1 and each role the probabilities of being outside of, beginning and going on with a
  /// span of the anchor word's: [to - from, roles, 3]. at: the anchor's vector.
  std::vector<float> probabilities(const Words& words, const float* at, int anchor, int from, int to,
                                   HeadScratch& scratch) const;

 private:
  int inner_, rank_, roles_;
  neural::Linear anchor_, word_, left_, right_, out_;
  std::vector<float> distance_;  // [33, inner]
};

/// Spans of a row of begin/inside/outside decisions. An inside without begin goes on with the span before it if at most
/// `join` outside words lie between (long spans break at apostrophes and brackets), else it begins a span.
std::vector<LabelledSpan> spans_of(const std::vector<uint8_t>& bio, const std::vector<float>& begin_probability,
                                   uint32_t join = 0);

/// Bucket 0..32 of a signed distance in words: exact up to 8, then 9-12, 13-16, 17-24, 25-32, 33-48, 49-64, 65-96,
/// more.
int distance_bucket(int distance);
inline constexpr int kDistances = 33;

}  // namespace dragoman::language
