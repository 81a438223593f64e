// SPDX-License-Identifier: Apache-2.0
#include "ingest/publication_date.h"

#include <gtest/gtest.h>

namespace dragoman::ingest {
namespace {

std::string parsed(std::string_view text) {
  const auto date = parse_publication(text, "metadata");
  return date ? date->value + " " + to_string(date->precision) : "none";
}

std::string in_url(std::string_view url) {
  const auto date = date_in_url(url);
  return date ? date->value : "none";
}

TEST(PublicationDate, Forms) {
  EXPECT_EQ(parsed("2023-02-28"), "2023-02-28 day");
  EXPECT_EQ(parsed("2023-02-28T10:00:00Z"), "2023-02-28T10:00:00Z second");
  EXPECT_EQ(parsed("2023-02-28T10:00:00.123+01:00"), "2023-02-28T10:00:00+01:00 second");
  EXPECT_EQ(parsed("2023-02-28T10:00-0530"), "2023-02-28T10:00-05:30 minute");
  EXPECT_EQ(parsed("2023-02-28 10:00:00"), "2023-02-28T10:00:00 second");
  EXPECT_EQ(parsed("2023/02/28"), "2023-02-28 day");
  EXPECT_EQ(parsed("20230228"), "2023-02-28 day");
  EXPECT_EQ(parsed("28 February 2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("28th of February, 2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("February 28, 2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("Feb. 28, 2023 at 10:05 p.m. EST"), "2023-02-28T22:05-05:00 minute");
  EXPECT_EQ(parsed("Published 12:43 AM GMT, November 8, 2019"), "2019-11-08T00:43Z minute");
  EXPECT_EQ(parsed("Tue, 28 Feb 2023 10:00:00 GMT"), "2023-02-28T10:00:00Z second");
  EXPECT_EQ(parsed("28.02.2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("28. Februar 2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("28 de febrero de 2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("28 \xD1\x84\xD0\xB5\xD0\xB2\xD1\x80\xD0\xB0\xD0\xBB\xD1\x8F 2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("02/28/2023"), "2023-02-28 day");
  EXPECT_EQ(parsed("February 2023"), "2023-02 month");
  EXPECT_EQ(parsed("2023"), "2023 year");
}

TEST(PublicationDate, WhatIsNone) {
  for (const char* text :
       {"", "yesterday", "28 February", "30 February 2023", "2023-13-01", "02/03/2023", "12", "call 2023550199"}) {
    EXPECT_EQ(parsed(text), "none") << text;
  }
}

TEST(PublicationDate, NumbersWhoseOrderIsKnown) {
  const auto read = [](std::string_view text, DayOrder order) {
    const auto date = parse_publication(text, "text", order);
    return date ? date->value : "none";
  };
  EXPECT_EQ(read("02/03/2023", DayOrder::kDayFirst), "2023-03-02");
  EXPECT_EQ(read("02/03/2023", DayOrder::kMonthFirst), "2023-02-03");
  EXPECT_EQ(read("02-03-2023", DayOrder::kMonthFirst), "2023-03-02");
  EXPECT_EQ(read("31.10.23", DayOrder::kDayFirst), "2023-10-31");
  EXPECT_EQ(read("31.10.23", DayOrder::kUnknown), "none");
  EXPECT_EQ(read("1.2.23", DayOrder::kDayFirst), "none") << "a version";
}

TEST(PublicationDate, OfADateline) {
  const auto read = [](std::string_view line) {
    const auto date = date_of_dateline(line);
    return date ? date->value : "none";
  };
  EXPECT_EQ(read("PARIS, May 14, 2024 (Reuters) - The president met the chancellor on Monday."), "2024-05-14");
  EXPECT_EQ(read("NEW YORK, N.Y., Sept. 3, 2031 — Envoys spoke."), "2031-09-03");
  EXPECT_EQ(read("Geneva, 3 March 2031 – Envoys spoke."), "2031-03-03");
  EXPECT_EQ(read("PARIS, May 14 (Reuters) - The president spoke."), "none") << "no year";
  EXPECT_EQ(read("The truce, May 14, 2024 - a day before the vote - held."), "none") << "no place";
  EXPECT_EQ(read("In Paris, on May 14, 2024 - a Tuesday - he spoke."), "none");
  EXPECT_EQ(
      read("Officials said, after a long night of talks that went on and on in the old town hall, May 1, 2024 - it"),
      "none");
}

TEST(PublicationDate, InUrl) {
  EXPECT_EQ(in_url("https://news.example/2023/02/28/world/summit"), "2023-02-28");
  EXPECT_EQ(in_url("https://news.example/world/2023-02-28-summit"), "2023-02-28");
  EXPECT_EQ(in_url("https://news.example/2023/feb/28/summit"), "2023-02-28");
  EXPECT_EQ(in_url("https://news.example/a20230228/summit"), "2023-02-28");
  EXPECT_EQ(in_url("https://news.example/article-48213977"), "none");
  EXPECT_EQ(in_url("https://news.example/?date=2023/02/28"), "none");
}

}  // namespace
}  // namespace dragoman::ingest
