// SPDX-License-Identifier: Apache-2.0
#include "coding/quotes.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace dragoman::coding {
namespace {

std::string quoted_in(const std::string& text) {
  Article article;
  article.text = text;
  uint32_t begin = 0;
  for (uint32_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != '\n') continue;
    if (at > begin) article.blocks.push_back({BlockKind::kParagraph, {begin, at}});
    begin = at + 1;
  }
  std::vector<std::string> found;
  for (const Span span : quotations(article)) found.emplace_back(span.of(text));
  return base::join(found, "|");
}

TEST(Quotations, OfEveryStyle) {
  EXPECT_EQ(quoted_in("“One,” he said, “two.”"), "One,|two.");
  EXPECT_EQ(quoted_in("\"One,\" he said, \"two.\""), "One,|two.");
  EXPECT_EQ(quoted_in("«One», he said."), "One");
  EXPECT_EQ(quoted_in("„One“, he said."), "One");
  EXPECT_EQ(quoted_in("‘One,’ he said."), "One,");
  EXPECT_EQ(quoted_in("'One,' he said."), "One,");
}

TEST(Quotations, ApostrophesAreNone) {
  EXPECT_EQ(quoted_in("Norland's port isn't the sailors' home in the '90s."), "");
  EXPECT_EQ(quoted_in("‘It’s ours,’ she said."), "It’s ours,");
  EXPECT_EQ(quoted_in("'We don't know,' she said."), "We don't know,");
}

TEST(Quotations, NestedOnesBelongToTheOuter) {
  EXPECT_EQ(quoted_in("“He said ‘never’ to us,” she said."), "He said ‘never’ to us,");
}

TEST(Quotations, UnclosedRunToTheEndOfTheirParagraph) {
  EXPECT_EQ(quoted_in("“One.\n“Two.” Three."), "One.|Two.");
  EXPECT_EQ(quoted_in("“"), "");
}

std::string trimmed(const std::string& text, const std::string& content) {
  const auto at = static_cast<uint32_t>(text.find(content));
  std::vector<Span> quoted;
  Article article;
  article.text = text;
  article.blocks.push_back({BlockKind::kParagraph, {0, static_cast<uint32_t>(text.size())}});
  quoted = quotations(article);
  return std::string(trimmed_content(text, quoted, {at, at + static_cast<uint32_t>(content.size())}).of(text));
}

TEST(TrimmedContent, LeavesOutMarksAndLooseStops) {
  EXPECT_EQ(trimmed("“One two,” he said.", "“One two,”"), "One two");
  EXPECT_EQ(trimmed("He said: “One two.”", "“One two.”"), "One two.");
  EXPECT_EQ(trimmed("“One two.” he said.", "One two."), "One two");
  EXPECT_EQ(trimmed("He said it was over.", "it was over."), "it was over");
  EXPECT_EQ(trimmed("He said it was “over”.", "it was “over”."), "it was “over”");
  EXPECT_EQ(trimmed("“", "“"), "");
  EXPECT_EQ(trimmed("“‘No’ is all we have,” he said.", "No’ is all we have,"), "‘No’ is all we have");
  EXPECT_EQ(trimmed("‘“Peace” isn’t a plan,’ he said.", "Peace” isn’t a plan"), "“Peace” isn’t a plan");
  EXPECT_EQ(trimmed("\"'Never' is long,\" she said.", "Never' is long"), "'Never' is long");
  EXPECT_EQ(trimmed("“We go,” he said, “and we stay.”", "We go,” he said, “and we stay."),
            "We go,” he said, “and we stay");
  EXPECT_EQ(trimmed("He said: , . ", ", . "), ".");
}

}  // namespace
}  // namespace dragoman::coding
