// SPDX-License-Identifier: Apache-2.0
#include "store/given_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dragoman/error.h"
#include "store/test_folder.h"

namespace dragoman::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class GivenRowsTest : public TestFolder {
 protected:
  void SetUp() override {
    TestFolder::SetUp();
    database_.emplace(path_, Database::Mode::kWrite);
    database_->run("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c REAL, d ANY) STRICT");
  }
  void TearDown() override {
    database_.reset();
    TestFolder::TearDown();
  }

  std::vector<std::string> rows() {
    std::vector<std::string> all;
    Query query = database_->query(
        "SELECT quote(a) || ' ' || quote(b) || ' ' || quote(c) || "
        "' ' || quote(d) FROM t ORDER BY a");
    while (query.step()) all.push_back(query.text(0));
    return all;
  }

  std::optional<Database> database_;
};

TEST_F(GivenRowsTest, ValuesOfEveryKindArriveAsTheyWereBound) {
  Batch batch(*database_, "INSERT OR FAIL INTO t", 4);
  batch.bind_null().bind("").bind(2).bind_blob(std::string("\0x", 2)).run();
  batch.bind(int64_t{1} << 62U).bind("Łódź").bind(std::optional<double>()).bind_known("").run();
  batch.bind_null().bind(std::string(100'000, 'a')).bind_null().bind(true).run();
  EXPECT_EQ(batch.count(), 3U);
  EXPECT_THAT(rows(), ElementsAre());
  batch.write();
  EXPECT_EQ(batch.count(), 0U);
  EXPECT_THAT(rows(), ElementsAre("1 '' 2.0 X'0078'", "4611686018427387904 'Łódź' NULL NULL",
                                  "4611686018427387905 '" + std::string(100'000, 'a') + "' NULL 1"));
}

TEST_F(GivenRowsTest, NothingIsWrittenTwiceOrAfterItWasForgotten) {
  Batch batch(*database_, "INSERT OR FAIL INTO t (a, b)", 2);
  batch.write();
  batch.bind(7).bind("kept").run();
  batch.write();
  batch.write();
  batch.bind(8).bind("given up").run();
  batch.forget();
  batch.write();
  EXPECT_THAT(rows(), ElementsAre("7 'kept' NULL NULL"));
}

TEST_F(GivenRowsTest, WhatATableDoesNotTakeIsAFailure) {
  Batch batch(*database_, "INSERT OR FAIL INTO t (a, b)", 2);
  batch.bind(7).bind_null().run();
  try {
    batch.write();
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().message, HasSubstr("NOT NULL constraint failed: t.b"));
  }
}

TEST_F(GivenRowsTest, WithoutRowsThereAreNone) {
  EXPECT_EQ(database_->integer("SELECT count(*) FROM given_rows(NULL)"), 0);
  EXPECT_EQ(database_->integer("SELECT count(*) FROM given_rows('rows')"), 0);
  EXPECT_THROW(database_->integer("SELECT count(*) FROM given_rows"), Failure);
}

}  // namespace
}  // namespace dragoman::store
