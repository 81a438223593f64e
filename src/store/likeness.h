// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "store/sketch.h"

namespace dragoman::store {

/// An address without what does not tell one article from another: scheme, "www.", "m." and "amp.", fragment, tracking
/// parameters, a slash or "/amp" at the end. "" for one that is no article's (a bare host).
std::string canonical_address(std::string_view url);

/// What tells whether two articles are the same, small enough to be kept for all that were read.
struct Likeness {
  uint64_t address = 0, title = 0;  ///< hashes; 0 if not known
  std::optional<int> day;           ///< of publication
  bool long_enough = false;         ///< to be known by its text
  Sketch sketch{};
};
Likeness likeness_of(const Article& article);
/// Of a document of a store.
Likeness likeness_of(const std::string& url, const std::string& title, const std::string& published,
                     const Sketch& sketch);

/// One article, under several addresses or lightly edited: at least 49 of the 64 values of their sketches are equal
/// (some .77 of their runs of five words) and they were not published more than three days apart; or they have one
/// address and a quarter of their runs, or their title and day. The same for (a, b) and (b, a).
bool are_same(const Likeness& a, const Likeness& b);

/// Articles by what they are like. Some 450 bytes each; finding takes the time of comparing those that have the address
/// or four values of the sketch in a row in common.
class LikenessIndex {
 public:
  /// Gives the next number, from 0.
  uint32_t add(const Likeness& likeness);
  /// Numbers of those that are the same, smallest first. None is missed.
  std::vector<uint32_t> same_as(const Likeness& likeness) const;

 private:
  // Of 64 values, 49 equal: 15 differ, so that one at least of 16 bands of four is equal.
  static constexpr size_t kBands = 16;
  static constexpr size_t kKeys = kBands + 1;  // and the address

  static uint64_t key(const Likeness& likeness, size_t which);
  size_t bucket(uint64_t key) const { return key & (heads_.size() - 1); }
  void link(uint32_t number);

  std::vector<Likeness> all_;
  // Chains of entries (number * kKeys + which, counted from 1) with one bucket.
  std::vector<uint32_t> heads_, next_;
};

}  // namespace dragoman::store
