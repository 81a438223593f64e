// SPDX-License-Identifier: Apache-2.0
#include "coding/date_finder.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "coding/numbers.h"

namespace dragoman::coding {
namespace {

using Frame = DateExpression::Frame;
using Unit = DateExpression::Unit;
using Use = TimeWord::Use;

using base::in;

std::optional<int> whole_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (!base::is_ascii_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Month and day after another of the same year, as far as both tell them.
bool is_earlier(const DateExpression& a, const DateExpression& b) {
  return std::pair(*a.month, a.day.value_or(1)) < std::pair(*b.month, b.day.value_or(31));
}

/// Reads the expressions of one sentence. A reader of a kind returns the token behind what it read, or none, and
/// leaves what it read in expression_ and the token where it begins in start_.
class Finder {
 public:
  Finder(const TimeWords& words, std::string_view text, Span sentence)
      : words_(words), text_(text), tokens_(tokenize(text, sentence)) {
    of_.reserve(tokens_.size());
    for (const Token& token : tokens_) of_.push_back(token.is_word() ? words.find(token.lower) : nullptr);
    mark_near();
  }

  std::vector<DateExpression> all() {
    std::vector<DateExpression> found;
    for (size_t at = 0; at < tokens_.size();) {
      const auto end = stretch(at);
      if (!end) {
        ++at;
        continue;
      }
      found.push_back(expression_);
      at = std::max(*end, at + 1);
    }
    return found;
  }

 private:
  using End = std::optional<size_t>;

  /// Most words of a text have no word of time or figure among those that follow: nothing can begin there.
  void mark_near() {
    constexpr size_t kLongest = 8;  // tokens from the first of an expression to such a word
    near_.assign(tokens_.size(), 0);
    size_t left = 0;
    for (size_t at = tokens_.size(); at-- > 0;) {
      const TimeWord* word = of_[at];
      const bool names =
          word != nullptr && (word->month != 0 || word->weekday != 0 || word->season || word->away ||
                              word->unit != TimeUnit::kNone || word->decade != 0 || word->is(Use::kDayPart));
      const bool plural_day = tokens_[at].is_word() && tokens_[at].lower.ends_with("days");
      if (names || plural_day || tokens_[at].is_digits()) left = kLongest;
      near_[at] = left > 0;
      if (left > 0) --left;
    }
  }

  bool word(size_t at, std::string_view form) const { return at < tokens_.size() && tokens_[at].is(form); }
  bool is_word(size_t at) const { return at < tokens_.size() && tokens_[at].is_word(); }
  bool is_digits(size_t at) const { return at < tokens_.size() && tokens_[at].is_digits(); }
  bool tight(size_t at) const { return at < tokens_.size() && !tokens_[at].space_before; }
  bool capital(size_t at) const { return at < tokens_.size() && base::is_ascii_upper(text_[tokens_[at].span.begin]); }
  bool dash(size_t at) const { return word(at, "-") || word(at, "\u2013") || word(at, "\u2014") || word(at, "\u2011"); }
  bool use(size_t at, Use what) const { return at < of_.size() && of_[at] != nullptr && of_[at]->is(what); }
  /// Days from the reference: "yesterday" -1.
  std::optional<int> away(size_t at) const {
    return at < of_.size() && of_[at] != nullptr ? of_[at]->away : std::nullopt;
  }
  Unit unit(size_t at) const { return at < of_.size() && of_[at] != nullptr ? of_[at]->unit : Unit::kNone; }
  bool unit_is(size_t at, Unit wanted) const { return wanted != Unit::kNone && unit(at) == wanted && !of_[at]->plural; }

  Frame frame(size_t at) const {
    if (at >= of_.size() || of_[at] == nullptr) return Frame::kPlain;
    switch (of_[at]->frame) {
      case TimeWord::Frame::kLast: return Frame::kLast;
      case TimeWord::Frame::kNext: return Frame::kNext;
      case TimeWord::Frame::kThis: return Frame::kThis;
      case TimeWord::Frame::kPast: return Frame::kPast;
      default: return Frame::kPlain;
    }
  }

  /// "coming" and "upcoming" are nearer than "next".
  bool is_coming(size_t at) const { return frame(at) == Frame::kNext && !word(at, "next"); }

  /// Nothing more of the clause: no word that the expression could belong to.
  bool clause_ends(size_t at) const {
    return at >= tokens_.size() || (!is_word(at) && !is_digits(at) && !word(at, "$"));
  }

  size_t skip(size_t at, std::string_view form) const { return word(at, form) ? at + 1 : at; }

  // Stretches: one expression, or two with a link between them

  End stretch(size_t at) {
    if (!may_begin(at)) return std::nullopt;
    const bool lead = at > 0 && (word(at - 1, "between") || word(at - 1, "from"));
    auto end = lead ? now(at) : std::nullopt;
    const bool from_now = end.has_value();
    if (!end) end = alone(at);
    if (!end) return std::nullopt;
    const DateExpression first = expression_;
    if (const auto last = second_end(first, at, *end)) return last;
    expression_ = first;
    return from_now ? std::nullopt : end;
  }

  bool may_begin(size_t at) const {
    const Token& token = tokens_[at];
    if (token.is_word() || token.is_digits()) return true;
    return token.is("'") || token.is("\u2019") || token.is("\u2018");
  }

  /// One expression with its span.
  End alone(size_t at) {
    expression_ = {};
    start_ = at;
    const auto end = qualified(at);
    if (!end) return std::nullopt;
    expression_.span = {tokens_[start_].span.begin, tokens_[*end - 1].span.end};
    return end;
  }

  /// The other end of "from May 2019 to 3 June", "between Monday and Friday", "Nov 18-Dec 19, 2015", "1 May till now".
  End second_end(const DateExpression& first, size_t begin, size_t at) {
    if (!can_end_stretch(first)) return std::nullopt;
    const bool between = begin > 0 && word(begin - 1, "between");
    const bool from = begin > 0 && (word(begin - 1, "from") || between);
    size_t next = at;
    if (word(next, ",") && use(next + 1, Use::kLink)) ++next;
    const bool link = use(next, Use::kLink) || (between && word(next, "and"));
    const bool parts = word(next, "\u2014") && !tight(next);  // a dash that sets off a clause
    if (!link && (!dash(next) || parts) && !word(next, "~")) return std::nullopt;
    ++next;
    if (word(next, "the") && (word(next + 1, "present") || use(next + 1, Use::kStretchPartOf))) ++next;
    auto end = now(next);
    if (!end) end = alone(next);
    if (!end && word(next, "the")) end = alone(next + 1);
    if (!end || !can_end_stretch(expression_)) return std::nullopt;
    const bool alike =
        first.unit == expression_.unit || first.frame == Frame::kOffset || expression_.frame == Frame::kOffset;
    const bool dated = (first.month && expression_.month) || (first.year && expression_.year);
    if (!from && !alike && !dated) return std::nullopt;
    DateExpression both;
    both.ends = {first, expression_};
    both.span = {first.span.begin, expression_.span.end};
    share_year(both.ends.front(), both.ends.back());
    both.year = both.ends.front().year;
    both.unit = first.unit;
    expression_ = both;
    return end;
  }

  static bool can_end_stretch(const DateExpression& e) {
    static constexpr Frame kFrames[] = {Frame::kPlain, Frame::kThis,   Frame::kLast,
                                        Frame::kNext,  Frame::kOffset, Frame::kTextOffset};
    return e.ends.empty() && !e.end_day && !e.end_year &&
           std::find(std::begin(kFrames), std::end(kFrames), e.frame) != std::end(kFrames);
  }

  /// A year told with one end holds for the other: "from May to July 2019", "from Nov to Feb 2017".
  static void share_year(DateExpression& first, DateExpression& last) {
    const auto plain = [](const DateExpression& e) { return e.month && e.frame == Frame::kPlain && !e.holiday; };
    if (!first.year && plain(first) && last.year && last.month)
      first.year = *last.year - (is_earlier(last, first) ? 1 : 0);
    else if (first.year && first.month && plain(last) && !last.year)
      last.year = *first.year + (is_earlier(last, first) ? 1 : 0);
  }

  /// "now", "the present" as the end of a stretch.
  End now(size_t at) {
    const bool date = word(at, "date") && at > 0 && word(at - 1, "to");
    if (!word(at, "now") && !word(at, "present") && !date) return std::nullopt;
    expression_ = {};
    expression_.frame = Frame::kOffset;
    expression_.unit = Unit::kDay;
    expression_.span = tokens_[at].span;
    return at + 1;
  }

  // Words around an expression

  /// "early 2014", "the beginning of next week", "later this month", "rest of the year", "every Monday".
  End qualified(size_t at) {
    if (const auto end = set(at)) return end;
    if (const auto end = rest_of(at)) return end;
    if (const auto end = to_date(at)) return end;
    size_t inner = at;
    const bool part_of = use(inner, Use::kStretchPartOf) &&
                         (word(inner + 1, "of") || frame(inner + 1) != Frame::kPlain || unit(inner + 1) != Unit::kNone);
    const bool part = use(inner, Use::kStretchPart);
    if (part_of) inner = skip(inner + 1, "of");
    if (part) {
      ++inner;
      if (dash(inner) && tight(inner)) ++inner;
      if (word(inner, "in")) ++inner;
      if (word(inner, "on")) ++inner;
    }
    if (inner == at) return core(at);
    if (const auto end = core(word(inner, "the") && !part_of ? inner : inner)) {
      start_ = std::min(start_, at);
      if (part && expression_.frame == Frame::kPlain && !expression_.year && !expression_.month &&
          !expression_.weekday && !expression_.season && !expression_.holiday)
        return std::nullopt;
      start_ = at;
      return end;
    }
    const size_t of = skip(inner, "the");
    if (of != inner || part_of) {
      if (const Unit whole = unit(of); whole >= Unit::kWeekend && whole != Unit::kHalf && !of_[of]->plural) {
        if (part && !word(inner - 1, "in")) return std::nullopt;
        expression_ = {};
        expression_.frame = Frame::kThis;
        expression_.unit = whole;
        start_ = at;
        return of + 1;
      }
    }
    return std::nullopt;
  }

  /// "every Monday", "each year", "on Mondays", "every two years", "every other day".
  End set(size_t at) {
    size_t next = at;
    if (use(at, Use::kSet)) {
      ++next;
      if (word(next, "other")) ++next;
      if (const auto number = read_number(tokens_, next)) next = number->last;
      if (next >= of_.size() || of_[next] == nullptr) return std::nullopt;
      const TimeWord& what = *of_[next];
      if (what.unit == Unit::kNone && !what.weekday && !what.month && !what.season && !what.is(Use::kDayPart))
        return std::nullopt;
      ++next;
    } else if (is_word(at) && tokens_[at].lower.ends_with("days")) {
      const std::string_view plural = tokens_[at].lower;
      const TimeWord* day = words_.find(plural.substr(0, plural.size() - 1));
      if (day == nullptr || day->weekday == 0) return std::nullopt;
      ++next;
    } else {
      return std::nullopt;
    }
    expression_.frame = Frame::kSet;
    return next;
  }

  /// "the rest of the week", "the remainder of this year".
  End rest_of(size_t at) {
    if (!use(at, Use::kRest)) return std::nullopt;
    size_t next = skip(at + 1, "of");
    if (word(next, "the") || word(next, "my") || frame(next) == Frame::kThis) ++next;
    const Unit whole = unit(next);
    if (next == at + 1 || whole < Unit::kWeek || of_[next]->plural) return std::nullopt;
    expression_.frame = Frame::kRest;
    expression_.unit = whole;
    return next + 1;
  }

  /// "the year to date".
  End to_date(size_t at) {
    if (unit(at) < Unit::kWeek || of_[at]->plural) return std::nullopt;
    size_t next = at + 1;
    if (dash(next)) ++next;
    if (!word(next, "to")) return std::nullopt;
    ++next;
    if (dash(next)) ++next;
    if (!word(next, "date")) return std::nullopt;
    expression_.frame = Frame::kToDate;
    expression_.unit = unit(at);
    return next + 1;
  }

  // Expressions of one kind each

  End core(size_t at) {
    using Kind = End (Finder::*)(size_t);
    static constexpr Kind kKinds[] = {
        &Finder::holiday,     &Finder::figures,        &Finder::nth_weekday,     &Finder::weekday,
        &Finder::month_first, &Finder::day_first,      &Finder::units_of,        &Finder::counted_weeks,
        &Finder::week_of,     &Finder::framed,         &Finder::told_before,     &Finder::day_alone,
        &Finder::deictic,     &Finder::counted_offset, &Finder::half_or_quarter, &Finder::season,
        &Finder::decade,      &Finder::century,        &Finder::year_first,      &Finder::year};
    const bool near = at < near_.size() && near_[at] != 0;
    const bool spoken = at > 0 && use(at - 1, Use::kBeforeYear);
    for (const Kind kind : kKinds) {
      if (!near && kind != &Finder::holiday && !(spoken && kind == &Finder::year)) continue;
      expression_ = {};
      start_ = at;
      if (const auto end = (this->*kind)(at)) return end;
    }
    return std::nullopt;
  }

  std::optional<int> number_at(size_t at) const {
    return is_digits(at) ? whole_number(tokens_[at].lower) : std::nullopt;
  }

  /// Four digits that can be a year.
  std::optional<int> year_at(size_t at) const {
    if (!is_digits(at) || tokens_[at].lower.size() != 4) return std::nullopt;
    const auto value = number_at(at);
    return value && *value >= 1000 && *value <= 2199 ? value : std::nullopt;
  }

  /// "nineteen ninety nine", "two thousand and eighteen", "nineteen zero one"; moves `end` past it.
  std::optional<int> spoken_year(size_t at, size_t& end) const {
    if (!is_word(at)) return std::nullopt;
    const auto first = read_number(tokens_, at);
    if (!first || first->ordinal || first->digits || !first->value || first->range) return std::nullopt;
    const double value = *first->value;
    const bool long_form = word(at + 1, "thousand") || word(at + 1, "hundred");
    if (value >= 1000 && value <= 2199 && value == std::floor(value) && long_form) {
      end = first->last;
      return static_cast<int>(value);
    }
    if (value < 10 || value > 21) return std::nullopt;
    size_t rest = first->last;
    const bool zero = word(rest, "zero") || word(rest, "oh");
    if (zero) ++rest;
    const auto second = read_number(tokens_, rest);
    if (!second || second->ordinal || second->digits || !second->value || second->range || second->fraction)
      return std::nullopt;
    const double two = *second->value;
    if (zero ? two < 1 || two > 9 : two < 10 || two > 99) return std::nullopt;
    end = second->last;
    return static_cast<int>(value * 100 + two);
  }

  /// A year in figures or words.
  std::optional<int> told_year(size_t at, size_t& end) const {
    const auto value = year_at(at);
    if (!value) return spoken_year(at, end);
    end = at + 1;
    return value;
  }

  /// Day of a month: "24", "24th", "twenty-first"; `words` also "twenty one". `end` is moved past it.
  std::optional<unsigned> day_at(size_t at, size_t& end, bool words = false) const {
    if (is_word(at)) {
      const auto number = spaced_ordinal(at);
      if (!number || !number->value || number->fraction || *number->value < 1 || *number->value > 31)
        return std::nullopt;
      if (!number->ordinal && !(words && number->last > at + 1 && *number->value > 20)) return std::nullopt;
      end = number->last;
      return static_cast<unsigned>(*number->value);
    }
    const auto value = number_at(at);
    if (!value || *value < 1 || *value > 31 || tokens_[at].lower.size() > 2) return std::nullopt;
    end = at + 1;
    if (tight(end) && (word(end, "st") || word(end, "nd") || word(end, "rd") || word(end, "th")))
      ++end;
    else if (tight(end) && is_word(end))
      return std::nullopt;
    if (tight(end) && (word(end, "%") || (word(end, ":") && is_digits(end + 1)))) return std::nullopt;
    return static_cast<unsigned>(*value);
  }

  /// "twenty-first", also "twenty first".
  std::optional<Number> spaced_ordinal(size_t at) const {
    auto number = read_number(tokens_, at);
    if (!number || number->ordinal || !number->value || (*number->value != 20 && *number->value != 30)) return number;
    const auto second = read_number(tokens_, number->last);
    if (!second || !second->ordinal || second->digits || !second->value || *second->value > 9) return number;
    number->last = second->last;
    number->value = *number->value + *second->value;
    number->ordinal = true;
    return number;
  }

  /// A month by name, with a capital where its name is a common word too. `end` past it and its dot.
  std::optional<unsigned> month_at(size_t at, size_t& end) const {
    if (at >= of_.size() || of_[at] == nullptr || of_[at]->month == 0) return std::nullopt;
    const TimeWord& name = *of_[at];
    if (name.capital && !capital(at)) return std::nullopt;
    end = at + 1;
    const size_t size = tokens_[at].lower.size();
    if ((size <= 4 || is_digits(end + 1)) && word(end, ".") && tight(end) && end + 1 < tokens_.size() &&
        tokens_[at].lower != "may")
      ++end;
    return name.month;
  }

  /// Months whose name is something else too need a word of time before them.
  bool month_alone(size_t name) const {
    if (of_[name]->alone) return true;
    size_t other = name + 2;
    if ((dash(name + 1) || use(name + 1, Use::kLink)) && month_at(other, other)) return true;  // "Nov-Feb"
    if (name == 0 || !(use(name - 1, Use::kBeforeMonth) || dash(name - 1))) return false;
    return !(is_word(name + 1) && capital(name + 1) && !word(name - 1, "in"));
  }

  /// ", 2023", " 2023", " of next year", " two thousand and eighteen" behind a day or month.
  size_t take_year(size_t at) {
    size_t next = skip(skip(at, ","), "of");
    if (next == at && word(at, "in") && year_at(at + 1)) ++next;
    if (word(next, "the") && word(next + 1, "year")) next += 2;
    if (const auto value = year_at(next)) {
      if (*value >= 1500 || next == at) {
        expression_.year = value;
        return next + 1;
      }
    }
    size_t end = next;
    if (const auto value = spoken_year(next, end)) {
      expression_.year = value;
      return end;
    }
    const bool sign = word(next, "'") || word(next, "\u2019");
    const size_t figure = sign ? next + 1 : next;  // "of 87", "'87"
    if ((sign || word(next - 1, "of")) && is_digits(figure) && tokens_[figure].lower.size() == 2 &&
        (!sign || tight(figure)) && clause_ends(figure + 1)) {
      constexpr int kPivot = 40;
      const int value = *number_at(figure);
      expression_.year = (value < kPivot ? 2000 : 1900) + value;
      return figure + 1;
    }
    const bool whose = is_word(next + 1) && tokens_[next + 1].lower.ends_with("'s");  // "..., last year's vote"
    if (frame(next) != Frame::kPlain && frame(next) != Frame::kPast && unit_is(next + 1, Unit::kYear) && !whose) {
      expression_.frame = frame(next);
      return next + 2;
    }
    return at;
  }

  End whole_date(int year, int month, int day, size_t end) {
    if (month < 1 || day < 1 || !base::civil_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day)))
      return std::nullopt;
    expression_.year = year;
    expression_.month = static_cast<unsigned>(month);
    expression_.day = static_cast<unsigned>(day);
    expression_.unit = Unit::kDay;
    return end;
  }

