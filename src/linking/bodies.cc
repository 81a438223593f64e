// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>

#include "base/text.h"
#include "knowledge/codes.h"
#include "knowledge/fold.h"
#include "linking/class_nouns.h"
#include "linking/entity_parts.h"
#include "linking/offices.h"
#include "linking/stand_ins.h"

namespace dragoman::linking {

using knowledge::Entry;
using knowledge::EntryKind;
using knowledge::Knowledge;
using knowledge::Sense;

namespace {

constexpr std::string_view kBodyNouns =
    " council alliance coalition ministry court party union commission committee assembly parliament senate congress "
    "agency "
    "bureau"
    " organization organisation association federation league front movement army navy guard police department office"
    " authority bank fund company corporation university institute foundation tribunal board bloc community group ";

// What a body's own name tells where it is spoken of by its business: "the global health body".
constexpr std::string_view kBusinesses = " health electoral football world ";

}  // namespace

bool is_body_noun(std::string_view lower) { return listed(kBodyNouns, lower); }

namespace {

// The noun of a body's name: all of "House of Representatives", "Ministry" of Magic.
std::optional<knowledge::RoleNoun> role_of_body(const Knowledge& knowledge, const std::string& name) {
  const auto whole = knowledge.role(base::lower_ascii(name));
  if (whole && whole->words == base::split(name, ' ').size()) return whole;
  return knowledge.role(base::lower_ascii(name.substr(0, name.find(" of "))));
}

}  // namespace

uint32_t Linker::of_country(const std::string& code, LinkReason& reason) {
  const Entry* entry = knowledge_.country(code, day_);
  const std::string key = "country:" + code;
  if (const auto again = registry_.by_key(key)) return *again;
  Known known;
  known.entity.name = entry ? std::string(entry->name) : code;
  known.entity.kind =
      entry && entry->type == "territory" ? dragoman::EntityKind::kTerritory : dragoman::EntityKind::kCountry;
  known.entity.kb = key;
  known.entity.country = code;
  known.entity.sectors = {"GOV"};
  known.country_told = true;
  known.reason = reason;
  return registry_.add(std::move(known));
}

// "Abkhazia": neither the state whose code it has, nor that state's government.
uint32_t Linker::of_partial(const Entry& entry, const LinkReason& reason) {
  if (const auto again = registry_.by_key(Knowledge::full_key(entry))) return *again;
  Known known;
  known.entity.name = entry.name;
  known.entity.kind = dragoman::EntityKind::kTerritory;
  known.entity.kb = Knowledge::full_key(entry);
  known.entity.country = entry.country;
  known.entity.sectors = {"PRE", "GOV"};
  known.country_told = true;
  known.reason = reason;
  return registry_.add(std::move(known));
}

// The first state without a code that a phrase speaks of, in lower case; "" if none.
std::string Linker::unlisted_in(const Phrase& phrase) const {
  for (size_t k = phrase.words.first; k < phrase.words.last; ++k)
    if (!unlisted_.at(k).empty()) return unlisted_.at(k);
  return "";
}

uint32_t Linker::of_unlisted(const std::string& state) {
  const std::string key = "unlisted:" + state;
  if (const auto again = registry_.by_key(key)) return *again;
  Known known;
  const auto name = unlisted_.name_of(state);
  known.entity.name = name ? shown({*name, *name + 1}) : state;
  known.entity.kind = dragoman::EntityKind::kCountry;
  known.entity.sectors = {"GOV"};
  known.country_told = true;
  known.reason.rule = "unlisted-state";
  const uint32_t id = registry_.add(std::move(known));
  registry_.set_key(id, key);
  return id;
}

// "Norvania", a state that the knowledge does not list.
Linker::Found Linker::unlisted_state(const Phrase& phrase) {
  if (phrase.words.size() != 1 || !unlisted_.is_name(phrase.words.first)) return {};
  const uint32_t id = of_unlisted(unlisted_.at(phrase.words.first));
  return {{id}, registry_[id].reason};
}

// The entity of a knowledge entry. A country, its capital or seat that acts is its government.
uint32_t Linker::of_entry(const Hit& hit, LinkReason& reason) {
  const Entry& entry = *hit.entry;
  reason = reason_of(knowledge_, hit.sense == Sense::kName ? "name" : to_string(hit.sense), hit);
  if (entry.kind == EntryKind::kCountry && hit.sense != Sense::kPeople) {
    if (hit.sense == Sense::kCapital || hit.sense == Sense::kSeat) reason.rule = "seat-of-government";
    if (is_partial(entry)) return of_partial(entry, reason);
    if (hit.sense != Sense::kSeat) return of_country(std::string(entry.country), reason);
  }
  const bool people = hit.sense == Sense::kPeople;
  const bool seat = hit.sense == Sense::kSeat;
  const std::string own = shown({hit.first, hit.last});
  const bool of_region = entry.kind == EntryKind::kRegion;  // "Africans", "Quebecers"
  const std::string key = people ? "people:" + (of_region ? Knowledge::full_key(entry) : std::string(entry.country))
                          : seat ? "seat:" + knowledge::fold_lower(own)
                                 : Knowledge::full_key(entry);
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
    if (entry.type != "sea") known.entity.sectors = {"GOV"};
    known.entity.kind = entry.kind == EntryKind::kCity ? dragoman::EntityKind::kPlace : dragoman::EntityKind::kRegion;
    if (entry.kind == EntryKind::kCity) known.entity.lat = entry.lat, known.entity.lon = entry.lon;
  }
  known.reason = reason;
  const uint32_t id = registry_.add(std::move(known));
  registry_.set_key(id, key);
  return id;
}

