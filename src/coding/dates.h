// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "coding/time_words.h"
#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "dragoman/date.h"
#include "dragoman/error.h"
#include "dragoman/event.h"
#include "dragoman/span.h"

namespace dragoman::coding {

/// What the words of a time expression say before they are set against a day: "Tuesday", "24 March",
/// "last week", "two days earlier". Unset fields are not told.
struct DateExpression {
  using Unit = TimeUnit;
  enum class Frame : uint8_t {
    kPlain,  ///< "Monday", "24 March", "2014"
    kThis,   ///< "this week", "today"
    kLast,   ///< "last Monday", "yesterday" has an offset instead
    kNext,
    kPast,        ///< "the past two weeks": a stretch up to the reference; "past Monday": the nearest
    kComing,      ///< "the next three months": a stretch from the day after the reference; "the coming Monday"
    kWithin,      ///< "within three weeks": a stretch from the reference
    kRest,        ///< "the rest of the year": from the reference to the end of its unit
    kToDate,      ///< "the year to date": from the beginning of the unit to the reference
    kOffset,      ///< "three days ago", "yesterday", "in two weeks": `amount` units from the reference
    kTextOffset,  ///< "two days earlier", "the following month": from the date told before it
    kSet          ///< "every Monday", "each year": no date, but again and again
  };

  Span span;
  Frame frame = Frame::kPlain;
  Unit unit = Unit::kNone;  ///< precision of what is told
  int amount = 0;           ///< signed for kOffset and kTextOffset, length for kPast, kComing and kWithin
  std::optional<int> year;
  std::optional<unsigned> month;    ///< 1..12
  std::optional<unsigned> day;      ///< 1..31; with the unit kWeek, a day of that week
  std::optional<unsigned> weekday;  ///< 1 Monday .. 7
  int nth = 0;  ///< weekday or week of its month or year: "the first Friday of May"; -1 the last. With an `amount`, so
                ///< many units: "the first three months of 2021"
  int months = 0;                      ///< of an offset in days, besides them, signed: "one month and 21 days ago"
  std::optional<unsigned> season;      ///< 0 spring, 1 summer, 2 autumn, 3 winter (of the north)
  std::optional<unsigned> quarter;     ///< 1..4
  std::optional<unsigned> half;        ///< of a year, 1..2
  std::optional<int> end_year;         ///< "2015-16": 2016
  std::optional<unsigned> end_day;     ///< "3-5 March": 5
  std::optional<DayRule> holiday;      ///< "Easter Monday"
  std::vector<DateExpression> anchor;  ///< the day that an offset counts from, if told: "two weeks before Christmas"
  std::vector<DateExpression> ends;    ///< first and last of a stretch told by two dates: "from May 2019 to 3 June"

  /// Value where it can be told without guessing: absolute ones always, relative ones given a reference.
  std::optional<Date> date;
};

/// Reads data/time and finds time expressions. Const, shared by threads.
class DateReader {
 public:
  /// `data` is the knowledge folder. Throws Failure (kKnowledge).
  static DateReader open(const std::string& data);

  /// The time expressions of the sentences in text order, resolved against `published` as the tense of the clause tells
  /// ("on Monday" = the last Monday on or before it, "will meet on Monday" = the coming one); without it relative ones
  /// have no date.
  std::vector<DateExpression> find(std::string_view text, const std::vector<Span>& sentences,
                                   const std::optional<Date>& published) const;

 private:
  TimeWords words_;
};

/// Of its value, or of the unit it names where it has none: "last week" is a week.
Precision precision_of(const DateExpression& expression);

/// The day of a date that has one.
std::optional<base::CivilDay> day_of(const std::optional<Date>& date);

/// Value of an expression seen from `reference`; `future` if its clause tells of what is to come ("will meet
/// on Monday" = the next one). `told_before`: the date that "two days earlier" counts from. None where the
/// reference is needed and missing.
std::optional<Date> resolve(const DateExpression& expression, std::optional<base::CivilDay> reference, bool future,
                            std::optional<base::CivilDay> told_before = std::nullopt);

/// When the act happened. Takes the expression of the trigger's date role, else the one of its clause that the trigger
/// most likely has, else, where the act is news and was done, the day of publication with basis "publication".
/// `text` is what all spans are of.
std::optional<Date> event_date(const Trigger& trigger, bool historical, std::string_view text, const Analysis& analysis,
                               const std::vector<DateExpression>& expressions, const std::optional<Date>& published);

/// News without a date of its own takes one that the article tells: that of another telling (an act of the same type
/// between the same parties), else of the last act before it that has a day, if that stands in the same block or the
/// article tells no other day and this one in its first sentences. Of the acts of the training articles that are dated
/// anew so, the gold has the new day in 121 cases and the day of publication in 74.
void carry_dates(std::vector<Event>& events, const std::vector<Block>& blocks);

}  // namespace dragoman::coding
