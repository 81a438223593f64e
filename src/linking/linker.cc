// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "base/utf8.h"
#include "knowledge/codes.h"
#include "knowledge/fold.h"
#include "linking/entity_parts.h"
#include "linking/link.h"
#include "linking/name_kinds.h"

namespace dragoman::linking {

using knowledge::Entry;
using knowledge::EntryKind;
using knowledge::Knowledge;
using knowledge::Reading;
using knowledge::Sense;

namespace {

constexpr size_t kAcronymReach = 12;  // words before "(EFF)" that may spell it out
constexpr size_t kMostAcronyms = 64;  // of one text; bounds hostile ones
constexpr size_t kLongestName = 200;  // characters of an entity's name
constexpr size_t kMostNameWords = 24;

uint64_t key_of(Span span) { return (uint64_t{span.begin} << 32) | span.end; }

void shorten(std::string& name) {
  if (name.size() <= kLongestName) return;
  size_t at = 0;
  for (size_t count = 0; count < kLongestName && at < name.size(); ++count) base::next_char(name, at);
  name.resize(std::min(at, name.size()));
}

// The codebook gives the United Nations and its people no sector, but for its troops, police and court; nor are other
// bodies of states anybody's government.
Entity finished(Entity entity) {
  shorten(entity.name);
  if (entity.country == "EUR" || entity.country == "IGO") std::erase(entity.sectors, "GOV");
  if (entity.country == "UNO")
    entity.sectors.erase(
        std::remove_if(entity.sectors.begin(), entity.sectors.end(),
                       [](const std::string& code) { return code != "MIL" && code != "COP" && code != "JUD"; }),
        entity.sectors.end());
  return entity;
}

// "EFF", "MoCD": capitals, but for one small letter among them.
bool looks_like_acronym(std::string_view seen) {
  if (seen.size() < 2 || seen.size() > 8) return false;
  if (knowledge::all_capitals(seen)) return true;
  const auto capitals = std::count_if(seen.begin(), seen.end(), [](char c) { return base::is_ascii_upper(c); });
  return base::is_ascii_upper(seen.front()) && capitals >= 3 && static_cast<size_t>(capitals) + 1 == seen.size();
}

}  // namespace

Linker::Linker(const Article& article, const Analysis& analysis, const Knowledge& knowledge)
    : article_(article),
      analysis_(analysis),
      knowledge_(knowledge),
      day_(Context::day_of(article)),
      words_(words_of(article.text)),
      finder_(article, words_, knowledge, day_),
      unlisted_(article.text, words_, finder_, knowledge),
      context_(article, words_, finder_, unlisted_, knowledge),
      reader_(article_.text, words_, finder_, knowledge) {}

Links Linker::run() {
  note_roles();
  find_acronyms();
  drop_borrowed_names();
  if (context_.of_unlisted()) finder_.drop_little_known();
  context_ =
      Context(article_, words_, finder_, unlisted_, knowledge_);  // acronyms may have come to mean something else
  survey();
  found_.resize(phrases_.size());
  done_.assign(phrases_.size(), 0);
  std::vector<size_t> order(phrases_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const Span x = analysis_.mentions[a].span, y = analysis_.mentions[b].span;
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  });
  for (const size_t mention : order) resolve(mention);

  Links links;
  links.of.resize(phrases_.size());
  std::vector<uint32_t> place_of(registry_.size(), UINT32_MAX);
  for (const size_t mention : order)
    for (const uint32_t id : found_[mention].entities) {
      if (place_of[id] == UINT32_MAX) {
        place_of[id] = static_cast<uint32_t>(links.entities.size());
        links.entities.push_back(finished(registry_[id].entity));
      }
      auto& of = links.of[mention];
      if (std::find(of.begin(), of.end(), place_of[id]) != of.end()) continue;
      of.push_back(place_of[id]);
      links.entities[place_of[id]].mentions.push_back(
          {analysis_.mentions[mention].span, analysis_.mentions[mention].form, found_[mention].reason});
    }
  return links;
}

