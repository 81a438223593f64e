// SPDX-License-Identifier: Apache-2.0
#include "language/wordpiece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "dragoman/error.h"

namespace dragoman::language {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const WordPiece& reader() {
  static const WordPiece tokenizer = WordPiece::open("models/reader/vocab.txt");
  return tokenizer;
}

nlohmann::json fixture() {
  std::ifstream file("tests/neural/wordpiece.json");
  return nlohmann::json::parse(file);
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  for (const Span& span : reader().tokenize(text).words) out.emplace_back(span.of(text));
  return out;
}

std::vector<int> shapes(const std::string& text) {
  const Tokens tokens = reader().tokenize(text);
  std::vector<int> out;
  for (const Piece& piece : tokens.pieces) out.push_back(tokens.piece_shape(piece));
  return out;
}

TEST(WordPiece, GivesTheIdsOfTheOriginal) {
  const auto cases = fixture();
  ASSERT_GE(cases["texts"].size(), 60U);
  for (const auto& one : cases["texts"]) {
    std::vector<int32_t> ids;
    for (const Piece& piece : reader().tokenize(one["text"].get<std::string>()).pieces) ids.push_back(piece.id);
    EXPECT_EQ(ids, one["ids"].get<std::vector<int32_t>>()) << one["text"];
  }
}

TEST(WordPiece, GivesTheShapesOfTraining) {
  const auto cases = fixture();
  ASSERT_GE(cases["shapes"].size(), 100U);
  for (const auto& one : cases["shapes"]) {
    EXPECT_EQ(static_cast<int>(word_shape(one["word"].get<std::string>())), one["shape"].get<int>()) << one["word"];
  }
}

TEST(WordPiece, WordsAreBytesOfTheRawText) {
  EXPECT_THAT(words("Élysée said: no."), ElementsAre("Élysée", "said", ":", "no", "."));
  EXPECT_THAT(words("北京 talks"), ElementsAre("北", "京", "talks"));
  EXPECT_THAT(words("e\u0301 a"), ElementsAre("e\u0301", "a"));                  // the accent belongs to its letter
  EXPECT_THAT(words("co\u00adop\u200b now"), ElementsAre("co\u00adop", "now"));  // dropped inside, not at the end
  EXPECT_THAT(words("\u200b \u0001"), ElementsAre());
  EXPECT_THAT(words("a\u00a0b\u2028c"), ElementsAre("a", "b", "c"));
}

TEST(WordPiece, PiecesKnowTheirWords) {
  const Tokens tokens = reader().tokenize("Bundeskanzler, no");
  ASSERT_EQ(tokens.words.size(), 3U);
  ASSERT_EQ(tokens.pieces.size(), 7U);  // bun ##des ##kan ##zle ##r , no
  EXPECT_TRUE(tokens.pieces[0].first);
  EXPECT_FALSE(tokens.pieces[1].first);
  EXPECT_EQ(tokens.pieces[5].word, 1U);
  EXPECT_EQ(tokens.pieces[6].word, 2U);
  EXPECT_THAT(shapes("Bundeskanzler, no"), ElementsAre(2, 12, 12, 12, 12, 8, 1));
}

TEST(WordPiece, TextThatSpellsASpecialPieceIsText) {
  EXPECT_THAT(words("[SEP]"), ElementsAre("[", "SEP", "]"));
  for (const Piece& piece : reader().tokenize("[SEP] [CLS]").pieces) {
    EXPECT_NE(piece.id, reader().sep());
    EXPECT_NE(piece.id, reader().cls());
  }
}

TEST(WordPiece, UnknownWordsAreOnePiece) {
  const Tokens tokens = reader().tokenize(std::string(101, 'x') + " ᏣᎳᎩ");
  ASSERT_EQ(tokens.pieces.size(), 2U);
  EXPECT_EQ(tokens.pieces[0], (Piece{reader().unknown(), 0, true}));
  EXPECT_EQ(tokens.pieces[1], (Piece{reader().unknown(), 1, true}));
}

TEST(WordPiece, HasTheVocabularysIds) {
  EXPECT_EQ(reader().size(), 19849);
  EXPECT_EQ(reader().pad(), 0);
  EXPECT_EQ(reader().unknown(), 9);
  EXPECT_EQ(reader().cls(), 10);
  EXPECT_EQ(reader().sep(), 11);
}

TEST(WordPiece, TellsWhatIsWrongWithAVocabulary) {
  try {
    WordPiece::open("tests/neural/no-such-vocab.txt");
    FAIL() << "opened a file that is not there";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::kModel);
    EXPECT_EQ(failure.error().place, "tests/neural/no-such-vocab.txt");
  }
  try {
    WordPiece::open("tests/neural/tiny/manifest.json");
    FAIL() << "took a manifest for a vocabulary";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().message, HasSubstr("no piece [PAD]"));
  }
  const auto path = std::filesystem::temp_directory_path() / ("dragoman-vocab-" + std::to_string(getpid()) + ".txt");
  std::ofstream(path) << "[PAD]\n[UNK]\n[CLS]\n[SEP]\ning\n##ing\ning\n";
  try {
    WordPiece::open(path.string());
    ADD_FAILURE() << "took a vocabulary with a piece twice";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().message, "line 7 of the vocabulary repeats a piece");
    EXPECT_EQ(failure.error().place, path.string());
  }
  std::filesystem::remove(path);
}

TEST(WordPiece, TellsTheIdOfAPiece) {
  EXPECT_EQ(reader().id("[CLS]"), reader().cls());
  EXPECT_NE(reader().id("ing"), reader().id("##ing"));
  EXPECT_TRUE(reader().id("##ing"));
  EXPECT_EQ(reader().id("no such piece"), std::nullopt);
}

}  // namespace
}  // namespace dragoman::language
