// SPDX-License-Identifier: Apache-2.0
#include "linking/name_finder.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "knowledge/codes.h"
#include "knowledge/fold.h"
#include "linking/embedded.h"
#include "linking/home.h"
#include "linking/places.h"
#include "linking/stand_ins.h"

namespace dragoman::linking {
namespace {

using knowledge::Entry;
using knowledge::EntryKind;
using knowledge::Reading;
using knowledge::Sense;

constexpr size_t kLongestTried = 8;
// What the outlet's home counts beside the names in the text, and how well a state must be spoken of for
// "Congress" to be its congress; settled on the training gold.
constexpr double kHomeWeight = 2.5;
constexpr double kHomeShare = 0.25;
constexpr double kGenericShare = 0.3;
// What a state that only acts counts for towns of its own that share their names with others (places.h).
constexpr double kActingShare = 0.1;

// Acronyms of bodies that are more often something else.
constexpr std::string_view kTerms =
    " ai am api app atm cctv cd cpu dc dna dvd gdp gnp gps gpu html hiv icu id inc it lng mri pc pdf pdfs pin pm ram "
    "rna rpg sim sms tv usb vat vpn wifi ";

std::set<std::string> names_of(const embedded::Table& table, size_t columns) {
  std::set<std::string> all;
  embedded::rows(table, columns, [&](const auto& cells, size_t) { all.insert(knowledge::fold_lower(cells[0])); });
  return all;
}

// Names that newspapers give to one state's body alone, whatever other states a text tells: "Pentagon".
bool is_of_one_state(std::string_view lower) {
  static const std::set<std::string> names = names_of(embedded::linking_bodies, 1);
  return names.count(std::string(lower)) != 0;
}

// Names that newspapers of several states give to a body of their own: "Environmental Protection Agency".
bool is_shared(std::string_view lower) {
  static const std::set<std::string> names = names_of(embedded::linking_shared_bodies, 2);
  return names.count(std::string(lower)) != 0;
}

// What has something as its business: "Ministry of Foreign Affairs".
constexpr std::string_view kOffices =
    " ministry ministries minister ministers department secretary undersecretary committee council office bureau "
    "commission institute school faculty ";

// "Kabul-based" says whose it is, "US-backed" and "Kenyan-born" do not.
bool tells_home(std::string_view ending) { return ending == "based" || ending == "owned" || ending == "run"; }

// How plain each kind of reading is before the text has had its say.
double prior(const Reading& reading) {
  double score = 0;
  switch (reading.entry->kind) {
    case EntryKind::kCountry: score = 4; break;
    case EntryKind::kOrganization: score = 3.5; break;
    case EntryKind::kPerson: score = 3.5; break;
    case EntryKind::kRegion: score = 2.5; break;
    case EntryKind::kCity:
      // 10,000 people 0.8, a million 2.4, ten million 3.2
      score = 0.8 * (std::log10(static_cast<double>(std::max<int64_t>(reading.entry->population, 1000))) - 3);
      break;
  }
  if (reading.sense == Sense::kCapital) score -= 0.3;
  if (!reading.holds) score -= reading.entry->kind == EntryKind::kPerson ? 0.5 : 2.0;
  if (reading.entry->type == "historic") score -= 0.2;
  return score;
}

// "pro-Israel": says for whom.
bool opposes(std::string_view lower) { return lower == "pro" || lower == "anti" || lower == "non"; }

}  // namespace

NameFinder::NameFinder(const Article& article, const std::vector<Word>& words, const knowledge::Knowledge& knowledge,
                       knowledge::Day day)
    : article_(article), words_(words), knowledge_(knowledge), day_(day), home_(home_of(article.url, knowledge)) {
  find();
  find_stand_ins();
  drop_namesakes();
  drop_misread();
  drop_unsupported();
  settle();
}

// "People's Republic of China", "Women's Court": a possessive inside a name.
bool NameFinder::people(size_t word) const {
  return listed(" people women children workers farmers king queen ", words_[word].lower);
}

bool NameFinder::may_begin_name(const Word& word) const {
  const knowledge::FoldedName folded(word.span.of(article_.text));
  return knowledge_.may_begin_name(folded.lower().substr(0, folded.lower().find(' ')));
}

void NameFinder::find() {
  const std::string_view text = article_.text;
  const size_t longest = std::min(knowledge_.longest_name(), kLongestTried);
  std::vector<std::string_view> names;  // that begin at a word, the longest first
  knowledge::NameReadings found;
  for (size_t first = 0; first < words_.size();) {
    const Word& word = words_[first];
    size_t taken = 0;
    if (word.capital && may_begin_name(word)) {
      size_t limit = first + 1;
      while (limit < words_.size() && limit - first < longest && words_[limit].before != '\n' &&
             words_[limit].before != '(' && words_[limit].before != '"' &&
             (!words_[limit - 1].possessive || people(limit - 1)))
        ++limit;
      names.clear();
      for (size_t last = limit; last > first; --last)
        names.push_back(Span{word.span.begin, words_[last - 1].span.end}.of(text));
      knowledge_.named(names, day_, found);
      for (size_t last = limit; last > first && !taken; --last) {
        const auto meant = found.of(limit - last);
        std::vector<Reading> readings(meant.begin(), meant.end());
        if (readings.empty()) continue;
        if (last - first == 1 && acronym_alone(first)) drop_places(readings);
        if (readings.empty()) continue;
        hits_.push_back({first, last, std::move(readings)});
        if (word.before == '~' && first > 0 && opposes(words_[first - 1].lower)) hits_.back().compound = true;
        if (last < words_.size() && words_[last].before == '~' && !words_[last].capital)  // "U.S.-backed"
          hits_.back().compound = !tells_home(words_[last].lower);
        taken = last - first;
      }
    }
    if (!taken && word.capital) {  // "US-led", "Kabul-based": the part before the hyphen
      const std::string_view seen = word.span.of(text);
      const size_t hyphen = seen.find('-');
      if (hyphen != std::string_view::npos && hyphen > 1)
        if (auto readings = knowledge_.named(seen.substr(0, hyphen), day_);
            !readings.empty() && readings.front().entry->kind == EntryKind::kCountry) {
          hits_.push_back({first, first + 1, std::move(readings)});
          const std::string_view ending = seen.substr(hyphen + 1);
          hits_.back().compound = !tells_home(ending);
        }
    }
    if (word.capital && (!taken || small_town(first)) && leader(first)) taken = 1;
    first += std::max<size_t>(taken, 1);
  }
}

// "WOLA" in running text is no town of that name; in a dateline ("BAGHDAD (Reuters)") or a line of capitals it may be.
bool NameFinder::acronym_alone(size_t word) const {
  const auto capitals = [&](size_t k) {
    return k < words_.size() && knowledge::all_capitals(words_[k].span.of(article_.text));
  };
  if (!capitals(word) || words_[word].span.size() < 2) return false;
  if (words_[word].before == '\n' && (word + 1 == words_.size() || !words_[word + 1].joined())) return false;
  return !(capitals(word + 1) && words_[word + 1].span.size() > 1) &&
         !(word > 0 && capitals(word - 1) && words_[word - 1].span.size() > 1);
}

void NameFinder::drop_places(std::vector<Reading>& readings) {
  readings.erase(std::remove_if(readings.begin(), readings.end(),
                                [](const Reading& reading) { return reading.entry->kind == EntryKind::kCity; }),
                 readings.end());
}

// A word before or after it that belongs to the same capitalised run but to no name: "Vladimir Putin".
bool NameFinder::in_longer_name(const Hit& hit) const {
  const auto joined = [&](size_t left, size_t right) {
    return words_[left].capital && words_[right].capital && words_[right].joined() && !words_[left].possessive;
  };
  const bool after = hit.last < words_.size() && joined(hit.last - 1, hit.last) && !at(hit.last) &&
                     !is_title(words_[hit.last].lower);  // "Chicago Mayor"
  const bool before = hit.first > 0 && joined(hit.first - 1, hit.first) && !at(hit.first - 1) &&
                      !(hit.surname && is_title(words_[hit.first - 1].lower));
  return after || before;
}

// Cities whose name is also somebody's, anywhere in this text, are left out, and states that are somebody's surname.
void NameFinder::drop_namesakes() {
  std::set<std::string> namesakes;
  const auto doubtful = [&](const Hit& hit) {
    const Entry& entry = *hit.readings.front().entry;
    return hit.last - hit.first == 1 && (entry.kind == EntryKind::kCity || hit.surname);
  };
  for (const Hit& hit : hits_)
    if (doubtful(hit) && in_longer_name(hit)) namesakes.insert(words_[hit.first].lower);
  // "Michael Jordan"
  std::set<size_t> surnames;  // words
  for (const Hit& hit : hits_) {
    const Reading& reading = hit.readings.front();
    if (hit.last - hit.first != 1 || reading.entry->kind != EntryKind::kCountry || reading.sense != Sense::kName)
      continue;
    if (hit.first == 0 || !words_[hit.first].joined() || at(hit.first - 1)) continue;
    const Word& before = words_[hit.first - 1];
    const bool adjective = before.lower == "christian" || before.lower == "roman";  // "Roman Egypt"
    const bool given_name =
        before.capital && !before.possessive && !adjective && knowledge_.gender_of(before.lower) != 0;
    if (given_name) surnames.insert(hit.first);
  }
  // ... is who "Jordan" is from then on, unless the text speaks of the state by another word or as a place.
  std::set<std::string> bearers;
  const size_t line = article_.text.find('\n');
  const size_t headline = line == std::string::npos ? 0 : line;
  for (const size_t word : surnames) {
    if (words_[word].span.begin < headline) continue;  // "Protests Mark Iran Anniversary"
    const std::string_view state = at(word)->readings.front().entry->country;
    const bool spoken_of = std::any_of(hits_.begin(), hits_.end(), [&](const Hit& hit) {
      if (hit.readings.front().entry->country != state || surnames.count(hit.first)) return false;
      const bool behind = hit.first > 0 && listed(" of with against for on at between ", words_[hit.first - 1].lower);
      return behind || hit.last - hit.first > 1 || words_[hit.first].lower != words_[word].lower ||
             says_where(article_.text, words_[hit.first].span);
    });
    if (!spoken_of) bearers.insert(words_[word].lower);
  }
  std::erase_if(hits_, [&](const Hit& hit) {
    const bool one_word = hit.last - hit.first == 1;
    return surnames.count(hit.first) || (one_word && bearers.count(words_[hit.first].lower)) ||
           (doubtful(hit) && namesakes.count(words_[hit.first].lower));
  });
}

// A reading that needs the text to name its state, or itself by its long name: "GPS" the party, "Karsa" for Kars.
bool NameFinder::far_fetched(const Hit& hit, const Reading& reading) const {
  const Entry& entry = *reading.entry;
  const std::string_view seen = Span{words_[hit.first].span.begin, words_[hit.last - 1].span.end}.of(article_.text);
  if (entry.kind == EntryKind::kCity) {
    if (hit.last - hit.first == 1 && knowledge_.role(words_[hit.first].lower))
      return true;  // "Man shot", no town of Man
    return entry.population < kLittleKnown && knowledge::fold_lower(entry.name) != knowledge::fold_lower(seen);
  }
  return entry.kind == EntryKind::kOrganization && listed(kTerms, words_[hit.first].lower) && hit.last - hit.first == 1;
}

template <class Unwanted>
void NameFinder::drop_readings(Unwanted&& unwanted) {
  for (Hit& hit : hits_) std::erase_if(hit.readings, [&](const Reading& reading) { return unwanted(hit, reading); });
  std::erase_if(hits_, [](const Hit& hit) { return hit.readings.empty(); });
}

// The state whose a body is told to be right behind its name: OMN for "Royal Air Force of Oman"; "" if none is.
std::string_view NameFinder::owner_behind(const Hit& hit) const {
  size_t k = hit.last;
  if (k + 1 >= words_.size() || words_[k].lower != "of" || !words_[k].joined()) return {};
  k += words_[k + 1].lower == "the" ? 2 : 1;
  const Hit* owner = k < words_.size() && words_[k].joined() ? at(k) : nullptr;
  if (!owner || owner->first != k || owner->readings.empty() || owner->compound) return {};
  if (owner->readings.front().entry->kind != EntryKind::kCountry) return {};
  if (words_[owner->last - 1].possessive) return {};  // "told the White House of Israel's plan"
  return owner->readings.front().sense == Sense::kName ? owner->readings.front().entry->country : std::string_view{};
}

// One word that is a body's name only in other company: "met Hill" is no "The Hill", "in the Amazon" no firm.
bool NameFinder::sounds_alike(const Hit& hit, const Entry& entry) const {
  const Word& word = words_[hit.first];
  const Word* before = hit.first > 0 ? &words_[hit.first - 1] : nullptr;
  const bool article = before && before->lower == "the" && word.joined();
  const bool region = std::any_of(hit.readings.begin(), hit.readings.end(),
                                  [](const Reading& other) { return other.entry->kind == EntryKind::kRegion; });
  if (article && !before->capital && region && listed(" company media ", entry.type)) return true;
  if (entry.type != "media" || !entry.name.starts_with("The ")) return false;
  const bool one_of_its = before && word.joined() && (before->possessive || listed(" a an ", before->lower));
  return !article && !one_of_its && word.before != '"';  // "a Times reporter", "Sunday's Observer"
}

// "the North" and "the South" where a text names both Koreas, or both Sudans.
void NameFinder::find_stand_ins() {
  std::map<std::string_view, size_t> told;  // by state
  for (const Hit& hit : hits_)
    if (hit.readings.front().entry->kind == EntryKind::kCountry) ++told[hit.readings.front().entry->country];
  // no other state is told more often than the two
  const auto about = [&](std::string_view one, std::string_view other) {
    return told.count(one) && told.count(other) && std::all_of(told.begin(), told.end(), [&](const auto& state) {
             return state.first == one || state.first == other || state.second <= told[one] + told[other];
           });
  };
  std::map<std::string_view, const Entry*> meant;
  for (const StandIn& row : stand_ins()) {
    if (row.beside.empty() || !about(row.stands_for.front(), row.beside)) continue;
    if (const Entry* state = knowledge_.country(row.stands_for.front(), day_)) meant.emplace(row.word, state);
  }
  if (meant.empty()) return;
  std::vector<Hit> found;
  for (size_t k = 1; k < words_.size(); ++k) {
    const auto state = words_[k].capital ? meant.find(words_[k].lower) : meant.end();
    if (state == meant.end() || words_[k - 1].lower != "the" || !words_[k].joined()) continue;
    if (k + 1 < words_.size() && words_[k + 1].joined() && words_[k + 1].capital && !words_[k].possessive) continue;
    const Reading reading{state->second, Sense::kName, true};
    const Hit* covering = at(k);
    if (!covering)
      found.push_back({k, k + 1, {reading}});
    else if (covering->last - covering->first == 1)
      hits_[static_cast<size_t>(covering - hits_.data())].readings = {reading};
  }
  hits_.insert(hits_.end(), found.begin(), found.end());
  std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) { return a.first < b.first; });
}

