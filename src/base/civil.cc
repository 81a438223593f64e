// SPDX-License-Identifier: Apache-2.0
#include "base/civil.h"

#include "base/text.h"

namespace dragoman::base {
namespace {

using std::chrono::year_month_day;

year_month_day parts(CivilDay day) { return year_month_day(day); }

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!is_ascii_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(int value, int width) {
  std::string text = std::to_string(value);
  if (text.size() < static_cast<size_t>(width)) text.insert(0, static_cast<size_t>(width) - text.size(), '0');
  return text;
}

}  // namespace

std::optional<CivilDay> civil_day(int year, unsigned month, unsigned day) {
  if (year < 1 || year > 9999) return std::nullopt;
  const year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return CivilDay(date);
}

std::optional<CivilDay> parse_civil_day(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  if (iso.size() > 10 && iso[10] != 'T' && iso[10] != ' ') return std::nullopt;
  const auto year = digits(iso.substr(0, 4));
  const auto month = digits(iso.substr(5, 2));
  const auto day = digits(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return civil_day(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string to_iso(CivilDay day) {
  return to_iso_month(year_of(day), month_of(day)) + "-" + padded(static_cast<int>(day_of_month(day)), 2);
}

std::string to_iso_month(int year, unsigned month) {
  return to_iso_year(year) + "-" + padded(static_cast<int>(month), 2);
}

std::string to_iso_year(int year) { return padded(year, 4); }

int year_of(CivilDay day) { return static_cast<int>(parts(day).year()); }
unsigned month_of(CivilDay day) { return static_cast<unsigned>(parts(day).month()); }
unsigned day_of_month(CivilDay day) { return static_cast<unsigned>(parts(day).day()); }
unsigned weekday_of(CivilDay day) { return std::chrono::weekday(day).iso_encoding(); }

CivilDay week_start(CivilDay day) { return day - std::chrono::days(weekday_of(day) - 1); }

CivilDay add_months(CivilDay day, int months) {
  year_month_day moved = parts(day) + std::chrono::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  return CivilDay(moved);
}

CivilDay month_end(int year, unsigned month) {
  return CivilDay(std::chrono::year(year) / std::chrono::month(month) / std::chrono::last);
}

}  // namespace dragoman::base
