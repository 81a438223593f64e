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
    case Unit::kYear: return {base::to_iso_year(year), Precision::kYear, "text", {}};
    case Unit::kDecade:
      return {range(base::to_iso_year(year / 10 * 10), base::to_iso_year(year / 10 * 10 + 9)),
              Precision::kDecade,
              "text",
              {}};
    case Unit::kCentury: {
      const int first = (year - 1) / 100 * 100 + 1;
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

/// Year of a day or month told without one. News speaks of what is near: up to a quarter ahead or the
/// rest of a year back; in the future frame up to a year ahead.
int near_year(unsigned month, unsigned day, CivilDay reference, bool future, bool whole_month) {
  const int year = base::year_of(reference);
  int best = year;
  long best_gap = 100000;
  for (int y = year - 1; y <= year + 1; ++y) {
    const auto candidate = base::civil_day(y, month, day);
    if (!candidate) continue;
    long gap = (*candidate - reference).count();
    if (whole_month && y == year && base::month_of(reference) == month) gap = 0;
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

Date resolve_weekday(const DateExpression& expression, CivilDay reference, bool future) {
  const auto wanted = static_cast<int>(*expression.weekday);
  const auto today = static_cast<int>(base::weekday_of(reference));
  int offset = -((today - wanted + 7) % 7);  // last on or before
  if (expression.amount == 1) {              // Monday last week, Monday next week
    offset = wanted - today;
    if (expression.frame == Frame::kLast) offset -= 7;
    if (expression.frame == Frame::kNext) offset += 7;
  } else if (expression.frame == Frame::kLast) {
    if (offset == 0) offset = -7;
  } else if (expression.frame == Frame::kNext) {
    offset = (wanted - today + 7) % 7;
    if (offset == 0) offset = 7;
  } else if (expression.frame == Frame::kThis) {
    offset = wanted - today;
  } else if (future) {
    offset = (wanted - today + 7) % 7;
  }
  return {base::to_iso(reference + days(offset)), Precision::kDay, "text", {}};
}

std::optional<Date> resolve_calendar(const DateExpression& e, std::optional<CivilDay> reference, bool future) {
  std::optional<int> year = e.year;
  if (!year && reference) {
    const int now = base::year_of(*reference);
    if (e.frame == Frame::kLast && !e.quarter) {
      year = e.month && base::month_of(*reference) > *e.month && !e.day ? now : now - 1;
      if (e.unit != Unit::kMonth && e.unit != Unit::kDay) year = now - 1;
    } else if (e.frame == Frame::kLast) {
      year = now - 1;
    } else if (e.frame == Frame::kNext) {
      year = e.month && base::month_of(*reference) < *e.month ? now : now + 1;
    } else if (e.frame == Frame::kThis || !e.month) {
      year = now;
    } else {
      year = near_year(*e.month, e.day.value_or(15), *reference, future, !e.day);
    }
  }
  if (!year) return std::nullopt;
  if (e.quarter) return period(Unit::kQuarter, *base::civil_day(*year, *e.quarter * 3, 1));
  if (e.month && e.day) {
    const auto day = base::civil_day(*year, *e.month, *e.day);
    if (!day) return std::nullopt;
    if (e.end_day) {
      const auto end = base::civil_day(*year, *e.month, *e.end_day);
      if (end) return Date{range(base::to_iso(*day), base::to_iso(*end)), Precision::kRange, "text", {}};
    }
    return Date{base::to_iso(*day), Precision::kDay, "text", {}};
  }
  if (e.month) return Date{base::to_iso_month(*year, *e.month), Precision::kMonth, "text", {}};
  if (e.season) return season_of(*e.season, *year);
  if (e.end_year)
    return Date{range(base::to_iso_year(*year), base::to_iso_year(*e.end_year)), Precision::kRange, "text", {}};
  const auto first = base::civil_day(*year, 1, 1);
  return first ? std::optional(period(e.unit, *first)) : std::nullopt;
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

/// "the 27th": of the reference's month or the one before; of the coming one in the future.
std::optional<Date> day_alone(const DateExpression& e, CivilDay reference, bool future) {
  CivilDay month = *base::civil_day(base::year_of(reference), base::month_of(reference), 1);
  if (e.frame == Frame::kLast) month = base::add_months(month, -1);
  if (e.frame == Frame::kNext) month = base::add_months(month, 1);
  if (e.frame == Frame::kPlain && !future && *e.day > base::day_of_month(reference))
    month = base::add_months(month, -1);
  if (e.frame == Frame::kPlain && future && *e.day < base::day_of_month(reference)) month = base::add_months(month, 1);
  const auto day = base::civil_day(base::year_of(month), base::month_of(month), *e.day);
  return day ? std::optional(Date{base::to_iso(*day), Precision::kDay, "text", {}}) : std::nullopt;
}

std::optional<Date> value_of(const DateExpression& e, std::optional<CivilDay> reference, bool future,
                             std::optional<CivilDay> told_before) {
  if (e.frame == Frame::kTextOffset) {
    if (!told_before) return std::nullopt;
    return period(e.unit, moved(base::add_months(*told_before, e.months), e.unit, e.amount));
  }
  if (e.nth != 0) return nth_weekday(e, reference, future);
  if (e.month || e.year || e.quarter) return resolve_calendar(e, reference, future);
  if (!reference) return std::nullopt;
  if (e.day) return day_alone(e, *reference, future);
  if (e.weekday) return resolve_weekday(e, *reference, future);
  if (e.season) return resolve_season(e, *reference);
  switch (e.frame) {
    case Frame::kOffset: return period(e.unit, moved(base::add_months(*reference, e.months), e.unit, e.amount));
    case Frame::kLast: return period(e.unit, moved(*reference, e.unit, -1));
    case Frame::kNext: return period(e.unit, moved(*reference, e.unit, 1));
    case Frame::kThis: return period(e.unit, *reference);
    case Frame::kPast:
      return Date{range(base::to_iso(moved(*reference, e.unit, -e.amount)), base::to_iso(*reference)),
                  Precision::kRange,
                  "text",
                  {}};
    case Frame::kComing:
      return Date{range(base::to_iso(*reference), base::to_iso(moved(*reference, e.unit, e.amount))),
                  Precision::kRange,
                  "text",
                  {}};
    default: return std::nullopt;
  }
}

}  // namespace

Precision precision_of(const DateExpression& expression) {
  if (expression.date) return expression.date->precision;
  if (expression.end_day || expression.end_year || expression.frame == Frame::kPast ||
      expression.frame == Frame::kComing)
    return Precision::kRange;
  switch (expression.unit) {
    case Unit::kWeek: return Precision::kWeek;
    case Unit::kMonth: return Precision::kMonth;
    case Unit::kSeason: return Precision::kSeason;
    case Unit::kYear: return Precision::kYear;
    case Unit::kDecade: return Precision::kDecade;
    case Unit::kWeekend:
    case Unit::kQuarter:
    case Unit::kCentury: return Precision::kRange;
    default: return Precision::kDay;
  }
}

std::optional<CivilDay> day_of(const std::optional<Date>& date) {
  return date ? base::parse_civil_day(date->value) : std::nullopt;
}

std::optional<Date> resolve(const DateExpression& expression, std::optional<CivilDay> reference, bool future,
                            std::optional<CivilDay> told_before) {
  auto date = value_of(expression, reference, future, told_before);
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

// True if words between trigger and expression begin another clause.
bool is_parted(std::string_view between) {
  const std::string words = base::lower_ascii(between);
  for (const std::string_view mark :
       {"; ",       " \u2014 ", " - ",       ", and ",     ", but ",  ", which ", ", who ",
        ", where ", ", while ", " after ",   " before ",   " when ",  " while ",  " which ",
        " who ",    " whose ",  " because ", " although ", " since ", " until "}) {
    if (words.find(mark) != std::string::npos) return true;
  }
  return false;
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

const DateExpression* of_role(const Trigger& trigger, const std::vector<DateExpression>& expressions) {
  for (const RoleFiller& filler : trigger.fillers) {
    if (filler.role != Role::kDate) continue;
    for (const DateExpression& expression : expressions) {
      if (expression.span.overlaps(filler.span)) return &expression;
    }
  }
  return nullptr;
}

bool same_parties(const Event& a, const Event& b) {
  const auto meet = [](const std::vector<Participant>& x, const std::vector<Participant>& y) {
    return std::any_of(x.begin(), x.end(), [&](const Participant& p) {
      return std::any_of(y.begin(), y.end(), [&](const Participant& q) { return p.entity == q.entity; });
    });
  };
  const bool no_recipients = a.recipients.empty() || b.recipients.empty();
  return meet(a.actors, b.actors) && (no_recipients || meet(a.recipients, b.recipients));
}

}  // namespace

std::optional<Date> event_date(const Trigger& trigger, bool historical, std::string_view text, const Analysis& analysis,
                               const std::vector<DateExpression>& expressions, const std::optional<Date>& published) {
  if (trigger.sentence >= analysis.sentences.size()) return std::nullopt;
  const auto reference = day_of(published);
  const DateExpression* chosen = of_role(trigger, expressions);
  if (chosen == nullptr) {
    // Without a role the nearest expression of the trigger's clause that can be when such an act happened.
    const Span sentence = analysis.sentences[trigger.sentence];
    uint32_t nearest = UINT32_MAX;
    const auto first = std::partition_point(expressions.begin(), expressions.end(),
                                            [&](const DateExpression& e) { return e.span.begin < sentence.begin; });
    for (auto at = first; at != expressions.end() && at->span.end <= sentence.end; ++at) {
      const DateExpression& expression = *at;
      const auto date = seen_from(trigger, expression, reference);
      if (!date || !can_date(trigger, historical, text, expression, *date, reference)) continue;
      const uint32_t gap = between(trigger.span, expression.span).size();
      if (gap < nearest) nearest = gap, chosen = &expression;
    }
  }
  if (chosen != nullptr) {
    if (auto date = seen_from(trigger, *chosen, reference)) return date;
  }
  // What may come, did not happen or is only said to have happened was not done on the day the article appeared.
  if (historical || !published || trigger.status != Status::kActual) return std::nullopt;
  return as_default(*published);
}

void carry_dates(std::vector<Event>& events) {
  const auto dated = [](const Event& e) {
    return e.date && e.date->basis == "text" && e.date->precision == Precision::kDay;
  };
  const auto is_news = [](const Event& e) { return e.status == Status::kActual && !e.historical; };
  std::array<std::vector<const Event*>, kEventTypes> told;
  std::vector<Event*> open;
  for (Event& event : events) {
    if (!is_news(event)) continue;
    if (event.date && event.date->basis == "text" && !dated(event)) continue;
    dated(event) ? told[static_cast<size_t>(event.type)].push_back(&event) : open.push_back(&event);
  }
  for (Event* event : open) {
    const Date* date = nullptr;
    bool several = false;
    for (const Event* other : told[static_cast<size_t>(event->type)]) {
      if (!same_parties(*event, *other)) continue;
      several = several || (date != nullptr && date->value != other->date->value);
      date = &*other->date;
    }
    if (date != nullptr && !several) event->date = *date;
  }
}

}  // namespace dragoman::coding
