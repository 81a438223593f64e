// SPDX-License-Identifier: Apache-2.0
#include "language/parser.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace dragoman::language {
namespace {

using neural::Model;

// What training/tasks/parse.py answers for a small random head (training/make_parity_fixtures.py).
TEST(Parser, AgreesWithPyTorch) {
  const Model model = Model::open("tests/neural/parse");
  const Parser parser(model, model.encoder().hidden);
  std::ifstream file("tests/neural/parse.json");
  const auto cases = nlohmann::json::parse(file)["cases"];
  ASSERT_FALSE(cases.empty());
  HeadScratch scratch;
  for (const auto& one : cases) {
    const auto text = one["text"].get<std::string>();
    const base::CodePoints points(text);
    std::vector<Span> words;
    for (const auto& word : one["words"]) words.push_back({points.to_byte(word[0]), points.to_byte(word[1])});
    std::vector<float> vectors;
    for (const auto& row : one["vectors"])
      for (const float value : row) vectors.push_back(value);
    const SentenceGrammar sentence = parser.parse(text, words, vectors.data(), scratch);
    ASSERT_EQ(sentence.size(), one["tokens"].size()) << text;
    for (size_t i = 0; i < sentence.size(); ++i) {
      const auto& [begin, end, lemma, tag, fine_tag, features, head, relation] =
          one["tokens"][i]
              .get<std::tuple<uint32_t, uint32_t, std::string, std::string, std::string, std::string, uint32_t,
                              std::string>>();
      const Token expected{{points.to_byte(begin), points.to_byte(end)},
                           lemma,
                           tag,
                           fine_tag,
                           features == "_" ? "" : features,
                           relation,
                           head};
      EXPECT_EQ(sentence[i], expected) << text << ": " << sentence[i].span.of(text) << " is " << sentence[i].lemma
                                       << ' ' << sentence[i].head << ' ' << sentence[i].relation;
    }
  }
}

// The words of ASCII text, cut at white space, and a random vector of each.
struct Words {
  explicit Words(const std::string& text, int hidden) {
    for (uint32_t at = 0; at < text.size(); at += spans.back().size() + 1) {
      spans.push_back({at, static_cast<uint32_t>(std::min(text.find(' ', at), text.size()))});
      for (int i = 0; i < hidden; ++i) {
        state = state * 1664525U + 1013904223U;
        vectors.push_back(static_cast<float>(static_cast<double>(state) / 2147483648.0 - 1.0));
      }
    }
  }
  std::vector<Span> spans;
  std::vector<float> vectors;
  uint32_t state = 1;
};

bool is_tree(const SentenceGrammar& sentence) {
  size_t roots = 0;
  for (const Token& token : sentence) {
    roots += token.head == 0 ? 1 : 0;
    uint32_t at = token.head;
    for (size_t steps = 0; at != 0; at = sentence[at - 1].head)
      if (++steps > sentence.size()) return false;
  }
  return roots == 1;
}

TEST(SentenceParser, MakesOneTreeOfASentenceParsedInParts) {
  const Model model = Model::open("tests/neural/parse");
  const Parser parser(model, model.encoder().hidden);
  std::string text = "short one";
  for (int i = 0; i < 700; ++i) text += " word";
  const Words words(text, parser.hidden());
  HeadScratch scratch;
  SentenceParser sentences(parser, text, scratch);
  for (size_t w = 0; w < words.spans.size(); ++w) {
    sentences.add(words.spans[w], &words.vectors[w * static_cast<size_t>(parser.hidden())]);
    if (w == 1) sentences.end();
  }
  sentences.end();
  const auto found = sentences.take();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].size(), 2U);
  EXPECT_EQ(found[1].size(), 700U);
  EXPECT_TRUE(is_tree(found[0]));
  EXPECT_TRUE(is_tree(found[1]));
  size_t forward = 0;
  for (size_t i = 0; i < found[1].size(); ++i) {
    const Token& token = found[1][i];
    const std::string relation = token.relation.substr(0, token.relation.find(':'));
    if (relation != "conj" && relation != "flat" && relation != "fixed" && relation != "appos" &&
        relation != "goeswith")
      continue;
    EXPECT_LT(token.head, i + 1) << relation << " points back";
    ++forward;
  }
  EXPECT_GT(forward, 0U);
}

TEST(CutTokens, JoinsAndTakesNegationsApart) {
  const std::string text = "don't pay 3.5 cannot n't";
  const std::vector<Span> words = {{0, 3},   {3, 4},   {4, 5},   {6, 9},   {10, 11}, {11, 12},
                                   {12, 13}, {14, 20}, {21, 22}, {22, 23}, {23, 24}};
  const std::vector<char> joins = {0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 1};
  std::vector<std::string_view> forms;
  for (const TokenPlace& token : cut_tokens(text, words, joins)) forms.push_back(token.span.of(text));
  const std::vector<std::string_view> expected = {"do", "n't", "pay", "3.5", "cannot", "n", "'t"};
  EXPECT_EQ(forms, expected) << "white space is never within a token; one letter is no verb";
}

TEST(CutTokens, AnApostropheWithinAWordTakesWhatFollows) {
  const std::string text = "don't they’re Sweden's rock 'n' d";
  const std::vector<Span> words = {{0, 3},   {3, 4},   {4, 5},   {6, 10},  {10, 13}, {13, 15}, {16, 22},
                                   {22, 23}, {23, 24}, {25, 29}, {30, 31}, {31, 32}, {32, 33}, {34, 35}};
  std::vector<std::string_view> forms;
  for (const TokenPlace& token : cut_tokens(text, words, std::vector<char>(words.size()))) {
    forms.push_back(token.span.of(text));
  }
  const std::vector<std::string_view> expected = {"do",   "n't", "they", "’re", "Sweden", "'s",
                                                  "rock", "'",   "n",    "'",   "d"};
  EXPECT_EQ(forms, expected);
}

TEST(Parser, IsNotInEveryModel) {
  EXPECT_FALSE(Parser::is_in(Model::open("tests/neural/tiny")));
  EXPECT_THROW(Parser(Model::open("tests/neural/tiny"), 64), Failure);
}

}  // namespace
}  // namespace dragoman::language
