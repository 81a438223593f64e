// SPDX-License-Identifier: Apache-2.0
#include "knowledge/name_origins.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/text.h"
#include "knowledge/fold.h"
#include "knowledge/hash_table.h"

namespace dragoman::knowledge {
namespace {

// Settled on the people of the training gold whose state no word tells.
constexpr double kPrior = 12;  // people of all states that each state is thought to have beside its own
constexpr size_t kLetters = 3;

// The words of a name and their runs of letters, each once; the ends of words count as letters.
std::vector<uint64_t> parts_of(std::string_view name) {
  std::vector<uint64_t> parts;
  const std::string folded = fold_lower(name);
  for (const std::string_view word : base::split(folded, ' ')) {
    if (word.empty()) continue;
    std::string bounded(1, '^');
    bounded.append(word).push_back('$');
    parts.push_back(hash_of(bounded));
    for (size_t k = 0; k + kLetters <= bounded.size(); ++k)
      if (k > 0 || kLetters < bounded.size())
        parts.push_back(hash_of(std::string_view(bounded).substr(k, kLetters), 1));
  }
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

}  // namespace

NameOrigins::NameOrigins(std::span<const Entry> entries) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  std::vector<std::pair<uint64_t, uint16_t>> all;
  for (const Entry& entry : entries) {
    if (entry.kind != EntryKind::kPerson || !seen.emplace(entry.country, entry.key).second) continue;
    const auto state = states_.emplace(entry.country, static_cast<uint16_t>(states_.size())).first->second;
    if (people_.size() < states_.size()) people_.push_back(0);
    ++people_[state];
    ++all_;
    for (const uint64_t part : parts_of(entry.name)) all.emplace_back(part, state);
  }
  std::sort(all.begin(), all.end());
  for (const auto& [part, state] : all) {
    if (counts_.empty() || counts_.back().part != part || counts_.back().state != state)
      counts_.push_back({part, state, 0});
    ++counts_.back().people;
  }
}

double NameOrigins::score(std::string_view name, std::string_view country) const {
  const auto state = states_.find(country);
  const double people = state == states_.end() ? 0 : people_[state->second];
  double sum = 0;
  int known = 0;
  for (const uint64_t part : parts_of(name)) {
    double everywhere = 0, here = 0;
    auto count = std::lower_bound(counts_.begin(), counts_.end(), part,
                                  [](const Count& one, uint64_t wanted) { return one.part < wanted; });
    for (; count != counts_.end() && count->part == part; ++count) {
      everywhere += count->people;
      if (state != states_.end() && count->state == state->second) here = count->people;
    }
    if (everywhere == 0) continue;
    const double share = everywhere / all_;
    sum += std::log((here + kPrior * share) / (people + kPrior) / share);
    ++known;
  }
  return known == 0 ? 0 : sum / known;
}

}  // namespace dragoman::knowledge