// Where something happens in a capital, that is the city, not the government that sits in it.
std::optional<Hit> Linker::capital_itself(size_t mention, const Phrase& phrase) const {
  if (phrase.named->sense != Sense::kCapital || !places_.count(analysis_.mentions[mention].span)) return std::nullopt;
  for (const auto& reading : phrase.named->readings)  // by population
    if (reading.entry->kind == EntryKind::kCity && reading.entry->country == phrase.named->entry->country) {
      Hit hit = *phrase.named;
      hit.entry = reading.entry;
      hit.sense = reading.sense;
      return hit;
    }
  return std::nullopt;
}

// A capital acts for a body that sits there, "Brussels" for the European Union, in a text that names the body and the
// capital's state by no other word: for the one last spoken of, or the first that follows.
const Hit* Linker::seated_there(size_t mention, const Hit& capital) const {
  if (capital.sense != Sense::kCapital || places_.count(analysis_.mentions[mention].span)) return nullptr;
  const auto written = [&](const Hit& hit) {  // "hague"
    const size_t first = words_[hit.first].lower == "the" ? hit.first + 1 : hit.first;
    return base::lower_ascii(shown({first, hit.last}));
  };
  const std::string name = written(capital);
  const std::vector<StandIn>& all = stand_ins();
  const auto row = std::find_if(all.begin(), all.end(), [&](const StandIn& one) { return one.word == name; });
  if (row == all.end() || !row->beside.empty()) return nullptr;
  const Hit* body = nullptr;
  for (const Hit& hit : finder_.hits()) {
    if (hit.entry->country == capital.entry->country && written(hit) != name) return nullptr;
    const bool sits_there =
        hit.is(EntryKind::kOrganization) &&
        std::find(row->stands_for.begin(), row->stands_for.end(), hit.entry->key) != row->stands_for.end();
    if (sits_there && (!body || hit.first < capital.first)) body = &hit;
  }
  return body;
}

Linker::Found Linker::known_name(size_t mention, const Phrase& phrase) {
  Found found;
  if (const Hit* body = seated_there(mention, *phrase.named)) {
    found.entities = {of_entry(*body, found.reason)};
    found.reason.rule = "seat-of-government";
    return found;
  }
  const auto city = capital_itself(mention, phrase);
  found.entities = {of_entry(city ? *city : *phrase.named, found.reason)};
  Known& known = registry_[found.entities.front()];
  if (known.entity.country.empty() && !phrase.named->is(EntryKind::kRegion)) {
    const auto origin = origin_of(phrase, mention);
    known.entity.country = origin ? origin->country : "";
  }
  if (phrase.named->is(EntryKind::kOrganization)) name_by_noun(*phrase.named, found.entities.front());
  if (places_.count(analysis_.mentions[mention].span) && phrase.named->is_place()) found.reason.rule = "place";
  return found;
}

