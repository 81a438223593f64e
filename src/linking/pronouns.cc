// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>

#include "base/text.h"

namespace dragoman::linking {
namespace {

// How far back a pronoun may point, in uses and sentences; measured on the training gold.
constexpr size_t kReach = 40;
constexpr uint32_t kSentences = 6;
constexpr size_t kStateReach = 200;  // uses, for "the two countries"
constexpr double kPassing = 0.2;     // share of the weightiest state's weight below which one is named in passing

constexpr std::string_view kFirst = " i me my mine myself we us our ours ourselves ";
constexpr std::string_view kSecond = " you your yours ";
constexpr std::string_view kMale = " he him his himself ";
constexpr std::string_view kFemale = " she her hers herself ";
constexpr std::string_view kThing = " it its itself ";
constexpr std::string_view kMany = " they them their theirs themselves these those ";
constexpr std::string_view kRelative = " who whom whose which that ";
constexpr std::string_view kObject = " him them ";
constexpr std::string_view kOpening[] = {"\"", "\u201c", "\u2018", "\u00ab", "''"};
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

// Whether quotation marks open what is said: not "that it would leave".
bool Linker::is_quoted(Span content) const {
  const uint32_t from = content.begin - std::min(content.begin, 4U);
  const std::string_view before = std::string_view(article_.text).substr(from, content.begin - from);
  const std::string_view start = content.of(article_.text).substr(0, 3);
  return std::any_of(std::begin(kOpening), std::end(kOpening), [&](std::string_view mark) {
    return before.find(mark) != std::string_view::npos || start.starts_with(mark);
  });
}

// The quotation that this mention speaks, if there is one.
std::optional<Span> Linker::words_of_speaker(size_t mention) const {
  const Span who = analysis_.mentions[mention].span;
  for (const Utterance& utterance : analysis_.utterances)
    if (utterance.speaker == who && !utterance.content.empty() && is_quoted(utterance.content))
      return utterance.content;
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
  const auto speech = speech_at(begin);
  const bool quoted = speech && is_quoted(analysis_.utterances[*speech].content);
  const Found speaker = quoted && !relative ? speaker_at(mention) : Found{};
  double best_score = -1e9;
  std::optional<uint32_t> best;
  bool first_in_sentence = true;
  const bool speaks = speakers_.count(analysis_.mentions[mention].span) > 0;
  const std::optional<Span> own_words = speaks ? words_of_speaker(mention) : std::nullopt;
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
      if (use.speaker && speaks) score += 2.2;                   // who spoke speaks on
      if (own_words && own_words->contains(span)) score -= 3.0;  // “Ann is wrong,” she said: somebody else
      if (many && !known.plural) score -= known.person ? 1.5 : 0.4;
      if ((male && known.gender == 'm') || (female && known.gender == 'f')) score += 0.6;
      // The speaker of a quotation is "I" in it, and "he" is somebody else (not so in "said that he would"); likewise
      // for "him" beside a subject.
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

// The state that an earlier mention gives to "the two countries", if any.
std::optional<uint32_t> Linker::state_of(const Use& use) {
  const Known& known = registry_[use.entity];
  if (known.entity.kind != EntityKind::kCountry && use.nested) return std::nullopt;
  if (known.entity.country.empty()) {
    const std::string state = unlisted_in(phrases_[use.mention]);
    return state.empty() ? std::nullopt : std::optional(of_unlisted(state));
  }
  if (!knowledge_.country(known.entity.country)) return std::nullopt;
  LinkReason reason{"several", "", "", ""};
  const std::string code = known.entity.country;
  return of_country(code, reason);
}

// How much the text speaks of a state.
double Linker::weight_of(uint32_t id) const {
  const Entity& entity = registry_[id].entity;
  return context_.weight(entity.country.empty() ? base::lower_ascii(entity.name) : entity.country);
}

size_t Linker::paragraph_of(size_t mention) const {
  const auto& blocks = article_.blocks;
  const uint32_t at = analysis_.mentions[mention].span.begin;
  const auto after =
      std::upper_bound(blocks.begin(), blocks.end(), at, [](uint32_t b, const Block& k) { return b < k.span.begin; });
  return static_cast<size_t>(after - blocks.begin());
}

// "the two countries", "both sides": the two states last named together, in one sentence or else in one paragraph.
// States named in passing, as mediators are, make no pair.
Linker::Found Linker::two_states(size_t mention) {
  struct Group {
    size_t at = SIZE_MAX;  // number of the sentence or paragraph
    std::vector<uint32_t> states;
  };
  Group sentence, paragraph;
  const auto put = [&](Group& group, size_t at, uint32_t state) {
    if (group.at != at) group = {at, {}};
    if (std::find(group.states.begin(), group.states.end(), state) == group.states.end())
      group.states.insert(group.states.begin(), state);
  };
  for (size_t back = 0; back < std::min(uses_.size(), kStateReach); ++back) {
    const Use use = uses_[uses_.size() - 1 - back];
    if (use.mention == mention) continue;
    const auto state = state_of(use);
    if (!state || weight_of(*state) < kPassing * context_.most()) continue;
    const size_t block = paragraph_of(use.mention);
    if (sentence.states.size() >= 2 && sentence.at != use.sentence) break;
    if (paragraph.states.size() >= 2 && paragraph.at != block) break;
    put(sentence, use.sentence, *state);
    put(paragraph, block, *state);
  }
  Found found{sentence.states.size() >= 2 ? sentence.states : paragraph.states, {"several", "", "", ""}};
  keep_weightiest(found.entities, 2);
  return found.entities.size() == 2 ? found : Found{};
}

// "the two leaders", "both men": the pair last named in one sentence; without such a sentence the last two that fit.
Linker::Found Linker::several(size_t mention, const Phrase& phrase) {
  if (of_two_states(phrase)) return two_states(mention);
  // "the two Kenyan ministers" are themselves; a pair is what the text has named
  if (!phrase.attached.empty() || !phrase.name.empty()) return description(mention, phrase);
  if (listed(kStates, phrase.head)) return two_states(mention);
  const bool people = phrase.role && phrase.role->kind != "organization" && phrase.head != "parties";
  const uint32_t sentence = sentence_of(mention);
  std::vector<uint32_t> latest, together;
  uint32_t at = UINT32_MAX;  // the sentence of `together`
  for (size_t back = 0; back < std::min(uses_.size(), kReach); ++back) {
    const Use use = uses_[uses_.size() - 1 - back];
    if (sentence > use.sentence + kSentences) break;
    const Known& known = registry_[use.entity];
    if (use.mention == mention || (people && (!known.person || known.plural))) continue;
    const auto put = [&](std::vector<uint32_t>& list) {
      if (std::find(list.begin(), list.end(), use.entity) == list.end()) list.insert(list.begin(), use.entity);
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
  std::vector<uint32_t> order = entities;
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return weight_of(a) > weight_of(b); });
  order.resize(std::min(order.size(), count));
  std::erase_if(entities, [&](uint32_t id) { return std::find(order.begin(), order.end(), id) == order.end(); });
}

}  // namespace dragoman::linking
