// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "knowledge/fold.h"
#include "linking/class_nouns.h"
#include "linking/entity_parts.h"
#include "linking/offices.h"

namespace dragoman::linking {

using knowledge::Entry;
using knowledge::EntryKind;
using knowledge::Knowledge;
using knowledge::MemberRole;
using knowledge::Sense;

namespace {

// Nouns whose bearers belong to no state unless the text says so; in the training gold most have none.
constexpr std::string_view kOfNoState =
    " countries nations states foreigners tourists kidnappers attackers bomber bombers analysts observers suspects "
    "someone"
    " world researchers refugees migrants muslims christians jews catholics hindus sikhs enemy enemies ";

// Words that put a group above or outside the states that a text is about.
constexpr std::string_view kOfTheWorld =
    " international foreign world global western worldwide multinational overseas ";

// "the interior minister" is no "foreign minister"; either may be "the minister".
bool other_office(std::string_view one, std::string_view other) {
  const auto bare = [](std::string_view office) { return office.find(' ') == std::string_view::npos; };
  return !bare(one) && !bare(other) && !one.ends_with(other) && !other.ends_with(one);
}

// Behind "coalition": what fights, so that it is one of states.
constexpr std::string_view kArmed =
    " forces force troops soldiers aircraft warplanes planes jets drones helicopters military commander commanders "
    "strike strikes airstrike airstrikes raids ";

// Behind "foreign": what every state has.
constexpr std::string_view kAbroad =
    " minister ministers ministry secretary office policy affairs trade intelligence spokesman spokeswoman "
    "spokesperson ";

// What is left out before a group's name: "several hundred protesters" are "protesters".
constexpr std::string_view kNotInNames =
    " a an the this that these those some his her its their our my your"
    " several many few over about around nearly almost at least more than dozens hundreds thousands hundred thousand of"
    " another other all both most ";

}  // namespace

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
      if (const auto role = knowledge_.role(base::lower_ascii(known.entity.name)))
        put_sectors(known.entity, role->sectors);
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

// Not every name of the knowledge beside a noun says whose it is.
bool Linker::tells_origin(const Attached& attached, const Phrase& phrase, bool person) const {
  const Hit& hit = *attached.hit;
  const bool inside = hit.first >= phrase.name.first && hit.last <= phrase.name.last;
  const bool possessive = words_[hit.last - 1].possessive;
  // "Xavier Jordan" is of no Jordan, "LG Joe Doe" of no firm: the letters are a title
  if (person && inside && !possessive && hit.sense == Sense::kName) return false;
  const bool firm = hit.is(EntryKind::kOrganization) && listed(" company media ", hit.entry->type);
  if (person && firm && !possessive && hit.last == phrase.name.first) return false;
  // "Northern Atlantic Treaty Alliance" is not the magazine's
  if (inside && firm && !possessive && !knowledge::all_capitals(words_[hit.first].span.of(article_.text))) return false;
  if (attached.relation != Relation::kOf) return true;
  // "allies of Elbonia", "ambassador in Elbonia" are another state's
  if (listed(" allies ally enemies enemy supporters supporter opponents opponent critics critic backers backer"
             " partners partner neighbours neighbour neighbors neighbor rivals rival friends friend adversaries"
             " adversary ",
             phrase.head))
    return false;
  const bool mission = listed(" embassy embassies consulate mission ambassador ambassadors envoy envoys ", phrase.head);
  return !(mission && hit.first > 0 && !listed(" of ", preposition_before(hit)));
}

// The preposition that ties a name to its phrase: "in" for "embassy in the Philippines".
const std::string& Linker::preposition_before(const Hit& hit) const {
  const size_t before = hit.first - 1;
  return words_[before].lower == "the" && before > 0 ? words_[before - 1].lower : words_[before].lower;
}

// "the U.S.-led coalition", "coalition forces": states that fight together, not parties that govern together.
bool Linker::of_allied_states(const Phrase& phrase) const {
  const Run& run = phrase.words;
  const auto is_armed = [&](size_t k) {  // "ISIL" of "Counter ISIL Coalition", "anti-ISIL coalition"
    if (k > run.first && listed(" anti counter ", words_[k - 1].lower))
      return finder_.at(k) && finder_.at(k)->entry->type == "armed-group";
    const std::string& lower = words_[k].lower;
    if (!lower.starts_with("anti-") && !lower.starts_with("counter-")) return false;
    const auto named = knowledge_.named(words_[k].span.of(article_.text).substr(lower.find('-') + 1), day_);
    return std::any_of(named.begin(), named.end(), [](const auto& one) { return one.entry->type == "armed-group"; });
  };
  const auto leads = [&](size_t k) {
    const Hit* hit = finder_.at(k);
    const bool led = words_[k].lower.ends_with("-led") || (k + 1 < run.last && words_[k + 1].lower == "led");
    return led && hit && hit->is(EntryKind::kCountry);
  };
  for (size_t k = run.first; k < phrase.core.last; ++k) {
    if (words_[k].lower != "coalition") continue;
    const Hit* before = k > run.first ? finder_.at(k - 1) : nullptr;
    if (before && before->is(EntryKind::kCountry) && !before->compound) return false;  // "U.S. coalition soldiers"
    const bool against = k > run.first && words_[k - 1].lower == "anti";
    const bool named = k >= phrase.name.first && k < phrase.name.last;       // "International Coalition to Stop …"
    const bool of_others = k + 1 < run.last && words_[k + 1].lower == "of";  // "of aid groups"
    if (of_others && are_nations(joined_by_coalition(phrase), run.last)) return true;  // "of 40 states led by France"
    if (!against && k + 1 < run.last && listed(kArmed, words_[k + 1].lower)) return true;
    for (size_t j = run.first; j < k; ++j)
      if ((!named && !of_others && listed(" international multinational global ", words_[j].lower)) || is_armed(j) ||
          leads(j))
        return true;
  }
  return false;
}

std::optional<Linker::Origin> Linker::origin_of(const Phrase& phrase, size_t mention) {
  if (of_allied_states(phrase)) return Origin{"IGO", {"coalition", "", "", ""}, nullptr};
  const bool named_person = phrase.person_like || is_person_name(phrase, analysis_.mentions[mention].kind);
  for (const Relation relation : {Relation::kModifier, Relation::kOf})
    for (const Attached& attached : phrase.attached) {
      const Hit& hit = *attached.hit;
      if (attached.relation != relation || hit.entry->country.empty()) continue;
      if (!tells_origin(attached, phrase, named_person)) continue;
      return Origin{std::string(hit.entry->country), reason_of(knowledge_, "description", hit), &hit};
    }
  if (!unlisted_in(phrase).empty()) return Origin{"", {"unlisted-state", "", "", ""}, nullptr};
  if (const auto owner = origin_from_owner(phrase, mention)) return owner;
  // "the Yoon administration": a person or body known from this text stands before the noun.
  for (size_t k = phrase.core.first; k < phrase.core.last; ++k) {
    if (!words_[k].capital || (k >= phrase.name.first && k < phrase.name.last)) continue;
    const auto id = registry_.person_named(name_words({k, k + 1}), words_[k].span.begin, 0);
    if (id && !registry_[*id].entity.country.empty())
      return Origin{registry_[*id].entity.country, {"description", "", "", ""}, nullptr};
  }
  for (size_t k = phrase.words.first; k < phrase.words.last; ++k) {  // "the pope's envoy"
    const auto title = words_[k].possessive ? knowledge_.role(words_[k].lower) : std::nullopt;
    if (title && title->is_of_one_state()) return origin_of(std::string(title->states), "title");
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
  const Entity& entity = registry_[found.entities.front()].entity;
  const std::string& country = entity.country;
  if (country.empty() && entity.kind != dragoman::EntityKind::kCountry) return std::nullopt;
  return Origin{country, {"owner", "", "", ""}, nullptr};
}

Linker::Origin Linker::origin_of(std::string country, std::string rule) const {
  Origin origin;
  origin.country = std::move(country);
  origin.reason.rule = std::move(rule);
  if (const Entry* entry = knowledge_.country(origin.country, day_)) {
    origin.reason.row = knowledge_.row(*entry);
    origin.reason.valid = Knowledge::dates(*entry);
  }
  return origin;
}

// With the name of somebody, what it sounds like counts too; with a role, which states have it.
Linker::Origin Linker::context_origin(size_t mention, const std::optional<knowledge::RoleNoun>& role,
                                      const std::string& name) const {
  return origin_of(context_.country_at(analysis_.mentions[mention].span.begin, role, name), kDocumentCountry);
}

// "The pope", "the taoiseach": whoever bears the title, it is one state's.
std::optional<Linker::Origin> Linker::origin_of_title(const Phrase& phrase) const {
  if (!phrase.role->is_of_one_state()) return std::nullopt;
  return origin_of(std::string(phrase.role->states), "title");
}

// The body last spoken of that has members, of this role if one is told, on the day. Permanent and elected ones are of
// the body that alone has such, where none was spoken of.
const Entry* Linker::body_with(std::optional<MemberRole> role) const {
  const auto has_some = [&](std::string_view body) {
    const auto all = knowledge_.members(body);
    return std::any_of(all.begin(), all.end(), [&](const knowledge::Membership* one) {
      return (day_ == 0 || one->valid.holds_on(day_)) && (!role || one->role == *role);
    });
  };
  constexpr size_t kReach = 60;  // mentions
  for (size_t back = 0; back < std::min(uses_.size(), kReach); ++back) {
    const std::string& key = registry_[uses_[uses_.size() - 1 - back].entity].entity.kb;
    if (!key.starts_with("igo:") || !has_some(std::string_view(key).substr(4))) continue;
    return knowledge_.members(std::string_view(key).substr(4)).front()->organization;
  }
  if (role != MemberRole::kPermanent && role != MemberRole::kElected) return nullptr;
  const auto bodies = knowledge_.bodies_with(*role, day_);
  return bodies.size() == 1 ? bodies.front() : nullptr;
}

// "the member states", "the permanent members", where the text names the body before: they are coded as the body.
std::optional<Linker::Origin> Linker::origin_from_members(const Phrase& phrase) const {
  if (!phrase.plural) return std::nullopt;
  bool member = phrase.head == "members";
  std::optional<MemberRole> role;
  for (size_t k = phrase.core.first; k < phrase.core.last; ++k) {
    const std::string& word = words_[k].lower;
    member = member || word == "member" || word == "member-states";
    if (word == "permanent")
      role = k > 0 && words_[k - 1].lower == "non" ? MemberRole::kElected : MemberRole::kPermanent;
    if (listed(" non-permanent nonpermanent elected rotating ", word)) role = MemberRole::kElected;
  }
  const bool states = listed(" states countries nations governments ", phrase.head);
  if (!member || (!states && !role)) return std::nullopt;
  const Entry* body = body_with(role);
  if (!body) return std::nullopt;
  return Origin{std::string(body->country), {"members", knowledge_.row(*body), Knowledge::dates(*body), ""}, nullptr};
}

// "the government", "Kenya's government", "the Kenyan government", and no other words.
bool Linker::is_government(const Phrase& phrase) const {
  if (phrase.head != "government" || phrase.plural || phrase.former || !phrase.name.empty()) return false;
  if (phrase.core.last != phrase.words.last || words_[phrase.core.last - 1].lower != phrase.head) return false;
  for (size_t k = phrase.core.first; k + 1 < phrase.core.last; ++k) {
    const Hit* hit = finder_.at(k);
    if (!hit || !hit->is(EntryKind::kCountry)) return false;
  }
  return true;
}

std::string Linker::group_name(const Phrase& phrase, const std::string& country) const {
  if (is_government(phrase)) {
    const Hit* part = finder_.at(phrase.core.first);  // "the Scottish government" is not the United Kingdom's
    const Entry* state = knowledge_.country(country, day_);
    if (part && part->entry->type == "territory") state = part->entry;
    if (state) return government_of(state->name);
  }
  Run run = phrase.words;
  while (run.size() > 1 && (is_number(words_[run.first].lower) || listed(kNotInNames, words_[run.first].lower)))
    ++run.first;
  return shown(run);
}

// The mention of "his" in "his aides".
std::optional<size_t> Linker::owning_pronoun(const Phrase& phrase) const {
  if (phrase.owner.empty()) return std::nullopt;
  const Span pronoun = words_[phrase.words.first].span;
  const auto at = mention_at_.find((uint64_t{pronoun.begin} << 32) | pronoun.end);
  return at != mention_at_.end() && phrases_[at->second].pronoun ? std::optional(at->second) : std::nullopt;
}

// "[Litzman's] office", "[his] aides": a person or body with a name to whom the phrase belongs, and where the words
// behind the owner begin. A state is none: it is told by the country.
std::optional<Linker::Owner> Linker::owner_of(size_t mention, const Phrase& phrase) {
  if (listed(" government administration cabinet ", phrase.head)) return std::nullopt;  // the state's, whoever leads it
  const size_t first = phrase.words.first;
  std::optional<size_t> owner = owning_pronoun(phrase);
  size_t rest = first + 1;
  if (phrase.owner.empty()) {
    constexpr size_t kLongestOwner = 4;  // words
    while (rest < phrase.core.last && rest - first < kLongestOwner && !words_[rest - 1].possessive) ++rest;
    if (rest >= phrase.core.last || !words_[rest - 1].possessive) return std::nullopt;
    const uint32_t end = words_[rest - 1].span.end;
    constexpr uint32_t kEnding = 4;  // bytes of the possessive ending, at most
    for (uint32_t to = end; to <= end + kEnding && !owner; ++to)
      if (const auto at = mention_at_.find((uint64_t{words_[first].span.begin} << 32) | to); at != mention_at_.end())
        owner = at->second;
  }
  if (!owner || *owner == mention || rest >= phrase.core.last) return std::nullopt;
  const Found found = resolve(*owner);
  if (found.entities.size() != 1) return std::nullopt;
  const Known& known = registry_[found.entities.front()];
  const bool named = !known.name_words.empty() || !known.entity.kb.empty();
  if (!named || known.entity.kb.starts_with("country:")) return std::nullopt;
  return Owner{found.entities.front(), rest, !phrase.owner.empty() || phrases_[*owner].role.has_value()};
}

// "office of Yaakov Litzman"; of "his office" and "President Ruto's office" "Office of the President of Kenya".
std::string Linker::name_by_owner(const Owner& owner, const Phrase& phrase, const std::string& country) const {
  constexpr size_t kMostWords = 6;
  Phrase rest = phrase;
  rest.words.first = owner.rest;
  if (rest.words.size() > kMostWords) return group_name(phrase, country);
  const Entity& of = registry_[owner.entity].entity;
  const bool office = owner.by_office && rest.words.size() == 1 && phrase.head == "office";
  const Entry* state = office ? knowledge_.country(of.country, day_) : nullptr;
  const std::string seat = state ? office_of(of.role, state->name) : "";
  return seat.empty() ? group_name(rest, country) + " of " + of.name : seat;
}

// "president of the Riigikogu", "SANDF members", "Boko Haram gunmen": the body whose sectors the noun's bearers have,
// whatever the noun says by itself; null if there is none.
const Entry* Linker::body_of(const Phrase& phrase) const {
  for (const Attached& attached : phrase.attached) {
    const Entry& body = *attached.hit->entry;
    if (attached.relation == Relation::kOther || body.kind != EntryKind::kOrganization || body.sectors.empty())
      continue;
    if (phrase.role->sectors.empty() || phrase.role->body == "yes") return &body;
    if (phrase.role->body == "of" && (attached.relation == Relation::kOf || body.type != "party")) return &body;
    if (phrase.role->body == "party" && body.type == "party") return &body;  // "PTI workers"
    if (body.type == "armed-group" && listed(" REB UAF MIL PRM CRM ", phrase.role->sectors.front())) return &body;
  }
  return nullptr;
}

// What a coalition is told to join: "40 states" of "a coalition of 40 states led by France"; empty if nothing is told.
Run Linker::joined_by_coalition(const Phrase& phrase) const {
  size_t k = phrase.words.first;
  while (k < phrase.words.last && !listed(" coalition coalitions ", words_[k].lower)) ++k;
  if (k + 1 >= phrase.words.last || words_[k + 1].lower != "of") return {};
  Run joined{k + 2, k + 2};
  while (joined.last < phrase.words.last && (joined.empty() || words_[joined.last].joined()) &&
         !listed(" led that which who and or against for to in including backed opposed ", words_[joined.last].lower))
    ++joined.last;
  return joined;
}

// "a dozen nations", "Gulf states"; "40 states" where a country leads them. A coalition of 22 states without more is
// one of parts of a state, and so is one of "U.S. states".
bool Linker::are_nations(Run joined, size_t end) const {
  if (joined.empty()) return false;
  const auto country = [&](size_t k) { return finder_.at(k) && finder_.at(k)->is(EntryKind::kCountry); };
  for (size_t k = joined.first; k < joined.last; ++k)
    if (country(k)) return false;
  const std::string& head = words_[joined.last - 1].lower;
  if (listed(" countries nations governments ", head)) return true;
  if (head != "states") return false;
  const Hit* region = joined.size() > 1 ? finder_.at(joined.last - 2) : nullptr;
  if (region && region->is(EntryKind::kRegion) && region->entry->country.empty()) return true;
  const bool led = joined.last + 2 < end && words_[joined.last].lower == "led" && words_[joined.last + 1].lower == "by";
  return led && (country(joined.last + 2) || (joined.last + 3 < end && country(joined.last + 3)));
}

// "a coalition of left-wing parties" has the sectors of parties, one "of 40 states" none: the noun by itself is armed.
std::optional<std::vector<std::string_view>> Linker::sectors_of_joined(const Phrase& phrase) const {
  if (!listed(" coalition coalitions ", phrase.role->noun)) return std::nullopt;
  const bool of_state = std::any_of(phrase.attached.begin(), phrase.attached.end(), [](const Attached& attached) {
    return attached.relation == Relation::kModifier && attached.hit->is(EntryKind::kCountry);
  });
  if (of_state && !of_allied_states(phrase))
    return std::vector<std::string_view>{};  // "Germany's three-party coalition"
  const Run joined = joined_by_coalition(phrase);
  if (joined.empty()) return std::nullopt;
  if (are_nations(joined, phrase.words.last)) return std::vector<std::string_view>{};
  const auto members = knowledge_.role(base::lower_ascii(shown(joined)));
  return members && !members->sectors.empty() ? std::optional(members->sectors) : std::nullopt;
}

void Linker::set_sectors(Entity& entity, const Phrase& phrase) const {
  if (phrase.role) {
    const Entry* body = body_of(phrase);
    const auto joined = sectors_of_joined(phrase);
    put_sectors(entity, body ? body->sectors : joined ? *joined : phrase.role->sectors);
    if (phrase.former && !entity.sectors.empty() && listed(" GOV LEG MIL COP JUD SPY ", entity.sectors.front()))
      entity.sectors = {"ELI"};
  }
  for (const Attached& attached : phrase.attached) {
    if (entity.sectors.empty() && attached.relation == Relation::kModifier &&
        attached.hit->is(EntryKind::kOrganization))
      put_sectors(entity, attached.hit->entry->sectors);
    if (attached.relation != Relation::kOther && is_partial(*attached.hit->entry)) put_sectors(entity, {"PRE"});
  }
}

// "the president of the commission" is not the president of the land.
bool Linker::of_another_body(const Phrase& phrase) const {
  if (phrase.role && phrase.role->words == 1 && phrase.core.size() > 1 &&
      is_body_noun(words_[phrase.core.last - 2].lower) && !finder_.at(phrase.core.last - 2))
    return true;  // "the assembly president"
  size_t k = phrase.core.last;
  if (k + 1 >= phrase.words.last || words_[k].lower != "of") return false;
  if (phrase.role && phrase.role->noun.find(" of ") != std::string_view::npos) return false;
  ++k;
  if (words_[k].lower == "the" && k + 1 < phrase.words.last) ++k;
  if (const Hit* hit = finder_.at(k)) return !hit->is_place();
  return !listed(" republic country nation state kingdom federation ", words_[k].lower);
}

// Neither "a minister" nor "two ministers": nothing stands before the noun group.
bool Linker::bare(const Phrase& phrase) const { return phrase.core.first == phrase.words.first; }

// People and bodies that no state claims unless the text says so; in the training gold most have none.
bool Linker::of_no_state(const Phrase& phrase) const {
  if (listed(kOfNoState, phrase.head)) return true;
  for (size_t k = phrase.core.first; k < phrase.core.last; ++k) {
    const bool portfolio = k + 1 < phrase.core.last && listed(kAbroad, words_[k + 1].lower);
    if (listed(kOfTheWorld, words_[k].lower) && !portfolio) return true;
    const bool of_members = is_of_a_number(words_[k].lower) || listed(" regional european ", words_[k].lower);
    if (of_members && class_of(phrase.head) == "league") return true;  // "the 15-nation bloc" is no state's
  }
  return std::any_of(phrase.attached.begin(), phrase.attached.end(), [&](const Attached& attached) {
    const size_t next = attached.hit->last;  // "the European affairs minister" is his state's
    const bool portfolio = next < words_.size() && listed(kAbroad, words_[next].lower);
    return attached.hit->is(EntryKind::kRegion) && attached.hit->entry->country.empty() && !portfolio;
  });
}

// The nouns under which somebody may have been spoken of before: "the PM" is the prime minister named above.
std::vector<std::string> Linker::said_before_under(const std::string& noun, const Phrase& phrase) const {
  std::vector<std::string> keys = {noun + "|" + context_.main(), noun};
  if (const std::string_view province = province_of(phrase); !province.empty())
    keys.insert(keys.begin(), (noun + "|").append(province));
  for (const std::string_view office : other_words_for(noun)) {
    keys.push_back(std::string(office) + "|" + context_.main());
    keys.emplace_back(office);
  }
  keys.push_back(phrase.head);
  return keys;
}

// Spoken of by a noun alone, and not as somebody new ("a minister"): of that noun a name may be told elsewhere.
bool Linker::is_unnamed(const Known& known) const {
  return known.entity.kb.empty() && known.name_words.empty() && !known.anew;
}

// "was once a company", "to be president": what is said of somebody, who is told before.
bool Linker::is_predicate(const Phrase& phrase) const {
  if (phrase.definite || phrase.plural || phrase.words.first == 0 || !words_[phrase.words.first].joined()) return false;
  size_t before = phrase.words.first - 1;
  if (before > 0 && listed(" once now also then still not already formerly currently ", words_[before].lower)) --before;
  const bool there = before > 0 && listed(" there ", words_[before - 1].lower);
  return !there && listed(" is was be been being become became becomes remains remained ", words_[before].lower);
}

// A phrase without a name: "the minister", "Kenyan police", "hundreds of protesters".
Linker::Found Linker::description(size_t mention, const Phrase& phrase) {
  const bool one_person = phrase.role && phrase.role->kind == "person" && !phrase.plural;
  auto origin = origin_of(phrase, mention);
  const std::string noun = phrase.role ? std::string(phrase.role->noun) : phrase.head;
  const bool elsewhere = of_another_body(phrase);
  const bool title = one_person && !phrase.definite && bare(phrase);  // "PTI chief", as headlines have it
  if (one_person)
    if (const auto same = apposed(mention)) {
      describe(*same, phrase);
      return {{*same}, {"apposition", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
    }
  if (one_person)
    if (const auto same = named_behind(mention, phrase)) {
      if (origin && !registry_[*same].country_told) {
        registry_[*same].entity.country = origin->country;
        registry_[*same].country_told = true;
        registry_[*same].reason = origin->reason;
      }
      describe(*same, phrase);
      return {{*same}, {"apposition", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
    }
  if (!origin) origin = origin_from_members(phrase);
  // The permanent members are not the elected ones spoken of before.
  const bool of_members = origin && origin->reason.rule == "members";
  if (phrase.definite && !origin)
    if (const auto same = spoke_as(mention, phrase))
      return {{*same}, {"said-before", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
  // Said before: "the minister", "the ministry", "police".
  std::optional<uint32_t> unnamed;
  if ((phrase.definite || phrase.words.size() == 1 || title) && !elsewhere && !of_members)
    for (const std::string& key : said_before_under(noun, phrase)) {
      const auto before = key.empty() ? std::nullopt : registry_.by_noun(key);
      if (!before) continue;
      const Known& known = registry_[*before];
      if (origin && origin->reason.rule != "owner" && !known.entity.country.empty() &&
          known.entity.country != origin->country)
        continue;
      if (known.person && phrase.plural) continue;
      if (one_person && is_of_another_province(known, phrase)) continue;
      if (key == phrase.head && other_office(known.entity.role, noun)) continue;
      if (phrase.former && !has_sector(known.entity, "ELI")) continue;
      if (phrase.definite && (one_person || !class_of(phrase.head).empty()) && is_unnamed(known)) {
        unnamed = unnamed ? unnamed : before;  // unless a name fits
        continue;
      }
      return {{*before}, {"said-before", known.reason.row, known.reason.valid, ""}};
    }
  if (phrase.definite && !origin && listed(" country nation state republic kingdom ", phrase.head)) {
    LinkReason reason{kDocumentCountry, "", "", ""};
    const Origin around = context_origin(mention);
    if (!around.country.empty()) return {{of_country(around.country, reason)}, around.reason};
  }
  const bool unknown_doers = phrase.role && !phrase.role->sectors.empty() &&
                             (phrase.role->sectors.front() == "UAF" || phrase.role->sectors.front() == "UNK");
  const bool told = origin.has_value();
  const bool of_state = origin && origin->reason.rule == "description" && !tells_only_seat(phrase);
  if (phrase.definite && (!origin || origin->reason.rule == "description"))
    if (const auto body = class_noun(mention, phrase, of_state ? origin->country : "")) {
      const Known& known = registry_[*body];
      if (!phrase.plural) return {{*body}, {"said-before", known.reason.row, known.reason.valid, ""}};
      if (!origin)
        origin = Origin{known.entity.country, {"members", known.reason.row, known.reason.valid, ""}, nullptr};
    }
  if (!origin && phrase.role) origin = origin_of_title(phrase);
  if (!origin && !unknown_doers && !of_no_state(phrase)) origin = context_origin(mention, phrase.role);
  if (!origin) origin = Origin{};
  if (one_person && !elsewhere && province_of(phrase).empty())
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
  if (one_person && phrase.definite && !told)
    if (const auto same = same_office(mention, phrase))
      return {{*same}, {"said-before", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
  if (one_person && (phrase.definite || (title && phrase.core.last == phrase.words.last)))
    if (const auto same = speaks_on(mention, phrase, told ? origin->country : ""))
      return {{*same}, {"said-before", registry_[*same].reason.row, registry_[*same].reason.valid, ""}};
  if (unnamed)
    return {{*unnamed}, {"said-before", registry_[*unnamed].reason.row, registry_[*unnamed].reason.valid, ""}};
  std::string name = group_name(phrase, origin->country);
  if (const auto owner = owner_of(mention, phrase)) name = name_by_owner(*owner, phrase, origin->country);
  const std::string key = "group:" + origin->country + "|" + base::lower_ascii(name);
  const bool anew = one_person && !phrase.definite;
  if (const auto again = registry_.by_key(key); again && !anew) return {{*again}, origin->reason};
  Known known;
  known.person = one_person;
  known.plural = phrase.plural;
  known.anew = !phrase.definite && !bare(phrase);
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
  if (is_predicate(phrase)) return {{id}, reason};
  describe(id, phrase);
  if (!noun.empty()) registry_.set_noun(noun, id);
  if (!phrase.head.empty()) registry_.set_noun(phrase.head, id);
  if (!one_person && reason.rule == "coalition") registry_.set_noun("coalition", id);
  return {{id}, reason};
}

}  // namespace dragoman::linking
