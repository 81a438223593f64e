// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dragoman/analysis.h"

namespace dragoman::language {

/// A name of a window, in words [first, last).
struct ChosenName {
  uint32_t first = 0;
  uint32_t last = 0;
  MentionKind kind = MentionKind::kPerson;
  float score = 0;                           ///< probability of its first word's tag
  std::array<float, kMentionKinds> kinds{};  ///< probability of each kind, if these words are a name
};

/// The likeliest names of a window: of all ways to tag the words in which each "inside" follows a "begin" or an
/// "inside" of its kind, the most probable (Viterbi). `probabilities` is [words, 1 + 2 * kMentionKinds]: outside, then
/// begin and inside of each kind.
std::vector<ChosenName> choose_names(const std::vector<float>& probabilities);

}  // namespace dragoman::language
