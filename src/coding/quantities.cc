// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities.h"

#include <algorithm>

namespace dragoman::coding {
namespace {

template <class T>
T or_fail(Result<T> result) {
  if (!result) throw Failure({ErrorCode::kKnowledge, result.error().message, result.error().place});
  return std::move(*result);
}

bool wanted(const FoundQuantity& found, bool has_event) {
  const Quantity& quantity = found.quantity;
  switch (quantity.kind) {
    case QuantityKind::kMoney:
    case QuantityKind::kVote:
    case QuantityKind::kKilled:
    case QuantityKind::kInjured:
    case QuantityKind::kArrested:
      return true;
    case QuantityKind::kParticipants:
      return has_event;
    case QuantityKind::kCount:
      return has_event && found.counted && !found.ordinal && !found.year && !found.age;
    default:
      return false;
  }
}

}  // namespace

QuantityReader QuantityReader::open(const std::string& data) {
  return {or_fail(Currencies::read(data + "/quantities/currencies.tsv")), or_fail(QuantityCues::read(data + "/quantities/words.tsv"))};
}

std::vector<FoundQuantity> QuantityReader::find_all(std::string_view text, const std::vector<Span>& sentences, const std::vector<Span>& dates,
                                                    const std::vector<std::string>& countries) const {
  std::vector<FoundQuantity> all;
  for (const Span sentence : sentences) {
    for (FoundQuantity& found : quantities_of_sentence(text, sentence, dates, currencies_, cues_, countries)) all.push_back(std::move(found));
  }
  return all;
}

std::vector<Quantity> QuantityReader::find(std::string_view text, const Analysis& analysis, const std::vector<Span>& dates,
                                           const std::vector<std::string>& countries) const {
  std::vector<bool> has_event(analysis.sentences.size(), false);
  for (const Trigger& trigger : analysis.triggers) {
    if (trigger.sentence < has_event.size()) has_event[trigger.sentence] = true;
  }
  std::vector<Quantity> kept;
  for (size_t s = 0; s < analysis.sentences.size(); ++s) {
    for (FoundQuantity& found : quantities_of_sentence(text, analysis.sentences[s], dates, currencies_, cues_, countries)) {
      if (wanted(found, has_event[s])) kept.push_back(std::move(found.quantity));
    }
  }
  return kept;
}

std::vector<uint32_t> quantities_of(const Trigger& trigger, const Analysis& analysis, const std::vector<Quantity>& quantities) {
  std::vector<uint32_t> of;
  if (trigger.sentence >= analysis.sentences.size()) return of;
  const Span sentence = analysis.sentences[trigger.sentence];
  for (uint32_t q = 0; q < quantities.size(); ++q) {
    if (sentence.contains(quantities[q].span.begin)) of.push_back(q);
  }
  return of;
}

}  // namespace dragoman::coding
