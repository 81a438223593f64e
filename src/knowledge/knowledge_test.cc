// SPDX-License-Identifier: Apache-2.0
#include "knowledge/knowledge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/person_names.h"
#include "knowledge/test_data.h"

namespace dragoman::knowledge {
namespace {

constexpr const char* kPeople = "actors/people.tsv";
constexpr const char* kMemberships = "actors/memberships.tsv";
constexpr const char* kOrganizations = "actors/organizations.tsv";
constexpr const char* kRoles = "actors/roles.tsv";
constexpr const char* kCities = "places/cities.tsv";

std::string shown(const Knowledge& knowledge, std::string_view name, Day day = 0) {
  std::string out;
  for (const Reading& reading : knowledge.named(name, day)) {
    if (!out.empty()) out += "; ";
    out += Knowledge::full_key(*reading.entry) + " " + to_string(reading.sense) + (reading.holds ? "" : " (not then)");
  }
  return out;
}

std::string failure_of(const TestData& data) {
  try {
    Knowledge::open(data.write());
  } catch (const Failure& failure) {
    return failure.error().describe();
  }
  return "";
}

TestData& basics(TestData& data) {
  return data.country("RUR", "Ruritania", "Ruritanian", "Ruritanian|Ruritanians", "Strelsau", "the Castle")
      .country("GEO", "Georgia", "Georgian", "Georgians", "Tbilisi")
      .country("USA", "United States", "American|U.S.", "Americans", "Washington", "White House",
               "US|United States of America")
      .row("places/regions.tsv", "Georgia\tstate\tUSA\t")
      .row(kCities, "1\tParis\tUSA\t33.6\t-95.5\t25000\t")
      .row(kCities, "2\tStrelsau\tRUR\t50\t14\t900000\tStrelsaw")
      .row(kPeople, "rudolf\tRudolf Elphberg\tRUR\tking\tGOV\t2001-05-01\t2009-02\tKing Rudolf\t\t\t")
      .row(kPeople, "rudolf\tRudolf Elphberg\tRUR\tsenator\tLEG\t2010\t\t\t\t\t")
      .row(kOrganizations, "un\tUnited Nations\tigo\tUNO\t\t1945\t\tUN|U.N.")
      .row(kRoles, "minister\tGOV\tperson\tsingular")
      .row(kRoles, "foreign minister\tGOV\tperson\tsingular")
      .row(kRoles, "gunman\tUAF\tperson\tsingular")
      .row(kRoles, "ministry\tGOV\torganization\tsingular");
}

TEST(Knowledge, FindsNamesInEverySense) {
  TestData data;
  const Knowledge k = Knowledge::open(basics(data).write());
  EXPECT_EQ(shown(k, "the Ruritanian"), "country:RUR adjective");
  EXPECT_EQ(shown(k, "Ruritanians"), "country:RUR people");
  EXPECT_EQ(shown(k, "Strelsau"), "country:RUR capital; city:2 name");
  EXPECT_EQ(shown(k, "the Castle's"), "country:RUR seat");
  EXPECT_EQ(shown(k, "U.N."), "igo:un name");
  EXPECT_EQ(shown(k, "UNITED NATIONS"), "igo:un name");
  EXPECT_EQ(shown(k, "us"), "");
  EXPECT_EQ(shown(k, "Georgia"), "country:GEO name; region:Georgia name");
  EXPECT_EQ(shown(k, "Nowhere"), "");
}

TEST(Knowledge, PutsWhatHoldsOnTheDayFirst) {
  TestData data;
  const Knowledge k = Knowledge::open(basics(data).write());
  EXPECT_EQ(k.named("Rudolf Elphberg", 20050101).front().entry->office, "king");
  EXPECT_EQ(k.named("Rudolf Elphberg", 20120101).front().entry->office, "senator");
  EXPECT_EQ(shown(k, "King Rudolf", 20120101), "person:rudolf name (not then)");
  ASSERT_EQ(k.holders("RUR", 20050101).size(), 1U);
  EXPECT_TRUE(k.holders("RUR", 20090501).empty());
  EXPECT_EQ(k.spells("rudolf").size(), 2U);
  EXPECT_EQ(k.surnamed("Elphberg", 20050101).size(), 1U);
  EXPECT_TRUE(k.surnamed("Elphberg", 20090501).empty());
  EXPECT_EQ(k.row(*k.spells("rudolf").front()), "people.tsv:2");
  EXPECT_EQ(Knowledge::dates(*k.spells("rudolf").front()), "2001-05-01/2009-02-01");
  EXPECT_EQ(Knowledge::dates(*k.spells("rudolf").back()), "2010-01-01/");
}

TEST(Knowledge, RolesByLongestEndingAndPlural) {
  TestData data;
  const Knowledge k = Knowledge::open(basics(data).write());
  EXPECT_EQ(k.role("Deputy Foreign Ministers")->noun, "foreign minister");
  EXPECT_EQ(k.role("interior minister")->noun, "minister");
  EXPECT_EQ(k.role("masked gunmen")->sectors.front(), "UAF");
  EXPECT_EQ(k.role("ministries")->noun, "ministry");
  EXPECT_FALSE(k.role("ministerial"));
  EXPECT_FALSE(k.role(""));
}

TEST(Knowledge, GivenNamesTellThePronoun) {
  TestData data;
  data.row("actors/given_names.tsv", "Zoë\tshe").row("actors/given_names.tsv", "Rudolf\the");
  const Knowledge k = Knowledge::open(data.write());
  EXPECT_EQ(k.gender_of("Zoe"), 'f');
  EXPECT_EQ(k.gender_of("RUDOLF"), 'm');
  EXPECT_EQ(k.gender_of("Robin"), 0);
}

TEST(Knowledge, CountryRowByDay) {
  TestData data;
  data.country("SRB", "Yugoslavia", "", "", "", "", "", "1992", "2003")
      .country("SRB", "Serbia", "", "", "", "", "", "2006", "");
  const Knowledge k = Knowledge::open(data.write());
  EXPECT_EQ(k.country("SRB", 19990601)->name, "Yugoslavia");
  EXPECT_EQ(k.country("SRB", 20100601)->name, "Serbia");
  EXPECT_EQ(k.country("SRB")->name, "Serbia");
  EXPECT_EQ(k.country("XXX"), nullptr);
}

std::string shown(const std::vector<const Membership*>& all, Day day) {
  std::string out;
  for (const Membership* one : all) {
    if (!one->valid.holds_on(day)) continue;
    out.append(out.empty() ? "" : "; ").append(one->member->name).append(" ").append(to_string(one->role));
    out.append(" of ").append(one->organization->name).append(" ").append(one->from).append("/").append(one->to);
  }
  return out;
}

TEST(Knowledge, MembersOfOrganizationsByDay) {
  TestData data;
  basics(data)
      .row(kOrganizations, "league\tLeague\tigo\tIGO\t\t\t\t")
      .row(kMemberships, "un\tRUR\t\t1955-12-14\t1990")
      .row(kMemberships, "un\tRUR\tobserver\t1990\t")
      .row(kMemberships, "un\tUSA\tpermanent\t1945-10\t")
      .row(kMemberships, "league\tun\tassociate\t\t");
  const Knowledge k = Knowledge::open(data.write());
  EXPECT_EQ(shown(k.members("un"), 19600101),
            "Ruritania member of United Nations 1955-12-14/1990; United States permanent of United Nations 1945-10/");
  EXPECT_EQ(shown(k.members("un"), 19900101),
            "Ruritania observer of United Nations 1990/; United States permanent of United Nations 1945-10/");
  EXPECT_EQ(shown(k.memberships("RUR"), 19500101), "");
  EXPECT_EQ(shown(k.memberships("un"), 20000101), "United Nations associate of League /");
  EXPECT_EQ(k.row(*k.memberships("un").front()), "memberships.tsv:5");
  EXPECT_TRUE(k.members("GEO").empty());
}

TEST(Knowledge, WrongMembershipsTellFileLineAndReason) {
  const auto with = [](const std::string& row) {
    TestData data;
    basics(data)
        .row(kOrganizations, "league\tLeague\tigo\tIGO\t\t\t\t")
        .row(kMemberships, "un\tRUR\telected\t1955\t1957")
        .row(kMemberships, "league\tun\t\t\t");
    return failure_of(data.row(kMemberships, row));
  };
  EXPECT_EQ(with("eu\tRUR\t\t\t"), "memberships.tsv:4: no organization has the key 'eu'");
  EXPECT_EQ(with("un\tRUX\t\t\t"), "memberships.tsv:4: no country or organization has the key 'RUX'");
  EXPECT_EQ(with("un\tGEO\tguest\t\t"),
            "memberships.tsv:4: 'guest' in column 'role' is none of member, permanent, elected, associate, observer");
  EXPECT_EQ(with("un\tRUR\t\t1956-12-31\t"), "memberships.tsv:4: 'un, RUR' overlaps with line 2");
  EXPECT_EQ(with("un\tRUR\t\t1957\t"), "") << "begins on the day on which the other ends";
  EXPECT_EQ(with("un\tGEO\t\t1956-02-30\t"), "memberships.tsv:4: '1956-02-30' in column 'from' is no date");
  EXPECT_EQ(with("un\tGEO\t\t1957\t1957"), "memberships.tsv:4: 'from' is not before 'to'");
  EXPECT_EQ(with("\tGEO\t\t\t"), "memberships.tsv:4: column 'organization' is empty");
  EXPECT_EQ(with("un\tleague\t\t\t"), "memberships.tsv:3: 'league' belongs to 'un' itself");
  EXPECT_EQ(with("un\tun\t\t\t"), "memberships.tsv:4: 'un' belongs to 'un' itself");
}

// What the table says against what everybody can count: five states always sit on the Security Council, ten are chosen.
TEST(Knowledge, SeatsAreAsManyAsTheBodiesHave) {
  const Knowledge k = Knowledge::open(DRAGOMAN_SOURCE_DIR "/data");
  const auto count = [&](const char* body, Day day, MemberRole role = MemberRole::kMember) {
    const auto all = k.members(body);
    return std::count_if(all.begin(), all.end(), [&](const Membership* one) {
      return one->valid.holds_on(day) && one->role == role && one->member->valid.holds_on(day);
    });
  };
  for (int year = 1992; year <= 2026; ++year) {
    const Day day = year * 10000 + 615;
    EXPECT_EQ(count("un-security-council", day, MemberRole::kPermanent), 5) << year;
    EXPECT_EQ(count("un-security-council", day, MemberRole::kElected), 10) << year;
  }
  EXPECT_EQ(count("united-nations", 19611231), 104);
  EXPECT_EQ(count("united-nations", 19850101), 159);
  EXPECT_EQ(count("united-nations", 20120101), 193);
  EXPECT_EQ(count("nato", 20100101), 28);
  EXPECT_EQ(count("nato", 20240401), 32);
  EXPECT_EQ(count("european-union", 20130630), 27);
  EXPECT_EQ(count("european-union", 20200131), 28);
  EXPECT_EQ(count("european-union", 20200201), 27);
  EXPECT_EQ(count("african-union", 20180101), 55);
  EXPECT_EQ(count("brics", 20230101), 5);
  EXPECT_EQ(count("brics", 20250201), 10);
  EXPECT_EQ(count("council-of-europe", 20220601), 46);
}

TEST(Knowledge, HashFollowsTheBytes) {
  TestData data, other;
  basics(data), basics(other);
  const std::string hash = Knowledge::open(data.write()).hash();
  EXPECT_EQ(hash, Knowledge::open(other.write()).hash());
  EXPECT_NE(hash, Knowledge::open(other.row(kRoles, "# end").write()).hash());
  EXPECT_EQ(hash.size(), 64U);
}

/// A user's folder with one file.
std::string own_folder(const char* file, const std::string& text) {
  const std::string folder = ::testing::TempDir() + "/own";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/" + file, std::ios::binary) << text;
  return folder;
}

TEST(Knowledge, OwnRowsAddAndReplace) {
  TestData data;
  data.country("KEN", "Kenya", "Kenyan").country("GHA", "Ghana", "Ghanaian");
  data.row("actors/people.tsv", "ann-lee\tAnn Lee\tKEN\tmayor\tGOV\t2010\t2015\t\t\t\t");
  data.row("actors/people.tsv", "ann-lee\tAnn Lee\tKEN\tmayor\tGOV\t2018\t2020\t\t\t\t");
  const std::string folder = data.write();
  const std::string own = own_folder("people.tsv",
                                     "key\tname\tcountry\toffice\tfrom\tto\n"
                                     "ann-lee\tAnn Lee\tKEN\tmayor\t2012\t2016\n"
                                     "bob-otieno\tBob Otieno\tGHA\tmayor\t2012\t\n");
  const Knowledge k = Knowledge::open(folder, own);
  const auto spells = k.spells("ann-lee");
  ASSERT_EQ(spells.size(), 2U);
  EXPECT_EQ(Knowledge::dates(*spells[0]), "2012-01-01/2016-01-01");
  EXPECT_EQ(Knowledge::dates(*spells[1]), "2018-01-01/2020-01-01") << "holds on no day of the user's row";
  EXPECT_EQ(k.row(*spells[0]), own + "/people.tsv:2");
  EXPECT_EQ(k.row(*spells[1]), "people.tsv:3");
  EXPECT_EQ(k.named("Bob Otieno").size(), 1U);
  EXPECT_NE(k.hash(), Knowledge::open(folder).hash());
}

TEST(Knowledge, OwnFaultsAreSaidAll) {
  TestData data;
  const std::string folder = data.country("KEN", "Kenya")
                                 .row(kOrganizations, "league\tLeague\tigo\tIGO\t\t\t\t")
                                 .row(kOrganizations, "club\tClub\tigo\tIGO\t\t\t\t")
                                 .row(kMemberships, "league\tclub\t\t\t")
                                 .write();
  const auto faults = [&](const char* file, const std::string& text) {
    std::string all;
    const std::string own = own_folder(file, text);
    for (const Error& fault : Knowledge::faults(folder, own)) all += fault.describe().substr(own.size() + 1) + "\n";
    return all;
  };
  EXPECT_EQ(faults("roles.tsv", "noun\tsectors\nreeve\tGOV\nreeve\tGOV\nhayward\tXX\n"),
            "roles.tsv:3: 'reeve' stands already in line 2\nroles.tsv:4: 'XX' is no sector\n");
  EXPECT_EQ(faults("countries.tsv", "key\tcode\tname\nXAA\tXBB\tAlia\nXBB\tXAA\tBelia\n"),
            "countries.tsv:2: 'XAA' belongs to 'XBB', which belongs to 'XAA' itself\n"
            "countries.tsv:3: 'XBB' belongs to 'XAA', which belongs to 'XBB' itself\n");
  EXPECT_EQ(faults("regions.tsv", "name\tkind\tcountry\nHills\tmoor\tKEN\n"),
            "regions.tsv:2: 'moor' in column 'kind' is none of province, region, sea, continent\n");
  EXPECT_EQ(faults("cities.tsv", "geonames\tname\tcountry\tlat\tlon\n1\tAnnby\tKEN\tnan\t0\n"),
            "cities.tsv:2: 'nan' in column 'lat' is no position\n");
  EXPECT_EQ(faults("memberships.tsv", "organization\tmember\nguild\tKEN\n\nclub\tleague\n"),
            "memberships.tsv:2: no organization has the key 'guild'\n"
            "memberships.tsv:4: 'club' belongs to 'league' itself\n");
  EXPECT_EQ(faults("organizations.tsv",
                   "key\tname\tcountry\nguild\tGuild\tKEN\nlong\t" + std::string(10'000'000, 'x') + "\tKEN\n"),
            "organizations.tsv:3: line of 10000009 bytes is too long\n");
  EXPECT_EQ(
      faults("people.tsv", "key\tname\tcountry\toffice\nperson:tv\tTora Vell\tKEN\tminister\nann\tAnn Moe\tKEN\n"),
      "people.tsv:2: a key is of letters without accents, digits and hyphens, unlike 'person:tv'\n"
      "people.tsv:3: column 'office' is empty\n");
  EXPECT_EQ(faults("roles.tsv", "noun\tsectors\tsectors\n"), "roles.tsv:1: column 'sectors' stands twice\n");
  EXPECT_EQ(faults("roles.tsv", "noun\tsectors\n\x01\tGOV\n"), "roles.tsv:2: holds a control character\n");
  EXPECT_EQ(faults("roles.tsv", "noun\tsectors\n"), "");
  EXPECT_EQ(faults("roles.tsv", ""), "roles.tsv: is empty: no header line\n");
  EXPECT_THROW(Knowledge::faults(folder, folder + "/nowhere"), Failure);
  EXPECT_THROW(Knowledge::open(folder, own_folder("roles.tsv", "noun\n")), Failure);
}

TEST(Knowledge, OwnRowsTellEachFault) {
  TestData data;
  const std::string folder =
      data.country("KEN", "Kenya").row(kOrganizations, "league\tLeague of States\tigo\tIGO\t\t\t\t").write();
  const auto faults = [&](const char* file, const std::string& text) {
    std::string all;
    const std::string own = own_folder(file, text);
    for (const Error& fault : Knowledge::faults(folder, own)) all += fault.describe().substr(own.size() + 1) + "\n";
    return all;
  };
  EXPECT_EQ(faults("people.tsv",
                   "key\tname\tcountry\toffice\tsectors\tfrom\tto\tprecision\tchecked\n"
                   "\tAnn\tXX\tchief\tGOV|GOW|gov\t2010-02-30\tsoon\tweek\tlately\n"
                   "bob\t\tKEN\tchief\t\t2012\t2011\n"
                   "\tCy\tKEN\tchief\n"),
            "people.tsv:2: column 'key' is empty\n"
            "people.tsv:2: '2010-02-30' in column 'from' is no date\n"
            "people.tsv:2: 'soon' in column 'to' is no date\n"
            "people.tsv:2: no country has the code 'XX'\n"
            "people.tsv:2: 'GOW' is no sector\n"
            "people.tsv:2: 'gov' is no sector\n"
            "people.tsv:2: 'week' in column 'precision' is none of day, month, year\n"
            "people.tsv:2: 'lately' is no date\n"
            "people.tsv:3: column 'name' is empty\n"
            "people.tsv:3: 'from' is not before 'to'\n"
            "people.tsv:4: column 'key' is empty\n");
  EXPECT_EQ(faults("people.tsv",
                   "key\tname\tcountry\toffice\tsectors\tfrom\tto\tprecision\n"
                   "dee\tDee\tKEN\tchief\tGOV\t2010\t2011-05\tday\n"
                   "dee\tDeedee\tKEN\tboss\tGOV\t2010\t\tyear\n"),
            "people.tsv:2: '2010' in column 'from' is not told to the day\n"
            "people.tsv:2: '2011-05' in column 'to' is not told to the day\n"
            "people.tsv:3: 'dee' is named 'Dee' in line 2\n");
  EXPECT_EQ(faults("cities.tsv", "geonames\tname\tcountry\tlat\tlon\tpopulation\n-5x\tA\tKEN\t1\t1\t3\n"),
            "cities.tsv:2: '-5x' in column 'geonames' is no whole number\n");
  EXPECT_EQ(faults("cities.tsv", "geonames\tname\tcountry\tlat\tlon\tpopulation\n1\tA\tKEN\t91\tx\t-3\n"),
            "cities.tsv:2: '-3' in column 'population' is no whole number\n"
            "cities.tsv:2: '91' in column 'lat' is no position\ncities.tsv:2: 'x' in column 'lon' is no position\n");
  EXPECT_EQ(
      faults("memberships.tsv", "organization\tmember\trole\nigo:league\tcountry:KEN\tboss\nLeague of States\tken\n"),
      "memberships.tsv:2: no organization has the key 'igo:league'; did you mean 'league'?\n"
      "memberships.tsv:2: no country or organization has the key 'country:KEN'; did you mean 'KEN'?\n"
      "memberships.tsv:2: 'boss' in column 'role' is none of member, permanent, elected, associate, observer\n"
      "memberships.tsv:3: no organization has the key 'League of States'; did you mean 'league'?\n"
      "memberships.tsv:3: no country or organization has the key 'ken'; did you mean 'KEN'?\n");
  EXPECT_EQ(faults("organizations.tsv", "key\tname\tcountry\nguild\tGuild\tkenya\n"),
            "organizations.tsv:2: no country has the code 'kenya'; did you mean 'KEN'?\n");
  EXPECT_EQ(faults("given_names.tsv", "name\tpronoun\n\tit\nAnn\tit\n\the\n"),
            "given_names.tsv:2: column 'name' is empty\n"
            "given_names.tsv:3: 'it' is neither he nor she\n"
            "given_names.tsv:4: column 'name' is empty\n");
}

TEST(Knowledge, NamesAtOnceMeanWhatTheyMeanOneByOne) {
  TestData data;
  data.country("KEN", "Kenya").country("UGA", "Uganda");
  for (int k = 0; k < 40; ++k) {
    const std::string number = std::to_string(k), name = "Ann Lee " + std::to_string(k % 30);
    data.row(kPeople, "p" + number + "\t" + name + "\tKEN\tchief " + number + "\tGOV\t" + std::to_string(1980 + k) +
                          "\t" + std::to_string(1990 + k) + "\tLee\tyear\tx\t");
  }
  const Knowledge k = Knowledge::open(data.write());
  std::vector<std::string> names = {"Lee", "nobody", "", "Uganda", "LEE"};
  for (int n = 0; n < 45; ++n) names.push_back("Ann Lee " + std::to_string(n));
  const std::vector<std::string_view> views(names.begin(), names.end());
  NameReadings all;
  for (const Day day : {0, 20000101}) {
    k.named(views, day, all);
    ASSERT_EQ(all.size(), names.size());
    for (size_t at = 0; at < names.size(); ++at) {
      const auto one = k.named(names[at], day);
      const auto same = [](const Reading& a, const Reading& b) {
        return a.entry == b.entry && a.sense == b.sense && a.holds == b.holds;
      };
      EXPECT_TRUE(std::equal(one.begin(), one.end(), all.of(at).begin(), all.of(at).end(), same)) << names[at];
    }
    EXPECT_EQ(all.of(0).size(), 40U);
    EXPECT_EQ(all.of(0).back().holds, day == 0) << "those that hold come first";
  }
  k.named({}, 0, all);
  EXPECT_EQ(all.size(), 0U);
}

TEST(Knowledge, WrongRowsTellFileLineAndReason) {
  const auto with = [](const char* file, const std::string& row) {
    TestData data;
    return failure_of(basics(data).row(file, row));
  };
  EXPECT_EQ(with(kPeople, "x\tX Y\tZZZ\tking\tGOV\t\t\t\t\t\t"), "people.tsv:4: no country has the code 'ZZZ'");
  EXPECT_EQ(with(kPeople, "x\tX Y\tRUR\tking\tGOVT\t\t\t\t\t\t"), "people.tsv:4: 'GOVT' is no sector");
  EXPECT_EQ(with(kPeople, "x\t\tRUR\tking\tGOV\t\t\t\t\t\t"), "people.tsv:4: column 'name' is empty");
  EXPECT_EQ(with(kPeople, "rudolf\tRudolf Elphberg\tRUR\tking\tGOV\t2008\t\t\t\t\t"),
            "people.tsv:4: 'rudolf, RUR king' overlaps with line 2");
  EXPECT_EQ(with(kPeople, "x\tX Y\tRUR\tking\tGOV\tsoon\t\t\t\t\t"),
            "people.tsv:4: 'soon' in column 'from' is no date");
  EXPECT_EQ(with(kOrganizations, "un\tUnited Nations\tigo\tUNO\t\t\t\t"),
            "organizations.tsv:3: 'un' overlaps with line 2");
  EXPECT_EQ(with(kRoles, "minister\tGOV\t\t"), "roles.tsv:6: 'minister' stands already in line 2");
  EXPECT_EQ(with("actors/given_names.tsv", "Flavia\tit"), "given_names.tsv:2: 'it' is neither he nor she");
  EXPECT_EQ(with("actors/body_nouns.tsv", "smith\tno"), "body_nouns.tsv:2: 'no' is none of yes, of, party");
  EXPECT_EQ(with("actors/body_nouns.tsv", "smith\tyes"), "body_nouns.tsv:2: 'smith' is no noun of roles.tsv");
  EXPECT_EQ(with("actors/titles.tsv", "smith\tXZZ"), "titles.tsv:2: no country has the code 'XZZ'");
  EXPECT_EQ(with("actors/titles.tsv", "smith\t"), "titles.tsv:2: column 'states' is empty");
  EXPECT_EQ(with(kCities, "3\tZenda\tRUR\t95\t14\t1\t"), "cities.tsv:4: '95' in column 'lat' is no position");
  EXPECT_EQ(with(kCities, "3\tZenda\tRUR\t50\t14\tmany\t"),
            "cities.tsv:4: 'many' in column 'population' is no whole number");
}

TEST(Knowledge, PeopleByOtherSpellingsOfTheirParticles) {
  TestData data;
  const Knowledge k = Knowledge::open(
      basics(data).row(kPeople, "hamad\tHamad bin Omar al-Shadi\tRUR\tking\tGOV\t2001\t\tash-Shadi\t\t\t").write());
  for (const char* name :
       {"Hamad bin Omar al-Shadi", "Hamad bin Omar Al Shadi", "Hamad Bin Omar Al-Shadi", "Hamad ibn Omar al Shadi",
        "Hamad ben Omar El-Shadi", "Hamad bin ‘Omar ash-Shadi", "Hamad bin Omar al\u2011Shadi",
        "Hamad bin Omar Al\u2013Shadi", "Hamad bin \u02BFOmar Al\u2010Shadi", "HAMAD BIN OMAR AL-SHADI", "el-Shadi"})
    EXPECT_EQ(shown(k, name), "person:hamad name") << name;
  for (const char* name : {"Hamad Omar Ash", "Hamad as-Shadi", "hamad bin Omar al-Shadi", "Hamad bin Omar AL-Shadi"})
    EXPECT_EQ(shown(k, name), "") << name;
}

TEST(Knowledge, NearlyNamedIsOnePerson) {
  TestData data;
  const Knowledge k = Knowledge::open(basics(data)
                                          .row(kPeople, "ana\tAna de Castro\tRUR\tsenator\tLEG\t2001\t2005\t\t\t\t")
                                          .row(kPeople, "ana\tAna de Castro\tRUR\tking\tGOV\t2005\t2009\t\t\t\t")
                                          .row(kPeople, "john\tJohn F. Stone\tUSA\tsenator\tLEG\t2001\t2009\t\t\t\t")
                                          .row(kPeople, "james\tJames Stone\tUSA\tsenator\tLEG\t2005\t\t\t\t\t")
                                          .row(kPeople, "salman\tOmar bin Sami\tRUR\tking\tGOV\t2005\t\t\t\t\t")
                                          .write());
  const auto near = [&](std::string_view name, Day day) {
    std::string out;
    for (const Reading& reading : k.nearly_named(name, day))
      out +=
          std::string(reading.entry->key) + " " + std::string(reading.entry->office) + (reading.holds ? "; " : "?; ");
    return out;
  };
  EXPECT_EQ(near("Ana Castro", 20060101), "ana king; ana senator?; ");
  EXPECT_EQ(near("Ana da Castro", 0), "ana senator; ana king; ");
  EXPECT_EQ(near("ana Castro", 0), "");
  EXPECT_EQ(near("Ana de Castro", 0), "");  // known
  EXPECT_EQ(near("Rudolf van Elphberg", 20020101), "rudolf king; rudolf senator?; ");
  EXPECT_EQ(near("John Stone", 20020101), "john senator; ");
  EXPECT_EQ(near("John Stone", 20100101), "");
  EXPECT_EQ(near("J. F. Stone", 20020101), "john senator; ");
  EXPECT_EQ(near("J. Stone", 20060101), "");  // one of two
  EXPECT_EQ(near("J. Stone", 20100101), "james senator; ");
  EXPECT_EQ(near("Omar Sami", 20060101), "");  // not every Omar is a king whose father was Sami
  EXPECT_EQ(near("Stone", 20020101), "");
  EXPECT_EQ(near("", 0), "");
}

// The rows as they are: no name of one person is another's by its particles alone.
TEST(Knowledge, SpellingsOfParticlesMixNobodyUp) {
  const Knowledge k = Knowledge::open(DRAGOMAN_SOURCE_DIR "/data");
  const auto keys = [&](std::string_view name) {
    std::set<std::string_view> out;
    for (const Reading& reading : k.named(name))
      if (reading.entry->kind == EntryKind::kPerson) out.insert(reading.entry->key);
    return out;
  };
  std::ifstream file(DRAGOMAN_SOURCE_DIR "/data/actors/people.tsv");
  constexpr size_t kName = 1, kNames = 7;
  size_t spellings = 0;
  for (std::string line; std::getline(file, line);) {
    const auto cells = base::split(line, '\t');
    if (line.starts_with('#') || cells.size() <= kNames) continue;
    auto names = base::split(cells[kNames], '|');
    names.push_back(cells[kName]);
    for (const auto name : names)
      for (const std::string& other : other_spellings(name)) {
        EXPECT_EQ(keys(other), keys(name)) << name << " as " << other;
        ++spellings;
      }
  }
  EXPECT_GT(spellings, 1000U);
}

TEST(Knowledge, MissingFolderIsAFailure) { EXPECT_THROW(Knowledge::open("/nowhere/at/all"), Failure); }

}  // namespace
}  // namespace dragoman::knowledge
