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

// In the order of the units' bytes.
std::string units(const std::u16string& text, bool big) {
  std::string out;
  for (const char16_t c : text) {
    const char high = static_cast<char>(c >> 8U), low = static_cast<char>(c & 0xFFU);
    out += big ? std::string{high, low} : std::string{low, high};
  }
  return out;
}

TEST(Charset, Utf16WithoutMarkMayHaveSignsThatEndInZeros) {
  for (const bool big : {false, true}) {
    EXPECT_EQ(decoded(units(u"\uAC00 \uB098 \uB2E4 \uC9C0 \uB3C4", big)),
              "\xEA\xB0\x80 \xEB\x82\x98 \xEB\x8B\xA4 \xEC\xA7\x80 \xEB\x8F\x84");
    EXPECT_EQ(utf16_without_mark(units(u"\u4E00\u4E01\u4E03\u3002 \n", big)), big ? "utf-16be" : "utf-16le");
  }
  // A byte too many at the end.
  EXPECT_EQ(decoded(utf16("Norland voted.", false) + "x"), "Norland voted.");
  EXPECT_EQ(decoded("\xFF\xFE"s + utf16("Norland voted.", false) + "x"), "Norland voted.");
  // Stray NULs in text of one byte a letter.
  for (const std::string& text : {"Putin met Xi.\0"s, "\0Putin met Xi."s, "a,b\0\nc,d\n"s, "\xC3\x89tat \0 uni"s}) {
    EXPECT_EQ(utf16_without_mark(text), "") << text;
  }
  // Numbers of 32 bits are no text.
  std::string numbers;
  for (char i = 1; i < 100; ++i) numbers += std::string{i, '\0', '\0', '\0'};
  EXPECT_EQ(utf16_without_mark(numbers), "");
  EXPECT_EQ(utf16_without_mark(utf16("\1\2\3\4\5\6\7\1\2\3", false)), "");
}

TEST(Charset, Utf32WithMark) {
  const std::string little = "\xFF\xFE\0\0N\0\0\0o\0\0\0\x0C\xF6\1\0"s, big = "\0\0\xFE\xFF\0\0\0N\0\0\0o\0\1\xF6\x0C"s;
  EXPECT_EQ(decoded(little), "No\xF0\x9F\x98\x8C");
  EXPECT_EQ(decoded(big), "No\xF0\x9F\x98\x8C");
  ByteOrigins origins;
  EXPECT_TRUE(to_utf8(little + "x", "", false, &origins));
  EXPECT_EQ(origins.back(), (ByteOrigin{{2, 6}, 12, 16}));
  EXPECT_EQ(wide_charset(little), "utf-32le");
  EXPECT_EQ(wide_charset("\xEF\xBB\xBFNo"), "");
}

TEST(Charset, Iso2022JpIsKnownByItsEscapes) {
  const std::string signs = "\x1B$B2qCL\x1B(B", talks = "\xE4\xBC\x9A\xE8\xAB\x87";
  for (const char* label : {"iso-2022-jp", "", "utf-8"})
    EXPECT_EQ(decoded("A " + signs + ".", label), "A " + talks + ".");
  EXPECT_EQ(decoded("<meta charset=iso-2022-jp>" + signs, "", true), "<meta charset=iso-2022-jp>" + talks);
  EXPECT_FALSE(is_clean_utf8(signs));
  ByteOrigins origins;
  EXPECT_TRUE(to_utf8("A" + signs + "b", "", false, &origins));
  EXPECT_EQ(origins, (ByteOrigins{{{0, 1}, 0, 1}, {{1, 4}, 1, 6}, {{4, 7}, 6, 8}, {{7, 8}, 8, 12}}));
  // The colours of a terminal, and UTF-8 that has such an escape in it.
  EXPECT_TRUE(is_clean_utf8("\x1B[1mBold\x1B[0m and a long line of copied terminal text"));
  EXPECT_FALSE(is_iso_2022_jp("Caf\xC3\xA9 " + signs));
}

TEST(Charset, NulIsReplaced) {
  std::string text = "a\0b\0"s;
  ByteOrigins origins = {{{0, 4}, 10, 14}};
  replace_nul(text, &origins);
  EXPECT_EQ(text,
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(origins, (ByteOrigins{{{0, 1}, 10, 11}, {{1, 4}, 11, 12}, {{4, 5}, 12, 13}, {{5, 8}, 13, 14}}));
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

TEST(Charset, WhatIsCalledUtf8AndIsNotIsDetected) {
  const std::string french =
      "Le pr\xE9sident fran\xE7"
      "ais a accus\xE9 mardi le gouvernement d'avoir livr\xE9 des armes \xE0 l'\xE9tranger; la ministre a ni\xE9.";
  EXPECT_EQ(decoded(french, "utf-8").substr(0, 25),
            "Le pr\xC3\xA9sident fran\xC3\xA7"
            "ais a");
  EXPECT_EQ(decoded("<meta charset=utf-8>" + french, "", true).substr(20, 13), "Le pr\xC3\xA9sident");
  const std::string chinese =
      "\xD6\xD0\xB9\xFA\xCD\xE2\xBD\xBB\xB2\xBF\xB3\xA4\xD0\xC7\xC6\xDA\xB6\xFE\xD4\xDA\xB1\xB1\xBE\xA9\xBB\xE1"
      "\xBC\xFB\xC1\xCB\xB6\xED\xC2\xDE\xCB\xB9\xD7\xDC\xCD\xB3\xA1\xA3";
  EXPECT_EQ(decoded(chinese + chinese, "utf-8").substr(0, 6), "\xE4\xB8\xAD\xE5\x9B\xBD");
  // UTF-8 that was damaged stays what it is.
  EXPECT_EQ(decoded("pr\xC3\xA9sident fran\xC3\xA7"
                    "ais accus\xE9 mardi ni\xC3\xA9",
                    "utf-8")
                .substr(0, 8),
            "encoding");
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