// After "the United Nations Security Council", "the council" is that body; after "the International Court of Justice",
// "the court".
void Linker::name_by_noun(const Hit& hit, uint32_t id) {
  const std::string full = knowledge::fold_lower(hit.entry->name);
  const std::string headed = full.substr(0, full.find(" of "));
  std::vector<std::string> nouns{words_[hit.last - 1].lower, full.substr(full.rfind(' ') + 1),
                                 headed.substr(headed.rfind(' ') + 1)};
  for (size_t k = hit.first + 1; k < hit.last; ++k)
    if (words_[k].lower == "of") nouns.push_back(words_[k - 1].lower);
  for (const std::string& noun : nouns)
    if (is_body_noun(noun)) registry_.set_noun(noun, id);
}

// A body of these words that the text named before, and that is of no other state than is told now.
std::optional<uint32_t> Linker::body_before(const std::vector<std::string>& words, bool acronym,
                                            const std::optional<Origin>& origin) const {
  auto id = registry_.body_named(words);
  if (!id && words.size() > 1 && acronym)  // "the Kenyan Association": its nationality may stand outside the name
    id = registry_.body_named({words.begin() + 1, words.end()});
  if (!id) return std::nullopt;
  const Known& known = registry_[*id];
  const bool other =
      origin && known.country_told && !known.entity.country.empty() && known.entity.country != origin->country;
  return other ? std::nullopt : id;
}

uint32_t Linker::new_body(const Phrase& phrase, const std::vector<std::string>& words, const std::string& name,
                          const std::optional<knowledge::RoleNoun>& role) {
  Known known;
  known.name_words = words;
  known.entity.name = name;
  known.plural = phrase.plural;
  if (role) put_sectors(known.entity, role->sectors);
  if (known.entity.sectors.empty()) set_sectors(known.entity, phrase);
  known.entity.kind = entity_kind(known.entity, false, false);
  known.reason.rule = "new-name";
  const uint32_t id = registry_.add(std::move(known));
  if (role) registry_.set_noun(std::string(role->noun), id);
  if (!words.empty()) registry_.set_noun(words.back(), id), registry_.set_noun(words.front(), id);
  return id;
}

// A named body that the knowledge does not list.
Linker::Found Linker::body(size_t mention, const Phrase& phrase) {
  std::vector<std::string> words = name_words(phrase.name);
  std::string name = shown(phrase.name);
  if (phrase.core.last > phrase.name.last || phrase.words.last > phrase.name.last) {
    // "Ministry of Defence", "Delhi Workers and Helpers Union (DWHU)": all but brackets belongs to the name
    Run whole{phrase.name.first, phrase.name.last};
    while (whole.last < phrase.words.last && words_[whole.last].joined() &&
           (words_[whole.last].capital || listed(" of for and the on in to de against ", words_[whole.last].lower)))
      ++whole.last;
    while (whole.last > phrase.name.last && !words_[whole.last - 1].capital) --whole.last;
    words = name_words(whole);
    name = shown(whole);
  }
  const auto spelled = acronyms_.find(name);
  if (spelled != acronyms_.end()) words = spelled->second.words, name = spelled->second.name;
  const auto origin = origin_of(phrase, mention);
  const auto before = body_before(words, spelled != acronyms_.end(), origin);
  const auto role = role_of_body(knowledge_, name);
  if (before) registry_.add_name(*before, words, name);
  const uint32_t body = before ? *before : new_body(phrase, words, name, role);
  Known& known = registry_[body];
  if (!before && origin) known.reason.rule = "description";
  Found found{{body}, known.reason};
  if (origin && !known.country_told) {
    known.entity.country = origin->country;
    known.country_told = true;
    known.reason = found.reason = origin->reason;
  } else if (known.entity.country.empty()) {
    const Origin around = context_origin(mention, role);
    known.entity.country = around.country;
    known.reason = found.reason = around.reason;
  }
  if (words == std::vector<std::string>{"government"})  // "the Government", as some papers write it
    if (const Entry* state = knowledge_.country(known.entity.country, day_))
      known.entity.name = government_of(state->name);
  return found;
}

