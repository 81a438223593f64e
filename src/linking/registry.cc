// SPDX-License-Identifier: Apache-2.0
#include "linking/registry.h"

#include <algorithm>

namespace dragoman::linking {
namespace {

constexpr size_t kNamesakes = 16;  // how many bearers of one word are looked at; bounds hostile texts

bool within(const std::vector<std::string>& few, const std::vector<std::string>& many) {
  return std::all_of(few.begin(), few.end(),
                     [&](const std::string& word) { return std::find(many.begin(), many.end(), word) != many.end(); });
}

}  // namespace

uint32_t Registry::add(Known known) {
  const auto id = static_cast<uint32_t>(all_.size());
  all_.push_back(std::move(known));
  const auto words = all_.back().name_words;
  for (const auto& word : words) words_[word].push_back(id);
  if (!all_.back().entity.kb.empty()) set_key(id, all_.back().entity.kb);
  return id;
}

std::optional<uint32_t> Registry::by_key(const std::string& key) const {
  const auto at = keys_.find(key);
  return at == keys_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<uint32_t> Registry::by_name(const std::vector<std::string>& words, bool person, uint32_t at,
                                          char gender) const {
  if (words.empty()) return std::nullopt;
  const auto before = [&](const Known& one, const Known& other) {
    const bool introduced = one.introduced < at, earlier = other.introduced < at;
    return introduced != earlier ? introduced : one.named > other.named;
  };
  std::optional<uint32_t> best;
  for (const std::string& key : {words.back(), words.front()}) {
    const auto found = words_.find(key);
    if (found == words_.end()) continue;
    const auto& bearers = found->second;
    for (size_t back = 0; back < std::min(bearers.size(), kNamesakes); ++back) {
      const uint32_t id = bearers[bearers.size() - 1 - back];
      const Known& known = all_[id];
      if (known.person != person || differ_in_sex(known.gender, gender)) continue;
      const auto& own = known.name_words;
      // A body is named again by its own words only; "Foreign Ministry" is not "Foreign Ministry of Elbonia" by half.
      const bool same = within(words, own) || (person && own.size() > 1 && within(own, words)) || own == words;
      if (!same || (!person && words.size() * 2 < own.size())) continue;
      if (!best || before(known, all_[*best])) best = id;
    }
    if (best) return best;
  }
  return best;
}

void Registry::add_name(uint32_t id, const std::vector<std::string>& words, std::string_view shown) {
  Known& known = all_[id];
  for (const auto& word : words)
    if (std::find(known.name_words.begin(), known.name_words.end(), word) == known.name_words.end())
      words_[word].push_back(id);
  if (words.size() <= known.name_words.size()) return;
  known.name_words = words;
  if (known.entity.kb.empty()) known.entity.name = shown;
}

std::optional<uint32_t> Registry::by_noun(const std::string& noun) const {
  const auto at = nouns_.find(noun);
  return at == nouns_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace dragoman::linking