// "the Netherlands Red Cross": not the movement, nor its international committee.
bool NameFinder::is_national_society(const Hit& hit) const {
  const std::string& last = words_[hit.last - 1].lower;
  if (words_[hit.first].lower != "red" || (last != "cross" && last != "crescent")) return false;
  if (!owner_behind(hit).empty()) return true;  // "the Red Cross of Serbia"
  const Hit* before = hit.first > 0 && words_[hit.first].joined() ? at(hit.first - 1) : nullptr;
  return before && !before->readings.empty() && before->readings.front().entry->kind == EntryKind::kCountry;
}

// "Ministry of Foreign Affairs", "Foreign Affairs Minister".
bool NameFinder::is_business_of_office(const Hit& hit) const {
  if (!listed(" affairs policy ", words_[hit.last - 1].lower)) return false;
  const bool before = hit.first > 1 && listed(" of for on ", words_[hit.first - 1].lower) &&
                      listed(kOffices, words_[hit.first - 2].lower);
  const bool behind = hit.last < words_.size() && words_[hit.last].joined() && !words_[hit.last - 1].possessive &&
                      listed(kOffices, words_[hit.last].lower);
  return before || behind;
}

// Another state's body of the same name, and papers whose title is what a ministry is of.
void NameFinder::drop_misread() {
  drop_readings([&](const Hit& hit, const Reading& reading) {
    const Entry& entry = *reading.entry;
    if (entry.kind != EntryKind::kOrganization) return false;
    if (listed(" military police government legislature judiciary ", entry.type)) {
      const std::string_view owner = is_of_one_state(words_of_hit(hit)) ? std::string_view{} : owner_behind(hit);
      return !owner.empty() && owner != entry.country && !knowledge::is_non_state_code(entry.country);
    }
    if (entry.type == "media" && is_business_of_office(hit)) return true;
    if (entry.country == "NGO" && is_national_society(hit)) return true;
    return hit.last - hit.first == 1 && sounds_alike(hit, entry);
  });
}

