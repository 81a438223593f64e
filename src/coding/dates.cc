// SPDX-License-Identifier: Apache-2.0
#include "coding/dates.h"

#include "coding/date_finder.h"
#include "coding/tense.h"

namespace dragoman::coding {
DateReader DateReader::open(const std::string& data) {
  DateReader reader;
  reader.words_ = TimeWords::open(data);
  return reader;
}

namespace {

/// Whether a text tells of years long past: then "in March" is the March of the year just told, not of the article's.
/// Nearly all years that it names lie two years or more before the reference; so texts without one.
bool tells_history(const std::vector<DateExpression>& found, const std::optional<base::CivilDay>& reference) {
  constexpr int kLong = 2, kLeast = 5, kTimes = 4;
  int old = 0, near = 0;
  for (const DateExpression& one : found)
    if (one.year) ++(!reference || *one.year <= base::year_of(*reference) - kLong ? old : near);
  return old >= kLeast && old >= kTimes * near;
}

void take_year_told(DateExpression& expression, base::CivilDay before) {
  constexpr unsigned kBack = 6;  // months; "January" after "December 1914" is the next year's
  for (DateExpression& end : expression.ends) take_year_told(end, before);
  if (expression.year || expression.frame != DateExpression::Frame::kPlain) return;
  if (!expression.month && !expression.season && !expression.holiday) return;
  const bool next = expression.month && *expression.month + kBack < base::month_of(before);
  expression.year = base::year_of(before) + (next ? 1 : 0);
}

/// "will meet on Friday" is the coming one. Of months only what is to come from today: "would begin in May" is told of
/// years past as well.
bool is_to_come(const TimeWords& words, const DateExpression& expression, std::string_view text, Span sentence) {
  if (expression.frame != DateExpression::Frame::kPlain || expression.year || !expression.ends.empty()) return false;
  const Tense tense = tense_of(words, text, sentence, expression.span);
  return tense == Tense::kFuture || (tense == Tense::kFutureInPast && expression.weekday && !expression.month);
}

/// The day that "two days later" counts from once the expression has told its date: the last day of a stretch.
std::optional<base::CivilDay> told_day(const DateExpression& expression, bool history) {
  if (!expression.date) return std::nullopt;
  // In history "this day" is hardly the day of the article.
  if (history && !expression.year && expression.frame != DateExpression::Frame::kTextOffset) return std::nullopt;
  if (!expression.ends.empty())
    return base::parse_civil_day(expression.date->value.substr(expression.date->value.find('/') + 1));
  if (expression.date->precision == Precision::kDay) return base::parse_civil_day(expression.date->value);
  if (history && expression.year) return base::civil_day(*expression.year, expression.month.value_or(1), 1);
  return std::nullopt;
}

/// What a stretch told before gives to count from, as its first day, by how finely it is told: "twelve years later"
/// counts from "1994", "the next day" does not.
class ToldBefore {
 public:
  void note(const DateExpression& expression, bool history) {
    if (const auto day = told_day(expression, history)) day_ = month_ = year_ = day;
    if (!expression.date || !expression.ends.empty()) return;
    const std::string& value = expression.date->value;
    if (expression.date->precision == Precision::kYear && value.size() == 4)
      year_ = base::parse_civil_day(value + "-01-01");
    if (expression.date->precision == Precision::kMonth && value.size() == 7)
      month_ = year_ = base::parse_civil_day(value + "-01");
    if (expression.date->precision == Precision::kSeason)  // "in the summer of 2019 and the following year"
      year_ = base::parse_civil_day(value.substr(0, 4) + "-01-01");
  }

  const std::optional<base::CivilDay>& day() const { return day_; }

  std::optional<base::CivilDay> of(TimeUnit unit) const {
    return unit == TimeUnit::kYear ? year_ : unit == TimeUnit::kMonth ? month_ : day_;
  }

 private:
  std::optional<base::CivilDay> day_, month_, year_;
};

}  // namespace

std::vector<DateExpression> DateReader::find(std::string_view text, const std::vector<Span>& sentences,
                                             const std::optional<Date>& published) const {
  std::vector<DateExpression> found;
  std::vector<bool> to_come;
  for (const Span sentence : sentences) {
    for (DateExpression& expression : find_in_sentence(words_, text, sentence)) {
      to_come.push_back(is_to_come(words_, expression, text, sentence));
      found.push_back(std::move(expression));
    }
  }
  const auto reference = day_of(published);
  const bool history = tells_history(found, reference);
  ToldBefore before;
  for (size_t i = 0; i < found.size(); ++i) {
    DateExpression& expression = found[i];
    if (history && before.day()) take_year_told(expression, *before.day());
    const bool counts = expression.frame == DateExpression::Frame::kTextOffset;
    expression.date =
        resolve(expression, reference, to_come[i] && !history, counts ? before.of(expression.unit) : before.day());
    before.note(expression, history);
  }
  return found;
}

}  // namespace dragoman::coding