void Linker::note_roles() {
  for (const Trigger& trigger : analysis_.triggers)
    for (const RoleFiller& filler : trigger.fillers) {
      if (filler.role == Role::kActor) subjects_.insert(filler.span);
      if (filler.role == Role::kPlace) places_.insert(filler.span);
    }
  for (const Trigger& trigger : analysis_.triggers)
    for (const RoleFiller& filler : trigger.fillers)
      if (filler.role == Role::kActor || filler.role == Role::kRecipient) places_.erase(filler.span);
  for (const Utterance& utterance : analysis_.utterances)
    if (utterance.speaker)
      subjects_.insert(*utterance.speaker), speakers_.insert(*utterance.speaker), places_.erase(*utterance.speaker);
  speeches_.resize(analysis_.utterances.size());
  std::iota(speeches_.begin(), speeches_.end(), size_t{0});
  std::stable_sort(speeches_.begin(), speeches_.end(), [&](size_t a, size_t b) {
    return analysis_.utterances[a].content < analysis_.utterances[b].content;
  });
}

// Where the words that spell out the acronym at `word` begin: capitals in brackets whose letters begin the words
// before them. Small words give a letter ("Association against Torture (AAT)") or, with `names_only`, none.
std::optional<size_t> Linker::spelled_from(size_t word, bool names_only) const {
  const std::string letters = base::lower_ascii(words_[word].span.of(article_.text));
  size_t first = word, left = letters.size();
  while (first > 0 && word - first < kAcronymReach && left > 0) {
    const Word& before = words_[first - 1];
    if (before.lower.empty() || (before.before == '\n' && left > 1)) break;
    const bool begins = before.lower.front() == letters[left - 1] && (before.capital || !names_only);
    if (!begins && before.capital) break;
    --first;
    if (begins) --left;
  }
  return left == 0 && words_[first].capital ? std::optional(first) : std::nullopt;
}

// "consumer price index (CPI)": nouns, no name, so that the letters are no body's either.
bool Linker::spelled_by_nouns(size_t word) const {
  const auto role = knowledge_.role(words_[word - 1].lower);
  if (role && role->kind == "organization") return false;  // "the anti-corruption commission (ACC)"
  const std::string letters = base::lower_ascii(words_[word].span.of(article_.text));
  size_t left = letters.size();
  for (size_t k = word; k > 0 && left > 0; --k) {
    const Word& before = words_[k - 1];
    if (before.capital || (k < word && !words_[k].joined())) return false;
    std::string initials;  // of "public-private" two
    for (size_t c = 0; c < before.lower.size(); ++c)
      if (c == 0 || before.lower[c - 1] == '-') initials += before.lower[c];
    if (initials.size() > left || letters.compare(left - initials.size(), initials.size(), initials) != 0) return false;
    left -= initials.size();
  }
  return left == 0;
}

// "the Mexican Football Federation (FMF)": the letters are those of its name in another language. Where the name of the
// body right before the brackets begins, if one stands there.
std::optional<size_t> Linker::translated_from(size_t word) const {
  const std::string letters(words_[word].span.of(article_.text));
  if (knowledge_.country(letters, day_)) return std::nullopt;  // "Juventus Turin (ITA)"
  const uint32_t end = words_[word - 1].span.end;
  for (const Mention& mention : analysis_.mentions) {
    if (mention.kind != MentionKind::kOrganization || mention.form != Form::kName || mention.span.end != end) continue;
    size_t first = word;
    while (first > 0 && words_[first - 1].span.begin >= mention.span.begin) --first;
    while (first < word && !words_[first].capital) ++first;
    if (first + 1 < word) return first;
  }
  return std::nullopt;
}

