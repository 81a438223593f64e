// SPDX-License-Identifier: Apache-2.0
#include "base/civil.h"

#include <gtest/gtest.h>

namespace dragoman::base {
namespace {

CivilDay day(const char* iso) { return parse_civil_day(iso).value(); }

TEST(Civil, ReadsAndWritesIsoDays) {
  EXPECT_EQ(to_iso(day("2024-02-29")), "2024-02-29");
  EXPECT_EQ(to_iso(day("2024-02-29T23:59:59Z")), "2024-02-29");
  for (const char* bad :
       {"", "2023", "2023-02", "2023-02-29", "2023-13-01", "2023/02/01", "2023-02-0x", "2023-02-011"}) {
    EXPECT_FALSE(parse_civil_day(bad)) << bad;
  }
}

TEST(Civil, RefusesDaysThatAreNone) {
  EXPECT_FALSE(civil_day(2023, 2, 30));
  EXPECT_FALSE(civil_day(2023, 0, 1));
  EXPECT_FALSE(civil_day(0, 1, 1));
  EXPECT_EQ(to_iso(*civil_day(476, 9, 4)), "0476-09-04");
}

TEST(Civil, KnowsWeekdaysAndWeeks) {
  EXPECT_EQ(weekday_of(day("2024-04-20")), 6U);
  EXPECT_EQ(weekday_of(day("2024-04-21")), 7U);
  EXPECT_EQ(to_iso(week_start(day("2024-04-21"))), "2024-04-15");
  EXPECT_EQ(to_iso(week_start(day("2024-01-01"))), "2024-01-01");
}

TEST(Civil, AddsMonthsAndStaysInside) {
  EXPECT_EQ(to_iso(add_months(day("2023-01-31"), 1)), "2023-02-28");
  EXPECT_EQ(to_iso(add_months(day("2024-03-31"), -1)), "2024-02-29");
  EXPECT_EQ(to_iso(add_months(day("2023-11-15"), 3)), "2024-02-15");
  EXPECT_EQ(to_iso(month_end(2023, 4)), "2023-04-30");
}

}  // namespace
}  // namespace dragoman::base
