// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "knowledge/fold.h"
#include "knowledge/hash_table.h"

namespace dragoman::knowledge {

/// Folded names → (entry, sense). Filled, sealed, then const; or mapped from a compiled index.
class NameIndex {
 public:
  void add(std::string_view name, uint32_t entry, uint8_t sense);
  void seal();

  /// Calls `found(entry, sense)` for each name that agrees with the text, in order of entry.
  template <class Found>
  void find(const FoldedName& name, Found&& found) const {
    for (const HashTable::Slot& slot : names_.find(hash_of(name.lower())))
      if (agrees(slot.extra, name)) found(slot.value >> kSenseBits, static_cast<uint8_t>(slot.value & kSenseMask));
  }

  static constexpr size_t kBatch = 16;  ///< names that find_all() takes at once

  /// find() for up to kBatch names, as `found(which, entry, sense)`. A table of names is larger than the caches near
  /// the processor, and a look-up waits for memory four times; here all names wait together.
  template <class Found>
  void find_all(std::span<const std::string_view> names, Found&& found) const {
    std::array<std::optional<FoldedName>, kBatch> folded;
    std::array<uint64_t, kBatch> hashes;
    std::array<std::span<const HashTable::Slot>, kBatch> slots;
    const size_t count = std::min(names.size(), kBatch);
    for (size_t k = 0; k < count; ++k) __builtin_prefetch(names[k].data());
    for (size_t k = 0; k < count; ++k) {
      hashes[k] = hash_of(folded[k].emplace(names[k]).lower());
      names_.fetch(hashes[k]);
    }
    for (size_t k = 0; k < count; ++k) names_.fetch_slots(hashes[k]);
    for (size_t k = 0; k < count; ++k) {
      slots[k] = names_.find(hashes[k]);
      for (const HashTable::Slot& slot : slots[k])
        if (slot.extra < cased_.size()) __builtin_prefetch(cased_.data() + slot.extra);
    }
    for (size_t k = 0; k < count; ++k)
      for (const HashTable::Slot& slot : slots[k])
        if (agrees(slot.extra, *folded[k]))
          found(k, slot.value >> kSenseBits, static_cast<uint8_t>(slot.value & kSenseMask));
  }

  /// A word that begins no name may be taken for one that does, once in many millions.
  bool may_begin(std::string_view lower_word) const { return !first_words_.find(hash_of(lower_word)).empty(); }
  size_t longest() const { return longest_; }

  /// Whether every name is of one of so many entries and senses.
  bool all_below(size_t entries, uint8_t senses) const;

  void write(IndexWriter& to) const;
  bool map(IndexReader& from);

 private:
  static constexpr int kSenseBits = 3;
  static constexpr uint32_t kSenseMask = (1U << kSenseBits) - 1;

  bool agrees(uint32_t at, const FoldedName& name) const;

  HashTable names_;  // of the name in lower case → entry and sense; extra: where the cased name stands in cased_
  HashTable first_words_;  // no values
  std::string own_cased_;
  std::string_view cased_;  // names, each behind its length in two bytes
  size_t longest_ = 0;
};

}  // namespace dragoman::knowledge