// "The army said in a statement … The statement said": who spoke, or else acted, in the sentence that named the paper
// before.
std::optional<uint32_t> Linker::issuer_at_first(size_t mention, const Phrase& phrase) const {
  size_t word = phrase.core.first;
  while (word > 0 && words_[word - 1].lower != phrase.head) --word;
  if (word == 0 || analysis_.sentences.empty()) return std::nullopt;
  const uint32_t sentence = analysis_.sentence_at(words_[word - 1].span.begin);
  std::optional<uint32_t> speaker, subject;
  for (const Use& use : uses_) {
    if (use.mention == mention || use.sentence != sentence || use.nested) continue;
    if (use.speaker && !speaker) speaker = use.entity;
    if (use.subject && !subject) subject = use.entity;
  }
  return speaker ? speaker : subject;
}

// "its website", "the club statement", "government statistics", "the survey by icipe": whom the words around the paper
// name.
std::optional<uint32_t> Linker::issuer_beside(size_t mention, const Phrase& phrase) {
  if (const auto owner = owning_pronoun(phrase)) {
    const Found found = resolve(*owner);
    if (found.entities.size() == 1) return found.entities.front();
  }
  for (size_t k = phrase.core.last; k + 1 < phrase.words.last; ++k) {
    if (!listed(" by from ", words_[k].lower)) continue;
    Run name{k + 1 + (words_[k + 1].lower == "the" ? 1 : 0), 0};
    name.last = name.first;
    while (name.last < phrase.words.last && words_[name.last].capital) ++name.last;
    if (name.empty()) continue;
    if (const auto id = registry_.body_named(name_words(name))) return id;
  }
  if (phrase.core.size() < 2) return std::nullopt;
  Phrase side = reader_.read(Run{phrase.core.first, phrase.core.last - 1});
  side.definite = true;
  if (side.head.empty() || side.plural || !side.name.empty()) return std::nullopt;
  if (is_government(side) || (side.role && side.role->kind == "organization" && !registry_.by_noun(side.head))) {
    const Found found = description(mention, side);
    return found.entities.size() == 1 ? std::optional(found.entities.front()) : std::nullopt;
  }
  if (const auto body = class_noun(mention, side, "")) return body;
  const auto before = registry_.by_noun(side.head);
  return before && !registry_[*before].person ? before : std::nullopt;
}

// "the [Intel Research] poll": capitals before the noun, of which the first is not capital for its place alone.
Run Linker::named_before_paper(const Phrase& phrase) const {
  Run run{phrase.core.first, phrase.core.first};
  while (run.last + 1 < phrase.core.last && words_[run.last].capital && !finder_.at(run.last)) ++run.last;
  if (run.empty()) return run;
  const bool opens = run.first == phrase.words.first && (run.first == 0 || !words_[run.first].joined());
  const bool letters = knowledge::all_capitals(words_[run.first].span.of(article_.text));
  const bool time = listed(
      " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
      "september october november december ",
      words_[run.first].lower);
  const bool none = time || (opens && !letters) || knowledge_.role(words_[run.first].lower) ||
                    registry_.person_named(name_words(run), words_[run.first].span.begin, 0);
  // Letters alone are a body's name where the text has them as one: not "the GDP data".
  const bool behind_article = !letters && run.first > phrase.words.first;
  const bool telling = run.size() > 1 || behind_article ||
                       std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& mention) {
                         return mention.kind == MentionKind::kOrganization && mention.form == Form::kName &&
                                mention.span.size() == words_[run.first].span.size() &&
                                mention.span.begin != words_[run.first].span.begin &&
                                base::lower_ascii(mention.span.of(article_.text)) == words_[run.first].lower;
                       });
  return telling && !none ? run : Run{run.first, run.first};
}

// "a White House statement", "a letter by NATO"; "a lawsuit against Boeing" and "an audit of NATO" are others'.
bool Linker::issues(const Attached& attached, const Phrase& phrase) const {
  if (!attached.hit->is(EntryKind::kOrganization) && attached.hit->sense != Sense::kSeat) return false;
  if (attached.relation == Relation::kModifier) return true;
  const bool about = listed(" audit review analysis lawsuit complaint petition tweet ", phrase.head);
  return listed(about ? " by from " : " by from of ", preposition_before(*attached.hit));
}

