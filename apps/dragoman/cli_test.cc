// SPDX-License-Identifier: Apache-2.0
// What the commands are made of; the commands themselves are tested as programs in tests/cli/.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "document/testing.h"
#include "marks.h"
#include "pages.h"
#include "progress.h"
#include "terminal.h"

namespace dragoman::cli {
namespace {

TEST(Width, CountsColumnsNotBytes) {
  EXPECT_EQ(width_of("port"), 4U);
  EXPECT_EQ(width_of("Łódka"), 5U);
  EXPECT_EQ(width_of("e\u0301"), 1U);
  EXPECT_EQ(width_of("北京"), 4U);
  EXPECT_EQ(width_of("🕊"), 2U);
  EXPECT_EQ(width_of(""), 0U);
}

TEST(Shortened, FitsAndSaysSo) {
  EXPECT_EQ(shortened("the port", 8), "the port");
  EXPECT_EQ(shortened("the port", 7), "the po…");
  EXPECT_EQ(shortened("the port", 5), "the…");
  EXPECT_EQ(shortened("北京市", 5), "北京…");
  EXPECT_EQ(shortened("two\nlines", 20), "two lines");
  EXPECT_EQ(shortened("x", 0), "");
}

TEST(Excerpt, KeepsTheWordsInSight) {
  const std::string text =
      "On Thursday, before dawn, the army of Norland shelled the port of the city, and the fleet left.";
  for (size_t width = 20; width < 100; ++width) {
    const std::string part = excerpt(text, "shelled", width);
    EXPECT_NE(part.find("shelled"), std::string::npos) << part;
    EXPECT_LE(width_of(part), width) << part;
  }
  EXPECT_EQ(excerpt(text, "shelled", 40), "…of Norland shelled the port of the cit…");
  EXPECT_EQ(excerpt("shelled the port", "shelled", 11), "shelled th…");
}

TEST(Visible, LeavesNothingThatSteersTheTerminal) {
  EXPECT_EQ(visible("a\033[31mb\x7F\r"), "a␛[31mb␡␍");
  EXPECT_EQ(visible(std::string_view("\0", 1)), "␀");
  EXPECT_EQ(visible("\u009B2J é \u00A0"), "\uFFFD2J é \u00A0");
  EXPECT_EQ(visible("two\n\tlines"), "two\n\tlines");
  EXPECT_EQ(bracketed("a\033b", {}), "a␛b");
  EXPECT_EQ(coloured("a\033b", {}), "a␛b");
  EXPECT_EQ(shortened("a\033b", 9), "a␛b");
}

TEST(Wrapped, BreaksAtSpacesAndKeepsLines) {
  EXPECT_EQ(wrapped("one two three\nfour", 9, "  "), "  one two\n  three\n  four\n");
  EXPECT_EQ(wrapped("unbreakable", 4, ""), "unbreakable\n");
  EXPECT_EQ(wrapped("", 4, ""), "");
}

TEST(ProgressLine, HasABarWhereTheEndIsKnown) {
  EXPECT_EQ(progress_line(50, 200, 120, 2), "[=======>                      ]  25 %  120 documents, 60.0 a second");
  EXPECT_EQ(progress_line(10, 10, 1, 0), "[==============================] 100 %  1 document");
  EXPECT_EQ(progress_line(50, 0, 3, 2), "3 documents, 1.5 a second");
}

std::vector<Mark> marks(std::initializer_list<Mark> list) { return list; }

TEST(Bracketed, NestsAndParts) {
  const std::string text = "abcdef";
  EXPECT_EQ(bracketed(text, marks({{{0, 6}, MarkKind::kStatement, "s1"}, {{1, 2}, MarkKind::kActor, "actor#1"}})),
            "[s1: a[actor#1: b]cdef]");
  EXPECT_EQ(bracketed(text, marks({{{0, 3}, MarkKind::kStatement, "s1"}, {{2, 5}, MarkKind::kTrigger, "AID#1"}})),
            "[s1: ab[AID#1: c]][AID#1: de]f");
  EXPECT_EQ(bracketed(text, marks({{{0, 2}, MarkKind::kActor, "x"}, {{2, 4}, MarkKind::kActor, "y"}})),
            "[x: ab][y: cd]ef");
  EXPECT_EQ(bracketed(text, {}), text);
}

TEST(Coloured, JoinsStylesOfOneStretch) {
  EXPECT_EQ(coloured("ab", marks({{{0, 2}, MarkKind::kStatement, "s1"}, {{1, 2}, MarkKind::kTrigger, "AID#1"}})),
            "\033[4ma\033[0m\033[4m\033[1;31mb\033[0m\033[2m[AID#1]\033[0m");
}

TEST(MarksOf, JoinsWhatStandsAtOnePlace) {
  const auto found = marks_of(dragoman::testing::small_record());
  ASSERT_EQ(found.size(), 4U);  // two actors of two events each, two triggers
  EXPECT_EQ(found[0].label, "actor#1,2");
  EXPECT_EQ(found[2].label, "CONSULT#1");
}

// Two pages are asked for before the first result is there, as threads do; the fault between them waits for it.
TEST(Pages, TellsFaultsInTheOrderOfTheInputs) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "dragoman_pages_test";
  std::filesystem::create_directories(folder);
  const auto file = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  };
  const std::vector<std::string> inputs = {"/missing/0", file("1.txt", "One."), "/missing/2", file("3.txt", "Three."),
                                           "/missing/4"};
  std::vector<std::string> told;
  Pages pages(inputs, {}, [&](const std::string& source, const Error&) { told.push_back(source); });
  Page page;
  ASSERT_TRUE(pages.next(page));
  EXPECT_EQ(told, (std::vector<std::string>{"/missing/0"}));
  ASSERT_TRUE(pages.next(page));
  EXPECT_FALSE(pages.next(page));
  EXPECT_EQ(told.size(), 1U);
  pages.take([&] { told.push_back("1"); });
  pages.take([&] { told.push_back("3"); });
  pages.finish();
  EXPECT_EQ(told, (std::vector<std::string>{"/missing/0", "1", "/missing/2", "3", "/missing/4"}));
}

}  // namespace
}  // namespace dragoman::cli
