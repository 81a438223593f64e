// SPDX-License-Identifier: Apache-2.0
#include "coding/time_words.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/files.h"
#include "base/text.h"
#include "coding/row_error.h"

namespace dragoman::coding {
namespace {

using Use = TimeWord::Use;
using std::chrono::days;

template <typename T>
struct Named {
  std::string_view name;
  T value;
};

constexpr Named<TimeUnit> kUnits[] = {
    {"day", TimeUnit::kDay},         {"week", TimeUnit::kWeek},   {"fortnight", TimeUnit::kFortnight},
    {"weekend", TimeUnit::kWeekend}, {"month", TimeUnit::kMonth}, {"quarter", TimeUnit::kQuarter},
    {"half", TimeUnit::kHalf},       {"year", TimeUnit::kYear},   {"decade", TimeUnit::kDecade},
    {"century", TimeUnit::kCentury},
};
constexpr Named<TimeWord::Frame> kFrames[] = {{"last", TimeWord::Frame::kLast},
                                              {"next", TimeWord::Frame::kNext},
                                              {"this", TimeWord::Frame::kThis},
                                              {"past", TimeWord::Frame::kPast}};
constexpr Named<Use> kUses[] = {{"part of a day", Use::kDayPart},
                                {"part of a stretch", Use::kStretchPart},
                                {"part with of", Use::kStretchPartOf},
                                {"rest of a stretch", Use::kRest},
                                {"set", Use::kSet},
                                {"kind of year", Use::kYearKind},
                                {"link", Use::kLink},
                                {"before a month", Use::kBeforeMonth},
                                {"before a year", Use::kBeforeYear},
                                {"before a number", Use::kBeforeNumber},
                                {"after a number", Use::kAfterNumber}};
constexpr Named<TimeWords::Verb> kVerbs[] = {
    {"future", TimeWords::Verb::kFuture},       {"conditional", TimeWords::Verb::kConditional},
    {"ahead", TimeWords::Verb::kAhead},         {"was", TimeWords::Verb::kWas},
    {"timetable", TimeWords::Verb::kTimetable}, {"past", TimeWords::Verb::kPast},
    {"passive", TimeWords::Verb::kPassive},     {"until", TimeWords::Verb::kUntil},
    {"term", TimeWords::Verb::kTerm},           {"set", TimeWords::Verb::kSet}};
constexpr Named<int> kOrdinals[] = {{"first", 1}, {"second", 2}, {"third", 3}, {"fourth", 4}, {"last", -1}};
constexpr Named<unsigned> kWeekdays[] = {{"Monday", 1}, {"Tuesday", 2},  {"Wednesday", 3}, {"Thursday", 4},
                                         {"Friday", 5}, {"Saturday", 6}, {"Sunday", 7}};

template <typename T, size_t N>
std::optional<T> named(const Named<T> (&names)[N], std::string_view name) {
  for (const Named<T>& one : names)
    if (one.name == name) return one.value;
  return std::nullopt;
}

std::optional<int> whole(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Adds what the row tells to the word; false if the kind or the value is none.
bool tell(TimeWord& word, std::string_view kind, std::string_view value) {
  const auto number = whole(value);
  const auto in = [&](int from, int to) { return number && from <= *number && *number <= to; };
  if (kind == "month" && in(1, 12)) return word.month = static_cast<unsigned>(*number), true;
  if (kind == "weekday" && in(1, 7)) return word.weekday = static_cast<unsigned>(*number), true;
  if (kind == "season" && in(0, 3)) return word.season = static_cast<unsigned>(*number), true;
  if (kind == "about" && in(2, 99)) return word.about = *number, true;
  if (kind == "decade" && in(10, 100)) return word.decade = *number, true;
  if (kind == "day" && in(-9, 9)) return word.away = *number, true;
  if (kind == "unit" || kind == "units") {
    const auto unit = named(kUnits, value);
    if (unit) word.unit = *unit, word.plural = kind == "units";
    return unit.has_value();
  }
  if (kind == "frame") {
    const auto frame = named(kFrames, value);
    if (frame) word.frame = *frame;
    return frame.has_value();
  }
  const auto use = value == "-" ? named(kUses, kind) : std::nullopt;
  if (use) word.uses |= *use;
  return use.has_value();
}

/// Reads "12-25", "third Monday of 01", "fourth Thursday of 11 +1", "Easter -2"; false if it is none of them.
bool tell(DayRule& day_rule, std::string_view rule) {
  const auto parts = base::split(rule, ' ');
  const auto month = [&](std::string_view text) {
    const auto value = whole(text);
    if (!value || *value < 1 || *value > 12) return false;
    day_rule.month = static_cast<unsigned>(*value);
    return true;
  };
  if (parts.size() == 1 && rule.size() == 5 && rule[2] == '-') {
    const auto day = whole(rule.substr(3));
    if (!month(rule.substr(0, 2)) || !day || *day < 1) return false;
    day_rule.day = static_cast<unsigned>(*day);
    return base::civil_day(2000, day_rule.month, day_rule.day).has_value();
  }
  const bool easter = parts.size() == 2 && parts[0] == "Easter";
  if (easter || parts.size() == 5) {
    const auto after = whole(parts.back());
    if (!after || *after < -90 || *after > 90) return false;
    day_rule.days = *after;
  }
  if (easter) return day_rule.kind = DayRule::Kind::kEaster, true;
  if ((parts.size() != 4 && parts.size() != 5) || parts[2] != "of" || !month(parts[3])) return false;
  const auto nth = named(kOrdinals, parts[0]);
  const auto weekday = named(kWeekdays, parts[1]);
  if (!nth || !weekday) return false;
  day_rule.kind = DayRule::Kind::kWeekday;
  day_rule.nth = *nth;
  day_rule.weekday = *weekday;
  return true;
}

std::string bytes_of(const std::string& path) {
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) throw Failure({ErrorCode::kKnowledge, bytes.error().message, bytes.error().place});
  return std::move(*bytes);
}

/// Calls `row(cells, line)` for each row that is neither empty nor a comment.
template <typename Row>
void each_row(const std::string& bytes, const Row& row) {
  size_t line_number = 0;
  for (const std::string_view raw : base::split(bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (!line.empty() && line.front() != '#') row(base::split(line, '\t'), line_number);
  }
}

}  // namespace

// Anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8).
base::CivilDay easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return *base::civil_day(year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1));
}

