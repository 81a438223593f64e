// SPDX-License-Identifier: Apache-2.0
#include "linking/name_kinds.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "knowledge/fold.h"
#include "linking/embedded.h"
#include "linking/phrase.h"
#include "linking/words.h"

namespace dragoman::linking {
namespace {

using knowledge::EntryKind;
using knowledge::Sense;

constexpr float kLeastLog = -12.0F;                                  // of a probability
constexpr int64_t kTown = 5000, kCity = 50000, kLargeCity = 500000;  // people
constexpr size_t kTitleWords = 3;                                    // before a name, that may be an office together
constexpr size_t kLongName = 4;                                      // words

using Kinds = decltype(Mention::kinds);

using Weights = std::unordered_map<std::string_view, Kinds>;  // by observation

float number(std::string_view cell, size_t line) {
  float value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value))
    embedded::wrong(embedded::linking_name_kinds, line, "no number: " + std::string(cell));
  return value;
}

const Weights& weights() {
  static const Weights kWeights = [] {
    Weights all;
    embedded::rows(embedded::linking_name_kinds, 1 + kMentionKinds, [&](const auto& cells, size_t line) {
      Kinds row{};
      for (size_t kind = 0; kind < kMentionKinds; ++kind) row[kind] = number(cells[1 + kind], line);
      if (!all.emplace(cells[0], row).second) embedded::wrong(embedded::linking_name_kinds, line, "said before");
    });
    return all;
  }();
  return kWeights;
}

/// "body" of "ministry", "place" of "airport", "event" of "summit", "month" of "may", "weekday" of "monday": what a
/// name is of that holds the word; "" if none.
std::string_view noun_class(std::string_view lower) {
  static const std::map<std::string_view, std::string_view> kNouns = [] {
    std::map<std::string_view, std::string_view> nouns;
    embedded::rows(embedded::linking_name_nouns, 2, [&](const auto& cells, size_t line) {
      const bool known = listed(" body place event month weekday ", cells[1]);
      if (!known) embedded::wrong(embedded::linking_name_nouns, line, "no class of names: " + std::string(cells[1]));
      if (!nouns.emplace(cells[0], cells[1]).second) embedded::wrong(embedded::linking_name_nouns, line, "said before");
    });
    return nouns;
  }();
  const auto found = kNouns.find(lower);
  return found == kNouns.end() ? std::string_view{} : found->second;
}

struct Name {
  size_t mention = 0;
  size_t first = 0;                // word of the text
  std::string folded;              // the whole, lower case
  std::vector<std::string> words;  // folded, lower case
};

// How several names are read.
struct Readings {
  std::array<double, kMentionKinds> sum{};
  int count = 0;

  void add(const Kinds& kinds, int times) {
    for (size_t kind = 0; kind < kMentionKinds; ++kind) sum[kind] += times * static_cast<double>(kinds[kind]);
    count += times;
  }
};

class Observer {
 public:
  Observer(std::string_view text, const Analysis& analysis, const knowledge::Knowledge& knowledge,
           const knowledge::Gazetteer& gazetteer)
      : text_(text), analysis_(analysis), knowledge_(knowledge), gazetteer_(gazetteer), words_(words_of(text)) {
    for (size_t m = 0; m < analysis.mentions.size(); ++m) note(m);
  }

  /// Calls `each(mention, what is seen of it)`, so that what is seen of a text of many names is not held at once.
  template <class Each>
  void observe(Each&& each) const {
    for (const Name& name : names_) each(name.mention, of(name));
  }

 private:
  void note(size_t mention) {
    const Mention& one = analysis_.mentions[mention];
    const bool sound = one.span.begin < one.span.end && one.span.end <= text_.size();
    if (!sound || !one.is_read_as_name()) return;
    Name name{mention, first_word(words_, one.span.begin), {}, {}};
    if (name.first > 0 && words_[name.first - 1].span.end > one.span.begin) --name.first;  // "anti-Beijing" is one word
    name.folded = knowledge::fold_lower(one.span.of(text_));
    for (const auto part : base::split(name.folded, ' '))
      if (!part.empty()) name.words.emplace_back(part);
    if (name.words.empty()) name.words.push_back(name.folded);
    by_name_[name.folded].add(one.kinds, 1);
    if (name.words.size() > 1) {
      const std::set<std::string> different(name.words.begin(), name.words.end());
      for (const std::string& word : different) by_word_[word].add(one.kinds, 1);
    }
    names_.push_back(std::move(name));
  }

