// SPDX-License-Identifier: Apache-2.0
#include "linking/link.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "document/testing.h"
#include "knowledge/test_data.h"
#include "linking/words.h"

namespace dragoman::linking {
namespace {

using knowledge::Knowledge;
using knowledge::TestData;

const Knowledge& world() {
  static const Knowledge known = [] {
    TestData data;
    data.country("CHN", "China", "Chinese", "Chinese", "Beijing")
        .country("USA", "United States", "American|US|U.S.", "Americans", "Washington", "White House", "US|U.S.")
        .country("KEN", "Kenya", "Kenyan", "Kenyans", "Nairobi")
        .country("NGA", "Nigeria", "Nigerian", "Nigerians", "Abuja")
        .country("RUS", "Russia", "Russian", "Russians", "Moscow", "Kremlin")
        .country("BLR", "Belarus", "Belarusian", "Belarusians", "Minsk")
        .country("GEO", "Georgia", "Georgian", "Georgians", "Tbilisi")
        .country("ISR", "Israel", "Israeli", "Israelis", "Jerusalem")
        .country("SDN", "Sudan", "Sudanese", "Sudanese", "Khartoum")
        .country("SSD", "South Sudan", "South Sudanese", "South Sudanese", "Juba", "", "", "2011-07-09", "")
        .country("ZAF", "South Africa", "South African", "South Africans", "Pretoria")
        .country("CAF", "Central African Republic", "Central African", "", "Bangui")
        .row("places/regions.tsv", "Georgia\tstate\tUSA\t")
        .row("places/regions.tsv", "Ohio\tprovince\tUSA\t")
        .row("places/regions.tsv", "Iowa\tprovince\tUSA\t")
        .row("places/regions.tsv", "Texas\tstate\tUSA\t\tTexans")
        .row("places/cities.tsv", "1\tAtlanta\tUSA\t33\t-84\t500000\t")
        .row("places/cities.tsv", "2\tLagos\tNGA\t6\t3\t9000000\t")
        .row("places/cities.tsv", "6\tNairobi\tKEN\t-1.25\t36.5\t4000000\t")
        .row("places/cities.tsv", "5\tMokka\tKEN\t1\t38\t30000\tMokkasa")
        .row("actors/organizations.tsv", "gps-ke\tGrand Party of Savings\tparty\tKEN\tPTY\t\t\tGPS")
        .row("places/cities.tsv", "3\tClinton\tUSA\t33\t-84\t20000\t")
        .row("actors/organizations.tsv", "united-nations\tUnited Nations\tigo\tUNO\t\t\t\tUN|U.N.")
        .row("actors/organizations.tsv", "nato\tNATO\tigo\tIGO\tMIL\t\t\t")
        .row("actors/organizations.tsv", "lowland-union\tLowland Union\tigo\tIGO\t\t\t\tLU")
        .row("actors/organizations.tsv", "un-herring\tUN High Herring Board\tigo\tUNO\t\t\t\tUN herring agency")
        .row("actors/organizations.tsv", "gold-goods\tGG\tcompany\tMNC\tBUS\t\t\t")
        .row("actors/organizations.tsv",
             "security-council\tUN Security Council\tigo\tUNO\t\t\t\tUnited Nations Security Council")
        .row("actors/organizations.tsv", "the-atlantic\tThe Atlantic\tmedia\tUSA\tJRN\t\t\tAtlantic")
        .row("actors/organizations.tsv", "epa-us\tEnvironmental Protection Agency\tgovernment\tUSA\tGOV\t\t\tEPA")
        .country("PRK", "North Korea", "North Korean", "North Koreans", "Pyongyang")
        .country("KOR", "South Korea", "South Korean", "South Koreans", "Seoul")
        .country("BEL", "Belgium", "Belgian", "Belgians", "Brussels")
        .row("actors/organizations.tsv", "european-council\tEuropean Council\tigo\tEUR\t\t\t\t")
        .row("actors/organizations.tsv", "european-commission\tEuropean Commission\tigo\tEUR\t\t\t\t")
        .row("actors/organizations.tsv",
             "international-criminal-court\tInternational Criminal Court\tigo\tIGO\tJUD\t\t\tICC")
        .country("NLD", "Netherlands", "Dutch", "Dutch", "The Hague")
        .row("actors/organizations.tsv", "icrc\tCommittee of the Red Cross\tngo\tNGO\t\t\t\tRed Cross")
        .row("actors/organizations.tsv", "distant-affairs\tDistant Affairs\tmedia\tUSA\tJRN\t\t\t")
        .row("actors/organizations.tsv", "the-hill\tThe Hill\tmedia\tUSA\tJRN\t\t\t")
        .row("places/regions.tsv", "Atlantic Ocean\tsea\t\tAtlantic")
        .row("places/cities.tsv", "9\tSheikh\tKEN\t1\t39\t300000\t")
        .row("actors/organizations.tsv", "defence-force\tElbonian Defence Force\tmilitary\tRUS\tMIL\t\t\tADF")
        .row("actors/organizations.tsv", "lux-goods\tLG\tcompany\tCHN\tBUS\t\t\t")
        .row("actors/organizations.tsv", "grain-board\tBoard of Grain and Salt\tgovernment\tKEN\tGOV\t\t\t")
        .row("actors/organizations.tsv", "sand-front\tSand Front\tarmed-group\tSDN\tREB\t\t\t")
        .row("actors/organizations.tsv", "bnp-ke\tBright New Party\tparty\tKEN\tPTY\t\t\tBNP")
        .row("actors/organizations.tsv", "bnp-us\tBig National Party\tparty\tUSA\tPTY\t\t\tBNP")
        .row("actors/memberships.tsv", "nato\tUSA\t\t1949\t")
        .row("actors/memberships.tsv", "security-council\tCHN\tpermanent\t1971\t")
        .row("actors/memberships.tsv", "security-council\tKEN\telected\t2011\t2013")
        .row("actors/given_names.tsv", "Aldo\the")
        .row("actors/given_names.tsv", "Kenya\tshe")
        .row("actors/given_names.tsv", "Beijing\tshe")
        .row("actors/given_names.tsv", "Mokka\tshe")
        .row("actors/given_names.tsv", "Berta\tshe")
        .row("places/cities.tsv", "4\tWola\tBLR\t52\t20\t150000\t")
        .row("places/regions.tsv", "Africa\tcontinent\t\tAfrican\tAfricans")
        .row("actors/organizations.tsv", "peoples-party-ru\tPeople's Party\tparty\tRUS\tPTY\t\t\t")
        .row("places/regions.tsv", "Northern Russia\tregion\t\tNorth Russian|North Russians")
        .row("actors/organizations.tsv", "knesset\tKnesset\tlegislature\tISR\tLEG\t\t\t")
        .row("actors/organizations.tsv", "us-congress\tUnited States Congress\tlegislature\tUSA\tLEG\t\t\tCongress")
        .row("actors/people.tsv", "ann-lee\tAnn Lee\tKEN\tpresident\tGOV\t2010\t2015\t\t\t\t")
        .row("actors/people.tsv", "bob-otieno\tBob Otieno\tKEN\tpresident\tGOV\t2015\t\t\t\t\t")
        .row("actors/countries.tsv", "KE-AL\tKEN\tAland\t\t\t\tterritory\t\t\t\tAlandic\t\t\t")
        .row("actors/countries.tsv", "UPL\tGEO\tUpland\t\t\t\tpartial\t\t\t\tUplandic\t\t\t")
        .row("actors/organizations.tsv", "guard-ke\tHome Guard\tmilitary\tKEN\tMIL\t\t\t")
        .row("actors/organizations.tsv", "guard-ru\tHome Guard\tmilitary\tRUS\tMIL\t\t\t")
        .row("actors/organizations.tsv", "chamber\tBunge\tlegislature\tKEN\tLEG\t\t\t")
        .row("actors/people.tsv", "john-smith-us\tJohn Smith\tUSA\tsenator\tLEG\t2000\t\t\t\t\t")
        .row("actors/people.tsv", "john-smith-ke\tJohn Smith\tKEN\tminister of trade\tGOV\t2000\t\t\t\t\t")
        .row("actors/organizations.tsv", "al-sawt\tAl-Sawt\tmedia\tSDN\tJRN\t\t\t")
        .row("actors/organizations.tsv", "al-azm\tAl-Azm\treligious\tSDN\tREL\t\t\t")
        .row("actors/people.tsv", "omar-hadi\tOmar bin Sami al-Hadi\tSDN\tpresident\tGOV\t2010\t\t\t\t\t")
        .row("actors/people.tsv", "ana-castro\tAna de Castro\tKEN\tpresident of the court\tJUD\t2010\t\t\t\t\t")
        .row("actors/people.tsv", "eva-moss\tEva Moss\tUSA\tdeputy defence secretary\tGOV|MIL\t2010\t2015\t\t\t\t")
        .row("actors/people.tsv", "ida-moss\tIda Moss\tKEN\tminister of trade\tGOV\t2010\t2015\t\t\t\t");
    const char* roles[] = {"president\tGOV\tperson",
                           "pope\tREL\tperson",
                           "taoiseach\tGOV\tperson",
                           "archbishop of canterbury\tREL\tperson",
                           "minister of trade\tGOV\tperson",
                           "prime minister\tGOV\tperson",
                           "pm\tGOV\tperson",
                           "head of state\tGOV\tperson",
                           "minister\tGOV\tperson",
                           "foreign minister\tGOV\tperson",
                           "interior minister\tGOV\tperson",
                           "ambassador\tGOV\tperson",
                           "leader\tGOV\tperson",
                           "candidate\tPTY\tperson",
                           "ministry\tGOV\torganization",
                           "police\tCOP\torganization",
                           "army\tMIL\torganization",
                           "government\tGOV\torganization",
                           "parliament\tLEG\torganization",
                           "congress\tLEG\torganization",
                           "doctor\tMED\tperson",
                           "sheikh\t\tperson",
                           "tribal sheikh\tSOC\tperson",
                           "imam\tREL\tperson",
                           "protester\tCVL\tperson",
                           "protesters\tCVL\tpeople",
                           "gunmen\tUAF\tpeople",
                           "troops\tMIL\tpeople",
                           "rebels\tREB\tpeople",
                           "movement\tSOC\torganization",
                           "rebel movement\tREB\torganization",
                           "envoy\tGOV\tperson",
                           "spokeswoman\tGOV\tperson",
                           "farmer\tAGR\tperson",
                           "deputy secretary\tGOV\tperson",
                           "secretary\tGOV\tperson",
                           "court\tJUD\torganization",
                           "security\tSPY\torganization",
                           "state security\tSPY\torganization",
                           "guard\tMIL\torganization",
                           "home guard\tMIL\torganization",
                           "member\t\tperson",
                           "chairman\t\tperson",
                           "board\t\torganization",
                           "company\tBUS\torganization",
                           "supporter\tCVL\tperson",
                           "union\tLAB\torganization",
                           "agency\tGOV\torganization",
                           "coalition\tMIL\torganization",
                           "parties\tPTY\torganization\tplural",
                           "governor\tGOV\tperson",
                           "workers\tLAB\tpeople",
                           "worker\tLAB\tperson",
                           "accused\tCRM\tperson",
                           "rebel groups\tREB\torganization\tplural",
                           "ruling party\tPTY\torganization",
                           "party\tPTY\torganization"};
    const auto ministers = [&](const char* country, std::initializer_list<const char*> given,
                               std::initializer_list<const char*> surnames) {
      for (const std::string first : given)
        for (const std::string last : surnames)
          data.row("actors/people.tsv",
                   first + last + "\t" + first + " " + last + "\t" + country + "\tminister\tGOV\t2000\t2001\t\t\t\t");
    };
    ministers("RUS", {"Ivan", "Oleg", "Igor", "Boris"}, {"Pankov", "Sidorov", "Orlov", "Lukov", "Smirnov"});
    ministers("KEN", {"Njeri", "Juma", "Wafula", "Kamau"}, {"Mwangi", "Kariuki", "Njoroge", "Kibaki", "Mutua"});
    for (const char* noun : {"leader", "spokeswoman"}) data.row("actors/body_nouns.tsv", std::string(noun) + "\tyes");
    data.row("actors/body_nouns.tsv", "president\tof")
        .row("actors/body_nouns.tsv", "workers\tparty")
        .row("actors/body_nouns.tsv", "worker\tparty");
    data.country("VAT", "Holy See").country("IRL", "Ireland").country("GBR", "United Kingdom");
    data.row("actors/titles.tsv", "pope\tVAT").row("actors/titles.tsv", "taoiseach\tIRL");
    data.row("actors/titles.tsv", "archbishop of canterbury\tGBR");
    data.row("actors/titles.tsv", "congress\tUSA|KEN|NGA").row("actors/titles.tsv", "foreign minister\t-USA");
    for (const std::string role : roles)
      data.row("actors/roles.tsv", std::count(role.begin(), role.end(), '\t') == 2 ? role + "\t" : role);
    return Knowledge::open(data.write());
  }();
  return known;
}

/// A text whose mentions stand in square brackets, with "p:", "o:" or "l:" where the reader tells person,
/// organization or place; they may nest. What link() made of them is shown one a line.
class Text {
 public:
  explicit Text(const std::string& marked, const std::string& day = "2012-06-01") {
    if (!day.empty()) article_.published = Date{day, Precision::kDay, "metadata", std::nullopt};
    std::vector<Mention> open;
    for (size_t k = 0; k < marked.size(); ++k) {
      if (marked[k] == '[') {
        Mention mention;
        mention.span.begin = static_cast<uint32_t>(article_.text.size());
        if (marked.substr(k + 1, 2) == "p:")
          mention.kind = MentionKind::kPerson, k += 2;
        else if (marked.substr(k + 1, 2) == "o:")
          mention.kind = MentionKind::kOrganization, k += 2;
        else if (marked.substr(k + 1, 2) == "l:")
          mention.kind = MentionKind::kPlace, k += 2;
        open.push_back(mention);
      } else if (marked[k] == ']') {
        open.back().span.end = static_cast<uint32_t>(article_.text.size());
        analysis_.mentions.push_back(open.back());
        open.pop_back();
      } else {
        article_.text += marked[k];
      }
    }
    std::sort(analysis_.mentions.begin(), analysis_.mentions.end(), [](const Mention& a, const Mention& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    uint32_t begin = 0;
    for (uint32_t k = 0; k < article_.text.size(); ++k)
      if ((article_.text[k] == '.' && k > 0 && article_.text[k - 1] != 'r') || k + 1 == article_.text.size()) {
        analysis_.sentences.push_back({begin, k + 1});
        begin = k + 2;
      }
  }

  Text& says(const std::string& speaker, const std::string& content) {
    Utterance utterance;
    utterance.content = span_of(content);
    if (!speaker.empty()) utterance.speaker = span_of(speaker);
    analysis_.utterances.push_back(utterance);
    return *this;
  }

  Text& at(const std::string& url) {
    article_.url = url;
    return *this;
  }

  Links links() const { return link(article_, analysis_, world()); }

  /// "name/country/first sector" of the n-th mention, several with " + ".
  std::string entity(size_t mention) const {
    const Links links = this->links();
    std::string out;
    for (const uint32_t id : links.of[mention]) {
      const Entity& e = links.entities[id];
      out += (out.empty() ? "" : " + ") + e.name + "/" + e.country + "/" + (e.sectors.empty() ? "" : e.sectors.front());
    }
    return out;
  }

  /// The n-th mention acts.
  Text& does(size_t mention) {
    Trigger trigger;
    trigger.fillers.push_back({Role::kActor, analysis_.mentions[mention].span, 1.0F});
    analysis_.triggers.push_back(trigger);
    return *this;
  }

  /// The n-th mention is where something happens.
  Text& where(size_t mention) {
    Trigger trigger;
    trigger.fillers.push_back({Role::kPlace, analysis_.mentions[mention].span, 1.0F});
    analysis_.triggers.push_back(trigger);
    return *this;
  }

  std::string rule(size_t mention) const {
    const Links links = this->links();
    for (const uint32_t id : links.of[mention])
      for (const EntityMention& m : links.entities[id].mentions)
        if (m.span == analysis_.mentions[mention].span) return m.reason.rule;
    return "";
  }

 private:
  Span span_of(std::string_view part) const { return testing::span_of(article_.text, part); }

  Article article_;
  Analysis analysis_;
};

TEST(Link, CountryThatActsIsItsGovernment) {
  const Text text("[Kenya] closed its border. [Nairobi] gave no reason. [The Kremlin] was silent. [Kenyans] wait.");
  EXPECT_EQ(text.entity(0), "Kenya/KEN/GOV");
  EXPECT_EQ(text.entity(1), "Kenya/KEN/GOV");
  EXPECT_EQ(text.rule(1), "seat-of-government");
  EXPECT_EQ(text.entity(2), "Kremlin/RUS/GOV");
  EXPECT_EQ(text.entity(3), "Kenyans/KEN/CVL");
}

TEST(Link, GovernmentsAreNamedAfterTheirStates) {
  const Text text(
      "[Kenya's government] paid. [The Kenyan government] wrote to [the government of Russia]. [o:The Government] "
      "rose.");
  EXPECT_EQ(text.entity(0), "Government of Kenya/KEN/GOV");
  EXPECT_EQ(text.entity(1), text.entity(0));
  EXPECT_EQ(text.entity(3), text.entity(0));
  EXPECT_EQ(Text("[The United States government] paid.").entity(0), "Government of the United States/USA/GOV");
  EXPECT_EQ(Text("[The former Kenyan government] paid.").entity(0), "former Kenyan government/KEN/ELI");
}

TEST(Link, OfficesUnderOtherNouns) {
  const Text text("Kenya waits. [p:Prime minister Tom Poe] spoke. [p:President Bob Otieno] left. [the PM] stayed.",
                  "2016-06-01");
  EXPECT_EQ(text.entity(2), text.entity(0));
  EXPECT_EQ(
      Text("[p:Bob Otieno], the president of Kenya, left. [the head of state] will be back.", "2016-06-01").entity(1),
      "Bob Otieno/KEN/GOV");
  EXPECT_EQ(Text("Kenya waits for [the head of state].", "2016-06-01").entity(0), "Bob Otieno/KEN/GOV");
}

TEST(Link, PapersAreTheirsWhoSpokeInThem) {
  Text text(
      "[o:Kenya Steel] wrote to [o:Lake Mining] in a release. [o:Lake Mining] is older. [The release] told of a debt.");
  text.says("Kenya Steel", "wrote to").says("The release", "a debt");
  EXPECT_EQ(text.entity(3), text.entity(0));
  EXPECT_EQ(text.rule(3), "issuer");
}

TEST(Link, CapitalsWhereSomethingHappensAreCities) {
  Text text("A bomb exploded in [Nairobi]. [Nairobi] condemned it. Rain fell in [Kenya].");
  text.where(0).where(2);
  EXPECT_EQ(text.entity(1), "Kenya/KEN/GOV");
  EXPECT_EQ(text.entity(2), "Kenya/KEN/GOV");
  const Links links = text.links();
  ASSERT_EQ(links.of[0].size(), 1U);
  const Entity& city = links.entities[links.of[0].front()];
  EXPECT_EQ(city.kb, "city:6");
  EXPECT_EQ(city.kind, EntityKind::kPlace);
  EXPECT_EQ(city.lat, -1.25);
  EXPECT_EQ(city.lon, 36.5);
}

TEST(Link, DescriptionTellsCountryAndOfficeOfUnlistedPeople) {
  EXPECT_EQ(Text("[China's ambassador to the United Nations, Zhang Jun], spoke.").entity(0), "Zhang Jun/CHN/GOV");
  EXPECT_EQ(Text("[Belarusian President Oleg Bykov] came.").entity(0), "Oleg Bykov/BLR/GOV");
  EXPECT_EQ(Text("[the President of Nigeria Ade Bello] came.").entity(0), "Ade Bello/NGA/GOV");
  EXPECT_EQ(Text("[Nigeria's resident doctors] walked out.").entity(0), "Nigeria's resident doctors/NGA/MED");
  EXPECT_EQ(Text("[the rebel movement Sanga] in the Central African Republic fired.").entity(0), "Sanga/CAF/REB");
  EXPECT_EQ(Text("[the United Nations envoy Mary Poe] flew to Sudan.").entity(0), "Mary Poe/UNO/");
}

TEST(Link, DescriptionAfterTheName) {
  const Text text("[p:Zhang Jun], China's ambassador to Kenya, spoke in Nairobi. [p:Zhang] left.");
  EXPECT_EQ(text.entity(0), "Zhang Jun/CHN/GOV");
  EXPECT_EQ(text.entity(1), "Zhang Jun/CHN/GOV");
}

TEST(Link, NameBehindADescription) {
  const Text ambassador("[The ambassador of Kenya to China], [p:Dr Joe Poe], spoke. [The ambassador] left.");
  EXPECT_EQ(ambassador.entity(0), "Joe Poe/KEN/GOV");
  EXPECT_EQ(ambassador.entity(1), "Joe Poe/KEN/GOV");
  EXPECT_EQ(ambassador.entity(2), "Joe Poe/KEN/GOV");
  EXPECT_EQ(ambassador.rule(0), "apposition");
  const Text two("[former ambassador to China] and [p:party leader Joe Poe] spoke.");
  EXPECT_EQ(two.entity(0), two.entity(1));
  const Text titles("[The chairman of the board] and [party leader], [p:Joe Poe], spoke.");
  EXPECT_EQ(titles.entity(0), titles.entity(2));
  // Two people: the second has an article of its own, or stands in a list.
  const Text list("[The minister], [p:Joe Poe] and others spoke.");
  EXPECT_NE(list.entity(0), list.entity(1));
  const Text pair("[The minister] and [p:party leader Joe Poe] spoke.");
  EXPECT_NE(pair.entity(0), pair.entity(1));
}

TEST(Link, TitleInCapitalsBehindItsCountryIsNoName) {
  const Text text("[Kenya's Foreign Minister, Joe Poe], spoke. [p:Poe] left.");
  EXPECT_EQ(text.entity(0), "Joe Poe/KEN/GOV");
  EXPECT_EQ(text.entity(1), "Joe Poe/KEN/GOV");
}

TEST(Link, LettersInBracketsBehindALongName) {
  const Text text("[The Management Unit of the Old Port (UGM)] spoke in Nairobi, Kenya.");
  EXPECT_EQ(text.entity(0).substr(0, 15), "Management Unit");
}

TEST(Link, AcronymWithASmallLetter) {
  const Text text("[Kenya's Ministry of Coastal Defence (MoCD)] met. [MoCD] spoke.");
  EXPECT_EQ(text.entity(1), text.entity(0));
}

TEST(Link, WhoSpeaksOfAnotherIsNotThatOther) {
  Text text("[p:Berta Roe] of Kenya blamed [p:Ann Poe]. “It is sad that [p:Ann Poe] has fallen so low,” [she] said.");
  text.says("she", "It is sad that Ann Poe has fallen so low,");
  EXPECT_EQ(text.entity(3), text.entity(0));
}

TEST(Link, AnotherOfficeIsAnotherPerson) {
  Text text("[p:Joe Poe], Kenya's minister of trade, said it was late. [The ambassador] added that it was dark.");
  text.says("Joe Poe", "it was late").says("The ambassador", "it was dark");
  EXPECT_NE(text.entity(1), text.entity(0));
  Text same("[p:Joe Poe], Kenya's minister of trade, said it was late. [The leader] added that it was dark.");
  same.says("Joe Poe", "it was late").says("The leader", "it was dark");
  EXPECT_EQ(same.entity(1), same.entity(0));
}

TEST(Link, TheFathersNameTellsNoSex) {
  const Text text("[p:Amal [p:Aldo Bello]] of Kenya spoke. [She] left.");
  EXPECT_EQ(text.entity(2), text.entity(0));
}

TEST(Link, WhoSpokeAsTheCourtSpeaksOn) {
  Text text(
      "[The court] in Kenya said it was glad. He had worked at [o:Lagos Court]. More will come, [the court] said.");
  text.says("The court", "it was glad").says("the court", "More will come");
  EXPECT_NE(text.entity(1), text.entity(0));
  EXPECT_EQ(text.entity(2), text.entity(0));
}

TEST(Link, ShortNameInTheHeadlineFindsItsBearer) {
  const Text text("[p:Bykov] warns Kenya\n[Belarusian President Oleg Bykov] warned [Kenya]. [Mr Bykov] left.");
  EXPECT_EQ(text.entity(0), "Oleg Bykov/BLR/GOV");
  EXPECT_EQ(text.entity(3), "Oleg Bykov/BLR/GOV");
  EXPECT_EQ(text.links().entities.size(), 2U);
}

TEST(Link, NamesMayHoldSmallWords) {
  const Text text("[The Board of Grain and Salt] met. [The Kenyan Board of Grain and Salt] was silent.");
  EXPECT_EQ(text.entity(0), "Board of Grain and Salt/KEN/GOV");
  EXPECT_EQ(text.rule(0), "name");
  EXPECT_EQ(text.entity(1), "Board of Grain and Salt/KEN/GOV");
}

TEST(Link, OfficeHoldersByDate) {
  EXPECT_EQ(Text("[p:Ann Lee] spoke.", "2012-06-01").entity(0), "Ann Lee/KEN/GOV");
  EXPECT_EQ(Text("[p:Ann Lee] spoke.", "2020-06-01").entity(0), "Ann Lee/KEN/ELI");
  EXPECT_EQ(Text("[p:Ann Lee] spoke.", "2020-06-01").rule(0), "former-office");
  EXPECT_EQ(Text("[p:Ann Lee] spoke.", "2005-06-01").entity(0), "Ann Lee/KEN/");
  EXPECT_EQ(Text("In Kenya [the president] spoke.", "2012-06-01").entity(0), "Ann Lee/KEN/GOV");
  EXPECT_EQ(Text("In Kenya [the president] spoke.", "2020-06-01").entity(0), "Bob Otieno/KEN/GOV");
  EXPECT_EQ(Text("[Former Kenyan minister Joe Doe] spoke.").entity(0), "Joe Doe/KEN/ELI");
}

TEST(Link, NamesakesByCountryWithRunnerUp) {
  const Text text("[Kenyan minister John Smith] spoke in Nairobi, Kenya.");
  EXPECT_EQ(text.entity(0), "John Smith/KEN/GOV");
  const Links links = text.links();
  EXPECT_EQ(links.entities[0].kb, "person:john-smith-ke");
  EXPECT_EQ(links.entities[0].mentions[0].reason.runner_up, "person:john-smith-us");
  EXPECT_EQ(links.entities[0].mentions[0].reason.row, "people.tsv:5");
  EXPECT_EQ(links.entities[0].mentions[0].reason.valid, "2000-01-01/");
  EXPECT_EQ(Text("[p:John Smith] of Texas spoke to Congress in Washington.").entity(0), "John Smith/USA/LEG");
}

TEST(Link, SeatBehindAMentionSaysWhoseTheGovernmentIs) {
  EXPECT_EQ(Text("Russia accused [the government] in Kenya of a raid.").entity(0), "Government of Kenya/KEN/GOV");
  EXPECT_EQ(Text("Russia accused [the government] in Nairobi of a raid.").entity(0), "Government of Kenya/KEN/GOV");
  EXPECT_EQ(Text("Russia told [its government] in Kenya.").entity(0), "Government of Russia/RUS/GOV") << "its own";
  EXPECT_EQ(Text("Russia told [the Russian government] in Kenya.").entity(0), "Government of Russia/RUS/GOV");
  EXPECT_EQ(Text("Russia told [the government], in Kenya, of it.").entity(0), "Government of Russia/RUS/GOV");
}

TEST(Link, AmbiguousPlacesByTheRestOfTheText) {
  EXPECT_EQ(Text("[Georgia] and Russia met in Tbilisi.").entity(0), "Georgia/GEO/GOV");
  EXPECT_EQ(Text("[Georgia] sued the US. Atlanta, Texas and Washington agreed, the U.S. said.").entity(0),
            "Georgia/USA/GOV");
}

TEST(Link, TwoSudans) {
  EXPECT_EQ(Text("[South Sudan] accused [Sudan].").entity(0), "South Sudan/SSD/GOV");
  EXPECT_EQ(Text("[South Sudan] accused [Sudan].").entity(1), "Sudan/SDN/GOV");
}

TEST(Link, GenericNameOfABodyIsNotAlwaysAmerican) {
  EXPECT_EQ(Text("[Congress] sat in Washington. The US was calm.").entity(0), "United States Congress/USA/LEG");
  EXPECT_EQ(Text("[Congress] sat in Abuja. Nigeria and Nigerians watched; Lagos was calm.").entity(0),
            "Congress/NGA/LEG");
}

TEST(Link, TitlesOfOneStateNeedNoCountryBeside) {
  const Text text(
      "Russia struck Kyiv on 2016-05-02. [The pope] urged Russia to stop. [A taoiseach] met [the archbishop of "
      "Canterbury] and [the pope's envoy].");
  EXPECT_EQ(text.entity(0), "pope/VAT/REL");
  EXPECT_EQ(text.rule(0), "title");
  EXPECT_EQ(text.entity(1), "taoiseach/IRL/GOV");
  EXPECT_EQ(text.entity(2), "archbishop of Canterbury/GBR/REL");
  EXPECT_EQ(text.entity(3), "pope's envoy/VAT/GOV");
}

TEST(Link, BareNounsTakeTheCountryOfTheText) {
  const Text text("Kenya voted. [Police] fired. [The government] and [protesters] met. [Gunmen] fled.");
  EXPECT_EQ(text.entity(0), "Police/KEN/COP");
  EXPECT_EQ(text.rule(0), "document-country");
  EXPECT_EQ(text.entity(1), "Government of Kenya/KEN/GOV");
  EXPECT_EQ(text.entity(2), "protesters/KEN/CVL");
  EXPECT_EQ(text.entity(3), "Gunmen//UAF");
}

TEST(Link, HomeOfTheOutletDecidesWhereTheTextIsSilent) {
  EXPECT_EQ(Text("[Police] fired.").entity(0), "Police//COP");
  EXPECT_EQ(Text("[Police] fired.").at("https://www.paper.co.ke/a").entity(0), "Police//COP");
  EXPECT_EQ(Text("[Police] fired.").at("https://www.nigerianews.com/a").entity(0), "Police/NGA/COP");
}

TEST(Link, AcronymDefinedInTheText) {
  const Text text("[o:Economic Freedom Fighters] (EFF) met in South Africa. [o:EFF] left.");
  EXPECT_EQ(text.entity(1), "Economic Freedom Fighters/ZAF/");
}

TEST(Link, SaidBefore) {
  const Text text("[Kenyan Foreign Minister Joe Doe] met [Russian President Ivan Petrov]. [The minister] smiled.");
  EXPECT_EQ(text.entity(2), "Joe Doe/KEN/GOV");
  EXPECT_EQ(text.rule(2), "said-before");
}

TEST(Link, Pronouns) {
  const Text text("[Kenyan minister Joe Doe] attacked [Russia]. [He] said [it] lied. [His] spokeswoman agreed.");
  EXPECT_EQ(text.entity(2), "Joe Doe/KEN/GOV");
  EXPECT_EQ(text.entity(3), "Russia/RUS/GOV");
  EXPECT_EQ(text.entity(4), "Joe Doe/KEN/GOV");
}

TEST(Link, PronounsFollowGender) {
  const Text text("[Mrs Mary Poe] of Kenya met [Mr Joe Doe] of Russia. [She] left; [he] stayed.");
  EXPECT_EQ(text.entity(2), "Mary Poe/KEN/");
  EXPECT_EQ(text.entity(3), "Joe Doe/RUS/");
}

TEST(Link, WhoIsReportedSpeaksOfThemselves) {
  Text told("[p:Ivan Petrov] arrived in Kenya. [p:Joe Doe] said that [he] would visit Russia.");
  told.says("Joe Doe", "he would visit Russia");
  EXPECT_EQ(told.entity(2), told.entity(1)) << "reported speech";
  Text quoted("[p:Ivan Petrov] arrived in Kenya. [p:Joe Doe] said: \"[He] will visit Russia\".");
  quoted.says("Joe Doe", "He will visit Russia");
  EXPECT_EQ(quoted.entity(2), quoted.entity(0)) << "the speaker of a quotation is \"I\"";
}

TEST(Link, FirstPersonIsTheSpeaker) {
  Text text("[Kenyan minister Joe Doe] met [Ivan Petrov]. \"[We] will not yield\", [Mr Doe] said.");
  text.says("Mr Doe", "We will not yield");
  EXPECT_EQ(text.entity(2), "Joe Doe/KEN/GOV");
  EXPECT_EQ(text.rule(2), "speaker");
}

TEST(Link, HowManyIsNotWho) {
  for (const char* number : {"14", "four", "fourteen", "Forty", "twenty-five", "some 1,400"}) {
    const Text text(std::string("Kenya voted. [") + number + " protesters] met.");
    EXPECT_EQ(text.entity(0), "protesters/KEN/CVL") << number;
  }
}

TEST(Link, Several) {
  const Text text(
      "[Kenyan President Ann Lee] met [Russian President Ivan Petrov]. [The two leaders] agreed. [Both countries] "
      "won.");
  EXPECT_EQ(text.entity(2), "Ann Lee/KEN/GOV + Ivan Petrov/RUS/GOV");
  EXPECT_EQ(text.entity(3), "Kenya/KEN/GOV + Russia/RUS/GOV");
}

TEST(Link, SeveralOfAnOwnerAreWhomTheNounSays) {
  const std::string met = "[Kenyan President Ann Lee] met [Russian President Ivan Petrov]. ";
  for (const char* words :
       {"Two of his guards", "two of the guards", "his two guards", "both of his sons", "Three of their aides"}) {
    const Text text(met + "[" + words + "] were hurt.");
    EXPECT_EQ(text.entity(2).find("Petrov"), std::string::npos) << words << ": " << text.entity(2);
  }
  EXPECT_EQ(Text(met + "[The two of them] agreed.").entity(2), "Ann Lee/KEN/GOV + Ivan Petrov/RUS/GOV");
  EXPECT_EQ(Text(met + "[both of the leaders] agreed.").entity(2), "Ann Lee/KEN/GOV + Ivan Petrov/RUS/GOV");
  EXPECT_EQ(Text(met + "[their two countries] agreed.").entity(2), "Kenya/KEN/GOV + Russia/RUS/GOV");
}

TEST(Link, ListOfStatesIsOneEach) {
  EXPECT_EQ(Text("[the presidents of Kenya, Russia and China] met.").entity(0),
            "Kenya presidents/KEN/GOV + Russia presidents/RUS/GOV + China presidents/CHN/GOV");
}

TEST(Link, TitlesThatGoOn) {
  EXPECT_EQ(Text("[Kenyan Minister of Trade Ann Moe] came.").entity(0), "Ann Moe/KEN/GOV");
  EXPECT_EQ(Text("[Foreign Trade and Tourism Minister Roberto Moe] of Kenya came.").entity(0), "Roberto Moe/KEN/GOV");
}

TEST(Link, DescriptionBesideANameIsItsBearer) {
  const Text text("[p:Joe Doe], [the Kenyan army spokeswoman], spoke. [The envoy] [p:Mary Poe] listened.");
  EXPECT_EQ(text.entity(1), "Joe Doe/KEN/MIL");
  EXPECT_EQ(text.entity(2), "Mary Poe/KEN/GOV");
  EXPECT_EQ(text.rule(1), "apposition");
}

TEST(Link, ClassNounMeansTheBodyLastNamed) {
  const Text text("[o:Sanga Front] raided Kenya. [Police] fled. [The group] spoke.");
  EXPECT_EQ(text.entity(2), "Sanga Front/KEN/");
}

TEST(Link, WhoSpokeSpeaksOn) {
  Text text("[Kenyan minister Joe Doe] said it rained. [Kenyan envoy Jim Moe] left. [He] said it poured.");
  text.says("Kenyan minister Joe Doe", "it rained").says("He", "it poured");
  EXPECT_EQ(text.entity(2), "Joe Doe/KEN/GOV");
}

TEST(Link, SharedSurnameIsTheOneMostNamed) {
  const Text text("[p:Mary Poe] of Kenya and [p:Mary Poe] again; [p:Jim Poe] of Russia. [p:Poe] left.");
  EXPECT_EQ(text.entity(3), "Mary Poe/KEN/");
}

TEST(Link, LeaderBySurnameAlone) {
  EXPECT_EQ(Text("[President Otieno] spoke.", "2020-06-01").entity(0), "Bob Otieno/KEN/GOV");
  EXPECT_EQ(Text("[President Otieno] spoke.", "2012-06-01").entity(0), "Otieno//GOV");
  EXPECT_EQ(Text("[p:Tim Otieno] of Russia met [p:Otieno].", "2020-06-01").entity(1), "Tim Otieno/RUS/");
}

TEST(Link, FullNameThatNoMentionMarks) {
  EXPECT_EQ(Text("[p:Smith] won. Later John Smith, of Texas in the US, left Washington.").entity(0),
            "John Smith/USA/LEG");
}

TEST(Link, PairsOfNations) {
  EXPECT_EQ(Text("[Israeli and Russian troops] met.").entity(0), "Israeli troops/ISR/MIL + Russian troops/RUS/MIL");
}

TEST(Link, WithWhomIsNotWhose) {
  EXPECT_EQ(Text("[US-backed Kenyan troops] came.").entity(0), "US-backed Kenyan troops/KEN/MIL");
}

TEST(Link, SurnameThatIsAlsoATown) {
  const Text text("[p:Mary Clinton] of Kenya came. [Clinton] spoke.");
  EXPECT_EQ(text.entity(1), "Mary Clinton/KEN/");
}

TEST(Link, AcronymInBracketsDecidesWhoALongNameIs) {
  const Text text("[o:the Northern Atlantic Treaty Alliance] (NATO) met in Kenya. [The alliance] spoke.");
  EXPECT_EQ(text.entity(0), "NATO/IGO/MIL");
  EXPECT_EQ(text.entity(1), "NATO/IGO/MIL");
}

TEST(Link, AcronymSpelledOutIsNotTheKnownOneOfThatName) {
  const Text text("[o:Agricultural Development Fund] (ADF) opened in Kenya. [o:ADF] lends.");
  EXPECT_EQ(text.entity(0), "Agricultural Development Fund/KEN/");
  EXPECT_EQ(text.entity(1), "Agricultural Development Fund/KEN/");
  const Text small("[o:Kenyan Association against Torture] (KAT) wrote. [o:KAT] waits.");
  EXPECT_EQ(small.entity(1), small.entity(0));
}

TEST(Link, AStateBehindAGivenNameIsASurname) {
  EXPECT_EQ(Text("[p:Aldo Kenya] met [Nigerian officials].").entity(0).find("KEN"), std::string::npos);
  EXPECT_EQ(Text("Later [Kenya] met [Nigerian officials].").entity(0), "Kenya/KEN/GOV");
}

TEST(Link, DistinctiveNamesOfBodiesNeedNoStateInTheText) {
  EXPECT_EQ(Text("[o:Knesset] members criticised [Kenya].").entity(0), "Knesset/ISR/LEG");
  EXPECT_EQ(Text("[o:Congress] of [Kenya] met.").entity(0).find("USA"), std::string::npos)
      << "as good a noun for another's";
}

TEST(Link, NameInsideALongerNameDoesNotWin) {
  EXPECT_EQ(Text("[o:Northern Atlantic Treaty Club] met in Kenya.").entity(0), "Northern Atlantic Treaty Club/KEN/");
  EXPECT_EQ(Text("[p:LG Joe Doe] of Kenya spoke.").entity(0).substr(0, 7), "Joe Doe");
  EXPECT_EQ(Text("Kenya and Kenyans. [p:Joe Georgia] spoke.").entity(0), "Joe Georgia/KEN/");
}

TEST(Link, TheCouncilIsTheBodyLastNamed) {
  const Text text("[o:The United Nations Security Council] met on Kenya. [The council] voted.");
  EXPECT_EQ(text.entity(1), "UN Security Council/UNO/");
  const Text modified("[o:Sanga Front] spoke in Kenya. [The territory's independence movement] did not.");
  EXPECT_EQ(modified.entity(1), "territory's independence movement/KEN/SOC");
}

TEST(Link, TwoCountriesAreThePairNamedTogether) {
  const Text text(
      "[Kenya] and [Sudan] met in Kenya and Sudan. [Russia] watched. [Leaders of the two countries] agreed.");
  EXPECT_EQ(text.entity(3), "Kenya/KEN/GOV + Sudan/SDN/GOV");
  const Text own("[Kenya] and [Sudan] met. [The two Russian ministers] watched.");
  EXPECT_EQ(own.entity(2), "Russian ministers/RUS/GOV");
}

TEST(Link, StatesNamedInPassingAreNoneOfTheTwo) {
  const std::string about =
      "[Kenya] fought [Sudan]. Kenya won, Sudan lost, Kenya sang and Sudan wept in Kenya. Kenya is Kenya. ";
  EXPECT_EQ(Text(about + "[Russia] and [China] told [both sides] to stop.").entity(4), "Kenya/KEN/GOV + Sudan/SDN/GOV");
  EXPECT_EQ(Text("[Kenya] slept. [The two neighbours] met.").entity(1), "");
}

TEST(Link, UnlistedStatesAreOfNoOtherState) {
  const Text text(
      "[Freedonia] accused [Sylvanesh] of shelling [the Freedonian parliament]. [Sylvaneshi generals] denied it. "
      "[Police] watched. [China] offered to mediate. [The two countries] fought in May.");
  EXPECT_EQ(text.entity(0), "Freedonia//GOV");
  EXPECT_EQ(text.entity(1), "Sylvanesh//GOV");
  EXPECT_EQ(text.entity(2), "Freedonian parliament//LEG");
  EXPECT_EQ(text.entity(3), "Sylvaneshi generals//");
  EXPECT_EQ(text.entity(4), "Police//COP");
  EXPECT_EQ(text.entity(6), "Sylvanesh//GOV + Freedonia//GOV");
}

TEST(Link, UnlistedStatesByWhatOnlyStatesHave) {
  EXPECT_EQ(Text("[Quendor] rejected the charge. Its foreign ministry wrote to [China].").entity(0), "Quendor//GOV");
  EXPECT_EQ(Text("They saw [Quendor]'s parliament burn in [China].").entity(0), "Quendor//GOV");
}

TEST(Link, LittleTownsUnderOtherNamesNeedTheirState) {
  EXPECT_EQ(Text("[Police] shot at people in [l:Mokkasa].").entity(0), "Police//COP");
  EXPECT_EQ(Text("[Police] shot at people in [l:Mokkasa], Kenya.").entity(1), "Mokka/KEN/GOV");
  EXPECT_EQ(Text("[Police] shot at people in [l:Mokka].").entity(0), "Police/KEN/COP");
}

TEST(Link, TermsAreBodiesOnlyWhereTheirStateIsNamed) {
  EXPECT_EQ(Text("[China] said [GPS] failed.").entity(1).find("Savings"), std::string::npos);
  EXPECT_EQ(Text("[Kenya] said [GPS] won.").entity(1), "Grand Party of Savings/KEN/PTY");
  EXPECT_EQ(Text("[The Grand Party of Savings] won. [GPS] sang.").entity(1), "Grand Party of Savings/KEN/PTY");
}

TEST(Link, AlliesOfAStateAreNotItsOwn) {
  EXPECT_EQ(Text("Kenya waits for [allies of Russia]. Kenya and Nairobi are calm.").entity(0).find("/RUS/"),
            std::string::npos);
  EXPECT_EQ(Text("[The embassy in Nairobi] of no state. China, China and Beijing.").entity(0).find("/KEN/"),
            std::string::npos);
}

TEST(Link, GroupsOfTheWorldAreOfNoState) {
  EXPECT_EQ(Text("Kenya asked [international experts].").entity(0), "international experts//");
  EXPECT_EQ(Text("Kenya asked [African experts].").entity(0), "African experts//");
  EXPECT_EQ(Text("Kenya asked [the North Russian leaders].").entity(0), "North Russian leaders//GOV")
      << "a region whose adjective ends in a state's";
}

TEST(Link, CoalitionsOfStatesAreOfNoneOfThem) {
  for (const char* text :
       {"Kenya waits. [The U.S.-led coalition] struck.", "Kenya waits. [The Russian-led coalition] struck.",
        "Kenya waits. [The international coalition] struck.", "Kenya waits. [Coalition forces] struck.",
        "Kenya waits. [The anti-Bunge coalition] met. [o:Counter Sand Front Coalition] struck."}) {
    const Text one(text);
    EXPECT_NE(one.entity(one.links().of.size() - 1).find("/IGO/"), std::string::npos) << text;
  }
  EXPECT_NE(Text("Kenya waits. [Two U.S. coalition troops] fell.").entity(0).find("/USA/"), std::string::npos);
  EXPECT_EQ(Text("Kenya waits. [An international coalition of farmers] met.").entity(0).find("/IGO/"),
            std::string::npos);
  const Text again("Kenya waits. [Coalition troops] struck. [The coalition] left.");
  EXPECT_EQ(again.entity(1), again.entity(0));
  for (const char* text :
       {"Kenya waits. [The ruling coalition] met.", "Kenya waits. [The BNP-led coalition] met.",
        "Kenya waits. [The coalition parties] met.", "Kenya waits. [The anti-coalition forces] met."})
    EXPECT_NE(Text(text).entity(0).find("/KEN/"), std::string::npos) << text << Text(text).entity(0);
}

TEST(Link, AdjectivesOfRegionsAreOfNoState) {
  EXPECT_EQ(Text("[Africans] fled from Kenya.").entity(0), "Africans//CVL");
  EXPECT_EQ(Text("[Texans] fled from Kenya.").entity(0), "Texans/USA/CVL");
  EXPECT_NE(Text("Kenya waits. [The African affairs minister] resigned.").entity(0).find("/KEN/"), std::string::npos);
  EXPECT_EQ(Text("Kenya asked [African] governments.").entity(0).find("/KEN/"), std::string::npos);
  EXPECT_NE(Text("Kenya asked. [The African nation] waits.").entity(0).find("/KEN/"), std::string::npos);
}

TEST(Link, HeadsOfNamedBodiesHaveTheirSectors) {
  EXPECT_EQ(Text("[The president of the Lowland Union] spoke.").entity(0), "president of the Lowland Union/IGO/");
  EXPECT_EQ(Text("[The leader of the farmers union] of Kenya spoke.").entity(0), "leader of the farmers union/KEN/LAB");
}

TEST(Link, RegionsAreOfNoState) {
  const Text text("[o:African and Lowland Union nations] met in [l:Africa]. Kenya waits.");
  EXPECT_EQ(text.entity(1).find("/IGO/"), std::string::npos) << text.entity(1);
}

TEST(Link, BodiesOfAnotherStateOfTheSameName) {
  EXPECT_NE(Text("[o:The Defence Force of Kenya] fired.").entity(0).find("/KEN/"), std::string::npos);
  EXPECT_NE(Text("Nairobi told [o:the Elbonian Defence Force] of Kenya's plan.").entity(0).find("/RUS/"),
            std::string::npos);
  EXPECT_EQ(Text("Nairobi told [o:the Knesset] of Kenya.").entity(0), "Knesset/ISR/LEG") << "one state's name";
}

TEST(Link, NamesOfSeveralStatesBodiesAreOfTheStateSpokenOf) {
  EXPECT_EQ(Text("Kenya waits. [o:The Environmental Protection Agency] spoke.").entity(0),
            "Environmental Protection Agency/KEN/GOV");
  EXPECT_EQ(Text("Kenya votes. [o:The People's Party] won.").entity(0).find("/RUS/"), std::string::npos);
  EXPECT_EQ(Text("Russia votes. [o:The People's Party] won.").entity(0), "People's Party/RUS/PTY");
  EXPECT_EQ(Text("Kenya and the U.S. wait. [o:The Environmental Protection Agency] of the U.S. spoke.").entity(0),
            "Environmental Protection Agency/USA/GOV");
}

TEST(Link, NorthAndSouthAreTheKoreasWhereBothAreNamed) {
  const Text koreas(
      "[North Korea] warned [South Korea]. [The South] protested, [the North] fired. [The North Coast] waits.");
  EXPECT_EQ(koreas.entity(2), koreas.entity(1));
  EXPECT_EQ(koreas.entity(3), koreas.entity(0));
  EXPECT_NE(koreas.entity(4), koreas.entity(0));
  EXPECT_EQ(Text("[North Korea] fired. [The South] waits.").entity(1).find("/KOR/"), std::string::npos);
  const Text sudans("[Sudan] warned [South Sudan]. [The South] protested, [the North] fired.");
  EXPECT_EQ(sudans.entity(2), sudans.entity(1));
  EXPECT_EQ(sudans.entity(3), sudans.entity(0));
  EXPECT_NE(Text("Kenya, Kenya and Kenya fear those who hold [the North], [Sudan] and South Sudan said.").entity(0),
            sudans.entity(0));
}

TEST(Link, CoalitionsHaveTheSectorsOfWhatTheyJoin) {
  EXPECT_EQ(Text("Kenya waits. [A coalition of 40 states led by Russia] met.").entity(0),
            "coalition of 40 states led by Russia/IGO/");
  EXPECT_EQ(Text("Kenya waits. [A coalition of left-wing parties] met.").entity(0),
            "coalition of left-wing parties/KEN/PTY");
  EXPECT_EQ(Text("Kenya waits. [A coalition of rebel groups] met.").entity(0), "coalition of rebel groups/KEN/REB");
  EXPECT_EQ(Text("Kenya waits. [A coalition of the ruling party and its allies] met.").entity(0).find("IGO"),
            std::string::npos);
  EXPECT_EQ(Text("Washington waits. [A coalition of 22 states] sued.").entity(0).find("IGO"), std::string::npos);
  EXPECT_NE(Text("Kenya waits. [A coalition of 22 U.S. states] sued.").entity(0).find("/USA/"), std::string::npos);
}

TEST(Link, SurnameThatIsAStatesNameStaysHis) {
  const Text his("[p:Berta Kenya] met Russian ministers. [Kenya] praised [supporters].");
  EXPECT_EQ(his.entity(1), his.entity(0));
  EXPECT_EQ(his.entity(2), "supporters/RUS/CVL");
  EXPECT_EQ(Text("[p:Berta Kenya] flew to Kenya. [Kenya] asked Russia for help.").entity(1), "Kenya/KEN/GOV");
  EXPECT_EQ(Text("[p:Berta Kenya] met the king of Kenya. [Kenya] asked Russia for help.").entity(1), "Kenya/KEN/GOV");
  EXPECT_EQ(Text("Protests Berta Kenya Anniversary\n\n[Kenya] asked Russia for help.").entity(0), "Kenya/KEN/GOV");
}

TEST(Link, GivenNameThatIsAPlaceTellsNoState) {
  EXPECT_EQ(Text("[p:Berta Nairobi], a doctor, met Russian ministers.").entity(0).find("/KEN/"), std::string::npos);
  EXPECT_EQ(Text("[p:Kenya Wolf], a doctor, met Russian ministers.").entity(0).find("/KEN/"), std::string::npos);
}

TEST(Link, OfficeBehindAVerbIsNobodyBeside) {
  const Text text("[p:Joe Doe], accused [the president] of lying in Kenya.", "2012-01-01");
  EXPECT_EQ(text.entity(1), "Ann Lee/KEN/GOV");
}

TEST(Link, CoalitionOfAStateIsNotArmed) {
  EXPECT_EQ(Text("[Kenya's three-party coalition] met.").entity(0), "Kenya's three-party coalition/KEN/");
}

TEST(Link, PaperWithItsArticleIsNobody) {
  EXPECT_EQ(Text("[o:The Hill] attacked Russia.").entity(0), "The Hill/USA/JRN");
  EXPECT_EQ(Text("Russia waits for [o:The Hill Climb Inquiry].").entity(0).find("/USA/"), std::string::npos);
  EXPECT_EQ(Text("[p:The Atlantic] endorsed a senator in the U.S.").entity(0), "The Atlantic/USA/JRN");
}

TEST(Link, GovernmentOfAPartIsNotTheStates) {
  EXPECT_EQ(Text("Kenya waits. [The Alandic government] met.").entity(0), "Government of Aland/KEN/GOV");
  const Text again("Kenya waits. [The Alandic government] met. [Aland's government] left.");
  EXPECT_EQ(again.entity(0), again.entity(1));
}

TEST(Link, OfficesOfAProvince) {
  const Text text("[p:Ohio Governor Ann Stone] met [the Iowa governor] in the U.S. [The governor of Ohio] left.");
  EXPECT_NE(text.entity(1), text.entity(0));
  EXPECT_EQ(text.entity(2), text.entity(0));
  const Text nations("[p:Ohio Governor Ann Stone] left. [The U.S. governor] came.");
  EXPECT_NE(nations.entity(1), nations.entity(0));
}

TEST(Link, AcronymSpelledOutIsNoBodyOfOtherWords) {
  EXPECT_EQ(Text("Kenya waits. [o:The Lime Users (LU)] met. [o:LU] left.").entity(1).find("IGO"), std::string::npos);
}

TEST(Link, GeorgiaBeforeANounIsTheAmericanState) {
  EXPECT_NE(Text("[Georgia police] shot a man in Washington.").entity(0).find("/USA/"), std::string::npos);
  EXPECT_NE(Text("[Georgian police] shot a man in Washington.").entity(0).find("/GEO/"), std::string::npos);
  EXPECT_EQ(Text("[Georgia] accused Washington.").entity(0), "Georgia/GEO/GOV");
}

TEST(Link, CapitalActsForTheBodyThatSitsThere) {
  EXPECT_EQ(Text("[o:The European Commission] fined a firm. [Brussels] said so.").entity(1),
            "European Commission/EUR/");
  EXPECT_EQ(Text("[o:The European Council] met. [Brussels] said so. [o:The European Commission] left.").entity(1),
            "European Council/EUR/");
  EXPECT_EQ(Text("[o:The European Commission] met Belgian ministers. [Brussels] said so.").entity(1),
            "Belgium/BEL/GOV");
  EXPECT_EQ(Text("Kenya waits. [Brussels] said so.").entity(0), "Belgium/BEL/GOV");
  EXPECT_EQ(Text("[o:The ICC] met. [The Hague] said so.").entity(1), "International Criminal Court/IGO/JUD");
  EXPECT_EQ(Text("[o:The ICC] met the Dutch. [The Hague] said so.").entity(1), "Netherlands/NLD/GOV");
}

TEST(Link, NationalSocietiesAreTheirStates) {
  EXPECT_EQ(Text("[o:The Red Cross] came to Kenya.").entity(0), "Committee of the Red Cross/NGO/");
  EXPECT_NE(Text("[o:The Russian Red Cross] came to Kenya.").entity(0).find("/RUS/"), std::string::npos);
  EXPECT_NE(Text("[o:The Red Cross of Russia] came to Kenya.").entity(0).find("/RUS/"), std::string::npos);
}

TEST(Link, PapersAreNotWhatTheyAreNamedAfter) {
  EXPECT_EQ(Text("Kenya waits. [o:The Ministry of Distant Affairs] spoke.").entity(0),
            "Ministry of Distant Affairs/KEN/GOV");
  EXPECT_EQ(Text("Kenya waits. [The Distant Affairs Minister] spoke.").entity(0).find("USA"), std::string::npos);
  EXPECT_EQ(Text("Sudan waits. Police shut [o:the Al-Sawt] office.").entity(0), "Al-Sawt/SDN/JRN");
  EXPECT_EQ(Text("Washington waits. [o:A Hill] reporter asked.").entity(0), "The Hill/USA/JRN");
  EXPECT_EQ(Text("Kenya waits. [o:Distant Affairs] reported.").entity(0), "Distant Affairs/USA/JRN");
  EXPECT_EQ(Text("Washington waits. A ship crossed [l:the Atlantic].").entity(0).find("JRN"), std::string::npos);
  EXPECT_EQ(Text("Washington waits. She told [o:The Atlantic].").entity(0), "The Atlantic/USA/JRN");
  EXPECT_EQ(Text("Washington waits. He met [p:Hill].").entity(0).find("JRN"), std::string::npos);
  EXPECT_EQ(Text("Washington waits. [o:The Hill] reported.").entity(0), "The Hill/USA/JRN");
}

TEST(Link, SurnamesBehindParticlesHaveTheirOwnGivenName) {
  EXPECT_EQ(Text("Kenya waits for [p:Otieno].", "2016-01-01").entity(0), "Bob Otieno/KEN/GOV");
  EXPECT_EQ(Text("Russia waits for [p:Aldo de Otieno].", "2016-01-01").entity(0).find("Bob"), std::string::npos);
}

TEST(Link, AcronymsOfNounsAreNobodys) {
  EXPECT_EQ(Text("Kenya waits for the grain price survey (GPS). [o:GPS] rose.").entity(0).find("Grand"),
            std::string::npos);
  EXPECT_EQ(Text("Kenya votes. The Grand Party of Savings (GPS) won. [o:GPS] rose.").entity(0),
            "Grand Party of Savings/KEN/PTY");
}

TEST(Link, TownsAreNoNouns) {
  EXPECT_EQ(Text("[Sheikh] shot in Russia.").entity(0).find("KEN"), std::string::npos);
  EXPECT_EQ(Text("Kenya is hot. He flew to [l:Sheikh].").entity(0).find("/KEN/") != std::string::npos, true);
}

TEST(Link, PresidentOfACommissionIsNotThePresident) {
  EXPECT_EQ(Text("Kenya waits. [The president] spoke.").entity(0), "Ann Lee/KEN/GOV");
  EXPECT_EQ(Text("Kenya waits. [The president of Kenya] spoke.").entity(0), "Ann Lee/KEN/GOV");
  EXPECT_EQ(Text("Kenya waits. [The president of the commission] spoke.").entity(0).find("Ann Lee"), std::string::npos);
}

TEST(Link, GivenNamesTellWhoIsMeant) {
  const Text text("[p:Berta Poe] of Kenya met [p:Aldo Doe] of Russia. [She] left; [he] stayed.");
  EXPECT_EQ(text.entity(2), "Berta Poe/KEN/");
  EXPECT_EQ(text.entity(3), "Aldo Doe/RUS/");
}

TEST(Link, TitleAheadOfTheMentionBelongsToIt) {
  const Text text("Kenyan trade envoy [p:Joe Doe] came with [p:Mary Poe]. [The envoy] spoke.");
  EXPECT_EQ(text.entity(0), "Joe Doe/KEN/GOV");
  EXPECT_EQ(text.entity(2), "Joe Doe/KEN/GOV");
}

TEST(Link, SpeakerGoesOnUnderADescription) {
  Text text("[p:Joe Doe] of Kenya said it rains. It will stop, [the doctor] said. Come.");
  text.says("Joe Doe", "it rains").says("the doctor", "It will stop");
  EXPECT_EQ(text.entity(1).substr(0, 7), "Joe Doe");
}

TEST(Link, PapersSpeakForTheirIssuer) {
  Text text("[o:Sanga Trust] of Kenya is angry. It is over, [the statement] said.");
  text.says("the statement", "It is over");
  EXPECT_EQ(text.entity(1), text.entity(0));
  Text named("Kenya is calm. It is over, [a UN report] said.");
  named.says("a UN report", "It is over");
  EXPECT_EQ(named.entity(0), "United Nations/UNO/");
}

TEST(Link, WhoActedIsSpokenOfByADescription) {
  const auto speaker = [](const std::string& who, const std::string& again) {
    Text text("[" + who + "] of Kenya came. It will stop, [" + again + "] said.");
    text.does(0).says(again, "It will stop");
    return text.entity(1).substr(0, 8);
  };
  EXPECT_EQ(speaker("p:Party leader Joe Doe", "the candidate"), "Joe Doe/");
  EXPECT_EQ(speaker("p:Joe Doe", "the doctor"), "doctor/K") << "nothing is told of him";
  EXPECT_EQ(speaker("p:Party leader Joe Doe", "the judge"), "judge/KE");
  EXPECT_EQ(speaker("p:Party leader Joe Doe", "his doctor").substr(0, 6), "doctor") << "somebody of his";
  EXPECT_EQ(speaker("p:Party leader Joe Doe", "the spokeswoman"), "Joe Doe/");
}

TEST(Link, PapersSpeakForWhomTheyName) {
  const auto issuer = [](const std::string& paper) {
    Text text("[o:Sanga Trust] of Kenya came. It is over, [" + paper + "] said.");
    text.says(paper, "It is over");
    return text.entity(1);
  };
  Text page("[o:Sanga Trust] of Kenya came. It is over, [[its] website] said.");
  EXPECT_EQ(page.says("its website", "It is over").entity(1), "Sanga Trust/KEN/");
  EXPECT_EQ(issuer("a trust statement"), "Sanga Trust/KEN/");
  EXPECT_EQ(issuer("a survey by Sanga"), "Sanga Trust/KEN/");
  EXPECT_EQ(issuer("the Zubo Research poll"), "Zubo Research/KEN/");
  EXPECT_EQ(issuer("Friday's poll").find("Friday/"), std::string::npos);
  EXPECT_EQ(issuer("the October poll").find("October/"), std::string::npos);
  EXPECT_EQ(issuer("the GDP data").find("GDP/"), std::string::npos);
  EXPECT_NE(issuer("a lawsuit against GG"), "GG/MNC/BUS");
  EXPECT_EQ(issuer("a lawsuit by GG"), "GG/MNC/BUS");
  EXPECT_EQ(issuer("a White House statement"), "White House/USA/GOV");
}

TEST(Link, WhatIsSaidOfABodyIsNoOther) {
  EXPECT_EQ(Text("[o:LG] was once [a company]. [The company] spoke.").entity(2), "LG/CHN/BUS");
  EXPECT_EQ(Text("There was [a doctor]. [The doctor] left Kenya.").links().entities.size(), 1U);
  EXPECT_EQ(Text("[o:LG] met [a company]. [The company] spoke.").entity(2), "company/CHN/BUS");
}

TEST(Link, OwnersAreNamedInFull) {
  const Text text("[p:Joe Doe] of Kenya came. [[Doe's] office] spoke. [[His] aides] left. [[Kenya's] doctor] slept.");
  EXPECT_EQ(text.entity(1).substr(0, 17), "office of Joe Doe");
  EXPECT_EQ(text.entity(3).substr(0, 16), "aides of Joe Doe");
  EXPECT_EQ(text.entity(5).substr(0, 15), "Kenya's doctor/");
  EXPECT_EQ(Text("[Ann Lee] came. [[Her] office] spoke.").entity(1).substr(0, 32), "Office of the President of Kenya");
  EXPECT_EQ(Text("[Ann Lee] came. [[President Lee's] office] spoke.").entity(1).substr(0, 32),
            "Office of the President of Kenya");
  EXPECT_EQ(Text("[Ann Lee] came. [[Her] government] spoke.").entity(1), "Government of Kenya/KEN/GOV");
  EXPECT_EQ(Text("[Ann Lee] came. [[Lee's] office] spoke.").entity(1).substr(0, 17), "office of Ann Lee");
}

TEST(Link, NamesakesInTheirOrder) {
  EXPECT_EQ(Text("[p:Park Ana] of Kenya came. [p:Park] left. [p:Park Bo] spoke. [p:Park Bo] left.").entity(1),
            "Park Ana/KEN/")
      << "the other is brought up later";
  EXPECT_EQ(Text("[Mrs Gora Khan] of Kenya came. [Gora Khan] left. [p:Kizr Khan] came. [Mr Khan] left.").entity(3),
            "Kizr Khan/KEN/");
}

TEST(Link, WhoSpokeSpeaksOnUnderASurname) {
  Text text(
      "[p:Ana Leeds] of Kenya died. [p:Ana Leeds] slept. [p:Bo Leeds] said it rains. It stops, [p:Mr Leeds] said.");
  text.says("Bo Leeds", "it rains").says("Mr Leeds", "It stops");
  EXPECT_EQ(text.entity(3), "Bo Leeds/KEN/");
}

TEST(Link, LettersOfANameInAnotherLanguage) {
  EXPECT_EQ(Text("[o:Fish Club] (CHN) came. [o:Kenya Club] met [CHN].").entity(2).find("Fish"), std::string::npos);
  EXPECT_EQ(Text("[o:the Fish Board] (ZQX) of Kenya came. [o:ZQX] left.").entity(1), "Fish Board/KEN/");
}

TEST(Link, NameBehindItsOfficeWithoutASecondComma) {
  EXPECT_EQ(Text("[The doctor], [p:Joe Doe] said in Kenya.").entity(0).substr(0, 7), "Joe Doe");
  EXPECT_EQ(Text("After meeting [the doctor], [p:Joe Doe] spoke in Kenya.").entity(0), "doctor/KEN/MED");
}

TEST(Link, DatelinesAreNoPartOfAMention) {
  EXPECT_EQ(Text("[NAIROBI - Russia's army] came.").entity(0), Text("[Russia's army] came.").entity(0));
  EXPECT_EQ(Text("[UN-led army] came to Kenya.").entity(0).substr(0, 4), "UN-l");
}

TEST(Link, OrdersBehindANameAreNoPartOfIt) {
  EXPECT_EQ(Text("[p:Joe Doe AM] came to Kenya.").entity(0).substr(0, 8), "Joe Doe/");
}

TEST(Link, CapitalsAreNoTownInRunningText) {
  EXPECT_EQ(Text("Kenya heard from [o:WOLA] today.").entity(0), "WOLA/KEN/");
  EXPECT_EQ(Text("Belarus. [l:Wola] is quiet.").entity(0), "Wola/BLR/GOV");
}

TEST(Link, AmbiguousNameIsNoWitnessForItself) {
  const Text text("[o:BNP] spoke. [o:BNP] met in Nairobi. [o:BNP] left. [o:BNP] came.");
  EXPECT_EQ(text.entity(0), "Bright New Party/KEN/PTY");
}

TEST(Link, ArmedGroupIsNoNounOfAnyState) {
  EXPECT_EQ(Text("Kenya, Nairobi and Kenyans. Kenya said [Sand Front] lied.").entity(0), "Sand Front/SDN/REB");
}

TEST(Link, BornInIsNotOf) {
  EXPECT_EQ(Text("Kenya, Kenya. [A Russian-born doctor] came.").entity(0).find("/RUS/"), std::string::npos);
}

TEST(Link, WhoServesABodyHasItsSectors) {
  const auto sectors = [](const std::string& mention) {
    const std::string shown = Text("[" + mention + "] spoke.").entity(0);
    return shown.substr(shown.rfind('/') + 1);
  };
  EXPECT_EQ(sectors("members of Bunge"), "LEG");
  EXPECT_EQ(sectors("the president of Bunge"), "LEG");
  EXPECT_EQ(sectors("the president of Kenya"), "GOV");
  EXPECT_EQ(sectors("a spokeswoman for the rebels"), "REB");
  EXPECT_EQ(sectors("a party leader"), "PTY");
  EXPECT_EQ(sectors("the chairman of the company's board"), "BUS");
  EXPECT_EQ(sectors("the chairman and founder of the party"), "PTY");
  EXPECT_EQ(sectors("Sand Front gunmen"), "REB");
  EXPECT_EQ(sectors("masked gunmen"), "UAF");
  EXPECT_EQ(sectors("the Bright New Party president"), "GOV");  // "Republican president"
  EXPECT_EQ(sectors("supporters of the Bright New Party"), "CVL");
  EXPECT_EQ(sectors("Bright New Party workers"), "PTY");
  EXPECT_EQ(sectors("workers of the company"), "LAB");
  EXPECT_EQ(sectors("a worker of the company"), "LAB");
  EXPECT_EQ(sectors("a party worker"), "PTY");
  EXPECT_EQ(sectors("the president of the state security court"), "JUD");
}

TEST(Link, BodiesAreSpokenOfAgainByTheirClass) {
  const auto second = [](const std::string& first, const std::string& again) {
    return Text("[o:" + first + "] met in [Kenya]. [" + again + "] spoke.").entity(2);
  };
  EXPECT_EQ(second("Lowland Union", "The 27-nation bloc"), "Lowland Union/IGO/");
  EXPECT_EQ(second("NATO", "The 27-nation bloc"), "bloc//");  // it has two members by the rows above
  EXPECT_EQ(second("NATO", "The military alliance"), "NATO/IGO/MIL");
  EXPECT_EQ(second("Lowland Union", "The four-member trade alliance"), "Lowland Union/IGO/");
  EXPECT_EQ(second("NATO", "The Nairobi-based organisation"), "NATO/IGO/MIL");
  EXPECT_EQ(second("LG", "The Nairobi-based firm").find("LG/"), std::string::npos);  // China's
  EXPECT_EQ(second("LG", "The watchdog").find("LG/"), std::string::npos);
  EXPECT_EQ(second("GG", "The Russian company"), "GG/MNC/BUS");
  EXPECT_EQ(Text("[o:GG] met [o:LG]. [The Russian company] spoke. [The Chinese company] spoke.").entity(3),
            "LG/CHN/BUS");
  EXPECT_EQ(Text("[UN herring agency] spoke.").entity(0), "UN High Herring Board/UNO/");
  EXPECT_EQ(second("Sand Front", "The US-backed group"), "Sand Front/SDN/REB");
  EXPECT_EQ(second("Sand Front", "The armed movement"), "Sand Front/SDN/REB");
  EXPECT_EQ(second("LG", "The Chinese company"), "LG/CHN/BUS");
  EXPECT_EQ(second("LG", "The Russian company").find("LG/"), std::string::npos);
  EXPECT_EQ(second("Sand Front", "The alliance").find("Sand Front"), std::string::npos);
  EXPECT_EQ(second("UN Security Council", "The rights watchdog").find("Council"), std::string::npos);
  EXPECT_EQ(second("United Nations", "The U.N. agency").find("United Nations"), std::string::npos);
  EXPECT_EQ(second("Sand Front", "The rebels"), "rebels/SDN/REB");  // in a text about Kenya
  EXPECT_EQ(second("Rural Health Zubo", "the global health body").substr(0, 17), "Rural Health Zubo");
  EXPECT_EQ(second("Rural Water Zubo", "the global health body").find("Water"), std::string::npos);
  EXPECT_EQ(second("Board of Grain and Salt", "the board"), "Board of Grain and Salt/KEN/GOV");
}

TEST(Link, NamesSoundOfAState) {
  const std::string text = "[Russia] and [Kenya] met. ";
  EXPECT_EQ(Text(text + "[p:Gleb Pavlov] spoke.").entity(2), "Gleb Pavlov/RUS/");
  EXPECT_EQ(Text(text + "[p:Qyx Hawen] spoke.").entity(2), "Qyx Hawen/KEN/");
  EXPECT_EQ(Text("[Kenya] came. [p:Gleb Pavlov] spoke.").entity(1), "Gleb Pavlov/KEN/");  // no other is spoken of
}

TEST(Link, BodiesAndOfficesThatAStateHasNot) {
  const auto origin = [](const std::string& told, const std::string& again) {
    const Text text(told + " [" + again + "] spoke.");
    const std::string shown = text.entity(2);
    return shown.substr(shown.find('/') + 1, 3);
  };
  EXPECT_EQ(origin("[China] and [Kenya] met. China, China.", "The Congress"), "KEN");
  EXPECT_EQ(origin("[China] and [Israel] met.", "The Congress"), "USA");  // the first of the row
  EXPECT_EQ(origin("[Kenya] and [China] met. China, China.", "the foreign minister"), "CHN");
  EXPECT_EQ(origin("[China] and [the United States] met. U.S. and U.S. again.", "the foreign minister"), "CHN");
}

TEST(Link, EachNameFollowsItsOffice) {
  const Text text(
      "[The foreign minister of Kenya], [p:Joe Dorn], [the Russian interior minister], [p:Tim Vesely], left.");
  EXPECT_EQ(text.entity(2), text.entity(3));
  EXPECT_EQ(text.entity(2), "Tim Vesely/RUS/GOV");
  const Text after("[p:Joe Dorn], [the foreign minister of Kenya], and [p:Tim Vesely] left.");
  EXPECT_EQ(after.entity(1), "Joe Dorn/KEN/GOV");
}

TEST(Link, AnotherGivenNameIsAnotherPerson) {
  EXPECT_EQ(Text("In [Kenya] then [p:Otieno] spoke.", "2020-01-01").entity(1), "Bob Otieno/KEN/GOV");
  EXPECT_EQ(Text("In [Kenya] then [p:Mokka Otieno], a nurse, spoke.", "2020-01-01").entity(1).find("Bob"),
            std::string::npos);
}

TEST(Link, OneMinisterIsNotAnother) {
  const Text text("[Kenya] voted. [The foreign minister] spoke. [The interior minister] spoke. [The minister] left.");
  EXPECT_EQ(text.entity(1), "foreign minister/KEN/GOV");
  EXPECT_EQ(text.entity(2), "interior minister/KEN/GOV");
  EXPECT_EQ(text.entity(3), text.entity(2));
}

TEST(Link, StateThatFewRecognise) {
  EXPECT_EQ(Text("[l:Upland] fired.").entity(0), "Upland/GEO/PRE");
  EXPECT_EQ(Text("[The Uplandic minister] spoke.").entity(0), "Uplandic minister/GEO/GOV");
  EXPECT_EQ(Text("[l:Georgia] fired on [l:Upland].").entity(0), "Georgia/GEO/GOV");
}

TEST(Link, BodyOfManyStatesIsNoWitnessForOne) {
  EXPECT_EQ(Text("[The Home Guard] came.").entity(0), "Home Guard//MIL");
  EXPECT_EQ(Text("Kenya waits. [The Home Guard] came.").entity(0), "Home Guard/KEN/MIL");
}

TEST(Link, TitleAndSurname) {
  EXPECT_EQ(Text("[p:Deputy Secretary Moss] came.").entity(0), "Eva Moss/USA/GOV");
  EXPECT_EQ(Text("[p:Deputy Secretary Moss] came.", "2020-01-01").entity(0), "Moss//GOV");
  EXPECT_EQ(Text("Kenya waits. [p:Deputy Secretary Moss] came.").entity(0), "Moss/KEN/GOV");
  EXPECT_EQ(Text("Kenya waits. [p:Minister Moss] came.").entity(0), "Ida Moss/KEN/GOV");
}

TEST(Link, ParticlesOfNames) {
  EXPECT_EQ(Text("[p:Omar Bin Sami Al-Hadi] spoke.").entity(0), "Omar bin Sami al-Hadi/SDN/GOV");
  EXPECT_EQ(Text("[Omar ibn Sami El Hadi] spoke.").entity(0), "Omar bin Sami al-Hadi/SDN/GOV");
  EXPECT_EQ(Text("[p:Omar Sami Hadi] spoke.").entity(0), "Omar bin Sami al-Hadi/SDN/GOV");
  EXPECT_EQ(Text("[p:Omar Sami] spoke.").entity(0), "Omar Sami//");
}

TEST(Link, NearlyTheNameOfSomebodyOfTheTextsState) {
  const Text text("[p:Ana Castro] of Kenya spoke.");
  EXPECT_EQ(text.entity(0), "Ana de Castro/KEN/JUD");
  EXPECT_EQ(text.rule(0), "near-name");
  EXPECT_EQ(Text("Kenya waited. [p:A. Castro] spoke.").entity(0), "Ana de Castro/KEN/JUD");
  EXPECT_EQ(Text("Russia waited. [p:Ana Castro] spoke.").entity(0), "Ana Castro/RUS/");
  EXPECT_EQ(Text("Kenya waited for [p:the Russian minister Ana Castro].").entity(0), "Ana Castro/RUS/GOV");
}

TEST(Link, NamesOfPapersInNamesOfPeople) {
  EXPECT_EQ(Text("Kenya waited. [p:Nasser Al-Sawt] spoke.").entity(0), "Nasser Al-Sawt/KEN/");
  EXPECT_EQ(Text("Kenya waited. [Aldo Mansour Al-Sawt] spoke.").entity(0), "Aldo Mansour Al-Sawt/KEN/");
  EXPECT_EQ(Text("Kenya waited. [Aldo Al-Sawt Mansour] spoke.").entity(0), "Aldo Al-Sawt Mansour/KEN/");
  EXPECT_EQ(Text("Kenya waited. [o:Aldo Al-Sawt Company] wrote.").entity(0), "Aldo Al-Sawt Company/KEN/BUS");
  EXPECT_EQ(Text("Kenya waited. [p:The chairman Nasser Al-Sawt] spoke.").entity(0), "Nasser Al-Sawt/KEN/");
  EXPECT_EQ(Text("Kenya waited. [Al-Sawt] wrote.").entity(0), "Al-Sawt/SDN/JRN");
  EXPECT_EQ(Text("Kenya waited. [Sudan's Al-Sawt] wrote.").entity(0), "Al-Sawt/SDN/JRN");
  EXPECT_EQ(Text("Kenya waited. [p:Al-Sawt chairman Joe Doe] wrote.").entity(0), "Joe Doe/SDN/JRN");
}

TEST(Link, SheikhsAreNoClergyOfThemselves) {
  EXPECT_EQ(Text("Kenya waited. [p:Sheikh Joe Doe] spoke.").entity(0), "Joe Doe/KEN/");
  EXPECT_EQ(Text("[p:Kenyan Foreign Minister Sheikh Joe Doe] spoke.").entity(0), "Joe Doe/KEN/GOV");
  EXPECT_EQ(Text("[p:Kenyan Foreign Minister Dr Joe Doe] spoke.").entity(0), "Joe Doe/KEN/GOV");
  EXPECT_EQ(Text("Kenyan Foreign Minister Sheikh [p:Joe Doe] spoke.").entity(0), "Joe Doe/KEN/GOV");
  EXPECT_EQ(Text("[p:Sheikh Joe Doe, the foreign minister of Kenya,] spoke.").entity(0), "Joe Doe/KEN/GOV");
  EXPECT_EQ(Text("Kenya waited. [p:Imam Sheikh Joe Doe] spoke.").entity(0), "Joe Doe/KEN/REL");
  EXPECT_EQ(Text("Kenya waited. [The chief imam], [p:Sheikh Joe Doe], spoke.").entity(1), "Joe Doe/KEN/REL");
  EXPECT_EQ(Text("[the sheikh of Al-Azm] spoke.").entity(0), "sheikh of Al-Azm/SDN/REL");
  EXPECT_EQ(Text("[p:Joe Doe], a tribal sheikh in Kenya, spoke.").entity(0), "Joe Doe/KEN/SOC");
}

TEST(Link, HisHighnessIsNobodys) {
  const Text text("[p:Ann Lee] met [p:His Highness the Prime Minister Sheikh Joe Doe]. Kenya waited.");
  EXPECT_EQ(text.entity(1), "Joe Doe/KEN/GOV");
}

TEST(Link, NothingAndNonsense) {
  EXPECT_TRUE(Text("").links().entities.empty());
  EXPECT_EQ(Text("[...] and [].").entity(0), "");
  EXPECT_EQ(Text("[He] came.").entity(0), "");
  Analysis analysis;
  Article article;
  article.text = "Kenya";
  analysis.mentions.push_back({{0, 5}, {0, 5}, Form::kName, MentionKind::kOther, 1.0F});
  analysis.mentions.push_back({{0, 500}, {0, 500}, Form::kName, MentionKind::kOther, 1.0F});
  analysis.mentions.push_back({{400, 300}, {0, 0}, Form::kPronoun, MentionKind::kOther, 1.0F});
  EXPECT_EQ(link(article, analysis, world()).of.size(), 3U);
}

TEST(Link, ManyMentionsDoNotGoQuadratic) {
  std::string marked;
  for (int k = 0; k < 5000; ++k)
    marked += "[p:Joe Doe" + std::to_string(k % 7) + "] met [the minister] and [he] left. ";
  EXPECT_EQ(Text(marked).links().of.size(), 15000U);
}

TEST(Link, NamesStayShort) {
  std::string endless;
  for (int k = 0; k < 500; ++k) endless += "\xC3\x89";
  for (const auto& marked : {"[o:" + endless + "]", "[p:" + endless + " " + endless + "]"})
    for (const Entity& entity : Text(marked).links().entities) {
      EXPECT_LE(entity.name.size(), 400U);
      EXPECT_EQ(entity.name.size() % 2, entity.name.find(' ') != std::string::npos ? 1U : 0U);
    }
  EXPECT_EQ(Text("[o:" + endless + "]").links().entities.size(), 1U);
}

TEST(Link, MembersAreTheirBody) {
  const Text named(
      "[NATO members] met. [The permanent members of the UN Security Council] and [NATO countries] agreed.");
  EXPECT_EQ(named.entity(0), "NATO members/IGO/MIL");
  EXPECT_EQ(named.entity(1).substr(0, 35), "permanent members of the UN Securit");
  EXPECT_EQ(named.entity(1).substr(named.entity(1).size() - 5), "/UNO/");
  EXPECT_EQ(named.entity(2), "NATO countries/IGO/MIL");
  const Text before("[NATO] met in [Kenya]. [The member states] agreed, [the member farmers] did not.");
  EXPECT_EQ(before.entity(2), "member states/IGO/");
  EXPECT_EQ(before.rule(2), "members");
  EXPECT_EQ(before.entity(3).find("IGO"), std::string::npos);
}

TEST(Link, PermanentAndElectedMembersAreTheCouncils) {
  const std::string told = "[Kenya] spoke. [The permanent members] and [the non-permanent members] agreed.";
  EXPECT_EQ(Text(told).entity(1), "permanent members/UNO/");
  EXPECT_EQ(Text(told).entity(2), "non-permanent members/UNO/");
  EXPECT_EQ(Text("[Kenya] spoke. [The non-permanent members] agreed.", "2014-06-01").entity(1),
            "non-permanent members/KEN/")
      << "the council had no elected ones any more";
  EXPECT_EQ(Text("[The members] agreed in [Kenya].").entity(0), "members/KEN/");
}

TEST(Link, WhoIsAccusedByAVerbIsNoSuspect) {
  EXPECT_EQ(Text("Kenya accused [p:Ann Gorm] of fraud.").entity(0), Text("Kenya left [p:Ann Gorm] alone.").entity(0));
  EXPECT_EQ(Text("[p:Bo Lee] accused [p:Gorm].").entity(1), Text("[p:Bo Lee] left [p:Gorm].").entity(1));
}

TEST(Link, ACapitalMayBeAGivenName) {
  EXPECT_EQ(Text("[p:Beijing Gorm] smiled.").entity(0), "Beijing Gorm//");
  EXPECT_EQ(Text("[p:Moscow Gorm] smiled.").entity(0), "Gorm/RUS/") << "nobody is called that";
}

TEST(Link, ATownIsNotWhoseNameItIs) {
  EXPECT_NE(Text("[p:Mabera Sween] left. They met in [l:Mabera].").entity(1), "Mabera Sween//");
  EXPECT_EQ(Text("[p:Ann Mabera] left. [p:Mabera] smiled.").entity(1), Text("[p:Ann Mabera] left.").entity(0));
}

TEST(Link, ADayIsNobody) {
  EXPECT_EQ(Text("Kenya left on [Tuesday].").entity(0), "");
  EXPECT_EQ(Text("[o:Tuesday] and [l:Fridays] left.").entity(0), "");
  EXPECT_EQ(Text("[o:Tuesday] and [l:Fridays] left.").entity(1), "");
  EXPECT_NE(Text("[p:Friday] smiled.").entity(0), "");
  EXPECT_NE(Text("[l:March] is a town.").entity(0), "");
  EXPECT_EQ(Text("[p:Theresa May] left. [p:May] smiled.").entity(1), Text("[p:Theresa May] left. [May]").entity(0))
      << "whom the reader takes for somebody";
  EXPECT_NE(Text("[o:Black Friday] left.").entity(0), "");
}

TEST(Link, SameTextSameLinks) {
  const Text text("[Kenyan President Ann Lee] met [Russian President Ivan Petrov]. [They] agreed.");
  EXPECT_EQ(text.entity(2), text.entity(2));
}

}  // namespace
}  // namespace dragoman::linking
