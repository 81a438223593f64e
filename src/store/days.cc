// SPDX-License-Identifier: Apache-2.0
#include "store/days.h"

#include <charconv>

#include "base/civil.h"
#include "base/text.h"

namespace dragoman::store {
namespace {

using Days = std::pair<std::string, std::string>;

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<Days> of_decade(std::string_view decade) {
  if (!number(decade)) return std::nullopt;
  return Days{std::string(decade) + "0-01-01", std::string(decade) + "9-12-31"};
}

std::optional<Days> of_month(std::string_view date) {
  const auto year = number(date.substr(0, 4)), month = number(date.substr(5));
  if (date[4] != '-' || !year || !month || !base::civil_day(*year, static_cast<unsigned>(*month), 1))
    return std::nullopt;
  return Days{std::string(date) + "-01", base::to_iso(base::month_end(*year, static_cast<unsigned>(*month)))};
}

}  // namespace

std::optional<Days> days_of(std::string_view date) {
  if (const size_t slash = date.find('/'); slash != std::string_view::npos) {
    const auto first = days_of(date.substr(0, slash)), last = days_of(date.substr(slash + 1));
    if (!first || !last) return std::nullopt;
    return Days{first->first, last->second};
  }
  if (date.size() == 3) return of_decade(date);
  if (date.size() == 4 && date[3] == 'X') return of_decade(date.substr(0, 3));
  if (date.size() == 4 && number(date)) return Days{std::string(date) + "-01-01", std::string(date) + "-12-31"};
  if (date.size() == 7) return of_month(date);
  if (const auto day = base::parse_civil_day(date)) return Days{base::to_iso(*day), base::to_iso(*day)};
  return std::nullopt;
}

}  // namespace dragoman::store
