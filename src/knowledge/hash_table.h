// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dragoman::knowledge {

class IndexReader;
class IndexWriter;

/// A fast hash of 64 bits for look-ups and for telling whether files have changed; the same on every machine of the
/// same byte order. No protection against somebody who looks for collisions.
uint64_t hash_of(std::string_view text, uint64_t seed = 0);

/// Hashes → numbers, several for one hash in the order in which they were added. Filled, sealed, then const; or mapped
/// from a compiled index, whose memory it then looks into.
class HashTable {
 public:
  struct Slot {
    uint64_t hash = 0;
    uint32_t value = 0;
    uint32_t extra = 0;
  };

  void add(uint64_t hash, uint32_t value, uint32_t extra = 0) { own_.push_back({hash, value, extra}); }
  void seal();
  void seal_set();  ///< each hash is kept once

  /// The slots of a hash, in the order in which they were added.
  std::span<const Slot> find(uint64_t hash) const {
    if (slots_.empty()) return {};
    const size_t bucket = hash >> shift_;
    size_t begin = starts_[bucket];
    const size_t stop = starts_[bucket + 1];
    while (begin < stop && slots_[begin].hash < hash) ++begin;
    size_t end = begin;
    while (end < stop && slots_[end].hash == hash) ++end;
    return slots_.subspan(begin, end - begin);
  }

  /// For look-ups of several hashes: the first has the memory fetched that tells where a hash's slots lie, the second,
  /// when that has come, the slots.
  void fetch(uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&starts_[hash >> shift_]);
  }
  void fetch_slots(uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(slots_.data() + starts_[hash >> shift_]);
  }

  bool all_below(size_t limit) const;  ///< every value is

  std::span<const Slot> slots() const { return slots_; }  ///< all, sorted by hash

  void write(IndexWriter& to) const;

  /// Looks into the reader's memory from now on. False where it is out of form.
  bool map(IndexReader& from);

 private:
  std::vector<Slot> own_;
  std::vector<uint32_t> own_starts_;
  std::span<const Slot> slots_;       // sorted by hash
  std::span<const uint32_t> starts_;  // first slot of each value of the hash's top bits, and the end
  int shift_ = 63;                    // how far those bits are from the right
};

}  // namespace dragoman::knowledge
