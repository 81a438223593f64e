// SPDX-License-Identifier: Apache-2.0
// Every step here has its twin in tools/train_blocks; the columns must be the same, in the same order.
#include "ingest/block_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "ingest/forest.h"

namespace dragoman::ingest {
namespace {

// How much a word of a class or of a text speaks for running text: log odds times kTermScale.
struct Term {
  uint32_t hash;
  int8_t score;
};
constexpr float kTermScale = 16.0F;

#include "ingest/block_model.inc"

constexpr float kNoTerm = -20.0F;

template <size_t N>
const Term* find_term(const Term (&terms)[N], uint32_t hash) {
  const Term* found = std::lower_bound(terms, terms + N, hash, [](const Term& t, uint32_t h) { return t.hash < h; });
  return found != terms + N && found->hash == hash ? found : nullptr;
}

// Least, largest and mean score of known terms, and how many there are.
struct TermSum {
  float least = 1e9F, largest = -1e9F, sum = 0, count = 0;

  void add(float score) {
    least = std::min(least, score);
    largest = std::max(largest, score);
    sum += score;
    count += 1;
  }
  void put(float* to) const {
    to[0] = count > 0 ? least : kNoTerm;
    to[1] = count > 0 ? largest : kNoTerm;
    to[2] = count > 0 ? sum / count : kNoTerm;
    to[3] = count;
  }
};
constexpr size_t kTermColumns = 4;

template <size_t N>
TermSum sum_of(const Term (&terms)[N], const std::vector<uint32_t>& hashes) {
  TermSum sum;
  for (const uint32_t hash : hashes) {
    if (const Term* term = find_term(terms, hash)) sum.add(static_cast<float>(term->score) / kTermScale);
  }
  return sum;
}

std::vector<uint32_t> merged(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  std::vector<uint32_t> both;
  both.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

float sigmoid(float margin) { return 1.0F / (1.0F + std::exp(-margin)); }

class Model {
 public:
  Model(const html::Outline& page, const BlockFeatures& features) : page_(page), features_(features) {
    for (const html::Element& element : page.elements) hints_.push_back(hint_terms(element.hints));
  }

  std::vector<float> run() {
    first();
    return second();
  }

 private:
  // Known terms of all elements above an element. Blocks come in document order, so one list a depth is enough.
  const std::vector<uint32_t>& above(uint32_t i) {
    constexpr size_t kMost = 400;  // of a hostile page; real ones have some dozens
    const html::Element& element = page_.elements[i];
    if (above_.size() <= element.depth) above_.resize(element.depth + 1);
    Above& here = above_[element.depth];
    if (here.element == i) return here.terms;
    std::vector<uint32_t> terms;
    if (element.parent != i) {
      std::vector<uint32_t> known;
      for (const uint32_t hash : hints_[element.parent]) {
        if (find_term(kAncestorTerms, hash) != nullptr) known.push_back(hash);
      }
      terms = merged(above(element.parent), known);
      if (terms.size() > kMost) terms.resize(kMost);
    }
    above_[element.depth] = {i, std::move(terms)};
    return above_[element.depth].terms;
  }

  void first() {
    std::vector<float> x(features_.width + 3 * kTermColumns);
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const uint32_t own = page_.blocks[b].element, parent = page_.elements[own].parent;
      std::copy_n(features_.row(b), features_.width, x.data());
      float* terms = x.data() + features_.width;
      sum_of(kOwnTerms, merged(hints_[own], hints_[parent])).put(terms);
      sum_of(kAncestorTerms, parent == own ? std::vector<uint32_t>() : above(parent)).put(terms + kTermColumns);
      sum_of(kWordTerms, word_terms(page_.blocks[b].text)).put(terms + 2 * kTermColumns);
      first_.push_back(sigmoid(margin(kFirstNodes, kFirstTrees, kFirstBias, x.data())));
      for (size_t c = 0; c < 3 * kTermColumns; ++c) terms_.push_back(terms[c]);
    }
  }

  std::vector<float> second() {
    read_groups();
    std::vector<float> out;
    std::vector<float> x;
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      x.clear();
      for (const uint16_t column : kSecondColumns) x.push_back(features_.row(b)[column]);
      x.insert(x.end(), terms_.begin() + static_cast<ptrdiff_t>(b * 3 * kTermColumns),
               terms_.begin() + static_cast<ptrdiff_t>((b + 1) * 3 * kTermColumns));
      context(b, x);
      out.push_back(sigmoid(margin(kSecondNodes, kSecondTrees, kSecondBias, x.data())));
    }
    return out;
  }