void NameFinder::drop_unsupported() {
  std::set<std::string_view> states = {home_}, bodies;
  for (const Hit& hit : hits_)
    for (const Reading& reading : hit.readings) {
      if (reading.entry->kind == EntryKind::kCountry) states.insert(reading.entry->country);
      if (reading.entry->kind == EntryKind::kOrganization && !far_fetched(hit, reading))
        bodies.insert(reading.entry->key);
    }
  drop_readings([&](const Hit& hit, const Reading& reading) {
    return !states.count(reading.entry->country) && !bodies.count(reading.entry->key) && far_fetched(hit, reading);
  });
}

void NameFinder::drop_little_known() {
  drop_readings([&](const Hit& hit, const Reading& reading) {
    return reading.entry->kind == EntryKind::kCity && far_fetched(hit, reading);
  });
  settle();
}

// "The Economist", no economist, nor "the Independent Flood Inquiry".
bool NameFinder::is_with_its_article(const Hit& hit) const {
  const Entry& entry = *hit.readings.front().entry;
  if (entry.type != "media" || hit.readings.size() != 1 || !entry.name.starts_with("The ")) return false;
  if (hit.last < words_.size() && words_[hit.last].joined() && words_[hit.last].capital) return false;
  const bool before = hit.first > 0 && words_[hit.first].joined() && words_[hit.first - 1].lower == "the" &&
                      words_[hit.first - 1].capital;
  const bool short_form = std::any_of(hits_.begin(), hits_.end(), [&](const Hit& other) {  // "The Post" of Washington
    return other.readings.front().entry->key != entry.key && words_[other.last - 1].lower == words_[hit.last - 1].lower;
  });
  return !short_form && (words_[hit.first].lower == "the" || before);
}

