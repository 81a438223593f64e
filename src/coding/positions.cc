// SPDX-License-Identifier: Apache-2.0
#include "coding/positions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/utf8.h"
#include "dragoman/error.h"

namespace dragoman::coding {
namespace {

using Scores = IssueWords::Scores;

// These constants and the order of the inputs are those of training/positions.py.
constexpr double kBeside = 0.35;  // weight of the words of an act's sentence outside trigger and theme
constexpr uint32_t kLead = 160;   // characters that count as the head of an article
constexpr double kNothing = -9, kLeast = -9, kMost = 6;
constexpr double kUnset = -1e9;
constexpr double kEvidence = 0.15;  // share of a deed that is named as evidence
constexpr std::array<const char*, 18> kSectors = {"GOV", "LEG", "PTY", "JUD", "MIL", "REB", "CVL", "BUS", "JRN",
                                                  "LAB", "SOC", "EDU", "REL", "OPP", "ELI", "COP", "REF", "CRM"};
constexpr size_t kInputs = 17 + 7 + Deed::kTypes + 11 + kSectors.size() + Deed::kTypes;

// An act or statement of the article with its scores.
struct Scored {
  Deed deed;
  bool historical = false, theme = true, aimed = false;
  uint32_t at = 0;     // characters before it
  uint32_t index = 0;  // into the article's events or statements
  Scores near;

  bool said() const { return deed.type == Deed::kSaying; }
};

// The officials of a state together, or one other actor.
struct Holder {
  std::string country;
  bool official = false;
  std::set<std::string> sectors;
  std::map<uint32_t, size_t> entities;  // how often each is named
  std::vector<const Scored*> deeds;
};

bool is_state(const std::string& country) {
  return !country.empty() && country != "IGO" && country != "NGO" && country != "ISM" && country != "IMG" &&
         country != "MNC";
}

bool has(const std::vector<std::string>& list, const char* item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// Collects holders in the order in which they act, then speak.
class Holders {
 public:
  void add(const Participant& person, const Scored& deed) {
    const bool official = is_state(person.country) &&
                          (person.sectors.empty() || has(person.sectors, "GOV") || has(person.sectors, "MIL"));
    const Key key{official, official ? 0 : person.entity, person.country};
    const auto [at, fresh] = at_.emplace(key, list.size());
    if (fresh) list.push_back({person.country, official, {}, {}, {}});
    Holder& holder = list[at->second];
    holder.sectors.insert(person.sectors.begin(), person.sectors.end());
    ++holder.entities[person.entity];
    holder.deeds.push_back(&deed);
  }

  std::vector<Holder> list;

 private:
  using Key = std::tuple<bool, uint32_t, std::string>;
  std::map<Key, size_t> at_;
};

double within(double score) { return std::clamp(score, kLeast, kMost); }

// The places of the three best scores; of equals the first.
std::array<size_t, 3> best_three(const Scores& scores) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  order.resize(3, scores.size());
  return {order[0], order[1], order[2]};
}

// What the deeds of a holder say of each issue.
struct Summary {
  Scores top, by_act, by_word, second, together;
  std::vector<const Scored*> best;

