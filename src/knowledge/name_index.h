// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace dragoman::knowledge {

/// Folded names → (entry, sense). Filled, sealed, then const.
class NameIndex {
 public:
  struct Posting {
    uint64_t hash = 0;
    uint32_t entry = 0;
    uint32_t name = 0;  ///< index of the folded, cased name
    uint8_t sense = 0;
  };

  void add(std::string_view name, uint32_t entry, uint8_t sense);
  void seal();

  /// Calls `found(posting)` for each name that agrees with the folded text, in order of entry.
  template <class Found>
  void find(std::string_view folded, const std::string& lower, Found&& found) const {
    const auto [begin, end] = range(lower);
    for (size_t k = begin; k < end; ++k)
      if (agrees(postings_[k], folded, lower)) found(postings_[k]);
  }

  bool may_begin(std::string_view lower_word) const { return first_words_.count(std::string(lower_word)) > 0; }
  size_t longest() const { return longest_; }

 private:
  std::pair<size_t, size_t> range(const std::string& lower) const;
  bool agrees(const Posting& posting, std::string_view folded, const std::string& lower) const;

  std::vector<Posting> postings_;  // sorted by hash, then entry
  std::vector<uint32_t> starts_;   // first posting of each value of the hash's top bits
  std::deque<std::string> names_;
  std::unordered_set<std::string> first_words_;
  size_t longest_ = 0;
};

}  // namespace dragoman::knowledge
