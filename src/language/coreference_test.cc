// SPDX-License-Identifier: Apache-2.0
#include "language/coreference.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace dragoman::language {
namespace {

using neural::Model;

// What training/tasks/coref.py answers for a small random head (training/make_parity_fixtures.py).
TEST(Coreference, AgreesWithPyTorch) {
  const Model model = Model::open("tests/neural/coref");
  ASSERT_TRUE(Coreference::is_in(model));
  const Coreference coreference(model, model.encoder().hidden);
  std::ifstream file("tests/neural/coref.json");
  const auto cases = nlohmann::json::parse(file)["cases"];
  ASSERT_FALSE(cases.empty());
  HeadScratch scratch;
  for (const auto& one : cases) {
    const auto text = one["text"].get<std::string>();
    const base::CodePoints points(text);
    std::vector<Span> words;
    for (const auto& word : one["words"]) words.push_back({points.to_byte(word[0]), points.to_byte(word[1])});
    std::vector<char> begins(words.size());
    for (const uint32_t cut : one["cuts"]) begins[cut] = 1;
    const auto mentions = one["mentions"].get<std::vector<uint32_t>>();
    std::vector<float> vectors;
    for (const uint32_t word : mentions) {
      for (const float value : one["vectors"][word]) vectors.push_back(value);
    }
    const auto found = coreference.antecedents(mentions, vectors.data(), WordMarks(text, words, begins), scratch);
    ASSERT_EQ(found.size(), one["antecedents"].size());
    for (size_t i = 0; i < found.size(); ++i) {
      std::map<uint32_t, float> expected;
      for (const auto& [mention, score] : one["antecedents"][i].get<std::vector<std::pair<uint32_t, float>>>())
        expected[mention] = score;
      ASSERT_EQ(found[i].size(), expected.size()) << i;
      for (size_t k = 0; k < found[i].size(); ++k) {
        const auto [mention, score] = found[i][k];
        ASSERT_EQ(expected.count(mention), 1U) << i << ' ' << mention;
        EXPECT_NEAR(score, expected[mention], 2e-3F) << i << ' ' << words[mentions[i]].of(text) << ' ' << mention;
        if (k > 0) {
          EXPECT_LE(score, found[i][k - 1].score);
        }
      }
    }
  }
}

// The words of ASCII text, cut at white space.
WordMarks marks_of(const std::string& text) {
  std::vector<Span> words;
  for (uint32_t at = 0; at < text.size(); at = words.back().end + 1)
    words.push_back({at, static_cast<uint32_t>(std::min(text.find(' ', at), text.size()))});
  std::vector<char> begins(words.size());
  for (size_t w = 0; w < words.size(); ++w) begins[w] = w == 0 || words[w - 1].of(text) == ".";
  return {text, words, begins};
}

// The same cases as in training/tasks/coref_test.py.
TEST(WordMarks, LikenessOfWordsAndNames) {
  EXPECT_EQ(marks_of("one plan . a leader").likeness(4, 1), 0);
  EXPECT_EQ(marks_of("one plan . a plan").likeness(4, 1), 5);
  EXPECT_EQ(marks_of("one plan . one plan").likeness(4, 1), 10);
  EXPECT_EQ(marks_of("with Anna Berg met Ole Ness").likeness(4, 1), 1);
  EXPECT_EQ(marks_of("with Anna Berg met Anna Ness").likeness(4, 1), 7);
  EXPECT_EQ(marks_of("with Anna Berg met Berg").likeness(4, 1), 3);
  EXPECT_EQ(marks_of("with Anna Berg met Anna Berg").likeness(4, 1), 9);
  EXPECT_EQ(marks_of("the Plan met the Plan").likeness(4, 1), 14);
}

TEST(WordMarks, SingleLettersGoWithWhatFollows) {
  const WordMarks marks = marks_of("the U . S . and the U . N . of the U . S . won");
  EXPECT_EQ(marks.likeness(7, 1) / 5, 0);
  EXPECT_EQ(marks.likeness(13, 1) / 5, 2);
}

TEST(WordMarks, CountsSentencesBetween) {
  const WordMarks marks = marks_of("He left . She stayed . It ended");
  EXPECT_EQ(marks.sentences_between(0, 1), 0U);
  EXPECT_EQ(marks.sentences_between(1, 3), 1U);
  EXPECT_EQ(marks.sentences_between(0, 7), 2U);
}

TEST(Coreference, ChainsFollowTheBestAntecedent) {
  using Row = std::vector<Antecedent>;
  const std::vector<Row> rows = {{}, {{0, -1.0F}}, {{0, 2.0F}, {1, 1.0F}}, {{1, 0.5F}}, {{2, 3.0F}}, {}};
  const std::vector<std::vector<uint32_t>> expected = {{0, 2, 4}, {1, 3}};
  EXPECT_EQ(chains_of(rows), expected);
}

TEST(Coreference, NoMentionsNoAntecedents) {
  const Model model = Model::open("tests/neural/coref");
  const Coreference coreference(model, model.encoder().hidden);
  HeadScratch scratch;
  EXPECT_TRUE(coreference.antecedents({}, nullptr, marks_of("word"), scratch).empty());
}

}  // namespace
}  // namespace dragoman::language
