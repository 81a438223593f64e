// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dragoman/date.h"

namespace dragoman::ingest {

/// How "02/03/2023" is meant, and "03.02.23", which is no date at all unless one knows that it is one.
enum class DayOrder { kUnknown, kDayFirst, kMonthFirst };

/// The date that text gives: "2023-02-28", "2023-02-28T10:00:00+01:00", "2023/02/28", "28 February 2023",
/// "Feb. 28, 2023 10:00 AM EST", "28.02.2023", "Tue, 28 Feb 2023 10:00:00 GMT"; month names of the
/// languages that ICU knows best. Nothing for "28 February", days that no calendar has, or "02/03/2023"
/// (which may be two days) unless `order` tells how it is meant. A time is kept with its zone if one is given.
std::optional<Date> parse_publication(std::string_view text, std::string_view basis,
                                      DayOrder order = DayOrder::kUnknown);

/// The date of a dateline that opens a line: "PARIS, May 14, 2024 (Reuters) - The president", "Geneva, 3 March 2031 —
/// Envoys"; basis "text". Nothing where it tells no year, or where words other than a place stand before the date.
std::optional<Date> date_of_dateline(std::string_view line);

/// The day (or month) in a path: ".../2023/02/28/...", ".../2023-02-28-...", ".../20230228/...".
std::optional<Date> date_in_url(std::string_view url);

}  // namespace dragoman::ingest