// "Congress", "Supreme Court", "National Security Council": the name of one state's body, and as good for another's.
bool NameFinder::generic(const Hit& hit) const {
  if (!hit.readings.front().holds && hit.readings.size() == 1) return false;
  const Entry& entry = *hit.readings.front().entry;
  if (entry.kind != EntryKind::kOrganization || knowledge::is_non_state_code(entry.country) || entry.country.empty())
    return false;
  const std::string text = words_of_hit(hit);
  if (is_of_one_state(text)) return false;
  if (entry.type == "armed-group" || is_with_its_article(hit)) return false;
  const Span whole{words_[hit.first].span.begin, words_[hit.last - 1].span.end};
  if (is_shared(knowledge::fold_lower(whole.of(article_.text)))) return true;  // with the 's of "People's Party"
  const bool acronym = knowledge::all_capitals(words_[hit.first].span.of(article_.text));
  const auto role = knowledge_.role(text);
  return role ? role->words == hit.last - hit.first : hit.last - hit.first == 1 && !acronym;
}

// How much the same word speaks for the state of one of its own readings: it is no witness in its own case.
double NameFinder::own_weight(const Hit& hit, std::string_view country) const {
  const auto own = own_weights_.find(words_of_hit(hit) + '|' + std::string(country));
  return own == own_weights_.end() ? 0 : own->second;
}

