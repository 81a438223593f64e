// SPDX-License-Identifier: Apache-2.0
#include "dragoman/relation.h"

#include <gtest/gtest.h>

namespace dragoman {
namespace {

// "text | source | target", the marked words of a side with "," between; the error where it is none.
std::string read(std::string_view line) {
  const auto row = relation_row_from(line, "f:7");
  if (!row) return row.error().describe();
  std::string out = row->text;
  for (const auto* side : {&row->source, &row->target}) {
    out += " |";
    for (const Span span : *side) out.append(out.back() == '|' ? " " : ",").append(span.of(row->text));
  }
  return out;
}

TEST(RelationRow, TagsMarkSourceAndTarget) {
  EXPECT_EQ(read("<s>Russia</s> bombed <t>Ukraine</t>."), "Russia bombed Ukraine. | Russia | Ukraine");
  EXPECT_EQ(read("<t>Élysée</t>: <s>A</s> and <s>B</s> left"), "Élysée: A and B left | A,B | Élysée");
  EXPECT_EQ(read("<s>Russia</s> denied it"), "Russia denied it | Russia |");
  EXPECT_EQ(read("<t>Russia</t><s>'s</s> x"), "Russia's x | 's | Russia");
}

TEST(RelationRow, OtherAnglesAreText) {
  EXPECT_EQ(read("a < b <b> <S> &lt;s&gt; <t>A</t> < "), "a < b <b> <S> &lt;s&gt; A <  | | A");
}

TEST(RelationRow, ObjectsMarkByWordsPairsAndLists) {
  EXPECT_EQ(read(R"({"text":"É hit É and B","source":"É","target":[[6,7],"B"]})"), "É hit É and B | É | É,B");
  EXPECT_EQ(read(R"( {"text":"A hit B","source":[0,1],"target":null})"), "A hit B | A |");
  EXPECT_EQ(read(R"({"text":"A hit B","source":[],"target":["B","A"],"other":1})"), "A hit B | | B,A");
  EXPECT_EQ(read(R"({"text":"<s>A</s> hit\n<t>B</t>"})"), "A hit\nB | A | B");
  EXPECT_EQ(read(R"({"text":"<s>A</s> hit","target":"hit"})"), "<s>A</s> hit | | hit");
}

TEST(RelationRow, IdIsEchoedOrThePlace) {
  EXPECT_EQ(relation_row_from("<s>A</s>", "f:7")->id, "f:7");
  EXPECT_EQ(relation_row_from("<s>A</s>", "\xFF.txt:7")->id, "?.txt:7");
  EXPECT_EQ(relation_row_from(R"({"text":"<s>A</s>"})", "f:7")->id, "f:7");
  EXPECT_EQ(relation_row_from(R"({"id":"x","text":"<s>A</s>"})", "f:7")->id, "x");
  EXPECT_EQ(relation_row_from(R"({"id":12,"text":"<s>A</s>"})", "f:7")->id, "12");
  EXPECT_EQ(read(R"({"id":[],"text":"<s>A</s>"})"), "f:7: \"id\" is no string and no number");
}

TEST(RelationRow, BadTags) {
  EXPECT_EQ(read("A hit B"), "f:7: marks neither a source nor a target");
  EXPECT_EQ(read("<s>A hit B"), "f:7: has <s> without </s>");
  EXPECT_EQ(read("<t>A</t> hit <t>B"), "f:7: has <t> without </t>");
  EXPECT_EQ(read("A</s> hit"), "f:7: has </s> without <s>");
  EXPECT_EQ(read("<s>A</t> hit"), "f:7: has </t> without <t>");
  EXPECT_EQ(read("<s>A <t>B</s> C</t>"), "f:7: has </s> before </t>");
  EXPECT_EQ(read("<s>A <s>B</s></s>"), "f:7: has <s> within <s>");
  EXPECT_EQ(read("<s></s>A hit"), "f:7: a mark of the source holds no words");
  EXPECT_EQ(read("A hit<t> </t>"), "f:7: a mark of the target holds no words");
  EXPECT_EQ(read("<s>\xC3</s>"), "f:7: is not UTF-8");
  EXPECT_EQ(read("<s>A</s>" + std::string(1 << 20, ' ')), "f:7: is longer than 1 MB");
}

TEST(RelationRow, BadObjects) {
  EXPECT_EQ(read("{\"text\":").compare(0, 16, "f:7: is not JSON"), 0);
  EXPECT_EQ(read(R"({"text":"\ud83d"})").compare(0, 16, "f:7: is not JSON"), 0);
  EXPECT_EQ(read(R"({"source":"A"})"), "f:7: has no field \"text\"");
  EXPECT_EQ(read(R"({"text":7,"source":"A"})"), "f:7: has a field \"text\" that is no string");
  EXPECT_EQ(read(R"({"text":"A hit B"})"), "f:7: marks neither a source nor a target");
  EXPECT_EQ(read(R"({"text":"A hit B","source":[],"target":[]})"), "f:7: marks neither a source nor a target");
  EXPECT_EQ(read(R"({"text":"A hit B","source":"C"})"), "f:7: \"source\" \"C\" is not in the text");
  EXPECT_EQ(read(R"({"text":"A hit B","source":""})"), "f:7: a mark of the source holds no words");
  EXPECT_EQ(read(R"({"text":"A hit B","target":[1,2]})"), "f:7: a mark of the target holds no words");
  EXPECT_EQ(read(R"({"text":"A hit É","target":[6,8]})"),
            "f:7: \"target\" [6, 8] is beyond the text, which has 7 characters");
  EXPECT_EQ(read(R"({"text":"A hit B","target":[[3,2]]})"), "f:7: \"target\" [3, 2] ends before it begins");
  const std::string kind = "f:7: \"source\" is no string, no pair [begin, end] of characters, and no list of such";
  for (const char* const value :
       {"7", "true", "{}", "[1]", "[1,2,3]", "[-1,2]", "[0.5,2]", "[[0,1],2]", "[[[0,1]]]", "[0,\"A\"]", "[null]"}) {
    EXPECT_EQ(read(R"({"text":"A hit B","source":)" + std::string(value) + "}"), kind) << value;
  }
}

TEST(RelationRow, OneSideMayLieWithinTheOther) {
  const auto row = relation_row_from("<s><t>Iraqi</t> fighters</s> gave up", "f:7");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->text, "Iraqi fighters gave up");
  EXPECT_EQ(row->source, (std::vector<Span>{{0, 14}}));
  EXPECT_EQ(row->target, (std::vector<Span>{{0, 5}}));
  EXPECT_EQ(read(R"({"text":"A hit B","source":[0,1],"target":[0,7]})"), "A hit B | A | A hit B");
}

TEST(Cross, TellsWhetherSpansAreNeitherApartNorWithin) {
  EXPECT_FALSE(cross({{0, 2}, {4, 6}}, {{2, 4}}));
  EXPECT_FALSE(cross({{0, 9}}, {{0, 2}, {3, 5}, {8, 9}}));
  EXPECT_TRUE(cross({{0, 9}}, {{0, 2}, {8, 10}}));
  EXPECT_TRUE(cross({{1, 3}}, {{1, 3}}));
  EXPECT_TRUE(cross({{5, 8}, {0, 3}}, {{2, 6}}));
}

TEST(RelationRow, WholeWordsBeforeParts) {
  const std::string text = R"({"text":"Iranian officials said Iran bombed Israelis","source":"Iran","target":)";
  EXPECT_EQ(relation_row_from(text + "null}", "f:7")->source, (std::vector<Span>{{23, 27}}));
  EXPECT_EQ(relation_row_from(text + "\"Israel\"}", "f:7")->target, (std::vector<Span>{{35, 41}})) << "no whole word";
}

TEST(RelationRow, WhatIsFarTooMuch) {
  std::string tags, list;
  for (int i = 0; i < 201; ++i) tags += "<s>a</s> ", list += (i > 0 ? ",\"a\"" : "\"a\"");
  EXPECT_EQ(read(tags), "f:7: marks more than 200 places of a side");
  EXPECT_EQ(read(R"({"text":"a","source":[)" + list + "]}"), "f:7: marks more than 200 places of a side");
  EXPECT_EQ(read(R"({"text":"a","source":")" + std::string(500, 'b') + "\"}"),
            "f:7: \"source\" \"" + std::string(60, 'b') + "…\" is not in the text");
  EXPECT_EQ(read(R"([{"text":"<s>A</s> hit"}])"), "f:7: is JSON but no object with fields");
}

