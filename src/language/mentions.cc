// SPDX-License-Identifier: Apache-2.0
#include "language/mentions.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "base/text.h"
#include "language/wordpiece.h"

namespace dragoman::language {
namespace {

template <size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  const std::string lower = base::lower_ascii(word);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

constexpr std::array<std::string_view, 35> kPronouns = {
    "he",   "she",   "it",    "they",  "we",  "i",      "you",     "him",     "her",    "them",       "us",    "me",
    "his",  "hers",  "its",   "their", "our", "my",     "your",    "who",     "whom",   "whose",      "which", "that",
    "this", "these", "those", "both",  "one", "others", "himself", "herself", "itself", "themselves", "theirs"};

// Words after which a noun phrase only goes on: its head lies before them.
constexpr std::array<std::string_view, 16> kAfterHead = {"of", "in",      "for",  "from", "at",    "on",
                                                         "to", "with",    "who",  "that", "which", "under",
                                                         "by", "against", "near", "whose"};

// Words that can be no actor by themselves.
constexpr std::array<std::string_view, 24> kEmpty = {"the",  "a",    "an",   "of",  "and",  "or",   "in",  "on",
                                                     "at",   "to",   "by",   "for", "from", "with", "as",  "s",
                                                     "some", "more", "than", "its", "his",  "her",  "our", "my"};

// Longer runs are no names but the model at a loss: a text of names alone, a foreign script.
constexpr uint32_t kLongestName = 24;  // words

// Words that a noun phrase goes on after: "prime minister", "vice president".
constexpr std::array<std::string_view, 2> kUnfinished = {"prime", "vice"};

// Words that a noun phrase does not end with: what follows them was left out ("a court in", "their land to").
constexpr std::array<std::string_view, 19> kUnending = {"a",    "an", "and",  "as",   "at",   "by", "for",
                                                        "from", "in", "into", "of",   "on",   "or", "than",
                                                        "the",  "to", "who",  "with", "which"};

// Marks that a mention neither begins nor ends with, and pairs of which it holds both or none.
constexpr std::array<std::string_view, 12> kNotFirst = {",", ".", ";",      ":",      ")", "]",
                                                        "!", "?", "\u2013", "\u2014", "/", "\u2019"};
constexpr std::array<std::string_view, 9> kNotLast = {",", ";", ":", "(", "[", "\u2013", "\u2014", "/", "\u2018"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPairs = {
    {{"(", ")"}, {"[", "]"}, {"\u201c", "\u201d"}}};

bool is_mark(std::string_view word) { return word_shape(word) == WordShape::kPunctuation; }

}  // namespace

bool is_pronoun(std::string_view word) { return among(kPronouns, word); }

bool MentionSet::adjoin(uint32_t word) const {
  return 0 < word && word < words_.size() && words_[word - 1].end == words_[word].begin;
}

bool MentionSet::is_possessive(uint32_t word) const {
  if (!adjoin(word) || words_[word].of(text_) != "s") return false;
  const std::string_view mark = words_[word - 1].of(text_);
  return mark == "'" || mark == "\u2019";
}

// "," and "000" of "85,000", "." and "S" of "U.S.", "s" of "Kim's".
bool MentionSet::is_within_token(uint32_t word) const {
  if (!adjoin(word)) return false;
  const auto is = [&](uint32_t w, WordShape shape) { return word_shape(words_[w].of(text_)) == shape; };
  const auto is_joint = [&](uint32_t joint, WordShape shape, std::string_view marks) {
    const std::string_view mark = words_[joint].of(text_);
    return joint > 0 && mark.size() == 1 && marks.find(mark) != std::string_view::npos && adjoin(joint) &&
           adjoin(joint + 1) && is(joint - 1, shape) && is(joint + 1, shape);
  };
  return (is_possessive(word) && adjoin(word - 1)) || is_joint(word, WordShape::kDigits, ",.") ||
         is_joint(word - 1, WordShape::kDigits, ",.") || is_joint(word, WordShape::kCapital, ".") ||
         is_joint(word - 1, WordShape::kCapital, ".");
}

std::pair<uint32_t, uint32_t> MentionSet::whole_tokens(uint32_t first, uint32_t last) const {
  while (first > 0 && is_within_token(first)) --first;
  while (is_within_token(last)) ++last;
  return {first, last};
}

std::pair<uint32_t, uint32_t> MentionSet::whole_words(uint32_t first, uint32_t last) const {
  const auto is_hyphen = [&](uint32_t word) {
    const std::string_view mark = words_[word].of(text_);
    return mark == "-" || mark == "\u2010" || mark == "\u2011";
  };
  if (last - first > 1 && is_hyphen(last - 1)) --last;
  while (adjoin(last) && is_hyphen(last) && adjoin(last + 1)) last += 2;
  return whole_tokens(first, last);
}

MentionSet::Place MentionSet::whole(Place place) const {
  if (place.last > words_.size()) return place;
  const auto word = [&](uint32_t w) { return words_[w].of(text_); };
  const auto lacks = [&](std::string_view mark) {
    for (uint32_t w = place.first; w < place.last; ++w) {
      if (word(w) == mark) return false;
    }
    return true;
  };
  const auto is_half = [&](std::string_view mark) {  // of a pair whose other half is not here
    return std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
      return (mark == pair.first && lacks(pair.second)) || (mark == pair.second && lacks(pair.first));
    });
  };
  const Place given = place;
  for (bool changed = true; changed && place.last - place.first > 1;) {
    changed = true;
    const std::string_view begin = word(place.first), end = word(place.last - 1);
    if (adjoin(place.first) && is_possessive(place.first + 1) && place.last - place.first > 2) {
      place.first += 2;
    } else if (is_possessive(place.last)) {
      --place.last;
    } else if (is_within_token(place.first) || is_within_token(place.last)) {
      break;
    } else if (among(kNotFirst, begin) || is_half(begin)) {
      ++place.first;
    } else if (among(kNotLast, end) || is_half(end)) {
      --place.last;
    } else {
      changed = false;
    }
  }
  std::tie(place.first, place.last) = whole_tokens(place.first, place.last);
  const bool marks_alone = place.last - place.first == 1 && is_mark(word(place.first));
  return marks_alone ? given : place;
}

