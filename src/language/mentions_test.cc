// SPDX-License-Identifier: Apache-2.0
#include "language/mentions.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>

namespace dragoman::language {
namespace {

std::vector<Span> words_of(std::string_view text) {
  std::vector<Span> words;
  for (uint32_t at = 0; at < text.size();) {
    const auto end = static_cast<uint32_t>(std::min(text.find(' ', at), text.size()));
    words.push_back({at, end});
    at = end + 1;
  }
  return words;
}

// Words and marks apart, as the tokenizer cuts them.
std::vector<Span> cut(std::string_view text) {
  std::vector<Span> words;
  for (uint32_t at = 0; at < text.size();) {
    uint32_t end = at + 1;
    if (std::isalnum(static_cast<unsigned char>(text[at])) != 0)
      while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0) ++end;
    if (text[at] != ' ') words.push_back({at, end});
    at = end;
  }
  return words;
}

TEST(MentionSet, WordsAreWhole) {
  const std::string text = "It signed a six-month truce - the U.S. said 85,000 re-elected.";
  const std::vector<Span> words = cut(text);
  const MentionSet set(text, words);
  const auto whole = [&](std::string_view part) {
    const size_t begin = text.find(part);
    uint32_t first = 0, last = 0;
    for (uint32_t w = 0; w < words.size(); ++w) {
      if (words[w].begin < begin) first = w + 1;
      if (words[w].begin < begin + part.size()) last = w + 1;
    }
    const auto [from, to] = set.whole_words(first, last);
    return text.substr(words[from].begin, words[to - 1].end - words[from].begin);
  };
  EXPECT_EQ(whole("signed a six-"), "signed a six-month");
  EXPECT_EQ(whole("a six"), "a six-month");
  EXPECT_EQ(whole("truce -"), "truce") << "a dash that stands alone";
  EXPECT_EQ(whole("000"), "85,000");
  EXPECT_EQ(whole("re"), "re-elected");
  EXPECT_EQ(whole("elected"), "elected");
}

TEST(MentionSet, SettlesFillersByWhatIsInside) {
  const std::string text = "Zubrovia 's foreign minister , Ana Lind , met them";
  const std::vector<Span> words = words_of(text);
  MentionSet set(text, words);
  set.add_name({0, 1, MentionKind::kPlace, 0.9F, {}});
  set.add_name({5, 7, MentionKind::kPerson, 0.9F, {}});
  set.add_head(0, 4, 3, MentionKind::kPerson, Form::kNominal, 0.8F);
  set.add_filler(0, 7, 0.7F);
  set.add_filler(9, 10, 0.6F);
  set.add_filler(5, 7, 0.5F);
  const std::vector<Mention> mentions = set.take();
  ASSERT_EQ(mentions.size(), 5U);
  EXPECT_EQ(mentions[0].span.of(text), "Zubrovia 's foreign minister , Ana Lind");
  EXPECT_EQ(mentions[0].head.of(text), "minister");
  EXPECT_EQ(mentions[0].kind, MentionKind::kPerson);
  EXPECT_EQ(mentions[0].form, Form::kNominal);
  EXPECT_EQ(mentions[3].span.of(text), "Ana Lind");
  EXPECT_EQ(mentions[3].form, Form::kName);
  EXPECT_EQ(mentions[4].form, Form::kPronoun);
}

TEST(MentionSet, NamesTurnOnTheWordThatTheirHeadWasFoundAt) {
  const std::string text = "the envoy Ana Lind met Norland";
  const std::vector<Span> words = words_of(text);
  MentionSet set(text, words);
  set.add_name({2, 4, MentionKind::kPerson, 0.9F, {}});
  set.add_name({5, 6, MentionKind::kPlace, 0.9F, {}});
  set.add_head(0, 4, 1, MentionKind::kPerson, Form::kNominal, 0.8F);
  set.add_head(2, 4, 2, MentionKind::kPerson, Form::kName, 0.8F);
  const std::vector<Mention> mentions = set.take();
  ASSERT_EQ(mentions.size(), 3U);
  EXPECT_EQ(mentions[1].head.of(text), "Lind");
  EXPECT_EQ(set.turning_words(mentions), (std::vector<uint32_t>{1, 2, 5}));
}

TEST(MentionSet, LeavesOutWhatIsTooLong) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "name ";
  text.pop_back();
  const std::vector<Span> words = words_of(text);
  MentionSet set(text, words);
  set.add_name({0, 90, MentionKind::kPerson, 1.0F, {}});
  set.add_filler(0, 90, 1.0F);
  set.add_name({90, 92, MentionKind::kPerson, 1.0F, {}});
  EXPECT_EQ(set.take().size(), 1U);
}

TEST(MentionSet, FindsAHeadWithoutHelp) {
  const std::string text = "the ministry of defence";
  const std::vector<Span> words = words_of(text);
  MentionSet set(text, words);
  set.add_filler(0, 4, 1.0F);
  EXPECT_EQ(set.take()[0].head.of(text), "ministry");
}

