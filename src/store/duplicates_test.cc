// SPDX-License-Identifier: Apache-2.0
#include "store/duplicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "document/testing.h"
#include "dragoman/store.h"
#include "store/likeness.h"

namespace dragoman::store {
namespace {

// A text of so many sentences, each with words of its own; another `seed` gives another text.
std::string report(int sentences, int seed = 0) {
  static const char* const kWords[] = {"council", "envoy",  "harbour", "treaty", "march",  "grain", "border",
                                       "vote",    "strike", "convoy",  "bridge", "island", "court", "minister"};
  std::string text;
  uint32_t random = static_cast<uint32_t>(seed) * 7919U + 1;
  for (int i = 0; i < sentences; ++i) {
    text += "The";
    for (int word = 0; word < 12; ++word) {
      random = random * 1664525U + 1013904223U;
      text += std::string(" ") + kWords[(random >> 16U) % std::size(kWords)] + std::to_string(random >> 28U);
    }
    text += ". ";
  }
  return text;
}

Article article(const std::string& source, const std::string& text, const std::string& url = "",
                const std::string& day = "") {
  Article article;
  article.source = source;
  article.text = text;
  article.url = url;
  article.title = "Title of " + source;
  if (!day.empty()) article.published = Date{day, Precision::kDay, "metadata", std::nullopt};
  article.id = article_id(source, text);
  return article;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

TEST(CanonicalAddress, LeavesOutWhatTellsNoArticleFromAnother) {
  for (const char* const url : {"http://n.example/a/b", "https://www.n.example/a/b/", "https://m.n.example:443/a/b#top",
                                "https://N.example/a/b?utm_source=x&fbclid=1", "https://amp.n.example/a/b/amp"}) {
    EXPECT_EQ(canonical_address(url), "n.example/a/b") << url;
  }
  EXPECT_EQ(canonical_address("http://n.example/?id=7&a=1"), "n.example?a=1&id=7");
  EXPECT_EQ(canonical_address("http://n.example/"), "");
  EXPECT_EQ(canonical_address("a/b"), "");
}

TEST(RunDuplicates, CopiesLightlyEditedAreKnownAndOthersAreNot) {
  RunDuplicates duplicates;
  const std::string text = report(40);
  const Article first = article("a", text);
  EXPECT_EQ(duplicates.of(first), "");
  EXPECT_EQ(duplicates.of(article("b", "By our own reporter\n\n" + replaced(text, "The", "A"))), first.id);
  EXPECT_EQ(duplicates.of(article("c", report(40, 1))), "");
  EXPECT_EQ(duplicates.of(article("d", text + report(40, 2))), "");  // half of it is new
  EXPECT_EQ(duplicates.of(article("e", text)), first.id);
  EXPECT_EQ(duplicates.of(first), first.id);  // once more from the same source: one id
}

TEST(RunDuplicates, FormsFilledInAnewAreNoCopies) {
  RunDuplicates duplicates;
  const Article monday = article("a", report(40), "", "2031-03-03");
  EXPECT_EQ(duplicates.of(monday), "");
  EXPECT_EQ(duplicates.of(article("b", report(40), "", "2031-03-05T10:00:00Z")), monday.id);
  EXPECT_EQ(duplicates.of(article("c", report(40), "", "2031-03-10")), "");
  EXPECT_EQ(duplicates.of(article("d", report(40))), monday.id);  // no day is known
}

TEST(RunDuplicates, OneAddress) {
  RunDuplicates duplicates;
  Article first = article("a", report(40), "http://n.example/1");
  EXPECT_EQ(duplicates.of(first), "");
  // A later state of the page, half as long again.
  EXPECT_EQ(duplicates.of(article("b", report(40) + report(20, 3), "https://www.n.example/1?utm_source=feed")),
            first.id);
  // Another text at the address of a section.
  EXPECT_EQ(duplicates.of(article("c", report(40, 4), "http://n.example/1")), "");
  Article summary = article("d", "Ministers met.", "http://n.example/1");
  summary.title = first.title;
  summary.summary = true;
  EXPECT_EQ(duplicates.of(summary), first.id);
}

TEST(RunDuplicates, WholeTextsAreNoDuplicatesOfSummaries) {
  RunDuplicates duplicates;
  Article summary = article("a", "Ministers met.", "http://n.example/1");
  summary.summary = true;
  Article whole = article("a", report(40), "http://n.example/1");
  Article again = article("b", report(40));
  EXPECT_EQ(duplicates.of(summary), "");
  EXPECT_EQ(duplicates.of(whole), "");
  EXPECT_EQ(duplicates.of(again), whole.id);
}

TEST(RunDuplicates, ShortTextsAreKnownByAddressAlone) {
  RunDuplicates duplicates;
  EXPECT_EQ(duplicates.of(article("a", "Weather for today.")), "");
  EXPECT_EQ(duplicates.of(article("b", "Weather for today.")), "");
}

TEST(LikenessIndex, FindsWhatComparingAllFinds) {
  LikenessIndex index;
  std::vector<Likeness> all;
  for (int i = 0; i < 400; ++i) {
    const int family = i % 40;
    all.push_back(likeness_of(article("s" + std::to_string(i), report(30, family) + report(i / 40, i + 1000))));
    index.add(all.back());
  }
  size_t pairs = 0;
  for (uint32_t i = 0; i < all.size(); ++i) {
    std::vector<uint32_t> expected;
    for (uint32_t k = 0; k < all.size(); ++k) {
      if (are_same(all[i], all[k])) expected.push_back(k);
      EXPECT_EQ(are_same(all[i], all[k]), are_same(all[k], all[i]));
    }
    EXPECT_EQ(index.same_as(all[i]), expected) << i;
    pairs += expected.size();
  }
  EXPECT_GT(pairs, 800U);  // each family has copies
}

class StoreDuplicatesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "dragoman_duplicates_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  static Record record(const std::string& source, const std::string& text) {
    Record record;
    record.article = article(source, text);
    record.article.blocks = {{BlockKind::kParagraph, {0, static_cast<uint32_t>(text.size())}}};
    record.sentences = {{0, static_cast<uint32_t>(text.size())}};
    record.origin = testing_origin();
    return record;
  }
  static Origin testing_origin() { return dragoman::testing::sample_record().origin; }

