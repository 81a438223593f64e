// SPDX-License-Identifier: Apache-2.0
// Every step here has its twin in tools/train_blocks; the columns must be the same, in the same order.
#include "ingest/block_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "ingest/forest.h"
#include "ingest/hash_counts.h"

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

// Known terms by hash: a bit for each hash's upper bits keeps the many unknown ones from being looked for, and the
// first term of each range of hashes leaves few to look through.
class Terms {
 public:
  template <size_t N>
  explicit Terms(const Term (&terms)[N]) : terms_(terms), present_(size_t{1} << kPresent), first_((1U << kRange) + 1) {
    uint32_t at = 0;
    for (uint32_t range = 0; range <= 1U << kRange; ++range) {
      while (at < N && terms[at].hash >> (32 - kRange) < range) ++at;
      first_[range] = at;
    }
    for (const Term& term : terms) present_[bit(term.hash)] = true;
  }

  const Term* find(uint32_t hash) const {
    if (!present_[bit(hash)]) return nullptr;
    const uint32_t range = hash >> (32 - kRange);
    for (const Term* term = terms_ + first_[range]; term != terms_ + first_[range + 1]; ++term) {
      if (term->hash == hash) return term;
    }
    return nullptr;
  }

  uint32_t number(const Term* term) const { return static_cast<uint32_t>(term - terms_); }
  size_t size() const { return first_.back(); }

 private:
  static constexpr uint32_t kRange = 12, kPresent = 19;  // bits of the hash
  static size_t bit(uint32_t hash) { return (hash * 2654435769U) >> (32 - kPresent); }
  const Term* terms_;
  std::vector<bool> present_;
  std::vector<uint32_t> first_;
};