std::string NameFinder::words_of_hit(const Hit& hit) const {
  std::string text;
  for (size_t k = hit.first; k < hit.last; ++k) text += (k > hit.first ? " " : "") + words_[k].lower;
  return text;
}

void NameFinder::weigh() {
  weights_.clear();
  acting_.clear();
  own_weights_.clear();
  double total = 0;
  for (const Hit& hit : hits_) {
    const std::string country(hit.entry->country);
    if (hit.generic || country.empty() || knowledge::is_non_state_code(country)) continue;
    weights_[country] += weight(hit);
    if (acts(hit)) acting_[country] += weight(hit);
    if (hit.readings.size() > 1) own_weights_[words_of_hit(hit) + '|' + country] += weight(hit);
    total += weight(hit);
  }
  if (!home_.empty()) weights_[home_] += kHomeWeight + kHomeShare * total;
}

// "Ibrahim Mohamed" is not the prime minister Abdoulkader Kamil Mohamed.
bool NameFinder::has_another_given_name(size_t word, const Entry& person) const {
  while (word > 1 && words_[word].joined() && is_name_particle(words_[word - 1].lower)) --word;  // "de" of "de Menezes"
  if (word == 0 || !words_[word].joined() || !words_[word - 1].capital) return false;
  const std::string_view before = words_[word - 1].span.of(article_.text);
  const std::string own = ' ' + knowledge::fold_lower(person.name) + ' ';
  return knowledge_.gender_of(before) != 0 && !listed(own, knowledge::fold_lower(before));
}