  std::string path() const { return (root_ / "news.db").string(); }

  std::filesystem::path root_;
};

TEST_F(StoreDuplicatesTest, ADocumentOfALaterRunIsKnown) {
  const Record first = record("a", report(40)), other = record("b", report(40, 1)),
               copy = record("c", report(40) + "So.");
  std::string duplicate;
  {
    Store store = Store::open(path(), Store::Mode::kWrite);
    EXPECT_EQ(store.put(first, false, duplicate), Change::kAdded);
    EXPECT_EQ(duplicate, "");
  }
  Store store = Store::open(path(), Store::Mode::kWrite);
  store.put(other, false, duplicate);
  EXPECT_EQ(duplicate, "");
  store.put(copy, false, duplicate);
  EXPECT_EQ(duplicate, first.article.id);
  const auto json = store.record_json(copy.article.id);
  ASSERT_TRUE(json);
  EXPECT_EQ(duplicate_of(*json), first.article.id);
  EXPECT_EQ(record_from_json(*json)->article.duplicate_of, first.article.id);
  EXPECT_TRUE(store.check().empty());
}

TEST_F(StoreDuplicatesTest, ReadingAgainChangesNothing) {
  const Record first = record("a", report(40));
  Record copy = record("b", report(40));
  Store store = Store::open(path(), Store::Mode::kWrite);
  std::string duplicate;
  store.put(first, false, duplicate);
  store.put(copy, false, duplicate);
  // What a run says, which knows nothing of earlier ones, plays no part.
  copy.article.duplicate_of = "d0";
  EXPECT_EQ(store.put(copy, false, duplicate), Change::kUnchanged);
  EXPECT_EQ(duplicate, first.article.id);
  EXPECT_EQ(store.put(first, false, duplicate), Change::kUnchanged);
  EXPECT_EQ(duplicate, "");
  // Another engine's record of it takes its place and stays what it was.
  Record anew = first;
  anew.origin.engine = "another";
  EXPECT_EQ(store.put(anew, false, duplicate), Change::kReplaced);
  EXPECT_EQ(duplicate, "");
  store.put(record("c", report(40)), false, duplicate);
  EXPECT_EQ(duplicate, first.article.id);
}

TEST_F(StoreDuplicatesTest, DocumentsThatOthersPutMeanwhileAreKnown) {
  Store one = Store::open(path(), Store::Mode::kWrite), two = Store::open(path(), Store::Mode::kWrite);
  std::string duplicate;
  const Record first = record("a", report(40));
  one.put(record("z", report(40, 9)), false, duplicate);
  two.put(first, false, duplicate);
  one.put(record("b", report(40)), false, duplicate);
  EXPECT_EQ(duplicate, first.article.id);
}

}  // namespace
}  // namespace dragoman::store
