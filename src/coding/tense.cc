// SPDX-License-Identifier: Apache-2.0
#include "coding/tense.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "coding/phrases.h"

namespace dragoman::coding {
namespace {

constexpr std::string_view kPunctuation = ",;:()\n\"";
constexpr size_t kReach = 14;  // words

template <size_t N>
bool in(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

constexpr std::string_view kModals[] = {"will", "shall", "must", "won't", "he'll", "she'll", "they'll", "we'll"};
// "is to meet", "are due to meet", "plans to meet"; not "was to meet".
constexpr std::string_view kAhead[] = {"is",      "are",       "plans",   "plan",  "due",    "expected", "set",
                                       "hopes",   "scheduled", "intends", "hope",  "intend", "slated",   "poised",
                                       "expects", "expect",    "aims",    "wants", "ready",  "preparing"};
constexpr std::string_view kWas[] = {"was", "were", "had", "been"};
// The present of a timetable: "the ceasefire expires on Friday".
constexpr std::string_view kTimetable[] = {"expires", "expire", "begins", "starts", "opens", "convenes", "runs", "run"};
// Pasts that do not end in -ed and that news tells much with.
constexpr std::string_view kPasts[] = {
    "said",   "told", "met",   "went",  "came",   "took",   "made",      "gave",   "held", "began",
    "won",    "left", "sent",  "shot",  "fought", "sought", "brought",   "bought", "led",  "fled",
    "rose",   "fell", "broke", "spoke", "wrote",  "drove",  "withdrew",  "flew",   "saw",  "ran",
    "swore",  "was",  "were",  "had",   "has",    "did",    "found",     "lost",   "kept", "became",
    "struck", "knew", "stood", "got",   "grew",   "threw",  "overthrew", "paid",   "laid"};
constexpr std::string_view kPassive[] = {"be", "being", "get", "have"};
constexpr std::string_view kUntil[] = {"by", "until", "till", "before"};
constexpr std::string_view kSetTerm[] = {
    "must",   "demanded", "demands",    "demanding",   "ordered", "orders",   "urged",    "urges",
    "asked",  "asks",     "gave",       "gives",       "given",   "told",     "called",   "calls",
    "vowed",  "vows",     "threatened", "threatens",   "warned",  "warns",    "deadline", "ultimatum",
    "agreed", "promised", "pledged",    "threatening", "wants",   "required", "requires", "instructed"};

/// The words of the clause before and behind the expression, without an article or preposition beside it.
std::vector<std::string> words_before(std::string_view text, Span sentence, Span expression) {
  std::string_view head = Span{sentence.begin, expression.begin}.of(text);
  const size_t mark = head.find_last_of(kPunctuation);
  return terms_of(mark == std::string_view::npos ? head : head.substr(mark + 1));
}

std::vector<std::string> words_behind(std::string_view text, Span sentence, Span expression) {
  std::string_view rest = Span{expression.end, std::max(expression.end, sentence.end)}.of(text);
  if (!rest.empty() && rest.front() == ',') rest.remove_prefix(1);
  return terms_of(rest.substr(0, rest.find_first_of(kPunctuation)));
}

/// What the verb form at `at` tells; none if it is no such form.
std::optional<Tense> tense_at(const std::vector<std::string>& words, size_t at) {
  const std::string& word = words[at];
  const auto next_is = [&](std::string_view form) { return at + 1 < words.size() && words[at + 1] == form; };
  if (in(kModals, word) || in(kTimetable, word)) return Tense::kFuture;
  if (word == "would") return next_is("have") ? Tense::kPast : Tense::kFutureInPast;
  if (word == "to" && at > 0) {
    const size_t before = at - 1;
    if (in(kWas, words[before])) return Tense::kFutureInPast;
    if (!in(kAhead, words[before])) return std::nullopt;
    return before > 0 && in(kWas, words[before - 1]) ? Tense::kFutureInPast : Tense::kFuture;
  }
  const bool regular = word.size() > 4 && word.ends_with("ed") && !(next_is("to") && in(kAhead, word)) &&
                       (at == 0 || !in(kPassive, words[at - 1]));
  if (regular || in(kPasts, word)) return Tense::kPast;
  return std::nullopt;
}

/// "set elections for May 25", "put the talks off until Monday".
bool is_set_for(const std::vector<std::string>& before) {
  static constexpr std::string_view kSet[] = {"set",    "sets",      "fixed",     "scheduled", "planned", "called",
                                              "slated", "postponed", "delayed",   "booked",    "due",     "rescheduled",
                                              "billed", "adjourned", "announced", "schedule",  "plans",   "put"};
  if (before.empty() || (before.back() != "for" && before.back() != "until" && before.back() != "till")) return false;
  return std::any_of(before.begin(), before.end(), [](const std::string& word) { return in(kSet, word); });
}

/// "demanded that they leave by Friday", "gave them until Friday to leave": a term is set.
bool is_term(const std::vector<std::string>& before, std::string_view text, Span sentence, Span expression) {
  if (before.empty() || !in(kUntil, before.back())) return false;
  const std::vector<std::string> all = terms_of(Span{sentence.begin, expression.begin}.of(text));
  return std::any_of(all.begin(), all.end(), [](const std::string& word) { return in(kSetTerm, word); });
}

}  // namespace

Tense tense_of(std::string_view text, Span sentence, Span expression) {
  const std::vector<std::string> before = words_before(text, sentence, expression);
  if (is_term(before, text, sentence, expression) || is_set_for(before)) return Tense::kFuture;
  for (size_t at = before.size(), left = kReach; at-- > 0 && left-- > 0;) {
    if (const auto tense = tense_at(before, at)) return *tense;
  }
  // Only an expression that begins the clause is told of by the verb behind it: "On Friday the two will meet".
  constexpr size_t kPreposition = 1;
  if (before.size() > kPreposition) return Tense::kPast;
  const std::vector<std::string> behind = words_behind(text, sentence, expression);
  for (size_t at = 0; at < std::min(behind.size(), kReach); ++at) {
    if (const auto tense = tense_at(behind, at)) return *tense;
  }
  return Tense::kPast;
}

}  // namespace dragoman::coding