TEST(RelationRow, MarksDoNotCross) {
  EXPECT_EQ(read(R"({"text":"A hit B","source":"A hit","target":"hit B"})"),
            "f:7: source and target overlap, and neither is only a part of the other");
  EXPECT_EQ(read(R"({"text":"A hit B","source":"A","target":"A"})"),
            "f:7: source and target overlap, and neither is only a part of the other");
  EXPECT_EQ(read(R"({"text":"A hit B","source":["hit",[2,3]]})"), "f:7: two marks of the source overlap");
}

TEST(FaultOfRelationRow, OfSpansThatNoLineGives) {
  const auto fault = [](Span span) {
    const auto error = fault_of({"", "", "É hit", {span}, {}});
    return error ? error->message : "";
  };
  EXPECT_EQ(fault({0, 2}), "");
  EXPECT_EQ(fault({3, 2}), "a mark of the source ends before it begins");
  EXPECT_EQ(fault({0, 7}), "a mark of the source is beyond the text");
  EXPECT_EQ(fault({1, 2}), "a mark of the source cuts a character");
}

TEST(RelationToJson, SpansAreCharacters) {
  const RelationRow row = *relation_row_from("<s>É</s> hit <t>B</t>", "f:7");
  const Relation relation{"ASSAULT", 0.87654F, {{"AGREE", 0.12346F}, {"ASSAULT", 0.87654F}}, {3, 6}};
  EXPECT_EQ(to_json(row, relation),
            R"({"id":"f:7","type":"ASSAULT","confidence":0.8765,"scores":{"AGREE":0.1235,"ASSAULT":0.8765},)"
            R"("trigger":{"text":"hit","span":[2,5]},"source":[[0,1]],"target":[[6,7]]})");
}

}  // namespace
}  // namespace dragoman
