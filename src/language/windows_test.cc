// SPDX-License-Identifier: Apache-2.0
#include "language/windows.h"

#include <gtest/gtest.h>

namespace dragoman::language {
namespace {

// Words at single spaces, punctuation glued to the word before it given as a word of its own ("Rep|.").
std::vector<Span> words_of(std::string& text) {
  std::vector<Span> words;
  std::string plain;
  uint32_t begin = 0;
  for (const char c : text + " ") {
    if (c == ' ' || c == '|') {
      const auto end = static_cast<uint32_t>(plain.size());
      if (end > begin) words.push_back({begin, end});
      if (c == ' ') plain += ' ';
      begin = static_cast<uint32_t>(plain.size());
    } else {
      plain += c;
    }
  }
  text = plain;
  return words;
}

bool ends_at(std::string text, size_t word) {
  const std::vector<Span> words = words_of(text);
  return likely_sentence_end(text, words, word);
}

TEST(LikelySentenceEnd, KnowsFullStopsFromAbbreviations) {
  EXPECT_TRUE(ends_at("They met|. He left", 2));
  EXPECT_FALSE(ends_at("Rep|. Lee spoke", 1));
  EXPECT_FALSE(ends_at("U|.|S|. Senate", 3));
  EXPECT_FALSE(ends_at("they met today", 1));
  EXPECT_TRUE(ends_at("\u201c|Go|!|\u201d He left", 3));
  EXPECT_FALSE(ends_at("\u201c|Go|!|\u201d he said", 3));
}

Layout layout_of(const std::vector<int>& kinds) {  // 2 begins a block, 1 a sentence, 0 neither
  Layout layout;
  for (const int kind : kinds) {
    layout.words.push_back(static_cast<uint32_t>(layout.words.size()));
    layout.begins_block.push_back(kind == 2);
    layout.begins_window.push_back(kind != 0);
  }
  return layout;
}

TEST(PackWindows, CutsAtSentencesAndCoversEveryWordOnce) {
  // Three sentences of 4 words, 20 pieces a word: two fit into 160 pieces.
  const Layout layout = layout_of({2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0});
  const auto windows = pack_windows(layout, std::vector<uint32_t>(12, 20));
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[0].last, 8U);
  EXPECT_EQ(windows[1].first, 8U);
  EXPECT_EQ(windows[1].last, 12U);
}

TEST(PackWindows, CutsASentenceThatIsTooLong) {
  std::vector<int> kinds(500, 0);
  kinds[0] = 2;
  const auto windows = pack_windows(layout_of(kinds), std::vector<uint32_t>(500, 1));
  ASSERT_EQ(windows.size(), 4U);
  uint32_t at = 0;
  for (const Window& window : windows) {
    EXPECT_EQ(window.first, at);
    EXPECT_LE(window.last - window.first, kWindowPieces);
    at = window.last;
  }
  EXPECT_EQ(at, 500U);
  EXPECT_TRUE(pack_windows(layout_of({}), {}).empty());
  EXPECT_EQ(pack_windows(layout_of({2}), {300}).size(), 1U) << "a word longer than a window stands alone";
}

}  // namespace
}  // namespace dragoman::language