// "Economic Freedom Fighters (EFF)".
void Linker::find_acronyms() {
  size_t tried = 0;
  std::map<std::string, bool> named;  // acronyms in brackets; whether a name stands before one of them
  for (size_t k = 1; k < words_.size(); ++k) {
    const std::string_view seen = words_[k].span.of(article_.text);
    if (words_[k].before != '(' || !looks_like_acronym(seen)) continue;
    if (++tried > kMostAcronyms) break;
    auto first = spelled_from(k, false);
    if (!first) first = spelled_from(k, true);
    if (!first && !finder_.at(k)) first = translated_from(k);
    named[std::string(seen)] |= first || !spelled_by_nouns(k);
    if (first)
      spell_out(std::string(seen), {*first, k});
    else
      known_acronym(k);
  }
  for (const auto& [acronym, is_named] : named)
    if (!is_named) finder_.spell_out(acronym, nullptr);
}

// "the Northern Atlantic Treaty Alliance (NATO)": the letters do not fit, but the acronym is that of an
// intergovernmental body, whose name is told in other words.
void Linker::known_acronym(size_t word) {
  const Hit* known = finder_.at(word);
  if (!known || known->last != word + 1 || known->entry->type != "igo") return;
  size_t first = word, start = word;
  while (first > 0 && word - first < kAcronymReach && words_[first].before != '\n' &&
         (first == word || words_[first].joined()) &&
         (words_[first - 1].capital || listed(" of for the and on in ", words_[first - 1].lower))) {
    --first;
    if (words_[first].capital && words_[first].lower.front() == words_[word].lower.front()) start = first;
  }
  if (word - start >= 2 && !(finder_.at(start) && finder_.at(start)->last == word)) finder_.join({start, word}, *known);
}

// What an acronym spelled out in the text stands for. The knowledge may know the long name; or the acronym, of a body
// whose name shares half its words ("Northern Atlantic Treaty Alliance (NATO)").
void Linker::spell_out(const std::string& acronym, Run name) {
  if (!acronyms_.emplace(acronym, Acronym{name_words(name), shown(name)}).second) return;
  const Hit* full = finder_.at(name.first);
  if (full && (full->first != name.first || full->last != name.last)) full = nullptr;
  const Hit* known = finder_.at(name.last);
  if (!known || known->last != name.last + 1) return;
  if (!full) {
    const std::vector<std::string> words = name_words(name);
    const std::string own = ' ' + knowledge::fold_lower(known->entry->name) + ' ';
    const auto shared =
        std::count_if(words.begin(), words.end(), [&](const std::string& word) { return listed(own, word); });
    if (known->is(EntryKind::kOrganization) && static_cast<size_t>(shared) * 2 >= words.size()) {
      acronyms_.erase(acronym);
      finder_.join(name, *known);
      return;
    }
  }
  finder_.spell_out(acronym, full);
}

// "Nasser Al-Watan" is of no paper of that name, nor does he speak for its state.
void Linker::drop_borrowed_names() {
  std::set<size_t> words;
  for (const Mention& mention : analysis_.mentions) {
    const bool sound = mention.span.begin < mention.span.end && mention.span.end <= article_.text.size();
    if (!sound || (mention.kind != MentionKind::kPerson && mention.kind != MentionKind::kOther)) continue;
    const bool person = mention.kind == MentionKind::kPerson && mention.form == Form::kName;
    const auto borrowed = reader_.borrowed_names(reader_.read(mention.span, mention.form, mention.kind), person);
    words.insert(borrowed.begin(), borrowed.end());
  }
  if (!words.empty()) finder_.drop(words);
}

// All phrases are taken apart, and every full name in the text is entered first, so that a short form in the
// headline finds its bearer.
void Linker::survey() {
  phrases_.reserve(analysis_.mentions.size());
  for (size_t m = 0; m < analysis_.mentions.size(); ++m) {
    const Mention& mention = analysis_.mentions[m];
    const bool sound = mention.span.begin < mention.span.end && mention.span.end <= article_.text.size();
    phrases_.push_back(sound ? reader_.read(mention.span, mention.form, mention.kind) : Phrase{});
    mention_at_.emplace(key_of(mention.span), m);
    mention_from_.emplace(mention.span.begin, m);
  }
  for (const Hit& hit : finder_.hits()) {  // also where no mention marks it
    if (!hit.is(EntryKind::kPerson) || hit.surname || hit.last - hit.first < 2) continue;
    Phrase phrase;
    phrase.words = phrase.core = phrase.name = {hit.first, hit.last};
    phrase.named = &hit;
    person(0, phrase);
  }
  for (size_t m = 0; m < phrases_.size(); ++m) {
    const Phrase& phrase = phrases_[m];
    if (phrase.pronoun || phrase.name.size() < 2 || !is_person_name(phrase, analysis_.mentions[m].kind)) continue;
    person(m, phrase);
  }
}