MentionSet::Place MentionSet::finished(Place place) const {
  auto [first, last] = whole(place);
  while (first < last && last < words_.size()) {
    const std::string_view word = words_[last - 1].of(text_);
    const bool joined = words_[last].begin == words_[last - 1].end;  // "Secretary-" of "Secretary-General"
    const bool hyphen = word == "-" && joined && last - first > 1;
    const bool spaced = words_[last].begin == words_[last - 1].end + 1 && text_[words_[last - 1].end] == ' ';
    const bool goes_on = spaced && among(kUnfinished, word) && !is_mark(words_[last].of(text_));
    if (!hyphen && !goes_on) break;
    ++last;
  }
  // Of nothing but such words all stay.
  for (uint32_t end = last; end > first; --end) {
    if (!among(kUnending, words_[end - 1].of(text_))) return {first, end};
  }
  return {first, last};
}

void MentionSet::add_name(const ChosenName& name) {
  const Place place = whole({name.first, name.last});
  if (place.last - place.first > kLongestName) return;
  const uint32_t head = place.last - 1;
  Found found{{span(place.first, place.last), words_[head], Form::kName, name.kind, name.score, name.kinds}, head};
  found_.insert_or_assign(place, found);
}

void MentionSet::add_head(uint32_t first, uint32_t last, uint32_t head, MentionKind kind, Form form, float score) {
  const Place place = finished({first, last});
  first = std::min(place.first, head);
  last = std::max(place.last, head + 1);
  if (last - first > kLongestMention) return;
  turning_.insert(head);
  if (is_pronoun(words_[head].of(text_)) && last == first + 1) form = Form::kPronoun;
  found_.try_emplace({first, last}, Found{{span(first, last), words_[head], form, kind, score}, head});
}