  Observations of(const Name& name) const {
    const Mention& mention = analysis_.mentions[name.mention];
    Observations seen{{"base", 1.0F}};
    for (size_t kind = 0; kind < kMentionKinds; ++kind) {
      const float p = mention.kinds[kind];
      seen.emplace_back(with("read", kind), p > 0 ? std::max(kLeastLog, std::log(p)) : kLeastLog);
    }
    see_knowledge(name, mention, seen);
    see_words(name, mention, seen);
    see_before(name, mention, seen);
    see_elsewhere(name, seen);
    return seen;
  }

  static std::string with(std::string_view what, size_t kind) {
    return std::string(what) + "." + to_string(static_cast<MentionKind>(kind));
  }

  static void set(Observations& seen, bool holds, const char* what) {
    if (holds) seen.emplace_back(what, 1.0F);
  }

  void see_knowledge(const Name& name, const Mention& mention, Observations& seen) const {
    const std::string_view phrase = mention.span.of(text_);
    int64_t people = -1;
    for (const knowledge::Place& place : gazetteer_.named(phrase)) people = std::max(people, place.population);
    set(seen, 0 <= people && people < kTown, "gazetteer.village");
    set(seen, kTown <= people && people < kCity, "gazetteer.town");
    set(seen, kCity <= people && people < kLargeCity, "gazetteer.city");
    set(seen, kLargeCity <= people, "gazetteer.large");
    bool state = false, adjective = false, body = false, region = false;
    for (const knowledge::Reading& reading : knowledge_.named(phrase)) {
      const bool people_of = reading.sense == Sense::kAdjective || reading.sense == Sense::kPeople;
      adjective = adjective || people_of;
      state = state || (reading.entry->kind == EntryKind::kCountry && reading.sense == Sense::kName);
      region = region || (reading.entry->kind == EntryKind::kRegion && !people_of);
      body = body || reading.entry->kind == EntryKind::kOrganization;
    }
    set(seen, state, "known.state");
    set(seen, region, "known.region");
    set(seen, adjective, "known.people");
    set(seen, body, "known.body");
    const std::string_view first = phrase.substr(0, phrase.find(' '));
    const bool given = knowledge_.gender_of(first) != 0;
    set(seen, given && name.words.size() > 1, "given.first");
    set(seen, given && name.words.size() == 1, "given.alone");
    set(seen, name.words.size() == 1 && !knowledge_.surnamed(phrase, 0).empty(), "surname.alone");
  }

  void see_words(const Name& name, const Mention& mention, Observations& seen) const {
    const size_t count = name.words.size();
    if (count > 1) {
      std::set<std::string_view> classes;
      for (const std::string& word : name.words) classes.insert(noun_class(word));
      set(seen, classes.count("body") != 0, "noun.body");
      set(seen, noun_class(name.words.back()) == "body", "noun.body.last");
      set(seen, classes.count("place") != 0, "noun.place");
      set(seen, classes.count("event") != 0, "noun.event");
    }
    const std::string_view phrase = mention.span.of(text_);
    set(seen, count == 1 && phrase.size() > 1 && knowledge::all_capitals(knowledge::fold(phrase)), "capitals");
    set(seen, std::any_of(phrase.begin(), phrase.end(), [](char c) { return base::is_ascii_digit(c); }), "digits");
    set(seen, count == 1, "words.one");
    set(seen, count == 2, "words.two");
    set(seen, count >= kLongName, "words.many");
  }

  void see_before(const Name& name, const Mention& mention, Observations& seen) const {
    const uint32_t begin = mention.span.begin;
    set(seen, begin > 0 && text_[begin - 1] == '(', "before.bracket");
    if (name.first == 0 || name.first >= words_.size()) return;
    const char mark = words_[name.first].before;
    const Word& before = words_[name.first - 1];
    const bool style = is_mere_style(before.lower) && (mark == ' ' || mark == '.');
    set(seen, style || (mark == ' ' && is_office_before(name.first)), "before.title");
    if (mark != ' ') return;
    set(seen,
        listed(" in from near at to of across around outside through within toward towards throughout ", before.lower),
        "before.in");
    set(seen, before.lower == "the", "before.the");
  }

