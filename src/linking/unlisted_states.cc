// SPDX-License-Identifier: Apache-2.0
#include "linking/unlisted_states.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace dragoman::linking {
namespace {

constexpr size_t kShortest = 5;  // letters of a state's name
constexpr std::string_view kOfStates =
    " parliament embassy ambassador ambassadors border borders airspace independence capital citizens ";
constexpr std::string_view kMinistries =
    " foreign interior defence defense finance health justice education information ";
constexpr std::string_view kSmall =
    " a an the in of from to by for on at with and or but as if when after before since while although that this its"
    " his her their both between against inside across near into over under through ";

// What only a state has: "parliament", "foreign ministry" right after word k.
bool state_after(const std::vector<Word>& words, size_t k) {
  if (k + 1 >= words.size() || !words[k + 1].joined()) return false;
  if (listed(kOfStates, words[k + 1].lower)) return true;
  return k + 2 < words.size() && listed(kMinistries, words[k + 1].lower) &&
         listed(" ministry minister ", words[k + 2].lower);
}

bool ends_sentence(char mark) { return mark == '.' || mark == '\n' || mark == '?' || mark == '!'; }

// The first word of the sentence before the one that word k begins; k if it begins none.
size_t sentence_before(const std::vector<Word>& words, size_t k) {
  constexpr size_t kReach = 40;
  if (k == 0 || words[k].before != '.') return k;
  for (size_t back = k; back > 0 && k - back < kReach; --back)
    if (ends_sentence(words[back - 1].before)) return back - 1;
  return k;
}

struct Seen {
  std::vector<size_t> at;
  bool alone = false;      // not always beside another name
  bool beside = false;     // part of a longer name somewhere
  bool has_state = false;  // "its parliament"
};

bool plain(std::string_view lower) {
  return lower.size() >= kShortest && std::all_of(lower.begin(), lower.end(), [](char c) {
           return base::is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
         });
}

bool vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

// The names that could have this nationality: "norvanian" gives "norvania", "tarkeshi" gives "tarkesh".
std::vector<std::string> states_of(const std::string& nationality) {
  std::vector<std::string> out;
  const auto stem = [&](std::string_view ending) {
    if (!nationality.ends_with(ending)) return;
    const std::string left = nationality.substr(0, nationality.size() - ending.size());
    if (left.size() + 1 < kShortest) return;
    if (!(ending == "n" && !vowel(left.back()))) out.push_back(left);
    if (ending == "n" || vowel(left.back())) return;
    for (const char* last : {"a", "e", "o", "ia", "y"}) out.push_back(left + last);
  };
  for (const char* ending : {"n", "an", "ian", "ese", "ish", "i"}) stem(ending);
  return out;
}

}  // namespace

UnlistedStates::UnlistedStates(const std::string& text, const std::vector<Word>& words, const NameFinder& finder,
                               const knowledge::Knowledge& knowledge) {
  std::map<std::string, Seen> seen;
  std::set<std::string> common;  // also written without a capital
  const auto names = [&](size_t k) {
    return k < words.size() && words[k].capital && !listed(kSmall, words[k].lower) && !knowledge.role(words[k].lower);
  };
  for (size_t k = 0; k < words.size(); ++k) {
    const std::string& lower = words[k].lower;
    if (!plain(lower)) continue;
    const char first = words[k].span.of(text).front();
    if (base::is_ascii_alpha(first) && !base::is_ascii_upper(first)) {
      common.insert(lower);
      continue;
    }
    if (!names(k) || finder.at(k)) continue;
    Seen& word = seen[lower];
    word.at.push_back(k);
    const bool before = k > 0 && names(k - 1) && words[k].joined() && !words[k - 1].possessive;
    const bool after = names(k + 1) && words[k + 1].joined() && !words[k].possessive;
    (before || after ? word.beside : word.alone) = true;
    if (words[k].possessive && !before && state_after(words, k)) word.has_state = true;
  }
  for (size_t k = 0; k < words.size(); ++k)  // "Norvania rejected the charge. Its parliament …"
    if (words[k].lower == "its" && state_after(words, k)) {
      const size_t subject = sentence_before(words, k);
      const auto word = seen.find(words[subject].lower);
      if (subject != k && word != seen.end() && !finder.at(subject)) word->second.has_state = true;
    }
  const auto mark = [&](const Seen& word, const std::string& state, bool name) {
    for (const size_t k : word.at) {
      if (of_.emplace(k, state).second) places_.emplace_back(k, state);
      if (name) names_.insert(k);
    }
  };
  for (const auto& [nationality, word] : seen) {
    if (common.count(nationality)) continue;
    for (const std::string& state : states_of(nationality)) {
      const auto own = seen.find(state);
      if (own == seen.end() || !own->second.alone || common.count(state)) continue;
      mark(own->second, state, true);
      mark(word, state, false);
      if (const auto people = seen.find(nationality + 's'); people != seen.end()) mark(people->second, state, false);
    }
  }
  for (const auto& [name, word] : seen)
    if (word.has_state && word.alone && !word.beside && !common.count(name)) mark(word, name, true);
  std::sort(places_.begin(), places_.end());
}

std::optional<size_t> UnlistedStates::name_of(const std::string& state) const {
  for (const size_t word : names_)
    if (at(word) == state) return word;
  return std::nullopt;
}

const std::string& UnlistedStates::at(size_t word) const {
  static const std::string kNone;
  const auto found = of_.find(word);
  return found == of_.end() ? kNone : found->second;
}

}  // namespace dragoman::linking
