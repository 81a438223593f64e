// SPDX-License-Identifier: Apache-2.0
#include "language/relation.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace dragoman::language {
namespace {

using neural::Model;

std::vector<Span> spans_of(const nlohmann::json& pairs, const base::CodePoints& points) {
  std::vector<Span> spans;
  for (const auto& pair : pairs) spans.push_back({points.to_byte(pair[0]), points.to_byte(pair[1])});
  return spans;
}

// What training/tasks/rows.py answers with a small random reader (training/make_parity_fixtures.py).
TEST(RowReader, AgreesWithPyTorch) {
  const Model model = Model::open("tests/neural/rows");
  ASSERT_TRUE(RowReader::is_in(model));
  const RowReader reader(model, neural::Precision::kFloat);
  std::ifstream file("tests/neural/rows.json");
  const auto cases = nlohmann::json::parse(file)["cases"];
  ASSERT_FALSE(cases.empty());
  for (const auto& one : cases) {
    const auto text = one["text"].get<std::string>();
    const base::CodePoints points(text);
    const RelationRow row{"", "", text, spans_of(one["source"], points), spans_of(one["target"], points)};
    const auto marked = reader.mark(row);
    ASSERT_TRUE(marked) << text << ": " << marked.error().message;
    EXPECT_EQ(std::vector<int32_t>(marked->ids.begin() + 1, marked->ids.end() - 1), one["ids"]) << text;
    std::vector<uint32_t> first;  // counts [CLS], which Python does not
    for (const uint32_t at : marked->at) first.push_back(at - 1);
    first.push_back(static_cast<uint32_t>(marked->ids.size() - 2));
    EXPECT_EQ(first, one["first"]) << text;
    EXPECT_EQ(marked->opening, one["marks"]) << text;

    const auto relation = reader.read(row, RelationTypes::kCodebook);
    ASSERT_TRUE(relation) << text;
    ASSERT_EQ(relation->scores.size(), one["types"].size());
    for (size_t i = 0; i < relation->scores.size(); ++i) {
      EXPECT_NEAR(relation->scores[i].score, one["types"][i], 1e-3) << text << ' ' << relation->scores[i].type;
    }
    EXPECT_EQ(std::vector<Span>{relation->trigger}, spans_of(nlohmann::json::array({one["trigger"]}), points)) << text;
    const auto cameo = reader.read(row, RelationTypes::kCameo);
    ASSERT_TRUE(cameo) << text;
    ASSERT_EQ(cameo->scores.size(), one["roots"].size());
    for (const auto& [root, score] : cameo->scores) EXPECT_NEAR(score, one["roots"][root], 1e-3) << text << ' ' << root;
  }
}

TEST(RowReader, TheTypeIsTheLikeliest) {
  const Model model = Model::open("tests/neural/rows");
  const RowReader reader(model);
  for (const RelationTypes types : {RelationTypes::kCodebook, RelationTypes::kCameo}) {
    const auto relation = reader.read({"", "", "Norland bombed Sudland", {{0, 7}}, {{15, 22}}}, types);
    ASSERT_TRUE(relation);
    float sum = 0;
    for (const auto& [type, score] : relation->scores) {
      sum += score;
      EXPECT_LE(score, relation->confidence);
      EXPECT_EQ(type == relation->type, score == relation->confidence);
    }
    EXPECT_NEAR(sum, 1, 1e-4);
  }
}

// The pieces of a marked row as vocab.txt has them.
std::string pieces(const RelationRow& row) {
  const Model model = Model::open("tests/neural/rows");
  std::ifstream file(model.path("vocab.txt"));
  std::vector<std::string> vocabulary;
  for (std::string line; std::getline(file, line);) vocabulary.push_back(line);
  const auto marked = RowReader(model).mark(row);
  if (!marked) return marked.error().describe();
  std::string out;
  for (const int32_t id : marked->ids) out += (out.empty() ? "" : " ") + vocabulary[static_cast<size_t>(id)];
  return out;
}

// As in training/tasks/rows_test.py.
TEST(RowReader, MarksStandAroundTheWordsTheyTouch) {
  EXPECT_EQ(pieces({"", "", "the envoy of norland", {{4, 9}}, {{13, 17}}}),
            "[CLS] the [unused1] envoy [unused2] of [unused3] nor ##land [unused4] [SEP]");
  EXPECT_EQ(pieces({"", "", "the envoy", {{0, 3}}, {{3, 9}}}),
            "[CLS] [unused1] the [unused2] [unused3] envoy [unused4] [SEP]");
}

TEST(RowReader, MarksOfOneSideMayStandWithinThoseOfTheOther) {
  EXPECT_EQ(pieces({"", "", "the envoy", {{0, 9}}, {{0, 3}}}),
            "[CLS] [unused1] [unused3] the [unused4] envoy [unused2] [SEP]");
}

TEST(RowReader, WhatIsMissingIsAnEmptyPairInFront) {
  EXPECT_EQ(pieces({"", "", "the envoy", {{4, 9}}, {}}),
            "[CLS] [unused3] [unused4] the [unused1] envoy [unused2] [SEP]");
  EXPECT_EQ(pieces({"", "", "the envoy", {}, {{0, 3}}}),
            "[CLS] [unused1] [unused2] [unused3] the [unused4] envoy [SEP]");
}

TEST(RowReader, BadRows) {
  EXPECT_EQ(pieces({"", "f:7", "the envoy", {}, {}}), "f:7: marks neither a source nor a target");
  EXPECT_EQ(pieces({"", "f:7", "the \u200b envoy", {}, {{4, 7}}}), "f:7: a mark of the target holds no words");
  EXPECT_EQ(pieces({"", "f:7", "the envoy of", {{0, 6}}, {{6, 12}}}),
            "f:7: source and target share words, and neither is only a part of the other");
  EXPECT_EQ(pieces({"", "f:7", "envoy", {{0, 2}}, {{2, 5}}}),
            "f:7: source and target share words, and neither is only a part of the other");
  EXPECT_EQ(pieces({"", "f:7", "envoy", {{0, 2}, {2, 5}}, {}}), "f:7: two marks of the source share a word");
  std::string text = "the";
  for (int i = 0; i < 235; ++i) text += " of";
  EXPECT_EQ(pieces({"", "f:7", text, {{0, 3}}, {}}).substr(0, 5), "[CLS]");
  EXPECT_EQ(pieces({"", "f:7", text + " of", {{0, 3}}, {}}),
            "f:7: is too long: 241 pieces of words, marks included, of at most 240");
}

TEST(RowReader, NeedsTheHead) {
  const Model model = Model::open("tests/neural/coref");
  EXPECT_FALSE(RowReader::is_in(model));
  EXPECT_THROW(RowReader{model}, Failure);
}

}  // namespace
}  // namespace dragoman::language
