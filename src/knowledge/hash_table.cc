// SPDX-License-Identifier: Apache-2.0
#include "knowledge/hash_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "knowledge/index_file.h"

namespace dragoman::knowledge {

// Eight bytes a step: multiply by an odd constant (2^64 over the golden ratio), fold the upper half down. The last
// step mixes once more, so that the top bits, which choose the bucket, depend on all of the text.
uint64_t hash_of(std::string_view text, uint64_t seed) {
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
  uint64_t hash = (seed ^ text.size()) * kOdd;
  const auto step = [&](uint64_t word) {
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 32;
  };
  const auto word_at = [&](size_t at) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    return word;
  };
  const size_t size = text.size();
  for (size_t at = 0; at + 8 < size; at += 8) step(word_at(at));
  if (size >= 8) {
    step(word_at(size - 8));  // the last ones; some may have been seen
  } else {
    uint64_t word = 0;
    for (const char c : text) word = word << 8 | static_cast<unsigned char>(c);
    step(word);
  }
  step(hash >> 29);
  return hash * kOdd;
}

void HashTable::seal() {
  std::stable_sort(own_.begin(), own_.end(), [](const Slot& a, const Slot& b) { return a.hash < b.hash; });
  const int bits = std::max(1, static_cast<int>(std::bit_width(own_.size())));
  shift_ = 64 - bits;
  own_starts_.assign((size_t{1} << bits) + 1, 0);
  for (const Slot& slot : own_) ++own_starts_[(slot.hash >> shift_) + 1];
  for (size_t k = 1; k < own_starts_.size(); ++k) own_starts_[k] += own_starts_[k - 1];
  slots_ = own_;
  starts_ = own_starts_;
}

void HashTable::seal_set() {
  const auto less = [](const Slot& a, const Slot& b) { return a.hash < b.hash; };
  const auto same = [](const Slot& a, const Slot& b) { return a.hash == b.hash; };
  std::sort(own_.begin(), own_.end(), less);
  own_.erase(std::unique(own_.begin(), own_.end(), same), own_.end());
  seal();
}

bool HashTable::all_below(size_t limit) const {
  return std::all_of(slots_.begin(), slots_.end(), [&](const Slot& slot) { return slot.value < limit; });
}

void HashTable::write(IndexWriter& to) const {
  to.put(static_cast<uint64_t>(shift_));
  to.put_all(slots_);
  to.put_all(starts_);
}

bool HashTable::map(IndexReader& from) {
  uint64_t shift = 0;
  if (!from.get(shift) || shift > 63 || shift < 32 || !from.get_all(slots_) || !from.get_all(starts_)) return false;
  shift_ = static_cast<int>(shift);
  return starts_.size() == (size_t{1} << (64 - shift_)) + 1 && starts_.back() == slots_.size() &&
         std::is_sorted(starts_.begin(), starts_.end());
}

}  // namespace dragoman::knowledge
