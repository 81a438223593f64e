// SPDX-License-Identifier: Apache-2.0
#include "linking/places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "knowledge/test_data.h"
#include "linking/link.h"

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
                                                                         "Karla\t1\tp\tGH.1\t8\t-1\t90000\tKarlby\n"
                                                                         "Karlby\t1\tp\tGH.1\t8\t-1\t90000\n"
                                                                         "Karlby\t2\tp\tKE.2\t1\t38\t4000\n"
                                                                         "Kenya\t11\tC\tKE\t0\t38\t50000000\n"
                                                                         "Kor.\t21\tD\tKE.2\t1\t38\t500000\tEastern\n"
                                                                         "Mount Bly\t8\tp\tGH.1\t7\t-1\t900\n"
                                                                         "North\t41\tD\tGH.1\t8\t-1\t900\n"
                                                                         "Red Sea\t42\tD\tKE.2\t1\t38\t900\n";
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
  data.row("places/regions.tsv", "Red Sea\tsea\t\t\t");
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

TEST(Places, AnotherNameOfATownNeedsItsState) {
  const Entity open = taken_for("", "", EntityKind::kPlace);
  EXPECT_EQ(located("Fire in Karla", {{{8, 13}, open}}).entities[0].kb, "");
  const Links told = located("Fire in Karla, Ghana",
                             {{{8, 13}, open}, {{15, 20}, taken_for("country:GHA", "GHA", EntityKind::kCountry)}});
  EXPECT_EQ(told.entities[0].kb, "city:1");
}

