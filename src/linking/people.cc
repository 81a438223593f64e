// SPDX-License-Identifier: Apache-2.0
#include "linking/linker.h"

#include <algorithm>

#include "base/text.h"
#include "knowledge/fold.h"
#include "linking/entity_parts.h"
#include "linking/offices.h"

namespace dragoman::linking {

using knowledge::Entry;
using knowledge::EntryKind;
using knowledge::Knowledge;
using knowledge::Reading;

namespace {

// Whether somebody with this office may be called by this title: "secretary" of the "secretary of state", "deputy
// secretary" of the "deputy defence secretary", but "president" not of the "vice president".
bool has_title(std::string_view office, std::string_view title) {
  const std::string lower = base::lower_ascii(office);
  size_t deputies = 0;
  for (const auto word : base::split(lower, ' ')) deputies += listed(" vice deputy assistant acting ", word) ? 1 : 0;
  for (const auto word : base::split(title, ' ')) {
    if (!listed(" " + lower + " ", word)) return false;
    if (deputies > 0 && listed(" vice deputy assistant acting ", word)) --deputies;
  }
  return deputies == 0;
}

constexpr std::string_view kMaleTitles =
    " mr sir lord king prince emir sultan sheikh brother spokesman chairman congressman businessman policeman father "
    "son husband ";
constexpr std::string_view kFemaleTitles =
    " mrs ms miss dame lady queen princess sister spokeswoman chairwoman congresswoman businesswoman policewoman "
    "mother daughter wife actress ";

// Nouns that many an office goes by; another noun ("ambassador") is no minister's.
constexpr std::string_view kAnyOffice =
    " official leader chief head boss spokesman spokeswoman spokesperson politician lawmaker legislator representative"
    " director chairman chairwoman chair executive expert lawyer member secretary ";

// Seats in a parliament: one word for another. And offices that tell so little that any other noun may be said of
// their holders, but for what a state has one of.
constexpr std::string_view kLawmakers =
    " mp mep lawmaker legislator parliamentarian senator congressman congresswoman deputy representative member "
    "assemblyman assemblywoman councillor councilman councilwoman ";
constexpr std::string_view kVague =
    " leader chief head boss politician member official candidate nominee chairman chairwoman chair chairperson "
    "representative figure founder ";
constexpr std::string_view kOneOfAState =
    " president premier minister pm chancellor king queen emir sultan monarch pope governor mayor ambassador ";

// Whether somebody of this office, "" if it isn't told, may be spoken of by this noun; `of_body`: beside a body's name
// ("the CDP president").
bool may_be(std::string_view office, std::string_view noun, bool of_body) {
  if (office.empty() || noun.empty()) return true;
  const std::string_view last = noun.substr(noun.rfind(' ') + 1);
  if (listed(kAnyOffice, last)) return true;
  const std::string_view held = office.substr(office.rfind(' ') + 1);
  if (listed(kLawmakers, last) && listed(kLawmakers, held)) return true;
  if (listed(kVague, held) && (of_body || !listed(kOneOfAState, last))) return true;
  const std::string lower = base::lower_ascii(office);
  const auto words = base::split(lower, ' ');
  return std::find(words.begin(), words.end(), last) != words.end();
}

// Length of " and party leader", one to four words in small letters without an article, before a comma; else 0.
size_t second_title(std::string_view rest) {
  constexpr size_t kLongest = 4;
  if (!rest.starts_with(" and ")) return 0;
  const size_t end = rest.substr(0, 80).find(", ");
  if (end == std::string_view::npos) return 0;
  const auto words = base::split(rest.substr(5, end - 5), ' ');
  if (words.empty() || words.size() > kLongest) return 0;
  for (const auto word : words) {
    const bool small = !word.empty() &&
                       std::all_of(word.begin(), word.end(), [](char c) { return ('a' <= c && c <= 'z') || c == '-'; });
    if (!small || listed(" the a an his her its their said says and ", word)) return 0;
  }
  return end;
}

}  // namespace

// What a title or a noun of kinship in the phrase tells: 'f', 'm' or 0.
char Linker::gender_told(const Phrase& phrase) const {
  char gender = 0;
  for (size_t k = phrase.words.first; k < phrase.words.last; ++k) {
    if (k >= phrase.name.first && k < phrase.name.last) continue;  // "Ms Sultan"
    const std::string& word = words_[k].lower;
    if (listed(kMaleTitles, word)) gender = 'm';
    if (listed(kFemaleTitles, word)) gender = 'f';
  }
  return gender;
}

// Who bears the name, if somebody does.
std::optional<uint32_t> Linker::bearer_of(const Phrase& phrase) const {
  return registry_.person_named(name_words(phrase.name), words_[phrase.name.first].span.begin, gender_told(phrase));
}

// "Lee said" where several have that surname: the one who spoke last, or acted under the full name in the sentence
// before.
std::optional<uint32_t> Linker::namesake_who_spoke(size_t mention, const Phrase& phrase) const {
  if (done_.empty() || phrase.name.size() != 1 || !speakers_.count(analysis_.mentions[mention].span))
    return std::nullopt;
  const std::vector<std::string> words = name_words(phrase.name);
  const char gender = gender_told(phrase);
  const uint32_t sentence = sentence_of(mention);
  constexpr size_t kReach = 200;  // mentions
  for (size_t back = 0; back < std::min(uses_.size(), kReach) && words.size() == 1; ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Known& known = registry_[use.entity];
    const bool other = differ_in_sex(known.gender, gender);
    const bool acted = use.subject && phrases_[use.mention].name.size() > 1 && use.sentence + 1 >= sentence;
    if ((use.speaker || acted) && use.mention != mention && known.person && !other && known.introduced != UINT32_MAX &&
        !known.name_words.empty() &&
        (known.name_words.front() == words.front() || known.name_words.back() == words.front()))
      return use.entity;
  }
  return std::nullopt;
}

bool Linker::is_person_name(const Phrase& phrase, MentionKind kind) const {
  if (phrase.name.empty() || phrase.organization_like) return false;
  const Span name{words_[phrase.name.first].span.begin, words_[phrase.name.last - 1].span.end};
  if (kind == MentionKind::kPlace && !phrase.person_like && says_where(article_.text, name))
    return false;  // "in Sydney", though the text tells of Sydney Sweeney
  if (phrase.named) {
    if (phrase.named->is(EntryKind::kPerson)) return true;
    if (phrase.name.size() > phrase.named->last - phrase.named->first) return kind == MentionKind::kPerson;
    if (phrase.person_like && phrase.named->is_place()) return true;  // "Mr Jordan"
    const auto bearer = bearer_of(phrase);
    if (bearer && kind != MentionKind::kPlace && phrase.named->is(EntryKind::kCity)) return true;  // "Clinton"
    if (phrase.named->is(EntryKind::kOrganization) && !bearer)  // firms and papers are named after people
      return kind == MentionKind::kPerson && !phrase.definite && listed(" company media ", phrase.named->entry->type);
    return kind == MentionKind::kPerson && (bearer || !phrase.named->is_place());
  }
  if (acronyms_.count(shown(phrase.name))) return false;
  if (phrase.person_like || kind == MentionKind::kPerson) return true;
  if (bearer_of(phrase)) return true;
  if (kind == MentionKind::kOrganization || kind == MentionKind::kPlace || kind == MentionKind::kPeople) return false;
  const bool capitals = knowledge::all_capitals(knowledge::fold(shown(phrase.name)));
  return phrase.role && phrase.role->kind == "person" && !capitals;
}

// The one whose name is nearly this, if he is of the state told or of one that the text speaks of.
std::vector<Reading> Linker::near_bearer(const std::string& name, const Origin& origin) const {
  std::vector<Reading> spells = knowledge_.nearly_named(name, day_);
  std::erase_if(spells, [&](const Reading& reading) {
    const std::string country(reading.entry->country);
    return origin.country.empty() ? context_.most() > 0 && context_.weight(country) == 0 : origin.country != country;
  });
  return spells;
}

const Entry* Linker::choose_person(const std::string& name, const Origin& origin, LinkReason& reason) const {
  const Entry* best = nullptr;
  const Entry* second = nullptr;
  double best_score = -1e9, second_score = -1e9;
  std::vector<Reading> readings = knowledge_.named(name, day_);
  const bool nearly = readings.empty();
  if (nearly) readings = near_bearer(name, origin);
  for (const Reading& reading : readings) {
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
  if (nearly) reason.rule = "near-name";
  if (second) reason.runner_up = Knowledge::full_key(*second);
  return best;
}

// "Deputy Secretary Hicks": the one holder of such an office who has this surname, of a state that the text names.
const Entry* Linker::titled(const Phrase& phrase, const Origin& origin) const {
  if (!phrase.role || phrase.role->kind != "person" || phrase.name.size() != 1 || phrase.former || day_ == 0)
    return nullptr;
  const Entry* found = nullptr;
  for (const Entry* spell : knowledge_.surnamed(shown(phrase.name), day_)) {
    const std::string country(spell->country);
    const bool fits =
        origin.country.empty() ? context_.most() == 0 || context_.weight(country) > 0 : origin.country == country;
    if (!fits || !has_title(spell->office, phrase.role->noun)) continue;
    if (found && found->key != spell->key) return nullptr;
    found = spell;
  }
  return found;
}

Linker::Found Linker::person(size_t mention, const Phrase& phrase) {
  const std::vector<std::string> words = name_words(phrase.name);
  const std::string name = shown(phrase.name);
  auto id = namesake_who_spoke(mention, phrase);
  if (!id) id = bearer_of(phrase);
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
    if (!entry && (entry = titled(phrase, origin.value_or(Origin{}))) != nullptr) found.rule = "title-before-name";
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
  if (phrase.name.size() > 1)
    registry_[*id].introduced = std::min(registry_[*id].introduced, words_[phrase.name.first].span.begin);
  describe(*id, phrase);
  beside(mention, *id, phrase);
  ahead(mention, *id, phrase);
  if (!done_.empty() && registry_[*id].entity.country.empty()) {
    const Origin around = context_origin(mention, phrase.role, registry_[*id].entity.name);
    registry_[*id].entity.country = around.country;
    if (!around.country.empty()) reason = registry_[*id].reason = around.reason;
  }
  return {{*id}, reason};
}

// By the given name: the first word, or the last of a name such as "Park Geun-hye".
char Linker::gender_of(std::string_view name) const {
  const auto words = base::split(name, ' ');
  if (words.size() < 2) return 0;
  const char first = knowledge_.gender_of(words.front());
  const bool family_first = words.back().find('-') != std::string_view::npos;
  return first == 0 && family_first ? knowledge_.gender_of(words.back()) : first;
}

// "the Texas governor", "the governor of Texas"; "the New York governor", though the town is larger.
std::string_view Linker::province_of(const Phrase& phrase) const {
  for (const Attached& attached : phrase.attached) {
    const Hit& hit = *attached.hit;
    const bool in_name = hit.first >= phrase.name.first && hit.first < phrase.name.last;  // "Virginia Foxx"
    const bool of = attached.relation == Relation::kOf && listed(" of ", preposition_before(hit));
    if (in_name || !(of || attached.relation == Relation::kModifier)) continue;
    for (const Reading& reading : hit.readings)
      if (reading.entry->type == "province" && reading.entry->country == hit.entry->country) return reading.entry->name;
  }
  return {};
}

// "the Georgia secretary of state" is neither California's nor the nation's, and "the U.S. secretary of state" no
// province's.
bool Linker::is_of_another_province(const Known& known, const Phrase& phrase) const {
  const std::string_view province = province_of(phrase);
  if (known.province == province) return false;
  if (province.empty())
    return std::any_of(phrase.attached.begin(), phrase.attached.end(), [](const Attached& attached) {
      return attached.relation != Relation::kOther && attached.hit->is(EntryKind::kCountry);
    });
  if (!known.province.empty()) return true;
  const Entry* holder = office_holder(phrase, known.entity.country);
  return holder && known.entity.kb == Knowledge::full_key(*holder);
}

// What the words around a name say of its bearer: role, sectors, former, sex.
void Linker::describe(uint32_t id, const Phrase& phrase) {
  Known& known = registry_[id];
  const bool office = phrase.role && phrase.role->kind == "person" && !phrase.role->sectors.empty() &&
                      listed(" GOV LEG JUD ", phrase.role->sectors.front());
  if (known.province.empty() && office) known.province = province_of(phrase);
  for (const Attached& attached : phrase.attached)
    if (known.body.empty() && phrase.role && attached.relation != Relation::kOther && attached.hit != phrase.named &&
        attached.hit->is(EntryKind::kOrganization))
      known.body = Knowledge::full_key(*attached.hit->entry);
  if (phrase.role && phrase.role->kind != "organization") {
    const std::string noun(phrase.role->noun);
    registry_.set_noun(noun, id);
    registry_.set_noun(noun + "|" + known.entity.country, id);
    if (!known.province.empty()) registry_.set_noun(noun + "|" + known.province, id);
    if (const size_t space = noun.rfind(' '); space != std::string::npos)
      registry_.set_noun(noun.substr(space + 1), id);
    if (known.entity.kb.empty() || known.entity.sectors.empty()) {
      if (known.entity.sectors.empty()) set_sectors(known.entity, phrase);
      if (known.entity.role.empty()) known.entity.role = noun;
    }
  }
  // by the given name: not that of the father within it, "Samir Bello" of "Amal Samir Bello"
  const std::vector<std::string> words = phrase.name.size() > 1 ? name_words(phrase.name) : std::vector<std::string>{};
  const bool whole = !words.empty() && (known.name_words.empty() || known.name_words.front() == words.front());
  if (known.gender == 0 && whole) known.gender = gender_of(shown(phrase.name));
  if (known.gender == 0 && known.entity.kb.starts_with("person:")) known.gender = gender_of(known.entity.name);
  if (const char told = gender_told(phrase)) known.gender = told;
}

// "Elbonian trade minister [Joe Doe]": a title right before the mention belongs to it.
void Linker::ahead(size_t mention, uint32_t id, const Phrase& phrase) {
  constexpr size_t kLongest = 6;
  size_t name = phrase.words.first;
  while (name > 1 && words_[name].joined() && is_mere_style(words_[name - 1].lower)) --name;
  if (name == 0 || !words_[name].joined() || words_[name - 1].possessive) return;
  size_t first = name;
  while (first > 0 && name - first < kLongest && (first == name || words_[first].joined())) --first;
  std::string title;
  for (size_t k = first; k < name; ++k) title += words_[k].lower + ' ';
  const auto role = knowledge_.role(title);
  if (!role || role->kind != "person" || role->number == "plural" || role->words > name - first) return;
  first = name - role->words;
  const bool participle = role->words == 1 && role->noun.ends_with("ed");
  const bool determined = first > 0 && words_[first].joined() && listed(" the an this ", words_[first - 1].lower);
  if (participle && !determined) return;  // "the minister accused Grant"
  if (const Hit* hit = first > 0 && words_[first].joined() ? finder_.at(first - 1) : nullptr) first = hit->first;
  const Phrase side = reader_.read(Run{first, name});
  if (!side.role || !side.name.empty()) return;
  adopt_origin(mention, id, side);
  describe(id, side);
}

void Linker::adopt_origin(size_t mention, uint32_t id, const Phrase& side) {
  if (registry_[id].country_told) return;
  const auto origin = origin_of(side, mention);
  if (!origin) return;
  registry_[id].entity.country = origin->country;
  registry_[id].country_told = true;
  registry_[id].reason.rule = "apposition";
  registry_[id].reason.row = origin->reason.row;
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
  const bool opens = start == "the" || start == "a" || start == "an" || start == "former" ||
                     finder_.at(first) != nullptr || (!words_[first].capital && knowledge_.role(start));
  if (!opens && !(last - first >= 2 && knowledge_.role(start + " " + words_[first + 1].lower))) return;
  const bool verb =
      last - first >= 2 && listed(" the a an his her its their him them us it this that ", words_[first + 1].lower);
  if (verb) return;  // "Joe Doe, accused the president"
  const Phrase side = reader_.read(Run{first, last});
  if (!side.role || side.role->kind != "person" || !side.name.empty()) return;
  adopt_origin(mention, id, side);
  describe(id, side);
}

// The head of state, government or a ministry whom "the president" means in a text about his or her country.
const Entry* Linker::office_holder(const Phrase& phrase, const std::string& country) const {
  if (!phrase.role || phrase.plural || !phrase.definite || phrase.former || day_ == 0) return nullptr;
  const Entry* best = nullptr;
  const std::vector<std::string_view> others = other_words_for(phrase.role->noun);
  for (const Entry* spell : knowledge_.holders(country, day_)) {
    const std::string office = base::lower_ascii(spell->office);
    if (office != phrase.role->noun && std::find(others.begin(), others.end(), office) == others.end()) continue;
    if (best && best->key != spell->key) return nullptr;  // "the senator" is one of many
    best = spell;
  }
  return best;
}

// "Joe Doe, the army spokesman" and "[the army spokesman] Joe Doe": a description beside or within the mention of a
// named person is that person.
// "the finance minister, [Amir Khan], the interior minister, Bashir Noor": each name follows its office.
bool Linker::office_stands_before(Span name) const {
  if (name.begin < 2 || article_.text.substr(name.begin - 2, 2) != ", ") return false;
  for (size_t m = 0; m < analysis_.mentions.size() && analysis_.mentions[m].span.begin < name.begin; ++m)
    if (analysis_.mentions[m].span.end + 2 == name.begin && phrases_[m].role && phrases_[m].name.empty() &&
        phrases_[m].role->kind == "person")
      return true;
  return false;
}

std::optional<uint32_t> Linker::apposed(size_t mention) {
  const Span span = analysis_.mentions[mention].span;
  for (size_t back = 0; back < std::min<size_t>(uses_.size(), 3); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Span before = analysis_.mentions[use.mention].span;
    if (!registry_[use.entity].person || registry_[use.entity].name_words.empty()) continue;
    const Run name = phrases_[use.mention].name;
    if (before.contains(span) && before != span && !name.empty() && span.end <= words_[name.first].span.begin + 1)
      return use.entity;
    if (before.end < span.begin && article_.text.substr(before.end, span.begin - before.end) == ", ")
      return office_stands_before(before) ? named_behind(mention, phrases_[mention]).value_or(use.entity) : use.entity;
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

// "the ambassador of Elbonia, Dr Joe Doe, said", "former envoy and opposition leader Joe Doe": the name comes behind
// the description, after a comma and before another mark, or with a second title.
std::optional<uint32_t> Linker::named_behind(size_t mention, const Phrase& phrase) {
  Span span = analysis_.mentions[mention].span;
  if (span.of(article_.text).ends_with(',')) --span.end;
  const std::string_view rest = std::string_view(article_.text).substr(span.end);
  const size_t second = second_title(rest);  // " and party leader" of "the mayor and party leader, Joe Doe,"
  const bool comma = rest.substr(second).starts_with(", ");
  const bool joined = rest.starts_with(" and ") && bare(phrase) && !phrase.definite;
  if (!comma && !joined) return std::nullopt;
  const auto next = mention_from_.find(span.end + (comma ? static_cast<uint32_t>(second) + 2 : 5));
  if (next == mention_from_.end() || next->second == mention) return std::nullopt;
  const Phrase& behind = phrases_[next->second];
  if (behind.name.size() < 2 || behind.definite || behind.plural ||
      !is_person_name(behind, analysis_.mentions[next->second].kind))
    return std::nullopt;
  const bool titled = behind.core.first < behind.name.first;
  if (comma) {  // a name alone or with "Dr" before it, and the mark that closes the apposition
    const uint32_t end = words_[behind.name.last - 1].span.end;
    const size_t next_word = behind.name.last;
    // not "after meeting the president, Joe Doe told"
    const size_t opening = phrase.words.first;
    const bool opens =
        opening == 0 || !words_[opening].joined() ||
        listed(" and but that while when because where meanwhile however today yesterday ", words_[opening - 1].lower);
    const bool goes_on = opens && phrase.definite && next_word < words_.size() && words_[next_word].joined() &&
                         !words_[next_word].capital && !listed(" and or ", words_[next_word].lower);
    const bool closed =
        goes_on || end >= article_.text.size() || std::string_view(",.;)\n").find(article_.text[end]) < 5;
    if (!closed || (titled && behind.role && !is_mere_style(behind.role->noun))) return std::nullopt;
  } else if (!titled || !behind.role || !bare(behind)) {
    return std::nullopt;
  }
  const Found found = resolve(next->second);
  if (found.entities.size() != 1 || !registry_[found.entities.front()].person) return std::nullopt;
  return found.entities.front();
}

// "The Tory leader" leads no other party; "the assembly president" is not the president that the knowledge has.
bool Linker::serves_another(const Known& known, const Phrase& phrase) const {
  for (const Attached& attached : phrase.attached)
    if (attached.hit->is(EntryKind::kOrganization) && !known.body.empty() &&
        known.body != Knowledge::full_key(*attached.hit->entry))
      return true;
  return of_another_body(phrase) && phrase.role && !known.entity.kb.empty() &&
         base::lower_ascii(known.entity.role) == phrase.role->noun;
}

// Whether somebody whom the text has named may be spoken of by this phrase, which tells `country` or "".
bool Linker::may_speak_as(const Known& known, const Phrase& phrase, const std::string& country) const {
  if (!known.person || known.name_words.empty() || (!country.empty() && country != known.entity.country)) return false;
  if (differ_in_sex(known.gender, gender_told(phrase))) return false;
  if (is_of_another_province(known, phrase) || serves_another(known, phrase)) return false;
  if (!phrase.role) return true;
  // A judge, officer or doctor is none of those of whom another office is told.
  const std::string trade(phrase.role->sectors.empty() ? std::string_view() : phrase.role->sectors.front());
  const bool of_trade = listed(" JUD COP MIL MED JRN ", trade);
  if (of_trade && !known.entity.role.empty() && !has_sector(known.entity, trade)) return false;
  const bool of_body =
      !of_trade && std::any_of(phrase.attached.begin(), phrase.attached.end(),
                               [](const Attached& one) { return one.hit->is(EntryKind::kOrganization); });
  return may_be(known.entity.role, phrase.role->noun, of_body);
}

// "..., the customs broker said": who spoke by name shortly before speaks on under a description; else who acted in the
// sentences before and whose office is told.
std::optional<uint32_t> Linker::speaks_on(size_t mention, const Phrase& phrase, const std::string& country) const {
  constexpr uint32_t kNear = 4, kBeside = 2;  // sentences
  constexpr size_t kReach = 30;               // mentions
  const Mention& who = analysis_.mentions[mention];
  const bool office =
      phrase.role && !phrase.role->sectors.empty() && !listed(" UNK UAF CVL ", phrase.role->sectors.front());
  if (!speakers_.count(who.span) || !phrase.owner.empty() || (who.form == Form::kName && !office)) return std::nullopt;
  const uint32_t sentence = sentence_of(mention);
  std::optional<uint32_t> subject;
  for (size_t back = 0; back < std::min(uses_.size(), kReach); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    if (sentence > use.sentence + kNear) break;
    const bool acts = subjects_.count(analysis_.mentions[use.mention].span) > 0 && !use.nested &&
                      sentence <= use.sentence + kBeside && !registry_[use.entity].entity.role.empty();
    if (use.mention == mention || !(use.speaker || acts)) continue;
    const bool fits = may_speak_as(registry_[use.entity], phrase, country);
    if (use.speaker) return fits ? std::optional(use.entity) : subject;
    if (fits && !subject) subject = use.entity;
  }
  return subject;
}

// "the municipality said": who spoke under the same noun before, though another of that noun was named since.
std::optional<uint32_t> Linker::spoke_as(size_t mention, const Phrase& phrase) const {
  if (phrase.head.empty() || !phrase.name.empty() || !speakers_.count(analysis_.mentions[mention].span))
    return std::nullopt;
  for (size_t back = 0; back < uses_.size(); ++back) {
    const Use& use = uses_[uses_.size() - 1 - back];
    const Phrase& before = phrases_[use.mention];
    if (use.speaker && use.mention != mention && before.definite && before.name.empty() && before.head == phrase.head &&
        before.core.size() == phrase.core.size() && before.plural == phrase.plural)
      return use.entity;
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
    if (is_of_another_province(known, phrase)) continue;
    if (use.mention != mention && known.person && !known.name_words.empty() && has_sector(known.entity, sector) &&
        may_be(known.entity.role, phrase.role->noun, false))
      return use.entity;
  }
  return std::nullopt;
}

}  // namespace dragoman::linking
