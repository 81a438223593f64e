// SPDX-License-Identifier: Apache-2.0
#include "ingest/charset.h"

#include <gtest/gtest.h>

#include "ingest/sniff.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_literals;

std::string decoded(const std::string& bytes, std::string_view label = "", bool html = false) {
  const auto text = to_utf8(bytes, label, html);
  return text ? *text : std::string(to_string(text.error().code)) + ": " + text.error().message;
}

std::string utf16(const std::string& ascii, bool big) {
  std::string out;
  for (const char c : ascii) out += big ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

TEST(Charset, Utf8AsItIsAndWithoutItsMark) {
  EXPECT_EQ(decoded("Caf\xC3\xA9"), "Caf\xC3\xA9");
  EXPECT_EQ(decoded("\xEF\xBB\xBFText"), "Text");
}

TEST(Charset, Utf16WithAndWithoutMark) {
  EXPECT_EQ(decoded("\xFF\xFE"s + utf16("Norland voted.", false)), "Norland voted.");
  EXPECT_EQ(decoded("\xFE\xFF"s + utf16("Norland voted.", true)), "Norland voted.");
  EXPECT_EQ(decoded(utf16("Norland voted.", false)), "Norland voted.");
  EXPECT_EQ(decoded(utf16("Norland voted.", true)), "Norland voted.");
}

TEST(Charset, LabelsMeanWhatTheWebMeansByThem) {
  EXPECT_EQ(decoded("\x93quoted\x94", "ISO-8859-1"), "\xE2\x80\x9Cquoted\xE2\x80\x9D");  // windows-1252
  EXPECT_EQ(decoded("\xC4\xE3\xBA\xC3", "gb2312"), "\xE4\xBD\xA0\xE5\xA5\xBD");
}

TEST(Charset, OfThoseThatHideTextNoneIsRead) {
  const std::string hidden = "caf\xE9 +ADw-script+AD4- ~{VPND~}";
  for (const char* label : {"utf-7", "hz", "hz-gb-2312", "iscii,version=0", "x-iscii-de", "scsu", "bocu-1",
                            "imap-mailbox-name", "iso-2022-kr", "\xC4\xC4iscii\xC4"}) {
    EXPECT_EQ(decoded(hidden, label), "caf\xC3\xA9 +ADw-script+AD4- ~{VPND~}") << label;
  }
}

TEST(Charset, MetaOfAPage) {
  EXPECT_EQ(meta_charset("<head><META CHARSET='windows-1251'>"), "windows-1251");
  EXPECT_EQ(meta_charset("<meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\">"), "koi8-r");
  EXPECT_EQ(meta_charset("<p>The charset=utf-8 is a word here"), "");
  EXPECT_EQ(decoded("<meta charset=windows-1251>\xCC\xE8\xF0", "", true),
            "<meta charset=windows-1251>\xD0\x9C\xD0\xB8\xD1\x80");
}

TEST(Charset, ValidUtf8WinsOverAWrongLabel) { EXPECT_EQ(decoded("Caf\xC3\xA9", "windows-1252"), "Caf\xC3\xA9"); }

TEST(Charset, FewBrokenBytesAreReplacedManyAreAnError) {
  const std::string sound(400, 'a');
  EXPECT_EQ(decoded(sound + "\xC3 ", "utf-8"), sound + "\xEF\xBF\xBD ");
  EXPECT_EQ(decoded("a\xC3 b\xFF c\xFE d", "utf-8").substr(0, 8), "encoding");
}

TEST(Charset, UnlabelledTextIsDetected) {
  const std::string russian =
      "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xEF\xF0\xE8\xE1\xFB\xEB \xE2 \xF1\xF2\xEE\xEB\xE8\xF6\xF3 \xE8 "
      "\xE2\xF1\xF2\xF0\xE5\xF2\xE8\xEB\xF1\xFF \xF1 \xEC\xE8\xED\xE8\xF1\xF2\xF0\xEE\xEC";
  EXPECT_EQ(decoded(russian).substr(0, 18), "\xD0\x9F\xD1\x80\xD0\xB5\xD0\xB7\xD0\xB8\xD0\xB4\xD0\xB5\xD0\xBD\xD1\x82");
  EXPECT_EQ(decoded("The caf\xE9 in Norland re-opened; the na\xEFve plan failed."),
            "The caf\xC3\xA9 in Norland re-opened; the na\xC3\xAFve plan failed.");
}

TEST(Charset, NormalFormC) { EXPECT_EQ(to_nfc("Cafe\xCC\x81"), "Caf\xC3\xA9"); }

TEST(Binary, IsNamed) {
  EXPECT_EQ(decoded("\x89PNG\r\n\x1A\n...."), "binary: is a PNG image, not text");
  EXPECT_EQ(decoded("%PDF-1.7 ...."), "binary: is a PDF document, not text");
  EXPECT_EQ(decoded("PK\x03\x04...."s), "binary: is a ZIP archive or office document, not text");
  EXPECT_EQ(decoded("\x7F"
                    "ELF\x02\x01"s),
            "binary: is a program (ELF), not text");
  EXPECT_EQ(decoded("ab\0\0\1\2\3cd\0\0\4"s), "binary: holds bytes that are no text");
}

TEST(Binary, AnExcerptOfATextThatSpeaksOfThemIsText) {
  EXPECT_EQ(binary_kind("The file begins with PK and %PDF-1.7 follows."), "");
  EXPECT_EQ(binary_kind("\x1B[1mBold\x1B[0m and a bell\x07 in a long line of copied terminal text that goes on and on"),
            "");
}

TEST(Format, ByNameAndByContent) {
  EXPECT_EQ(format_of_name("a/b.JSONL"), Format::kJsonLines);
  EXPECT_EQ(format_of_name("page.htm"), Format::kHtml);
  EXPECT_EQ(format_of_name("html/page"), Format::kAuto);
  EXPECT_EQ(format_of_text("<!DOCTYPE html><p>Hello"), Format::kHtml);
  EXPECT_EQ(format_of_text("<p>One</p><p>Two</p><p>Three</p>"), Format::kHtml);
  EXPECT_EQ(format_of_text("In Norland a < b and c > d holds."), Format::kText);
}

}  // namespace
}  // namespace dragoman::ingest