Linker::Found Linker::resolve(size_t mention) {
  if (done_[mention]) return found_[mention];
  done_[mention] = 1;  // also stops a circle of pronouns
  Found found = resolve_again(mention);
  found_[mention] = found;
  remember(mention, found);
  return found;
}

// "Tuesday" is nobody, though it looks like a name; "Friday" is somebody where the reader takes it for a person, and
// "May" where it takes it for anything.
bool Linker::is_only_day(size_t mention, const Phrase& phrase) const {
  const MentionKind kind = analysis_.mentions[mention].kind;
  if (kind == MentionKind::kPerson) return false;
  const auto begin = words_.begin();
  return std::all_of(begin + phrase.words.first, begin + phrase.words.last, [&](const Word& word) {
    return word.capital && (is_weekday(word.lower) || (kind == MentionKind::kOther && is_month(word.lower)));
  });
}

Linker::Found Linker::resolve_again(size_t mention) {
  const Phrase& phrase = phrases_[mention];
  if (phrase.words.empty() || is_only_day(mention, phrase)) return {};
  if (phrase.pronoun) return pronoun(mention, phrase);
  if (phrase.several || of_two_states(phrase)) return several(mention, phrase);
  if (Found all = list_of_states(phrase); !all.entities.empty()) return all;
  if (Found both = pair(mention); !both.entities.empty()) return both;
  if (Found state = unlisted_state(phrase); !state.entities.empty()) return state;
  if (is_person_name(phrase, analysis_.mentions[mention].kind)) return person(mention, phrase);
  if (phrase.named) return known_name(mention, phrase);
  if (Found body = issuer(mention, phrase); !body.entities.empty()) return body;
  if (!phrase.name.empty()) return body(mention, phrase);
  return description(mention, phrase);
}

std::vector<std::string> Linker::name_words(Run run) const {
  std::vector<std::string> out;
  for (size_t k = run.first; k < std::min(run.last, run.first + kMostNameWords); ++k) {
    const std::string folded = knowledge::fold_lower(words_[k].span.of(article_.text));
    for (const auto part : base::split(folded, ' '))
      if (!part.empty() && part != "the" && part != "of") out.emplace_back(part);
  }
  return out;
}

std::string Linker::shown(Run run) const {
  std::string out;
  if (run.empty()) return out;
  const Span span{words_[run.first].span.begin, words_[run.last - 1].span.end};
  bool gap = false;
  for (const char c : span.of(article_.text)) {
    if (base::is_ascii_space(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += c;
  }
  shorten(out);
  return out;
}

uint32_t Linker::sentence_of(size_t mention) const {
  return analysis_.sentences.empty() ? 0 : analysis_.sentence_at(analysis_.mentions[mention].span.begin);
}

void Linker::remember(size_t mention, const Found& found) {
  const Span span = analysis_.mentions[mention].span;
  const uint32_t sentence = sentence_of(mention);
  bool subject = subjects_.count(span) > 0;
  if (!analysis_.sentences.empty() && span.begin < analysis_.sentences[sentence].begin + 12) subject = true;
  const bool nested = !uses_.empty() && analysis_.mentions[uses_.back().mention].span.contains(span);
  for (const uint32_t id : found.entities)
    uses_.push_back({mention, id, sentence, subject, nested, speakers_.count(span) > 0});
}

Links link(const Article& article, const Analysis& analysis, const Knowledge& knowledge) {
  return Linker(article, analysis, knowledge).run();
}

}  // namespace dragoman::linking