  End month_of_year(int year, int month, size_t end) {
    if (month < 1 || month > 12) return std::nullopt;
    expression_.year = year;
    expression_.month = static_cast<unsigned>(month);
    expression_.unit = Unit::kMonth;
    return end;
  }

  // Dates in figures

  /// "2023-02-24", "24.02.2023", "24/2/23", "2019/aug/01", "11/2016", "from 10/25".
  End figures(size_t at) {
    if (!is_digits(at)) return std::nullopt;
    if (tokens_[at].lower.find('.') != std::string::npos) return dotted(at);
    if (tokens_[at].lower.size() == 8) return eight_digits(at);
    if (const auto end = three_figures(at)) return end;
    if (const auto end = figure_and_name(at)) return end;
    if (const auto end = year_and_month(at)) return end;
    return month_and_day(at);
  }

  End dotted(size_t at) {
    const auto parts = base::split(tokens_[at].lower, '.');
    if (parts.size() != 3) return std::nullopt;
    const bool year_first = parts[0].size() == 4;
    const auto year = whole_number(parts[year_first ? 0 : 2]);
    if (!year || (!year_first && parts[2].size() != 4)) return std::nullopt;
    return whole_date(*year, whole_number(parts[1]).value_or(0), whole_number(parts[year_first ? 2 : 0]).value_or(0),
                      at + 1);
  }

