// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace dragoman::store {

/// Small numbers by large ones, in one piece of memory: where each of a million events asks for several.
class NumberMap {
 public:
  /// The number of a key, `fresh` where it has none yet, and whether that was so.
  std::pair<uint32_t, bool> try_emplace(uint64_t key, uint32_t fresh) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& slot = slot_of(key);
    if (slot.used) return {slot.number, false};
    slot = {key, fresh, true};
    ++size_;
    return {fresh, true};
  }

  void set(uint64_t key, uint32_t number) { slot_of(key).number = number; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t number = 0;
    bool used = false;
  };

  Slot& slot_of(uint64_t key) {
    const size_t mask = slots_.size() - 1;
    size_t at = key * 0x9E3779B97F4A7C15U >> (64U - static_cast<unsigned>(std::countr_zero(slots_.size())));
    while (slots_[at].used && slots_[at].key != key) at = (at + 1) & mask;
    return slots_[at];
  }

  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& one : old) {
      if (one.used) slot_of(one.key) = one;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  size_t size_ = 0;
};

}  // namespace dragoman::store