TEST(MentionSet, CutsNoWordOff) {
  const std::string text = "the prime minister met the Secretary-General";
  std::vector<Span> words = words_of(text);
  const Span last = words.back();  // "Secretary-General" is three words to the reader
  words.back() = {last.begin, last.begin + 9};
  words.push_back({last.begin + 9, last.begin + 10});
  words.push_back({last.begin + 10, last.end});
  MentionSet set(text, words);
  set.add_head(4, 7, 5, MentionKind::kPerson, Form::kNominal, 0.8F);
  EXPECT_EQ(set.snap(0, 2), std::pair(0U, 3U));
  set.add_filler(0, 2, 0.7F);
  const std::vector<Mention> mentions = set.take();
  ASSERT_EQ(mentions.size(), 2U);
  EXPECT_EQ(mentions[0].span.of(text), "the prime minister");
  EXPECT_EQ(mentions[1].span.of(text), "the Secretary-General");
}

// Words as the tokenizer gives them: runs of letters or digits, and each mark by itself.
std::vector<Span> cut_words(const std::string& text) {
  std::vector<Span> words;
  const auto kind = [&](uint32_t at) { return std::isalpha(text[at]) != 0 ? 1 : std::isdigit(text[at]) != 0 ? 2 : 0; };
  for (uint32_t at = 0; at < text.size(); ++at) {
    const bool goes_on = !words.empty() && words.back().end == at && kind(at) > 0 && kind(at) == kind(at - 1);
    if (text[at] == ' ') continue;
    if (goes_on) {
      ++words.back().end;
    } else {
      words.push_back({at, at + 1});
    }
  }
  return words;
}

TEST(MentionSet, IsOfWholeTokensWithoutMarksAround) {
  const auto found = [](const std::string& text, const std::string& given) {
    const std::vector<Span> words = cut_words(text);
    MentionSet set(text, words);
    const auto begin = static_cast<uint32_t>(text.find(given));
    const uint32_t end = begin + static_cast<uint32_t>(given.size());
    uint32_t first = 0, last = 0;
    while (words[first].begin < begin) ++first;
    while (last < words.size() && words[last].end <= end) ++last;
    set.add_name({first, last, MentionKind::kOrganization, 0.9F, {}});
    return std::string(set.take().at(0).span.of(text));
  };
  EXPECT_EQ(found("gave 85,000 people", ",000 people"), "85,000 people");
  EXPECT_EQ(found("gave 85,000 people", "85"), "85,000");
  EXPECT_EQ(found("the U.N. Security Council", ".N. Security Council"), "U.N. Security Council");
  EXPECT_EQ(found("the R.S.F. fled", "F"), "R.S.F");
  EXPECT_EQ(found("Norvania's president, who", "Norvania's president,"), "Norvania's president");
  EXPECT_EQ(found("Kim's sister, who", "'s sister"), "sister");
  EXPECT_EQ(found("Kim's sister, who", "Kim'"), "Kim");
  EXPECT_EQ(found("Kim's sister, who", "Kim's"), "Kim's");
  EXPECT_EQ(found("WASHINGTON (AP) - Two", "WASHINGTON ("), "WASHINGTON");
  EXPECT_EQ(found("WASHINGTON (AP) - Two", "AP)"), "AP");
  EXPECT_EQ(found("the World Bank (WB) said", "World Bank (WB)"), "World Bank (WB)");
  EXPECT_EQ(found("said Jones & Co. on", "Jones & Co."), "Jones & Co.");
  EXPECT_EQ(found("at 3.5, no", "3.5"), "3.5");
  EXPECT_EQ(found("so , then", ","), ",") << "nothing but a mark stays";
}

TEST(MentionSet, EndsWithNoWordThatWantsAnother) {
  const std::string text = "a court in the valley freed Norland and the of";
  const std::vector<Span> words = words_of(text);
  MentionSet set(text, words);
  set.add_head(0, 3, 1, MentionKind::kOrganization, Form::kNominal, 0.8F);
  set.add_filler(6, 9, 0.7F);
  const std::vector<Mention> mentions = set.take();
  ASSERT_EQ(mentions.size(), 2U);
  EXPECT_EQ(mentions[0].span.of(text), "a court");
  EXPECT_EQ(mentions[1].span.of(text), "Norland");
  using Words = std::pair<uint32_t, uint32_t>;
  EXPECT_EQ(set.snap(0, 4), Words(0, 2));
  EXPECT_EQ(set.snap(8, 10), std::nullopt) << "no word is full";
}

TEST(MentionSet, SnapsPiecesToMentions) {
  const std::string text = "the House of Lords met the envoy";
  const std::vector<Span> words = words_of(text);
  MentionSet set(text, words);
  set.add_name({1, 4, MentionKind::kOrganization, 0.9F, {}});
  set.add_head(5, 7, 6, MentionKind::kPerson, Form::kNominal, 0.8F);
  using Words = std::pair<uint32_t, uint32_t>;
  EXPECT_EQ(set.snap(1, 2), Words(1, 4)) << "a piece of a name";
  EXPECT_EQ(set.snap(2, 3), Words(1, 4)) << "a word that is no actor";
  EXPECT_EQ(set.snap(5, 6), Words(5, 7));
  EXPECT_EQ(set.snap(6, 7), Words(6, 7)) << "a noun by itself stays";
  EXPECT_EQ(set.snap(0, 1), std::nullopt);
}

}  // namespace
}  // namespace dragoman::language
