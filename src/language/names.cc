// SPDX-License-Identifier: Apache-2.0
#include "language/names.h"

#include <algorithm>
#include <cmath>

namespace dragoman::language {
namespace {

constexpr uint32_t kWidth = 1 + 2 * kMentionKinds;
constexpr float kLeast = 1e-9F;       // probabilities below it count as it
constexpr float kForbidden = -1e30F;  // an inside at the start

bool is_inside(uint32_t tag) { return tag != 0 && tag % 2 == 0; }

// The best tag of each word. A path may reach any tag but an inside from any tag.
std::vector<uint32_t> best_tags(const std::vector<float>& probabilities) {
  const size_t words = probabilities.size() / kWidth;
  std::vector<uint32_t> came(words * kWidth);
  std::vector<float> best(kWidth, 0.0F), next(kWidth);
  for (size_t w = 0; w < words; ++w) {
    const auto top = static_cast<uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
    for (uint32_t tag = 0; tag < kWidth; ++tag) {
      uint32_t from = top;
      float before = best[top];
      if (is_inside(tag)) {
        from = best[tag] > best[tag - 1] ? tag : tag - 1;
        before = w == 0 ? kForbidden : best[from];
      }
      came[w * kWidth + tag] = from;
      next[tag] = before + std::log(std::max(probabilities[w * kWidth + tag], kLeast));
    }
    best.swap(next);
  }
  std::vector<uint32_t> tags(words);
  auto tag = static_cast<uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (size_t w = words; w-- > 0;) {
    tags[w] = tag;
    tag = came[w * kWidth + tag];
  }
  return tags;
}

// Of each kind the probability that its tags stand on all of a name's words, as shares of their sum.
std::array<float, kMentionKinds> kinds_of(const ChosenName& name, const std::vector<float>& probabilities) {
  std::array<double, kMentionKinds> log{};
  for (size_t kind = 0; kind < kMentionKinds; ++kind) {
    for (uint32_t w = name.first; w < name.last; ++w) {
      const size_t tag = 1 + 2 * kind + (w > name.first ? 1 : 0);
      log[kind] += std::log(std::max(probabilities[w * kWidth + tag], kLeast));
    }
  }
  const double most = *std::max_element(log.begin(), log.end());
  double sum = 0;
  for (double& one : log) sum += one = std::exp(one - most);
  std::array<float, kMentionKinds> kinds{};
  for (size_t kind = 0; kind < kMentionKinds; ++kind) kinds[kind] = static_cast<float>(log[kind] / sum);
  return kinds;
}

}  // namespace

std::vector<ChosenName> choose_names(const std::vector<float>& probabilities) {
  const std::vector<uint32_t> tags = best_tags(probabilities);
  std::vector<ChosenName> names;
  for (uint32_t w = 0; w < tags.size(); ++w) {
    if (tags[w] == 0) continue;
    if (is_inside(tags[w])) {
      names.back().last = w + 1;
    } else {
      const float score = probabilities[static_cast<size_t>(w) * kWidth + tags[w]];
      names.push_back({w, w + 1, static_cast<MentionKind>((tags[w] - 1) / 2), score});
    }
  }
  for (ChosenName& name : names) name.kinds = kinds_of(name, probabilities);
  return names;
}

}  // namespace dragoman::language
