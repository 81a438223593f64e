// SPDX-License-Identifier: Apache-2.0
#include "pipeline/ordered.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace dragoman::pipeline {
namespace {

// Pages "0".."n-1"; every third takes longer, every tenth fails.
std::vector<std::string> run(unsigned threads, int n) {
  int given = 0;
  std::vector<std::string> seen;
  read_in_order(
      threads,
      [&](Page& page) {
        if (given == n) return false;
        page.source = std::to_string(given++);
        return true;
      },
      [](const Page& page) -> Result<Record> {
        const int number = std::stoi(page.source);
        if (number % 3 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (number % 10 == 0) return Error{ErrorCode::kEmpty, "is empty", page.source};
        Record record;
        record.article.source = page.source;
        return record;
      },
      [&](const Page& page, const Result<Record>& result) {
        seen.push_back(page.source + (result ? "=" + result->article.source : " failed"));
      });
  return seen;
}

TEST(ReadInOrder, GivesTheSameWhateverTheThreads) {
  const std::vector<std::string> one = run(1, 100);
  EXPECT_EQ(one.size(), 100U);
  EXPECT_EQ(one[0], "0 failed");
  EXPECT_EQ(one[57], "57=57");
  EXPECT_EQ(run(4, 100), one);
  EXPECT_TRUE(run(3, 0).empty());
}

TEST(ReadInOrder, ThrowsWhatDoneThrows) {
  int given = 0;
  EXPECT_THROW(read_in_order(
                   3, [&](Page&) { return given++ < 50; }, [](const Page&) -> Result<Record> { return Record(); },
                   [](const Page&, const Result<Record>&) { throw std::runtime_error("disk full"); }),
               std::runtime_error);
  EXPECT_LT(given, 50);
}

}  // namespace
}  // namespace dragoman::pipeline
