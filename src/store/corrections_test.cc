// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "document/testing.h"
#include "dragoman/correction.h"
#include "dragoman/store.h"

namespace dragoman {
namespace {

using ::testing::ElementsAre;
using testing::sample_record;

class Corrections : public ::testing::Test {
 protected:
  void SetUp() override { store_.emplace(Store::open(path_, Store::Mode::kWrite)); }
  void TearDown() override {
    store_.reset();
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + ending);
  }

  std::string id(size_t event) const { return record_.article.id + "#" + std::to_string(event); }

  Correction correction(size_t event, const std::string& action,
                        std::map<std::string, std::string> changes = {}) const {
    return {id(event), action, std::move(changes), "A. Reader", "", "2031-06-01T10:00:00Z"};
  }

  std::vector<std::string> listed() const {
    std::vector<std::string> all;
    store_->corrections({}, [&](const Correction& one) { all.push_back(one.event_id + " " + one.action); });
    return all;
  }

  std::vector<std::string> shown(const EventQuery& query) const {
    std::vector<std::string> all;
    store_->events(query, [&](const EventRow& row) { all.push_back(row.id + " " + row.type + " " + row.actors); });
    return all;
  }

  Record record_ = sample_record();
  std::string path_ = std::filesystem::temp_directory_path() / ("corrections_test." + std::to_string(getpid()) + ".db");
  std::optional<Store> store_;
};

TEST_F(Corrections, FindTheirEventAfterTheDocumentWasReadAnew) {
  store_->put(record_);
  ASSERT_TRUE(store_->correct(correction(2, "accept")));
  ASSERT_TRUE(store_->correct(correction(1, "reject")));
  Record anew = record_;  // another engine finds one event fewer before it
  anew.origin.model = "reader 2";
  anew.events = {record_.events[1]};
  anew.events[0].about.reset();
  anew.positions.clear();
  store_->put(anew);
  EXPECT_THAT(listed(), ElementsAre(id(1) + " accept", record_.article.id + " reject"));
}

TEST_F(Corrections, LastHoldsAndTheRecordStays) {
  store_->put(record_);
  const auto before = shown({});
  ASSERT_TRUE(store_->correct(correction(1, "reject")));
  EXPECT_EQ(shown({.corrected = true}).size(), before.size() - 1);
  ASSERT_TRUE(store_->correct(correction(1, "change", {{"event_type", "REQUEST"}, {"actor", "-"}})));
  EXPECT_THAT(shown({.type = "REQUEST", .corrected = true}), ElementsAre(id(1) + " REQUEST "));
  ASSERT_TRUE(store_->correct(correction(1, "accept")));
  EXPECT_EQ(shown({.corrected = true}), before);
  EXPECT_EQ(shown({}), before);
}

TEST_F(Corrections, OfWhatIsNotThereAreRefused) {
  store_->put(record_);
  EXPECT_EQ(store_->correct(correction(99, "accept")).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->correct(correction(1, "change", {{"actor", "Nobody Known"}})).error().code, ErrorCode::kUsage);
  EXPECT_EQ(store_->correct(correction(1, "change")).error().code, ErrorCode::kUsage);
  EXPECT_THAT(listed(), ElementsAre());
}

TEST(Correction, IsOfTextThatCanBeRead) {
  Correction one = {"d1#1", "change", {{"actor", "the army"}}, "A. Reader", "", ""};
  EXPECT_EQ(fault_of(one), std::nullopt);
  one.note = "caf\xE9";
  EXPECT_EQ(fault_of(one)->place, "note");
  one.note.clear();
  one.author = "caf\xE9";
  EXPECT_EQ(fault_of(one)->place, "author");
  one.author = "A. Reader";
  one.changes["actor"] = "caf\xE9";
  EXPECT_EQ(fault_of(one)->place, "actor");
}

TEST(Correction, IsReadAsItWasWritten) {
  const Correction one = {"d1#2", "change", {{"actor", "a; b"}, {"status", "future"}}, "A. Reader", "says \"so\"", "T"};
  const auto read = correction_from_json(to_json(one));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(one));
  EXPECT_EQ(to_csv(one), "d1#2,change,,future,,a; b,,A. Reader,\"says \"\"so\"\"\",T");
  for (const char* broken :
       {"", "[]", "{\"event_id\":1}", "{\"changes\":[]}", "{\"changes\":{\"a\":1}}", "{\"x\":\"y\"}"}) {
    EXPECT_FALSE(correction_from_json(broken)) << broken;
  }
}

TEST(Correction, OfWordsMakesAnEntityOfThem) {
  Record record = sample_record();
  const size_t entities = record.entities.size();
  const std::string words(record.events[0].trigger.of(record.article.text));
  ASSERT_FALSE(apply({"", "change", {{"recipient", words + " (XSU MIL)"}}, "", "", ""}, record, 0));
  ASSERT_EQ(record.entities.size(), entities + 1);
  EXPECT_EQ(record.events[0].recipients.front().span, record.events[0].trigger);
  EXPECT_EQ(record.events[0].recipients.front().country, "XSU");
  EXPECT_THAT(record.events[0].recipients.front().sectors, ElementsAre("MIL"));
}

}  // namespace
}  // namespace dragoman