  /// "20190503".
  End eight_digits(size_t at) {
    const std::string_view digits = tokens_[at].lower;
    if (!digits.starts_with("19") && !digits.starts_with("20")) return std::nullopt;
    const auto year = whole_number(digits.substr(0, 4)), month = whole_number(digits.substr(4, 2)),
               day = whole_number(digits.substr(6, 2));
    return year && month && day ? whole_date(*year, *month, *day, at + 1) : std::nullopt;
  }

  bool separator(size_t at) const { return word(at, "/") || word(at, "-"); }

  End three_figures(size_t at) {
    for (size_t i = 1; i <= 4; ++i)
      if (!tight(at + i)) return std::nullopt;
    if (at > 1 && tight(at) && dash(at - 1) && tight(at - 1) && is_digits(at - 2))
      return std::nullopt;  // "133-03-03-2020"
    const auto a = number_at(at), b = number_at(at + 2), c = number_at(at + 4);
    if (!a || !b || !c || !separator(at + 1) || !word(at + 3, tokens_[at + 1].lower)) return std::nullopt;
    const size_t end = at + 5;
    if (tokens_[at].lower.size() == 4) return whole_date(*a, *b, *c, end);
    const size_t digits = tokens_[at + 4].lower.size();
    // 02/03/2023 is one day in London and another in New York: only what can be one is taken.
    const bool told = (*a > 12) != (*b > 12) || *a == *b;
    if (digits == 2 && told) {
      constexpr int kPivot = 60;  // "16" is 2016, "89" is 1989
      return whole_date((*c <= kPivot ? 2000 : 1900) + *c, std::min(*a, *b), std::max(*a, *b), end);
    }
    if (digits != 4 || !year_at(at + 4)) return std::nullopt;
    if (told) return whole_date(*c, std::min(*a, *b), std::max(*a, *b), end);
    if (*a > 12 || *b > 12 || *a < 1 || *b < 1) return std::nullopt;
    expression_.year = *c;
    expression_.unit = Unit::kYear;
    return end;
  }

  /// "2019-sep-1", "1-Sep-2019", "2019/aug/01".
  End figure_and_name(size_t at) {
    size_t end = 0;
    if (!separator(at + 1) || !tight(at + 1) || !tight(at + 2) || !separator(at + 3) || !tight(at + 3) ||
        !tight(at + 4))
      return std::nullopt;
    if (at + 2 >= of_.size() || of_[at + 2] == nullptr || of_[at + 2]->month == 0) return std::nullopt;
    const auto month = static_cast<int>(of_[at + 2]->month);
    if (const auto year = year_at(at))
      if (const auto day = day_at(at + 4, end)) return whole_date(*year, month, static_cast<int>(*day), end);
    if (const auto year = year_at(at + 4))
      if (const auto day = day_at(at, end)) return whole_date(*year, month, static_cast<int>(*day), at + 5);
    return std::nullopt;
  }

  /// "2016-11", "2016/11", "11/2016", "12 - 2015"; "2010-12" is years.
  End year_and_month(size_t at) {
    if (!separator(at + 1) || !is_digits(at + 2)) return std::nullopt;
    const bool close = tight(at + 1) && tight(at + 2);
    if (!close && !clause_ends(at + 3)) return std::nullopt;
    if (separator(at + 3) || (tight(at + 3) && is_word(at + 3))) return std::nullopt;
    const auto a = number_at(at), b = number_at(at + 2);
    if (!a || !b) return std::nullopt;
    if (year_at(at) && tokens_[at + 2].lower.size() <= 2) {
      const bool years = word(at + 1, "-") && tokens_[at + 2].lower.size() == 2 && *b > *a % 100;
      return years ? std::nullopt : month_of_year(*a, *b, at + 3);
    }
    constexpr int kModern = 1900;
    if (tokens_[at].lower.size() <= 2 && year_at(at + 2) && *b >= kModern) return month_of_year(*b, *a, at + 3);
    return std::nullopt;
  }

  /// "22/04" can be one day only; of others, as "10/7", the month comes first where a word of time or a weekday tells
  /// that it is a date. "9/11" and "24/7" are names.
  End month_and_day(size_t at) {
    if (!word(at + 1, "/") || !tight(at + 1) || !tight(at + 2)) return std::nullopt;
    const auto a = number_at(at), b = number_at(at + 2);
    if (!a || !b || tokens_[at].lower.size() > 2 || tokens_[at + 2].lower.size() > 2) return std::nullopt;
    const size_t next = at + 3;
    if (next < tokens_.size() && tight(next) && (is_word(next) || word(next, "%") || word(next, "/")))
      return std::nullopt;
    const bool name = (*a == 9 && *b == 11) || (*a == 24 && *b == 7);
    if (name || word(next, "of")) return std::nullopt;
    static constexpr std::string_view kBefore[] = {"on",   "from",  "between", "to", "until",
                                                   "till", "since", "and",     "-",  ","};
    const bool told =
        at > 0 && (in(kBefore, tokens_[at - 1].lower) || (of_[at - 1] != nullptr && of_[at - 1]->weekday));
    const bool one = (*a > 12) != (*b > 12);
    if (!one && !told) return std::nullopt;
    const int month = one ? std::min(*a, *b) : *a, day = one ? std::max(*a, *b) : *b;
    constexpr int kLeapYear = 2000;
    const auto end = whole_date(kLeapYear, month, day, next);
    expression_.year.reset();
    return end;
  }

  // Holidays

