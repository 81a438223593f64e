// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities.h"

#include <algorithm>

#include "base/text.h"
#include "coding/phrases.h"

namespace dragoman::coding {
namespace {

template <class T>
T or_fail(Result<T> result) {
  if (!result) throw Failure({ErrorCode::kKnowledge, result.error().message, result.error().place});
  return std::move(*result);
}

/// Whether `holds` is true of an act of the sentence.
template <class Holds>
bool any_act(const Analysis& analysis, uint32_t sentence, const Holds& holds) {
  return std::any_of(analysis.triggers.begin(), analysis.triggers.end(),
                     [&](const Trigger& trigger) { return trigger.sentence == sentence && holds(trigger); });
}

/// Whether an actor of the act has these words.
bool acts_in(const Trigger& trigger, Span words) {
  return std::any_of(trigger.fillers.begin(), trigger.fillers.end(), [&](const RoleFiller& filler) {
    return filler.role == Role::kActor && filler.span.overlaps(words);
  });
}

/// "40,000 employees walked off the job": who acts in a protest is a participant.
bool protests(const Quantity& quantity, const Analysis& analysis, uint32_t sentence) {
  return any_act(analysis, sentence, [&](const Trigger& trigger) {
    return trigger.type == EventType::kProtest && acts_in(trigger, quantity.span);
  });
}

/// "22 Republicans joined the Democrats to approve the bill": how many support or reject a bill, law or resolution that
/// their sentence names. A handful ("two Democrats back the bill") is named for who they are, not for their number.
bool vote_together(const FoundQuantity& found, const Analysis& analysis, uint32_t sentence,
                   const std::vector<Instrument>& instruments) {
  constexpr double kHandful = 9;
  const Quantity& quantity = found.quantity;
  if (quantity.kind != QuantityKind::kCount || found.definite || !found.counted) return false;
  if (quantity.value.value_or(0) <= kHandful) return false;
  const Span within = analysis.sentences[sentence];
  const bool named = std::any_of(instruments.begin(), instruments.end(), [&](const Instrument& instrument) {
    using K = InstrumentKind;
    return (instrument.kind == K::kBill || instrument.kind == K::kLaw || instrument.kind == K::kResolution) &&
           std::any_of(instrument.mentions.begin(), instrument.mentions.end(),
                       [&](Span mention) { return within.contains(mention); });
  });
  return named && any_act(analysis, sentence, [&](const Trigger& trigger) {
           return (trigger.type == EventType::kSupport || trigger.type == EventType::kReject) &&
                  acts_in(trigger, quantity.span);
         });
}

/// Votes for and against: how a ballot ended.
bool is_result(const FoundQuantity& found) {
  return found.quantity.kind == QuantityKind::kVote && found.quantity.votes_for && found.quantity.votes_against &&
         !found.unanimous;
}

/// Whether an act of this type can have a number of this kind as its own.
bool can_concern(EventType type, QuantityKind kind) {
  using T = EventType;
  switch (kind) {
    case QuantityKind::kKilled:
    case QuantityKind::kInjured: return type == T::kAssault || type == T::kProtest || type == T::kCoerce;
    case QuantityKind::kArrested:
      return type == T::kCoerce || type == T::kAccuse || type == T::kSanction || type == T::kAssault;
    case QuantityKind::kVote:
      return type != T::kProtest && type != T::kAssault && type != T::kMobilize && type != T::kConsult;
    case QuantityKind::kMoney: return type != T::kMobilize && type != T::kConsult;
    default: return true;
  }
}

/// Whether another act of the sentence is of the type that such a figure tells of, which this one is not: of "5 were
/// killed and 200 arrested" the dead are the attack's.
bool is_of_another(const Trigger& trigger, const Analysis& analysis, QuantityKind kind) {
  const bool casualty = kind == QuantityKind::kKilled || kind == QuantityKind::kInjured;
  if (!casualty && kind != QuantityKind::kArrested) return false;
  const EventType own = casualty ? EventType::kAssault : EventType::kCoerce;
  return trigger.type != own &&
         std::any_of(analysis.triggers.begin(), analysis.triggers.end(),
                     [&](const Trigger& other) { return other.sentence == trigger.sentence && other.type == own; });
}

bool in_fillers(const Trigger& trigger, Span span) {
  return std::any_of(trigger.fillers.begin(), trigger.fillers.end(), [&](const RoleFiller& filler) {
    return filler.role != Role::kPlace && filler.role != Role::kDate && filler.span.overlaps(span);
  });
}

uint32_t distance(Span a, Span b) {
  if (a.begin >= b.end) return a.begin - b.end;
  return b.begin >= a.end ? b.begin - a.end : 0;
}

/// No trigger of the sentence that could have the quantity is closer, and none has it among its fillers.
bool is_nearest(const Trigger& trigger, const Analysis& analysis, const Quantity& quantity) {
  const uint32_t own = distance(trigger.span, quantity.span);
  return std::none_of(analysis.triggers.begin(), analysis.triggers.end(), [&](const Trigger& other) {
    if (other.sentence != trigger.sentence || !can_concern(other.type, quantity.kind)) return false;
    const uint32_t gap = distance(other.span, quantity.span);
    return in_fillers(other, quantity.span) || gap < own || (gap == own && other.span < trigger.span);
  });
}

/// "$48,241 a ton", "between $28,000 and $30,000 per ton": what wares cost is the price of a measure, no sum that an
/// act concerns. A wage ("$4.25 an hour") is one.
bool is_price(const Quantity& quantity, std::string_view text, Span sentence) {
  constexpr size_t kRange = 6;  // terms of the rest of a range: "and $30,000", "to US$1.5 million"
  if (quantity.kind != QuantityKind::kMoney) return false;
  static const Phrases measures = [] {
    Phrases out;
    for (const char* of : {"per", "a", "an", "each"}) {
      for (const char* measure : {"ton", "tonne", "barrel", "litre", "liter", "gallon", "kilo", "kilogram", "kg",
                                  "pound", "ounce", "bushel", "metric ton", "metric tonne", "troy ounce"}) {
        out.add(std::string(of) + " " + measure, 0);
      }
    }
    return out;
  }();
  const std::string_view rest =
      text.substr(quantity.span.end, sentence.end - std::min(sentence.end, quantity.span.end));
  std::vector<std::string> after = terms_of(rest.substr(0, rest.find_first_of(";!?\n(")));
  const bool range = !after.empty() && (after.front() == "and" || after.front() == "to" || after.front() == "or");
  after.resize(std::min<size_t>(after.size(), range ? kRange : 3));
  const auto is_measure = [](const std::string& term) {
    return term == "per" || term == "a" || term == "an" || term == "each";
  };
  const auto measure = std::find_if(after.begin(), after.end(), is_measure);
  // What lies between is nothing, or the upper end of the range.
  const bool figure = std::any_of(after.begin(), measure, [](const std::string& term) {
    return term.find_first_of("0123456789") != std::string::npos;
  });
  if (measure == after.end() || (range ? !figure : measure != after.begin())) return false;
  return measures.any_in(after);
}

/// "to", "by" or "for" stands before the measure, and nothing between it and the act begins a clause of its own.
bool follows_act(Span act, Span measure, std::string_view text) {
  static constexpr std::string_view kHowMuch[] = {"by", "to", "for"};
  static constexpr std::string_view kClause[] = {"while", "when",  "but",   "after", "before", "because", "who",
                                                 "which", "whose", "where", "that",  "until",  "since",   "although"};
  if (act.end > measure.begin) return false;
  const std::string_view between = text.substr(act.end, measure.begin - act.end);
  if (between.find_first_of(",;:(\n") != std::string_view::npos) return false;
  const std::vector<std::string> words = terms_of(between);
  return !words.empty() && base::in(kHowMuch, words.back()) &&
         std::none_of(words.begin(), words.end(), [&](const std::string& word) { return base::in(kClause, word); });
}

/// "sentenced to 12 years", "cut its aid by 40%", "a two-year ban", "flew 900 kilometers": a measure of an act lies in
/// one of its roles, or follows it behind a preposition that tells how much, how far or how long it goes.
bool measures_an_act(const Quantity& measure, std::string_view text, const Analysis& analysis, uint32_t sentence) {
  return any_act(analysis, sentence, [&](const Trigger& trigger) {
    return in_fillers(trigger, measure.span) || trigger.span.overlaps(measure.span) ||
           follows_act(trigger.span, measure.span, text);
  });
}

/// What an act has though no figure is told: "injured dozens more", "unanimously approved", "tens of thousands of
/// teachers went on strike" (a headline's are told again in the text).
bool is_told_vaguely(const FoundQuantity& found, std::string_view text, const Analysis& analysis, uint32_t sentence) {
  const Quantity& quantity = found.quantity;
  if (quantity.value) return false;
  switch (quantity.kind) {
    case QuantityKind::kParticipants:
      return protests(quantity, analysis, sentence) && !(sentence == 0 && has_headline(text, analysis));
    case QuantityKind::kVote:
      if (!found.unanimous) return false;
      break;
    case QuantityKind::kKilled:
    case QuantityKind::kInjured:
    case QuantityKind::kArrested: break;
    default: return false;
  }
  return any_act(analysis, sentence, [&](const Trigger& trigger) { return can_concern(trigger.type, quantity.kind); });
}

/// The first mention of an instrument that tells this number of parts: "the 12-point plan".
bool is_of_an_instrument(const Quantity& parts, const std::vector<Instrument>& instruments,
                         const std::vector<Quantity>& kept) {
  return std::any_of(instruments.begin(), instruments.end(), [&](const Instrument& instrument) {
    const auto tells = [&](const Quantity& quantity) {
      return std::any_of(instrument.mentions.begin(), instrument.mentions.end(),
                         [&](Span mention) { return mention.contains(quantity.span); });
    };
    return tells(parts) && std::none_of(kept.begin(), kept.end(), [&](const Quantity& earlier) {
             return earlier.unit == parts.unit && earlier.value == parts.value && tells(earlier);
           });
  });
}

/// "in Norland": where, not who.
bool names_a_place(std::string_view text, Span name) {
  const std::vector<std::string> before =
      terms_of(text.substr(name.begin - std::min(name.begin, 12U), std::min(name.begin, 12U)));
  static constexpr std::string_view kWhere[] = {"in", "at", "near", "inside", "outside", "across", "from"};
  return !before.empty() && std::find(std::begin(kWhere), std::end(kWhere), before.back()) != std::end(kWhere);
}

/// The state that does each act of a sentence: its actor's, else the one named nearest before it. Of a sentence without
/// an act, the first that is named.
std::vector<Payer> payers_of(std::string_view text, const Analysis& analysis, uint32_t sentence,
                             const std::vector<NamedState>& named) {
  std::vector<const NamedState*> here;
  for (const NamedState& state : named) {
    if (analysis.sentences[sentence].contains(state.span)) here.push_back(&state);
  }
  const auto earlier = [](const NamedState* a, const NamedState* b) { return a->span < b->span; };
  std::stable_sort(here.begin(), here.end(), earlier);
  std::vector<Payer> payers;
  bool act = false;
  for (const Trigger& trigger : analysis.triggers) {
    if (trigger.sentence != sentence) continue;
    act = true;
    const NamedState* doer = nullptr;
    const NamedState* before = nullptr;
    for (const NamedState* state : here) {
      if (state->span.end <= trigger.span.begin && !names_a_place(text, state->span)) before = state;
      for (const RoleFiller& filler : trigger.fillers) {
        if (filler.role == Role::kActor && filler.span == state->span) doer = state;
      }
    }
    if (const NamedState* payer = doer != nullptr ? doer : before) payers.push_back({trigger.span, payer->country});
  }
  const auto who = [&](const NamedState* state) { return !names_a_place(text, state->span); };
  const auto first = std::find_if(here.begin(), here.end(), who);
  if (!act && first != here.end()) payers.push_back({(*first)->span, (*first)->country});
  return payers;
}

}  // namespace

QuantityReader QuantityReader::open(const std::string& data) {
  return {or_fail(Currencies::read(data + "/quantities/currencies.tsv")),
          or_fail(QuantityCues::read(data + "/quantities/words.tsv")),
          or_fail(Units::read(data + "/quantities/units.tsv")),
          or_fail(QuantityChoice::read(data + "/quantities/weights.tsv"))};
}

std::vector<FoundQuantity> QuantityReader::find_all(std::string_view text, const std::vector<Span>& sentences,
                                                    const std::vector<Span>& dates,
                                                    const std::vector<std::string>& countries) const {
  std::vector<FoundQuantity> all;
  for (const Span sentence : sentences) {
    for (FoundQuantity& found : quantities_of_sentence(text, sentence, dates, currencies_, cues_, units_, countries))
      all.push_back(std::move(found));
  }
  return all;
}

std::vector<FoundQuantity> QuantityReader::candidates(std::string_view text, const Analysis& analysis,
                                                      const std::vector<Span>& dates,
                                                      const std::vector<std::string>& countries,
                                                      std::vector<uint32_t>& sentence_of,
                                                      const std::vector<NamedState>& named) const {
  std::vector<FoundQuantity> all;
  sentence_of.clear();
  for (uint32_t s = 0; s < analysis.sentences.size(); ++s) {
    for (FoundQuantity& found : quantities_of_sentence(text, analysis.sentences[s], dates, currencies_, cues_, units_,
                                                       countries, payers_of(text, analysis, s, named))) {
      if (found.quantity.kind == QuantityKind::kOther) continue;
      if (found.quantity.kind == QuantityKind::kCount && protests(found.quantity, analysis, s))
        found.quantity.kind = QuantityKind::kParticipants;
      all.push_back(std::move(found));
      sentence_of.push_back(s);
    }
  }
  return all;
}

std::vector<Quantity> QuantityReader::find(std::string_view text, const Analysis& analysis,
                                           const std::vector<Span>& dates, const std::vector<std::string>& countries,
                                           const std::vector<NamedState>& named,
                                           const std::vector<Instrument>& instruments) const {
  std::vector<uint32_t> sentence_of;
  const std::vector<FoundQuantity> all = candidates(text, analysis, dates, countries, sentence_of, named);
  std::vector<Quantity> kept;
  for (size_t i = 0; i < all.size(); ++i) {
    const Quantity& quantity = all[i].quantity;
    const uint32_t sentence = sentence_of[i];
    if (is_price(quantity, text, analysis.sentences[sentence])) continue;
    bool keep = false;
    if (is_measure(quantity.kind))
      keep = !all[i].age && measures_an_act(quantity, text, analysis, sentence);
    else if (all[i].part)
      keep = is_of_an_instrument(quantity, instruments, kept);
    else
      keep = all[i].won || is_result(all[i]) || vote_together(all[i], analysis, sentence, instruments) ||
             is_told_vaguely(all[i], text, analysis, sentence) ||
             choice_.keeps(choice_features(all, i, text, analysis, sentence));
    if (keep) kept.push_back(quantity);
  }
  std::stable_partition(kept.begin(), kept.end(), [](const Quantity& one) { return !is_measure(one.kind); });
  return kept;
}

std::vector<uint32_t> quantities_of(const Trigger& trigger, const Analysis& analysis,
                                    const std::vector<Quantity>& quantities) {
  std::vector<uint32_t> of;
  if (trigger.sentence >= analysis.sentences.size()) return of;
  const Span sentence = analysis.sentences[trigger.sentence];
  for (uint32_t q = 0; q < quantities.size(); ++q) {
    const Quantity& quantity = quantities[q];
    if (!sentence.contains(quantity.span.begin) || !can_concern(trigger.type, quantity.kind)) continue;
    if (is_of_another(trigger, analysis, quantity.kind)) continue;
    if (in_fillers(trigger, quantity.span) || is_nearest(trigger, analysis, quantity)) of.push_back(q);
  }
  return of;
}

}  // namespace dragoman::coding
