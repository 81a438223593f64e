// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "document/check.h"
#include "document/testing.h"

namespace dragoman {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::sample_record;
using testing::small_record;
using testing::span_of;

TEST(ArticleId, DependsOnSourceAndTextOnly) {
  EXPECT_EQ(article_id("a", "text"), article_id("a", "text"));
  EXPECT_NE(article_id("a", "text"), article_id("b", "text"));
  EXPECT_NE(article_id("a", "btext"), article_id("ab", "text"));
  EXPECT_EQ(article_id("a", "text").size(), 21U);
  EXPECT_EQ(article_id("a", "text")[0], 'd');
}

TEST(RecordJson, OneEmptyRecordByteForByte) {
  Record record;
  record.article.id = "d1";
  record.article.source = "a.txt";
  record.article.text = "Hi";
  EXPECT_EQ(
      to_json(record),
      R"({"schema":"dragoman/1","document":{"id":"d1","source":"a.txt","language":"und","text":"Hi","blocks":[]},)"
      R"("sentences":[],"entities":[],"events":[],"statements":[],"origin":{}})");
}

// The offsets of the record, taken in code points, must give the text that stands beside them.
std::u32string points_of(const std::string& text) {
  std::u32string points;
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0x7F >> length);
    for (int i = 1; i < length; ++i) point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    points.push_back(point);
    at += length;
  }
  return points;
}

void expect_text_spans(const json& value, const std::u32string& text, int& seen) {
  if (value.is_object() && value.contains("text") && value.contains("span")) {
    const size_t begin = value["span"][0], end = value["span"][1];
    EXPECT_EQ(points_of(value["text"]), text.substr(begin, end - begin));
    ++seen;
  }
  for (const auto& child : value) {
    if (child.is_structured()) expect_text_spans(child, text, seen);
  }
}

TEST(RecordJson, OffsetsAreCodePoints) {
  const json record = json::parse(to_json(sample_record()));
  int seen = 0;
  expect_text_spans(record, points_of(record["document"]["text"]), seen);
  EXPECT_EQ(seen, 10);  // three triggers, two themes, two attribution cues, content and cue of the statement, a date
  // "Norland shells Sudria’s port" has 28 characters and 30 bytes.
  EXPECT_EQ(record["document"]["blocks"][0]["span"], json({0, 28}));
}

TEST(RecordJson, IdsCountFromOne) {
  const Record value = sample_record();
  const json record = json::parse(to_json(value));
  EXPECT_EQ(record["entities"][2]["id"], "e3");
  EXPECT_EQ(record["events"][0]["id"], value.article.id + "#1");
  EXPECT_EQ(record["events"][1]["about"], value.article.id + "#3");
  EXPECT_EQ(record["events"][0]["quantities"], json({"q1"}));
  EXPECT_EQ(record["events"][0]["measures"], json({"q4"}));
  EXPECT_EQ(record["measures"][0]["id"], "q4");
  EXPECT_EQ(record["events"][1]["instruments"], json({"i1"}));
  EXPECT_EQ(record["statements"][0]["id"], "s1");
  EXPECT_EQ(record["instruments"][0]["owner"], "e8");
  EXPECT_EQ(record["positions"][0]["evidence"], json({value.article.id + "#2", "s1"}));
}

TEST(RecordJson, AddedFieldsHoldWhatExplainNeeds) {
  const json record = json::parse(to_json(sample_record()));
  const json& event = record["events"][0];
  EXPECT_EQ(event["scores"]["types"], json({{"COERCE", 0.04}, {"ASSAULT", 0.91}}));  // .001 is left out
  EXPECT_EQ(event["scores"]["statuses"],
            json({{"actual", 0.95}, {"future", 0.01}, {"hypothetical", 0.01}, {"alleged", 0.03}}));
  EXPECT_EQ(event["confidence"], 0.9123);
  EXPECT_EQ(record["entities"][0]["mentions"][0]["reason"], json({{"rule", "name"},
                                                                  {"row", "countries.tsv:12"},
                                                                  {"valid", "1919-01-01/"},
                                                                  {"runner_up", "place:norland-bay"}}));
  EXPECT_EQ(record["origin"]["engine"], "0.1.0");
}

TEST(RecordJson, AccountsOnlyWhereAskedFor) {
  const json brief = json::parse(to_json(sample_record()));
  EXPECT_FALSE(brief["events"][0]["scores"].contains("confidence"));
  EXPECT_FALSE(brief["statements"][0].contains("scores"));
  const json full = json::parse(to_json(sample_record(), false, true));
  const json& scores = full["events"][0]["scores"];
  EXPECT_EQ(scores["confidence"][0], json({{"of", "trigger"}, {"value", 0.95}, {"adds", 2.5}}));
  EXPECT_EQ(scores["fillers"][0], json({{"role", "actor"}, {"span", {30, 44}}, {"score", 0.875}}));
  EXPECT_EQ(scores["modes"][1], json({{"mode", "aerial"}, {"score", 0.25}}));
  EXPECT_EQ(scores["historical"], 0.125);
  EXPECT_EQ(scores["steps"][0]["change"], "modes none → heavy-weapons");
  EXPECT_EQ(full["statements"][0]["scores"]["confidence"][0]["of"], "cue");
}