  /// "Christmas", "Good Friday 2015", "Thanksgiving of last year", "this year's Labor Day".
  End holiday(size_t at) {
    size_t name = at;
    Frame told = Frame::kPlain;
    if (frame(at) != Frame::kPlain && frame(at) != Frame::kPast) {
      told = frame(at);
      name = at + 1;
      if (unit_is(name, Unit::kYear) && tokens_[name].lower.ends_with("'s")) {
        expression_.amount = 1;  // of that year
        ++name;
      }
    }
    if (name >= tokens_.size() || !is_word(name)) return std::nullopt;
    const Holiday* day = words_.holiday(tokens_, name, capital(name));
    if (day == nullptr) return std::nullopt;
    const size_t end = name + day->words.size();
    expression_.holiday = day->rule;
    expression_.unit = Unit::kDay;
    expression_.frame = told;
    size_t year = take_year(end);
    if (year != end) expression_.amount = 1;
    if (unit_is(year, Unit::kWeekend)) {  // "Labor Day weekend"
      expression_.unit = Unit::kWeekend;
      return take_year(year + 1);
    }
    return year;
  }

  // Days of the week

  /// A weekday at `at`; `end` past it and its dot. Shortened ones need a capital and are told by what stands around.
  unsigned weekday_at(size_t at, size_t& end, bool& shortened) const {
    if (at >= of_.size() || of_[at] == nullptr || of_[at]->weekday == 0) return 0;
    shortened = !of_[at]->alone;
    if (shortened && !capital(at)) return 0;
    end = at + 1;
    if (shortened && word(end, ".")) ++end;
    return of_[at]->weekday;
  }

  /// "Tue to Thur", "Mon or Tue": a shortened weekday beside another.
  bool beside_weekday(size_t at) const {
    const auto day = [&](size_t i) { return i < of_.size() && of_[i] != nullptr && of_[i]->weekday != 0; };
    const auto joint = [&](size_t i) { return use(i, Use::kLink) || word(i, "and") || word(i, "or") || dash(i); };
    return (joint(at + 1) && day(at + 2)) || (at >= 2 && joint(at - 1) && day(at - 2));
  }

  /// "Monday", "last Tuesday night", "Friday, 22nd July, 2022", "Sat. 3 May", "Sunday of next week".
  End weekday(size_t at) {
    size_t name = at;
    if ((word(name, "this") || word(name, "the")) && frame(name + 1) != Frame::kPlain && !word(name + 1, "this"))
      ++name;
    Frame told = frame(name);
    const size_t framing = name;
    const bool following = word(name, "following");
    if (following) told = Frame::kNext;
    if (told != Frame::kPlain) ++name;
    size_t end = name;
    bool shortened = false;
    const unsigned day = weekday_at(name, end, shortened);
    if (day == 0 || (name > at + 1 && told == Frame::kPlain)) return std::nullopt;
    if (const auto dated = date_behind_weekday(end)) {
      start_ = at;
      return dated;
    }
    const bool ordinal = is_digits(end) && tight(end + 1) && is_word(end + 1);  // "Mon 13th"
    if (shortened && !beside_weekday(name) && !ordinal) return std::nullopt;
    expression_ = {};
    start_ = at;
    expression_.unit = Unit::kDay;
    if (told == Frame::kPlain) {
      if (const auto dated = day_behind_weekday(end)) {
        expression_.weekday = day;
        return dated;
      }
    }
    if (shortened && ordinal) return std::nullopt;
    expression_.weekday = day;
    const bool nearest = told == Frame::kNext && (is_coming(framing) || (framing > at && word(at, "the")));
    expression_.frame = nearest ? Frame::kComing : told;
    return take_week(end);
  }

  /// "Friday, the 22nd of July", "Friday 7/6", "Friday 2018-7-6".
  End date_behind_weekday(size_t at) {
    const size_t date = skip(skip(at, ","), "the");
    expression_ = {};
    if (const auto dated = month_first(date); dated && expression_.day) return dated;
    expression_ = {};
    if (const auto dated = day_first(date)) return dated;
    expression_ = {};
    const auto dated = figures(date);
    if (dated && expression_.day) return dated;
    expression_ = {};
    return std::nullopt;
  }

  /// "Friday the 15th", "Thursday the twenty first", "Monday 21".
  End day_behind_weekday(size_t at) {
    const size_t date = skip(skip(at, ","), "the");
    const bool the = word(date - 1, "the");
    size_t end = date;
    const auto ordinal = spaced_ordinal(date);
    if (the && ordinal && ordinal->value && *ordinal->value >= 1 && *ordinal->value <= 31 && !ordinal->fraction &&
        (ordinal->ordinal || clause_ends(ordinal->last))) {
      end = ordinal->last;
      expression_.day = static_cast<unsigned>(*ordinal->value);
    } else if (date == at && is_digits(at) && day_at(date, end) && clause_ends(end)) {
      expression_.day = day_at(date, end);
    }
    return expression_.day ? std::optional(end) : std::nullopt;
  }

  /// "last week", "of the following week", "morning" behind a weekday.
  size_t take_week(size_t at) {
    size_t week = skip(skip(at, "of"), "the");
    const bool following = word(week, "following");
    const Frame told = following ? Frame::kNext : frame(week);
    if (told != Frame::kPlain && told != Frame::kPast && unit_is(week + 1, Unit::kWeek)) {
      expression_.frame = told;
      expression_.amount = 1;
      return week + 2;
    }
    return use(at, Use::kDayPart) ? at + 1 : at;
  }

  /// "the first Friday of July", "the second Tuesday in November 2020", "the third Tuesday"; "two Sundays from now".
  End nth_weekday(size_t at) {
    const size_t first = skip(at, "the");
    size_t name = first;
    if (const auto nth = nth_at(first, name); nth && *nth <= 5) {
      if (!is_word(name) || of_[name] == nullptr || of_[name]->weekday == 0 || !of_[name]->alone) return std::nullopt;
      expression_.weekday = of_[name]->weekday;
      expression_.unit = Unit::kDay;
      expression_.nth = *nth;
      return of_month(name + 1, *nth > 0);
    }
    return weekdays_away(first);
  }

  /// "two Sundays from now", "three Mondays ago".
  End weekdays_away(size_t at) {
    size_t name = at;
    const auto count = at < tokens_.size() ? count_at(at, name) : std::nullopt;
    if (!count || !is_word(name)) return std::nullopt;
    std::string_view singular = tokens_[name].lower;
    if (singular.ends_with("days")) singular.remove_suffix(1);
    const TimeWord* day = words_.find(singular);
    if (day == nullptr || day->weekday == 0 || !day->alone) return std::nullopt;
    const bool ago = word(name + 1, "ago"), from = word(name + 1, "from") && word(name + 2, "now");
    if (!ago && !from && !word(name + 1, "later")) return std::nullopt;
    expression_.weekday = day->weekday;
    expression_.unit = Unit::kDay;
    expression_.frame = Frame::kOffset;
    expression_.amount = ago ? -*count : *count;
    return name + (from ? 3 : 2);
  }

  /// "of July", "in this month", "of May 2020"; nothing, if `alone`: of the month of the reference.
  End of_month(size_t at, bool alone) {
    if (!word(at, "of") && !word(at, "in")) return alone && clause_ends(at) ? std::optional(at) : std::nullopt;
    size_t end = skip(at + 1, "the");
    if (frame(end) != Frame::kPlain && unit_is(end + 1, Unit::kMonth)) {
      expression_.frame = frame(end);
      return end + 2;
    }
    const auto month = month_at(end, end);
    if (!month) return std::nullopt;
    expression_.month = month;
    return take_year(end);
  }

  /// "third", "last" (-1); `end` past it.
  std::optional<int> nth_at(size_t at, size_t& end) const {
    if (word(at, "last")) {
      end = at + 1;
      return -1;
    }
    if (!is_word(at) && !is_digits(at)) return std::nullopt;
    const auto number = read_number(tokens_, at);
    constexpr int kWeeks = 53;
    if (!number || !number->ordinal || !number->value || *number->value < 1 || *number->value > kWeeks)
      return std::nullopt;
    end = number->last;
    return static_cast<int>(*number->value);
  }

  // Weeks

  /// "the third week of July", "first week of 2015", "last week of this month", "week 31".
  End counted_weeks(size_t at) {
    if (unit_is(at, Unit::kWeek)) {
      const auto number = number_at(at + 1);
      if (!number || *number < 1 || *number > 53 || tokens_[at + 1].lower.size() > 2 || !tokens_[at + 1].space_before)
        return std::nullopt;
      expression_.nth = *number;
      expression_.unit = Unit::kWeek;
      expression_.frame = Frame::kThis;
      const size_t end = take_year(at + 2);
      if (expression_.year) expression_.frame = Frame::kPlain;
      return end;
    }
    size_t week = skip(at, "the");
    const auto nth = nth_at(week, week);
    if (nth && unit_is(week, Unit::kMonth)) return nth_month(*nth, week + 1);
    if (!nth || !unit_is(week, Unit::kWeek)) return std::nullopt;
    expression_.unit = Unit::kWeek;
    expression_.nth = *nth;
    const size_t of = week + 1;
    size_t whole = skip(skip(of, "of"), "in");
    if (frame(whole) != Frame::kPlain && (unit_is(whole + 1, Unit::kYear) || unit_is(whole + 1, Unit::kMonth))) {
      expression_.frame = frame(whole);
      expression_.amount = unit_is(whole + 1, Unit::kMonth) ? 1 : 0;  // weeks of a month
      return whole + 2;
    }
    if (whole == of) return std::nullopt;
    if (const auto month = month_at(whole, whole)) {
      expression_.month = month;
      return take_year(whole);
    }
    if (const auto value = told_year(whole, whole)) {
      expression_.year = value;
      return whole;
    }
    return std::nullopt;
  }