  struct Mean {
    float sum = 0, count = 0, largest = 0;
    void add(float p) {
      sum += p;
      count += 1;
      largest = std::max(largest, p);
    }
  };

  uint64_t group_of(size_t b) const {
    const uint32_t own = page_.blocks[b].element, parent = page_.elements[own].parent;
    uint64_t key = static_cast<uint64_t>(page_.elements[own].tag) + 1;
    for (const uint32_t hash : hints_[own]) key = key * 1099511628211ULL + hash;
    key = key * 1099511628211ULL + 1;
    for (const uint32_t hash : hints_[parent]) key = key * 1099511628211ULL + hash;
    return key;
  }

  void read_groups() {
    before_.push_back(0);
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const float p = first_[b];
      groups_[group_of(b)].add(p);
      const uint32_t own = page_.blocks[b].element, parent = page_.elements[own].parent;
      parents_[parent].add(p);
      grand_[page_.elements[parent].parent].add(p);
      before_.push_back(before_.back() + (p > 0.5F ? 1.0F : 0.0F));
    }
  }

  float at(ptrdiff_t b) const {
    return b < 0 || b >= static_cast<ptrdiff_t>(first_.size()) ? -1.0F : first_[static_cast<size_t>(b)];
  }

  float window(ptrdiff_t from, ptrdiff_t to) const {
    from = std::max<ptrdiff_t>(from, 0);
    to = std::min<ptrdiff_t>(to, static_cast<ptrdiff_t>(first_.size()));
    float sum = 0;
    for (ptrdiff_t i = from; i < to; ++i) sum += first_[static_cast<size_t>(i)];
    return to <= from ? -1.0F : sum / static_cast<float>(to - from);
  }

  float next_sure(ptrdiff_t b, ptrdiff_t step) const {
    for (ptrdiff_t d = 1; d <= 30; ++d) {
      if (at(b + step * d) > 0.8F) return static_cast<float>(d);
    }
    return 31;
  }

  void put_mean(const Mean& mean, float own, std::vector<float>& x) const {
    x.push_back(mean.count > 1 ? (mean.sum - own) / (mean.count - 1) : -1.0F);
    x.push_back(mean.count);
    x.push_back(mean.largest);
  }

  void context(size_t b, std::vector<float>& x) const {
    const auto i = static_cast<ptrdiff_t>(b);
    const float own = first_[b];
    x.push_back(own);
    for (const ptrdiff_t d : {-1, 1, -2, 2, -3, 3, -4, 4}) x.push_back(at(i + d));
    for (const ptrdiff_t reach : {3, 8, 20}) {
      x.push_back(window(i - reach, i));
      x.push_back(window(i + 1, i + 1 + reach));
    }
    const uint32_t element = page_.blocks[b].element, parent = page_.elements[element].parent;
    put_mean(parents_.at(parent), own, x);
    put_mean(grand_.at(page_.elements[parent].parent), own, x);
    put_mean(groups_.at(group_of(b)), own, x);
    x.push_back(before_[b]);
    x.push_back(before_.back() - before_[b + 1]);
    x.push_back(before_.back());
    x.push_back(next_sure(i, -1));
    x.push_back(next_sure(i, 1));
  }

  const html::Outline& page_;
  const BlockFeatures& features_;
  struct Above {
    uint32_t element = UINT32_MAX;
    std::vector<uint32_t> terms;
  };
  std::vector<std::vector<uint32_t>> hints_;  // one an element
  std::vector<Above> above_;                  // one a depth
  std::vector<float> first_, terms_, before_;
  std::unordered_map<uint64_t, Mean> groups_;
  std::unordered_map<uint32_t, Mean> parents_, grand_;
};

}  // namespace

std::vector<float> body_probabilities(const html::Outline& page, const BlockFeatures& features) {
  if (page.blocks.empty()) return {};
  return Model(page, features).run();
}

}  // namespace dragoman::ingest
