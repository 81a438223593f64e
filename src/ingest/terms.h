// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dragoman::ingest {

/// How much a word of a class or of a text speaks for running text: log odds times kTermScale.
struct Term {
  uint32_t hash;
  int8_t score;
};
inline constexpr float kTermScale = 16.0F;

inline float score_of(const Term* term) { return static_cast<float>(term->score) / kTermScale; }

inline constexpr size_t kTermColumns = 4;
inline constexpr float kNoTerm = -20.0F;  ///< stands for the scores where no term is known

/// Least, largest and mean score of known terms, and how many there are.
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

/// Known terms by hash: a bit for each hash's upper bits keeps the many unknown ones from being looked for, and the
/// first term of each range of hashes leaves few to look through.
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

  /// Of those that are known; each hash counts as often as it stands there.
  TermSum sum_of(const std::vector<uint32_t>& hashes) const {
    TermSum sum;
    for (const uint32_t hash : hashes) {
      if (const Term* term = find(hash)) sum.add(score_of(term));
    }
    return sum;
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

}  // namespace dragoman::ingest
