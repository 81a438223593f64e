// SPDX-License-Identifier: Apache-2.0
#include "linking/phrase.h"

#include <algorithm>

#include "base/text.h"
#include "knowledge/fold.h"

namespace dragoman::linking {
namespace {

using knowledge::EntryKind;
using knowledge::Sense;

constexpr std::string_view kPronouns =
    " he him his himself she her hers herself it its itself they them their theirs themselves i me my mine myself"
    " we us our ours ourselves you your yours who whom whose which that this these those ";
constexpr std::string_view kOwners = " his her its their our my your whose ";
constexpr std::string_view kDefinite = " the this that these those both ";
constexpr std::string_view kDeterminers =
    " a an the this that these those some any all both each every either another other others no several many few most"
    " more fewer over under about around at least nearly almost up to only even also"
    " dozen dozens hundred hundreds thousand thousands million millions scores tens"
    " half part majority number couple group groups crowd crowds handful pair series body rest ";
constexpr std::string_view kQuantities =
    " dozens hundreds thousands millions scores tens number couple group groups crowd crowds handful pair majority"
    " half part some many most all several one two three four five six seven eight nine ten any each few none"
    " rest members member ";
constexpr std::string_view kPluralMarks =
    " these those both several many few most two three four five six seven eight nine ten eleven twelve dozens hundreds"
    " thousands millions scores some all ";
constexpr std::string_view kPluralNouns =
    " people men women children police troops personnel staff media youth folk those clergy ";
constexpr std::string_view kSingularInS = " press congress ss us address business mass class ";
constexpr std::string_view kPrepositions =
    " of in from for at on with by to against near under over among between around across within outside inside without"
    " about after before during since through into onto toward towards including like than as via per amid who whom "
    "which"
    " that where whose when while whether and or but ";
constexpr std::string_view kOfLike = " of in from for at within across inside near outside with ";
constexpr std::string_view kHonorifics =
    " mr mrs ms miss dr sir dame lord lady prof rev hon gen col lt capt maj sgt adm cmdr sen rep gov st pastor sheikh"
    " shaikh sheik shaykh sheikha shaikha highness majesty hojjat hojatoleslam hojjatoleslam al-islam maulana "
    "excellency eminence holiness hh hrh imam ayatollah cardinal "
    "pope king queen prince princess emir sultan tun tan sri datuk dato shri smt"
    " justice judge madam ";
// Behind a name: orders, degrees and seats that are no part of it.
constexpr std::string_view kPostnominals = " am ao oam ac mbe obe cbe kbe dbe kc qc sc mp mlc mla mna msp phd md rtd ";
// Of these, those that tell nothing of an office: before them stands what its bearer is.
constexpr std::string_view kMereStyles =
    " mr mrs ms miss dr sir dame lady prof hon sheikh shaikh sheik shaykh sheikha shaikha tun tan sri datuk dato shri "
    "smt"
    " madam ";
// "His Highness" is nobody's.
constexpr std::string_view kStyles =
    " highness majesty excellency eminence holiness royal honour honor grace lordship ";
constexpr std::string_view kFormer = " former ex late ousted deposed erstwhile onetime retired ex-president ";
constexpr std::string_view kOrganizationNouns =
    " ministry department party council union university institute agency office bureau commission committee court"
    " parliament assembly congress senate house association organization organisation federation league alliance front"
    " movement army navy force forces police guard brigade brigades group company corporation corp inc ltd llc bank "
    "fund"
    " foundation centre center society club school college hospital church network news times post press herald daily"
    " agency authority board service services command corps division battalion regiment embassy mission secretariat"
    " coalition bloc campaign administration government cabinet council conference confederation chamber"
    " industries airlines airways holdings group trust initiative programme program project watch international ";
// What stands before the name of a firm, paper or party and is no name.
constexpr std::string_view kBodyKinds =
    " the a an daily weekly newspaper paper magazine radio tv television channel station website new old former state"
    " private independent islamic islamist shia shiite sunni arab pan-arab local national ";
constexpr std::string_view kStateNouns = " countries nations states governments ";
constexpr size_t kLongestPhrase = 60;

std::string_view stem(std::string_view lower) {
  while (!lower.empty() && lower.back() == '.') lower.remove_suffix(1);
  return lower;
}

bool is_firm_or_party(const Hit& hit) {
  return hit.is(EntryKind::kOrganization) && listed(" company media party ", hit.entry->type);
}

bool begins_with_digit(std::string_view word) { return !word.empty() && base::is_ascii_digit(word.front()); }

}  // namespace

bool is_pronoun(std::string_view lower) { return listed(kPronouns, lower); }

bool is_mere_style(std::string_view lower) { return listed(kMereStyles, stem(lower)); }

Phrase PhraseReader::read(Span span, Form form, MentionKind kind) const {
  Phrase phrase;
  size_t first = first_word(words_, span.begin);
  if (first > 0 && words_[first - 1].span.end > span.begin) --first;  // the mention begins inside a word
  const size_t last = std::min(first_word(words_, span.end), first + kLongestPhrase);
  first = behind_dateline({first, std::max(first, last)});
  phrase.words = {first, std::max(first, last)};
  if (phrase.words.size() == 1 && is_pronoun(words_[first].lower) &&
      !(form == Form::kName && words_[first].lower == "us")) {
    phrase.pronoun = true;
    phrase.head = words_[first].lower;
    return phrase;
  }
  segments(phrase, kind);
  attach_seat(phrase);
  return phrase;
}

// "NIAMEY - [Niger's army]": where a mention begins that took the dateline with it.
size_t PhraseReader::behind_dateline(Run run) const {
  constexpr size_t kLongest = 3;  // words of a town's name
  for (size_t k = run.first; k < std::min(run.last, run.first + kLongest); ++k) {
    if (words_[k].span.size() < 3 || !knowledge::all_capitals(words_[k].span.of(text_))) break;
    if (k + 1 < run.last && words_[k + 1].before == '-') return k + 1;
  }
  return run.first;
}

// "[the junta] in Niger": where a body that governs sits says whose it is, also behind the mention.
void PhraseReader::attach_seat(Phrase& phrase) const {
  if (!phrase.definite || !phrase.role || phrase.role->kind == "person" || !phrase.attached.empty()) return;
  const std::vector<std::string_view>& sectors = phrase.role->sectors;
  const bool governs = std::find(sectors.begin(), sectors.end(), "GOV") != sectors.end() && phrase.owner.empty();
  const size_t in = phrase.words.last;
  if (!governs || !phrase.name.empty() || in + 1 >= words_.size() || words_[in].lower != "in") return;
  for (size_t k = in; k <= in + 1; ++k)
    if (text_.substr(words_[k - 1].span.end, words_[k].span.begin - words_[k - 1].span.end) != " ") return;
  const Hit* seat = finder_.at(in + 1);
  if (seat && seat->first == in + 1 && seat->is_place()) phrase.attached.push_back({seat, Relation::kOf});
}

Phrase PhraseReader::read(Run run) const {
  Phrase phrase;
  phrase.words = run;
  segments(phrase, MentionKind::kOther);
  return phrase;
}

// "A. Castro"
bool PhraseReader::is_initial(size_t word) const {
  const Span span = words_[word].span;
  return span.size() == 1 && words_[word].capital && span.end < text_.size() && text_[span.end] == '.';
}

// Skips determiners, quantities and owners; what they tell is kept.
Run PhraseReader::lead(Phrase& phrase) const {
  Run rest = phrase.words;
  bool part = false;  // "two of the guards", unlike "the two of them"
  while (rest.size() > 1) {
    const std::string& lower = words_[rest.first].lower;
    if (is_initial(rest.first)) break;
    if (is_of_a_number(lower)) break;  // "the 27-nation bloc" is one
    if (listed(kOwners, lower)) {
      if (!listed(kStyles, words_[rest.first + 1].lower) || !words_[rest.first + 1].capital) phrase.owner = lower;
      phrase.definite = true;
    } else if (lower == "of" && rest.first > phrase.words.first) {
      part = part || !phrase.definite;  // "hundreds of", "some of"
    } else if (!listed(kDeterminers, lower) && !is_number(lower)) {
      break;
    } else if (lower == "other" && words_[rest.first].capital) {
      break;
    }
    // "a group", "members": a noun of quantity is the head itself unless "of" follows
    if (rest.first > phrase.words.first && listed(kQuantities, lower) && !listed(kPluralMarks, lower) &&
        !(rest.first + 1 < rest.last && words_[rest.first + 1].lower == "of"))
      break;
    if (finder_.at(rest.first)) break;  // "The Hague", "Group of Seven"
    phrase.definite = phrase.definite || listed(kDefinite, lower);
    phrase.plural =
        phrase.plural || listed(kPluralMarks, lower) || (is_number(lower) && lower != "1" && lower != "one");
    if (lower == "two" || lower == "both" || lower == "three") phrase.several = true;
    ++rest.first;
  }
  // "two of his guards", "their two sons" are whom the noun says; "their two countries" are those named.
  const bool owned = !phrase.owner.empty() && !(listed(" their our ", phrase.owner) && !rest.empty() &&
                                                listed(kStateNouns, words_[rest.first].lower));
  if (!phrase.definite || phrase.words.size() > 4 || part || owned) phrase.several = false;
  return rest;
}

void PhraseReader::segments(Phrase& phrase, MentionKind kind) const {
  if (phrase.words.empty()) return;
  Run rest = lead(phrase);
  bool first = true;
  while (!rest.empty()) {
    Run part{rest.first, rest.first + 1};
    while (part.last < rest.last) {
      const char mark = words_[part.last].before;
      const Hit* across = finder_.at(part.last);
      const bool inside = across && across->first < part.last;
      if (!inside && (mark == ',' || mark == '(' || mark == ')' || mark == ';' || mark == ':' || mark == '"' ||
                      mark == '-' || mark == '\n'))
        break;
      ++part.last;
    }
    segment(phrase, part, first, kind);
    first = false;
    rest.first = part.last;
  }
}

// Where the noun group ends: before the first preposition or relative word.
size_t PhraseReader::noun_end(Run run) const {
  for (size_t k = run.first + 1; k < run.last; ++k) {
    const Hit* hit = finder_.at(k);
    if (hit && hit->first < k) continue;                             // "Bank of America"
    if (words_[k].lower == "and" && titled_after(k, run)) continue;  // "Foreign Trade and Tourism Minister Joe Doe"
    if (listed(kPrepositions, words_[k].lower)) return k;
  }
  return run.last;
}

bool PhraseReader::titled_after(size_t word, Run run) const {
  if (!words_[word - 1].capital || word + 1 >= run.last || !words_[word + 1].capital) return false;
  for (size_t k = word + 1; k + 1 < std::min(run.last, word + 5); ++k) {
    if (!words_[k].capital) return false;
    const auto role = role_of({k, k + 1});
    if (role && role->kind == "person" && words_[k + 1].capital) return true;
  }
  return false;
}

// "Secretary of State Joe Doe", "Minister for Foreign Affairs Joe Doe": where a title that goes on after its
// preposition ends; the end of the noun group if there is none.
size_t PhraseReader::title_end(Run core, Run whole) const {
  if (core.empty() || core.last + 1 >= whole.last || !words_[core.last - 1].capital) return core.last;
  if (!listed(" of for to ", words_[core.last].lower)) return core.last;
  size_t end = core.last;
  for (size_t last = core.last + 2; last < std::min(whole.last, core.last + 6) && words_[last - 1].capital; ++last) {
    const auto role = knowledge_.role(lower({core.last - 1, last}));
    if (role && role->words == last - core.last + 1) end = last;
  }
  return end;
}

void PhraseReader::segment(Phrase& phrase, Run run, bool first, MentionKind kind) const {
  while (
      !first && run.size() > 1 &&
      (listed(kDefinite, words_[run.first].lower) || words_[run.first].lower == "a" || words_[run.first].lower == "an"))
    ++run.first;
  const Run core{run.first, noun_end(run)};
  if (first) phrase.core = core;
  // "the Management Unit of the Old Port (UGM)": letters that stand for the words before them
  const bool letters = !first && run.size() == 1 && words_[run.first].before == '(' && !finder_.at(run.first) &&
                       phrase.name.empty() && run.first > phrase.words.first + 2 && words_[run.first - 1].capital &&
                       words_[run.first - 2].lower != "the";
  const Run name = letters ? Run{core.last, core.last} : name_in(phrase, core, kind);
  if (!first && !phrase.head.empty() && phrase.named && phrase.named->is_place())
    phrase.named = nullptr;  // "the embassy in Nairobi, Kenya"
  else if (!name.empty() && phrase.name.empty())
    phrase.name = name;
  attach(phrase, core, run);
  find_role(phrase, name.empty() ? core : Run{core.first, name.first}, run);
  if (phrase.name.empty())
    if (const size_t end = title_end(core, run);
        end > core.last && words_[end].capital && words_[run.last - 1].capital && !finder_.at(end)) {
      phrase.name = {end, run.last};
      phrase.person_like = true;
      if (const Hit* hit = finder_.at(run.last - 1); hit && hit->is(EntryKind::kPerson)) phrase.named = hit;
    }
  // "the President of Venezuela Hugo Chávez": a name after the prepositional group
  if (phrase.name.empty() && core.last < run.last && (phrase.role || kind == MentionKind::kPerson)) {
    size_t start = run.last;
    while (start > core.last + 2 && words_[start - 1].capital && !finder_.at(start - 1)) --start;
    const Hit* tail = finder_.at(run.last - 1);
    if (tail && tail->is(EntryKind::kPerson) && tail->last == run.last) start = tail->first;
    if (start < run.last && start > core.last + 1 && finder_.at(start - 1)) {
      phrase.name = {start, run.last};
      if (tail && tail->is(EntryKind::kPerson)) phrase.named = tail;
      phrase.person_like = true;
    }
  }
}

bool PhraseReader::is_title(size_t word) const {
  return listed(kHonorifics, stem(words_[word].lower)) || role_of({word, word + 1}).has_value();
}

// "Nasser Al-Watan": the name of a firm, paper or party stands in that of somebody else, whose other words are neither
// titles nor names of what tells whose it is.
std::vector<size_t> PhraseReader::borrowed_names(const Phrase& phrase, bool person) const {
  const Run name = phrase.name;
  std::vector<size_t> borrowed;
  if (name.size() < 2 || phrase.organization_like) return borrowed;
  // "Chad Wolf", "Rebecca Paris": one of the two words is a given name
  const auto place = [&](size_t k) {
    const Hit* hit = finder_.at(k);
    return hit && hit->last - hit->first == 1 && (hit->is(EntryKind::kCity) || hit->is(EntryKind::kCountry)) &&
           (hit->sense == Sense::kName || hit->sense == Sense::kCapital);
  };
  const bool given = knowledge_.gender_of(words_[name.first].lower) != 0 && words_[name.first + 1].joined();
  if (person && given && name.size() == 2) {
    if (place(name.first) && !finder_.at(name.first + 1)) return {name.first};
    if (place(name.first + 1) && !finder_.at(name.first)) return {name.first + 1};
  }
  for (size_t k = name.first; k < name.last; ++k) {
    const Hit* hit = finder_.at(k);
    if (hit && k > name.first && is_firm_or_party(*hit)) {
      if (knowledge::all_capitals(words_[k].span.of(text_))) return {};  // "Joe Doe BBC"
      borrowed.push_back(k);
      k = hit->last - 1;
      continue;
    }
    const bool tells = hit && !hit->is(EntryKind::kCity) && !hit->is(EntryKind::kPerson);
    const bool last = k + 1 == name.last;
    if (tells || !words_[k].capital || (!last && (!words_[k + 1].joined() || words_[k].possessive)) || is_title(k) ||
        listed(kOrganizationNouns, words_[k].lower) || listed(kBodyKinds, words_[k].lower))
      return {};
  }
  return borrowed;
}

// The trailing run of capitalised words of a noun group, without titles and nationalities before it.
Run PhraseReader::name_in(Phrase& phrase, Run core, MentionKind kind) const {
  // "UN refugee agency", "UN children's fund": a name whose last words are small
  if (const Hit* small = core.empty() ? nullptr : finder_.at(core.last - 1);
      small && small->is(EntryKind::kOrganization) && small->entry->type == "igo" && small->sense == Sense::kName &&
      small->last == core.last && small->first >= core.first && small->last - small->first > 1 &&
      !words_[core.last - 1].capital) {
    phrase.named = small;
    return {small->first, small->last};
  }
  Run run{core.last, core.last};
  while (run.first > core.first) {
    const Hit* hit = finder_.at(run.first - 1);  // "Bank of America", "Food and Drug Administration"
    if (hit && hit->last == run.first && hit->first >= core.first && words_[hit->first].capital &&
        words_[run.first - 1].capital) {
      run.first = hit->first;
      continue;
    }
    const Word& word = words_[run.first - 1];
    const bool particle = is_name_particle(word.lower) && !run.empty();
    if (!word.capital && !particle && !(begins_with_digit(word.lower) && !run.empty())) break;
    --run.first;
  }
  while (!run.empty() && !words_[run.first].capital && !begins_with_digit(words_[run.first].lower)) ++run.first;
  if (run.empty()) return run;
  const Hit* tail = finder_.at(run.last - 1);
  if (tail && (tail->first < run.first || tail->last != run.last)) tail = nullptr;
  const bool organization = listed(kOrganizationNouns, words_[run.last - 1].lower);
  if (tail && tail->is(EntryKind::kPerson)) {
    phrase.person_like = true;
    phrase.named = tail;
    return {tail->first, run.last};
  }
  if (tail && tail->first == run.first) {
    const bool bare_role = role_of(run).has_value() && tail->sense == Sense::kAdjective;
    if (!bare_role && phrase.named == nullptr && tail->sense != Sense::kAdjective) phrase.named = tail;
    if (!bare_role && tail->sense == Sense::kAdjective && run.first == core.first) phrase.named = tail;
    return run;
  }
  // "Kurdish-led Syrian Democratic Forces": a body of the knowledge behind other words, its name no mere class.
  const auto mere_class = tail ? role_of({tail->first, tail->last}) : std::nullopt;
  if (tail && organization && tail->is(EntryKind::kOrganization) && tail->last - tail->first > 2 &&
      !(mere_class && mere_class->words == tail->last - tail->first)) {
    phrase.named = tail;
    return {tail->first, tail->last};
  }
  if (organization) {
    phrase.organization_like = true;
    while (run.size() > 1 && finder_.at(run.first) && finder_.at(run.first)->last < run.last &&
           finder_.at(run.first)->sense != Sense::kName)
      run.first = finder_.at(run.first)->last;
    return run;
  }
  if (role_of(run)) {  // "Prime Minister", "US President": a title only
    bool all = true;
    for (size_t k = run.first; k < run.last; ++k)
      all = all && (finder_.at(k) || is_title(k) || role_of({run.first, k + 1}));
    if (all) return {run.last, run.last};
  }
  // Strip what stands before a person's name.
  bool stripped = true;
  while (stripped && run.size() > 1) {
    if (tail && tail->first == run.first && tail->is(EntryKind::kOrganization)) {  // "the Kenyan Board of Grain"
      phrase.named = tail;
      return run;
    }
    stripped = false;
    if (const Hit* hit = finder_.at(run.first); hit && hit->last < run.last) {
      const bool tells_whose = words_[hit->last - 1].possessive || is_title(hit->last);
      // "Virginia Foxx", "Paris Hilton": a place's name that is a given name
      const bool given = hit->sense == Sense::kName || (hit->sense == Sense::kCapital && run.size() == 2 &&
                                                        knowledge_.gender_of(words_[run.first].lower) != 0);
      const bool own = kind == MentionKind::kPerson && given && hit->is_place() && !tells_whose;
      if (!own && (tells_whose || hit->sense != Sense::kName || hit->is_place() || hit->is(EntryKind::kOrganization))) {
        run.first = hit->last;
        stripped = true;
        continue;
      }
    }
    size_t longest = 0;
    for (size_t end = run.first + 1; end < run.last && end <= run.first + 4; ++end)
      if (role_of({run.first, end}) && is_title(end - 1)) longest = end;
    if (!longest && (listed(kHonorifics, stem(words_[run.first].lower)) || listed(kFormer, words_[run.first].lower)))
      longest = run.first + 1;
    if (longest) {
      run.first = longest;
      phrase.person_like = stripped = true;
    }
  }
  if (run.size() > 1 && !phrase.definite && (phrase.person_like || kind == MentionKind::kPerson) &&
      listed(kPostnominals, words_[run.last - 1].lower) && knowledge::all_capitals(words_[run.last - 1].span.of(text_)))
    --run.last;                                                                                  // "Joe Doe AM"
  if (run.size() == 1 && listed(kStyles, words_[run.first].lower)) return {run.last, run.last};  // "His Highness"
  // "Elbonia's Foreign Minister": what is left is a title of two words or more, no name
  if (const auto role = run.size() > 1 ? role_of(run) : std::nullopt;
      role && role->kind == "person" && role->words == run.size())
    return {run.last, run.last};
  return run;
}

void PhraseReader::attach(Phrase& phrase, Run core, Run whole) const {
  for (size_t k = whole.first; k < whole.last; ++k) {
    const Hit* hit = finder_.at(k);
    if (!hit) continue;
    if (hit != phrase.named && hit->first >= whole.first) {
      Relation relation = hit->compound ? Relation::kOther : Relation::kModifier;
      if (hit->first >= core.last) {
        // The preposition nearest before it says how it is related; a comma is like "of".
        relation = Relation::kOf;
        for (size_t back = hit->first; back > core.last; --back) {
          const std::string& lower = words_[back - 1].lower;
          if (!listed(kPrepositions, lower)) continue;
          relation = listed(kOfLike, lower) || lower == "and" ? Relation::kOf : Relation::kOther;
          break;
        }
        if (core.last < whole.last && hit->first == core.last) relation = Relation::kOf;
      }
      phrase.attached.push_back({hit, relation});
    }
    k = hit->last - 1;
  }
}

std::string PhraseReader::lower(Run run) const {
  std::string out;
  for (size_t k = run.first; k < run.last; ++k) {
    if (k > run.first) out += ' ';
    out += stem(words_[k].lower);
  }
  return out;
}

std::optional<knowledge::RoleNoun> PhraseReader::role_of(Run run) const {
  if (run.size() > 6) run.first = run.last - 6;
  return knowledge_.role(lower(run));
}

// The word that ties a noun group to what it is of: right behind it, or behind a second noun ("founder and head of").
size_t PhraseReader::tie(Run core, Run whole) const {
  constexpr size_t kLongestSecond = 3;
  if (core.last >= whole.last || words_[core.last].lower != "and") return core.last;
  for (size_t k = core.last + 2; k < std::min(whole.last, core.last + 2 + kLongestSecond); ++k)
    if (listed(kPrepositions, words_[k].lower)) return words_[k].lower == "of" ? k : core.last;
  return core.last;
}

// "chairman of the company's board", "militia leader": the sectors of the body, told by a noun, that a member or an
// officer is of; none where the noun has its own whatever the body is.
std::vector<std::string_view> PhraseReader::sectors_of_body(const knowledge::RoleNoun& role, Run core,
                                                            Run whole) const {
  if (role.kind != "person" || (!role.sectors.empty() && role.body.empty()) || core.size() < role.words) return {};
  std::vector<Run> bodies;
  if (const size_t of = tie(core, whole); of + 1 < whole.last && listed(" of for at in from ", words_[of].lower)) {
    const Run after{of + 1, whole.last};
    bodies.push_back({after.first, noun_end(after)});
  }
  if (role.body != "of") bodies.push_back({core.first, core.last - role.words});
  const auto is_named = [&](Run body) {  // "chairman of the African Union", no labour union: its own sectors count
    while (body.size() > 1 && words_[body.first].lower == "the") ++body.first;
    const Hit* hit = body.empty() ? nullptr : finder_.at(body.first);
    return hit && hit->is(EntryKind::kOrganization) && hit->last >= body.last;
  };
  for (const Run body : bodies)
    for (size_t last = body.last; last > body.first && !is_named(body); --last)
      if (const auto inner = role_of({body.first, last}); inner && !inner->sectors.empty()) {
        const bool party = inner->sectors.front() == "PTY";  // a party's worker, not a bank's
        return role.body == "party" && !party ? std::vector<std::string_view>{} : inner->sectors;
      }
  return {};
}

void PhraseReader::find_role(Phrase& phrase, Run core, Run whole) const {
  const bool before_name = !phrase.name.empty() && core.last == phrase.name.first;
  while (before_name && core.size() > 1 && is_mere_style(words_[core.last - 1].lower))
    --core.last;  // "Foreign Minister Dr [Joe Doe]"
  for (size_t k = core.first; k < core.last; ++k)
    if (listed(kFormer, words_[k].lower) || words_[k].lower.starts_with("ex-")) phrase.former = true;
  auto role = core.empty() ? std::nullopt : role_of(core);
  // "members of parliament", "leader of the opposition": the longer phrase may be listed itself.
  for (size_t end = core.last + 2; end <= std::min(whole.last, core.last + 4) && phrase.name.empty(); ++end)
    if (core.last < whole.last && words_[core.last].lower == "of" && !core.empty()) {
      std::string text = lower({core.last - 1, end});
      if (const size_t the = text.find(" the "); the != std::string::npos) text.erase(the, 4);
      const auto longer = knowledge_.role(text);
      // as a whole: "president of the state security court" is no "state security"
      if (longer && longer->words == static_cast<size_t>(std::count(text.begin(), text.end(), ' ')) + 1) role = longer;
    }
  const bool quantity = !core.empty() && listed(kQuantities, words_[core.last - 1].lower);
  // "a team of police": a noun that says nothing of a sector lets the next one.
  const bool open = role && role->sectors.empty() && role->kind == "organization";
  const size_t of = core.empty() ? core.last : tie(core, whole);
  if ((!role || quantity || open) && phrase.name.empty() && of + 1 < whole.last && words_[of].lower == "of") {
    Run after{of + 1, whole.last};
    after.last = noun_end(after);
    if (const auto inner = role_of(after); inner && (!open || quantity || !inner->sectors.empty())) role = inner;
  }
  if (role && (!phrase.role || phrase.role->sectors.empty())) {
    phrase.role = role;
    if (const auto inner = sectors_of_body(*role, core, whole); !inner.empty()) phrase.role->sectors = inner;
  }
  if (phrase.head.empty() && phrase.name.empty() && !core.empty()) {
    const std::string& head = words_[core.last - 1].lower;
    phrase.head = head;
    phrase.plural = phrase.plural || listed(kPluralNouns, head) ||
                    (head.size() > 3 && head.back() == 's' && !head.ends_with("ss") && !listed(kSingularInS, head));
  }
}

}  // namespace dragoman::linking
