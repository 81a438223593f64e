// SPDX-License-Identifier: Apache-2.0
#include "store/instrument_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "store/embedded.h"
#include "store/fold.h"
#include "store/instrument_steps.h"

namespace dragoman::store {
namespace {

constexpr std::array kLittle = {"the", "a",  "an",  "this", "that", "of",  "on",     "for",
                                "to",  "in", "and", "s",    "its",  "new", "against"};
// The Security Council's are called by number alone, or with any of these.
constexpr std::array kUnitedNations = {"united", "nations", "un", "u", "n", "security", "council", "unsc"};

template <class List>
bool in(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Nouns of instruments, each with the word that stands first in names.
const std::map<std::string, std::string, std::less<>>& heads() {
  static const auto all = [] {
    const std::map<std::string_view, std::string> families = {{"treaty", "agreement"}, {"law", "bill"}};
    std::map<std::string, std::string, std::less<>> map;
    embedded::rows(embedded::instruments_heads, 2, [&](const auto& cells, size_t) {
      const auto family = families.find(cells[1]);
      map[std::string(cells[0])] = family == families.end() ? std::string(cells[1]) : family->second;
    });
    return map;
  }();
  return all;
}

bool is_head(std::string word) {
  if (heads().contains(word)) return true;
  if (!word.ends_with('s')) return false;
  word.pop_back();
  return heads().contains(word);
}

bool is_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), base::is_ascii_digit);
}

std::vector<std::string> words_in(std::string_view text) {
  const std::string words = folded(text);
  std::vector<std::string> all;
  for (const std::string_view word : base::split(words, ' ')) {
    if (!word.empty() && !in(kLittle, word)) all.emplace_back(word);
  }
  return all;
}

std::string family_of(InstrumentKind kind) {
  if (kind == InstrumentKind::kTreaty) return "agreement";
  return kind == InstrumentKind::kLaw ? "bill" : to_string(kind);
}

std::string joined(std::string first, std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (const std::string& word : words) first.append(" ").append(word);
  return first;
}

/// Whether the words name it: capital letters that no sentence begins with, or a sum of money.
bool is_named(const Record& record, Span mention) {
  const std::string_view words = mention.of(record.article.text);
  if (words.find_first_of("$€£") != std::string_view::npos) return true;
  const bool opens = std::any_of(record.sentences.begin(), record.sentences.end(),
                                 [&](Span sentence) { return sentence.begin == mention.begin; });
  bool in_word = false, first = true;
  for (const char c : words) {
    const bool letter = base::is_ascii_alpha(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (letter && !in_word) {
      if (base::is_ascii_upper(c) && !(first && opens)) return true;
      first = false;
    }
    in_word = letter || base::is_ascii_digit(c);
  }
  return false;
}

/// Who proposed it, where the words before it do not tell: the actor of an act that proposes it.
std::optional<uint32_t> proposer(const Record& record, const Instrument& instrument) {
  if (instrument.owner) return instrument.owner;
  const auto number = static_cast<uint32_t>(&instrument - record.instruments.data());
  for (const Event& event : record.events) {
    if (event.actors.empty() || event.status == Status::kNegated) continue;
    if (std::find(event.instruments.begin(), event.instruments.end(), number) == event.instruments.end()) continue;
    if (step_of(to_string(event.type), event.trigger.of(record.article.text)) == "proposed") {
      return event.actors.front().entity;
    }
  }
  return std::nullopt;
}

std::string owner_of(const Record& record, const Instrument& instrument) {
  const auto number = proposer(record, instrument);
  if (!number) return "";
  const Entity& owner = record.entities.at(*number);
  if (!owner.country.empty()) return owner.country;
  return owner.kb.empty() ? std::string(base::trim(folded(owner.name))) : owner.kb;
}

/// The words by which the owner goes: "China's 12-point plan" is the 12-point plan.
std::set<std::string> owner_words(const Record& record, const Instrument& instrument) {
  std::set<std::string> words;
  if (!instrument.owner) return words;
  for (const EntityMention& mention : record.entities.at(*instrument.owner).mentions) {
    for (std::string& word : words_in(mention.span.of(record.article.text))) words.insert(std::move(word));
  }
  return words;
}

std::string name_of(const Record& record, const Instrument& instrument, Span mention) {
  const std::string family = family_of(instrument.kind);
  std::vector<std::string> words = words_in(mention.of(record.article.text));
  std::erase_if(words, is_head);
  const auto number = std::find_if(words.begin(), words.end(), is_number);
  if (number != words.end() && instrument.kind == InstrumentKind::kResolution) {
    std::string digits = *number;
    words.erase(number);
    const bool of_un =
        std::all_of(words.begin(), words.end(), [](const auto& word) { return in(kUnitedNations, word); });
    return of_un ? family + " un " + digits : joined(family, words) + ' ' + digits;
  }
  if (words.empty()) return "";
  if (is_named(record, mention) || instrument.kind == InstrumentKind::kSanctions) return joined(family, words);
  const std::string owner = owner_of(record, instrument);
  if (owner.empty()) return joined(family + " #" + record.article.id, words);
  const std::set<std::string> own = owner_words(record, instrument);
  std::erase_if(words, [&](const std::string& word) { return own.contains(word); });
  return words.empty() ? "" : joined(family + " @" + owner, words);
}

}  // namespace

std::vector<std::string> names_of(const Record& record, const Instrument& instrument) {
  std::vector<std::string> names;
  for (const Span mention : instrument.mentions) {
    std::string name = name_of(record, instrument, mention);
    if (!name.empty()) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words = words_in(name);
  for (std::string& word : words) {
    auto head = heads().find(word);
    if (head == heads().end() && word.ends_with('s')) head = heads().find(word.substr(0, word.size() - 1));
    if (head != heads().end()) word = head->second;
  }
  return words;
}

InstrumentNames::InstrumentNames(Database& database) : rows_(database, "INSERT OR IGNORE INTO instrument_names", 3) {}

void InstrumentNames::insert(const Record& record, int64_t document) {
  for (size_t i = 0; i < record.instruments.size(); ++i) {
    for (const std::string& name : names_of(record, record.instruments[i])) {
      rows_.bind(name).bind(document).bind(static_cast<int64_t>(i) + 1).run();
    }
  }
}

}  // namespace dragoman::store
