// SPDX-License-Identifier: Apache-2.0
#include "coding/dates.h"

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/text.h"
#include "coding/numbers.h"
#include "coding/row_error.h"

namespace dragoman::coding {
namespace {

using Frame = DateExpression::Frame;
using Unit = DateExpression::Unit;

template <size_t N>
bool in(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

struct Name {
  std::string_view text;
  unsigned value;
};

constexpr Name kMonths[] = {{"january", 1},   {"february", 2},  {"march", 3},  {"april", 4},     {"may", 5},
                            {"june", 6},      {"july", 7},      {"august", 8}, {"september", 9}, {"october", 10},
                            {"november", 11}, {"december", 12}, {"jan", 1},    {"feb", 2},       {"mar", 3},
                            {"apr", 4},       {"jun", 6},       {"jul", 7},    {"aug", 8},       {"sep", 9},
                            {"sept", 9},      {"oct", 10},      {"nov", 11},   {"dec", 12}};
constexpr Name kWeekdays[] = {{"monday", 1},   {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5},
                              {"saturday", 6}, {"sunday", 7},  {"mon", 1},       {"tue", 2},      {"tues", 2},
                              {"wed", 3},      {"thu", 4},     {"thur", 4},      {"thurs", 4},    {"fri", 5},
                              {"sat", 6},      {"sun", 7}};
constexpr Name kSeasons[] = {{"spring", 0}, {"summer", 1}, {"autumn", 2}, {"fall", 2}, {"winter", 3}};
constexpr std::string_view kDayParts[] = {"morning", "afternoon", "evening",  "night",
                                          "noon",    "midday",    "midnight", "lunchtime"};

template <size_t N>
std::optional<unsigned> named(const Name (&names)[N], std::string_view word) {
  if (word.ends_with("'s")) word.remove_suffix(2);
  for (const Name& name : names) {
    if (name.text == word) return name.value;
  }
  return std::nullopt;
}

std::optional<Unit> unit_named(std::string_view word) {
  if (word.ends_with("'s"))
    word.remove_suffix(2);
  else if (word.ends_with("s'"))
    word.remove_suffix(1);
  constexpr std::pair<std::string_view, Unit> kUnits[] = {
      {"day", Unit::kDay},         {"week", Unit::kWeek}, {"weekend", Unit::kWeekend}, {"month", Unit::kMonth},
      {"quarter", Unit::kQuarter}, {"year", Unit::kYear}, {"decade", Unit::kDecade},   {"century", Unit::kCentury}};
  for (const auto& [name, unit] : kUnits) {
    if (word == name || (word.size() == name.size() + 1 && word.starts_with(name) && word.back() == 's')) return unit;
  }
  if (word == "centuries") return Unit::kCentury;
  return std::nullopt;
}

bool is_dash(const Token& token) {
  return token.is("-") || token.is("\u2013") || token.is("\u2014") || token.is("\u2011");
}

std::optional<int> whole_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (!base::is_ascii_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Reads the expressions of one sentence.
class Finder {
 public:
  Finder(std::string_view text, Span sentence) : text_(text), tokens_(tokenize(text, sentence)) {}

  const std::vector<Token>& tokens() const { return tokens_; }

  /// The expression at token `at`; moves `at` past it.
  std::optional<DateExpression> read(size_t& at) {
    expression_ = {};
    const size_t begin = at;
    const auto end = numeric(at);
    if (!end) return std::nullopt;
    expression_.span = {tokens_[start_].span.begin, tokens_[*end - 1].span.end};
    at = *end;
    if (start_ != begin) at = std::max(at, begin + 1);
    return expression_;
  }

 private:
  bool word(size_t at, std::string_view form) const { return at < tokens_.size() && tokens_[at].is(form); }
  bool tight(size_t at) const { return at < tokens_.size() && !tokens_[at].space_before; }
  bool capital(size_t at) const { return at < tokens_.size() && base::is_ascii_upper(text_[tokens_[at].span.begin]); }

  std::optional<size_t> numeric(size_t at) {
    start_ = at;
    if (const auto end = iso_or_slashed(at)) return end;
    if (const auto end = weekday(at)) return end;
    if (const auto end = month_first(at)) return end;
    if (const auto end = day_first(at)) return end;
    if (const auto end = nth_weekday(at)) return end;
    if (const auto end = framed(at)) return end;
    if (const auto end = day_alone(at)) return end;
    if (const auto end = deictic(at)) return end;
    if (const auto end = counted_offset(at)) return end;
    if (const auto end = season_or_quarter(at)) return end;
    if (const auto end = decade(at)) return end;
    return year(at);
  }

  std::optional<int> number_at(size_t at) const {
    return at < tokens_.size() && tokens_[at].is_digits() ? whole_number(tokens_[at].lower) : std::nullopt;
  }

  /// Four digits that can be a year.
  std::optional<int> year_at(size_t at) const {
    if (at >= tokens_.size() || !tokens_[at].is_digits() || tokens_[at].lower.size() != 4) return std::nullopt;
    const auto value = number_at(at);
    return value && *value >= 1000 && *value <= 2199 ? value : std::nullopt;
  }

  /// Day of a month: "24", "24th". `end` is moved past it.
  std::optional<unsigned> day_at(size_t at, size_t& end) const {
    if (at < tokens_.size() && tokens_[at].is_word()) {  // "the twenty-first of May", "May first"
      const auto ordinal = spaced_ordinal(at);
      if (!ordinal || !ordinal->ordinal || !ordinal->value || *ordinal->value > 31) return std::nullopt;
      end = ordinal->last;
      return static_cast<unsigned>(*ordinal->value);
    }
    const auto value = number_at(at);
    if (!value || *value < 1 || *value > 31 || tokens_[at].lower.size() > 2) return std::nullopt;
    end = at + 1;
    if (tight(end) && (word(end, "st") || word(end, "nd") || word(end, "rd") || word(end, "th")))
      ++end;
    else if (tight(end) && end < tokens_.size() && tokens_[end].is_word())
      return std::nullopt;
    if (tight(end) && (word(end, "%") || (word(end, ":") && end + 1 < tokens_.size() && tokens_[end + 1].is_digits())))
      return std::nullopt;
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

  /// A month by name; "may", "march", "mar", "sun" and the like only with a capital. `end` past it and its dot.
  std::optional<unsigned> month_at(size_t at, size_t& end) const {
    if (at >= tokens_.size() || !tokens_[at].is_word() || !(capital(at) || beside_figure(at))) return std::nullopt;
    const auto month = named(kMonths, tokens_[at].lower);
    if (!month) return std::nullopt;
    end = at + 1;
    const bool figure_follows = end + 1 < tokens_.size() && tokens_[end + 1].is_digits();
    if ((tokens_[at].lower.size() <= 4 || figure_follows) && word(end, ".") && tight(end) && end + 1 < tokens_.size() &&
        tokens_[at].lower != "may")
      ++end;
    return month;
  }

  /// "january 12th": without its capital a month needs a figure beside it, and no other meaning.
  bool beside_figure(size_t at) const {
    static constexpr std::string_view kOnlyMonths[] = {"january", "february", "september",
                                                       "october", "november", "december"};
    return in(kOnlyMonths, tokens_[at].lower) &&
           ((at + 1 < tokens_.size() && tokens_[at + 1].is_digits()) || (at > 0 && tokens_[at - 1].is_digits()));
  }

  /// ", 2023" or " 2023" behind a day or month.
  size_t take_year(size_t at) {
    size_t next = at;
    if (word(next, ",")) ++next;
    if (word(next, "of")) ++next;
    if (const auto value = year_at(next)) {
      if (*value >= 1500 || next == at) {
        expression_.year = value;
        return next + 1;
      }
    }
    if (word(at, "last") && word(at + 1, "year")) {
      expression_.frame = Frame::kLast;
      return at + 2;
    }
    if (word(at, "this") && word(at + 1, "year")) {
      expression_.frame = Frame::kThis;
      return at + 2;
    }
    if (word(at, "next") && word(at + 1, "year")) {
      expression_.frame = Frame::kNext;
      return at + 2;
    }
    return at;
  }

  std::optional<size_t> iso_or_slashed(size_t at) {
    if (at >= tokens_.size() || !tokens_[at].is_digits()) return std::nullopt;
    const std::string& first = tokens_[at].lower;
    if (first.find('.') != std::string::npos) {  // 24.02.2023
      const auto parts = base::split(first, '.');
      if (parts.size() != 3) return std::nullopt;
      if (parts[0].size() == 4)  // 2015.5.13
        return whole_date(*whole_number(parts[0]), whole_number(parts[1]).value_or(0),
                          whole_number(parts[2]).value_or(0), at + 1);
      if (parts[2].size() != 4) return std::nullopt;
      return whole_date(*whole_number(parts[2]), whole_number(parts[1]).value_or(0), whole_number(parts[0]).value_or(0),
                        at + 1);
    }
    if (at + 4 >= tokens_.size() || !tight(at + 1) || !tight(at + 2) || !tight(at + 3) || !tight(at + 4))
      return std::nullopt;
    const auto b = number_at(at + 2);
    const auto c = number_at(at + 4);
    const auto a = number_at(at);
    if (!a || !b || !c || !tokens_[at + 1].is(tokens_[at + 3].lower)) return std::nullopt;
    if (first.size() == 4 && (tokens_[at + 1].is("-") || tokens_[at + 1].is("/")))
      return whole_date(*a, *b, *c, at + 5);
    if (tokens_[at + 1].is("/") && c && tokens_[at + 4].lower.size() == 2 && (*a > 12) != (*b > 12) && *c <= 60)
      return whole_date(2000 + *c, std::min(*a, *b), std::max(*a, *b), at + 5);  // 21/04/16
    if ((tokens_[at + 1].is("/") || tokens_[at + 1].is("-")) && tokens_[at + 4].lower.size() == 4) {
      // 02/03/2023 is one day in London and another in New York: only what can be one is taken.
      if (*a > 12) return whole_date(*c, *b, *a, at + 5);
      if (*b > 12 || *a == *b) return whole_date(*c, *a, *b, at + 5);
      expression_.unit = Unit::kYear;
      expression_.year = *c;
      return at + 5;
    }
    return std::nullopt;
  }

  std::optional<size_t> whole_date(int year, int month, int day, size_t end) {
    if (month < 1 || day < 1 || !base::civil_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day)))
      return std::nullopt;
    expression_.year = year;
    expression_.month = static_cast<unsigned>(month);
    expression_.day = static_cast<unsigned>(day);
    expression_.unit = Unit::kDay;
    return end;
  }

  Frame frame_word(size_t at) const {
    if (word(at, "last") || word(at, "previous")) return Frame::kLast;
    if (word(at, "next") || word(at, "coming") || word(at, "upcoming")) return Frame::kNext;
    if (word(at, "this")) return Frame::kThis;
    return Frame::kPlain;
  }

  /// "Monday", "last Tuesday night", "Friday, 22nd July, 2022", "Sat. 3 May".
  std::optional<size_t> weekday(size_t at) {
    size_t name = at;
    const Frame frame = frame_word(at);
    if (frame != Frame::kPlain) ++name;
    if (name >= tokens_.size() || !tokens_[name].is_word() || !capital(name)) return std::nullopt;
    const auto day = named(kWeekdays, tokens_[name].lower);
    if (!day) return std::nullopt;
    size_t end = name + 1;
    const bool shortened = tokens_[name].lower.size() <= 5 && !tokens_[name].lower.ends_with("day");
    if (shortened) {  // "Sun" and "Sat" are words too
      if (!word(end, ".") && !word(end, ",")) return std::nullopt;
      if (word(end, ".")) ++end;
    }
    size_t date = end;
    if (word(date, ",")) ++date;
    if (word(date, "the")) ++date;
    expression_ = {};
    if (const auto dated = month_first(date)) {
      start_ = at;
      if (expression_.day) return dated;
    }
    expression_ = {};
    if (const auto dated = day_first(date)) {
      start_ = at;
      return dated;
    }
    if (shortened) return std::nullopt;
    expression_ = {};
    start_ = at;
    expression_.unit = Unit::kDay;
    if (word(date - 1, "the") && frame == Frame::kPlain) {  // "Friday the 15th"
      const auto ordinal = read_number(tokens_, date);
      if (ordinal && ordinal->ordinal && ordinal->digits && *ordinal->value <= 31) {
        expression_.day = static_cast<unsigned>(*ordinal->value);
        return ordinal->last;
      }
    }
    expression_.weekday = day;
    expression_.frame = frame;
    if (word(end, "last") && word(end + 1, "week")) {
      expression_.frame = Frame::kLast;
      expression_.amount = 1;  // of the week before
      end += 2;
    } else if (word(end, "next") && word(end + 1, "week")) {
      expression_.frame = Frame::kNext;
      expression_.amount = 1;
      end += 2;
    } else if (end < tokens_.size() && in(kDayParts, tokens_[end].lower)) {
      ++end;
    }
    return end;
  }

  /// "February 24, 2023", "Feb. 24", "March 3-5", "February 2023", "in May", "early March".
  std::optional<size_t> month_first(size_t at) {
    size_t end = at;
    size_t name = at;
    const Frame frame = frame_word(at);
    if (frame != Frame::kPlain) ++name;
    const auto month = month_at(name, end);
    if (!month) return std::nullopt;
    start_ = at;
    expression_.month = month;
    expression_.frame = frame;
    size_t after = end;
    if (word(after, "the")) ++after;
    if (after == end && after + 1 < tokens_.size() && (is_dash(tokens_[after]) || word(after, "/")) && tight(after) &&
        tight(after + 1) && !(after + 2 < tokens_.size() && tokens_[after + 2].is(tokens_[after].lower)))
      ++after;  // "Oct-2"
    if (const auto day = day_at(after, after)) {
      expression_.day = day;
      expression_.unit = Unit::kDay;
      if (is_range(after)) {
        size_t last = after + 1;
        if (const auto end_day = day_at(last, last)) {
          if (*end_day > *day) {
            expression_.end_day = end_day;
            after = last;
          }
        }
      }
      return take_year(after);
    }
    expression_.unit = Unit::kMonth;
    const size_t with_year = take_year(end);
    if (with_year != end || frame != Frame::kPlain) return with_year;
    return month_alone(name) ? std::optional(end) : std::nullopt;
  }

  /// "the first Friday of July", "the second Tuesday in November 2020".
  std::optional<size_t> nth_weekday(size_t at) {
    size_t next = at;
    if (word(next, "the")) ++next;
    if (next >= tokens_.size()) return std::nullopt;
    const bool last = word(next, "last");
    const auto ordinal = read_number(tokens_, next);
    if (!last && (!ordinal || !ordinal->ordinal || !ordinal->value || *ordinal->value > 5)) return std::nullopt;
    const size_t name = last ? next + 1 : ordinal->last;
    if (name + 2 >= tokens_.size() || !tokens_[name].lower.ends_with("day") ||
        !(word(name + 1, "of") || word(name + 1, "in")))
      return std::nullopt;
    const auto day = named(kWeekdays, tokens_[name].lower);
    if (!day) return std::nullopt;
    expression_.weekday = day;
    expression_.nth = last ? -1 : static_cast<int>(*ordinal->value);
    expression_.unit = Unit::kDay;
    size_t end = name + 2;
    if (word(end + 1, "month") && frame_word(end) != Frame::kPlain) {
      expression_.frame = frame_word(end);
      return end + 2;
    }
    const auto month = month_at(end, end);
    if (!month) return std::nullopt;
    expression_.month = month;
    return take_year(end);
  }

  /// "on the 27th", "the 20th of next month": the month is the one that the reference lies in or lay in last.
  std::optional<size_t> day_alone(size_t at) {
    const bool told =
        at > 0 && (word(at - 1, "on") || word(at - 1, "for") || word(at - 1, "until") || word(at - 1, "by"));
    if (!word(at, "the") || at + 1 >= tokens_.size()) return std::nullopt;
    size_t end = at + 1;
    const auto ordinal = spaced_ordinal(end);
    if (!ordinal || !ordinal->ordinal || !ordinal->value || *ordinal->value < 1 || *ordinal->value > 31)
      return std::nullopt;
    const bool figures = ordinal->digits;
    end = ordinal->last;
    const Frame frame = word(end, "of") ? frame_word(end + 1) : Frame::kPlain;
    if (frame != Frame::kPlain && word(end + 2, "month")) {
      expression_.frame = frame;
      end += 3;
    } else if (!told || !figures ||
               (end < tokens_.size() && tokens_[end].is_word() && !word(end, "and") && !word(end, "to"))) {
      return std::nullopt;  // "on the 27th floor"
    }
    expression_.day = static_cast<unsigned>(*ordinal->value);
    expression_.unit = Unit::kDay;
    return end;
  }

  bool is_range(size_t at) const {
    return at + 1 < tokens_.size() &&
           (is_dash(tokens_[at]) || tokens_[at].is("to") || tokens_[at].is("or") || tokens_[at].is("and")) &&
           tokens_[at + 1].is_digits();
  }

  /// May, March, August, April, June are names and verbs too: alone they need a word of time before them.
  bool month_alone(size_t name) const {
    const std::string& w = tokens_[name].lower;
    static constexpr std::string_view kSafe[] = {"january", "february", "july",    "september",
                                                 "october", "november", "december"};
    static constexpr std::string_view kBefore[] = {"in",    "of",  "since",   "last",   "this",    "next",   "early",
                                                   "late",  "mid", "by",      "until",  "from",    "during", "through",
                                                   "till",  "to",  "between", "and",    "before",  "after",  "each",
                                                   "every", "for", "-",       "around", "previous"};
    const bool before = name > 0 && in(kBefore, tokens_[name - 1].lower);
    if (in(kSafe, w)) return true;
    return before && w.size() >= 3 &&
           !(name + 1 < tokens_.size() && tokens_[name + 1].is_word() && capital(name + 1) &&
             !tokens_[name - 1].is("in"));
  }

  /// "24 February 2023", "the 24th of February", "3-5 March".
  std::optional<size_t> day_first(size_t at) {
    size_t end = at;
    const auto day = day_at(at, end);
    if (!day || (at > 0 && tight(at) && tokens_[at - 1].is_word())) return std::nullopt;
    std::optional<unsigned> end_day;
    if (is_range(end)) {
      size_t last = end + 1;
      if (const auto second = day_at(last, last)) {
        size_t ignored = 0;
        if (*second > *day && month_at(last, ignored)) {
          end_day = second;
          end = last;
        }
      }
    }
    if (word(end, "of")) ++end;
    const auto month = month_at(end, end);
    if (!month) return std::nullopt;
    start_ = at;
    expression_.month = month;
    expression_.day = day;
    expression_.end_day = end_day;
    expression_.unit = Unit::kDay;
    return take_year(end);
  }

  /// "last week", "this month", "the past two years", "next three days", "earlier this year", "the coming weeks".
  std::optional<size_t> framed(size_t at) {
    size_t next = at;
    if (word(next, "earlier") || word(next, "later")) ++next;
    const bool the = word(next, "the");
    if (the) ++next;
    Frame frame = frame_word(next);
    const bool past = word(next, "past") || word(next, "preceding");
    if (frame == Frame::kPlain && !past) return following(at);
    const size_t framing = next++;
    if (past) frame = Frame::kPast;
    int amount = 1;
    bool counted = false;
    if (const auto number = read_number(tokens_, next);
        number && number->value && !number->ordinal && *number->value < 1000) {
      amount = static_cast<int>(*number->value);
      counted = true;
      next = number->last;
    } else if (word(next, "few") || word(next, "several") || word(next, "couple")) {
      return std::nullopt;
    }
    if (next >= tokens_.size() || !tokens_[next].is_word()) return std::nullopt;
    if (word(next, "financial") || word(next, "fiscal") || word(next, "calendar")) ++next;
    if (next >= tokens_.size()) return std::nullopt;
    if (!counted && in(kDayParts, tokens_[next].lower)) {
      if (the || past) return std::nullopt;
      expression_.frame = Frame::kOffset;  // this morning, last night
      expression_.unit = Unit::kDay;
      expression_.amount = frame == Frame::kLast ? -1 : 0;
      if (frame == Frame::kNext) return std::nullopt;
      return next + 1;
    }
    if (const auto season = named(kSeasons, tokens_[next].lower); season && !counted && (!word(next, "fall") || !the)) {
      expression_.season = season;
      expression_.unit = Unit::kSeason;
      expression_.frame = past ? Frame::kLast : frame;
      return next + 1;
    }
    const auto unit = unit_named(tokens_[next].lower);
    if (!unit) return std::nullopt;
    const bool plural = tokens_[next].lower.ends_with("s") && !tokens_[next].lower.ends_with("'s");
    if (plural && !counted) return std::nullopt;
    expression_.unit = *unit;
    if (*unit == Unit::kWeek && !counted && !past && !the) {  // "next week on Friday", "this week Friday"
      size_t name = next + 1;
      if (word(name, "on") || word(name, ",")) ++name;
      const auto day = name < tokens_.size() && capital(name) && tokens_[name].lower.ends_with("day")
                           ? named(kWeekdays, tokens_[name].lower)
                           : std::nullopt;
      if (day && !tokens_[framing].is("previous")) {
        expression_.unit = Unit::kDay;
        expression_.weekday = day;
        expression_.frame = frame;
        expression_.amount = 1;
        return name + 1;
      }
    }
    if (the && frame == Frame::kNext && tokens_[framing].is("next") && !counted && *unit != Unit::kDecade) {
      expression_.frame = Frame::kTextOffset;  // "the next day": after what was just told
      expression_.amount = 1;
      return next + 1;
    }
    if (counted || past || (the && frame != Frame::kThis && !tokens_[framing].is("previous"))) {
      expression_.frame = frame == Frame::kNext ? Frame::kComing : Frame::kPast;
      if (frame == Frame::kThis) return std::nullopt;
      expression_.amount = amount;
    } else {
      expression_.frame = tokens_[framing].is("previous") ? Frame::kTextOffset : frame;
      if (expression_.frame == Frame::kTextOffset) expression_.amount = -1;
    }
    return next + 1;
  }

  /// "the following day", "the same day", "the next day".
  std::optional<size_t> following(size_t at) {
    size_t next = at;
    if (!word(next, "the")) return std::nullopt;
    ++next;
    const bool same = word(next, "same");
    if (!same && !word(next, "following")) return std::nullopt;
    if (next + 1 >= tokens_.size()) return std::nullopt;
    const auto unit = unit_named(tokens_[next + 1].lower);
    if (!unit) return std::nullopt;
    expression_.frame = Frame::kTextOffset;
    expression_.unit = *unit;
    expression_.amount = same ? 0 : 1;
    return next + 2;
  }

  std::optional<size_t> deictic(size_t at) {
    if (at >= tokens_.size() || !tokens_[at].is_word()) return std::nullopt;
    expression_.frame = Frame::kOffset;
    expression_.unit = Unit::kDay;
    std::string_view w = tokens_[at].lower;
    if (w.ends_with("'s")) w.remove_suffix(2);
    size_t end = at + 1;
    if (word(at, "the") && word(at + 1, "day") && (word(at + 2, "before") || word(at + 2, "after")) &&
        (word(at + 3, "yesterday") || word(at + 3, "tomorrow"))) {
      expression_.amount = word(at + 2, "before") ? -2 : 2;
      return at + 4;
    }
    if (w == "today" || w == "tonight")
      expression_.amount = 0;
    else if (w == "yesterday")
      expression_.amount = -1;
    else if (w == "tomorrow")
      expression_.amount = 1;
    else if (w == "overnight")
      expression_.amount = 0;
    else if (word(at, "earlier") && word(at + 1, "today"))
      end = at + 2;
    else
      return std::nullopt;
    if (w == "overnight") return std::nullopt;
    if (end < tokens_.size() && in(kDayParts, tokens_[end].lower)) ++end;
    return end;
  }

  /// "three days ago", "a week later", "two years earlier", "in two weeks", "five months before".
  std::optional<size_t> counted_offset(size_t at) {
    size_t next = at;
    const bool in_word = word(at, "in") || word(at, "within");
    if (in_word) ++next;
    int amount = 1;
    if (const auto number = read_number(tokens_, next)) {
      if (!number->value || number->ordinal || *number->value > 5000 || number->range) return std::nullopt;
      amount = static_cast<int>(*number->value);
      next = number->last;
    } else if (word(next, "a") || word(next, "an") || word(next, "one")) {
      ++next;
    } else {
      return std::nullopt;
    }
    if (next >= tokens_.size()) return std::nullopt;
    const auto unit = unit_named(tokens_[next].lower);
    if (!unit || *unit == Unit::kQuarter) return std::nullopt;
    ++next;
    if (word(next, "'")) ++next;
    expression_.unit = *unit;
    const bool has_time = next < tokens_.size();
    if (const auto end = from_a_day(next, amount)) return end;
    if (const auto end = months_and_days(next, amount)) return end;
    if (has_time && (word(next, "ago"))) {
      expression_.frame = Frame::kOffset;
      expression_.amount = -amount;
      return next + 1;
    }
    if (has_time && (word(next, "earlier") || word(next, "later"))) {
      expression_.frame = Frame::kTextOffset;
      expression_.amount = word(next, "later") ? amount : -amount;
      return next + 1;
    }
    if (word(at, "in") && amount < 100 && (!has_time || !tokens_[next].is_word() || word(next, "time"))) {
      if (word(next, "time")) ++next;
      expression_.frame = Frame::kOffset;
      expression_.amount = amount;
      return next;
    }
    return std::nullopt;
  }

  /// "two weeks from now", "three days after tomorrow", "two days before yesterday".
  std::optional<size_t> from_a_day(size_t next, int amount) {
    const bool back = word(next, "before");
    if (!back && !word(next, "from") && !word(next, "after")) return std::nullopt;
    const bool day = word(next + 1, "now") || word(next + 1, "today");
    const int shift = word(next + 1, "tomorrow") ? 1 : word(next + 1, "yesterday") ? -1 : 0;
    if (!day && shift == 0) return std::nullopt;
    if (shift != 0 && expression_.unit == Unit::kWeek)
      amount *= 7, expression_.unit = Unit::kDay;
    else if (shift != 0 && expression_.unit != Unit::kDay)
      return std::nullopt;
    expression_.frame = Frame::kOffset;
    expression_.amount = (back ? -amount : amount) + shift;
    return next + 2;
  }

  /// Behind "2 years": "1 month and 21 days ago".
  std::optional<size_t> months_and_days(size_t next, int amount) {
    int months = 0, days = 0, parts = 0;
    auto unit = std::optional(expression_.unit);
    for (;;) {
      if (*unit == Unit::kYear)
        months += 12 * amount;
      else if (*unit == Unit::kMonth)
        months += amount;
      else if (*unit == Unit::kWeek || *unit == Unit::kDay)
        days += amount * (*unit == Unit::kWeek ? 7 : 1);
      else
        return std::nullopt;
      ++parts;
      size_t at = next;
      if (word(at, ",")) ++at;
      if (word(at, "and")) ++at;
      const auto number = read_number(tokens_, at);
      if (!number || !number->value || number->ordinal || number->range || *number->value > 5000) break;
      unit = number->last < tokens_.size() ? unit_named(tokens_[number->last].lower) : std::nullopt;
      if (!unit) break;
      amount = static_cast<int>(*number->value);
      next = number->last + 1;
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

  /// "summer 2019", "the spring of 2014", "the first quarter of 2019", "Q1 2019".
  std::optional<size_t> season_or_quarter(size_t at) {
    if (at >= tokens_.size()) return std::nullopt;
    if (const auto season = named(kSeasons, tokens_[at].lower)) {
      size_t next = at + 1;
      if (word(next, "of") || word(next, ",")) ++next;
      if (const auto value = year_at(next)) {
        expression_.season = season;
        expression_.unit = Unit::kSeason;
        expression_.year = value;
        return next + 1;
      }
      return std::nullopt;
    }
    if (const auto ordinal = read_number(tokens_, at);
        ordinal && ordinal->ordinal && ordinal->value && *ordinal->value <= 4 && word(ordinal->last, "quarter")) {
      size_t next = ordinal->last + 1;
      if (word(next, "of")) ++next;
      const bool this_year = word(next, "this") && word(next + 1, "year");
      const bool last_year = word(next, "last") && word(next + 1, "year");
      expression_.quarter = static_cast<unsigned>(*ordinal->value);
      expression_.unit = Unit::kQuarter;
      if (const auto value = year_at(next)) {
        expression_.year = value;
        return next + 1;
      }
      if (this_year || last_year) {
        expression_.frame = this_year ? Frame::kThis : Frame::kLast;
        return next + 2;
      }
    }
    return std::nullopt;
  }

  /// "the 1980s", "the '90s", "the 19th century".
  std::optional<size_t> decade(size_t at) {
    if (const auto value = year_at(at); value && *value % 10 == 0 && tight(at + 1) && word(at + 1, "s")) {
      expression_.unit = Unit::kDecade;
      expression_.year = value;
      return at + 2;
    }
    if ((word(at, "'") || word(at, "\u2019") || word(at, "\u2018")) && tight(at + 1)) {
      const auto value = number_at(at + 1);
      if (value && tokens_[at + 1].lower.size() == 2 && *value % 10 == 0 && *value >= 20 && tight(at + 2) &&
          word(at + 2, "s")) {
        expression_.unit = Unit::kDecade;
        expression_.year = 1900 + *value;
        return at + 3;
      }
    }
    if (const auto ordinal = read_number(tokens_, at);
        ordinal && ordinal->ordinal && ordinal->value && *ordinal->value >= 10 && *ordinal->value <= 21) {
      size_t next = ordinal->last;
      if (next < tokens_.size() && is_dash(tokens_[next])) ++next;
      if (word(next, "century") || word(next, "centuries")) {
        expression_.unit = Unit::kCentury;
        expression_.year = static_cast<int>(*ordinal->value) * 100 - 99;
        return next + 1;
      }
    }
    return std::nullopt;
  }

  /// "2014", "2015-16", "2018-2022", "fiscal 2016". Four digits before a plural noun are a count unless a word
  /// of time stands before them.
  std::optional<size_t> year(size_t at) {
    const auto value = year_at(at);
    if (!value || (tight(at) && at > 0 && !tokens_[at - 1].is("(") && !is_dash(tokens_[at - 1]) &&
                   !tokens_[at - 1].is("\"") && !tokens_[at - 1].is("\u201c")))
      return std::nullopt;
    if (at > 0 && is_dash(tokens_[at - 1]) && tight(at) && at > 1 && !tokens_[at - 2].is_digits() &&
        !word(at - 2, "mid") && !word(at - 2, "pre") && !word(at - 2, "post"))
      return std::nullopt;  // "resolution S-1701"
    size_t end = at + 1;
    if (end < tokens_.size() && tight(end) && (tokens_[end].is_word() || tokens_[end].is("%") || tokens_[end].is(":")))
      return std::nullopt;
    static constexpr std::string_view kBefore[] = {
        "in",      "since",    "of",       "until",   "till",    "from",  "during", "early",  "late",
        "mid",     "year",     "fiscal",   "by",      "before",  "after", "the",    "and",    "through",
        "to",      "between",  "around",   "for",     "-",       "its",   "his",    "their",  "\u2013",
        "s",       "'s",       "april",    "may",     "march",   "june",  "july",   "august", "september",
        "october", "november", "december", "january", "february"};
    const bool told = at > 0 && (in(kBefore, tokens_[at - 1].lower) || tokens_[at - 1].lower.ends_with("'s"));
    static constexpr std::string_view kNotYear[] = {
        "number", "no",    "resolution", "article", "section", "room",   "flight", "page",   "law",  "directive", "act",
        "than",   "least", "about",      "some",    "nearly",  "almost", "over",   "around", "only", "$"};
    if (at > 0 && in(kNotYear, tokens_[at - 1].lower)) return std::nullopt;
    if (at > 1 && word(at - 1, "to") && (word(at - 2, "up") || word(at - 2, "close"))) return std::nullopt;
    if (at > 1 && word(at - 1, "as") && word(at - 2, "many")) return std::nullopt;
    const bool modern = *value >= 1800 && *value <= 2100;
    const std::string following = end < tokens_.size() && tokens_[end].is_word() ? tokens_[end].lower : "";
    static constexpr std::string_view kCounted[] = {
        "people",  "men",    "women",   "children", "troops",     "soldiers",   "euros",
        "dollars", "yen",    "yuan",    "km",       "kilometres", "kilometers", "miles",
        "metres",  "tons",   "tonnes",  "workers",  "refugees",   "houses",     "jobs",
        "cases",   "police", "members", "students", "families",   "baht",       "rupees"};
    if (in(kCounted, following)) return std::nullopt;
    if (!modern && !told) return std::nullopt;
    expression_.unit = Unit::kYear;
    expression_.year = value;
    if (end + 1 < tokens_.size() && (is_dash(tokens_[end]) || tokens_[end].is("/")) && tight(end) && tight(end + 1)) {
      const auto second = number_at(end + 1);
      if (second && tokens_[end + 1].lower.size() == 2 && *second == (*value + 1) % 100) {
        expression_.end_year = *value + 1;
        return end + 2;
      }
      if (second && year_at(end + 1) && *second > *value) {
        expression_.end_year = second;
        return end + 2;
      }
      if (second && tokens_[end + 1].lower.size() == 2 && *value / 100 * 100 + *second > *value) {
        expression_.end_year = *value / 100 * 100 + *second;
        return end + 2;
      }
    }
    return end;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  DateExpression expression_;
  size_t start_ = 0;
};

}  // namespace

DateReader DateReader::open(const std::string& data) {
  const std::string path = data + "/time/holidays.tsv";
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) throw Failure({ErrorCode::kKnowledge, bytes.error().message, bytes.error().place});
  DateReader reader;
  size_t line_number = 0;
  for (const std::string_view raw : base::split(*bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const auto cells = base::split(line, '\t');
    if (cells.size() != 3) throw Failure(wrong(path, line_number, "a holiday has 3 columns: name, month, day"));
    const auto month = whole_number(cells[1]);
    const auto day = whole_number(cells[2]);
    if (!month || !day || !base::civil_day(2000, static_cast<unsigned>(*month), static_cast<unsigned>(*day)))
      throw Failure(wrong(path, line_number, "month and day of a holiday make no date"));
    Holiday holiday;
    for (const Token& token : tokenize(cells[0], {0, static_cast<uint32_t>(cells[0].size())}))
      holiday.words.push_back(token.lower);
    holiday.month = static_cast<unsigned>(*month);
    holiday.day = static_cast<unsigned>(*day);
    reader.holidays_.push_back(std::move(holiday));
  }
  std::stable_sort(reader.holidays_.begin(), reader.holidays_.end(),
                   [](const Holiday& a, const Holiday& b) { return a.words.size() > b.words.size(); });
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
  if (expression.year || !expression.month || expression.frame != Frame::kPlain) return;
  const bool next = *expression.month + kBack < base::month_of(before);
  expression.year = base::year_of(before) + (next ? 1 : 0);
}

}  // namespace

std::vector<DateExpression> DateReader::find(std::string_view text, const std::vector<Span>& sentences,
                                             const std::optional<Date>& published) const {
  std::vector<DateExpression> found;
  for (const Span sentence : sentences) {
    Finder finder(text, sentence);
    const std::vector<Token>& tokens = finder.tokens();
    for (size_t at = 0; at < tokens.size();) {
      bool holiday_here = false;
      for (const Holiday& holiday : holidays_) {
        if (at + holiday.words.size() > tokens.size() || !base::is_ascii_upper(text[tokens[at].span.begin])) continue;
        bool same = true;
        for (size_t i = 0; i < holiday.words.size() && same; ++i) same = tokens[at + i].is(holiday.words[i]);
        if (!same) continue;
        DateExpression expression;
        expression.span = {tokens[at].span.begin, tokens[at + holiday.words.size() - 1].span.end};
        expression.month = holiday.month;
        expression.day = holiday.day;
        expression.unit = Unit::kDay;
        found.push_back(expression);
        at += holiday.words.size();
        holiday_here = true;
        break;
      }
      if (holiday_here) continue;
      if (auto expression = finder.read(at))
        found.push_back(*expression);
      else
        ++at;
    }
  }
  const auto reference = day_of(published);
  const bool history = tells_history(found, reference);
  std::optional<base::CivilDay> before;
  for (DateExpression& expression : found) {
    if (history && before) take_year_told(expression, *before);
    expression.date = resolve(expression, reference, false, before);
    if (history && expression.year && expression.date && expression.date->precision != Precision::kDay)
      before = base::civil_day(*expression.year, expression.month.value_or(1), 1);
    if (expression.date && expression.date->precision == Precision::kDay)
      before = base::parse_civil_day(expression.date->value);
  }
  return found;
}

std::optional<Date> dateline_date(std::string_view text, const std::vector<DateExpression>& expressions) {
  constexpr uint32_t kHead = 400;  // bytes: a headline, a byline and a date line
  for (const DateExpression& expression : expressions) {
    if (expression.span.begin > kHead) break;
    if (!expression.year || !expression.month || !expression.day) continue;
    uint32_t line = expression.span.begin;
    while (line > 0 && text[line - 1] != '\n') --line;
    const std::string_view head = text.substr(line, expression.span.begin - line);
    const std::string_view tail = text.substr(expression.span.end, 3);
    const bool ends = tail.empty() || tail.front() == '\n' || tail.substr(0, 2) == " -" || tail.substr(0, 2) == " (" ||
                      tail == "\u2014" || tail.find(':') == 0;
    if (head.size() <= 60 && (head.empty() || ends) && head.find(". ") == std::string_view::npos) {
      Date date{base::to_iso(*base::civil_day(*expression.year, *expression.month, *expression.day)), Precision::kDay,
                "dateline", expression.span};
      return date;
    }
  }
  return std::nullopt;
}

}  // namespace dragoman::coding
