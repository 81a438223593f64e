// SPDX-License-Identifier: Apache-2.0
// Every step here has its twin in tools/train_blocks; the columns must be the same, in the same order.
#include "ingest/block_model.h"

#include <algorithm>
#include <iterator>

#include "ingest/forest.h"
#include "ingest/hash_counts.h"
#include "ingest/scores_around.h"
#include "ingest/terms.h"

namespace dragoman::ingest {
namespace {

#include "ingest/block_model.inc"

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

const Forest& first_forest() {
  static const Forest forest(kFirstNodes, kFirstTrees, std::size(kFirstTrees), kFirstBias);
  return forest;
}
const Forest& second_forest() {
  static const Forest forest(kSecondNodes, kSecondTrees, std::size(kSecondTrees), kSecondBias);
  return forest;
}

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
    return known_word_terms().sum_of(words_);
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
    each_tile(first_forest(), page_.blocks.size(), features_.width + 3 * kTermColumns, row,
              [&](size_t, float p) { first_.push_back(p); });
  }

  // What both say together is more often right of other sites than what the second says alone.
  std::vector<float> second() {
    read_groups();
    const ScoresAround around(first_);
    std::vector<float> out;
    out.reserve(page_.blocks.size());
    const auto row = [&](size_t b, float* x) {
      for (const uint16_t column : kSecondColumns) *x++ = features_.row(b)[column];
      x = std::copy_n(terms_.data() + b * 3 * kTermColumns, 3 * kTermColumns, x);
      context(around, b, x);
    };
    each_tile(second_forest(), page_.blocks.size(), std::size(kSecondColumns) + 3 * kTermColumns + kContextColumns, row,
              [&](size_t b, float p) { out.push_back((first_[b] + p) / 2); });
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
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const float p = first_[b];
      group_.push_back(groups.add(group_of(b)));
      groups_.resize(groups.size());
      groups_[group_.back()].add(p);
      const uint32_t own = page_.blocks[b].element, parent = page_.elements[own].parent;
      parents_[parent].add(p);
      grand_[page_.elements[parent].parent].add(p);
    }
  }

  static void put_mean(const Mean& mean, float own, float*& x) {
    *x++ = mean.count > 1 ? (mean.sum - own) / (mean.count - 1) : -1.0F;
    *x++ = mean.count;
    *x++ = mean.largest;
  }

  static constexpr size_t kContextColumns = ScoresAround::kNear + 9 + ScoresAround::kOrder;
  void context(const ScoresAround& around, size_t b, float* x) const {
    const float own = first_[b];
    around.put_near(b, x);
    const uint32_t element = page_.blocks[b].element, parent = page_.elements[element].parent;
    put_mean(parents_[parent], own, x);
    put_mean(grand_[page_.elements[parent].parent], own, x);
    put_mean(groups_[group_[b]], own, x);
    around.put_order(b, x);
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
  std::vector<float> first_, terms_;
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
