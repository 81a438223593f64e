// SPDX-License-Identifier: Apache-2.0
#include "linking/places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "knowledge/test_data.h"

namespace dragoman::linking {
namespace {

// Two states with a Karlby each, Norland's the larger; Sudria has two divisions.
const knowledge::Gazetteer& places() {
  static const knowledge::Gazetteer known = [] {
    const std::string folder = ::testing::TempDir() + "/linking_places";
    std::filesystem::create_directories(folder + "/places");
    std::ofstream(folder + "/places/gazetteer.tsv", std::ios::binary) << "Bly County\t31\td\tKE.2\t1.3\t38\t30000\n"
                                                                         "Doss\t32\tp\tGH.1\t9\t-1\t70000\n"
                                                                         "Doss County\t33\td\tKE.2\t1.2\t38\t20000\n"
                                                                         "Eastern\t21\tD\tKE.2\t1\t38\t500000\n"
                                                                         "Garma\t7\tp\tKE.2\t1.1\t38.1\t9000\n"
                                                                         "Ghana\t12\tC\tGH\t8\t-1\t30000000\n"
                                                                         "Karlby\t1\tp\tGH.1\t8\t-1\t90000\n"
                                                                         "Karlby\t2\tp\tKE.2\t1\t38\t4000\n"
                                                                         "Kenya\t11\tC\tKE\t0\t38\t50000000\n"
                                                                         "Kor.\t21\tD\tKE.2\t1\t38\t500000\tEastern\n"
                                                                         "Mount Bly\t8\tp\tGH.1\t7\t-1\t900\n";
    return knowledge::Gazetteer::open(folder);
  }();
  return known;
}

/// The numbers of the places that the words in brackets mean.
std::string numbers(std::string text) {
  std::vector<Span> names;
  std::string plain;
  for (const char c : text) {
    if (c == '[')
      names.push_back({static_cast<uint32_t>(plain.size()), 0});
    else if (c == ']')
      names.back().end = static_cast<uint32_t>(plain.size());
    else
      plain += c;
  }
  std::string out;
  for (const auto& place : place_names(plain, names, places())) {
    if (!out.empty()) out.push_back(' ');
    if (place && place->near) out.append("near ");
    out.append(place ? place->place.number : std::string_view("-"));
  }
  return out;
}

TEST(Places, TheLargerIsMeantWhereNothingElseIsTold) { EXPECT_EQ(numbers("Fire in [Karlby]"), "1"); }

TEST(Places, OtherNamesTellTheState) {
  EXPECT_EQ(numbers("[Kenya]: fire in [Karlby]"), "11 2");
  EXPECT_EQ(numbers("[Garma] and [Karlby] burn"), "7 2");
}

TEST(Places, WhatFollowsAtOnceHoldsIt) {
  EXPECT_EQ(numbers("[Karlby], [Eastern]"), "2 21");
  EXPECT_EQ(numbers("[Karlby] in [Ghana]; [Kenya]"), "1 12 11");
}

TEST(Places, NamesMayBeLongerOrShorterThanTheRow) {
  EXPECT_EQ(numbers("[Mt. Bly], [northern Kenya], [city of Karlby]"), "8 11 1");
  EXPECT_EQ(numbers("[Kor.] but [Kor] and [K.or]"), "21 near 21 near 21");
  EXPECT_EQ(numbers("[Elbonia]"), "-");
}

TEST(Places, CountiesGoWithoutTheWordInListsOfThem) {
  EXPECT_EQ(numbers("floods in [Bly] and [Doss] counties"), "31 33");
  EXPECT_EQ(numbers("floods in [Doss], which counties on the coast fear"), "32");
  EXPECT_EQ(numbers("[Bly County], [Doss]"), "31 33") << "beside another place of the division";
}

TEST(Places, WhatNoTableHasLiesNearTheOthers) {
  EXPECT_EQ(numbers("[Garma], [Bly County], then [Elbonia Hill]"), "7 31 near 7");
  EXPECT_EQ(numbers("[Elbonia Hill], [Eastern]"), "near 21 21");
  EXPECT_EQ(numbers("[Elbonia Hill] in [Kenya]"), "- 11") << "a state is no neighbourhood";
  EXPECT_EQ(numbers("[Garma], [Bly County] and [Mount Bly]"), "7 31 near 7") << "a namesake far away";
  EXPECT_EQ(numbers("[Garma], [Bly County] and [Mount Bly], [Ghana]"), "7 31 8 12");
}

TEST(Places, UnknownPlacesAreLocated) {
  knowledge::TestData data;
  data.row("actors/countries.tsv", "KEN\tKEN\tKenya\tKE\t\t\tcountry\t\t\t\tKenyan\tKenyans\tNairobi\t");
  data.row("actors/countries.tsv", "GHA\tGHA\tGhana\tGH\t\t\tcountry\t\t\t\tGhanaian\tGhanaians\tAccra\t");
  const auto knowledge = knowledge::Knowledge::open(data.write());
  const std::string text = "Garma, Karlby";
  Analysis analysis;
  analysis.mentions = {{{0, 5}, {0, 5}, Form::kName, MentionKind::kPlace, 1},
                       {{7, 13}, {7, 13}, Form::kName, MentionKind::kPlace, 1}};
  Links links;
  links.entities.resize(2);
  links.entities[0].mentions = {{{0, 5}, Form::kName, {"document-country", "", "", ""}}};
  links.entities[1].mentions = {{{7, 13}, Form::kName, {"description", "", "", ""}}};
  links.entities[1].country = "GHA";  // told by the text: stays
  links.of = {{0}, {1}};
  locate(text, analysis, knowledge, places(), links);
  EXPECT_EQ(links.entities[0].kb, "city:7");
  EXPECT_EQ(links.entities[0].country, "KEN");
  EXPECT_EQ(links.entities[0].lat, 1.1);
  EXPECT_EQ(links.entities[1].kb, "");
  EXPECT_EQ(links.entities[1].country, "GHA");
}

/// Links of one mention each, "Karlby" taken for a city of Ghana and "Kenya" for the state, after locate().
Links located(const std::string& text, const std::vector<std::pair<Span, Entity>>& names) {
  knowledge::TestData data;
  data.row("actors/countries.tsv", "KEN\tKEN\tKenya\tKE\t\t\tcountry\t\t\t\tKenyan\tKenyans\tNairobi\t");
  data.row("actors/countries.tsv", "GHA\tGHA\tGhana\tGH\t\t\tcountry\t\t\t\tGhanaian\tGhanaians\tAccra\t");
  const auto knowledge = knowledge::Knowledge::open(data.write());
  Analysis analysis;
  Links links;
  for (const auto& [span, entity] : names) {
    analysis.mentions.push_back({span, span, Form::kName, MentionKind::kPlace, 1});
    links.of.push_back({static_cast<uint32_t>(links.entities.size())});
    links.entities.push_back(entity);
    links.entities.back().mentions = {{span, Form::kName, {"name", "", "", ""}}};
  }
  locate(text, analysis, knowledge, places(), links);
  return links;
}

Entity taken_for(const std::string& kb, const std::string& country, EntityKind kind) {
  Entity entity;
  entity.kb = kb;
  entity.country = country;
  entity.kind = kind;
  return entity;
}

TEST(Places, CityIsAnotherOneWhereTheOtherPlacesTellSo) {
  const auto karlby = taken_for("city:1", "GHA", EntityKind::kPlace);
  const auto kenya = taken_for("country:KEN", "KEN", EntityKind::kCountry);
  const Links told = located(
      "Karlby, Eastern, Kenya",
      {{{0, 6}, karlby}, {{8, 15}, taken_for("region:Eastern", "KEN", EntityKind::kRegion)}, {{17, 22}, kenya}});
  EXPECT_EQ(told.entities[0].kb, "city:2");
  EXPECT_EQ(told.entities[0].country, "KEN");
  EXPECT_EQ(told.entities[0].geonames, 2);
  EXPECT_EQ(told.entities[0].precision, "city");
  EXPECT_EQ(told.entities[0].mentions[0].reason.rule, "gazetteer");
  EXPECT_EQ(told.entities[0].mentions[0].reason.runner_up, "city:1");
  EXPECT_EQ(told.entities[1].geonames, 21);
  EXPECT_EQ(told.entities[1].precision, "province");
  EXPECT_EQ(told.entities[2].geonames, 11);
  EXPECT_EQ(told.entities[2].precision, "country");
  EXPECT_EQ(told.entities[2].kb, "country:KEN");
  const Links alone = located("Karlby", {{{0, 6}, karlby}});
  EXPECT_EQ(alone.entities[0].kb, "city:1");
  EXPECT_EQ(alone.entities[0].geonames, 1);
  EXPECT_EQ(alone.entities[0].mentions[0].reason.rule, "name");
}

TEST(Places, PositionNearTheOthersIsOfARegion) {
  const auto garma = taken_for("city:7", "KEN", EntityKind::kPlace);
  const Links links =
      located("Garma, Elbonia Hill", {{{0, 5}, garma}, {{7, 19}, taken_for("", "", EntityKind::kPlace)}});
  EXPECT_EQ(links.entities[1].lat, 1.1);
  EXPECT_EQ(links.entities[1].precision, "region");
  EXPECT_FALSE(links.entities[1].geonames);
  EXPECT_EQ(links.entities[1].country, "");
  EXPECT_EQ(links.entities[1].kb, "");
}

TEST(Places, StateIsNoTownOfItsName) {
  const Links links = located("Karlby", {{{0, 6}, taken_for("country:KEN", "KEN", EntityKind::kCountry)}});
  EXPECT_EQ(links.entities[0].kb, "country:KEN");
  EXPECT_EQ(links.entities[0].country, "KEN");
  EXPECT_FALSE(links.entities[0].geonames);
}

}  // namespace
}  // namespace dragoman::linking
