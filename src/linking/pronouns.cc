// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>

namespace dragoman::linking {
namespace {

// How far back a pronoun may point, in uses and sentences; measured on the training gold.
constexpr size_t kReach = 40;
constexpr uint32_t kSentences = 6;

constexpr std::string_view kFirst = " i me my mine myself we us our ours ourselves ";
constexpr std::string_view kSecond = " you your yours ";
constexpr std::string_view kMale = " he him his himself ";
constexpr std::string_view kFemale = " she her hers herself ";
constexpr std::string_view kThing = " it its itself ";
constexpr std::string_view kMany = " they them their theirs themselves these those ";
constexpr std::string_view kRelative = " who whom whose which that ";
constexpr std::string_view kObject = " him them ";
constexpr std::string_view kStates = " countries nations states governments neighbours neighbors sides capitals ";

}  // namespace

std::optional<size_t> Linker::speech_at(uint32_t at) const {
  auto after = std::upper_bound(speeches_.begin(), speeches_.end(), at,
                                [&](uint32_t b, size_t u) { return b < analysis_.utterances[u].content.begin; });
  for (int back = 0; back < 8 && after != speeches_.begin(); ++back) {
    --after;
    if (analysis_.utterances[*after].content.contains(at)) return *after;
  }
  return std::nullopt;
}

// Who speaks the words around a mention: the utterance's own speaker, else the speaker carried on.
Linker::Found Linker::speaker_at(size_t mention) {
  const auto speech = speech_at(analysis_.mentions[mention].span.begin);
  if (!speech) return {};
  const auto sorted = std::lower_bound(speeches_.begin(), speeches_.end(), *speech, [&](size_t a, size_t b) {
    return analysis_.utterances[a].content < analysis_.utterances[b].content;
  });
  auto at = sorted - speeches_.begin();
  for (int back = 0; back < 4 && at >= 0; ++back, --at) {
    const auto& speaker = analysis_.utterances[speeches_[static_cast<size_t>(at)]].speaker;
    if (!speaker) continue;
    const auto who = mention_at_.find((uint64_t{speaker->begin} << 32) | speaker->end);
    if (who == mention_at_.end() || who->second == mention) return {};
    return resolve(who->second);
  }
  return {};
}

Linker::Found Linker::pronoun(size_t mention, const Phrase& phrase) {
  if (listed(kFirst, phrase.head)) {
    Found found = speaker_at(mention);
    found.reason = {"speaker", "", "", ""};
    return found;
  }
  return antecedent(mention, phrase);
}

Linker::Found Linker::antecedent(size_t mention, const Phrase& phrase) {
  const std::string& word = phrase.head;
  const bool male = listed(kMale, word), female = listed(kFemale, word), thing = listed(kThing, word),
             many = listed(kMany, word), relative = listed(kRelative, word), second = listed(kSecond, word);
  const uint32_t begin = analysis_.mentions[mention].span.begin;
  const uint32_t sentence = sentence_of(mention);
  const Found speaker = speech_at(begin) && !relative ? speaker_at(mention) : Found{};
  double best_score = -1e9;
  std::optional<uint32_t> best;
  bool first_in_sentence = true;
  const bool speaks = speakers_.count(analysis_.mentions[mention].span) > 0;
  for (size_t back = 0; back < std::min(uses_.size(), kReach); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Span span = analysis_.mentions[use.mention].span;
    if (use.mention == mention || span.end > begin || sentence > use.sentence + kSentences) continue;
    const Known& known = registry_[use.entity];
    if ((male || female || second) && (!known.person || known.plural)) continue;
    if ((male && known.gender == 'f') || (female && known.gender == 'm')) continue;
    if (thing && (known.person || known.plural)) continue;
    double score = -1.0 * (sentence > use.sentence ? sentence - use.sentence : 0);
    score -= 0.02 * static_cast<double>(back);
    if (relative) {
      score = -static_cast<double>(begin - span.end) / 10.0;
    } else {
      if (use.subject) score += 0.8;
      if (use.nested) score -= 0.5;
      if (use.speaker && speaks) score += 2.2;  // who spoke speaks on
      if (many && !known.plural) score -= known.person ? 1.5 : 0.4;
      if ((male && known.gender == 'm') || (female && known.gender == 'f')) score += 0.6;
      // The speaker of a quotation is "I" in it, and "he" is somebody else; likewise for "him" beside a subject.
      if (!speaker.entities.empty() && speaker.entities.front() == use.entity) score -= 2.0;
      if (listed(kObject, word) && use.sentence == sentence && use.subject && first_in_sentence) score -= 1.2;
    }
    if (use.sentence == sentence && use.subject) first_in_sentence = false;
    if (score > best_score) best = use.entity, best_score = score;
  }
  if (!best) return {};
  Known& known = registry_[*best];
  if ((male || female) && known.gender == 0) known.gender = male ? 'm' : 'f';
  return {{*best}, {"pronoun", known.reason.row, known.reason.valid, ""}};
}

// Whether a phrase ends in "of the two countries", "between both sides": then it speaks of the states.
bool Linker::of_two_states(const Phrase& phrase) const {
  if (phrase.words.size() < 3 || phrase.words.size() > 12) return false;
  const size_t noun = phrase.words.last - 1;
  return listed(kStates, words_[noun].lower) && listed(" two both ", words_[noun - 1].lower) &&
         listed(" of the between from ", words_[noun - 2].lower);
}

// What an earlier mention gives to "the two countries" or "the two leaders", if anything.
std::optional<uint32_t> Linker::one_of_several(const Use& use, bool people, bool states) {
  const Known& known = registry_[use.entity];
  if (people && (!known.person || known.plural)) return std::nullopt;
  if (!states) return use.entity;
  if (known.entity.country.empty() || !knowledge_.country(known.entity.country)) return std::nullopt;
  if (known.entity.kind != EntityKind::kCountry && use.nested) return std::nullopt;
  LinkReason reason{"several", "", "", ""};
  const std::string code = known.entity.country;
  return of_country(code, reason);
}

// "the two leaders", "both sides": the pair last named in one sentence, of more than two there the ones the text
// speaks of most; without such a sentence the last two that fit.
Linker::Found Linker::several(size_t mention, const Phrase& phrase) {
  const bool inner = of_two_states(phrase);
  // "the two Kenyan ministers" are themselves; a pair is what the text has named
  if (!inner && (!phrase.attached.empty() || !phrase.name.empty())) return description(mention, phrase);
  const bool states = inner || listed(kStates, phrase.head);
  const bool people = !states && phrase.role && phrase.role->kind != "organization" && phrase.head != "parties";
  const uint32_t sentence = sentence_of(mention);
  std::vector<uint32_t> latest, together;
  uint32_t at = UINT32_MAX;  // the sentence of `together`
  for (size_t back = 0; back < std::min(uses_.size(), kReach); ++back) {
    const Use use = uses_[uses_.size() - 1 - back];
    if (sentence > use.sentence + kSentences) break;
    if (use.mention == mention) continue;
    const auto entity = one_of_several(use, people, states);
    if (!entity) continue;
    const auto put = [&](std::vector<uint32_t>& list) {
      if (std::find(list.begin(), list.end(), *entity) == list.end()) list.insert(list.begin(), *entity);
    };
    put(latest);
    if (together.size() >= 2 && use.sentence != at) break;
    if (use.sentence != at) together.clear();
    at = use.sentence;
    put(together);
  }
  Found found{together.size() >= 2 ? together : latest, {"several", "", "", ""}};
  if (together.size() > 2) keep_weightiest(found.entities, 2);
  if (found.entities.size() > 2) found.entities.erase(found.entities.begin(), found.entities.end() - 2);
  return found.entities.size() == 2 ? found : description(mention, phrase);
}

void Linker::keep_weightiest(std::vector<uint32_t>& entities, size_t count) const {
  const auto weight = [&](uint32_t id) {
    const auto at = finder_.weights().find(registry_[id].entity.country);
    return at == finder_.weights().end() ? 0.0 : at->second;
  };
  std::vector<uint32_t> order = entities;
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return weight(a) > weight(b); });
  order.resize(std::min(order.size(), count));
  std::erase_if(entities, [&](uint32_t id) { return std::find(order.begin(), order.end(), id) == order.end(); });
}

}  // namespace dragoman::linking