// "the ministry's report", "a JSC statement", "the statement said": who issued the paper that speaks or acts.
Linker::Found Linker::issuer(size_t mention, const Phrase& phrase) {
  if (class_of(phrase.head) != "document" || !subjects_.count(analysis_.mentions[mention].span)) return {};
  Found found;
  for (const Attached& attached : phrase.attached)
    if (issues(attached, phrase)) return {{of_entry(*attached.hit, found.reason)}, found.reason};
  const auto of = [&](uint32_t id) {
    return Found{{id}, {"issuer", registry_[id].reason.row, registry_[id].reason.valid, ""}};
  };
  for (size_t k = phrase.core.first; k + 1 < phrase.core.last; ++k)
    if (words_[k].capital && !finder_.at(k))
      if (const auto id = registry_.body_named(name_words({k, k + 1}))) return of(*id);
  if (const Run named = named_before_paper(phrase); !named.empty()) {
    Phrase side = reader_.read(named);
    if (!side.name.empty() && !side.person_like) return body(mention, side);
  }
  if (const auto body = issuer_beside(mention, phrase)) return of(*body);
  if (!phrase.attached.empty() || phrase.core.size() > 1 || phrase.core.last < phrase.words.last || !phrase.definite)
    return {};
  if (const auto first = issuer_at_first(mention, phrase)) return of(*first);
  for (size_t back = 0; back < std::min<size_t>(uses_.size(), 20); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Known& known = registry_[use.entity];
    const bool body = !known.person && !known.name_words.empty() &&
                      analysis_.mentions[use.mention].kind == MentionKind::kOrganization;
    if (use.mention != mention && (body || (use.speaker && !known.plural))) return of(use.entity);
  }
  return {};
}

// Nothing but the class is told: "the armed group", "the 27-nation bloc", not "the territory's independence movement".
// Whose it is ("the Chinese company") is compared with the body's own state.
bool Linker::only_class(const Phrase& phrase) const {
  if (phrase.core.last < phrase.words.last) return false;
  for (size_t k = phrase.core.first; k + 1 < phrase.core.last; ++k) {
    const Hit* hit = finder_.at(k);
    const bool state = hit && (hit->is_place() || knowledge::is_non_state_code(hit->entry->country));
    const bool number = is_number(words_[k].lower) || is_of_a_number(words_[k].lower);
    const bool seat = k + 2 < phrase.core.last && words_[k].capital && tells_seat(words_[k + 1].lower);
    const bool business = listed(kBusinesses, words_[k].lower);  // compared with the body's name by class_noun()
    if (!state && !number && !seat && !business && !tells_nothing_more(words_[k].lower)) return false;
  }
  return true;
}

// "the Vienna-based agency"
bool Linker::tells_only_seat(const Phrase& phrase) const {
  for (size_t k = phrase.core.first; k + 1 < phrase.core.last; ++k)
    if (tells_seat(words_[k].lower)) return true;
  return false;
}

// Whether a body may be spoken of again by a noun of this class.
bool Linker::is_of_class(const Known& known, std::string_view noun) const {
  const std::string_view kind = class_of(noun);
  const std::string sector = known.entity.sectors.empty() ? "" : known.entity.sectors.front();
  const std::string& country = known.entity.country;
  const bool league = country == "IGO" || country == "EUR";
  const bool of_state = listed(" GOV LEG JUD MIL COP ", sector) && !league && country != "UNO";
  const bool armed = known.entity.kind == dragoman::EntityKind::kArmedGroup;
  const auto named = [&](std::string_view words) {
    return std::any_of(known.name_words.begin(), known.name_words.end(),
                       [&](const std::string& word) { return listed(words, word); });
  };
  if (kind == "group") return armed || !(of_state || league || sector == "BUS" || country == "UNO");
  if (kind == "fighters") return armed;
  if (kind == "firm") return sector.empty() || sector == "BUS";
  if (kind == "bank") return named(" bank fund ") || (noun != "fund" && sector == "BUS");
  if (kind == "league") return league || (!of_state && !armed && named(" bloc alliance coalition league front "));
  if (kind == "agency") return !of_state && sector != "BUS";
  if (kind == "court" || kind == "judges") return sector == "JUD" || named(" court tribunal ");
  if (kind == "paper") return sector == "JRN";
  if (kind == "party") return sector == "PTY" || sector.empty();
  return !kind.empty() && !of_state;
}

