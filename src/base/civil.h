// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dragoman::base {

/// A day of the proleptic Gregorian calendar, as days since 1970-01-01. Time zones play no part:
/// a newspaper's "Monday" is the day where it was written.
using CivilDay = std::chrono::sys_days;

/// The day, if year 1..9999, month and day make one ("30 February" does not).
std::optional<CivilDay> civil_day(int year, unsigned month, unsigned day);

/// Reads "2023-02-24" and the day of "2023-02-24T10:00:00Z"; nothing else.
std::optional<CivilDay> parse_civil_day(std::string_view iso);

std::string to_iso(CivilDay day);                    ///< "2023-02-24"
std::string to_iso_month(int year, unsigned month);  ///< "2023-02"
std::string to_iso_year(int year);                   ///< "2023", "0476"

int year_of(CivilDay day);
unsigned month_of(CivilDay day);      ///< 1..12
unsigned day_of_month(CivilDay day);  ///< 1..31
unsigned weekday_of(CivilDay day);    ///< 1 Monday .. 7 Sunday, as in ISO 8601

/// Monday of the ISO week that holds the day.
CivilDay week_start(CivilDay day);

/// Same day of the month `months` later; the month's last day where it has none ("31 January" + 1).
CivilDay add_months(CivilDay day, int months);

/// Last day of a month.
CivilDay month_end(int year, unsigned month);

}  // namespace dragoman::base