  /// Behind "the third month": "of 2021", "of next year".
  End nth_month(int nth, size_t at) {
    constexpr int kMonths = 12;
    if (nth > kMonths || !word(at, "of")) return std::nullopt;
    expression_.unit = Unit::kMonth;
    expression_.month = static_cast<unsigned>(nth < 0 ? kMonths : nth);
    const size_t end = take_year(at);
    return end == at ? std::nullopt : std::optional(end);
  }

  /// "the first three months of 2021", "the last ten days of May".
  End units_of(size_t at) {
    size_t next = skip(at, "the");
    const auto nth = nth_at(next, next);
    if (!nth || (*nth != 1 && *nth != -1) || (!is_word(next) && !is_digits(next))) return std::nullopt;
    const auto count = count_at(next, next);
    const Unit named = unit(next);
    if (!count || !of_[next] || !of_[next]->plural || !word(next + 1, "of")) return std::nullopt;
    if (named != Unit::kDay && named != Unit::kWeek && named != Unit::kMonth) return std::nullopt;
    size_t whole = skip(next + 2, "the");
    expression_.unit = named;
    expression_.nth = *nth;
    expression_.amount = *count;
    if (const auto month = named != Unit::kMonth ? month_at(whole, whole) : std::nullopt) {
      expression_.month = month;
      return take_year(whole);
    }
    if (frame(whole) != Frame::kPlain && unit_is(whole + 1, Unit::kYear)) {
      expression_.frame = frame(whole);
      return whole + 2;
    }
    if (const auto value = told_year(whole, whole)) {
      expression_.year = value;
      return whole;
    }
    return std::nullopt;
  }

  /// "the week of April 10th", "the week starting on 4 February", "the week of the 18th".
  End week_of(size_t at) {
    const size_t week = skip(at, "the");
    size_t date = week + 1;
    if (unit_is(week, Unit::kWeekend) && word(date, "of")) {
      const auto named = holiday(skip(date + 1, "the"));
      expression_.unit = Unit::kWeekend;
      return named;
    }
    const bool month = unit_is(week, Unit::kMonth);
    if (!unit_is(week, Unit::kWeek) && !month) return std::nullopt;
    static constexpr std::string_view kBegins[] = {"commencing", "starting", "beginning", "ending"};
    if (word(date, "of") || (is_word(date) && in(kBegins, tokens_[date].lower)))
      ++date;
    else
      return std::nullopt;
    date = skip(skip(date, "on"), "the");
    const auto behind = [&]() -> End {
      if (auto end = month_first(date); end && expression_.day) return end;
      expression_ = {};
      if (auto end = day_first(date)) return end;
      expression_ = {};
      size_t end = date;
      if (!word(date - 1, "the")) return std::nullopt;
      expression_.day = day_at(date, end);
      return expression_.day ? std::optional(end) : std::nullopt;
    };
    const auto end = behind();
    start_ = at;
    if (!end || expression_.end_day) return std::nullopt;
    expression_.unit = month ? Unit::kMonth : Unit::kWeek;
    if (month) expression_.day.reset();
    return end;
  }

  // Months and days

  /// "February 24, 2023", "Feb. 24", "March 3-5", "February 2023", "in May", "Oct-2".
  End month_first(size_t at) {
    size_t end = at;
    size_t name = at;
    Frame told = frame(at);
    if (told == Frame::kPast) told = Frame::kPlain;
    if (told != Frame::kPlain) ++name;
    const auto month = month_at(name, end);
    if (!month) return std::nullopt;
    start_ = at;
    expression_.month = month;
    expression_.frame = told;
    size_t after = skip(end, "the");
    size_t ordinal = after + 1;
    if (after == end && word(after, ",") && is_digits(after + 1) && day_at(after + 1, ordinal) && ordinal > after + 2)
      ++after;  // "October, 1st"
    const bool close = after == end && (dash(after) || word(after, "/")) && tight(after) && tight(after + 1);
    if (close && year_at(after + 1)) {  // "Dec-2018"
      expression_.unit = Unit::kMonth;
      expression_.year = year_at(after + 1);
      return after + 2;
    }
    if (close && word(after + 2, tokens_[after].lower) && year_at(after + 3)) {  // "Sep-23-2020"
      size_t ignored = 0;
      const auto day = day_at(after + 1, ignored);
      return day ? whole_date(*year_at(after + 3), static_cast<int>(*month), static_cast<int>(*day), after + 4)
                 : std::nullopt;
    }
    if (close && is_digits(after + 1) && !word(after + 2, tokens_[after].lower)) ++after;  // "Oct-2"
    if (const auto day = day_at(after, after, capital(name) || !of_[name]->capital)) {
      expression_.day = day;
      expression_.unit = Unit::kDay;
      size_t last = skip(after + 1, "the");
      size_t ignored = 0;
      const bool range = is_range(after) && (is_digits(last) || use(after, Use::kLink));
      const auto end_day = range ? day_at(last, last) : std::nullopt;
      if (end_day && *end_day > *day && !month_at(last, ignored)) {
        expression_.end_day = end_day;
        after = last;
      }
      return take_year(after);
    }
    expression_.unit = Unit::kMonth;
    const size_t with_year = take_year(end);
    if (with_year != end || told != Frame::kPlain) return with_year;
    return month_alone(name) ? std::optional(end) : std::nullopt;
  }

  bool is_range(size_t at) const { return dash(at) || use(at, Use::kLink) || word(at, "or") || word(at, "and"); }

  /// "24 February 2023", "the 24th of February", "3-5 March", "from 4 to January 22", "4 till 23 of this month".
  End day_first(size_t at) {
    size_t end = at;
    auto day = day_at(at, end);
    if (!day) day = spoken_day(at, end);
    if (!day || (at > 0 && (word(at - 1, "$") || (tight(at) && tokens_[at - 1].is_word())))) return std::nullopt;
    std::optional<unsigned> end_day;
    if (is_range(end)) {
      size_t last = skip(end + 1, "the");
      size_t month = last;
      if (const auto second = day_at(last, last)) {
        if (*second > *day) {
          end_day = second;
          end = last;
        }
      } else if (use(end, Use::kLink) && at > 0 && word(at - 1, "from") && month_at(month, month)) {
        return from_day_to_date(at, *day, end + 1);
      }
    }
    if (word(end, "day") && word(end + 1, "of")) ++end;
    end = skip(end, "of");
    start_ = at;
    expression_.day = day;
    expression_.end_day = end_day;
    expression_.unit = Unit::kDay;
    const size_t of = skip(end, "in");
    if (end_day && frame(of) != Frame::kPlain && unit_is(of + 1, Unit::kMonth)) {
      expression_.frame = frame(of);
      return of + 2;
    }
    if (word(end, ".") && tight(end)) ++end;  // "16. Nov."
    const auto month = month_at(end, end);
    if (!month) return std::nullopt;
    expression_.month = month;
    return take_year(end);
  }

  /// "fifteen" in front of a month.
  std::optional<unsigned> spoken_day(size_t at, size_t& end) const {
    const auto number = is_word(at) ? read_number(tokens_, at) : std::nullopt;
    if (!number || !number->value || number->range || *number->value < 1 || *number->value > 31) return std::nullopt;
    size_t month = number->last;
    if (number->fraction || !month_at(month, month)) return std::nullopt;
    end = number->last;
    return static_cast<unsigned>(*number->value);
  }

  /// Behind "from 4 to": "January 22, 1995".
  End from_day_to_date(size_t at, unsigned day, size_t date) {
    const auto end = month_first(date);
    start_ = at;
    if (!end || !expression_.day || expression_.end_day || *expression_.day <= day) return std::nullopt;
    expression_.end_day = expression_.day;
    expression_.day = day;
    return end;
  }

  /// "on the 27th", "the 20th of next month": the month is the one that the reference lies in or lay in last.
  End day_alone(size_t at) {
    const bool told =
        at > 0 && (word(at - 1, "on") || word(at - 1, "for") || word(at - 1, "until") || word(at - 1, "by"));
    const size_t first = skip(at, "the");
    if (first >= tokens_.size()) return std::nullopt;
    const auto ordinal = spaced_ordinal(first);
    if (!ordinal || !ordinal->ordinal || !ordinal->value || *ordinal->value < 1 || *ordinal->value > 31)
      return std::nullopt;
    size_t end = ordinal->last;
    const bool day = word(end, "day") && word(end + 1, "of");
    const size_t of = skip(day ? end + 1 : end, "of");
    const Frame month = word(of, "the") && of > end ? Frame::kThis : frame(of);
    if (month != Frame::kPlain && unit_is(of + 1, Unit::kMonth)) {
      expression_.frame = month;
      end = of + 2;
    } else if (first == at || !told ||
               (ordinal->digits ? is_word(end) && !goes_on_behind_day(end) && !use(end, Use::kLink)
                                : !clause_ends(end))) {
      return std::nullopt;  // "on the 27th floor"
    }
    expression_.day = static_cast<unsigned>(*ordinal->value);
    expression_.unit = Unit::kDay;
    return end;
  }

