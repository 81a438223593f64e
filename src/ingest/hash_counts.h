// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dragoman::ingest {

/// Numbers the different hashes among so many from 0 on and counts how often each came. (A flat table: an
/// unordered_map spends a page's time on allocating its nodes.)
class HashCounts {
 public:
  explicit HashCounts(size_t most) : slots_(std::bit_ceil(2 * most + 2)) {}

  /// The number of the hash.
  uint32_t add(uint64_t hash) {
    const size_t mask = slots_.size() - 1;
    size_t at = ((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15ULL >> 20) & mask;
    while (slots_[at].number != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    if (slots_[at].number == 0) {
      counts_.push_back(0);
      slots_[at] = {hash, static_cast<uint32_t>(counts_.size())};
    }
    ++counts_[slots_[at].number - 1];
    return slots_[at].number - 1;
  }

  uint32_t count(uint32_t number) const { return counts_[number]; }
  size_t size() const { return counts_.size(); }

 private:
  struct Slot {
    uint64_t hash = 0;
    uint32_t number = 0;  // one more than it is; 0 where the slot is empty
  };
  std::vector<Slot> slots_;
  std::vector<uint32_t> counts_;
};

}  // namespace dragoman::ingest
