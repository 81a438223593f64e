// SPDX-License-Identifier: Apache-2.0
// Page cases: tests/pages/<slug>/source.html and the article it must give, expected.json.
// With DRAGOMAN_ACCEPT=1 in the environment the expected files are written anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "ingest/extract.h"

namespace dragoman::ingest {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json as_json(const Result<Article>& read) {
  if (!read) return {{"error", to_string(read.error().code)}, {"message", read.error().message}};
  Json json = {{"title", read->title}, {"publisher", read->publisher}, {"authors", read->authors}, {"url", read->url},
               {"published", nullptr}, {"language", read->language},   {"blocks", Json::array()}};
  if (read->published) json["published"] = {read->published->value, read->published->basis};
  for (const Block& block : read->blocks) {
    json["blocks"].push_back({to_string(block.kind), std::string(block.span.of(read->text))});
  }
  return json;
}

TEST(Pages, GiveTheExpectedArticles) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(fs::path(DRAGOMAN_SOURCE_DIR) / "tests" / "pages")) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  ASSERT_GE(folders.size(), 5U);
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    SCOPED_TRACE(folder.filename().string());
    Page page;
    page.source = page.place = folder.filename().string();
    page.format = Format::kHtml;
    page.bytes = *base::read_file((folder / "source.html").string());
    const std::string got = as_json(extract(page)).dump(2) + "\n";
    EXPECT_EQ(got, as_json(extract(page)).dump(2) + "\n");
    const std::string expected_path = (folder / "expected.json").string();
    if (std::getenv("DRAGOMAN_ACCEPT") != nullptr) std::ofstream(expected_path) << got;
    const auto expected = base::read_file(expected_path);
    ASSERT_TRUE(expected) << expected.error().describe();
    EXPECT_EQ(got, *expected);
  }
}

}  // namespace
}  // namespace dragoman::ingest
