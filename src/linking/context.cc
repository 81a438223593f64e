// SPDX-License-Identifier: Apache-2.0
#include "linking/context.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "knowledge/codes.h"

namespace dragoman::linking {
namespace {

// Settled on the training gold (tools/link_eval): the state most spoken of in the text answers for most bare
// nouns; one named shortly before outweighs it only in texts about several states.
constexpr double kNearBonus = 0.3;     // share of the whole text's weight given to a name just before
constexpr double kNearDistance = 100;  // bytes over which that bonus falls to a third
constexpr double kNameShare = 1.4;     // how much the sound of a name counts, against the log of a state's weight
constexpr double kInertia = 1;         // what another state's name must be better by
constexpr double kHeadline = 1.5;      // as for names of the knowledge

// Codes have capitals, names of states without one have none.
std::string coded(const std::string& state) {
  return std::any_of(state.begin(), state.end(), base::is_ascii_upper) ? state : "";
}

}  // namespace

Context::Context(const Article& article, const std::vector<Word>& words, const NameFinder& finder,
                 const UnlistedStates& unlisted, const knowledge::Knowledge& knowledge)
    : knowledge_(&knowledge), weights_(finder.weights()) {
  for (const Hit& hit : finder.hits()) {
    const std::string country(hit.entry->country);
    if (country.empty() || knowledge::is_non_state_code(country)) continue;
    evidence_.push_back({words[hit.first].span.begin, country, hit.is(knowledge::EntryKind::kCity) ? 0.5 : 1.0});
  }
  const uint32_t headline = article.blocks.empty() ? 0 : article.blocks.front().span.end;
  for (const auto& [word, state] : unlisted.places()) {
    const uint32_t begin = words[word].span.begin;
    evidence_.push_back({begin, state, 1.0});
    weights_[state] += begin < headline ? kHeadline : 1;
  }
  std::stable_sort(evidence_.begin(), evidence_.end(),
                   [](const Evidence& a, const Evidence& b) { return a.at < b.at; });
  for (const auto& [country, weight] : weights_)
    if (main_.empty() || weight > weights_.at(main_)) main_ = country;
  most_ = weight(main_);
  unlisted_ = !main_.empty() && coded(main_).empty();
  main_ = coded(main_);
}

double Context::weight(const std::string& code_or_name) const {
  const auto found = weights_.find(code_or_name);
  return found == weights_.end() ? 0 : found->second;
}

// How much speaks for each state of the text there.
std::map<std::string, double> Context::scores_at(uint32_t at) const {
  double total = 0;
  for (const auto& [country, weight] : weights_) total += weight;
  std::map<std::string, double> near;
  auto after = std::upper_bound(evidence_.begin(), evidence_.end(), at,
                                [](uint32_t b, const Evidence& evidence) { return b < evidence.at; });
  for (int back = 0; back < 6 && after != evidence_.begin(); ++back) {
    --after;
    const double distance = static_cast<double>(at - after->at);
    near[after->country] = std::max(near[after->country], after->weight * std::exp(-distance / kNearDistance));
  }
  std::map<std::string, double> scores = weights_;
  for (auto& [country, score] : scores)
    if (near.count(country)) score += near[country] * kNearBonus * total;
  return scores;
}

std::string Context::country_at(uint32_t at, const std::optional<knowledge::RoleNoun>& role,
                                std::string_view name) const {
  std::map<std::string, double> scores = scores_at(at);
  if (role && !role->states.empty()) {
    const auto all = scores;
    std::erase_if(scores, [&](const auto& state) { return !coded(state.first).empty() && !role->is_in(state.first); });
    if (scores.empty() && !role->first_state().empty()) return all.empty() ? "" : std::string(role->first_state());
    if (scores.empty()) scores = all;
  }
  std::string first;
  for (const auto& [state, score] : scores)
    if (first.empty() || score > scores.at(first)) first = state;
  if (coded(first).empty() || name.empty() || scores.size() < 2) return coded(first);
  std::string best = first;
  std::optional<double> best_score;
  for (const auto& [state, score] : scores) {
    if (coded(state).empty() || score <= 0) continue;
    const double inertia = state == first ? kInertia : 0;
    const double sum = std::log(score) + kNameShare * knowledge_->sounds_of(name, state) + inertia;
    if (!best_score || sum > *best_score) best = state, best_score = sum;
  }
  return best;
}

knowledge::Day Context::day_of(const Article& article) {
  if (!article.published) return 0;
  return knowledge::parse_day(std::string_view(article.published->value).substr(0, 10)).value_or(0);
}

}  // namespace dragoman::linking
