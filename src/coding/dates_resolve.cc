// SPDX-License-Identifier: Apache-2.0
#include "coding/dates.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"

namespace dragoman::coding {
namespace {

using base::CivilDay;
using std::chrono::days;
using Frame = DateExpression::Frame;
using Unit = DateExpression::Unit;

std::string range(const std::string& from, const std::string& to) { return from + "/" + to; }

/// A value of the unit that holds `day`: its ISO week, month, quarter, year, decade.
Date period(Unit unit, CivilDay day) {
  const int year = base::year_of(day);
  switch (unit) {
    case Unit::kWeek:
      return {range(base::to_iso(base::week_start(day)), base::to_iso(base::week_start(day) + days(6))),
              Precision::kWeek,
              "text",
              {}};
    case Unit::kWeekend:
      return {range(base::to_iso(base::week_start(day) + days(5)), base::to_iso(base::week_start(day) + days(6))),
              Precision::kRange,
              "text",
              {}};
    case Unit::kMonth: return {base::to_iso_month(year, base::month_of(day)), Precision::kMonth, "text", {}};
    case Unit::kQuarter: {
      const unsigned first = (base::month_of(day) - 1) / 3 * 3 + 1;
      return {
          range(base::to_iso_month(year, first), base::to_iso_month(year, first + 2)), Precision::kRange, "text", {}};
    }
    case Unit::kHalf: {
      const unsigned first = base::month_of(day) <= 6 ? 1 : 7;
      return {
          range(base::to_iso_month(year, first), base::to_iso_month(year, first + 5)), Precision::kRange, "text", {}};
    }
    case Unit::kYear: return {base::to_iso_year(year), Precision::kYear, "text", {}};
    case Unit::kDecade:
      return {range(base::to_iso_year(year / 10 * 10), base::to_iso_year(year / 10 * 10 + 9)),
              Precision::kDecade,
              "text",
              {}};
    case Unit::kCentury: {
      const int first = year / 100 * 100;
      return {range(base::to_iso_year(first), base::to_iso_year(first + 99)), Precision::kRange, "text", {}};
    }
    default: return {base::to_iso(day), Precision::kDay, "text", {}};
  }
}

/// The day `amount` units away.
CivilDay moved(CivilDay day, Unit unit, int amount) {
  switch (unit) {
    case Unit::kWeek:
    case Unit::kWeekend: return day + days(7 * amount);
    case Unit::kMonth: return base::add_months(day, amount);
    case Unit::kQuarter: return base::add_months(day, 3 * amount);
    case Unit::kHalf: return base::add_months(day, 6 * amount);
    case Unit::kYear: return base::add_months(day, 12 * amount);
    case Unit::kDecade: return base::add_months(day, 120 * amount);
    case Unit::kCentury: return base::add_months(day, 1200 * amount);
    default: return day + days(amount);
  }
}

/// Months of a season of the north as "2019-03/2019-05"; winter 2019 begins in December 2019.
Date season_of(unsigned season, int year) {
  const unsigned first = 3 + 3 * season;
  const bool winter = season == 3;
  return {range(base::to_iso_month(year, first), base::to_iso_month(winter ? year + 1 : year, winter ? 2 : first + 2)),
          Precision::kSeason,
          "text",
          {}};
}

/// Year of a day or month told without one; `day_in(year)` is it in a year. News speaks of what is near: up to a
/// quarter ahead or the rest of a year back; in the future frame up to a year ahead.
template <typename DayIn>
int near_year(const DayIn& day_in, CivilDay reference, bool future, std::optional<unsigned> whole_month) {
  const int year = base::year_of(reference);
  int best = year;
  long best_gap = 100000;
  for (int y = year - 1; y <= year + 1; ++y) {
    const std::optional<CivilDay> candidate = day_in(y);
    if (!candidate) continue;
    long gap = (*candidate - reference).count();
    if (whole_month && y == year && base::month_of(reference) == *whole_month) gap = 0;
    // A quarter ahead weighs like a year back: 25 January seen from 20 December is the coming one. Where the
    // clause tells of what is to come, only the month just past is nearer than the coming year's.
    const long wrong_way = future ? 12 : 4;
    const long weight = gap == 0 ? 0 : (gap > 0) == future ? std::labs(gap) : std::labs(gap) * wrong_way;
    if (weight < best_gap) {
      best_gap = weight;
      best = y;
    }
  }
  return best;
}

int near_year(unsigned month, unsigned day, CivilDay reference, bool future, bool whole_month) {
  return near_year([&](int year) { return base::civil_day(year, month, day); }, reference, future,
                   whole_month ? std::optional(month) : std::nullopt);
}

/// The year that "last year", "this year", "next year" are.
int framed_year(Frame frame, CivilDay reference) {
  return base::year_of(reference) + (frame == Frame::kLast ? -1 : frame == Frame::kNext ? 1 : 0);
}

/// "last Monday" and "next Monday" are those of the week before and after where the one of this week is so near
/// that its bare name would tell it.
Date resolve_weekday(const DateExpression& expression, CivilDay reference, bool future) {
  constexpr int kNear = 3;  // days
  const auto wanted = static_cast<int>(*expression.weekday);
  const auto today = static_cast<int>(base::weekday_of(reference));
  const int back = (today - wanted + 7) % 7, ahead = (wanted - today + 7) % 7;
  const int before = back == 0 ? -7 : -back, after = ahead == 0 ? 7 : ahead;
  const bool of_this_week = std::labs(wanted - today) <= kNear && wanted != today;
  int offset = future ? ahead : -back;
  if (expression.frame == Frame::kOffset)  // two Sundays from now
    offset = expression.amount > 0 ? after + 7 * (expression.amount - 1) : before + 7 * (expression.amount + 1);
  else if (expression.amount == 1)  // Monday last week, Monday next week
    offset = wanted - today + (expression.frame == Frame::kLast ? -7 : expression.frame == Frame::kNext ? 7 : 0);
  else if (expression.frame == Frame::kLast)
    offset = before - (of_this_week && wanted < today ? 7 : 0);
  else if (expression.frame == Frame::kNext)
    offset = after + (of_this_week && wanted > today ? 7 : 0);
  else if (expression.frame == Frame::kPast)
    offset = before;
  else if (expression.frame == Frame::kComing)
    offset = after;
  else if (expression.frame == Frame::kThis)
    offset = wanted - today;
  return {base::to_iso(reference + days(offset)), Precision::kDay, "text", {}};
}

std::optional<Date> resolve_calendar(const DateExpression& e, std::optional<CivilDay> reference, bool future) {
  std::optional<int> year = e.year;
  if (!year && reference) {
    const int now = base::year_of(*reference);
    if (e.frame == Frame::kLast && !e.quarter && !e.half) {
      year = e.month && base::month_of(*reference) > *e.month && !e.day ? now : now - 1;
      if (e.unit != Unit::kMonth && e.unit != Unit::kDay) year = now - 1;
    } else if (e.frame == Frame::kLast) {
      year = now - 1;
    } else if (e.frame == Frame::kNext) {
      year = e.month && base::month_of(*reference) < *e.month ? now : now + 1;
    } else if (e.quarter && e.frame == Frame::kPlain) {
      year = near_year(*e.quarter * 3 - 1, 15, *reference, future, false);
    } else if (e.frame == Frame::kThis || !e.month) {
      year = now;
    } else {
      year = near_year(*e.month, e.day.value_or(15), *reference, future, !e.day);
    }
  }
  if (!year) return std::nullopt;
  if (e.quarter) return period(Unit::kQuarter, *base::civil_day(*year, *e.quarter * 3, 1));
  if (e.half) return period(Unit::kHalf, *base::civil_day(*year, *e.half * 6, 1));
  if (e.month && e.day) {
    const auto day = base::civil_day(*year, *e.month, *e.day);
    if (!day) return std::nullopt;
    if (e.end_day) {
      const auto end = base::civil_day(*year, *e.month, *e.end_day);
      if (end) return Date{range(base::to_iso(*day), base::to_iso(*end)), Precision::kRange, "text", {}};
    }
    if (e.unit == Unit::kWeek) return period(Unit::kWeek, *day);  // the week of 10 April
    return Date{base::to_iso(*day), Precision::kDay, "text", {}};
  }
  if (e.month) return Date{base::to_iso_month(*year, *e.month), Precision::kMonth, "text", {}};
  if (e.season) return season_of(*e.season, *year);
  if (e.end_year)
    return Date{range(base::to_iso_year(*year), base::to_iso_year(*e.end_year)), Precision::kRange, "text", {}};
  const auto first = base::civil_day(*year, 1, 1);
  return first ? std::optional(period(e.unit, *first)) : std::nullopt;
}

/// Monday of the first week of the month or year that begins on the day: it has that week's Thursday, as in ISO 8601.
CivilDay first_week(CivilDay first) {
  constexpr int kThursday = 3;  // days after Monday
  const CivilDay week = base::week_start(first);
  return week + days(kThursday) < first ? week + days(7) : week;
}

/// "the first week of July", "the last week of 2015", "week 31".
std::optional<Date> nth_week(const DateExpression& e, std::optional<CivilDay> reference, bool future) {
  if (!e.year && !reference) return std::nullopt;
  int year = e.year.value_or(0);
  unsigned first_month = e.month.value_or(1), last_month = e.month.value_or(12);
  if (!e.year) {
    year = framed_year(e.frame, *reference);
    if (e.month && e.frame == Frame::kPlain) year = near_year(*e.month, 15, *reference, future, true);
    if (!e.month && e.amount == 1) {  // of this, last or next month
      const CivilDay month =
          base::add_months(*base::civil_day(base::year_of(*reference), base::month_of(*reference), 1),
                           framed_year(e.frame, *reference) - base::year_of(*reference));
      year = base::year_of(month);
      first_month = last_month = base::month_of(month);
    }
  }
  const auto first = base::civil_day(year, first_month, 1);
  if (!first) return std::nullopt;
  const CivilDay last = base::month_end(year, last_month);
  const CivilDay end = first_week(last + days(1)) - days(7);
  const CivilDay week = e.nth < 0 ? end : first_week(*first) + days(7 * (e.nth - 1));
  return week > end ? std::nullopt : std::optional(period(Unit::kWeek, week));
}

/// "last Easter" is the latest one that is over, "last year's Easter" that of the year before.
int holiday_year(const DateExpression& e, CivilDay reference, bool future) {
  const int now = base::year_of(reference);
  if (e.frame == Frame::kPlain)
    return near_year([&](int year) { return std::optional(e.holiday->in(year)); }, reference, future, std::nullopt);
  if (e.amount == 1 || e.frame == Frame::kThis) return framed_year(e.frame, reference);
  const CivilDay day = e.holiday->in(now);
  if (e.frame == Frame::kLast) return day < reference ? now : now - 1;
  return day > reference ? now : now + 1;
}

/// "the first three months of 2021", "the last ten days of May".
std::optional<Date> units_of(const DateExpression& e, std::optional<CivilDay> reference, bool future) {
  if (!e.year && !reference) return std::nullopt;
  int year = e.year ? *e.year : framed_year(e.frame, *reference);
  if (!e.year && e.month && e.frame == Frame::kPlain) year = near_year(*e.month, 15, *reference, future, true);
  const auto begin = base::civil_day(year, e.month.value_or(1), 1);
  if (!begin) return std::nullopt;
  CivilDay start = *begin, after = base::month_end(year, e.month.value_or(12)) + days(1);
  if (e.unit == Unit::kWeek) start = first_week(start), after = first_week(after);
  const CivilDay first = e.nth > 0 ? start : moved(after, e.unit, -e.amount);
  const CivilDay last = (e.nth > 0 ? moved(start, e.unit, e.amount) : after) - days(1);
  if (e.unit == Unit::kMonth)
    return Date{range(base::to_iso_month(year, base::month_of(first)), base::to_iso_month(year, base::month_of(last))),
                Precision::kRange,
                "text",
                {}};
  return Date{range(base::to_iso(first), base::to_iso(last)), Precision::kRange, "text", {}};
}

/// "Christmas", "Good Friday 2015", "last Thanksgiving".
std::optional<Date> holiday_of(const DateExpression& e, std::optional<CivilDay> reference, bool future) {
  const auto day_in = [&](int year) { return std::optional(e.holiday->in(year)); };
  std::optional<int> year = e.year;
  if (!year && reference) year = holiday_year(e, *reference, future);
  if (!year) return std::nullopt;
  const CivilDay day = *day_in(*year);
  constexpr unsigned kMonday = 1;  // its weekend is the one before
  if (e.unit == Unit::kWeekend) return period(Unit::kWeekend, base::weekday_of(day) == kMonday ? day - days(1) : day);
  return Date{base::to_iso(day), Precision::kDay, "text", {}};
}

std::optional<Date> value_of(const DateExpression& e, std::optional<CivilDay> reference, bool future,
                             std::optional<CivilDay> told_before);

std::string first_of(const std::string& value) { return value.substr(0, value.find('/')); }
std::string last_of(const std::string& value) { return value.substr(value.find('/') + 1); }

/// "from Monday to Friday", "from Nov to March": an end that would lie before the beginning is of the next week or
/// year.
std::optional<Date> between_ends(const DateExpression& e, std::optional<CivilDay> reference, bool future,
                                 std::optional<CivilDay> told_before) {
  const DateExpression& from = e.ends.front();
  DateExpression to = e.ends.back();
  const auto first = value_of(from, reference, future, told_before);
  if (!first) return std::nullopt;
  auto last = value_of(to, reference, future, base::parse_civil_day(first_of(first->value)));
  if (!last) return std::nullopt;
  const std::string begin = first_of(first->value);
  const auto from_day = base::parse_civil_day(begin);
  if (to.weekday && to.nth == 0 && to.frame == Frame::kPlain && !to.day && from_day) {
    const int ahead = static_cast<int>((*to.weekday + 7 - base::weekday_of(*from_day)) % 7);
    last = Date{base::to_iso(*from_day + days(ahead)), Precision::kDay, "text", {}};
  } else if (last_of(last->value) < begin && to.month && !to.year) {
    to.year = std::stoi(last->value.substr(0, 4)) + 1;
    last = value_of(to, reference, future, std::nullopt);
  }
  if (!last || last_of(last->value) < begin) return std::nullopt;
  return Date{range(begin, last_of(last->value)), Precision::kRange, "text", {}};
}

/// Last, this or next season: the one that is over, is on, or comes.
std::optional<Date> resolve_season(const DateExpression& e, CivilDay reference) {
  const int year = base::year_of(reference);
  const unsigned first = 3 + 3 * *e.season;
  const unsigned month = base::month_of(reference);
  if (e.frame == Frame::kLast) return season_of(*e.season, month > first + 2 ? year : year - 1);
  if (e.frame == Frame::kNext) return season_of(*e.season, month < first ? year : year + 1);
  return season_of(*e.season, *e.season == 3 && month <= 2 ? year - 1 : year);
}

/// "the first Friday of July", "the last Monday in May".
std::optional<Date> nth_weekday(DateExpression e, std::optional<CivilDay> reference, bool future) {
  std::optional<int> year = e.year;
  if (!e.month) {  // of this, last or next month
    if (!reference) return std::nullopt;
    const int months = e.frame == Frame::kLast ? -1 : e.frame == Frame::kNext ? 1 : 0;
    const CivilDay first = *base::civil_day(base::year_of(*reference), base::month_of(*reference), 1);
    year = base::year_of(base::add_months(first, months));
    e.month = base::month_of(base::add_months(first, months));
  }
  if (!year && reference && e.frame == Frame::kPlain) year = near_year(*e.month, 15, *reference, future, true);
  if (!year && reference)
    year = base::year_of(*reference) + (e.frame == Frame::kLast ? -1 : e.frame == Frame::kNext ? 1 : 0);
  const auto first = year ? base::civil_day(*year, *e.month, 1) : std::nullopt;
  if (!first) return std::nullopt;
  const CivilDay last = base::month_end(*year, *e.month);
  const auto gap = [](unsigned from, unsigned to) { return static_cast<int>((to + 7 - from) % 7); };
  const CivilDay day = e.nth < 0 ? last - days(gap(*e.weekday, base::weekday_of(last)))
                                 : *first + days(gap(base::weekday_of(*first), *e.weekday) + 7 * (e.nth - 1));
  if (day > last) return std::nullopt;
  return Date{base::to_iso(day), Precision::kDay, "text", {}};
}

/// "the 27th": of the reference's month or the last one before that has the day; of the coming one in the future.
/// "Friday the 15th": of the nearest month in which that day is a Friday.
std::optional<Date> day_alone(const DateExpression& e, CivilDay reference, bool future) {
  const CivilDay month = *base::civil_day(base::year_of(reference), base::month_of(reference), 1);
  const auto in_month = [&](int away, unsigned day) {
    const CivilDay first = base::add_months(month, away);
    return base::civil_day(base::year_of(first), base::month_of(first), day);
  };
  std::optional<CivilDay> day;
  if (e.frame == Frame::kLast || e.frame == Frame::kNext || e.frame == Frame::kThis) {
    day = in_month(framed_year(e.frame, reference) - base::year_of(reference), *e.day);
  } else {
    constexpr int kYear = 12;  // months
    for (int back = 0; back <= kYear && !day; ++back) {
      for (const int away : {future ? back : -back, future ? -back : back}) {
        const auto one = in_month(away, *e.day);
        const bool fits = one && (e.weekday ? base::weekday_of(*one) == *e.weekday
                                  : future  ? *one >= reference
                                            : *one <= reference);
        if (fits && !day) day = one;
      }
    }
  }
  if (day && e.unit == Unit::kWeek) return period(Unit::kWeek, *day);
  const auto end =
      day && e.end_day ? base::civil_day(base::year_of(*day), base::month_of(*day), *e.end_day) : std::nullopt;
  if (day && end) return Date{range(base::to_iso(*day), base::to_iso(*end)), Precision::kRange, "text", {}};
  return day ? std::optional(Date{base::to_iso(*day), Precision::kDay, "text", {}}) : std::nullopt;
}

Date stretch(CivilDay first, CivilDay last) {
  return {range(base::to_iso(first), base::to_iso(last)), Precision::kRange, "text", {}};
}

/// Last day of the unit that holds `day`.
CivilDay end_of(Unit unit, CivilDay day) {
  CivilDay end = day;
  const std::string value = period(unit, day).value;
  while (period(unit, end + days(1)).value == value) end += days(1);
  return end;
}

CivilDay begin_of(Unit unit, CivilDay day) {
  CivilDay begin = day;
  const std::string value = period(unit, day).value;
  while (period(unit, begin - days(1)).value == value) begin -= days(1);
  return begin;
}

/// From the quarter of one day to that of another: "the last two quarters" are whole ones.
Date quarters(CivilDay first, CivilDay last) {
  return {range(first_of(period(Unit::kQuarter, first).value), last_of(period(Unit::kQuarter, last).value)),
          Precision::kRange,
          "text",
          {}};
}

/// "two weeks before Christmas", "three days starting next Monday".
std::optional<Date> from_anchor(const DateExpression& e, std::optional<CivilDay> reference, bool future,
                                std::optional<CivilDay> told_before) {
  const auto day = day_of(value_of(e.anchor.front(), reference, future, told_before));
  if (!day) return std::nullopt;
  if (e.frame == Frame::kWithin) return stretch(*day, moved(*day, e.unit, e.amount) - days(1));
  return period(e.unit, moved(*day, e.unit, e.amount));
}

/// What is told by a frame and a unit alone.
std::optional<Date> framed_unit(const DateExpression& e, CivilDay reference, bool future) {
  switch (e.frame) {
    case Frame::kOffset: return period(e.unit, moved(base::add_months(reference, e.months), e.unit, e.amount));
    case Frame::kLast: return period(e.unit, moved(reference, e.unit, -1));
    case Frame::kNext: return period(e.unit, moved(reference, e.unit, 1));
    case Frame::kThis: return period(e.unit, reference);
    case Frame::kPast:
      if (e.unit == Unit::kQuarter) return quarters(moved(reference, e.unit, -e.amount), moved(reference, e.unit, -1));
      return stretch(moved(reference, e.unit, -e.amount), reference);
    case Frame::kComing:
      if (e.unit == Unit::kQuarter) return quarters(moved(reference, e.unit, 1), moved(reference, e.unit, e.amount));
      return stretch(reference + days(1), moved(reference, e.unit, e.amount));
    case Frame::kWithin: return stretch(reference, moved(base::add_months(reference, e.months), e.unit, e.amount));
    case Frame::kRest: return stretch(reference, end_of(e.unit, reference));
    case Frame::kToDate: return stretch(begin_of(e.unit, reference), reference);
    case Frame::kPlain:
      if (e.unit != Unit::kWeekend) return std::nullopt;
      return period(e.unit, future || base::weekday_of(reference) >= 6 ? reference : reference - days(7));
    default: return std::nullopt;
  }
}

std::optional<Date> value_of(const DateExpression& e, std::optional<CivilDay> reference, bool future,
                             std::optional<CivilDay> told_before) {
  if (e.frame == Frame::kSet) return std::nullopt;
  if (!e.ends.empty()) return between_ends(e, reference, future, told_before);
  if (e.frame == Frame::kTextOffset) {
    if (!told_before) return std::nullopt;
    return period(e.unit, moved(base::add_months(*told_before, e.months), e.unit, e.amount));
  }
  if (!e.anchor.empty()) return from_anchor(e, reference, future, told_before);
  if (e.holiday) return holiday_of(e, reference, future);
  if (e.nth != 0 && e.amount > 1) return units_of(e, reference, future);
  if (e.nth != 0) return e.unit == Unit::kWeek ? nth_week(e, reference, future) : nth_weekday(e, reference, future);
  if (e.season && !e.year && e.frame == Frame::kPlain) return std::nullopt;
  if (e.month || e.year || e.quarter || e.half) return resolve_calendar(e, reference, future);
  if (!reference) return std::nullopt;
  if (e.day) return day_alone(e, *reference, future);
  if (e.weekday) return resolve_weekday(e, *reference, future);
  if (e.season) return resolve_season(e, *reference);
  return framed_unit(e, *reference, future);
}

}  // namespace

Precision precision_of(const DateExpression& expression) {
  if (expression.date) return expression.date->precision;
  const Frame frame = expression.frame;
  const bool unit_alone = !expression.weekday && !expression.season;
  if (expression.end_day || expression.end_year || !expression.ends.empty() || frame == Frame::kWithin ||
      frame == Frame::kRest || frame == Frame::kToDate ||
      (unit_alone && (frame == Frame::kPast || frame == Frame::kComing)))
    return Precision::kRange;
  switch (expression.unit) {
    case Unit::kWeek: return Precision::kWeek;
    case Unit::kMonth: return Precision::kMonth;
    case Unit::kSeason: return Precision::kSeason;
    case Unit::kYear: return Precision::kYear;
    case Unit::kDecade: return Precision::kDecade;
    case Unit::kWeekend:
    case Unit::kQuarter:
    case Unit::kHalf:
    case Unit::kCentury: return Precision::kRange;
    default: return Precision::kDay;
  }
}

std::optional<CivilDay> day_of(const std::optional<Date>& date) {
  return date ? base::parse_civil_day(date->value) : std::nullopt;
}

std::optional<Date> resolve(const DateExpression& expression, std::optional<CivilDay> reference, bool future,
                            std::optional<CivilDay> told_before) {
  std::optional<Date> date = value_of(expression, reference, future, told_before);
  if (date) date->span = expression.span;
  return date;
}

namespace {

// News is what happened within about a month of the article (so the codebook); half as much again for what is told
// at the precision of a month.
constexpr days kNews{45};
constexpr days kHistory{14};

// An act without a date of its own happened, as far as one can tell, on the day of publication; its hour is not known.
Date as_default(const Date& published) {
  Date date = published;
  if (const auto day = day_of(published)) {
    date.value = base::to_iso(*day);
    date.precision = Precision::kDay;
  }
  date.basis = "publication";
  date.span.reset();
  return date;
}

// First or last day of "2023-02-24", "2023-02" or "2023".
std::optional<CivilDay> edge_of(std::string_view value, bool last) {
  if (value.size() >= 10) return base::parse_civil_day(value.substr(0, 10));
  const std::string first = std::string(value) + (value.size() == 4 ? "-01-01" : "-01");
  const auto day = base::parse_civil_day(first);
  if (!day || !last) return day;
  return base::add_months(*day, value.size() == 4 ? 12 : 1) - days(1);
}

struct Stretch {
  std::optional<CivilDay> first, last;
};

Stretch stretch_of(const Date& date) {
  const std::string_view value = date.value;
  const size_t slash = value.find('/');
  const std::string_view from = value.substr(0, slash);
  return {edge_of(from, false), edge_of(slash == std::string_view::npos ? from : value.substr(slash + 1), true)};
}

// News happened lately, history long ago, and what is to come is not over.
bool fits_in_time(const Trigger& trigger, bool historical, const Date& date, CivilDay published) {
  const Stretch stretch = stretch_of(date);
  if (!stretch.first || !stretch.last) return true;
  if (trigger.status == Status::kFuture) return *stretch.last >= published;
  if (trigger.status != Status::kActual) return true;
  if (historical) return *stretch.first <= published - kHistory;
  return *stretch.last >= published - kNews && *stretch.first <= published + days(1);
}

Span between(Span a, Span b) {
  if (a.end <= b.begin) return {a.end, b.begin};
  if (b.end <= a.begin) return {b.end, a.begin};
  return {a.begin, a.begin};
}

constexpr std::string_view kRelatives[] = {", which ", ", who ", ", where ", ", whose ", ", whom "};

// The words without relative clauses that a comma closes: "Norland, which rules the bay, signed" without ", which rules
// the bay,".
std::string without_relatives(std::string words) {
  for (const std::string_view mark : kRelatives) {
    size_t open = 0;
    while ((open = words.find(mark, open)) != std::string::npos) {
      const size_t close = words.find(',', open + mark.size());
      if (close == std::string::npos) break;
      words.erase(open, close + 1 - open);
    }
  }
  return words;
}

// True if words between trigger and expression begin another clause of another time. "When" and "while" begin one of
// the same time: "were killed when rockets struck on Saturday".
bool is_parted(std::string_view between) {
  const std::string words = without_relatives(base::lower_ascii(between));
  for (const std::string_view mark :
       {"; ", " \u2014 ", " - ", ", and ", ", but ", ", which ", ", who ", ", where ", ", while ", " after ",
        " before ", " which ", " who ", " whose ", " because ", " although ", " since ", " until "}) {
    if (words.find(mark) != std::string::npos) return true;
  }
  return false;
}

// True if the expression lies in a relative clause that is closed before the trigger: in "Kenya, which voted last
// month, signed", last month is when it voted.
bool lies_aside(std::string_view text, Span sentence, const DateExpression& expression, Span trigger) {
  if (expression.span.end > trigger.begin) return false;
  const std::string head = base::lower_ascii(Span{sentence.begin, expression.span.begin}.of(text));
  size_t open = std::string::npos, width = 0;
  for (const std::string_view mark : kRelatives) {
    const size_t at = head.rfind(mark);
    if (at != std::string::npos && (open == std::string::npos || at > open)) open = at, width = mark.size();
  }
  if (open == std::string::npos || head.find(',', open + width) != std::string::npos) return false;
  return Span{expression.span.end, trigger.begin}.of(text).find(',') != std::string_view::npos;
}

// "since 2014", "until Friday": how long something lasts, not when it was done.
bool is_limit(std::string_view before) {
  const std::string words = base::lower_ascii(before);
  for (const std::string_view word : {"since", "until", "till"}) {
    if (words.ends_with(std::string(word) + " ")) return true;
  }
  return false;
}

bool can_date(const Trigger& trigger, bool historical, std::string_view text, const DateExpression& expression,
              const Date& date, std::optional<CivilDay> published) {
  // News is told to the day or week; with no day to set a year against, it is the year of something else.
  const bool vague = stretch_of(date).first && date.precision > Precision::kMonth;
  if (published ? !fits_in_time(trigger, historical, date, *published) : vague && !historical) return false;
  const uint32_t from = expression.span.begin > 8 ? expression.span.begin - 8 : 0;
  return !is_limit(text.substr(from, expression.span.begin - from)) &&
         !is_parted(between(trigger.span, expression.span).of(text));
}

// The value that the expression has for this act: "will meet on Monday" is the coming one.
std::optional<Date> seen_from(const Trigger& trigger, const DateExpression& expression,
                              std::optional<CivilDay> published) {
  if (trigger.status == Status::kFuture && expression.frame == Frame::kPlain) {
    if (auto date = resolve(expression, published, true)) return date;
  }
  return expression.date;
}

const DateExpression* of_role(const Trigger& trigger, std::string_view text, Span sentence,
                              const std::vector<DateExpression>& expressions) {
  for (const RoleFiller& filler : trigger.fillers) {
    if (filler.role != Role::kDate) continue;
    for (const DateExpression& expression : expressions) {
      if (!expression.span.overlaps(filler.span)) continue;
      if (!lies_aside(text, sentence, expression, trigger.span)) return &expression;
    }
  }
  return nullptr;
}

// "arrested two men on Friday and will charge them": a day between two acts is rather the first one's.
bool follows_another(const Trigger& trigger, const Analysis& analysis, const DateExpression& expression) {
  if (expression.span.end > trigger.span.begin) return false;
  return std::any_of(analysis.triggers.begin(), analysis.triggers.end(), [&](const Trigger& other) {
    return other.sentence == trigger.sentence && other.span.end <= expression.span.begin;
  });
}

constexpr uint32_t kAnothers = 60;  // bytes further off

bool same_parties(const Event& a, const Event& b) {
  const auto meet = [](const std::vector<Participant>& x, const std::vector<Participant>& y) {
    return std::any_of(x.begin(), x.end(), [&](const Participant& p) {
      return std::any_of(y.begin(), y.end(), [&](const Participant& q) { return p.entity == q.entity; });
    });
  };
  const bool no_recipients = a.recipients.empty() || b.recipients.empty();
  return meet(a.actors, b.actors) && (no_recipients || meet(a.recipients, b.recipients));
}

// The date of an act of the same type between the same parties, unless such acts have several.
std::optional<Date> of_another_telling(const Event& event, const std::vector<const Event*>& told) {
  const Date* date = nullptr;
  for (const Event* other : told) {
    if (other->type != event.type || !same_parties(event, *other)) continue;
    if (date != nullptr && date->value != other->date->value) return std::nullopt;
    date = &*other->date;
  }
  return date != nullptr ? std::optional(*date) : std::nullopt;
}

const Event* last_before(const Event& event, const std::vector<const Event*>& told) {
  const Event* last = nullptr;
  for (const Event* other : told) {
    if (other->trigger.begin < event.trigger.begin && (last == nullptr || last->trigger.begin < other->trigger.begin)) {
      last = other;
    }
  }
  return last;
}

bool same_block(const Event& a, const Event& b, const std::vector<Block>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    return block.span.contains(a.trigger) && block.span.contains(b.trigger);
  });
}

