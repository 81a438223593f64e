// SPDX-License-Identifier: Apache-2.0
#include "language/coreference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "language/wordpiece.h"
#include "neural/ops.h"

namespace dragoman::language {
namespace {

constexpr uint32_t kRunWords = 6;   // words of a name that are compared
constexpr uint32_t kRunBefore = 2;  // and those of them before the word it turns on, at most

constexpr int kDistanceRows = 16;
constexpr int kSentenceRows = 8;
constexpr int kLikenessRows = 15;

// Capitalized words that are no part of a name; as in training/tasks/coref.py.
constexpr std::array<std::string_view, 73> kPlain = {
    "the",    "a",     "an",    "this",    "that",     "these",  "those", "he",  "she",  "it",    "they",
    "we",     "i",     "you",   "his",     "her",      "its",    "their", "our", "my",   "your",  "him",
    "them",   "us",    "me",    "who",     "in",       "on",     "at",    "of",  "and",  "but",   "or",
    "nor",    "for",   "to",    "by",      "with",     "from",   "as",    "if",  "when", "while", "after",
    "before", "since", "until", "because", "although", "though", "not",   "no",  "yes",  "so",    "there",
    "here",   "what",  "where", "why",     "how",      "then",   "now",   "one", "both", "all",   "some",
    "many",   "most",  "more",  "other",   "another",  "each",   "every"};

bool may_be_named(std::string_view word) {
  switch (word_shape(word)) {
    case WordShape::kCapitalized:
    case WordShape::kAllCaps:
    case WordShape::kCapital:
    case WordShape::kMixed:
    case WordShape::kLettersAndDigits: {
      const std::string lower = base::lower_ascii(word);
      return std::find(kPlain.begin(), kPlain.end(), lower) == kPlain.end();
    }
    default: return false;
  }
}

// Number of limits at or below a value: its bucket.
template <size_t N>
int bucket(const std::array<uint32_t, N>& limits, uint32_t value) {
  return static_cast<int>(std::upper_bound(limits.begin(), limits.end(), value) - limits.begin());
}

int distance_of(uint32_t words) {
  static constexpr std::array<uint32_t, kDistanceRows - 1> kLimits = {2,  3,  4,  5,   8,   12,  18, 27,
                                                                      40, 60, 90, 135, 200, 300, 450};
  return bucket(kLimits, words);
}

int sentences_of(uint32_t sentences) {
  static constexpr std::array<uint32_t, kSentenceRows - 1> kLimits = {1, 2, 3, 4, 6, 10, 20};
  return bucket(kLimits, sentences);
}

std::vector<float> apply(const neural::Linear& layer, const float* rows, size_t n, HeadScratch& scratch,
                         neural::Epilogue epilogue = neural::Epilogue::kStore) {
  std::vector<float> out(n * static_cast<size_t>(layer.out()));
  layer.apply(rows, static_cast<int>(n), out.data(), scratch.linear, epilogue);
  return out;
}

}  // namespace

WordMarks::WordMarks(std::string_view text, const std::vector<Span>& words, const std::vector<char>& begins) {
  std::unordered_map<std::string, uint32_t> number;
  const auto surface = [&](size_t word) { return words[word].of(text); };
  uint32_t sentence = 0;
  for (size_t w = 0; w < words.size(); ++w) {
    capital_.push_back(may_be_named(surface(w)) ? 1 : 0);
    if (begins[w] != 0) ++sentence;
    sentence_.push_back(sentence);
    std::string key = base::lower_ascii(surface(w));
    // A single letter is compared with the two words after it: "U.S." is not "U.N.".
    if (capital_[w] != 0 && word_shape(surface(w)) == WordShape::kCapital) {
      for (size_t k = w + 1; k < std::min(w + 3, words.size()); ++k) key += ' ' + base::lower_ascii(surface(k));
    }
    same_.push_back(number.emplace(key, static_cast<uint32_t>(number.size())).first->second);
  }
}

WordMarks::Run WordMarks::run_of(uint32_t word) const {
  if (capital_[word] == 0) return {};
  Run run{word, word};
  while (run.first > 0 && capital_[run.first - 1] != 0 && word - run.first < kRunBefore) --run.first;
  while (run.last < capital_.size() && capital_[run.last] != 0 && run.last - run.first < kRunWords) ++run.last;
  return run;
}

int WordMarks::likeness(uint32_t a, uint32_t b) const {
  int heads = 0;
  if (same_[a] == same_[b]) {
    heads = a > 0 && b > 0 && same_[a - 1] == same_[b - 1] ? 2 : 1;
  }
  const Run left = run_of(a), right = run_of(b);
  int names = 0;
  if (left.last > left.first && right.last > right.first) {
    names = 1;
    const auto begin = same_.begin();
    const bool shared = std::find_first_of(begin + left.first, begin + left.last, begin + right.first,
                                           begin + right.last) != begin + left.last;
    if (shared) ++names;
    if (same_[left.last - 1] == same_[right.last - 1]) ++names;
    if (std::equal(begin + left.first, begin + left.last, begin + right.first, begin + right.last)) ++names;
  }
  return heads * 5 + names;
}

bool Coreference::is_in(const neural::Model& model) { return model.find("coref.anchor.bias") != nullptr; }

Coreference::Coreference(const neural::Model& model, int hidden)
    : inner_(neural::width_of(model, "coref.anchor")),
      rank_(neural::width_of(model, "coref.left")),
      anchor_(model, "coref.anchor", hidden, inner_),
      word_(model, "coref.word", hidden, inner_),
      left_(model, "coref.left", hidden, rank_),
      right_(model, "coref.right", hidden, rank_),
      product_(model, "coref.product", rank_, inner_),
      middle_(model, "coref.middle", inner_, inner_),
      out_(model, "coref.out", inner_, 1),
      distance_(model.floats("coref.distance", std::array{kDistanceRows, inner_})),
      sentences_(model.floats("coref.sentences", std::array{kSentenceRows, inner_})),
      likeness_(model.floats("coref.likeness", std::array{kLikenessRows, inner_})) {}

std::vector<std::vector<Antecedent>> Coreference::antecedents(const std::vector<uint32_t>& mentions,
                                                              const float* vectors, const WordMarks& marks,
                                                              HeadScratch& scratch) const {
  const size_t count = mentions.size();
  const auto inner = static_cast<size_t>(inner_), rank = static_cast<size_t>(rank_);
  const std::vector<float> anchor = apply(anchor_, vectors, count, scratch);
  const std::vector<float> word = apply(word_, vectors, count, scratch);
  const std::vector<float> left = apply(left_, vectors, count, scratch);
  const std::vector<float> right = apply(right_, vectors, count, scratch);
  const float scale = 1.0F / std::sqrt(static_cast<float>(rank_));
  std::vector<std::vector<Antecedent>> all(count);
  std::vector<float> products, rows;
  for (size_t i = 1; i < count; ++i) {
    std::vector<Antecedent>& found = all[i];
    for (size_t j = i > kReach ? i - kReach : 0; j < i; ++j) {
      const float* a = left.data() + i * rank;
      const float rough = std::inner_product(a, a + rank, right.data() + j * rank, 0.0F) * scale;
      found.push_back({static_cast<uint32_t>(j), rough});
    }
    const auto better = [](const Antecedent& a, const Antecedent& b) {
      return a.score != b.score ? a.score > b.score : a.mention > b.mention;
    };
    const size_t scored = std::min(found.size(), kScored);
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(scored), found.end(), better);
    found.resize(scored);
    products.resize(scored * rank);
    for (size_t k = 0; k < scored; ++k) {
      for (size_t r = 0; r < rank; ++r)
        products[k * rank + r] = left[i * rank + r] * right[found[k].mention * rank + r];
    }
    rows = apply(product_, products.data(), scored, scratch);
    for (size_t k = 0; k < scored; ++k) {
      const size_t j = found[k].mention;
      const size_t far = static_cast<size_t>(distance_of(mentions[i] - mentions[j])) * inner;
      const size_t apart = static_cast<size_t>(sentences_of(marks.sentences_between(mentions[j], mentions[i]))) * inner;
      const size_t like = static_cast<size_t>(marks.likeness(mentions[i], mentions[j])) * inner;
      for (size_t x = 0; x < inner; ++x) {
        rows[k * inner + x] += anchor[i * inner + x] + word[j * inner + x] + distance_[far + x] +
                               sentences_[apart + x] + likeness_[like + x];
      }
    }
    neural::gelu(rows);
    const std::vector<float> middle = apply(middle_, rows.data(), scored, scratch, neural::Epilogue::kGelu);
    const std::vector<float> fine = apply(out_, middle.data(), scored, scratch);
    for (size_t k = 0; k < scored; ++k) found[k].score += fine[k];
    std::sort(found.begin(), found.end(), better);
  }
  return all;
}

std::vector<std::vector<uint32_t>> chains_of(const std::vector<std::vector<Antecedent>>& antecedents) {
  std::vector<std::vector<uint32_t>> chains;
  std::vector<uint32_t> chain_of(antecedents.size());
  for (uint32_t i = 0; i < antecedents.size(); ++i) {
    if (antecedents[i].empty() || antecedents[i].front().score <= 0) {
      chain_of[i] = static_cast<uint32_t>(chains.size());
      chains.push_back({i});
    } else {
      chain_of[i] = chain_of[antecedents[i].front().mention];
      chains[chain_of[i]].push_back(i);
    }
  }
  std::erase_if(chains, [](const std::vector<uint32_t>& chain) { return chain.size() < 2; });
  return chains;
}

}  // namespace dragoman::language