  /// "on the 24th that", "on the 3rd in Paris": what cannot be the noun of "on the 27th floor".
  bool goes_on_behind_day(size_t at) const {
    static constexpr std::string_view kWords[] = {"and",   "that", "in",    "at",     "with",  "by",
                                                  "for",   "when", "after", "before", "while", "but",
                                                  "where", "he",   "she",   "they",   "it",    "as"};
    return in(kWords, tokens_[at].lower);
  }

  /// "2016, nov", "2016 November"; in "in 2016 June 5" the month has its own day.
  End year_first(size_t at) {
    const auto value = year_at(at);
    constexpr int kModern = 1800;
    if (!value || *value < kModern) return std::nullopt;
    size_t end = skip(at + 1, ",");
    const auto month = month_at(end, end);
    if (!month || is_digits(end) || (is_word(end) && spaced_ordinal(end))) return std::nullopt;
    expression_.year = value;
    expression_.month = month;
    expression_.unit = Unit::kMonth;
    return end;
  }

  // Stretches seen from the reference

  /// Count in front of a unit: "three", "few", "a couple of"; none where no count stands.
  std::optional<int> count_at(size_t at, size_t& end) const {
    size_t about = skip(at, "a");
    if (about < of_.size() && of_[about] != nullptr && of_[about]->about > 0) {
      end = skip(about + 1, "of");
      return of_[about]->about;
    }
    const auto number = read_number(tokens_, at);
    if (!number || !number->value || number->ordinal || number->range || number->magnitude) return std::nullopt;
    const bool quarters = number->fraction && unit(number->last - 1) == Unit::kQuarter && is_word(at);
    if (quarters && number->last == at + 2) {  // "two quarters" of a year are no half
      end = at + 1;
      return static_cast<int>(*number->value * 4);
    }
    if (number->fraction || *number->value > 5000 || *number->value < 1) return std::nullopt;
    end = number->last;
    return static_cast<int>(*number->value);
  }

  /// "last week", "this month", "the past two years", "next three days", "the coming weeks", "last summer".
  End framed(size_t at) {
    const bool the = word(at, "the");
    size_t next = skip(at, "the");
    if (const auto end = upcoming(next)) return end;
    Frame told = frame(next);
    if (told == Frame::kPlain) return std::nullopt;
    const size_t framing = next++;
    const bool past = told == Frame::kPast;
    if (is_coming(next)) ++next;  // "this coming week"
    int amount = 1;
    bool counted = false;
    if (const auto count = count_at(next, next)) {
      amount = *count;
      counted = true;
    }
    if (next < tokens_.size() && use(next, Use::kYearKind)) ++next;
    if (!is_word(next)) return std::nullopt;
    if (!counted && use(next, Use::kDayPart)) return part_of_day(next, told, the);
    if (of_[next] != nullptr && of_[next]->season && !counted && (!of_[next]->capital || !the)) {
      expression_.season = of_[next]->season;
      expression_.unit = Unit::kSeason;
      expression_.frame = past ? Frame::kLast : told;
      return next + 1;
    }
    Unit named = unit(next);
    if (named == Unit::kNone || named == Unit::kHalf) return std::nullopt;
    const bool plural = of_[next]->plural;
    if (plural && !counted) return std::nullopt;
    if (named == Unit::kFortnight) named = Unit::kWeek, amount *= 2, counted = true;
    expression_.unit = named;
    if (named == Unit::kWeek && !counted && !past && !the) {
      if (const auto end = weekday_of_week(next + 1, told, framing)) return end;
    }
    if (named == Unit::kYear && !counted && !past) {
      if (const auto end = part_of_year(next, told)) return end;
      expression_.unit = named;
    }
    const bool back = told == Frame::kPast || told == Frame::kLast;
    if (named == Unit::kDay && back && !counted && !word(framing, "previous")) {  // "the last day"
      expression_.frame = Frame::kOffset;
      expression_.amount = -1;
      return next + 1;
    }
    if (the && word(framing, "next") && !counted && named != Unit::kDecade) {
      expression_.frame = Frame::kTextOffset;  // "the next day": after what was just told
      expression_.amount = 1;
      return next + 1;
    }
    const bool previous = word(framing, "previous");
    if (counted || past || (the && told != Frame::kThis && !previous && !is_coming(framing))) {
      if (told == Frame::kThis) return std::nullopt;
      expression_.frame = told == Frame::kNext ? Frame::kComing : Frame::kPast;
      expression_.amount = amount;
      if (at > 0 && word(at - 1, "within") && told == Frame::kNext) expression_.frame = Frame::kWithin;
    } else if (previous) {
      expression_.frame = Frame::kTextOffset;
      expression_.amount = -1;
    } else if (named == Unit::kDay) {  // "last day", "next day", "this day"
      expression_.frame = Frame::kOffset;
      expression_.amount = told == Frame::kLast ? -1 : told == Frame::kNext ? 1 : 0;
    } else {
      expression_.frame = told;
    }
    return next + 1;
  }

  /// "2 upcoming months", "the five past years".
  End upcoming(size_t at) {
    size_t next = at;
    const auto count = is_digits(at) || is_word(at) ? count_at(at, next) : std::nullopt;
    const Frame told = frame(next);
    if (!count || told == Frame::kPlain || told == Frame::kThis || unit(next + 1) == Unit::kNone ||
        !of_[next + 1]->plural)
      return std::nullopt;
    expression_.frame = told == Frame::kNext ? Frame::kComing : Frame::kPast;
    expression_.unit = unit(next + 1);
    expression_.amount = *count;
    return next + 2;
  }

  /// "this morning", "last night".
  End part_of_day(size_t at, Frame told, bool the) {
    if (the || told == Frame::kPast || told == Frame::kNext) return std::nullopt;
    expression_.frame = Frame::kOffset;
    expression_.unit = Unit::kDay;
    expression_.amount = told == Frame::kLast ? -1 : 0;
    return at + 1;
  }

  /// "next week on Friday", "this week Friday", "next week between Wednesday and Friday".
  End weekday_of_week(size_t at, Frame told, size_t framing) {
    size_t name = at;
    if (word(name, "on") || word(name, ",")) ++name;
    const bool between = word(name, "between"), from = word(name, "from");
    if (between || from) ++name;
    size_t end = name;
    bool shortened = false;
    const unsigned first = weekday_at(name, end, shortened);
    if (first == 0 || (!shortened && !capital(name) && name != at) || word(framing, "previous")) return std::nullopt;
    const auto day = [&](unsigned weekday, Span span) {
      DateExpression one;
      one.span = span;
      one.unit = Unit::kDay;
      one.weekday = weekday;
      one.frame = told;
      one.amount = 1;
      return one;
    };
    if (between || from) {
      size_t last = end + 1;
      if (!(between && word(end, "and")) && !use(end, Use::kLink)) return std::nullopt;
      const unsigned second = weekday_at(end + 1, last, shortened);
      if (second <= first) return std::nullopt;
      expression_ = {};
      expression_.ends = {day(first, tokens_[name].span), day(second, tokens_[last - 1].span)};
      expression_.unit = Unit::kDay;
      return last;
    }
    expression_ = day(first, {});
    return end;
  }

  /// "next year's first quarter".
  End part_of_year(size_t year, Frame told) {
    if (!tokens_[year].lower.ends_with("'s")) return std::nullopt;
    const auto end = half_or_quarter(year + 1);
    if (!end || expression_.year || expression_.frame != Frame::kPlain) return std::nullopt;
    expression_.frame = told;
    return end;
  }

  // Counted from the date told before

