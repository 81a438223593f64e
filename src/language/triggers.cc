// SPDX-License-Identifier: Apache-2.0
#include "language/triggers.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "language/wordpiece.h"

namespace dragoman::language {
namespace {

constexpr size_t kWidth = 1 + kEventTypes;
constexpr uint32_t kLongestChain = 4;   // words that may stand before the telling one
constexpr float kHardlyAny = 0.15F;     // an event probability that says little of the type
constexpr float kShareOfFirst = 0.25F;  // of the best word's probability, for a word to begin the trigger

constexpr std::array<std::string_view, 40> kLight = {
    "has",   "have",    "had",    "having", "is",      "are",  "was",   "were",  "be",   "been",
    "being", "am",      "do",     "does",   "did",     "will", "would", "shall", "may",  "might",
    "can",   "could",   "should", "must",   "to",      "not",  "n't",   "never", "also", "again",
    "once",  "further", "still",  "just",   "already", "now",  "both",  "ever",  "soon", "either"};

// One word's event probability and best type.
struct View {
  const float* row;
  float some() const { return 1.0F - row[0]; }
  int best() const { return static_cast<int>(std::max_element(row + 1, row + kWidth) - row - 1); }
};

// Punctuation tells no act, whatever the model says of odd texts.
bool tells(std::string_view word) { return word_shape(word) != WordShape::kPunctuation; }

View view(const std::vector<float>& probabilities, uint32_t word) { return {probabilities.data() + word * kWidth}; }

}  // namespace

bool is_light(std::string_view word) {
  const std::string lower = base::lower_ascii(word);
  if (std::find(kLight.begin(), kLight.end(), lower) != kLight.end()) return true;
  return lower.size() > 4 && lower.compare(lower.size() - 2, 2, "ly") == 0;
}

std::vector<ChosenTrigger> choose_triggers(const std::vector<float>& probabilities,
                                           const std::vector<std::string_view>& surfaces, float threshold) {
  std::vector<ChosenTrigger> chosen;
  const auto n = static_cast<uint32_t>(surfaces.size());
  for (uint32_t begin = 0; begin < n;) {
    uint32_t last = begin;  // the telling word: the first that is not light
    while (last + 1 < n && last - begin < kLongestChain && is_light(surfaces[last])) ++last;
    // From the telling word back: words that tell the same act join it, others stand for themselves.
    std::vector<ChosenTrigger> found;
    for (uint32_t end = last + 1; end > begin;) {
      ChosenTrigger group;
      group.anchor = end - 1;
      uint32_t word = end;
      float best = 0;
      while (word > begin) {
        const View here = view(probabilities, word - 1);
        const bool same = word == end || best < kHardlyAny || here.some() < kHardlyAny ||
                          here.best() == view(probabilities, group.anchor).best();
        if (!same) break;
        --word;
        for (int t = 0; t < kEventTypes; ++t) group.scores[t] += here.row[1 + t];
        if (here.some() > best) {
          best = here.some();
          group.anchor = word;
        }
      }
      group.first = end - 1;
      for (uint32_t w = word; w < end; ++w) {
        if (view(probabilities, w).some() >= kShareOfFirst * best) {
          group.first = w;
          break;
        }
      }
      float sum = 0;
      for (const float score : group.scores) sum += score;
      if (sum >= threshold && tells(surfaces[group.anchor])) {
        if (sum > 1.0F) {
          for (float& score : group.scores) score /= sum;
        }
        group.type =
            static_cast<EventType>(std::max_element(group.scores.begin(), group.scores.end()) - group.scores.begin());
        found.push_back(group);
      }
      end = word;
    }
    chosen.insert(chosen.end(), found.rbegin(), found.rend());
    begin = last + 1;
  }
  return chosen;
}

}  // namespace dragoman::language