TEST(RecordJson, TimeExpressionsWithoutADayHaveNoValue) {
  Record value = sample_record();
  value.dates = {{{0, 7}, "", Precision::kWeek}};
  const json dates = json::parse(to_json(value))["dates"];
  EXPECT_EQ(dates, json::parse(R"([{"span":[0,7],"text":"Norland","value":null,"precision":"week"}])"));
  EXPECT_EQ(record_from_json(to_json(value))->dates[0].value, "");
  value.dates = {{{7, 7}, "", Precision::kWeek}};
  EXPECT_THAT(check(value), ElementsAre("time expression 1: its words are empty"));
}

TEST(RecordJson, DroppedTextOnlyWhereAskedFor) {
  EXPECT_FALSE(json::parse(to_json(sample_record()))["document"].contains("dropped"));
  EXPECT_EQ(json::parse(to_json(sample_record(), true))["document"]["dropped"][0]["reason"], "navigation");
}

TEST(RecordJson, IsOneLine) { EXPECT_EQ(to_json(sample_record(), true).find('\n'), std::string::npos); }

TEST(RecordFromJson, GivesBackTheSameBytes) {
  for (const Record& record : {sample_record(), small_record()}) {
    const std::string first = to_json(record, true);
    const auto again = record_from_json(first);
    ASSERT_TRUE(again) << again.error().describe();
    EXPECT_EQ(to_json(*again, true), first);
    const std::string full = to_json(record, true, true);
    EXPECT_EQ(to_json(*record_from_json(full), true, true), full);
  }
}

TEST(RecordFromJson, GivesBackBytesNotCodePoints) {
  const Record record = sample_record();
  const auto again = record_from_json(to_json(record));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->sentences, record.sentences);
  EXPECT_EQ(again->events[1].trigger, span_of(record.article.text, "accused"));
}

TEST(RecordFromJson, SaysWhatIsWrong) {
  const auto fault = [](const std::string& text) {
    const auto result = record_from_json(text);
    return result ? std::string("read") : result.error().message;
  };
  EXPECT_NE(fault("{"), "read");
  EXPECT_NE(fault(""), "read");
  EXPECT_THAT(fault("[]"), HasSubstr("record"));
  EXPECT_THAT(fault(R"({"schema":"other/9"})"), HasSubstr("other/9"));
  EXPECT_THAT(fault(R"({"schema":"dragoman/1"})"), HasSubstr("document"));
  json record = json::parse(to_json(sample_record()));
  record["events"][0]["actors"][0]["entity"] = "e99";
  EXPECT_EQ(fault(record.dump()), "event 1: entity 99 is not there");
  record["events"][0]["actors"][0]["entity"] = "nobody";
  EXPECT_EQ(fault(record.dump()), "\"nobody\" is no id");
  record["events"][0]["type"] = "GOSSIP";
  EXPECT_EQ(fault(record.dump()), "\"GOSSIP\" is no known name");
}

TEST(Check, FindsNothingInGoodRecords) {
  EXPECT_THAT(check(sample_record()), IsEmpty());
  EXPECT_THAT(check(small_record()), IsEmpty());
}

TEST(Check, NamesEachFault) {
  Record record = sample_record();
  record.events[0].trigger.end = 9999;
  record.events[1].sentence = 4;
  record.sentences[0].end = 22;  // cuts the apostrophe of "Sudria’s", three bytes from 21
  record.statements[0].content.end = record.statements[0].content.begin;
  record.entities[7].mentions.clear();
  EXPECT_THAT(check(record),
              ElementsAre("sentence 1: its bytes [0, 22) cut a character", "entity 8: it has no mention",
                          "event 1: the words of the trigger [" + std::to_string(record.events[0].trigger.begin) +
                              ", 9999) lie outside the text",
                          "event 2: sentence 5 is not there", "statement 1: the words of the content are empty"));
}

TEST(Check, WantsOrder) {
  Record record = small_record();
  std::swap(record.sentences[1], record.sentences[2]);
  EXPECT_THAT(check(record), ElementsAre("sentence 3: it begins before the one before it ends"));
}

TEST(Check, StopsAtBrokenText) {
  Record record = small_record();
  record.article.text[3] = '\xFF';
  EXPECT_THAT(check(record), ElementsAre("the text is no UTF-8"));
}

}  // namespace
}  // namespace dragoman
