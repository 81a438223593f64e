// SPDX-License-Identifier: Apache-2.0
#include "pipeline/data_hash.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "dragoman/error.h"

namespace dragoman::pipeline {
namespace {

namespace fs = std::filesystem;

TEST(DataHash, ChangesWithEveryFileThatCounts) {
  const fs::path folder = fs::path(testing::TempDir()) / "dragoman_data_hash";
  fs::remove_all(folder);
  fs::create_directories(folder / "coding");
  const auto write = [&](const char* name, const char* text) { std::ofstream(folder / name) << text; };
  write("coding/rules.tsv", "a");
  write("coding/FORMAT.md", "words");
  const std::string before = data_hash(folder.string());
  EXPECT_EQ(before.size(), 64U);
  write("coding/FORMAT.md", "other words");
  EXPECT_EQ(data_hash(folder.string()), before) << "a manual changes no record";
  write("coding/rules.tsv", "b");
  const std::string changed = data_hash(folder.string());
  EXPECT_NE(changed, before);
  write("more.tsv", "");
  EXPECT_NE(data_hash(folder.string()), changed);
  fs::remove_all(folder);
  EXPECT_THROW(data_hash(folder.string()), Failure);
}

}  // namespace
}  // namespace dragoman::pipeline
