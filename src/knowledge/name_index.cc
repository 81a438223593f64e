// SPDX-License-Identifier: Apache-2.0
#include "knowledge/name_index.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "knowledge/fold.h"

namespace dragoman::knowledge {
namespace {

constexpr int kTopBits = 16;

// FNV-1a with a last mix, so that the top bits are as good as the others.
uint64_t hash_of(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 33);
}

}  // namespace

void NameIndex::add(std::string_view name, uint32_t entry, uint8_t sense) {
  std::string folded = fold(name);
  if (folded.empty()) return;
  const std::string lower = base::lower_ascii(folded);
  first_words_.insert(lower.substr(0, lower.find(' ')));
  longest_ = std::max(longest_, static_cast<size_t>(std::count(lower.begin(), lower.end(), ' ')) + 1);
  postings_.push_back({hash_of(lower), entry, static_cast<uint32_t>(names_.size()), sense});
  names_.push_back(std::move(folded));
}

void NameIndex::seal() {
  std::sort(postings_.begin(), postings_.end(), [](const Posting& a, const Posting& b) {
    return std::tie(a.hash, a.entry, a.sense, a.name) < std::tie(b.hash, b.entry, b.sense, b.name);
  });
  starts_.assign((size_t{1} << kTopBits) + 1, 0);
  for (const Posting& posting : postings_) ++starts_[(posting.hash >> (64 - kTopBits)) + 1];
  for (size_t k = 1; k < starts_.size(); ++k) starts_[k] += starts_[k - 1];
}

std::pair<size_t, size_t> NameIndex::range(const std::string& lower) const {
  const uint64_t hash = hash_of(lower);
  const size_t top = hash >> (64 - kTopBits);
  size_t begin = starts_[top];
  while (begin < starts_[top + 1] && postings_[begin].hash < hash) ++begin;
  size_t end = begin;
  while (end < starts_[top + 1] && postings_[end].hash == hash) ++end;
  return {begin, end};
}

bool NameIndex::agrees(const Posting& posting, std::string_view folded, const std::string& lower) const {
  const std::string& known = names_[posting.name];
  if (known.size() != folded.size() || !case_agrees(folded, known)) return false;
  for (size_t k = 0; k < known.size(); ++k)
    if ((base::is_ascii_upper(known[k]) ? static_cast<char>(known[k] - 'A' + 'a') : known[k]) != lower[k]) return false;
  return true;
}

}  // namespace dragoman::knowledge
