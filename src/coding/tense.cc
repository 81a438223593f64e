// SPDX-License-Identifier: Apache-2.0
#include "coding/tense.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "coding/phrases.h"

namespace dragoman::coding {
namespace {

constexpr std::string_view kPunctuation = ",;:()\n\"";
constexpr size_t kReach = 14;  // words

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
std::optional<Tense> tense_at(const TimeWords& time, const std::vector<std::string>& words, size_t at) {
  using Verb = TimeWords::Verb;
  const std::string& word = words[at];
  const auto next_is = [&](std::string_view form) { return at + 1 < words.size() && words[at + 1] == form; };
  if (time.tells(Verb::kFuture, word) || time.tells(Verb::kTimetable, word)) return Tense::kFuture;
  if (time.tells(Verb::kConditional, word)) return next_is("have") ? Tense::kPast : Tense::kFutureInPast;
  if (word == "to" && at > 0) {
    const size_t before = at - 1;
    if (time.tells(Verb::kWas, words[before])) return Tense::kFutureInPast;
    if (!time.tells(Verb::kAhead, words[before])) return std::nullopt;
    return before > 0 && time.tells(Verb::kWas, words[before - 1]) ? Tense::kFutureInPast : Tense::kFuture;
  }
  const bool regular = word.size() > 4 && word.ends_with("ed") && !(next_is("to") && time.tells(Verb::kAhead, word)) &&
                       (at == 0 || !time.tells(Verb::kPassive, words[at - 1]));
  if (regular || time.tells(Verb::kPast, word)) return Tense::kPast;
  return std::nullopt;
}

/// "demanded that they leave by Friday", "gave them until Friday to leave": a term is set. "Set elections for May 25",
/// "put the talks off until Monday": a day is.
bool is_set(const TimeWords& time, const std::vector<std::string>& before, std::string_view text, Span sentence,
            Span expression) {
  using Verb = TimeWords::Verb;
  if (before.empty()) return false;
  const std::string& last = before.back();
  const auto any = [&](Verb kind, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return time.tells(kind, word); });
  };
  if (time.tells(Verb::kUntil, last) && any(Verb::kTerm, terms_of(Span{sentence.begin, expression.begin}.of(text))))
    return true;
  return (last == "for" || last == "until" || last == "till") && any(Verb::kSet, before);
}

}  // namespace

Tense tense_of(const TimeWords& time, std::string_view text, Span sentence, Span expression) {
  const std::vector<std::string> before = words_before(text, sentence, expression);
  if (is_set(time, before, text, sentence, expression)) return Tense::kFuture;
  for (size_t at = before.size(), left = kReach; at-- > 0 && left-- > 0;) {
    if (const auto tense = tense_at(time, before, at)) return *tense;
  }
  // Only an expression that begins the clause is told of by the verb behind it: "On Friday the two will meet".
  constexpr size_t kPreposition = 1;
  if (before.size() > kPreposition) return Tense::kPast;
  const std::vector<std::string> behind = words_behind(text, sentence, expression);
  for (size_t at = 0; at < std::min(behind.size(), kReach); ++at) {
    if (const auto tense = tense_at(time, behind, at)) return *tense;
  }
  return Tense::kPast;
}

}  // namespace dragoman::coding