  /// "the following day", "the same month", "the day before", "the week after next", "that year".
  End told_before(size_t at) {
    const bool that = word(at, "that");
    size_t next = that ? at + 1 : skip(at, "the");
    const bool same = word(next, "same"), following = word(next, "following");
    if (same || following) ++next;
    const Unit named = unit(next);
    if (named == Unit::kNone || named == Unit::kHalf || of_[next]->plural) return std::nullopt;
    expression_.frame = Frame::kTextOffset;
    expression_.unit = named == Unit::kFortnight ? Unit::kWeek : named;
    if (same || that) return that && (same || following) ? std::nullopt : std::optional(next + 1);
    if (following) {
      expression_.amount = named == Unit::kFortnight ? 2 : 1;
      return next + 1;
    }
    if (next == at && named != Unit::kDay) return std::nullopt;
    const bool before = word(next + 1, "before");
    if (!before && !word(next + 1, "after")) return next == at ? std::nullopt : over_weekend(at, named);
    const size_t day = next + 2;
    const int sign = before ? -1 : 1;
    if (away(day)) return std::nullopt;  // deictic
    const size_t other = skip(day, "the");
    if (word(other, before ? "last" : "next")) {
      expression_.frame = Frame::kOffset;
      expression_.amount = 2 * sign;
      return other + 1;
    }
    if (next == at) return std::nullopt;
    if (named == Unit::kDay || named == Unit::kWeek)
      if (const End date = from_date(next + 1, 1)) return date;  // "the day after Christmas"
    if (!clause_ends(day)) return std::nullopt;                  // "the day before the vote"
    expression_.amount = sign;
    return day;
  }

  /// "over the weekend": the last one, or the coming one where the clause tells of what is to come.
  End over_weekend(size_t at, Unit named) {
    if (named != Unit::kWeekend) return std::nullopt;
    expression_.frame = Frame::kPlain;
    return at + 2;
  }

  End deictic(size_t at) {
    if (!is_word(at)) return std::nullopt;
    expression_.frame = Frame::kOffset;
    expression_.unit = Unit::kDay;
    const size_t day = skip(at, "the");
    if (word(day, "day") && (word(day + 1, "before") || word(day + 1, "after")) && away(day + 2).value_or(0) != 0) {
      expression_.amount = *away(day + 2) + (word(day + 1, "before") ? -1 : 1);
      return day + 3;
    }
    if (of_[at] == nullptr || !of_[at]->away) return std::nullopt;
    expression_.amount = *of_[at]->away;
    return use(at + 1, Use::kDayPart) ? at + 2 : at + 1;
  }

  // Counted from the reference

  /// "three days ago", "a week later", "two years earlier", "in two weeks", "within five days".
  End counted_offset(size_t at) {
    size_t next = at;
    const bool within = word(at, "within");
    const bool in_word = word(at, "in") || within;
    if (in_word) ++next;
    int amount = 1;
    if (const auto count = count_at(next, next)) {
      amount = *count;
    } else if (word(next, "a") || word(next, "an") || word(next, "one")) {
      ++next;
    } else {
      return std::nullopt;
    }
    Unit named = unit(next);
    if (named == Unit::kNone || named == Unit::kQuarter || named == Unit::kHalf) return std::nullopt;
    if (named == Unit::kFortnight) named = Unit::kWeek, amount *= 2;
    const bool few = of_[next - 1] != nullptr && of_[next - 1]->about > 2;
    ++next;
    if (word(next, "'")) ++next;
    expression_.unit = named;
    if (const auto end = from_a_day(next, amount)) {
      if (within && expression_.amount > 0 && word(*end - 1, "today"))
        expression_.frame = Frame::kWithin, expression_.unit = named, expression_.amount = amount;
      return end;
    }
    if (const auto end = months_and_days(next, amount)) return end;
    if (const auto end = in_word ? std::nullopt : from_date(next, amount)) return end;
    if (few && named == Unit::kDay) return std::nullopt;  // "a few days ago" is no day
    if (word(next, "ago")) {
      expression_.frame = Frame::kOffset;
      expression_.amount = -amount;
      return next + 1;
    }
    if (word(next, "earlier") || word(next, "later")) {
      expression_.frame = Frame::kTextOffset;
      expression_.amount = word(next, "later") ? amount : -amount;
      return next + 1;
    }
    if ((word(next, "before") || word(next, "after")) && clause_ends(next + 1) && !in_word) {
      expression_.frame = Frame::kTextOffset;
      expression_.amount = word(next, "after") ? amount : -amount;
      return next + 1;
    }
    if (in_word && amount < 100 && (within || !is_word(next) || word(next, "time"))) {
      if (word(next, "time")) ++next;
      expression_.frame = within ? Frame::kWithin : Frame::kOffset;
      expression_.amount = amount;
      return next;
    }
    return std::nullopt;
  }

  /// "two weeks from now", "three days after tomorrow", "two days before yesterday".
  End from_a_day(size_t next, int amount) {
    const bool back = word(next, "before");
    if (!back && !word(next, "from") && !word(next, "after")) return std::nullopt;
    if (!word(next + 1, "now") && !away(next + 1)) return std::nullopt;
    const int shift = away(next + 1).value_or(0);
    if (shift != 0 && expression_.unit == Unit::kWeek)
      amount *= 7, expression_.unit = Unit::kDay;
    else if (shift != 0 && expression_.unit != Unit::kDay)
      return std::nullopt;
    expression_.frame = Frame::kOffset;
    expression_.amount = (back ? -amount : amount) + shift;
    return next + 2;
  }

  /// Behind "two weeks": "before Christmas", "after 12 January", "starting next Monday".
  End from_date(size_t at, int amount) {
    static constexpr std::string_view kBegins[] = {"starting", "beginning", "commencing"};
    const bool begins = is_word(at) && in(kBegins, tokens_[at].lower);
    const bool back = word(at, "before");
    if (!begins && !back && !word(at, "after") && !word(at, "from")) return std::nullopt;
    size_t date = at + 1;
    if (begins && (word(date, "from") || word(date, "on"))) ++date;
    DateExpression offset = expression_;
    const size_t begin = start_;
    const auto end = core(date);
    const DateExpression anchor = expression_;
    start_ = begin;
    expression_ = offset;
    const bool is_day = anchor.unit == Unit::kDay && can_end_stretch(anchor);
    if (!end || !is_day || (word(at, "from") && is_range(*end))) return std::nullopt;  // "two days from May to June"
    expression_.frame = begins ? Frame::kWithin : Frame::kOffset;
    expression_.amount = back ? -amount : amount;
    expression_.anchor = {anchor};
    expression_.anchor.front().span = {tokens_[date].span.begin, tokens_[*end - 1].span.end};
    return end;
  }

  /// Behind "2 years": "1 month and 21 days ago".
  End months_and_days(size_t next, int amount) {
    int months = 0, days = 0, parts = 0;
    Unit named = expression_.unit;
    for (;;) {
      if (named == Unit::kYear)
        months += 12 * amount;
      else if (named == Unit::kMonth)
        months += amount;
      else if (named == Unit::kWeek || named == Unit::kDay)
        days += amount * (named == Unit::kWeek ? 7 : 1);
      else
        return std::nullopt;
      ++parts;
      const size_t at = skip(skip(next, ","), "and");
      const auto number = at < tokens_.size() ? read_number(tokens_, at) : std::nullopt;
      if (!number || !number->value || number->ordinal || number->range || *number->value > 5000) break;
      named = unit(number->last);
      if (named == Unit::kNone) break;
      amount = static_cast<int>(*number->value);
      next = number->last + 1;
    }
    const bool within = start_ < tokens_.size() && word(start_, "within");
    if (within && parts > 1) {
      expression_.unit = Unit::kDay;
      expression_.frame = Frame::kWithin;
      expression_.amount = days;
      expression_.months = months;
      return next;
    }
    const bool ago = word(next, "ago");
    if (parts < 2 || days == 0 || !(ago || word(next, "earlier") || word(next, "later"))) return std::nullopt;
    const int sign = word(next, "later") ? 1 : -1;
    expression_.unit = Unit::kDay;
    expression_.frame = ago ? Frame::kOffset : Frame::kTextOffset;
    expression_.amount = sign * days;
    expression_.months = sign * months;
    return next + 1;
  }

  // Parts of years

  /// "summer 2019", "the spring of 2014", "summer of last year".
  End season(size_t at) {
    if (at >= of_.size() || of_[at] == nullptr || !of_[at]->season) return std::nullopt;
    expression_.season = of_[at]->season;
    expression_.unit = Unit::kSeason;
    const size_t next = skip(skip(at + 1, "of"), ",");
    size_t end = next;
    if (const auto value = told_year(next, end)) {
      expression_.year = value;
      return end;
    }
    const bool of = next == at + 2;
    if (of && frame(next) != Frame::kPlain && unit_is(next + 1, Unit::kYear)) {
      expression_.frame = frame(next);
      return next + 2;
    }
    // "in the summer" has the year told before.
    const bool told = at > 0 && (use(at - 1, Use::kBeforeMonth) || word(at - 1, "the") || word(at - 1, "that"));
    return told && clause_ends(at + 1) ? std::optional(at + 1) : std::nullopt;
  }