base::CivilDay DayRule::in(int year) const {
  if (kind == Kind::kEaster) return easter(year) + std::chrono::days(days);
  if (kind == Kind::kFixed) return base::civil_day(year, month, day).value_or(*base::civil_day(year, 2, 28));
  const auto gap = [](unsigned from, unsigned to) { return static_cast<int>((to + 7 - from) % 7); };
  const base::CivilDay first = *base::civil_day(year, month, 1), last = base::month_end(year, month);
  const base::CivilDay found = nth < 0
                                   ? last - std::chrono::days(gap(weekday, base::weekday_of(last)))
                                   : first + std::chrono::days(gap(base::weekday_of(first), weekday) + 7 * (nth - 1));
  return found + std::chrono::days(days);
}

TimeWords TimeWords::open(const std::string& data) {
  TimeWords words;
  words.read_words(data + "/time/words.tsv");
  words.read_holidays(data + "/time/holidays.tsv");
  words.read_verbs(data + "/time/tense.tsv");
  return words;
}

void TimeWords::read_words(const std::string& path) {
  each_row(bytes_of(path), [&](const std::vector<std::string_view>& cells, size_t line) {
    if (cells.size() != 3) throw Failure(wrong(path, line, "a row has 3 columns: kind, value, forms"));
    for (std::string_view form : base::split(cells[2], ',')) {
      const bool capital = form.ends_with('!');
      const bool beside = capital || form.ends_with('?');
      if (beside) form.remove_suffix(1);
      if (form.empty()) throw Failure(wrong(path, line, "a form is empty"));
      TimeWord& word = words_[std::string(form)];
      word.capital = word.capital || capital;
      word.alone = word.alone && !beside;
      if (!tell(word, cells[0], cells[1]))
        throw Failure(wrong(path, line, quoted(cells[0], " has no value ") + quoted(cells[1], "")));
    }
  });
}

void TimeWords::read_holidays(const std::string& path) {
  each_row(bytes_of(path), [&](const std::vector<std::string_view>& cells, size_t line) {
    if (cells.size() != 2) throw Failure(wrong(path, line, "a holiday has 2 columns: name, day of the year"));
    Holiday holiday;
    std::string_view name = cells[0];
    holiday.common = name.ends_with('?');
    if (holiday.common) name.remove_suffix(1);
    for (const Token& token : tokenize(name, {0, static_cast<uint32_t>(name.size())}))
      holiday.words.push_back(token.lower);
    if (holiday.words.empty()) throw Failure(wrong(path, line, "a holiday has no name"));
    if (!tell(holiday.rule, cells[1])) throw Failure(wrong(path, line, quoted(cells[1], " names no day of the year")));
    std::vector<Holiday>& same_start = holidays_[holiday.words.front()];
    same_start.push_back(std::move(holiday));
  });
  for (auto& [first, all] : holidays_) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Holiday& a, const Holiday& b) { return a.words.size() > b.words.size(); });
  }
}

void TimeWords::read_verbs(const std::string& path) {
  each_row(bytes_of(path), [&](const std::vector<std::string_view>& cells, size_t line) {
    if (cells.size() != 2) throw Failure(wrong(path, line, "a row has 2 columns: kind, forms"));
    const auto kind = named(kVerbs, cells[0]);
    if (!kind) throw Failure(wrong(path, line, quoted(cells[0], " is no kind of verb form")));
    for (const std::string_view form : base::split(cells[1], ',')) {
      if (form.empty()) throw Failure(wrong(path, line, "a form is empty"));
      verbs_[std::string(form)] |= 1U << static_cast<uint32_t>(*kind);
    }
  });
}

bool TimeWords::tells(Verb kind, std::string_view lower) const {
  const auto found = verbs_.find(lower);
  return found != verbs_.end() && (found->second >> static_cast<uint32_t>(kind) & 1U) != 0;
}

const TimeWord* TimeWords::find(std::string_view lower) const {
  auto found = words_.find(lower);
  if (found == words_.end() && lower.ends_with("'s")) found = words_.find(lower.substr(0, lower.size() - 2));
  if (found == words_.end() && lower.ends_with("s'")) found = words_.find(lower.substr(0, lower.size() - 1));
  return found == words_.end() ? nullptr : &found->second;
}

const Holiday* TimeWords::holiday(const std::vector<Token>& tokens, size_t at, bool capital) const {
  const auto found = holidays_.find(std::string_view(tokens[at].lower));
  if (found == holidays_.end()) return nullptr;
  for (const Holiday& holiday : found->second) {
    if (at + holiday.words.size() > tokens.size() || (holiday.common && !capital)) continue;
    const bool same = std::equal(holiday.words.begin(), holiday.words.end(), tokens.begin() + static_cast<long>(at),
                                 [](const std::string& word, const Token& token) { return token.is(word); });
    if (same) return &holiday;
  }
  return nullptr;
}

}  // namespace dragoman::coding
