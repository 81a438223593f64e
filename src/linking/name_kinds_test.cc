// SPDX-License-Identifier: Apache-2.0
#include "linking/name_kinds.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "knowledge/test_data.h"

namespace dragoman::linking {
namespace {

using Kinds = decltype(Mention::kinds);

constexpr Kinds kSurelyPerson = {.97F, .01F, .01F, .005F, .005F}, kSurelyBody = {.01F, .97F, .01F, .005F, .005F};
constexpr Kinds kPersonOrBody = {.5F, .45F, .03F, .01F, .01F}, kBodyOrPerson = {.45F, .5F, .03F, .01F, .01F};
constexpr Kinds kPersonOrPlace = {.7F, .03F, .25F, .01F, .01F};

const knowledge::Knowledge& known() {
  static const knowledge::Knowledge kKnown = [] {
    knowledge::TestData data;
    data.row("actors/roles.tsv", "senator\tLEG\tperson\t").row("actors/given_names.tsv", "Anna\tshe");
    return knowledge::Knowledge::open(data.write());
  }();
  return kKnown;
}

const knowledge::Gazetteer& places() {
  static const knowledge::Gazetteer kPlaces = [] {
    const std::string folder = ::testing::TempDir() + "/name_kinds_places";
    std::filesystem::create_directories(folder + "/places");
    std::ofstream(folder + "/places/gazetteer.tsv", std::ios::binary) << "Karlby\t1\tp\tKE.2\t1\t38\t90000\n";
    return knowledge::Gazetteer::open(folder);
  }();
  return kPlaces;
}

struct Text {
  std::string text;
  Analysis analysis;

