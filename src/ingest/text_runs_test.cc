// SPDX-License-Identifier: Apache-2.0
#include "ingest/text_runs.h"

#include <gtest/gtest.h>

#include <string>

#include "html/document.h"

namespace dragoman::ingest {
namespace {

// Blocks by a letter each: t text, d doubtful, s a short doubtful one, - dropped for sure, | a new box. Which are kept.
std::string kept(const std::string& plan) {
  std::string html = "<div>";
  for (const char c : plan) html += c == '|' ? "</div><div>" : "<p>" + std::string(c == 's' ? 20 : 200, 'x');
  const auto document = html::Document::parse(html);
  EXPECT_TRUE(document);
  const html::Outline page = html::outline(*document);
  std::vector<BlockJob> jobs;
  std::vector<size_t> doubtful;
  for (const char c : plan) {
    if (c == '|') continue;
    if (c == 'd' || c == 's') doubtful.push_back(jobs.size());
    jobs.push_back({c == 't', BlockKind::kParagraph, c == 't' ? "" : "furniture"});
  }
  EXPECT_EQ(jobs.size(), page.blocks.size());
  keep_text_runs(page, doubtful, jobs);
  std::string out;
  for (const BlockJob& job : jobs) out += job.kept ? 't' : '-';
  return out;
}

TEST(TextRuns, ManyDoubtfulParagraphsInARowAmongTextAreText) {
  EXPECT_EQ(kept("tttddddd"), "tttttttt");
  EXPECT_EQ(kept("dddddttt"), "tttttttt");
  EXPECT_EQ(kept("tttddsddd"), "ttttt-ttt");  // short ones part no run
}

TEST(TextRuns, FewOrThoseOfOtherBoxesAreNot) {
  EXPECT_EQ(kept("tttdddd"), "ttt----");
  EXPECT_EQ(kept("tttddtddd"), "ttt--t---");
  EXPECT_EQ(kept("tttdd-ddd"), "ttt------");
  EXPECT_EQ(kept("ttddddd"), "tt-----");
  EXPECT_EQ(kept("ttt|ddddd"), "ttt-----");
  EXPECT_EQ(kept("tttsssss"), "ttt-----");
}

}  // namespace
}  // namespace dragoman::ingest