void MentionSet::add_filler(uint32_t first, uint32_t last, float score) {
  const Place place = finished({first, last});
  if (place.last - place.first > kLongestMention) return;
  float& best = fillers_[place];
  best = std::max(best, score);
}

std::optional<std::pair<uint32_t, uint32_t>> MentionSet::snap(uint32_t first, uint32_t last) const {
  const Place all = finished({first, last});
  first = all.first;
  last = all.last;
  if (found_.count({first, last}) != 0) return std::pair(first, last);
  bool full = false;
  for (uint32_t w = first; w < last; ++w) {
    const std::string_view word = words_[w].of(text_);
    full = full || !(is_mark(word) || among(kEmpty, word));
  }
  // "covered" of "a covered market": no word that a mention turns on is in it.
  const bool headed = std::any_of(found_.begin(), found_.end(),
                                  [&](const auto& one) { return first <= one.second.head && one.second.head < last; });
  std::optional<std::pair<uint32_t, uint32_t>> around;
  // Mentions that begin at or before `first`; none is longer than a sentence, so a few dozen words back are enough.
  constexpr uint32_t kBack = 60;
  const auto from = found_.lower_bound({first > kBack ? first - kBack : 0, 0});
  for (auto at = from; at != found_.end() && at->first.first <= first; ++at) {
    const Place& place = at->first;
    if (place.last < last || (full && headed && at->second.mention.form != Form::kName)) continue;
    if (full && place.last - place.first > 8) continue;  // a name with its description, not a name
    if (!around || place.last - place.first < around->second - around->first)
      around = std::pair(place.first, place.last);
  }
  if (around || !full) return around;
  return std::pair(first, last);
}

uint32_t MentionSet::likely_head(const Place& place) const {
  for (uint32_t w = place.first + 1; w < place.last; ++w) {
    const std::string_view word = words_[w].of(text_);
    if (word == "," || word == "(" || among(kAfterHead, word)) return w - 1;
  }
  return place.last - 1;
}

void MentionSet::settle(const Place& place, float score) {
  if (found_.count(place) != 0) return;
  Found made{{span(place.first, place.last), {}, Form::kNominal, MentionKind::kOther, score}, likely_head(place)};
  // The longest mention within, by its head, tells what the whole is.
  uint32_t longest = 0;
  for (auto at = found_.lower_bound({place.first, 0}); at != found_.end() && at->first.first < place.last; ++at) {
    if (at->first.last > place.last || at->second.mention.form == Form::kPronoun) continue;
    const uint32_t length = at->first.last - at->first.first;
    const bool at_head = at->first.first <= made.head && made.head < at->first.last;
    if (at_head && length > longest) {
      longest = length;
      made.mention.form = at->second.mention.form;
      made.mention.kind = at->second.mention.kind;
      made.head = at->second.head;
    }
  }
  if (place.last == place.first + 1 && is_pronoun(words_[place.first].of(text_))) made.mention.form = Form::kPronoun;
  made.mention.head = words_[made.head];
  found_.emplace(place, made);
}

std::vector<Mention> MentionSet::take() {
  for (const auto& [place, score] : fillers_) settle(place, score);
  std::vector<Mention> mentions;
  for (const auto& [place, found] : found_) mentions.push_back(found.mention);
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  return mentions;
}

std::vector<uint32_t> MentionSet::turning_words(const std::vector<Mention>& mentions) const {
  const auto word_at = [&](uint32_t byte) {
    const auto after = std::upper_bound(words_.begin(), words_.end(), byte,
                                        [](uint32_t b, const Span& word) { return b < word.begin; });
    return static_cast<uint32_t>(after - words_.begin()) - 1;
  };
  std::vector<uint32_t> turning;
  for (const Mention& mention : mentions) {
    turning.push_back(word_at(mention.head.begin));
    if (mention.form != Form::kName) continue;
    const auto first = turning_.lower_bound(word_at(mention.span.begin));
    if (first != turning_.end() && *first < turning.back()) turning.back() = *first;
  }
  return turning;
}

}  // namespace dragoman::language
