// SPDX-License-Identifier: Apache-2.0
#include "language/heads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "neural/ops.h"

namespace dragoman::language {
WordHead::WordHead(const neural::Model& model, const std::string& name, int hidden, int out)
    : a_(model, "heads." + name + ".a", hidden, neural::width_of(model, "heads." + name + ".a")),
      b_(model, "heads." + name + ".b", a_.out(), out) {}

std::vector<float> WordHead::apply(const float* words, int n, HeadScratch& scratch) const {
  scratch.inner.resize(static_cast<size_t>(n) * a_.out());
  a_.apply(words, n, scratch.inner.data(), scratch.linear, neural::Epilogue::kGelu);
  std::vector<float> logits(static_cast<size_t>(n) * b_.out());
  b_.apply(scratch.inner.data(), n, logits.data(), scratch.linear);
  return logits;
}

int distance_bucket(int distance) {
  static constexpr std::array<int, 8> kFar = {9, 13, 17, 25, 33, 49, 65, 97};
  int size = std::abs(distance);
  if (size > 8) size = 8 + static_cast<int>(std::upper_bound(kFar.begin(), kFar.end(), size) - kFar.begin());
  return distance < 0 ? 16 - size : 16 + size;
}

PairHead::PairHead(const neural::Model& model, const std::string& family, const std::string& task, int hidden,
                   int inner, int rank, int roles)
    : inner_(inner),
      rank_(rank),
      roles_(roles),
      anchor_(model, family + ".anchor", hidden, inner),
      word_(model, family + ".word", hidden, inner),
      left_(model, family + ".left." + task, hidden, rank * 3 * roles),
      right_(model, family + ".right", hidden, rank),
      out_(model, family + ".out." + task, inner, 3 * roles),
      distance_(model.floats(family + ".distance", std::array{kDistances, inner})) {}

PairHead::Words PairHead::prepare(const float* words, int n, HeadScratch& scratch) const {
  Words ready;
  ready.n = n;
  ready.inner.resize(static_cast<size_t>(n) * inner_);
  ready.right.resize(static_cast<size_t>(n) * rank_);
  word_.apply(words, n, ready.inner.data(), scratch.linear);
  right_.apply(words, n, ready.right.data(), scratch.linear);
  return ready;
}

std::vector<float> PairHead::probabilities(const Words& words, const float* hidden, int anchor, int from, int to,
                                           HeadScratch& scratch) const {
  const int n = to - from;
  const int labels = 3 * roles_;
  std::vector<float> at(inner_);
  std::vector<float> left(static_cast<size_t>(rank_) * labels);
  anchor_.apply(hidden, 1, at.data(), scratch.linear);
  left_.apply(hidden, 1, left.data(), scratch.linear);
  scratch.inner.resize(static_cast<size_t>(n) * inner_);
  for (int w = 0; w < n; ++w) {
    float* row = scratch.inner.data() + static_cast<size_t>(w) * inner_;
    const float* word = words.inner.data() + static_cast<size_t>(from + w) * inner_;
    const float* far = distance_.data() + static_cast<size_t>(distance_bucket(from + w - anchor)) * inner_;
    for (int i = 0; i < inner_; ++i) row[i] = at[i] + word[i] + far[i];
  }
  neural::gelu(scratch.inner);
  std::vector<float> logits(static_cast<size_t>(n) * labels);
  out_.apply(scratch.inner.data(), n, logits.data(), scratch.linear);
  const float scale = 1.0F / std::sqrt(static_cast<float>(rank_));
  for (int w = 0; w < n; ++w) {
    const float* right = words.right.data() + static_cast<size_t>(from + w) * rank_;
    for (int l = 0; l < labels; ++l) {
      const float* one = left.data() + static_cast<size_t>(l) * rank_;
      float dot = 0;
      for (int r = 0; r < rank_; ++r) dot += one[r] * right[r];
      logits[static_cast<size_t>(w) * labels + l] += dot * scale;
    }
  }
  neural::softmax(logits, 3);
  return logits;
}

std::vector<LabelledSpan> spans_of(const std::vector<uint8_t>& bio, const std::vector<float>& begin_probability,
                                   uint32_t join) {
  std::vector<LabelledSpan> spans;
  for (uint32_t i = 0; i < bio.size(); ++i) {
    if (bio[i] == 0) continue;
    const bool goes_on = bio[i] == 2 && !spans.empty() && i - spans.back().last <= join;
    if (!goes_on) spans.push_back({i, i + 1, begin_probability[i]});
    spans.back().last = i + 1;
  }
  for (LabelledSpan& span : spans) {
    for (uint32_t i = span.first; i < span.last; ++i) span.mean += begin_probability[i];
    span.mean /= static_cast<float>(span.last - span.first);
  }
  return spans;
}

}  // namespace dragoman::language
