// SPDX-License-Identifier: Apache-2.0
#include "language/names.h"

#include <algorithm>
#include <cmath>

namespace dragoman::language {
namespace {

constexpr float kLeast = 1e-9F;       // probabilities below it count as it
constexpr float kForbidden = -1e30F;  // an inside at the start

bool is_inside(uint32_t tag) { return tag != 0 && tag % 2 == 0; }

// The best tag of each word. A path may reach any tag but an inside from any tag.
std::vector<uint32_t> best_tags(const std::vector<float>& probabilities, uint32_t width) {
  const size_t words = probabilities.size() / width;
  std::vector<uint32_t> came(words * width);
  std::vector<float> best(width, 0.0F), next(width);
  for (size_t w = 0; w < words; ++w) {
    const auto top = static_cast<uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
    for (uint32_t tag = 0; tag < width; ++tag) {
      uint32_t from = top;
      float before = best[top];
      if (is_inside(tag)) {
        from = best[tag] > best[tag - 1] ? tag : tag - 1;
        before = w == 0 ? kForbidden : best[from];
      }
      came[w * width + tag] = from;
      next[tag] = before + std::log(std::max(probabilities[w * width + tag], kLeast));
    }
    best.swap(next);
  }
  std::vector<uint32_t> tags(words);
  auto tag = static_cast<uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (size_t w = words; w-- > 0;) {
    tags[w] = tag;
    tag = came[w * width + tag];
  }
  return tags;
}

}  // namespace

std::vector<ChosenName> choose_names(const std::vector<float>& probabilities, uint32_t kinds) {
  const uint32_t width = 1 + 2 * kinds;
  const std::vector<uint32_t> tags = best_tags(probabilities, width);
  std::vector<ChosenName> names;
  for (uint32_t w = 0; w < tags.size(); ++w) {
    if (tags[w] == 0) continue;
    if (is_inside(tags[w])) {
      names.back().last = w + 1;
    } else {
      const float score = probabilities[static_cast<size_t>(w) * width + tags[w]];
      names.push_back({w, w + 1, static_cast<MentionKind>((tags[w] - 1) / 2), score});
    }
  }
  return names;
}

}  // namespace dragoman::language
