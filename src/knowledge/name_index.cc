// SPDX-License-Identifier: Apache-2.0
#include "knowledge/name_index.h"

#include <algorithm>

#include "base/text.h"
#include "knowledge/index_file.h"

namespace dragoman::knowledge {
namespace {

constexpr size_t kLongest = 0xFFFF;  // bytes of a name; the tables' lines are no longer

size_t length_at(std::string_view cased, size_t at) {
  return static_cast<unsigned char>(cased[at]) + (size_t{static_cast<unsigned char>(cased[at + 1])} << 8);
}

}  // namespace

void NameIndex::add(std::string_view name, uint32_t entry, uint8_t sense) {
  const std::string folded = fold(name);
  if (folded.empty() || folded.size() > kLongest) return;
  const std::string lower = base::lower_ascii(folded);
  first_words_.add(hash_of(lower.substr(0, lower.find(' '))), 0);
  longest_ = std::max(longest_, static_cast<size_t>(std::count(lower.begin(), lower.end(), ' ')) + 1);
  names_.add(hash_of(lower), entry << kSenseBits | sense, static_cast<uint32_t>(own_cased_.size()));
  own_cased_.push_back(static_cast<char>(folded.size() & 0xFF));
  own_cased_.push_back(static_cast<char>(folded.size() >> 8));
  own_cased_.append(folded);
}

void NameIndex::seal() {
  names_.seal();
  first_words_.seal_set();
  cased_ = own_cased_;
}

bool NameIndex::agrees(uint32_t at, const FoldedName& name) const {
  if (cased_.size() < 2 || at > cased_.size() - 2) return false;
  const size_t size = length_at(cased_, at);
  if (size != name.lower().size() || size > cased_.size() - at - 2) return false;
  const std::string_view known = cased_.substr(at + 2, size), lower = name.lower();
  if (known == name.text()) return true;
  for (size_t k = 0; k < size; ++k)
    if ((base::is_ascii_upper(known[k]) ? static_cast<char>(known[k] - 'A' + 'a') : known[k]) != lower[k]) return false;
  return case_agrees(name.text(), known);
}

bool NameIndex::all_below(size_t entries, uint8_t senses) const {
  return std::all_of(names_.slots().begin(), names_.slots().end(), [&](const HashTable::Slot& slot) {
    return slot.value >> kSenseBits < entries && (slot.value & kSenseMask) < senses;
  });
}

void NameIndex::write(IndexWriter& to) const {
  names_.write(to);
  first_words_.write(to);
  to.put_text(cased_);
  to.put(longest_);
}

bool NameIndex::map(IndexReader& from) {
  uint64_t longest = 0;
  if (!names_.map(from) || !first_words_.map(from) || !from.get_text(cased_) || !from.get(longest)) return false;
  longest_ = longest;
  return true;
}

}  // namespace dragoman::knowledge
