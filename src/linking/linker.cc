// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "knowledge/codes.h"
#include "knowledge/fold.h"
#include "linking/link.h"

namespace dragoman::linking {

using knowledge::Entry;
using knowledge::EntryKind;
using knowledge::Knowledge;
using knowledge::Reading;
using knowledge::Sense;

namespace {

// Nouns whose bearers belong to no state unless the text says so; in the training gold most have none.
constexpr std::string_view kOfNoState =
    " countries nations states foreigners tourists kidnappers attackers bomber bombers analysts observers suspects someone"
    " world researchers ";
// What is left out before a group's name: "several hundred protesters" are "protesters".
constexpr std::string_view kNotInNames =
    " a an the this that these those some his her its their our my your one two three four five six seven eight nine ten"
    " several many few over about around nearly almost at least more than dozens hundreds thousands hundred thousand of"
    " another other all both most ";
constexpr size_t kAcronymReach = 12;  // words before "(EFF)" that may spell it out

uint64_t key_of(Span span) { return (uint64_t{span.begin} << 32) | span.end; }

bool has_sector(const Entity& entity, std::string_view code) {
  return std::find(entity.sectors.begin(), entity.sectors.end(), code) != entity.sectors.end();
}

LinkReason reason_of(const Knowledge& knowledge, std::string rule, const Hit& hit) {
  LinkReason reason{std::move(rule), knowledge.row(*hit.entry), Knowledge::dates(*hit.entry), ""};
  if (hit.runner_up) reason.runner_up = Knowledge::full_key(*hit.runner_up);
  return reason;
}


dragoman::EntityKind entity_kind(const Entity& entity, bool person, bool plural) {
  using K = dragoman::EntityKind;
  if (person) return K::kPerson;
  if (plural) return K::kPeople;
  static const std::pair<const char*, K> kKinds[] = {
      {"GOV", K::kGovernment}, {"LEG", K::kLegislature}, {"JUD", K::kJudiciary},  {"MIL", K::kMilitary},
      {"COP", K::kPolice},     {"REB", K::kArmedGroup},  {"PTY", K::kParty},      {"BUS", K::kCompany},
      {"JRN", K::kMedia},      {"REL", K::kReligious},   {"SOC", K::kNgo}};
  for (const auto& [code, kind] : kKinds)
    if (!entity.sectors.empty() && entity.sectors.front() == code) return kind;
  return K::kOther;
}

void put_sectors(Entity& entity, const std::vector<std::string_view>& codes) {
  for (const auto code : codes)
    if (!has_sector(entity, code)) entity.sectors.emplace_back(code);
}

// The codebook gives the United Nations and its people no sector, but for its troops and police.
Entity finished(Entity entity) {
  if (entity.country == "UNO")
    entity.sectors.erase(std::remove_if(entity.sectors.begin(), entity.sectors.end(),
                                        [](const std::string& code) { return code != "MIL" && code != "COP"; }),
                         entity.sectors.end());
  return entity;
}

}  // namespace

Linker::Linker(const Article& article, const Analysis& analysis, const Knowledge& knowledge)
    : article_(article),
      analysis_(analysis),
      knowledge_(knowledge),
      day_(Context::day_of(article)),
      words_(words_of(article.text)),
      finder_(article, words_, knowledge, day_),
      context_(words_, finder_),
      reader_(article_.text, words_, finder_, knowledge) {}

Links Linker::run() {
  note_roles();
  find_acronyms();
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
    if (utterance.speaker) subjects_.insert(*utterance.speaker), speakers_.insert(*utterance.speaker), places_.erase(*utterance.speaker);
  speeches_.resize(analysis_.utterances.size());
  std::iota(speeches_.begin(), speeches_.end(), size_t{0});
  std::stable_sort(speeches_.begin(), speeches_.end(), [&](size_t a, size_t b) {
    return analysis_.utterances[a].content < analysis_.utterances[b].content;
  });
}

// "Economic Freedom Fighters (EFF)": capitals in brackets whose letters begin the words before them.
void Linker::find_acronyms() {
  for (size_t k = 1; k < words_.size(); ++k) {
    const std::string_view seen = words_[k].span.of(article_.text);
    if (words_[k].before != '(' || seen.size() < 2 || seen.size() > 8 || !knowledge::all_capitals(seen)) continue;
    size_t first = k;
    int letters = static_cast<int>(seen.size()) - 1;
    while (first > 0 && k - first < kAcronymReach && letters >= 0) {
      const Word& word = words_[first - 1];
      if (word.lower.empty() || (word.before == '\n' && k - first > 0 && letters > 0)) break;
      const bool begins = word.lower.front() == base::lower_ascii(seen)[static_cast<size_t>(letters)];
      if (!begins && word.capital) break;
      --first;
      if (begins) --letters;
    }
    if (letters < 0 && words_[first].capital) acronyms_.emplace(std::string(seen), name_words({first, k}));
  }
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

Linker::Found Linker::resolve_again(size_t mention) {
  const Phrase& phrase = phrases_[mention];
  if (phrase.words.empty()) return {};
  if (phrase.pronoun) return pronoun(mention, phrase);
  if (phrase.several) return several(mention, phrase);
  if (Found all = list_of_states(phrase); !all.entities.empty()) return all;
  if (Found both = pair(mention); !both.entities.empty()) return both;
  if (is_person_name(phrase, analysis_.mentions[mention].kind)) return person(mention, phrase);
  if (phrase.named) return known_name(mention, phrase);
  if (!phrase.name.empty()) return body(mention, phrase);
  return description(mention, phrase);
}

// "the presidents of Iran, Russia and Turkey": one for each state of the list.
Linker::Found Linker::list_of_states(const Phrase& phrase) {
  const bool named = !phrase.name.empty() && phrase.name.first < phrase.core.last;
  if (!phrase.plural || !phrase.role || named || phrase.core.last >= phrase.words.last ||
      !listed(" of from in ", words_[phrase.core.last].lower))
    return {};
  std::vector<const Hit*> states;
  for (size_t k = phrase.core.last + 1; k < phrase.words.last; ++k) {
    const Hit* hit = finder_.at(k);
    if (hit && hit->is(EntryKind::kCountry)) {
      states.push_back(hit);
      k = hit->last - 1;
    } else if (!listed(" and the ", words_[k].lower)) {
      return {};
    }
  }
  if (states.size() < 2) return {};
  Found found;
  for (const Hit* hit : states) {
    const std::string key = "group:" + std::string(hit->entry->country) + "|" + phrase.head;
    auto id = registry_.by_key(key);
    if (!id) {
      Known known;
      known.plural = true;
      known.entity.name = shown({hit->first, hit->last}) + " " + phrase.head;
      known.entity.country = hit->entry->country;
      put_sectors(known.entity, phrase.role->sectors);
      known.entity.kind = entity_kind(known.entity, false, true);
      id = registry_.add(std::move(known));
      registry_.set_key(*id, key);
    }
    found.entities.push_back(*id);
    found.reason = reason_of(knowledge_, "list", *hit);
  }
  return found;
}

// "Presidents Bush and Putin", "Israeli and Palestinian officials".
Linker::Found Linker::pair(size_t mention) {
  const Phrase& phrase = phrases_[mention];
  if (phrase.words.size() > 8) return {};
  for (size_t k = phrase.words.first + 1; k + 1 < phrase.words.last; ++k) {
    if (words_[k].lower != "and" || finder_.at(k)) continue;
    const Hit* left = finder_.at(k - 1);
    const Hit* right = finder_.at(k + 1);
    if (!left || !right || left->entry->country.empty() || right->entry->country.empty() ||
        left->entry->country == right->entry->country)
      continue;
    Found found;
    for (const Hit* hit : {left, right}) {
      LinkReason reason;
      if (right->last == phrase.words.last && hit->sense != Sense::kAdjective) {
        found.entities.push_back(of_entry(*hit, reason));
        found.reason = reason;
        continue;
      }
      Known known;
      known.plural = true;
      known.entity.name = shown({hit->first, hit->last}) + " " + shown({right->last, phrase.words.last});
      if (right->last == phrase.words.last) known.entity.name = shown({hit->first, hit->last});
      known.entity.country = hit->entry->country;
      if (const auto role = knowledge_.role(base::lower_ascii(known.entity.name))) put_sectors(known.entity, role->sectors);
      known.entity.kind = entity_kind(known.entity, false, true);
      found.reason = reason_of(knowledge_, "pair", *hit);
      const std::string key = "group:" + known.entity.country + "|" + base::lower_ascii(known.entity.name);
      const auto again = registry_.by_key(key);
      found.entities.push_back(again ? *again : registry_.add(std::move(known)));
      if (!again) registry_.set_key(found.entities.back(), key);
    }
    return found;
  }
  return {};
}

bool Linker::is_person_name(const Phrase& phrase, MentionKind kind) const {
  if (phrase.name.empty() || phrase.organization_like) return false;
  if (phrase.named) {
    if (phrase.named->is(EntryKind::kPerson)) return true;
    if (phrase.name.size() > phrase.named->last - phrase.named->first) return kind == MentionKind::kPerson;
    if (phrase.person_like && phrase.named->is_place()) return true;  // "Mr Jordan"
    const auto bearer = registry_.by_name(name_words(phrase.name), true);
    if (bearer && kind != MentionKind::kPlace && phrase.named->is(EntryKind::kCity)) return true;  // "Clinton"
    return kind == MentionKind::kPerson && (bearer || !phrase.named->is_place());
  }
  if (acronyms_.count(shown(phrase.name))) return false;
  if (phrase.person_like || kind == MentionKind::kPerson) return true;
  if (registry_.by_name(name_words(phrase.name), true)) return true;
  if (kind == MentionKind::kOrganization || kind == MentionKind::kPlace || kind == MentionKind::kPeople) return false;
  const bool capitals = knowledge::all_capitals(knowledge::fold(shown(phrase.name)));
  return phrase.role && phrase.role->kind == "person" && !capitals;
}

const Entry* Linker::choose_person(const std::string& name, const Origin& origin, LinkReason& reason) const {
  const Entry* best = nullptr;
  const Entry* second = nullptr;
  double best_score = -1e9, second_score = -1e9;
  for (const Reading& reading : knowledge_.named(name, day_)) {
    if (reading.entry->kind != EntryKind::kPerson) continue;
    double score = reading.holds ? 2 : 1;
    if (!origin.country.empty()) score += origin.country == reading.entry->country ? 2 : -2;
    const auto weight = finder_.weights().find(std::string(reading.entry->country));
    if (weight != finder_.weights().end()) score += std::min(1.5, weight->second / 4);
    if (day_ == 0 && reading.entry->valid.to == knowledge::kLastDay) score += 0.2;
    const bool same = best && best->key == reading.entry->key;
    if (score > best_score) {
      if (best && !same) second = best, second_score = best_score;
      best = reading.entry, best_score = score;
    } else if (!same && score > second_score) {
      second = reading.entry, second_score = score;
    }
  }
  if (best_score <= 0) return nullptr;  // somebody else's namesake
  if (second) reason.runner_up = Knowledge::full_key(*second);
  return best;
}

Linker::Found Linker::person(size_t mention, const Phrase& phrase) {
  const std::vector<std::string> words = name_words(phrase.name);
  const std::string name = shown(phrase.name);
  auto id = registry_.by_name(words, true);
  std::optional<Origin> origin = origin_of(phrase, mention);
  LinkReason reason{"known-from-text", "", "", ""};
  if (!id) {
    Known known;
    known.person = true;
    known.name_words = words;
    known.entity.name = name;
    known.entity.kind = dragoman::EntityKind::kPerson;
    LinkReason found{"name", "", "", ""};
    const Entry* entry = choose_person(name, origin.value_or(Origin{}), found);
    if (!entry && phrase.named && phrase.named->is(EntryKind::kPerson)) entry = phrase.named->entry;
    if (entry) {
      if (const auto again = registry_.by_key(Knowledge::full_key(*entry))) {
        registry_.add_name(*again, words, name);
        return {{*again}, registry_[*again].reason};
      }
      found.row = knowledge_.row(*entry);
      found.valid = Knowledge::dates(*entry);
      known.entity.kb = Knowledge::full_key(*entry);
      known.entity.name = entry->name;
      known.entity.country = entry->country;
      known.entity.role = entry->office;
      known.country_told = !known.entity.country.empty();
      if (day_ == 0 || entry->valid.holds_on(day_)) {
        put_sectors(known.entity, entry->sectors);
        for (const Entry* spell : knowledge_.spells(entry->key))
          if (day_ != 0 && spell->valid.holds_on(day_)) put_sectors(known.entity, spell->sectors);
      } else if (entry->valid.to <= day_) {
        known.entity.sectors = {"ELI"};
        known.entity.role = "former " + known.entity.role;
        found.rule = "former-office";
      } else {
        known.entity.role.clear();
        found.rule = "name-before-office";
      }
    } else {
      found.rule = phrase.role ? "description" : "new-name";
    }
    known.reason = found;
    id = registry_.add(std::move(known));
    reason = found;
  } else {
    registry_.add_name(*id, words, name);
    reason = registry_[*id].reason;
    if (reason.row.empty() && done_.size() && done_[mention]) reason.rule = "known-from-text";
  }
  if (origin && !registry_[*id].country_told) {
    registry_[*id].entity.country = origin->country;
    registry_[*id].country_told = true;
    registry_[*id].reason.row = origin->reason.row;
    registry_[*id].reason.valid = origin->reason.valid;
    reason = registry_[*id].reason;
  }
  ++registry_[*id].named;
  describe(*id, phrase);
  beside(mention, *id, phrase);
  if (!done_.empty() && registry_[*id].entity.country.empty()) {
    const Origin around = context_origin(mention);
    registry_[*id].entity.country = around.country;
    if (!around.country.empty()) reason = registry_[*id].reason = around.reason;
  }
  return {{*id}, reason};
}

// What the words around a name say of its bearer: role, sectors, former, sex.
void Linker::describe(uint32_t id, const Phrase& phrase) {
  Known& known = registry_[id];
  if (phrase.role && phrase.role->kind != "organization") {
    const std::string noun(phrase.role->noun);
    registry_.set_noun(noun, id);
    registry_.set_noun(noun + "|" + known.entity.country, id);
    if (const size_t space = noun.rfind(' '); space != std::string::npos) registry_.set_noun(noun.substr(space + 1), id);
    if (known.entity.kb.empty() || known.entity.sectors.empty()) {
      if (known.entity.sectors.empty()) set_sectors(known.entity, phrase);
      if (known.entity.role.empty()) known.entity.role = noun;
    }
  }
  for (size_t k = phrase.words.first; k < phrase.words.last; ++k) {
    const std::string& word = words_[k].lower;
    if (listed(" mr sir lord king prince emir sultan sheikh brother spokesman chairman congressman businessman policeman"
               " father son husband ", word))
      known.gender = 'm';
    if (listed(" mrs ms miss dame lady queen princess sister spokeswoman chairwoman congresswoman businesswoman"
               " policewoman mother daughter wife actress ", word))
      known.gender = 'f';
  }
}

// "Zhang Jun, China's ambassador to …, said": a description after the name and a comma.
void Linker::beside(size_t mention, uint32_t id, const Phrase& phrase) {
  const size_t first = phrase.words.last;
  if (first >= words_.size()) return;
  if (words_[first].before == ' ' && first + 1 < words_.size() && words_[first].lower == "of") {  // "Joe Doe of Kenya"
    const Hit* hit = finder_.at(first + 1 + (words_[first + 1].lower == "the" ? 1 : 0));
    if (hit && !registry_[id].country_told && !hit->entry->country.empty()) {
      registry_[id].entity.country = hit->entry->country;
      registry_[id].country_told = true;
      registry_[id].reason = reason_of(knowledge_, "apposition", *hit);
    }
    return;
  }
  if (words_[first].before != ',') return;
  size_t last = first + 1;
  while (last < words_.size() && last - first < 14 && words_[last].before != ',' && words_[last].before != '.' &&
         words_[last].before != '\n' && words_[last].before != ';' && words_[last].before != '"')
    ++last;
  const std::string& start = words_[first].lower;
  const bool opens = start == "the" || start == "a" || start == "an" || start == "former" || finder_.at(first) != nullptr ||
                     (!words_[first].capital && knowledge_.role(start));
  if (!opens && !(last - first >= 2 && knowledge_.role(start + " " + words_[first + 1].lower))) return;
  const Phrase side = reader_.read(Run{first, last});
  if (!side.role || side.role->kind != "person" || !side.name.empty()) return;
  if (!registry_[id].country_told)
    if (const auto origin = origin_of(side, mention)) {
      registry_[id].entity.country = origin->country;
      registry_[id].country_told = true;
      registry_[id].reason.rule = "apposition";
      registry_[id].reason.row = origin->reason.row;
    }
  describe(id, side);
}

std::optional<Linker::Origin> Linker::origin_of(const Phrase& phrase, size_t mention) {
  for (const Relation relation : {Relation::kModifier, Relation::kOf})
    for (const Attached& attached : phrase.attached) {
      const Hit& hit = *attached.hit;
      if (attached.relation != relation || hit.entry->country.empty()) continue;
      return Origin{std::string(hit.entry->country), reason_of(knowledge_, "description", hit), &hit};
    }
  if (const auto owner = origin_from_owner(phrase, mention)) return owner;
  // "the Yoon administration": a person or body known from this text stands before the noun.
  for (size_t k = phrase.core.first; k < phrase.core.last; ++k) {
    if (!words_[k].capital || (k >= phrase.name.first && k < phrase.name.last)) continue;
    const auto id = registry_.by_name(name_words({k, k + 1}), true);
    if (id && !registry_[*id].entity.country.empty())
      return Origin{registry_[*id].entity.country, {"description", "", "", ""}, nullptr};
  }
  return std::nullopt;
}

std::optional<Linker::Origin> Linker::origin_from_owner(const Phrase& phrase, size_t mention) {
  if (phrase.owner.empty() || done_.empty()) return std::nullopt;
  Phrase owner;
  owner.pronoun = true;
  owner.head = phrase.owner;
  owner.words = {phrase.words.first, phrase.words.first + 1};
  const Found found = pronoun(mention, owner);
  if (found.entities.empty()) return std::nullopt;
  const std::string& country = registry_[found.entities.front()].entity.country;
  if (country.empty()) return std::nullopt;
  return Origin{country, {"owner", "", "", ""}, nullptr};
}

Linker::Origin Linker::context_origin(size_t mention) const {
  Origin origin;
  origin.country = context_.country_at(analysis_.mentions[mention].span.begin);
  origin.reason.rule = "document-country";
  if (const Entry* entry = knowledge_.country(origin.country, day_)) {
    origin.reason.row = knowledge_.row(*entry);
    origin.reason.valid = Knowledge::dates(*entry);
  }
  return origin;
}

uint32_t Linker::of_country(const std::string& code, LinkReason& reason) {
  const Entry* entry = knowledge_.country(code, day_);
  const std::string key = "country:" + code;
  if (const auto again = registry_.by_key(key)) return *again;
  Known known;
  known.entity.name = entry ? std::string(entry->name) : code;
  known.entity.kind = entry && entry->type == "territory" ? dragoman::EntityKind::kTerritory : dragoman::EntityKind::kCountry;
  known.entity.kb = key;
  known.entity.country = code;
  known.entity.sectors = {"GOV"};
  known.country_told = true;
  known.reason = reason;
  return registry_.add(std::move(known));
}

// The entity of a knowledge entry. A country, its capital or seat that acts is its government.
uint32_t Linker::of_entry(const Hit& hit, LinkReason& reason) {
  const Entry& entry = *hit.entry;
  reason = reason_of(knowledge_, hit.sense == Sense::kName ? "name" : to_string(hit.sense), hit);
  if (entry.kind == EntryKind::kCountry && hit.sense != Sense::kPeople) {
    if (hit.sense == Sense::kCapital || hit.sense == Sense::kSeat) reason.rule = "seat-of-government";
    if (hit.sense != Sense::kSeat) return of_country(std::string(entry.country), reason);
  }
  const bool people = hit.sense == Sense::kPeople;
  const bool seat = hit.sense == Sense::kSeat;
  const std::string own = shown({hit.first, hit.last});
  const std::string key = people ? "people:" + std::string(entry.country)
                          : seat ? "seat:" + knowledge::fold_lower(own) : Knowledge::full_key(entry);
  if (const auto again = registry_.by_key(key)) return *again;
  Known known;
  known.entity.name = people || seat ? own : std::string(entry.name);
  known.entity.country = entry.country;
  known.country_told = !known.entity.country.empty();
  put_sectors(known.entity, entry.sectors);
  if (people) {
    known.plural = true;
    known.entity.sectors = {"CVL"};
    known.entity.kind = dragoman::EntityKind::kPeople;
  } else if (seat) {
    known.entity.sectors = {"GOV"};
    known.entity.kind = dragoman::EntityKind::kGovernment;
    known.entity.kb = "country:" + std::string(entry.country);
  } else if (entry.kind == EntryKind::kOrganization) {
    known.entity.kb = key;
    known.entity.kind = entity_kind_from(entry.type).value_or(entity_kind(known.entity, false, false));
    known.name_words = name_words({hit.first, hit.last});
  } else {
    known.entity.kb = key;
    known.entity.sectors = {"GOV"};
    known.entity.kind = entry.kind == EntryKind::kCity ? dragoman::EntityKind::kPlace : dragoman::EntityKind::kRegion;
  }
  known.reason = reason;
  const uint32_t id = registry_.add(std::move(known));
  registry_.set_key(id, key);
  return id;
}

Linker::Found Linker::known_name(size_t mention, const Phrase& phrase) {
  Found found;
  found.entities = {of_entry(*phrase.named, found.reason)};
  Known& known = registry_[found.entities.front()];
  if (known.entity.country.empty()) {
    const auto origin = origin_of(phrase, mention);
    known.entity.country = origin ? origin->country : "";
  }
  if (places_.count(analysis_.mentions[mention].span) && phrase.named->is_place()) found.reason.rule = "place";
  return found;
}

std::string Linker::group_name(const Phrase& phrase) const {
  Run run = phrase.words;
  while (run.size() > 1 && (base::is_ascii_digit(words_[run.first].lower.front()) || listed(kNotInNames, words_[run.first].lower)))
    ++run.first;
  return shown(run);
}

// A named body that the knowledge does not list.
Linker::Found Linker::body(size_t mention, const Phrase& phrase) {
  std::vector<std::string> words = name_words(phrase.name);
  std::string name = shown(phrase.name);
  if (phrase.core.last > phrase.name.last || phrase.words.last > phrase.name.last) {
    // "Ministry of Defence", "Delhi Workers and Helpers Union (DWHU)": all but brackets belongs to the name
    Run whole{phrase.name.first, phrase.name.last};
    while (whole.last < phrase.words.last && words_[whole.last].joined() &&
           (words_[whole.last].capital || listed(" of for and the on in to de ", words_[whole.last].lower)))
      ++whole.last;
    while (whole.last > phrase.name.last && !words_[whole.last - 1].capital) --whole.last;
    words = name_words(whole);
    name = shown(whole);
  }
  if (const auto spelled = acronyms_.find(name); spelled != acronyms_.end()) words = spelled->second;
  const auto origin = origin_of(phrase, mention);
  auto id = registry_.by_name(words, false);
  if (id && origin && !registry_[*id].entity.country.empty() && registry_[*id].country_told &&
      registry_[*id].entity.country != origin->country)
    id.reset();
  Found found;
  if (id) {
    registry_.add_name(*id, words, name);
    found = {{*id}, registry_[*id].reason};
  } else {
    Known known;
    known.name_words = words;
    known.entity.name = name;
    known.plural = phrase.plural;
    const auto role = knowledge_.role(base::lower_ascii(name.substr(0, name.find(" of "))));
    if (role)
      for (const auto code : role->sectors) known.entity.sectors.emplace_back(code);
    if (known.entity.sectors.empty()) set_sectors(known.entity, phrase);
    known.entity.kind = entity_kind(known.entity, false, false);
    known.reason.rule = origin ? "description" : "new-name";
    id = registry_.add(std::move(known));
    found = {{*id}, registry_[*id].reason};
    if (role) registry_.set_noun(std::string(role->noun), *id);
    if (!words.empty()) registry_.set_noun(words.back(), *id), registry_.set_noun(words.front(), *id);
  }
  Known& known = registry_[*id];
  if (origin && !known.country_told) {
    known.entity.country = origin->country;
    known.country_told = true;
    known.reason = found.reason = origin->reason;
  } else if (known.entity.country.empty()) {
    const Origin around = context_origin(mention);
    known.entity.country = around.country;
    known.reason = found.reason = around.reason;
  }
  return found;
}

void Linker::set_sectors(Entity& entity, const Phrase& phrase) const {
  if (phrase.role) {
    for (const auto code : phrase.role->sectors)
      if (!has_sector(entity, code)) entity.sectors.emplace_back(code);
    if (phrase.former && !entity.sectors.empty() &&
        listed(" GOV LEG MIL COP JUD SPY ", entity.sectors.front()))
      entity.sectors = {"ELI"};
  }
  if (!entity.sectors.empty()) return;
  for (const Attached& attached : phrase.attached)
    if (attached.relation == Relation::kModifier && attached.hit->is(EntryKind::kOrganization))
      put_sectors(entity, attached.hit->entry->sectors);
}

// The head of state, government or a ministry whom "the president" means in a text about his or her country.
const Entry* Linker::office_holder(const Phrase& phrase, const std::string& country) const {
  if (!phrase.role || phrase.plural || !phrase.definite || phrase.former || day_ == 0) return nullptr;
  const Entry* best = nullptr;
  for (const Entry* spell : knowledge_.holders(country, day_)) {
    const std::string office = base::lower_ascii(spell->office);
    if (office != phrase.role->noun) continue;
    if (best && best->key != spell->key) return nullptr;  // "the senator" is one of many
    best = spell;
  }
  return best;
}

// "the group", "this terrorist organisation", "the company": the named body of that class last spoken of.
std::optional<uint32_t> Linker::class_noun(size_t mention, const Phrase& phrase) const {
  const bool group = listed(" group organization organisation movement network outfit militia ", phrase.head);
  const bool firm = listed(" company firm bank airline carrier manufacturer corporation ", phrase.head);
  const bool other = listed(" party agency body union charity paper newspaper association institute bloc alliance coalition ",
                            phrase.head);
  if (phrase.plural || !(group || firm || other)) return std::nullopt;
  for (size_t back = 0; back < std::min<size_t>(uses_.size(), 30); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    if (use.mention == mention) continue;
    const Known& known = registry_[use.entity];
    const std::string sector = known.entity.sectors.empty() ? "" : known.entity.sectors.front();
    if (known.person || known.name_words.empty() || known.entity.kb.starts_with("country:")) continue;
    if (group && listed(" GOV LEG JUD MIL COP BUS ", sector)) continue;
    if (firm && !(sector.empty() || sector == "BUS")) continue;
    if (other && listed(" GOV LEG JUD MIL COP ", sector)) continue;
    return use.entity;
  }
  return std::nullopt;
}

// "Joe Doe, the army spokesman" and "[the army spokesman] Joe Doe": a description beside or within the mention of a
// named person is that person.
std::optional<uint32_t> Linker::apposed(size_t mention) {
  const Span span = analysis_.mentions[mention].span;
  for (size_t back = 0; back < std::min<size_t>(uses_.size(), 3); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Span before = analysis_.mentions[use.mention].span;
    if (!registry_[use.entity].person || registry_[use.entity].name_words.empty()) continue;
    const Run name = phrases_[use.mention].name;
    if (before.contains(span) && before != span && !name.empty() && span.end <= words_[name.first].span.begin + 1)
      return use.entity;
    if (before.end < span.begin && article_.text.substr(before.end, span.begin - before.end) == ", ") return use.entity;
  }
  const auto next = mention_from_.find(span.end + 1);
  if (next != mention_from_.end() && span.end < article_.text.size() && article_.text[span.end] == ' ' &&
      !phrases_[next->second].name.empty() && phrases_[next->second].core.first == phrases_[next->second].name.first &&
      is_person_name(phrases_[next->second], analysis_.mentions[next->second].kind)) {
    const Found found = resolve(next->second);
    if (found.entities.size() == 1 && registry_[found.entities.front()].person) return found.entities.front();
  }
  return std::nullopt;
}

// "the official", "the leader": the person of such a sector last spoken of.
std::optional<uint32_t> Linker::same_office(size_t mention, const Phrase& phrase) const {
  if (phrase.role->sectors.empty()) return std::nullopt;
  const std::string sector(phrase.role->sectors.front());
  for (size_t back = 0; back < std::min<size_t>(uses_.size(), 20); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Known& known = registry_[use.entity];
    if (use.mention != mention && known.person && !known.name_words.empty() && has_sector(known.entity, sector))
      return use.entity;
  }
  return std::nullopt;
}

// A phrase without a name: "the minister", "Kenyan police", "hundreds of protesters".
Linker::Found Linker::description(size_t mention, const Phrase& phrase) {
  const bool one_person = phrase.role && phrase.role->kind == "person" && !phrase.plural;
  auto origin = origin_of(phrase, mention);
  const std::string noun = phrase.role ? std::string(phrase.role->noun) : phrase.head;
  // Said before: "the minister", "the ministry", "police".
  if (phrase.definite || phrase.words.size() == 1)
    for (const std::string& key : {noun + "|" + context_.main(), noun, phrase.head}) {
      const auto before = key.empty() ? std::nullopt : registry_.by_noun(key);
      if (!before) continue;
      const Known& known = registry_[*before];
      if (origin && origin->reason.rule != "owner" && !known.entity.country.empty() && known.entity.country != origin->country)
        continue;
      if (known.person && phrase.plural) continue;
      if (phrase.former && !has_sector(known.entity, "ELI")) continue;
      return {{*before}, {"said-before", known.reason.row, known.reason.valid, ""}};
    }
  if (phrase.definite && !origin && listed(" country nation state republic kingdom ", phrase.head)) {
    LinkReason reason{"document-country", "", "", ""};
    const Origin around = context_origin(mention);
    if (!around.country.empty()) return {{of_country(around.country, reason)}, around.reason};
  }
  const bool unknown_doers = phrase.role && !phrase.role->sectors.empty() &&
                             (phrase.role->sectors.front() == "UAF" || phrase.role->sectors.front() == "UNK");
  const bool told = origin.has_value();
  if (!origin && phrase.definite)
    if (const auto body = class_noun(mention, phrase)) return {{*body}, {"said-before", registry_[*body].reason.row,
                                                                        registry_[*body].reason.valid, ""}};
  if (!origin && !unknown_doers && !listed(kOfNoState, phrase.head)) origin = context_origin(mention);
  if (!origin) origin = Origin{};
  if (one_person)
    if (const Entry* holder = office_holder(phrase, origin->country)) {
      LinkReason reason{"office-holder", knowledge_.row(*holder), Knowledge::dates(*holder), ""};
      auto id = registry_.by_key(Knowledge::full_key(*holder));
      if (!id) {
        Known known;
        known.person = true;
        known.name_words = {};
        known.entity.name = holder->name;
        known.entity.kb = Knowledge::full_key(*holder);
        known.entity.kind = dragoman::EntityKind::kPerson;
        known.entity.country = holder->country;
        known.entity.role = holder->office;
        known.country_told = true;
        put_sectors(known.entity, holder->sectors);
        known.reason = reason;
        id = registry_.add(std::move(known));
      }
      registry_.set_noun(noun, *id);
      return {{*id}, reason};
    }
  if (one_person)
    if (const auto same = apposed(mention)) {
      describe(*same, phrase);
      return {{*same}, {"apposition", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
    }
  if (one_person && phrase.definite && !told)
    if (const auto same = same_office(mention, phrase))
      return {{*same}, {"said-before", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
  const std::string name = group_name(phrase);
  const std::string key = "group:" + origin->country + "|" + base::lower_ascii(name);
  const bool anew = one_person && !phrase.definite;
  if (const auto again = registry_.by_key(key); again && !anew) return {{*again}, origin->reason};
  Known known;
  known.person = one_person;
  known.plural = phrase.plural;
  known.entity.name = name;
  known.entity.country = origin->country;
  known.country_told = told;
  set_sectors(known.entity, phrase);
  if (phrase.role && one_person) known.entity.role = phrase.role->noun;
  known.entity.kind = entity_kind(known.entity, one_person, phrase.plural);
  known.reason = origin->reason;
  if (known.reason.rule.empty()) known.reason.rule = "phrase";
  LinkReason reason = known.reason;
  const uint32_t id = registry_.add(std::move(known));
  registry_.set_key(id, key);
  describe(id, phrase);
  if (!noun.empty()) registry_.set_noun(noun, id);
  if (!phrase.head.empty()) registry_.set_noun(phrase.head, id);
  return {{id}, reason};
}

std::vector<std::string> Linker::name_words(Run run) const {
  std::vector<std::string> out;
  for (size_t k = run.first; k < run.last; ++k) {
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
  for (const uint32_t id : found.entities) uses_.push_back({mention, id, sentence, subject, nested, speakers_.count(span) > 0});
}

Links link(const Article& article, const Analysis& analysis, const Knowledge& knowledge) {
  return Linker(article, analysis, knowledge).run();
}

}  // namespace dragoman::linking
