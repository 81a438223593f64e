// SPDX-License-Identifier: Apache-2.0
#include "knowledge/table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dragoman/error.h"

namespace dragoman::knowledge {
namespace {

std::string failure_of(std::string_view text) {
  try {
    const Table table("a.tsv", text, {"key", "from", "to"});
    for (size_t row = 0; row < table.rows(); ++row) table.validity(row);
  } catch (const Failure& failure) {
    return failure.error().describe();
  }
  return "";
}

TEST(Table, FindsColumnsByNameAndIgnoresOthers) {
  const std::string text = "# origin\nto\tnote\tkey\tfrom\r\n2014\tx\t A \t2010-05\r\n\n\t\tB\n";
  const Table table("a.tsv", text, {"key"});
  ASSERT_EQ(table.rows(), 2U);
  EXPECT_EQ(table.field(0, table.column("key")), "A");
  EXPECT_EQ(table.field(1, table.column("from")), "");
  EXPECT_EQ(table.column("nobody"), -1);
  EXPECT_EQ(table.line(1), 5U);
  EXPECT_EQ(table.validity(0).from, 20100501);
  EXPECT_EQ(table.validity(0).to, 20140101);
  EXPECT_TRUE(table.validity(1).holds_on(20000101));
}

TEST(Table, TellsFileAndLineOfWhatIsWrong) {
  EXPECT_EQ(failure_of("key\tfrom\n"), "a.tsv:1: column 'to' is missing");
  EXPECT_EQ(failure_of(""), "a.tsv: is empty: no header line");
  EXPECT_EQ(failure_of("# nothing\n"), "a.tsv:1: no header line");
  EXPECT_EQ(failure_of("key\tfrom\tto\nA\t2010-13\t\n"), "a.tsv:2: '2010-13' in column 'from' is no date");
  EXPECT_EQ(failure_of("key\tfrom\tto\nA\t2011-02-29\t\n"), "a.tsv:2: '2011-02-29' in column 'from' is no date");
  EXPECT_EQ(failure_of("key\tfrom\tto\n#\nA\t2010\t2010\n"), "a.tsv:3: 'from' is not before 'to'");
  EXPECT_EQ(failure_of("key\tfrom\tto\nA\t\t\t\tx\n"), "a.tsv:2: more fields than the header has columns");
  EXPECT_EQ(failure_of("key\tfrom\tto\n\xFF\n"), "a.tsv:2: not UTF-8");
  EXPECT_EQ(failure_of("key\tfrom\tto\n" + std::string(100000, 'x')), "a.tsv:2: line of 100000 bytes is too long");
}

TEST(Table, TellsAllFaultsWhereAsked) {
  std::vector<Error> faults;
  const std::string text = "key\tfrom\tto\nA\t2010-13\tnever\n\xFF\n\x01\nB\t2011\t2010\tx\nC\t2012\n";
  const Table table("a.tsv", text, {"key"}, {"key", "from", "to"}, &faults);
  ASSERT_EQ(table.rows(), 3U);
  EXPECT_FALSE(table.validity(0).holds_on(20100101)) << "no day is in a row whose days are wrong";
  table.validity(1);
  EXPECT_TRUE(table.validity(2).holds_on(20120101));
  std::string all;
  for (const Error& fault : faults) all += fault.describe() + "\n";
  EXPECT_EQ(all,
            "a.tsv:3: not UTF-8\na.tsv:4: holds a control character\n"
            "a.tsv:5: more fields than the header has columns\n"
            "a.tsv:2: '2010-13' in column 'from' is no date\na.tsv:2: 'never' in column 'to' is no date\n"
            "a.tsv:5: 'from' is not before 'to'\n");
  faults.clear();
  EXPECT_EQ(Table("a.tsv", "kez\nA\n", {"key", "to"}, {"key", "to"}, &faults).rows(), 0U);
  EXPECT_EQ(faults.size(), 3U) << "two columns are missing, one is none";
}

TEST(Table, ReadsDays) {
  EXPECT_EQ(parse_day("2012"), 20120101);
  EXPECT_EQ(parse_day("2012-02-29"), 20120229);
  EXPECT_FALSE(parse_day("12"));
  EXPECT_FALSE(parse_day("2012-00"));
  EXPECT_FALSE(parse_day("2012-01-01-01"));
}

}  // namespace
}  // namespace dragoman::knowledge
