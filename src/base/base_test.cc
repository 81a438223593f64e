// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

#include "base/files.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace dragoman::base {
namespace {

TEST(Hash, GivesTheStandardsExample) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Text, SplitsJoinsTrims) {
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(join({"a", "b"}, "; "), "a; b");
  EXPECT_EQ(trim(" \t x y\n"), "x y");
  EXPECT_EQ(lower_ascii("AbC\u00c9"), "abc\u00c9");
}

TEST(JsonWriter, WritesNestedValues) {
  JsonWriter w;
  w.begin_object().key("a").begin_array().value(1).value("x\"\\\n\x01").null().value(true).end_array();
  w.key("b").value(2.5).key("c").value(95300000000.0).key("d").begin_object().end_object().end_object();
  EXPECT_EQ(w.text(), R"({"a":[1,"x\"\\\n\u0001",null,true],"b":2.5,"c":95300000000,"d":{}})");
}

TEST(JsonWriter, EscapesWhateverStandsBesideIt) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
    std::string wanted = byte < 0x20 || byte == 0x7F ? escape : std::string(1, c);
    for (const auto& [special, is] :
         {std::pair{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\r', "\\r"}, {'\t', "\\t"}}) {
      if (c == special) wanted = is;
    }
    for (size_t before = 0; before < 18; ++before) {
      const std::string plain(before, '!');
      EXPECT_EQ(JsonWriter().value(plain + c + c + "z").text(), '"' + plain + wanted + wanted + "z\"") << byte;
    }
  }
}

TEST(Files, SaysWhyAFileCannotBeRead) {
  const auto missing = read_file("/nowhere/at/all");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kUnreadable);
  EXPECT_EQ(missing.error().describe(), "/nowhere/at/all: cannot be read: No such file or directory");
}

TEST(Text, CsvFieldsAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("a; b\tc"), "a; b\tc");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"no\"\r\n"), "\"say \"\"no\"\"\r\n\"");
}

TEST(Files, ReadsMapsAndLimits) {
  const std::string path = "/tmp/dragoman_files_test_" + std::to_string(::getpid());
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fputs("twelve bytes", file);
  std::fclose(file);
  EXPECT_EQ(*read_file(path), "twelve bytes");
  EXPECT_EQ(MappedFile::open(path)->bytes(), "twelve bytes");
  EXPECT_EQ(read_file(path, 5).error().code, ErrorCode::kTooLarge);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace dragoman::base