  /// Puts `words` behind what is there as a mention.
  Text& name(const std::string& words, const Kinds& kinds) {
    Mention mention;
    mention.span = {static_cast<uint32_t>(text.size()), static_cast<uint32_t>(text.size() + words.size())};
    mention.head = {static_cast<uint32_t>(text.size() + words.rfind(' ') + 1), mention.span.end};
    mention.kinds = kinds;
    mention.kind = static_cast<MentionKind>(std::max_element(kinds.begin(), kinds.end()) - kinds.begin());
    text += words;
    analysis.mentions.push_back(mention);
    return *this;
  }
  Text& say(const std::string& words) {
    text += words;
    return *this;
  }
  MentionKind settled(size_t mention) {
    settle_kinds(text, known(), places(), analysis);
    return analysis.mentions.at(mention).kind;
  }
  std::map<std::string, float> seen(size_t name) const {
    const auto all = observe_names(text, analysis, known(), places());
    return {all.at(name).second.begin(), all.at(name).second.end()};
  }
};

TEST(NameKinds, APlaceOfTheGazetteerIsOneThoughItSoundsLikeSomebody) {
  EXPECT_EQ(Text().say("Troops left ").name("Karlby", kPersonOrPlace).say(".").settled(0), MentionKind::kPlace);
  EXPECT_EQ(Text().say("Troops left ").name("Mervin", kPersonOrPlace).say(".").settled(0), MentionKind::kPerson);
}

TEST(NameKinds, ANameIsOfOneKindInAText) {
  Text text;
  text.name("Ruto", kSurelyPerson).say(" met ").name("Ruto", kBodyOrPerson).say(" and ").name("Ruto", kSurelyPerson);
  EXPECT_EQ(text.settled(1), MentionKind::kPerson);
  EXPECT_EQ(Text().name("Ruto", kBodyOrPerson).say(" left.").settled(0), MentionKind::kOrganization);
}

TEST(NameKinds, ASurnameIsTheirsWhoHaveIt) {
  Text text;
  text.name("Joan Gorm", kSurelyPerson).say(" spoke. ").name("Gorm", kBodyOrPerson).say(" smiled.");
  EXPECT_EQ(text.seen(1).at("longer.person"), .97F);
  EXPECT_EQ(text.settled(1), MentionKind::kPerson);
}

TEST(NameKinds, NounsTitlesAndGivenNamesAreSeen) {
  const auto seen =
      Text().say("Yet Senator ").name("Anna Gorm", kSurelyPerson).say(" (").name("UNIVERSITY", kSurelyBody).seen(0);
  EXPECT_EQ(seen.count("before.title"), 1U);
  EXPECT_EQ(seen.count("given.first"), 1U);
  EXPECT_EQ(seen.count("noun.body"), 0U);
  const auto body = Text().say("in the ").name("Norland University", kPersonOrBody).seen(0);
  EXPECT_EQ(body.count("noun.body.last"), 1U);
  EXPECT_EQ(body.count("before.the"), 1U);
  EXPECT_EQ(body.count("before.title"), 0U);
  const auto capitals = Text().say("Norland University (").name("NU", kPersonOrBody).say(")").seen(0);
  EXPECT_EQ(capitals.count("capitals"), 1U);
  EXPECT_EQ(capitals.count("before.bracket"), 1U);
}

TEST(NameKinds, PhrasesThatEndWithTheNameFollowIt) {
  Text text;
  text.say("They left ").name("old Karlby", {}).name(" Karlby", {});
  Mention& phrase = text.analysis.mentions[0];
  phrase.kind = MentionKind::kPerson;
  Mention& name = text.analysis.mentions[1];
  name.span = name.head = phrase.head;
  name.kinds = kPersonOrPlace;
  name.kind = MentionKind::kPerson;
  EXPECT_EQ(text.settled(1), MentionKind::kPlace);
  EXPECT_EQ(text.analysis.mentions[0].kind, MentionKind::kPlace);
}

TEST(NameKinds, PartsOfAWordAreLookedAtInTheirWord) {
  const auto seen = Text().say("The anti-").name("Gorm", kPersonOrBody).say(" Anna left").seen(0);
  EXPECT_EQ(seen.count("given.alone"), 0U) << "that is the word behind";
  EXPECT_EQ(seen.count("before.the"), 1U);
}

TEST(NameKinds, EveryWeightIsOfSomethingSeen) {
  std::set<std::string> known_observations = {"gazetteer.village", "gazetteer.town", "gazetteer.large", "known.state",
                                              "known.region",      "known.people",   "known.body",      "given.alone",
                                              "surname.alone",     "noun.place",     "noun.event",      "digits",
                                              "words.two",         "words.many",     "before.in"};
  Text text;
  text.say("Yet Senator ").name("Anna Gorm", kSurelyPerson).say(" (").name("Gorm", kBodyOrPerson).say(") met ");
  text.name("Gorm", kBodyOrPerson).say(" in the ").name("Norland University", kPersonOrBody).say(" of ");
  text.name("Karlby", kPersonOrPlace).say(" and ").name("NU", kPersonOrBody);
  for (size_t n = 0; n < text.analysis.mentions.size(); ++n)
    for (const auto& [what, value] : text.seen(n)) known_observations.insert(what);
  std::ifstream table(std::string(DRAGOMAN_SOURCE_DIR) + "/data/language/name_kinds.tsv");
  size_t rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line[0] == '#') continue;
    ++rows;
    EXPECT_EQ(known_observations.count(line.substr(0, line.find('\t'))), 1U) << line;
  }
  EXPECT_GT(rows, 30U);
}

TEST(NameKinds, ANameSaidOftenTakesNoLongerEachTime) {
  Text text;
  for (int i = 0; i < 20000; ++i) text.name("Ruto", kSurelyPerson).say(" ");
  EXPECT_EQ(text.settled(19999), MentionKind::kPerson);
}

TEST(NameKinds, WhatWasNotReadAsANameStays) {
  EXPECT_EQ(Text().say("Near ").name("Karlby", {}).settled(0), MentionKind::kPerson);
  Text text;
  text.name("Karlby", kPersonOrPlace);
  text.analysis.mentions[0].span.end = 1000;  // beyond the text
  EXPECT_EQ(text.settled(0), MentionKind::kPerson);
  EXPECT_TRUE(observe_names("", Analysis{}, known(), places()).empty());
}

}  // namespace
}  // namespace dragoman::linking