  /// "the first quarter of 2019", "Q1 2019", "2016 H2", "Q3", "the first half of this year", "2016 the third quarter".
  End half_or_quarter(size_t at) {
    std::optional<int> before;
    size_t next = at;
    if (const auto value = year_at(at)) {
      before = value;
      next = skip(at + 1, "the");
      if (dash(next) && tight(next)) ++next;
    }
    bool lettered = false;
    auto end = lettered_part(next, lettered);
    if (!end) end = counted_part(next);
    if (!end) return std::nullopt;
    expression_.unit = expression_.half ? Unit::kHalf : Unit::kQuarter;
    if (before) {
      expression_.year = before;
      return end;
    }
    size_t of = skip(skip(*end, "of"), ",");
    if (lettered && dash(of) && tight(of)) ++of;
    size_t year = use(of, Use::kYearKind) ? skip(of + 1, "year") : of;
    if (const auto value = told_year(year, year)) {
      expression_.year = value;
      return year;
    }
    if (word(of, "the") && unit_is(of + 1, Unit::kYear)) return of + 2;
    if (frame(of) != Frame::kPlain && unit_is(of + 1, Unit::kYear)) {
      expression_.frame = frame(of);
      return of + 2;
    }
    const bool year_told = at > 0 && unit(at - 1) == Unit::kYear;  // "next year's first quarter"
    return (lettered && expression_.quarter) || year_told ? end : std::nullopt;
  }

  /// "Q3", "H1".
  End lettered_part(size_t at, bool& lettered) {
    if (!is_word(at) || !tight(at + 1)) return std::nullopt;
    const bool quarter = word(at, "q");
    const auto number = number_at(at + 1);
    if ((!quarter && !(word(at, "h") && capital(at))) || !number || *number < 1 || *number > (quarter ? 4 : 2))
      return std::nullopt;
    if (tokens_[at + 1].lower.size() != 1 || (tight(at + 2) && is_word(at + 2))) return std::nullopt;
    (quarter ? expression_.quarter : expression_.half) = static_cast<unsigned>(*number);
    lettered = true;
    return at + 2;
  }

  End counted_part(size_t at) {
    size_t part = skip(at, "the");
    const auto told = nth_at(part, part);
    if (!told) return std::nullopt;
    const bool quarter = unit_is(part, Unit::kQuarter), half = unit_is(part, Unit::kHalf);
    const int count = quarter ? 4 : 2;
    const int nth = *told < 0 ? count : *told;
    if ((!quarter && !half) || nth > count) return std::nullopt;
    (quarter ? expression_.quarter : expression_.half) = static_cast<unsigned>(nth);
    return part + 1;
  }

  // Decades, centuries, years

  /// "the 1980s", "the '90s", "the 70's", "the seventies", "nineteen seventies".
  End decade(size_t at) {
    expression_.unit = Unit::kDecade;
    if (const auto value = year_at(at); value && *value % 10 == 0) {
      if (const auto end = plural_sign(at + 1, false)) return expression_.year = value, end;
    }
    const bool sign = word(at, "'") || word(at, "\u2019") || word(at, "\u2018");
    const size_t figure = sign ? at + 1 : at;
    const auto value = number_at(figure);
    if (value && tokens_[figure].lower.size() == 2 && *value % 10 == 0 && *value >= 20 && (!sign || tight(figure))) {
      const bool the = at > 0 && (word(at - 1, "the") || word(at - 1, "in") || word(at - 1, "mid"));
      if (const auto end = sign || the ? plural_sign(figure + 1, !sign) : std::nullopt)
        return expression_.year = 1900 + *value, end;
    }
    if (!is_word(at)) return std::nullopt;
    const bool the = at > 0 && (word(at - 1, "the") || use(at - 1, Use::kStretchPart) || dash(at - 1));
    if (the && of_[at] != nullptr && of_[at]->decade > 0) return expression_.year = 1900 + of_[at]->decade, at + 1;
    const auto century = read_number(tokens_, at);
    if (century && century->value && !century->digits && !century->ordinal && *century->value >= 10 &&
        *century->value <= 20 && century->last < of_.size() && of_[century->last] != nullptr) {
      const int tens = of_[century->last]->decade;
      if (tens > 0) return expression_.year = static_cast<int>(*century->value) * 100 + tens, century->last + 1;
    }
    return std::nullopt;
  }

  /// "s" or "'s" at the end of a figure; not of people's ages: "in their 70s" has no article.
  End plural_sign(size_t at, bool strict) const {
    if (tight(at) && word(at, "s")) return at + 1;
    if (!strict && word(at, "s") && clause_ends(at + 1)) return at + 1;
    if (tight(at) && (word(at, "'") || word(at, "\u2019")) && tight(at + 1) && word(at + 1, "s")) return at + 2;
    return std::nullopt;
  }

  /// "the 19th century".
  End century(size_t at) {
    const auto ordinal = read_number(tokens_, at);
    if (!ordinal || !ordinal->ordinal || !ordinal->value || *ordinal->value < 10 || *ordinal->value > 21)
      return std::nullopt;
    const size_t next = dash(ordinal->last) ? ordinal->last + 1 : ordinal->last;
    if (unit(next) != Unit::kCentury) return std::nullopt;
    expression_.unit = Unit::kCentury;
    expression_.year = static_cast<int>(*ordinal->value) * 100 - 100;  // in everyday use it begins with 1800
    return next + 1;
  }

  /// "2014", "2015-16", "2018-2022", "fiscal 2016", "in nineteen ninety nine". Four digits before a plural noun are a
  /// count unless a word of time stands before them.
  End year(size_t at) {
    size_t spoken = at;
    if (at > 0 && use(at - 1, Use::kBeforeYear)) {
      if (const auto value = spoken_year(at, spoken)) {
        const bool counts = is_word(spoken) && !use(spoken, Use::kLink) && !word(spoken, "and");
        if (counts) return std::nullopt;
        expression_.unit = Unit::kYear;
        expression_.year = value;
        return spoken;
      }
    }
    const auto value = year_at(at);
    if (!value || !year_stands_free(at)) return std::nullopt;
    const size_t end = at + 1;
    const bool told =
        at > 0 && (use(at - 1, Use::kBeforeYear) || dash(at - 1) || tokens_[at - 1].lower.ends_with("'s"));
    const bool later_than = at > 1 && word(at - 1, "than") && (word(at - 2, "later") || word(at - 2, "earlier"));
    if (at > 0 && !later_than && (use(at - 1, Use::kBeforeNumber) || word(at - 1, "$"))) return std::nullopt;
    if (at > 1 && word(at - 1, "to") && (word(at - 2, "up") || word(at - 2, "close"))) return std::nullopt;
    if (at > 1 && word(at - 1, "as") && word(at - 2, "many")) return std::nullopt;
    if (use(end, Use::kAfterNumber)) return std::nullopt;
    const bool modern = *value >= 1800 && *value <= 2100;
    const bool apart = *value >= 1500 && *value <= 2100 && clause_ends(end) && !word(end, "-");  // "(1791)"
    if (!modern && !told && !apart) return std::nullopt;
    expression_.unit = Unit::kYear;
    expression_.year = value;
    if ((dash(end) || word(end, "/")) && tight(end) && tight(end + 1) && is_digits(end + 1)) {
      const auto last = last_year(*value, end + 1);
      if (!last) return std::nullopt;  // "2015-1-32"
      expression_.end_year = last;
      return end + 2;
    }
    return end;
  }

  /// No part of a code ("S-1701"), an amount or a time.
  bool year_stands_free(size_t at) const {
    if (tight(at) && at > 0 && !word(at - 1, "(") && !dash(at - 1) && !word(at - 1, "\"") && !word(at - 1, "\u201c") &&
        !word(at - 1, "~") && !word(at - 1, "/") && !word(at - 1, "=") && !word(at - 1, "fy"))
      return false;
    const bool behind_dash = at > 1 && tight(at) && (dash(at - 1) || word(at - 1, "/"));
    if (behind_dash && is_digits(at - 2) && tight(at - 1)) return false;  // "555-2010"
    if (behind_dash && !is_digits(at - 2) && !word(at - 2, "mid") && !word(at - 2, "pre") && !word(at - 2, "post"))
      return false;
    const size_t end = at + 1;
    return !(tight(end) && (is_word(end) || word(end, "%") || word(end, ":")));
  }

  /// The year behind "2015-": "16", "2019", also "1914-18".
  std::optional<int> last_year(int first, size_t at) const {
    const auto second = number_at(at);
    const size_t digits = tokens_[at].lower.size();
    if (!second || (tight(at + 1) && (is_word(at + 1) || dash(at + 1)))) return std::nullopt;
    if (digits == 2 && *second == (first + 1) % 100) return first + 1;
    if (digits == 4 && year_at(at) && *second > first) return second;
    if (digits == 2 && first / 100 * 100 + *second > first) return first / 100 * 100 + *second;
    return std::nullopt;
  }

  const TimeWords& words_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<const TimeWord*> of_;  ///< what each token can be
  std::vector<char> near_;           ///< whether a word of time or a figure follows soon
  DateExpression expression_;
  size_t start_ = 0;
};

}  // namespace

std::vector<DateExpression> find_in_sentence(const TimeWords& words, std::string_view text, Span sentence) {
  return Finder(words, text, sentence).all();
}

}  // namespace dragoman::coding
