// SPDX-License-Identifier: Apache-2.0
#include "knowledge/person_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "knowledge/fold.h"

namespace dragoman::knowledge {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 2> kArticles = {"al", "el"};
constexpr std::array<std::string_view, 3> kSonOf = {"bin", "ibn", "ben"};
// How "al" is spoken, and by some written, before the letters that the words behind it begin with.
constexpr std::array<std::array<std::string_view, 2>, 9> kAssimilated = {{{"ash", "sh"},
                                                                          {"ath", "th"},
                                                                          {"adh", "dh"},
                                                                          {"as", "s"},
                                                                          {"at", "t"},
                                                                          {"ad", "d"},
                                                                          {"an", "n"},
                                                                          {"ar", "r"},
                                                                          {"az", "z"}}};
constexpr std::array<std::string_view, 22> kLeftOut = {"de", "da", "do", "dos", "das",  "del", "della", "di",
                                                       "du", "la", "le", "van", "von",  "der", "den",   "ter",
                                                       "y",  "e",  "zu", "af",  "ould", "uld"};
constexpr size_t kMostSpellings = 24;  // of one name
constexpr size_t kMostWords = 8;

template <size_t N>
bool one_of(const std::array<std::string_view, N>& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

Words words_of(std::string_view folded) {
  Words words;
  for (const auto word : base::split(folded, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

// What "al" is before a word; "" where it stays.
std::string_view assimilated(std::string_view next) {
  for (const auto& [article, letters] : kAssimilated)
    if (next.starts_with(letters)) return article;
  return {};
}

bool is_assimilated(std::string_view word, std::string_view next) {
  return std::any_of(kAssimilated.begin(), kAssimilated.end(), [&](const auto& pair) {
    return word == pair[0] && next.size() > pair[1].size() && next.starts_with(pair[1]);
  });
}

bool is_article(std::string_view word, std::string_view next) {
  return one_of(kArticles, word) || is_assimilated(word, next);
}

// "al-Sisi", but no "Al Gore": a name that begins with an article writes it with a hyphen.
bool begins_with_article(std::string_view name) {
  const size_t end = name.find_first_of(" -\xE2");
  return end != std::string_view::npos && name[end] != ' ';
}

// The particle at a place in all its spellings.
std::vector<std::string_view> spellings_at(const Words& lower, const Words& cased, size_t at, bool first_too) {
  if (at + 1 >= lower.size() || (at == 0 && !first_too)) return {};
  const std::string& word = lower[at];
  const std::string& next = lower[at + 1];
  if (at > 0 && one_of(kSonOf, word)) return {kSonOf.begin(), kSonOf.end()};
  const bool written_small = cased[at] == word;  // "an" and "as" are names too
  if (!one_of(kArticles, word) && !(written_small && is_assimilated(word, next))) return {};
  std::vector<std::string_view> all(kArticles.begin(), kArticles.end());
  if (const auto sun = assimilated(next); !sun.empty()) all.push_back(sun);
  return all;
}

bool same_or_initial(std::string_view word, std::string_view other) {
  return word == other || (word.size() == 1 && other.starts_with(word)) ||
         (other.size() == 1 && word.starts_with(other));
}

// Whether given names agree from these places on, where those before do.
bool given_agree(const Words& name, size_t at, const Words& other, size_t from, Likeness least) {
  if (at == name.size() && from == other.size()) return true;
  if (at < name.size() && from < other.size() && same_or_initial(name[at], other[from]) &&
      given_agree(name, at + 1, other, from + 1, least))
    return true;
  // Letters behind a name, and words behind a name and a father's name, may be left out.
  const bool word = at > 0 && from > 0 && name[0] == other[0] && name[0].size() > 1;
  const bool one = word || (least == Likeness::kMayBe && at > 0 && from > 0);
  const bool two = word && at > 1 && from > 1 && name[1] == other[1];
  const auto may_go = [&](const Words& words, size_t k) {
    return k < words.size() && (two || (one && words[k].size() == 1));
  };
  return (may_go(name, at) && given_agree(name, at + 1, other, from, least)) ||
         (may_go(other, from) && given_agree(name, at, other, from + 1, least));
}

// "AH Mahmood Ali", as "A.H." is folded, has two letters before its names.
Words with_letters_apart(const Words& cased) {
  constexpr size_t kMostLetters = 3;
  const bool headline = std::all_of(cased.begin(), cased.end(), [](const auto& word) { return all_capitals(word); });
  Words words;
  for (const std::string& word : cased) {
    const bool letters = !headline && word.size() > 1 && word.size() <= kMostLetters && all_capitals(word);
    for (size_t k = 0; letters && k < word.size(); ++k) words.push_back(base::lower_ascii(word.substr(k, 1)));
    if (!letters) words.push_back(base::lower_ascii(word));
  }
  return words;
}

std::string upper_ascii(std::string text) {
  for (char& c : text)
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

bool is_letter_of(std::string_view letters, char c) { return letters.find(c) != std::string_view::npos; }

// Names with "servant of": "Abdel Rahman", "Abd al-Rahman", "Abdurrahman" are "Abdulrahman".
Words with_servants_joined(const Words& words) {
  constexpr std::string_view kVowels = "aeou", kSun = "rsnztdl";
  Words joined;
  for (size_t at = 0; at < words.size(); ++at) {
    const bool capitals = all_capitals(words[at]);
    const std::string lower = base::lower_ascii(words[at]);
    const bool servant =
        lower.size() > 4 && lower.starts_with("abd") && is_letter_of(kVowels, lower[3]) && is_letter_of(kSun, lower[4]);
    std::string rest;
    if (servant && lower.size() == 5 && at + 1 < words.size())
      rest = words[++at];
    else if (lower == "abd" && at + 2 < words.size() &&
             is_article(base::lower_ascii(words[at + 1]), base::lower_ascii(words[at + 2])))
      rest = words[at += 2];
    else if (servant && lower.size() > 6 && (lower[4] == 'l' || lower[4] == lower[5]))
      rest = lower.substr(5);
    const std::string whole = rest.empty() ? words[at] : "Abdul" + base::lower_ascii(rest);
    joined.push_back(capitals ? upper_ascii(whole) : whole);
  }
  return joined;
}

Words bare_words(std::string_view name) {
  const Words words = with_servants_joined(words_of(fold(name)));
  if (words.size() > kMostWords) return {};
  Words kept, without_sons;
  for (size_t at = 0; at < words.size(); ++at) {
    const std::string lower = base::lower_ascii(words[at]);
    const bool inside = at > 0 && at + 1 < words.size();
    if (inside && (one_of(kLeftOut, lower) || is_article(lower, base::lower_ascii(words[at + 1])))) continue;
    kept.push_back(words[at]);
    if (!inside || !one_of(kSonOf, lower)) without_sons.push_back(words[at]);
  }
  if (without_sons.size() > 2) kept = without_sons;
  return kept.size() < 2 ? Words{} : kept;
}

}  // namespace

std::vector<std::string> other_spellings(std::string_view name) {
  const Words cased = words_of(fold(name));
  Words lower;
  for (const std::string& word : cased) lower.push_back(base::lower_ascii(word));
  const bool first_too = begins_with_article(base::trim(name));
  std::vector<std::string> all = {base::join(cased, " ")};
  std::vector<Words> now = {cased};
  for (size_t at = 0; at < cased.size(); ++at) {
    const auto spellings = spellings_at(lower, cased, at, first_too);
    const size_t before = now.size();
    for (size_t k = 0; k < before; ++k)
      for (const auto spelling : spellings) {
        if (spelling == lower[at] || now.size() >= kMostSpellings) continue;
        now.push_back(now[k]);
        now.back()[at] = spelling;
        if (at == 0 && cased[at] != lower[at]) now.back()[at][0] = static_cast<char>(spelling[0] - 'a' + 'A');
      }
  }
  std::vector<std::string> out;
  for (size_t k = 1; k < now.size(); ++k) out.push_back(base::join(now[k], " "));
  return out;
}

std::string without_particles(std::string_view name) { return base::join(bare_words(name), " "); }

bool is_shorter_or_longer(std::string_view name, std::string_view other, Likeness least) {
  Words words = with_letters_apart(bare_words(name)), others = with_letters_apart(bare_words(other));
  if (words.size() < 2 || others.size() < 2 || words.back() != others.back() || words.back().size() == 1) return false;
  words.pop_back();
  others.pop_back();
  return given_agree(words, 0, others, 0, least);
}

}  // namespace dragoman::knowledge