  bool is_office_before(size_t word) const {
    size_t most = 1;
    while (most < std::min(kTitleWords, word) && words_[word - most].joined()) ++most;
    for (size_t count = most; count > 0; --count) {
      const std::string_view phrase =
          text_.substr(words_[word - count].span.begin, words_[word - 1].span.end - words_[word - count].span.begin);
      const auto role = knowledge_.role(base::lower_ascii(phrase));
      if (role && role->words == count) return role->kind == "person" && role->number != "plural";
    }
    return false;
  }

  // Means of what the reader makes of the same name elsewhere, and of longer names that hold this one word.
  void see_elsewhere(const Name& name, Observations& seen) const {
    if (name.folded.empty()) return;
    Readings others = by_name_.at(name.folded);
    others.add(analysis_.mentions[name.mention].kinds, -1);
    see_mean("same", others, seen);
    if (name.words.size() != 1) return;
    const auto longer = by_word_.find(name.words.front());
    if (longer != by_word_.end()) see_mean("longer", longer->second, seen);
  }

  static void see_mean(const char* what, const Readings& readings, Observations& seen) {
    if (readings.count == 0) return;
    seen.emplace_back(what, 1.0F);
    for (size_t kind = 0; kind < kMentionKinds; ++kind)
      seen.emplace_back(with(what, kind), static_cast<float>(readings.sum[kind] / readings.count));
  }

  std::string_view text_;
  const Analysis& analysis_;
  const knowledge::Knowledge& knowledge_;
  const knowledge::Gazetteer& gazetteer_;
  std::vector<Word> words_;
  std::vector<Name> names_;
  std::unordered_map<std::string, Readings> by_name_;  // folded
  std::unordered_map<std::string, Readings> by_word_;  // of names of several words
};

}  // namespace

bool is_weekday(std::string_view lower) { return noun_class(lower) == "weekday"; }

bool is_month(std::string_view lower) { return noun_class(lower) == "month"; }

std::vector<std::pair<size_t, Observations>> observe_names(std::string_view text, const Analysis& analysis,
                                                           const knowledge::Knowledge& knowledge,
                                                           const knowledge::Gazetteer& gazetteer) {
  std::vector<std::pair<size_t, Observations>> all;
  Observer(text, analysis, knowledge, gazetteer).observe([&](size_t m, Observations seen) {
    all.emplace_back(m, std::move(seen));
  });
  return all;
}

void settle_kinds(std::string_view text, const knowledge::Knowledge& knowledge, const knowledge::Gazetteer& gazetteer,
                  Analysis& analysis) {
  std::vector<std::pair<size_t, MentionKind>> settled;
  Observer(text, analysis, knowledge, gazetteer).observe([&](size_t m, const Observations& seen) {
    Kinds score{};
    for (const auto& [what, value] : seen) {
      const auto row = weights().find(what);
      if (row == weights().end()) continue;
      for (size_t kind = 0; kind < kMentionKinds; ++kind) score[kind] += row->second[kind] * value;
    }
    const auto best = static_cast<MentionKind>(std::max_element(score.begin(), score.end()) - score.begin());
    if (best != analysis.mentions[m].kind) settled.emplace_back(m, best);
  });
  std::map<Span, std::pair<MentionKind, MentionKind>> changed;  // head → from, to
  for (const auto& [m, kind] : settled) {
    changed.emplace(analysis.mentions[m].head, std::pair(analysis.mentions[m].kind, kind));
    analysis.mentions[m].kind = kind;
  }
  for (Mention& mention : analysis.mentions) {
    const auto found = changed.find(mention.head);
    if (found == changed.end() || mention.is_read_as_name() || mention.form != Form::kName) continue;
    if (mention.kind == found->second.first) mention.kind = found->second.second;
  }
}

}  // namespace dragoman::linking
