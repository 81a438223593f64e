// SPDX-License-Identifier: Apache-2.0
#include "dragoman/parquet.h"

#include <gtest/gtest.h>

#include <cstring>

namespace dragoman::exports {
namespace {

std::string hex(const std::string& bytes) {
  std::string text;
  for (const unsigned char c : bytes) {
    text.push_back("0123456789abcdef"[c >> 4U]);
    text.push_back("0123456789abcdef"[c & 0xFU]);
  }
  return text;
}

// These bytes were read by pyarrow 26 and DuckDB 2.0 as {7, true, "Łódka"}, {null, false, null}; tests/readers reads
// whole exports again.
TEST(Parquet, WritesTheseBytes) {
  std::string bytes;
  ParquetWriter writer({{"n", "integer"}, {"b", "boolean"}, {"t", "string"}},
                       [&](std::string_view more) { bytes += more; });
  writer.row({"7", "true", "Łódka"});
  writer.row({"", "false", ""});
  writer.finish();
  EXPECT_EQ(
      hex(bytes),
      "504152311500151c151c2c1504150015061506000002000000030107000000000000001500150e150e2c15041500150615060000020000"
      "000303011500152215222c1504150015061506000002000000030107000000c581c3b3646b611502194c48057461626c65150600150425"
      "0218016e001500250218016200150c250218017425004c1c0000001604191c193c26081c1504192500061918016e15001604163e163e26"
      "08000026461c1500192500061918016215001604163016302646000026761c150c19250006191801741500160416441644267600001"
      "6b2011604002808447261676f6d616e008e00000050415231");
}

TEST(Parquet, ManyRowsAreSeveralGroupsAndNoRowsAreATableStill) {
  const auto size_of_footer = [](uint64_t rows) {
    std::string bytes;
    ParquetWriter writer({{"n", "integer"}}, [&](std::string_view more) { bytes += more; });
    for (uint64_t i = 0; i < rows; ++i) writer.row({std::to_string(i)});
    writer.finish();
    EXPECT_EQ(bytes.substr(0, 4) + bytes.substr(bytes.size() - 4), "PAR1PAR1");
    uint32_t size = 0;
    std::memcpy(&size, bytes.data() + bytes.size() - 8, sizeof size);
    EXPECT_LT(size, bytes.size());
    return size;
  };
  EXPECT_LT(size_of_footer(0), size_of_footer(1));
  EXPECT_LT(size_of_footer(1), size_of_footer(70000)) << "two groups";
}

}  // namespace
}  // namespace dragoman::exports