  Summary(const Holder& holder, size_t issues)
      : top(issues, kUnset),
        by_act(issues, kNothing),
        by_word(issues, kNothing),
        second(issues, kNothing),
        together(issues, 0.0),
        best(issues, nullptr) {
    const bool acts = std::any_of(holder.deeds.begin(), holder.deeds.end(), [](auto* d) { return !d->said(); });
    const bool words = std::any_of(holder.deeds.begin(), holder.deeds.end(), [](auto* d) { return d->said(); });
    if (acts) by_act.assign(issues, kUnset);
    if (words) by_word.assign(issues, kUnset);
    if (holder.deeds.size() > 1) second.assign(issues, kUnset);
    for (const Scored* deed : holder.deeds) {
      for (size_t i = 0; i < issues; ++i) {
        const double score = deed->near[i];
        Scores& own = deed->said() ? by_word : by_act;
        own[i] = std::max(own[i], score);
        together[i] += std::log1p(std::exp(std::clamp(score, -40.0, 40.0) + 3));
        if (best[i] == nullptr || score > top[i]) {
          if (best[i] != nullptr) second[i] = std::max(second[i], top[i]);
          top[i] = score;
          best[i] = deed;
        } else {
          second[i] = std::max(second[i], score);
        }
      }
    }
  }
};

// Inputs that are the same for every issue.
std::vector<double> of_holder(const Holder& holder, size_t holders, size_t all_deeds) {
  size_t acts = 0;
  uint32_t first = holder.deeds.front()->at;
  std::array<bool, Deed::kTypes> types{};
  for (const Scored* deed : holder.deeds) {
    acts += deed->said() ? 0 : 1;
    first = std::min(first, deed->at);
    types[deed->deed.type] = true;
  }
  const auto count = [](size_t n) { return std::log1p(static_cast<double>(n)); };
  const size_t deeds = holder.deeds.size();
  std::vector<double> out = {holder.official ? 1.0 : 0.0,
                             is_state(holder.country) ? 0.0 : 1.0,
                             holder.country.empty() ? 1.0 : 0.0,
                             count(deeds),
                             count(acts),
                             count(deeds - acts),
                             static_cast<double>(deeds) / static_cast<double>(all_deeds),
                             count(holders),
                             count(all_deeds),
                             first < kLead ? 1.0 : 0.0,
                             first / 3000.0};
  for (const char* sector : kSectors) out.push_back(holder.sectors.count(sector) ? 1.0 : 0.0);
  for (const bool type : types) out.push_back(type ? 1.0 : 0.0);
  return out;
}

// How much each deed counts as evidence for the issue.
std::vector<double> shares(const Holder& holder, size_t issue, double top) {
  std::vector<double> out;
  double sum = 0;
  for (const Scored* deed : holder.deeds) {
    out.push_back(std::exp(1.5 * (deed->near[issue] - top)));
    sum += out.back();
  }
  for (double& share : out) share /= sum;
  return out;
}

// The state itself where the article has it as an entity, else the one of the holder's entities named most.
uint32_t entity_of(const Holder& holder, const Links& links) {
  if (holder.official) {
    for (uint32_t e = 0; e < links.entities.size(); ++e) {
      if (links.entities[e].kind == EntityKind::kCountry && links.entities[e].country == holder.country) return e;
    }
  }
  return std::max_element(holder.entities.begin(), holder.entities.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

class Article {
 public:
  Article(const Reading& reading, const std::vector<Event>& events, const std::vector<Statement>& statements,
          const IssueWords& words)
      : reading_(reading), events_(events), points_(reading.text()) {
    deeds_.reserve(events.size() + statements.size());  // holders point into it
    for (uint32_t e = 0; e < events.size(); ++e) {
      if (events[e].actors.empty()) continue;
      add(act(events[e], e), reading.text(reading.sentence(events[e].sentence)), words);
      for (const Participant& actor : events[e].actors) holders_.add(actor, deeds_.back());
    }
    for (uint32_t s = 0; s < statements.size(); ++s) {
      if (!statements[s].speaker) continue;
      Scored said;
      said.deed.text = reading.text(statements[s].content);
      said.at = points_.of_byte(statements[s].content.begin);
      said.index = s;
      add(std::move(said), {}, words);
      holders_.add(*statements[s].speaker, deeds_.back());
    }
    TermBag all;
    all.add(reading.text(), 1.0);
    far_ = words.far(all);
    most_.assign(far_.size(), kUnset);
    for (const Holder& holder : holders_.list) {
      for (const Scored* deed : holder.deeds) {
        for (size_t i = 0; i < most_.size(); ++i) most_[i] = std::max(most_[i], deed->near[i]);
      }
    }
    best_far_ = best_three(far_);
    best_most_ = best_three(most_);
  }

  std::vector<Position> positions(const PositionChoice& choice, const StanceWeights& stance) const;

 private:
  Scored act(const Event& event, uint32_t index) const {
    Scored out;
    out.deed.type = static_cast<size_t>(event.type);
    out.deed.text = reading_.text(event.trigger);
    if (event.theme) out.deed.text.append(" ").append(reading_.text(*event.theme));
    out.deed.status = event.status;
    out.deed.modes = event.modes;
    out.historical = event.historical;
    out.theme = event.theme.has_value();
    out.aimed = !event.recipients.empty();
    out.at = points_.of_byte(event.trigger.begin);
    out.index = index;
    return out;
  }

  void add(Scored deed, std::string_view beside, const IssueWords& words) {
    TermBag bag;
    bag.add(deed.deed.text, 1.0);
    bag.add(beside, kBeside);
    deed.near = words.near(bag);
    deeds_.push_back(std::move(deed));
  }

  std::vector<double> inputs(const Summary& of, size_t issue, const std::array<size_t, 3>& best_of_holder,
                             const std::vector<double>& same) const;
  Position position(const Holder& holder, const std::vector<double>& share, const std::string& issue,
                    Stance stance) const;

  const Reading& reading_;
  const std::vector<Event>& events_;
  base::CodePoints points_;
  std::vector<Scored> deeds_;
  Holders holders_;
  Scores far_, most_;
  std::array<size_t, 3> best_far_{}, best_most_{};
};

std::vector<double> Article::inputs(const Summary& of, size_t issue, const std::array<size_t, 3>& best_of_holder,
                                    const std::vector<double>& same) const {
  std::vector<double> x = {within(of.top[issue]),    within(of.by_act[issue]), within(of.by_word[issue]),
                           within(of.second[issue]), of.together[issue],       of.top[issue] - most_[issue]};
  x.reserve(kInputs);
  for (const size_t best : best_of_holder) x.push_back(best == issue ? 1.0 : 0.0);
  x.push_back(within(far_[issue]));
  x.push_back(within(most_[issue]));
  for (const size_t best : best_far_) x.push_back(best == issue ? 1.0 : 0.0);
  for (const size_t best : best_most_) x.push_back(best == issue ? 1.0 : 0.0);
  const Scored& deed = *of.best[issue];
  for (const bool sign : {deed.deed.status != Status::kActual, deed.deed.status == Status::kAlleged, deed.historical,
                          deed.theme, deed.aimed, deed.at < kLead}) {
    x.push_back(sign ? 1.0 : 0.0);
  }
  x.push_back(deed.at / 3000.0);
  for (size_t type = 0; type < Deed::kTypes; ++type) x.push_back(deed.deed.type == type ? 1.0 : 0.0);
  x.insert(x.end(), same.begin(), same.end());
  return x;
}

Position Article::position(const Holder& holder, const std::vector<double>& share, const std::string& issue,
                           Stance stance) const {
  Position out;
  out.holder = entity_of(holder, reading_.links);
  out.issue = issue;
  out.stance = stance;
  const double most = *std::max_element(share.begin(), share.end());
  double surest = 0;
  for (size_t d = 0; d < share.size(); ++d) {
    if (share[d] < kEvidence && share[d] < most) continue;
    const Scored& deed = *holder.deeds[d];
    (deed.said() ? out.statements : out.events).push_back(deed.index);
    if (deed.said() || share[d] <= surest) continue;
    for (const Participant& recipient : events_[deed.index].recipients) {
      if (recipient.entity == out.holder || holder.entities.count(recipient.entity)) continue;
      out.object = recipient.entity;
      surest = share[d];
      break;
    }
  }
  for (std::vector<uint32_t>* evidence : {&out.events, &out.statements}) {
    std::sort(evidence->begin(), evidence->end());
    evidence->erase(std::unique(evidence->begin(), evidence->end()), evidence->end());
  }
  return out;
}

std::vector<Position> Article::positions(const PositionChoice& choice, const StanceWeights& stance) const {
  const std::vector<std::string>& issues = choice.issues();
  size_t all_deeds = 0;
  for (const Holder& holder : holders_.list) all_deeds += holder.deeds.size();
  std::vector<Position> out;
  for (const Holder& holder : holders_.list) {
    const Summary summary(holder, issues.size());
    const std::array<size_t, 3> best = best_three(summary.top);
    const std::vector<double> same = of_holder(holder, holders_.list.size(), all_deeds);
    for (size_t i = 0; i < issues.size(); ++i) {
      if (choice.logit(inputs(summary, i, best, same), i, summary.best[i]->deed.type) < choice.threshold()) continue;
      const std::vector<double> share = shares(holder, i, summary.top[i]);
      double against = stance.against(issues[i]);
      for (size_t d = 0; d < share.size(); ++d) against += stance.against(holder.deeds[d]->deed, share[d], issues[i]);
      out.push_back(position(holder, share, issues[i], against > 0 ? Stance::kAgainst : Stance::kFor));
    }
  }
  return out;
}

}  // namespace

PositionFinder::PositionFinder(const std::string& folder, const knowledge::Ontology& ontology)
    : choice_(folder + "/choice.tsv", kInputs, Deed::kTypes),
      words_(folder + "/words.tsv", choice_.issues().size()),
      stance_(folder + "/stance.tsv") {
  for (const std::string& issue : choice_.issues()) {
    if (!ontology.has_issue(issue))
      throw Failure({ErrorCode::kKnowledge, "no such issue: " + issue, folder + "/choice.tsv"});
  }
}

std::vector<Position> PositionFinder::find(const Reading& reading, const std::vector<Event>& events,
                                           const std::vector<Statement>& statements) const {
  return Article(reading, events, statements, words_).positions(choice_, stance_);
}

}  // namespace dragoman::coding