TEST(Places, DirectionsAndSeasAreNoProvinces) {
  Entity sea = taken_for("region:Red Sea", "", EntityKind::kRegion);
  sea.name = "Red Sea";
  const Links links = located("the North, Red Sea", {{{0, 9}, taken_for("", "", EntityKind::kOther)}, {{11, 18}, sea}});
  EXPECT_EQ(links.entities[0].country, "");
  EXPECT_FALSE(links.entities[0].lat.has_value());
  EXPECT_EQ(links.entities[1].kb, "region:Red Sea");
  EXPECT_EQ(links.entities[1].country, "");
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

/// The folder of a world in which well-known cities have namesakes in a state that acts everywhere.
const std::string& folder_of_namesakes() {
  static knowledge::TestData data;
  static const std::string folder = [] {
    for (const char* row : {"CHE\tCHE\tSwitzerland\tCH\t\t\tcountry\t\t\t\tSwiss\tSwiss\tBern\t",
                            "GBR\tGBR\tBritain\tGB\t\t\tcountry\t\t\t\tBritish\tBritons\tLondon\t",
                            "IND\tIND\tIndia\tIN\t\t\tcountry\t\t\t\tIndian\tIndians\tNew Delhi\t",
                            "IRN\tIRN\tIran\tIR\t\t\tcountry\t\t\t\tIranian\tIranians\tTehran\t",
                            "ITA\tITA\tItaly\tIT\t\t\tcountry\t\t\t\tItalian\tItalians\tRome\t",
                            "PAK\tPAK\tPakistan\tPK\t\t\tcountry\t\t\t\tPakistani\tPakistanis\tIslamabad\t",
                            "USA\tUSA\tUnited States\tUS\t\t\tcountry\t\t\tUS|U.S.\tAmerican\tAmericans\tWashington\t"})
      data.row("actors/countries.tsv", row);
    for (const char* row : {"1\tGeneva\tCHE\t46.2\t6.15\t183981\t", "2\tNaples\tITA\t40.85\t14.27\t909048\t",
                            "3\tHyderabad\tIND\t17.38\t78.46\t6809970\t", "4\tHyderabad\tPAK\t25.39\t68.37\t1921275\t",
                            "5\tManchester\tGBR\t53.48\t-2.24\t395515\t", "6\tManchester\tUSA\t43\t-71.45\t110229\t"})
      data.row("places/cities.tsv", row);
    for (const char* row : {"Florida\tstate\tUSA\t", "New Hampshire\tstate\tUSA\t", "Ohio\tstate\tUSA\t"})
      data.row("places/regions.tsv", row);
    for (const char* row :
         {"Ashtabula County\t20\td\tUS.OH\t41.7\t-80.8\t97000", "Florida\t21\tD\tUS.FL\t28.8\t-82.5\t17671452",
          "Geneva\t22\tD\tCH.GE\t46.21\t6.14\t418351\tGenève", "Geneva\t1\ts\tCH.GE\t46.2\t6.15\t183981\tGenève",
          "Geneva\t23\tp\tUS.IL\t41.89\t-88.31\t21806", "Geneva\t24\tp\tUS.OH\t41.81\t-80.95\t6051",
          "Hyderabad\t3\ts\tIN.40\t17.38\t78.46\t6809970", "Hyderabad\t4\tp\tPK.05\t25.39\t68.37\t1921275",
          "Iran\t25\tC\tIR\t32\t53\t81800269", "Lake County\t26\td\tUS.OH\t41.7\t-81.2\t230000",
          "Manchester\t5\tp\tGB.ENG\t53.48\t-2.24\t395515", "Manchester\t6\tp\tUS.NH\t43\t-71.45\t110229",
          "Naples\t2\ts\tIT.04\t40.85\t14.27\t909048", "Naples\t27\tp\tUS.FL\t26.14\t-81.8\t21512",
          "New Hampshire\t28\tD\tUS.NH\t43.67\t-71.5\t1330608", "Ohio\t29\tD\tUS.OH\t40.25\t-83\t11536504",
          "Pakistan\t30\tC\tPK\t30\t70\t212215030", "Switzerland\t31\tC\tCH\t47\t8\t8516543",
          "United States\t32\tC\tUS\t39.76\t-98.5\t327167434"})
      data.row("places/gazetteer.tsv", row);
    return data.write();
  }();
  return folder;
}

/// The GeoNames numbers of what linking takes the names in brackets for, or their states where they have none.
std::string linked(const std::string& marked) {
  static const auto knowledge = knowledge::Knowledge::open(folder_of_namesakes());
  static const auto gazetteer = knowledge::Gazetteer::open(folder_of_namesakes());
  Article article;
  Analysis analysis;
  std::vector<size_t> open;
  for (const char c : marked) {
    const auto here = static_cast<uint32_t>(article.text.size());
    if (c == '[') {
      open.push_back(analysis.mentions.size());
      analysis.mentions.push_back({{here, here}, {here, here}, Form::kName, MentionKind::kPlace, 1});
    } else if (c == ']') {
      Mention& mention = analysis.mentions[open.back()];
      mention.span.end = mention.head.end = here;
      open.pop_back();
    } else {
      article.text += c;
    }
  }
  article.blocks = {{BlockKind::kParagraph, {0, static_cast<uint32_t>(article.text.size())}}};
  Links links = link(article, analysis, knowledge);
  locate(article.text, analysis, knowledge, gazetteer, links);
  std::string out;
  for (const auto& of : links.of) {
    const Entity& entity = links.entities[of.front()];
    out.append(out.empty() ? "" : " ").append(entity.geonames ? std::to_string(*entity.geonames) : entity.country);
  }
  return out;
}

TEST(Places, StatesThatActAreNotWhereTheyAct) {
  EXPECT_EQ(linked("The [United States] and [Iran] signed an accord in [Geneva] on Monday."), "32 25 1");
  EXPECT_EQ(linked("The [United States] and [Iran] opened talks in [Naples]."), "32 25 2");
  EXPECT_EQ(linked("The [United States] and [Iran] opened talks in [Manchester]."), "32 25 5");
  EXPECT_EQ(linked("The [United States] opened a mission in [Naples]."), "32 2") << "many times as populous";
}

TEST(Places, StateThatActsAloneActsAtHome) {
  EXPECT_EQ(linked("[Pakistan] sent its army to [Hyderabad]."), "30 4");
  EXPECT_EQ(linked("The [United States] sent marshals to [Manchester]."), "32 6");
  EXPECT_EQ(linked("A fire broke out in [Hyderabad]."), "3");
}

TEST(Places, NamedOnceWithItsStateHoldsForTheWholeText) {
  EXPECT_EQ(linked("Envoys met in [Geneva, [Switzerland]]. The [United States] signed a deal with [Iran] in [Geneva]."),
            "1 31 32 25 1");
  EXPECT_EQ(linked("Envoys met in [Naples, [Florida]]. [Iran] paid for rooms in [Naples]."), "27 21 25 27");
}

TEST(Places, LocalNewsMeansTheTownNearby) {
  EXPECT_EQ(linked("Crews from [Ashtabula County] and [Lake County], [Ohio], fought a fire in [Geneva]."),
            "20 26 29 24");
  EXPECT_EQ(linked("A judge in [Naples] freed two men, officials in [Florida] said."), "27 21");
  EXPECT_EQ(linked("Snow fell on [Manchester] and all of [New Hampshire]."), "6 28");
  EXPECT_EQ(linked("The storm reached the [United States] and flooded streets in [Manchester]. It came to the "
                   "[United States] late."),
            "32 6 32");
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
