// SPDX-License-Identifier: Apache-2.0
// The whole road with the model and the knowledge of the repository.
#include "dragoman/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "dragoman/doctor.h"

namespace dragoman {
namespace {

EngineOptions here(unsigned threads = 1) {
  EngineOptions options;
  options.data = DRAGOMAN_SOURCE_DIR "/data";
  options.model = DRAGOMAN_SOURCE_DIR "/models/reader";
  options.threads = threads;
  return options;
}

Page text_page(const std::string& source, const std::string& text) {
  Page page;
  page.source = source;
  page.place = source;
  page.bytes = text;
  page.format = Format::kJsonLines;
  page.published = "2024-03-08";
  return page;
}

const std::vector<std::string>& texts() {
  static const std::vector<std::string> kTexts = {
      "Kenya's foreign minister condemned the shelling of the port on Monday.",
      "\u201cWe will not talk to them,\u201d President Emmanuel Macron said. France expelled two Russian diplomats.",
      "Police in Lagos arrested 40 protesters, a spokesman said.\n\nThe march had been banned by the court.",
      "Nothing much happened.",
      "The Senate voted 70-29 to send $60 billion in aid to Ukraine.",
      "",
  };
  return kTexts;
}

std::vector<std::string> read_all(const Engine& engine, int rounds) {
  std::vector<std::string> lines;
  size_t given = 0;
  engine.read_all(
      [&](Page& page) {
        if (given == rounds * texts().size()) return false;
        page = text_page("t#" + std::to_string(given), texts()[given % texts().size()]);
        ++given;
        return true;
      },
      [&](const Page&, const Result<Record>& result) {
        lines.push_back(result ? to_json(*result) : std::string("error ") + to_string(result.error().code));
      });
  return lines;
}

TEST(Engine, GivesTheSameBytesWhateverTheThreads) {
  const std::vector<std::string> one = read_all(Engine::open(here(1)), 5);
  ASSERT_EQ(one.size(), 5 * texts().size());
  EXPECT_EQ(one.back(), "error empty");
  EXPECT_EQ(read_all(Engine::open(here(3)), 5), one);
}

TEST(Engine, ReadsOnePageAsAmongOthers) {
  const Engine engine = Engine::open(here());
  const std::vector<std::string> all = read_all(engine, 1);
  for (size_t i = 0; i + 1 < texts().size(); ++i) {
    const Result<Record> alone = engine.read(text_page("t#" + std::to_string(i), texts()[i]));
    ASSERT_TRUE(alone);
    EXPECT_EQ(to_json(*alone), all[i]);
  }
}

TEST(Engine, FindsWhoDidWhat) {
  const Engine engine = Engine::open(here());
  const Result<Record> record = engine.read(text_page("t#1", texts()[1]));
  ASSERT_TRUE(record);
  const auto expelled = std::find_if(record->events.begin(), record->events.end(),
                                     [](const Event& event) { return event.type == EventType::kSanction; });
  ASSERT_NE(expelled, record->events.end());
  ASSERT_EQ(expelled->actors.size(), 1U);
  EXPECT_EQ(expelled->actors[0].country, "FRA");
  ASSERT_FALSE(expelled->recipients.empty());
  EXPECT_EQ(expelled->recipients[0].country, "RUS");
  ASSERT_FALSE(record->statements.empty());
  ASSERT_TRUE(record->statements[0].speaker);
  EXPECT_EQ(record->entities[record->statements[0].speaker->entity].name, "Emmanuel Macron");
}

TEST(Engine, TakesTheCallersDateWhereThePagesCannotBeRead) {
  EngineOptions options = here();
  options.published = "2024-03-10";
  const Engine engine = Engine::open(options);
  Page page = text_page("t#1", texts()[0]);
  for (const char* given : {"", "some time ago"}) {
    page.published = given;
    const Result<Record> record = engine.read(page);
    ASSERT_TRUE(record && record->article.published);
    EXPECT_EQ(record->article.published->value, "2024-03-10");
    EXPECT_EQ(record->article.published->basis, "argument");
  }
}

// An act of one list is in the other, if one of its type is told by the same words.
bool holds(const Record& record, const Event& event) {
  return std::any_of(record.events.begin(), record.events.end(), [&](const Event& other) {
    return other.type == event.type && other.trigger.overlaps(event.trigger);
  });
}

TEST(Engine, LeavesOutWhatIsLessSureThanAskedFor) {
  const std::string text =
      "Kenya's foreign minister condemned the shelling of the port and may visit Lagos. “We will not talk to them,” he "
      "said, adding that France had considered sanctions. Police arrested 40 people after the march, which some called "
      "a "
      "threat. The minister thanked Ghana for its help in the talks that were planned for next year.";
  std::vector<Record> records;
  std::vector<double> bounds = {0, 0.3, 0.6, 0.9};
  for (const double least : bounds) {
    EngineOptions options = here();
    options.min_confidence = least;
    const Result<Record> record = Engine::open(options).read(text_page("t#1", text));
    ASSERT_TRUE(record);
    EXPECT_EQ(to_json(*record_from_json(to_json(*record)), true), to_json(*record, true))
        << "all references lead somewhere";
    for (const Event& event : record->events) EXPECT_GE(event.confidence, least);
    for (const Statement& statement : record->statements) EXPECT_GE(statement.confidence, least);
    records.push_back(*record);
  }
  for (size_t i = 1; i < records.size(); ++i) {
    EXPECT_LE(records[i].events.size(), records[i - 1].events.size());
    for (const Event& event : records[i].events) EXPECT_TRUE(holds(records[i - 1], event)) << to_string(event.type);
  }
  EXPECT_GT(records.front().events.size(), records.back().events.size());
  const Result<Record> plain = Engine::open(here()).read(text_page("t#1", text));
  ASSERT_TRUE(plain);
  EXPECT_LT(plain->events.size(), records.front().events.size()) << "a low bound gives more than the default";
}

TEST(Engine, RefusesToOpenWithoutItsParts) {
  EngineOptions options = here();
  options.model = "/nowhere/model";
  EXPECT_THROW(Engine::open(options), Failure);
  options = here();
  options.data = "/nowhere/data";
  EXPECT_THROW(Engine::open(options), Failure);
  const auto setup = examine(options);
  EXPECT_TRUE(setup.knowledge.error);
  EXPECT_FALSE(setup.model.error);
}

}  // namespace
}  // namespace dragoman
