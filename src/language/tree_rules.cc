// SPDX-License-Identifier: Apache-2.0
#include "language/tree_rules.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace dragoman::language {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

std::string_view base_of(std::string_view relation) { return relation.substr(0, relation.find(':')); }

bool is_head_first(std::string_view relation) {
  static constexpr std::array<std::string_view, 5> kHeadFirst = {"conj", "fixed", "flat", "goeswith", "appos"};
  return std::find(kHeadFirst.begin(), kHeadFirst.end(), base_of(relation)) != kHeadFirst.end();
}

bool is_subject(std::string_view relation) {
  return (base_of(relation) == "nsubj" || base_of(relation) == "csubj") && relation.find(":outer") == relation.npos;
}

bool is_object(std::string_view relation) { return base_of(relation) == "obj"; }

template <class Is>
std::vector<char> flags(const std::vector<std::string>& relations, Is is) {
  std::vector<char> flags;
  for (const std::string& relation : relations) flags.push_back(is(relation) ? 1 : 0);
  return flags;
}

/// Scores of a sentence's relations, row by row.
struct Rows {
  std::vector<float> scores;
  size_t width;

  float* row(size_t i) { return &scores[i * width]; }
  size_t best(size_t i) { return static_cast<size_t>(std::max_element(row(i), row(i) + width) - row(i)); }

  void rule_out(size_t i, const std::vector<char>& relations) {
    for (size_t r = 0; r < width; ++r)
      if (relations[r] != 0) row(i)[r] = kNever;
  }

  /// What the token would lose if it took none of these.
  float loss(size_t i, const std::vector<char>& relations) {
    float other = kNever;
    for (size_t r = 0; r < width; ++r)
      if (relations[r] == 0) other = std::max(other, row(i)[r]);
    return row(i)[best(i)] - other;
  }
};

// Whether one changed: of the tokens of each head that have one of these relations only one keeps it.
bool keep_one(const std::vector<uint32_t>& heads, const std::vector<char>& relations, Rows& rows,
              std::vector<size_t>& chosen) {
  bool changed = false;
  const size_t n = heads.size();
  for (size_t i = 0; i < n; ++i) {
    if (heads[i] == 0 || relations[chosen[i]] == 0) continue;
    size_t keeper = i;
    std::vector<size_t> all = {i};
    for (size_t k = i + 1; k < n; ++k) {
      if (heads[k] != heads[i] || relations[chosen[k]] == 0) continue;
      all.push_back(k);
      if (rows.loss(k, relations) > rows.loss(keeper, relations)) keeper = k;
    }
    for (const size_t k : all) {
      if (k == keeper) continue;
      rows.rule_out(k, relations);
      chosen[k] = rows.best(k);
      changed = true;
    }
  }
  return changed;
}

// Whether `above` is the token (1 + its index) or stands over it.
bool is_below(const std::vector<uint32_t>& heads, uint32_t token, uint32_t above) {
  while (token != 0 && token != above) token = heads[token - 1];
  return token == above;
}

// Whether the leaf `mark` crosses nothing under `head`: all that stands between is below the head, and what spans the
// mark is above the head.
bool fits(const std::vector<uint32_t>& heads, uint32_t mark, uint32_t head) {
  for (uint32_t k = std::min(mark, head) + 1; k < std::max(mark, head); ++k)
    if (!is_below(heads, k, head)) return false;
  for (uint32_t k = 1; k <= heads.size(); ++k) {
    const uint32_t over = heads[k - 1];
    if (k == mark || over == 0 || mark < std::min(k, over) || mark > std::max(k, over) || mark == over) continue;
    if (!is_below(heads, head, over)) return false;
  }
  return true;
}

}  // namespace

TreeRules::TreeRules(const std::vector<std::string>& relations)
    : head_first_(flags(relations, is_head_first)),
      subject_(flags(relations, is_subject)),
      object_(flags(relations, is_object)),
      punctuation_(static_cast<size_t>(std::find(relations.begin(), relations.end(), "punct") - relations.begin())) {}

std::vector<size_t> TreeRules::relations(const std::vector<uint32_t>& heads, std::vector<float> scores) const {
  Rows rows{std::move(scores), head_first_.size()};
  std::vector<size_t> chosen;
  for (size_t i = 0; i < heads.size(); ++i) {
    if (heads[i] > i + 1) rows.rule_out(i, head_first_);
    chosen.push_back(rows.best(i));
  }
  for (bool changed = true; changed;) {
    changed = keep_one(heads, subject_, rows, chosen);
    changed = keep_one(heads, object_, rows, chosen) || changed;
  }
  return chosen;
}

void TreeRules::settle_punctuation(const std::vector<double>& scores, const std::vector<size_t>& relations,
                                   std::vector<uint32_t>& heads) const {
  const auto n = static_cast<uint32_t>(heads.size());
  for (uint32_t mark = 1; mark <= n; ++mark) {
    uint32_t& head = heads[mark - 1];
    if (relations[mark - 1] != punctuation_ || head == 0 || fits(heads, mark, head)) continue;
    if (std::find(heads.begin(), heads.end(), mark) != heads.end()) continue;  // it has dependents of its own
    const double* score = &scores[(mark - 1) * (size_t{n} + 1)];
    uint32_t best = 0;
    for (uint32_t other = 1; other <= n; ++other) {
      if (other == mark || relations[other - 1] == punctuation_ || !fits(heads, mark, other)) continue;
      if (best == 0 || score[other] > score[best]) best = other;
    }
    if (best != 0) head = best;
  }
}

}  // namespace dragoman::language