constexpr uint32_t kLead = 3;  // sentences

// The day that an article tells of: the only one that its acts have, told at its beginning.
std::optional<Date> day_of_lead(const std::vector<const Event*>& told) {
  const bool one = std::all_of(told.begin(), told.end(),
                               [&](const Event* e) { return e->date->value == told.front()->date->value; });
  const bool early = std::any_of(told.begin(), told.end(), [](const Event* e) { return e->sentence < kLead; });
  return one && early ? told.front()->date : std::nullopt;
}

}  // namespace

std::optional<Date> event_date(const Trigger& trigger, bool historical, std::string_view text, const Analysis& analysis,
                               const std::vector<DateExpression>& expressions, const std::optional<Date>& published) {
  if (trigger.sentence >= analysis.sentences.size()) return std::nullopt;
  const auto reference = day_of(published);
  const Span sentence = analysis.sentences[trigger.sentence];
  const DateExpression* chosen = of_role(trigger, text, sentence, expressions);
  if (chosen == nullptr) {
    // Without a role the nearest expression of the trigger's clause that can be when such an act happened.
    uint32_t nearest = UINT32_MAX;
    const auto first = std::partition_point(expressions.begin(), expressions.end(),
                                            [&](const DateExpression& e) { return e.span.begin < sentence.begin; });
    for (auto at = first; at != expressions.end() && at->span.end <= sentence.end; ++at) {
      const DateExpression& expression = *at;
      const auto date = seen_from(trigger, expression, reference);
      if (!date || !can_date(trigger, historical, text, expression, *date, reference)) continue;
      if (lies_aside(text, sentence, expression, trigger.span)) continue;
      uint32_t gap = between(trigger.span, expression.span).size();
      if (follows_another(trigger, analysis, expression)) gap += kAnothers;
      if (gap < nearest) nearest = gap, chosen = &expression;
    }
  }
  if (chosen != nullptr) {
    auto date = seen_from(trigger, *chosen, reference);
    // "will sign on Friday" is agreed to now: what was done was not done in days to come.
    const bool done = trigger.status == Status::kActual && reference && date && !date->value.empty();
    if (date && !(done && stretch_of(*date).first.value_or(*reference) > *reference + days(1))) return date;
  }
  // What may come, did not happen or is only said to have happened was not done on the day the article appeared.
  if (historical || !published || trigger.status != Status::kActual) return std::nullopt;
  return as_default(*published);
}

void carry_dates(std::vector<Event>& events, const std::vector<Block>& blocks) {
  std::vector<const Event*> told;
  std::vector<Event*> open;
  for (Event& event : events) {
    if (event.status != Status::kActual || event.historical) continue;
    if (!event.date || event.date->basis != "text") {
      open.push_back(&event);
    } else if (event.date->precision == Precision::kDay) {
      told.push_back(&event);
    }
  }
  const std::optional<Date> day = day_of_lead(told);
  std::vector<std::pair<Event*, Date>> found;
  for (Event* event : open) {
    if (auto date = of_another_telling(*event, told)) {
      found.emplace_back(event, *date);
    } else if (const Event* last = last_before(*event, told)) {
      if (same_block(*event, *last, blocks)) {
        found.emplace_back(event, *last->date);
      } else if (day && event->date) {  // without a day of publication news rarely has one at all
        found.emplace_back(event, *day);
      }
    }
  }
  for (auto& [event, date] : found) event->date = std::move(date);
}

}  // namespace dragoman::coding