// A word that is the surname of one single head of state or government on the day: "Obama".
bool NameFinder::leader(size_t word) {
  constexpr size_t kShortest = 4;
  constexpr std::string_view kHeads = " president prime minister chancellor premier ";
  if (day_ == 0 || words_[word].span.size() < kShortest || is_title(words_[word].lower)) return false;
  const Entry* head = nullptr;
  for (const Entry* spell : knowledge_.surnamed(words_[word].span.of(article_.text), day_)) {
    const std::string office = base::lower_ascii(spell->office);
    if (office != "prime minister" && !listed(kHeads, office)) continue;
    if (head && head->key != spell->key) return false;
    head = spell;
  }
  if (!head || has_another_given_name(word, *head)) return false;
  if (!hits_.empty() && hits_.back().first == word) hits_.pop_back();
  hits_.push_back({word, word + 1, {Reading{head, Sense::kName, true}}});
  hits_.back().surname = true;
  return true;
}

// The hit just made is one word and only a town: "Bush" is the president before it is a place.
bool NameFinder::small_town(size_t word) {
  constexpr int64_t kSmall = 500000;
  const Hit& hit = hits_.back();
  return hit.first == word && hit.last == word + 1 &&
         std::all_of(hit.readings.begin(), hit.readings.end(), [](const Reading& reading) {
           return reading.entry->kind == EntryKind::kCity && reading.entry->population < kSmall;
         });
}

bool NameFinder::is_title(const std::string& lower) const {
  return knowledge_.role(lower).has_value() || listed(" mr mrs ms dr sen rep gov gen ", lower);
}

// A text that spells an acronym out means just that: its own name, or none of the knowledge.
void NameFinder::spell_out(std::string_view acronym, const Hit* full) {
  std::vector<Reading> readings;
  if (full) readings = {Reading{full->entry, Sense::kName, true}};
  const auto same = [&](const Hit& hit) {
    return hit.last - hit.first == 1 && words_[hit.first].span.of(article_.text) == acronym;
  };
  for (Hit& hit : hits_)
    if (same(hit)) hit.readings = readings;
  hits_.erase(std::remove_if(hits_.begin(), hits_.end(), [](const Hit& hit) { return hit.readings.empty(); }),
              hits_.end());
  settle();
}

void NameFinder::drop(const std::set<size_t>& words) {
  std::erase_if(hits_, [&](const Hit& hit) {
    const auto word = words.lower_bound(hit.first);
    return word != words.end() && *word < hit.last;
  });
  settle();
}

void NameFinder::join(Run name, const Hit& hit) {
  Hit joined{name.first, name.last, {Reading{hit.entry, Sense::kName, true}}};
  hits_.erase(std::remove_if(hits_.begin(), hits_.end(),
                             [&](const Hit& other) { return other.first < name.last && name.first < other.last; }),
              hits_.end());
  const auto after =
      std::find_if(hits_.begin(), hits_.end(), [&](const Hit& other) { return other.first >= name.last; });
  hits_.insert(after, std::move(joined));
  settle();
}

bool NameFinder::of_several_states(const Hit& hit) {
  return std::any_of(hit.readings.begin(), hit.readings.end(), [&](const Reading& reading) {
    return reading.holds && reading.entry->country != hit.entry->country;
  });
}

// First what is plain counts for its country; then the rest is read in that light. A generic name stays only
// where the text is about that state, or about none.
void NameFinder::settle() {
  for (Hit& hit : hits_) hit.generic = generic(hit);
  for (int round = 0; round < 2; ++round) {
    for (Hit& hit : hits_) choose(hit);
    weigh();
  }
  double most = 0;
  for (const auto& [country, weight] : weights_) most = std::max(most, weight);
  const auto foreign = [&](const Hit& hit) {
    const auto own = weights_.find(std::string(hit.entry->country));
    if (hit.generic && most == 0) return of_several_states(hit);
    return hit.generic && (own == weights_.end() || own->second < kGenericShare * most);
  };
  hits_.erase(std::remove_if(hits_.begin(), hits_.end(), foreign), hits_.end());
  for (Hit& hit : hits_) hit.generic = false;
  weigh();
}