const Terms& own_terms() {
  static const Terms terms(kOwnTerms);
  return terms;
}
const Terms& ancestor_terms() {
  static const Terms terms(kAncestorTerms);
  return terms;
}
const Terms& known_word_terms() {
  static const Terms terms(kWordTerms);
  return terms;
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

float sigmoid(float margin) { return 1.0F / (1.0F + std::exp(-margin)); }

const Forest& first_forest() {
  static const Forest forest(kFirstNodes, kFirstTrees, std::size(kFirstTrees), kFirstBias);
  return forest;
}
const Forest& second_forest() {
  static const Forest forest(kSecondNodes, kSecondTrees, std::size(kSecondTrees), kSecondBias);
  return forest;
}

float score_of(const Term* term) { return static_cast<float>(term->score) / kTermScale; }

// What the words of an element's class, id and role say, looked up once for all elements with the same ones.
struct Hints {
  bool read = false;
  std::vector<const Term*> own;    // known ones, by hash
  std::vector<uint32_t> ancestor;  // numbers of known ones
  uint64_t factor = 1, sum = 0;    // key * factor + sum: the key of a group with all terms taken in
};

class Model {
 public:
  Model(const html::Outline& page, const BlockFeatures& features)
      : page_(page), features_(features), hints_(page.hints.size()), counts_(ancestor_terms().size()) {}

  std::vector<float> run() {
    first();
    return second();
  }

 private:
  static constexpr size_t kTile = Forest::kTile;

  const Hints& hints(uint32_t element) {
    Hints& hints = hints_[page_.elements[element].hint];
    if (hints.read) return hints;
    hints.read = true;
    for (const uint32_t hash : hint_terms(page_.elements[element].hints)) {
      if (const Term* term = own_terms().find(hash)) hints.own.push_back(term);
      if (const Term* term = ancestor_terms().find(hash)) hints.ancestor.push_back(ancestor_terms().number(term));
      hints.factor *= kGroupFactor;
      hints.sum = hints.sum * kGroupFactor + hash;
    }
    return hints;
  }

  // Known terms of an element or the one around it, each once.
  TermSum own_sum(uint32_t element, uint32_t parent) {
    hints(parent);
    const std::vector<const Term*>& own = hints(element).own;
    const std::vector<const Term*>& around = hints(parent).own;
    TermSum sum;
    for (const Term* term : own) sum.add(score_of(term));
    for (const Term* term : around) {
      if (!std::binary_search(own.begin(), own.end(), term)) sum.add(score_of(term));
    }
    return sum;
  }

  // Known terms of all elements above an element, each once: a stack of the elements down to the one asked for last,
  // with the sum down to each. (Scores are sixteenths, so that sums are exact in any order.)
  TermSum above(uint32_t element) {
    if (page_.elements[element].parent == element) return {};
    const uint32_t lowest = page_.elements[element].parent;
    path_.clear();
    for (uint32_t i = lowest;; i = page_.elements[i].parent) {
      const uint32_t depth = page_.elements[i].depth;
      if (depth < stack_.size() && stack_[depth].element == i) {
        while (stack_.size() > depth + 1) pop();
        break;
      }
      path_.push_back(i);
      if (page_.elements[i].parent == i) {
        while (!stack_.empty()) pop();
        break;
      }
    }
    for (size_t p = path_.size(); p-- > 0;) push(path_[p]);
    return stack_.back().sum;
  }

  void push(uint32_t element) {
    TermSum sum = stack_.empty() ? TermSum() : stack_.back().sum;
    for (const uint32_t term : hints(element).ancestor) {
      if (counts_[term]++ == 0) sum.add(score_of(kAncestorTerms + term));
    }
    stack_.push_back({element, sum});
  }

  void pop() {
    for (const uint32_t term : hints(stack_.back().element).ancestor) --counts_[term];
    stack_.pop_back();
  }

  TermSum word_sum(std::string_view text) {
    word_terms(text, words_);
    TermSum sum;
    for (const uint32_t hash : words_) {
      if (const Term* term = known_word_terms().find(hash)) sum.add(score_of(term));
    }
    return sum;
  }

  // Does `row(block, numbers)` for each block and `done(block, probability)` with what the forest says of the numbers.
  template <class Row, class Done>
  void each_tile(const Forest& forest, size_t width, Row row, Done done) {
    std::vector<float> tile(width * kTile);
    std::vector<float> numbers(width);
    std::array<float, kTile> margins;
    for (size_t from = 0; from < page_.blocks.size(); from += kTile) {
      const size_t count = std::min(kTile, page_.blocks.size() - from);
      for (size_t r = 0; r < count; ++r) {
        row(from + r, numbers.data());
        for (size_t c = 0; c < width; ++c) tile[c * kTile + r] = numbers[c];
      }
      forest.margins(tile.data(), margins.data());
      for (size_t r = 0; r < count; ++r) done(from + r, sigmoid(margins[r]));
    }
  }

  void first() {
    terms_.resize(page_.blocks.size() * 3 * kTermColumns);
    first_.reserve(page_.blocks.size());
    const auto row = [&](size_t b, float* x) {
      const uint32_t own = page_.blocks[b].element, parent = page_.elements[own].parent;
      float* terms = terms_.data() + b * 3 * kTermColumns;
      own_sum(own, parent).put(terms);
      (parent == own ? TermSum() : above(parent)).put(terms + kTermColumns);
      word_sum(page_.blocks[b].text).put(terms + 2 * kTermColumns);
      std::copy_n(terms, 3 * kTermColumns, std::copy_n(features_.row(b), features_.width, x));
    };
    each_tile(first_forest(), features_.width + 3 * kTermColumns, row, [&](size_t, float p) { first_.push_back(p); });
  }

  std::vector<float> second() {
    read_groups();
    std::vector<float> out;
    out.reserve(page_.blocks.size());
    const auto row = [&](size_t b, float* x) {
      for (const uint16_t column : kSecondColumns) *x++ = features_.row(b)[column];
      x = std::copy_n(terms_.data() + b * 3 * kTermColumns, 3 * kTermColumns, x);
      context(b, x);
    };
    each_tile(second_forest(), std::size(kSecondColumns) + 3 * kTermColumns + kContextColumns, row,
              [&](size_t, float p) { out.push_back(p); });
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

  uint64_t group_of(size_t b) {
    const uint32_t own = page_.blocks[b].element, parent = page_.elements[own].parent;
    uint64_t key = static_cast<uint64_t>(page_.elements[own].tag) + 1;
    key = key * hints(own).factor + hints(own).sum;
    key = key * kGroupFactor + 1;
    return key * hints(parent).factor + hints(parent).sum;
  }

  void read_groups() {
    HashCounts groups(page_.blocks.size());
    parents_.resize(page_.elements.size());
    grand_.resize(page_.elements.size());
    before_.push_back(0);
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const float p = first_[b];
      group_.push_back(groups.add(group_of(b)));
      groups_.resize(groups.size());
      groups_[group_.back()].add(p);
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

  static void put_mean(const Mean& mean, float own, float*& x) {
    *x++ = mean.count > 1 ? (mean.sum - own) / (mean.count - 1) : -1.0F;
    *x++ = mean.count;
    *x++ = mean.largest;
  }

  static constexpr size_t kContextColumns = 29;
  void context(size_t b, float* x) const {
    const auto i = static_cast<ptrdiff_t>(b);
    const float own = first_[b];
    *x++ = own;
    for (const ptrdiff_t d : {-1, 1, -2, 2, -3, 3, -4, 4}) *x++ = at(i + d);
    for (const ptrdiff_t reach : {3, 8, 20}) {
      *x++ = window(i - reach, i);
      *x++ = window(i + 1, i + 1 + reach);
    }
    const uint32_t element = page_.blocks[b].element, parent = page_.elements[element].parent;
    put_mean(parents_[parent], own, x);
    put_mean(grand_[page_.elements[parent].parent], own, x);
    put_mean(groups_[group_[b]], own, x);
    *x++ = before_[b];
    *x++ = before_.back() - before_[b + 1];
    *x++ = before_.back();
    *x++ = next_sure(i, -1);
    *x++ = next_sure(i, 1);
  }

  const html::Outline& page_;
  const BlockFeatures& features_;
  struct Entered {
    uint32_t element = 0;
    TermSum sum;  // of the known terms of it and all above
  };
  static constexpr uint64_t kGroupFactor = 1099511628211ULL;

  std::vector<Hints> hints_;      // one for each kind of hints of the page
  std::vector<Entered> stack_;    // one a depth
  std::vector<uint32_t> path_;    // scratch of above()
  std::vector<uint32_t> counts_;  // of the known terms, in the stack
  std::vector<uint32_t> words_;   // scratch of word_sum()
  std::vector<float> first_, terms_, before_;
  std::vector<uint32_t> group_;  // one a block
  std::vector<Mean> groups_;
  std::vector<Mean> parents_, grand_;  // one an element
};

}  // namespace

std::vector<float> body_probabilities(const html::Outline& page, const BlockFeatures& features) {
  if (page.blocks.empty()) return {};
  return Model(page, features).run();
}

}  // namespace dragoman::ingest
