// SPDX-License-Identifier: Apache-2.0
#include "language/joint_heads.h"

#include <algorithm>

#include "neural/ops.h"

namespace dragoman::language {
namespace {

// Makes logits [rows, width] probabilities, as JointWordHead tells.
void to_probabilities(std::vector<float>& logits, int width, int choices) {
  if (choices == width) return neural::softmax(logits, width);
  if (choices == 0) return neural::sigmoid(logits);
  for (size_t row = 0; row < logits.size(); row += static_cast<size_t>(width)) {
    const std::span<float> all = std::span(logits).subspan(row, static_cast<size_t>(width));
    neural::softmax(all.first(static_cast<size_t>(choices)), choices);
    neural::sigmoid(all.subspan(static_cast<size_t>(choices)));
  }
}

// The mean of what `of(reader)` gives for each of `count` readers.
template <class Of>
std::vector<float> mean(size_t count, Of of) {
  std::vector<float> sum = of(0);
  if (count == 1) return sum;
  for (size_t r = 1; r < count; ++r) {
    const std::vector<float> more = of(r);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
  }
  for (float& value : sum) value /= static_cast<float>(count);
  return sum;
}

}  // namespace

std::vector<const neural::Model*> readers_of(const neural::Model& model) {
  std::vector<const neural::Model*> readers = {&model};
  for (const neural::Model& one : model.more()) readers.push_back(&one);
  return readers;
}

JointWordHead::JointWordHead(const neural::Model& model, const std::string& name, int out, int choices)
    : choices_(choices) {
  for (const neural::Model* reader : readers_of(model)) {
    heads_.emplace_back(*reader, name, reader->encoder().hidden, out);
  }
}

std::vector<float> JointWordHead::probabilities(Views words, int n, HeadScratch& scratch) const {
  return mean(heads_.size(), [&](size_t r) {
    std::vector<float> one = heads_[r].apply(words[r], n, scratch);
    to_probabilities(one, out(), choices_);
    return one;
  });
}

JointPairHead::JointPairHead(const neural::Model& model, const std::string& family, const std::string& task, int inner,
                             int rank, int roles)
    : roles_(roles) {
  for (const neural::Model* reader : readers_of(model)) {
    heads_.emplace_back(*reader, family, task, reader->encoder().hidden, inner, rank, roles);
  }
}

JointPairHead::Words JointPairHead::prepare(Views words, int n, HeadScratch& scratch) const {
  Words ready;
  for (size_t r = 0; r < heads_.size(); ++r) ready.push_back(heads_[r].prepare(words[r], n, scratch));
  return ready;
}

std::vector<std::vector<LabelledSpan>> JointPairHead::spans(const Words& words, Views at, int anchor, int reach,
                                                            HeadScratch& scratch,
                                                            std::span<const SpanRule> rules) const {
  const int from = std::max(0, anchor - reach);
  const int to = std::min(words.front().n, anchor + reach + 1);
  const std::vector<float> p = mean(
      heads_.size(), [&](size_t r) { return heads_[r].probabilities(words[r], at[r], anchor, from, to, scratch); });
  const auto n = static_cast<size_t>(to - from);
  std::vector<std::vector<LabelledSpan>> found(static_cast<size_t>(roles_));
  std::vector<uint8_t> bio(n);
  std::vector<float> begin(n);
  for (size_t role = 0; role < found.size(); ++role) {
    const SpanRule rule = rules.empty() ? SpanRule{} : rules[role];
    for (size_t w = 0; w < n; ++w) {
      const float* three = p.data() + (w * found.size() + role) * 3;
      const bool in = three[1] + three[2] >= rule.inside;
      bio[w] = static_cast<uint8_t>(std::max_element(three + (in ? 1 : 0), three + 3) - three);
      begin[w] = std::max(three[1], three[2]);
    }
    found[role] = spans_of(bio, begin, rule.join);
    for (LabelledSpan& span : found[role]) {
      span.first += static_cast<uint32_t>(from);
      span.last += static_cast<uint32_t>(from);
    }
  }
  return found;
}

}  // namespace dragoman::language