void NameFinder::choose(Hit& hit) const {
  double best = -1e9, second = -1e9;
  const bool chosen = hit.entry != nullptr;
  hit.entry = hit.runner_up = nullptr;
  for (const Reading& reading : hit.readings) {
    const double value = score(hit, reading, chosen);
    if (value > best) {
      if (hit.entry && hit.entry->key != reading.entry->key) hit.runner_up = hit.entry, second = best;
      hit.entry = reading.entry;
      hit.sense = reading.sense;
      best = value;
    } else if (value > second && hit.entry->key != reading.entry->key) {
      hit.runner_up = reading.entry;
      second = value;
    }
  }
}

// "Georgia lawmakers" are those of the American state: the country's are Georgian.
bool NameFinder::modifies_noun(const Hit& hit) const {
  const bool is_region_too = std::any_of(hit.readings.begin(), hit.readings.end(), [](const Reading& other) {
    return other.entry->kind == EntryKind::kRegion && !other.entry->country.empty();
  });
  if (!is_region_too || hit.last >= words_.size() || words_[hit.last - 1].possessive) return false;
  const Word& next = words_[hit.last];
  return next.joined() && !next.capital && knowledge_.role(next.lower) &&
         !listed(" president prime premier parliament government army opposition accused ", next.lower);  // a verb
}

double NameFinder::score(const Hit& hit, const Reading& reading, bool chosen) const {
  double value = prior(reading);
  if (reading.sense == Sense::kName && modifies_noun(hit) && reading.entry->kind == EntryKind::kCountry) value -= 2;
  const auto known = weights_.find(std::string(reading.entry->country));
  if (known != weights_.end()) {
    double own = known->second;
    if (chosen) own -= own_weight(hit, reading.entry->country);
    if (may_act_elsewhere(hit, reading, own)) own *= kActingShare;
    value += std::min(2.5, 0.8 * std::log2(1 + std::max(0.0, own)));
  }
  return value;
}

double NameFinder::weight(const Hit& hit) const {
  double value = hit.surname ? 0.7 : 1;
  if (hit.is(EntryKind::kCity)) {
    const bool alone = hit.last - hit.first == 1;
    value = hit.entry->population >= 100000 ? 0.5 : alone ? 0.1 : 0.3;
  } else if (hit.is(EntryKind::kRegion)) {
    value = 0.7;
  }
  if (words_[hit.first].span.begin < (article_.blocks.empty() ? 0 : article_.blocks.front().span.end)) value *= 1.5;
  return value;
}

// Whose state does something, without a word of where: "The United States and Iran met in Manchester".
bool NameFinder::acts(const Hit& hit) const {
  if (hit.is(EntryKind::kRegion) || hit.is(EntryKind::kCity)) return false;
  if (!hit.is(EntryKind::kCountry) || hit.sense == Sense::kAdjective || hit.sense == Sense::kPeople) return true;
  const Hit* before = words_[hit.first].before == ',' && hit.first > 0 ? at(hit.first - 1) : nullptr;
  if (before && before->is(EntryKind::kCity)) return false;  // "Manchester, United States"
  return !says_where(article_.text, {words_[hit.first].span.begin, words_[hit.last - 1].span.end});
}

// Whether all that speaks for the state of a town, `own`, are acts, which may well be done in another.
bool NameFinder::may_act_elsewhere(const Hit& hit, const Reading& reading, double own) const {
  const auto is_city = [](const Reading& other) { return other.entry->kind == EntryKind::kCity; };
  if (hit.readings.size() < 2 || !std::all_of(hit.readings.begin(), hit.readings.end(), is_city)) return false;
  constexpr double kRounding = 1e-9;
  const auto acting = acting_.find(std::string(reading.entry->country));
  if (acting == acting_.end() || own > acting->second + kRounding) return false;
  double all = 0;
  for (const auto& [country, weight] : acting_) all += weight;
  if (acting->second < kActsAlone * all) return true;
  if (reading.entry->population >= kLittleKnown) return false;
  return std::any_of(hit.readings.begin(), hit.readings.end(), [&](const Reading& other) {
    return other.entry->country != reading.entry->country &&
           other.entry->population / kTimesAsLarge >= reading.entry->population;
  });
}

const Hit* NameFinder::at(size_t word) const {
  const auto after =
      std::upper_bound(hits_.begin(), hits_.end(), word, [](size_t w, const Hit& hit) { return w < hit.first; });
  if (after == hits_.begin()) return nullptr;
  const Hit& hit = *(after - 1);
  return word < hit.last ? &hit : nullptr;
}

}  // namespace dragoman::linking