// "the group", "this terrorist organisation", "the Chinese company": the named body of that class, and of that state or
// code if one is told, last spoken of.
std::optional<uint32_t> Linker::class_noun(size_t mention, const Phrase& phrase, const std::string& country) const {
  const std::string_view kind = class_of(phrase.head);
  const bool people = kind == "fighters" || kind == "judges";
  if (kind.empty() || kind == "document" || phrase.plural != people || !only_class(phrase)) return std::nullopt;
  bool activists = false;         // "the rights watchdog"
  std::optional<size_t> members;  // "the 27-nation bloc"
  std::vector<std::string> businesses;
  for (size_t k = phrase.core.first; k < phrase.core.last; ++k) {
    if (listed(kBusinesses, words_[k].lower)) businesses.push_back(words_[k].lower);
    activists = activists || listed(" rights aid advocacy humanitarian campaign ", words_[k].lower);
    if (!members && is_of_a_number(words_[k].lower)) members = number_in(words_[k].lower);
  }
  const std::string seat = tells_only_seat(phrase) ? seat_in(phrase) : "";
  std::optional<uint32_t> other;  // of no state, where whose it is is told
  constexpr size_t kReach = 30;   // mentions
  for (size_t back = 0; back < std::min(uses_.size(), kReach); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    if (use.mention == mention) continue;
    const Known& known = registry_[use.entity];
    if (known.person || known.name_words.empty() || known.entity.kb.starts_with("country:")) continue;
    if (known.entity.kb.empty() && analysis_.mentions[use.mention].kind != MentionKind::kOrganization) continue;
    const bool of_all = listed(kind == "group" ? " NGO IMG " : " MNC ", known.entity.country);
    if (!country.empty() && known.entity.country != country && !of_all) continue;
    // "The Washington-based lender" is no German bank.
    if (!seat.empty() && seat != known.entity.country && knowledge_.country(known.entity.country, day_)) continue;
    if (members && !has_members(known, *members)) continue;
    if (activists && listed(" IGO UNO EUR ", known.entity.country)) continue;
    const bool other_business = std::any_of(businesses.begin(), businesses.end(), [&](const std::string& word) {
      return std::find(known.name_words.begin(), known.name_words.end(), word) == known.name_words.end();
    });
    if (other_business) continue;
    const bool within = std::any_of(phrase.attached.begin(), phrase.attached.end(), [&](const Attached& attached) {
      return known.entity.kb == Knowledge::full_key(*attached.hit->entry);  // "the U.N. agency" is not the U.N.
    });
    if (within) continue;
    if (!is_of_class(known, phrase.head)) continue;
    if (country.empty() || known.entity.country == country) return use.entity;
    if (other && *other != use.entity) return std::nullopt;  // either may be "the Japanese company"
    other = use.entity;
  }
  return other;
}

// The state of the city before "-based".
std::string Linker::seat_in(const Phrase& phrase) const {
  for (const Attached& attached : phrase.attached)
    if (attached.hit->is_place()) return std::string(attached.hit->entry->country);
  return "";
}

// Whether a body may have so many members: as the knowledge counts them on the day, if it does.
bool Linker::has_members(const Known& known, size_t members) const {
  const size_t colon = known.entity.kb.find(':');
  if (colon == std::string::npos) return true;
  size_t full = 0;
  for (const knowledge::Membership* one : knowledge_.members(std::string_view(known.entity.kb).substr(colon + 1))) {
    const bool holds = day_ == 0 || one->valid.holds_on(day_);
    if (holds && (one->role != knowledge::MemberRole::kAssociate && one->role != knowledge::MemberRole::kObserver))
      ++full;
  }
  constexpr size_t kMargin = 1;  // papers write of the last before and the next
  return full == 0 || (full + kMargin >= members && full <= members + kMargin);
}

}  // namespace dragoman::linking
