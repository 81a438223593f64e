// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"

namespace dragoman::language {

/// A trigger as chosen from the probabilities of its words.
struct ChosenTrigger {
  uint32_t first = 0;   ///< word it begins with
  uint32_t anchor = 0;  ///< most probable word; what the other heads look from
  std::array<float, kEventTypes> scores{};
  EventType type = EventType::kAgree;
};

/// Chooses the triggers of a window. `probabilities` is [words, 1 + kEventTypes], "no event" first; `surfaces` are
/// the words. Words that may begin the same trigger ("was reached", "fully agrees", "is seeking") share its
/// probability: an auxiliary or adverb gives its own to the word after it, where that tells the same type or hardly
/// any. Triggers are those whose event types sum up to at least `threshold`; in text order.
std::vector<ChosenTrigger> choose_triggers(const std::vector<float>& probabilities,
                                           const std::vector<std::string_view>& surfaces, float threshold);

/// Auxiliary, modal, negation, "to", or an adverb in -ly: a word that may stand before the word that tells the act.
bool is_light(std::string_view word);

}  // namespace dragoman::language
