// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "coding/dates.h"
#include "coding/instruments.h"

namespace dragoman::coding {
namespace {

const QuantityReader& reader() {
  static const QuantityReader kReader = QuantityReader::open(DRAGOMAN_SOURCE_DIR "/data");
  return kReader;
}

Span whole(std::string_view text) { return {0, static_cast<uint32_t>(text.size())}; }

std::string print(const Quantity& quantity, std::string_view text) {
  std::ostringstream out;
  out.precision(15);
  out << to_string(quantity.kind) << " '" << quantity.span.of(text) << "'";
  if (quantity.votes_for) out << " for " << *quantity.votes_for;
  if (quantity.votes_against) out << " against " << *quantity.votes_against;
  if (quantity.votes_abstaining) out << " abstaining " << *quantity.votes_abstaining;
  if (!quantity.votes_for && !quantity.votes_against && quantity.value) out << " " << *quantity.value;
  if (quantity.range) out << " [" << quantity.range->first << ".." << quantity.range->second << "]";
  if (quantity.kind == QuantityKind::kMoney) out << " " << (quantity.unit.empty() ? "?" : quantity.unit);
  return out.str();
}

/// Every quantity of one sentence; ordinals, years and ages left out.
std::string all_of(std::string_view text, const std::vector<std::string>& countries = {}) {
  static const DateReader kDates = DateReader::open(DRAGOMAN_SOURCE_DIR "/data");
  std::vector<Span> dates;
  for (const DateExpression& date : kDates.find(text, {whole(text)}, std::nullopt)) dates.push_back(date.span);
  std::string out;
  for (const FoundQuantity& found : reader().find_all(text, {whole(text)}, dates, countries)) {
    if (found.ordinal || found.year || found.age) continue;
    if (!out.empty()) out += "; ";
    out += print(found.quantity, text);
  }
  return out;
}

TEST(Money, ReadsSignsCodesAndNames) {
  EXPECT_EQ(all_of("a $95.3 billion bill"), "money '$95.3 billion' 95300000000 USD");
  EXPECT_EQ(all_of("It gave US$4.2bn and A$1 million."),
            "money 'US$4.2bn' 4200000000 USD; money 'A$1 million' 1000000 AUD");
  EXPECT_EQ(all_of("worth N$2,25 billion"), "money 'N$2,25 billion' 2250000000 NAD");
  EXPECT_EQ(all_of("about €3.5 billion"), "money 'about €3.5 billion' 3500000000 EUR");
  EXPECT_EQ(all_of("It paid 2 billion euros, 300 yuan and 7,000 ringgit."),
            "money '2 billion euros' 2000000000 EUR; money '300 yuan' 300 CNY; money '7,000 ringgit' 7000 MYR");
  EXPECT_EQ(all_of("worth ZAR30 million or R67.6 billion", {"ZAF"}),
            "money 'ZAR30 million' 30000000 ZAR; money 'R67.6 billion' 67600000000 ZAR");
  EXPECT_EQ(all_of("Dh1.2 billion, SR800 million, LE 545 million and Tsh217 billion"),
            "money 'Dh1.2 billion' 1200000000 AED; money 'SR800 million' 800000000 SAR; money 'LE 545 million' "
            "545000000 EGP; "
            "money 'Tsh217 billion' 217000000000 TZS");
  EXPECT_EQ(all_of("They got NT$104 million and £26.5m."),
            "money 'NT$104 million' 104000000 TWD; money '£26.5m' 26500000 GBP");
  EXPECT_EQ(all_of("5 US dollars or 50 cents"), "money '5 US dollars' 5 USD; money '50 cents' 0.5 USD");
}

TEST(Money, ReadsHundredthsAndOldCurrencies) {
  EXPECT_EQ(all_of("It cost 13 dollars and 45 cents."), "money '13 dollars and 45 cents' 13.45 USD");
  EXPECT_EQ(all_of("They lost 75 USD million."), "money '75 USD million' 75000000 USD");
  EXPECT_EQ(all_of("It cost 15 dollars 50, or twenty dollars and thirty."),
            "money '15 dollars 50' 15.5 USD; money 'twenty dollars and thirty' 20.3 USD");
  EXPECT_EQ(all_of("It paid 15 dollars and 50 men left."), "money '15 dollars' 15 USD; count '50 men' 50");
  EXPECT_EQ(all_of("a loss of 30 MUSD and MEUR 1.5"), "money '30 MUSD' 30000000 USD; money 'MEUR 1.5' 1500000 EUR");
  EXPECT_EQ(all_of("It starts at dollar 22.5 million."), "money 'dollar 22.5 million' 22500000 USD");
  EXPECT_EQ(all_of("worth 420 million French francs"), "money '420 million French francs' 420000000 FRF");
  EXPECT_EQ(all_of("CAD$ 15 and NZ $633 million"), "money 'CAD$ 15' 15 CAD; money 'NZ $633 million' 633000000 NZD");
  EXPECT_EQ(all_of("ALL 5 solutions"), "count 'ALL 5 solutions' 5");
}

TEST(Money, ReadsWordsThatAreCurrenciesToo) {
  EXPECT_EQ(all_of("They asked for 1.5 trillion won."), "money '1.5 trillion won' 1500000000000 KRW");
  EXPECT_EQ(all_of("They asked for 300 won.", {"KOR"}), "money '300 won' 300 KRW");
  EXPECT_EQ(all_of("Two million won the right to vote.").find("money"), std::string::npos);
}

TEST(Money, ReadsIndianUnits) {
  EXPECT_EQ(all_of("Rs 25 lakh and ₹113 crore"), "money 'Rs 25 lakh' 2500000 INR; money '₹113 crore' 1130000000 INR");
  EXPECT_EQ(all_of("Rs. 40,000 crore"), "money 'Rs. 40,000 crore' 400000000000 INR");
  EXPECT_EQ(all_of("5 crore rupees", {"PAK"}), "money '5 crore rupees' 50000000 PKR");
}

TEST(Money, AsksTheCountriesWhoseDollarItIs) {
  EXPECT_EQ(all_of("It cost $500."), "money '$500' 500 USD");
  EXPECT_EQ(all_of("It cost $500.", {"AUS"}), "money '$500' 500 AUD");
  EXPECT_EQ(all_of("It cost $500.", {"KEN", "UGA", "AUS"}), "money '$500' 500 USD");
  EXPECT_EQ(all_of("It cost 300 pounds."), "money '300 pounds' 300 GBP");
  EXPECT_EQ(all_of("It cost 300 pounds.", {"EGY"}), "money '300 pounds' 300 EGP");
  EXPECT_EQ(all_of("It cost 300 dinars."), "money '300 dinars' 300 ?");
  EXPECT_EQ(all_of("It cost 300 dinars.", {"IRQ"}), "money '300 dinars' 300 IQD");
  EXPECT_EQ(all_of("7 billion won", {"KOR"}), "money '7 billion won' 7000000000 KRW");
}

TEST(Money, ReadsRangesAndEllipsis) {
  EXPECT_EQ(all_of("US$300 million and 1.7 million, they said."),
            "money 'US$300 million' 300000000 USD; money '1.7 million' 1700000 USD");
  EXPECT_EQ(all_of("between $2 and $3 million"), "money 'between $2 and $3 million' 2000000 [2000000..3000000] USD");
  EXPECT_EQ(all_of("$5-10 million"), "money '$5-10 million' 5000000 [5000000..10000000] USD");
  EXPECT_EQ(all_of("millions of dollars"), "money 'millions of dollars' [2000000..9999999] USD");
}

TEST(Votes, ReadsTheUsualForms) {
  EXPECT_EQ(all_of("The Senate passed it 70-29."), "vote '70-29' for 70 against 29");
  EXPECT_EQ(all_of("The Senate passed it 70–29."), "vote '70–29' for 70 against 29");
  EXPECT_EQ(all_of("It was adopted by 70 votes to 29, with one abstention."),
            "vote '70 votes to 29, with one abstention' for 70 against 29 abstaining 1");
  EXPECT_EQ(all_of("The panel voted 12-9 against it."), "vote '12-9' for 12 against 9");
  EXPECT_EQ(all_of("The council voted 9-12 on the plan."), "vote '9-12' for 9 against 12");
  EXPECT_EQ(all_of("The court's 5-to-4 decision stands."), "vote '5-to-4' for 5 against 4");
  EXPECT_EQ(all_of("The bill failed in a 9-to-12 vote."), "vote '9-to-12' for 9 against 12");
  EXPECT_EQ(all_of("The bill passed with 345 in favour and 12 against."),
            "vote '345 in favour and 12 against' for 345 against 12");
  EXPECT_EQ(all_of("There were 53 votes against and 46 votes in favor."),
            "vote '53 votes against and 46 votes in favor' for 46 against 53");
  EXPECT_EQ(all_of("The plan was rejected by 41 votes to 22."), "vote '41 votes to 22' for 22 against 41");
  EXPECT_EQ(all_of("The Senate rejected, 47-53, a resolution."), "vote '47-53' for 47 against 53");
  EXPECT_EQ(all_of("The motion was voted down 311 to 286."), "vote '311 to 286' for 286 against 311");
  EXPECT_EQ(all_of("After the plan was rejected the house passed another by 41 votes to 22."),
            "vote '41 votes to 22' for 41 against 22");
  EXPECT_EQ(all_of("It was carried by 61 votes against 59."), "vote '61 votes against 59' for 61 against 59");
  EXPECT_EQ(all_of("The council adopted it by 14 votes to none, with one abstention."),
            "vote '14 votes to none, with one abstention' for 14 against 0 abstaining 1");
  EXPECT_EQ(all_of("There were 13 votes in favour and none against, with two abstentions."),
            "vote '13 votes in favour and none against, with two abstentions' for 13 against 0 abstaining 2");
  EXPECT_EQ(all_of("With 67 votes in favor the assembly approved it."), "vote '67 votes in favor' for 67");
  EXPECT_EQ(all_of("She won 15.6 million votes."), "vote '15.6 million votes' for 15600000");
  EXPECT_EQ(all_of("It passed by a vote of 217 to 212, with one member abstaining."),
            "vote '217 to 212, with one member abstaining' for 217 against 212 abstaining 1");
  EXPECT_EQ(all_of("There were four votes for Mora, 31 for Dr. Lenz and 20 for the poor."),
            "vote 'four votes for' for 4; vote '31 for' for 31; count '20' 20");
}

TEST(Casualties, ReadRangesTiedByDashes) {
  EXPECT_EQ(all_of("The blast killed 10-to-20 people."), "killed '10-to-20 people' 10 [10..20]");
}

TEST(Votes, AreNotScoresYearsRangesOrPhones) {
  for (const char* text :
       {"The Reds beat the Blues 3-1 in the cup.", "in the 2015-16 season", "Call 555-0199 now.", "aged 12-14"}) {
    EXPECT_EQ(all_of(text).find("vote"), std::string::npos) << text << ": " << all_of(text);
  }
}

TEST(Casualties, AreToldByTheWordsAround) {
  EXPECT_EQ(all_of("The blast killed 35 people."), "killed '35 people' 35");
  EXPECT_EQ(all_of("It left 36 people dead."), "killed '36 people' 36");
  EXPECT_EQ(all_of("There were nineteen fatalities and 128,000 deaths."),
            "killed 'nineteen fatalities' 19; killed '128,000 deaths' 128000");
  EXPECT_EQ(all_of("The death toll rose to 406."), "killed '406' 406");
  EXPECT_EQ(all_of("At least nine protesters have been killed."), "killed 'At least nine protesters' 9");
  EXPECT_EQ(all_of("More than 150 people were injured."), "injured 'More than 150 people' 150");
  EXPECT_EQ(all_of("Police arrested forty men."), "arrested 'forty men' 40");
  EXPECT_EQ(all_of("About 175 people were taken into custody."), "arrested 'About 175 people' 175");
  EXPECT_EQ(all_of("There were 24 arrests."), "arrested '24 arrests' 24");
}

TEST(Casualties, BesideOneWhoIsNamed) {
  EXPECT_EQ(all_of("The bomber killed himself and seven policemen."), "killed 'seven policemen' 7");
  EXPECT_EQ(all_of("It wounded a senior commander and three of his guards."), "injured 'three of his guards' 3");
  EXPECT_EQ(all_of("They killed a man and drove two cars away."), "count 'two cars' 2");
}

TEST(Votes, OfSomeOfAll) {
  EXPECT_EQ(all_of("98 of 120 lawmakers voted for the law; 12 voted against and ten abstained."),
            "vote '98 of 120 lawmakers voted for the law; 12 voted against and ten abstained' for 98 against 12 "
            "abstaining 10");
}

TEST(Votes, OfThoseWhoVoted) {
  EXPECT_EQ(all_of("98 senators voted to insist on it."), "vote '98 senators' for 98");
  EXPECT_EQ(all_of("Some 26 opposition MPs voted against it."), "vote 'Some 26 opposition MPs' against 26");
  EXPECT_EQ(all_of("More than 13 million people cast a vote for him."),
            "vote 'More than 13 million people' for 13000000");
  EXPECT_EQ(all_of("Over 22 million people voted today."), "vote 'Over 22 million people' 22000000");
  EXPECT_EQ(all_of("The five men voted into office left."), "count 'five men' 5");
  EXPECT_EQ(all_of("Ten fishermen cast nets."), "count 'Ten fishermen' 10");
}

TEST(Votes, OfAllCastAndWithoutFigures) {
  EXPECT_EQ(all_of("He won 180 of 350 votes."), "vote '180 of 350 votes' for 180");
  EXPECT_EQ(all_of("It passed by a margin of 12 votes."), "vote '12 votes' 12");
  EXPECT_EQ(all_of("The council unanimously adopted it."), "vote 'unanimously' against 0");
  EXPECT_EQ(all_of("It was passed by a unanimous vote of 15 to none."), "vote '15 to none' for 15 against 0");
}

TEST(Money, RangesOfTwoAmounts) {
  EXPECT_EQ(all_of("It will pay between $3 million and $5 million."),
            "money 'between $3 million and $5 million' 3000000 [3000000..5000000] USD");
  EXPECT_EQ(all_of("Aid rose from $3 million to $5 million."),
            "money '$3 million' 3000000 USD; money '$5 million' 5000000 USD");
  EXPECT_EQ(all_of("a loan of $57 billion", {"ARG"}), "money '$57 billion' 57000000000 USD");
  EXPECT_EQ(all_of("It owes 10 billion euros for the line and another 2 billion for its upkeep."),
            "money '10 billion euros' 10000000000 EUR; money 'another 2 billion' 2000000000 EUR");
  EXPECT_EQ(all_of("It lent 5 billion yen, including 2 billion for roads, and a further 1 billion next year.", {"JPN"}),
            "money '5 billion yen' 5000000000 JPY; money '2 billion' 2000000000 JPY; money 'a further 1 billion' "
            "1000000000 JPY");
  EXPECT_EQ(all_of("It pledged 50 billion euros, of which 33 billion are loans, to 5 million farmers."),
            "money '50 billion euros' 50000000000 EUR; money '33 billion' 33000000000 EUR; count '5 million farmers' "
            "5000000");
}

TEST(Casualties, NeedNoFigure) {
  EXPECT_EQ(all_of("The attack left several dead and scores wounded."),
            "killed 'several dead' [3..9]; injured 'scores wounded' [40..199]");
  EXPECT_EQ(all_of("Many people were injured, and a few arrested."), "injured 'Many people'; arrested 'a few' [2..9]");
  EXPECT_EQ(all_of("Soldiers shot dead several dozen villagers."), "killed 'several dozen villagers' [24..99]");
  EXPECT_EQ(all_of("Many people saw several films; he scores well. They asked how many people were killed."), "");
}

TEST(Casualties, AreTheObjectWhereThereIsOne) {
  EXPECT_EQ(all_of("Some 200 activists burned flags in Norby."), "count 'Some 200 activists' 200");
  EXPECT_EQ(all_of("About 400 farmers burned old car tyres."), "count 'About 400 farmers' 400");
  EXPECT_EQ(all_of("Some 70 men burned down a school."), "count 'Some 70 men' 70");
  EXPECT_EQ(all_of("Forty soldiers shot dead civilians."), "count 'Forty soldiers' 40");
  EXPECT_EQ(all_of("Ten gunmen shot and wounded nine guards."), "count 'Ten gunmen' 10; injured 'nine guards' 9");
  EXPECT_EQ(all_of("Six men wounded shoppers."), "count 'Six men' 6");
  EXPECT_EQ(all_of("Some 20 houses were burned."), "count 'Some 20 houses' 20");
  EXPECT_EQ(all_of("Some 30 people were burned."), "injured 'Some 30 people' 30");
  EXPECT_EQ(all_of("Some 30 people burned in the fire."), "injured 'Some 30 people' 30");
  EXPECT_EQ(all_of("Some 30 people hurt Tuesday in clashes."), "injured 'Some 30 people' 30");
  EXPECT_EQ(all_of("Nine people wounded hours after the truce."), "injured 'Nine people' 9");
  EXPECT_EQ(all_of("Nine people shot dead outside offices in Norby."), "killed 'Nine people' 9");
}

TEST(Casualties, OfManyDeaths) {
  EXPECT_EQ(all_of("Norland hanged 11 people."), "killed '11 people' 11");
  EXPECT_EQ(all_of("Nine migrants drowned off Norby."), "killed 'Nine migrants' 9");
  EXPECT_EQ(all_of("Three men were lynched."), "killed 'Three men' 3");
}

TEST(Casualties, BehindWhatIsInserted) {
  EXPECT_EQ(all_of("Two men, aged 50 and 46, died."), "killed 'Two men' 2");
  EXPECT_EQ(all_of("Seven people, including a journalist from Norby, were killed."), "killed 'Seven people' 7");
  EXPECT_EQ(all_of("Seven people, including a journalist, arrived and a guard was killed."), "count 'Seven people' 7");
  EXPECT_EQ(all_of("Nine people, seven of them women, were killed."), "killed 'Nine people' 9; killed 'seven' 7");
  EXPECT_EQ(all_of("Ten men, six from Sudria and four from Norland, were arrested."),
            "arrested 'Ten men' 10; count 'six' 6; arrested 'four' 4");
  EXPECT_EQ(all_of("Two soldiers, three policemen and a boy of 7 were killed."),
            "count 'Two soldiers' 2; killed 'three policemen' 3");
  EXPECT_EQ(all_of("Five soldiers were killed, four of them by a mine."), "killed 'Five soldiers' 5; killed 'four' 4");
  EXPECT_EQ(all_of("One 23-year-old protester was shot dead."), "killed 'One 23-year-old protester' 1");
  EXPECT_EQ(all_of("It resulted in the deaths of as many as 1,500 fighters."),
            "killed 'as many as 1,500 fighters' 1500");
}

TEST(Participants, AreToldByTheWordsBefore) {
  EXPECT_EQ(all_of("The rally drew nearly 5,000 people."), "participants 'nearly 5,000 people' 5000");
}

TEST(Casualties, SideBySideAreOfOneKind) {
  EXPECT_EQ(all_of("Fourteen protesters and four officers were killed."),
            "killed 'Fourteen protesters' 14; killed 'four officers' 4");
  EXPECT_EQ(all_of("It killed 61 people, including eight children."),
            "killed '61 people' 61; killed 'eight children' 8");
  EXPECT_EQ(all_of("It killed 105 people and wounded 291."), "killed '105 people' 105; injured '291' 291");
  EXPECT_EQ(all_of("It killed nine policemen, at least 13 rebels and two guards."),
            "killed 'nine policemen' 9; killed 'at least 13 rebels' 13; killed 'two guards' 2");
  EXPECT_EQ(all_of("There were nineteen fatalities and two survivors."),
            "killed 'nineteen fatalities' 19; count 'two survivors' 2");
  EXPECT_EQ(all_of("Thirty gunmen killed five soldiers."), "count 'Thirty gunmen' 30; killed 'five soldiers' 5");
}

TEST(Counts, HaveTheirNoun) {
  EXPECT_EQ(all_of("Thousands of protesters marched."), "participants 'Thousands of protesters' [2000..9999]");
  EXPECT_EQ(all_of("It sent 450 troops."), "count '450 troops' 450");
  EXPECT_EQ(all_of("He freed 32 of the 45 deputies."), "count '32' 32; count '45 deputies' 45");
  const auto found = reader().find_all("It sent four U.S. oil tankers.", {{0, 30}}, {}, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].quantity.unit, "tankers");
}

TEST(Quantities, ReadPercentDurationDistance) {
  EXPECT_EQ(all_of("up 23% after five years and 40 km"),
            "percent '23%' 23; duration 'five years' 5; distance '40 km' 40");
  EXPECT_EQ(all_of("19.6 per cent, 5 percentage points"),
            "percent '19.6 per cent' 19.6; percent '5 percentage points' 5");
}

/// Values and units of the measures of a text.
std::string measures(std::string_view text) {
  std::string out;
  for (const FoundQuantity& found : reader().find_all(text, {whole(text)}, {}, {})) {
    const Quantity& quantity = found.quantity;
    if ((quantity.kind != QuantityKind::kDistance && quantity.kind != QuantityKind::kOther) || !quantity.value)
      continue;
    std::ostringstream one;
    one << to_string(quantity.kind) << " " << *quantity.value << " " << quantity.unit;
    out.append(out.empty() ? "" : "; ").append(one.str());
  }
  return out;
}

TEST(Quantities, ReadMeasures) {
  EXPECT_EQ(measures("It burnt 40 sq km of forest, 3,000 hectares of wheat and a 45-acre park."),
            "other 40 square kilometre; other 3000 hectare; other 45 acre");
  EXPECT_EQ(measures("They sent 200 tonnes of flour, 16,000 metric tons of rice and 500,000 barrels of oil."),
            "other 200 tonne; other 16000 tonne; other 500000 barrel");
  EXPECT_EQ(measures("Winds of 120 km/h (75 mph) at 38 degrees Celsius, 12 km from the coast."),
            "other 120 kilometre per hour; other 75 mile per hour; other 38 degree celsius; distance 12 kilometre");
  EXPECT_EQ(measures("a wall 6 feet 6 inches high, 9 ft 3 in wide, of 20 (kg) stones"),
            "distance 6.5 foot; distance 9.25 foot; other 20 kilogram");
  EXPECT_EQ(measures("He stood at 6 feet in 12 races."), "distance 6 foot");
  EXPECT_EQ(measures("He took degrees in 45 days."), "") << "no scale, no temperature";
}

TEST(Units, WrongRowsTellFileLineAndReason) {
  const auto failure_of = [](const std::string& rows) {
    const std::string path = ::testing::TempDir() + "/units.tsv";
    std::ofstream(path) << rows;
    const auto units = Units::read(path);
    return units ? std::string() : units.error().describe().substr(path.size() - 9);
  };
  EXPECT_EQ(failure_of("# units\nmetre\tlength\tmetre,metres\n"), "");
  EXPECT_EQ(failure_of("metre\tlength\n"), "units.tsv:1: a unit has 3 columns, not 2");
  EXPECT_EQ(failure_of("metre\tlong\tm\n"), "units.tsv:1: 'long' is no measure");
  EXPECT_EQ(failure_of("metre\tlength\tmetre\nmeter\tlength\tmetre\n"), "units.tsv:2: 'metre' stands twice");
  EXPECT_EQ(failure_of("metre\tlength\tmetre,\n"), "units.tsv:1: an empty form or unit");
}

TEST(Quantities, TakeNoHarmOfHugeAndVagueNumbers) {
  EXPECT_EQ(all_of("They killed 12345678901234567890123456 men."), "killed '12345678901234567890123456 men'");
  EXPECT_EQ(all_of("Voters cast 99999999999999999999 votes."), "count '99999999999999999999 votes'");
  EXPECT_EQ(all_of("It killed between 20 and 10 people."), "killed 'between 20 and 10 people' 10 [10..20]");
  EXPECT_EQ(all_of("They came, dozens, at night."), "count 'dozens' [24..99]");
}

TEST(Quantities, LeaveTrapsAlone) {
  for (const char* text : {"COVID-19 and the F-16", "the G7 and the COP27 summit", "at 10:30 on the day", "after 9/11",
                           "In 2014 it fell.", "on March 3, 2021"}) {
    EXPECT_EQ(all_of(text), "") << text;
  }
}

// What a record keeps

Analysis analysis(std::string_view text, std::vector<Trigger> triggers) {
  Analysis a;
  a.sentences = {whole(text)};
  a.triggers = std::move(triggers);
  return a;
}

Trigger trigger(std::string_view text, std::string_view word, EventType type) {
  Trigger t;
  const auto at = static_cast<uint32_t>(text.find(word));
  t.span = {at, at + static_cast<uint32_t>(word.size())};
  t.type = type;
  return t;
}

std::string kept(std::string_view text, const Analysis& a) {
  std::string out;
  for (const Quantity& quantity : reader().find(text, a, {}, {}))
    out += (out.empty() ? "" : "; ") + print(quantity, text);
  return out;
}

TEST(Record, KeepsThePointsOfAPlanOnce) {
  static const InstrumentReader kInstruments = InstrumentReader::open(DRAGOMAN_SOURCE_DIR "/data");
  const auto parts = [](std::string_view text) {
    Analysis a = analysis(text, {trigger(text, "endorsed", EventType::kSupport)});
    std::string out;
    for (const Quantity& q : reader().find(text, a, {}, {}, {}, kInstruments.find(text, a.sentences)))
      out += print(q, text) + " " + q.unit + ";";
    return out;
  };
  EXPECT_EQ(parts("They endorsed the 12-point plan; the 12-point plan is for peace."), "count '12-point' 12 points;");
  EXPECT_EQ(parts("They endorsed a three-phase ceasefire deal and a six-step peace plan."),
            "count 'three-phase' 3 phases;count 'six-step' 6 steps;");
  EXPECT_EQ(parts("They endorsed him, who has a 30-point lead after a five-step climb."), "");
}

TEST(Record, KeepsHowManyVoteTogether) {
  static const InstrumentReader kInstruments = InstrumentReader::open(DRAGOMAN_SOURCE_DIR "/data");
  const auto voters = [](std::string_view text, std::string_view who) {
    Trigger joined = trigger(text, "joined", EventType::kSupport);
    const auto at = static_cast<uint32_t>(text.find(who));
    joined.fillers.push_back({Role::kActor, {at, at + static_cast<uint32_t>(who.size())}});
    const Analysis a = analysis(text, {joined});
    std::string out;
    for (const Quantity& q : reader().find(text, a, {}, {}, {}, kInstruments.find(text, a.sentences)))
      out += print(q, text) + ";";
    return out;
  };
  const std::string rest = ", alongside the minority leader of the upper chamber, joined the Reds.";
  EXPECT_EQ(voters("To approve the aid bill, 22 Greens" + rest, "22 Greens"), "count '22 Greens' 22;");
  EXPECT_EQ(voters("To approve the aid bill, the 22 Greens" + rest, "the 22 Greens"), "") << "known already";
  EXPECT_EQ(voters("To approve the aid bill, two Greens" + rest, "two Greens"), "") << "a handful";
  EXPECT_EQ(voters("To walk in the park, 22 Greens" + rest, "22 Greens"), "") << "no bill";
}

TEST(Record, KeepsWhatAnEventConcerns) {
  const std::string_view text =
      "The army killed 35 people and seized 120 vehicles while the two countries talked for three days.";
  EXPECT_EQ(kept(text, analysis(text, {trigger(text, "killed", EventType::kAssault),
                                       trigger(text, "seized", EventType::kCoerce)})),
            "killed '35 people' 35; count '120 vehicles' 120");
  const std::string_view measured =
      "The court jailed her for 12 years, 40 km from the town where she lived for 5 years.";
  EXPECT_EQ(kept(measured, analysis(measured, {trigger(measured, "jailed", EventType::kCoerce)})),
            "duration '12 years' 12");
  const std::string_view cut =
      "Norland cut its aid to Wend by 40% to $3 million, a tenth of what 20% of its people want.";
  EXPECT_EQ(kept(cut, analysis(cut, {trigger(cut, "cut", EventType::kSanction)})),
            "money '$3 million' 3000000 USD; percent '40%' 40");
  const std::string_view still = "The town has two bridges, one school and 3 parks.";
  EXPECT_EQ(kept(still, analysis(still, {})), "");
}

TEST(Record, KeepsCasualtiesWithoutAFigure) {
  const std::string_view text = "Rebels killed many farmers and several soldiers in a village with many houses.";
  EXPECT_EQ(kept(text, analysis(text, {trigger(text, "killed", EventType::kAssault)})),
            "killed 'many farmers'; killed 'several soldiers' [3..9]");
  EXPECT_EQ(kept(text, analysis(text, {})), "");
  const std::string_view won =
      "Ilves won 55.1 percent of the vote while Tamm took 39%; 12 percent of the votes were void.";
  EXPECT_EQ(kept(won, analysis(won, {})), "vote '55.1 percent of the vote' 55.1; vote '39%' 39");
}

TEST(Record, KeepsWhoProtestsWithoutAFigure) {
  const auto struck = [](std::string_view text) {
    Trigger strike = trigger(text, "struck", EventType::kProtest);
    const auto at = static_cast<uint32_t>(text.find("Tens"));
    strike.fillers = {{Role::kActor, {at, at + 28}, 1}};
    return kept(text, analysis(text, {strike}));
  };
  EXPECT_EQ(struck("Tens of thousands of teachers struck in Wend."),
            "participants 'Tens of thousands of teachers' [20000..99999]");
  EXPECT_EQ(struck("Tens of thousands of teachers struck\n"),
            "participants 'Tens of thousands of teachers' [20000..99999]");
}

TEST(Record, TakesThePayersCurrencyBeforeTheTexts) {
  const std::string_view text = "In Egypt, Britain gave Lebanon 3 million pounds.";
  Analysis a = analysis(text, {trigger(text, "gave", EventType::kAid)});
  const auto at = [&](std::string_view word) {
    const auto begin = static_cast<uint32_t>(text.find(word));
    return Span{begin, begin + static_cast<uint32_t>(word.size())};
  };
  const auto unit = [&](const std::vector<NamedState>& named) {
    const std::vector<Quantity> found = reader().find(text, a, {}, {"SDN", "LBN"}, named);
    return found.size() == 1 ? found.front().unit : "none";
  };
  const NamedState egypt{at("Egypt"), "EGY"}, britain{at("Britain"), "GBR"}, lebanon{at("Lebanon"), "LBN"};
  EXPECT_EQ(unit({}), "SDG");
  EXPECT_EQ(unit({lebanon, egypt}), "SDG");           // it only receives
  EXPECT_EQ(unit({egypt, britain, lebanon}), "GBP");  // the nearest before the act
  EXPECT_EQ(unit({{at("Britain"), "FRA"}}), "SDG");   // has no pounds
  a.triggers[0].fillers.push_back({Role::kActor, at("Lebanon")});
  EXPECT_EQ(unit({egypt, britain, lebanon}), "LBP");  // the act's own
  a.triggers.clear();
  EXPECT_EQ(unit({egypt, britain, lebanon}), "GBP");  // no act: the first that is not a place
}

TEST(Record, LeavesOutPricesOfAMeasure) {
  const auto kept_of = [](std::string_view text) {
    return kept(text, analysis(text, {trigger(text, "approved", EventType::kSupport)}));
  };
  EXPECT_EQ(kept_of("Norland approved a tax as nickel reached $48,241 per ton in Elm."), "");
  EXPECT_EQ(kept_of("Norland approved a tax at between $28,000 and $30,000 a ton."), "");
  EXPECT_EQ(kept_of("Norland approved $5 million a year for Elm."), "money '$5 million' 5000000 USD");
  EXPECT_EQ(kept_of("Norland approved $5 million and a ton of rice."), "money '$5 million' 5000000 USD");
}

TEST(Record, KeepsOneOfHeadlineAndText) {
  const std::string_view text = "Blast kills 14\nThe blast killed 14 people on the coast.";
  Analysis a;
  a.sentences = {{0, 14}, {15, static_cast<uint32_t>(text.size())}};
  a.triggers = {trigger(text, "kills", EventType::kAssault), trigger(text, "killed", EventType::kAssault)};
  a.triggers[1].sentence = 1;
  EXPECT_EQ(kept(text, a), "killed '14 people' 14");
}

TEST(Record, GivesQuantitiesToTheirEvents) {
  const std::string_view text =
      "The army killed 35 people after the council approved $5 million in aid by 70 votes to 29.";
  const Analysis a =
      analysis(text, {trigger(text, "killed", EventType::kAssault), trigger(text, "approved", EventType::kSupport)});
  const std::vector<Quantity> quantities = reader().find(text, a, {}, {});
  ASSERT_EQ(quantities.size(), 3U);
  EXPECT_EQ(quantities_of(a.triggers[0], a, quantities), (std::vector<uint32_t>{0}));
  EXPECT_EQ(quantities_of(a.triggers[1], a, quantities), (std::vector<uint32_t>{1, 2}));
}

TEST(Record, GivesCasualtiesToTheAttackAndArrestsToTheArrest) {
  const std::string_view text = "At least 5 people were killed and 200 arrested.";
  Analysis a =
      analysis(text, {trigger(text, "killed", EventType::kAssault), trigger(text, "arrested", EventType::kCoerce)});
  for (Trigger& one : a.triggers) {  // both are said to be done to all of them
    one.fillers.push_back({Role::kRecipient, {9, 17}});
    one.fillers.push_back({Role::kRecipient, {34, 37}});
  }
  const std::vector<Quantity> quantities = reader().find(text, a, {}, {});
  ASSERT_EQ(quantities.size(), 2U);
  EXPECT_EQ(quantities_of(a.triggers[0], a, quantities), (std::vector<uint32_t>{0}));
  EXPECT_EQ(quantities_of(a.triggers[1], a, quantities), (std::vector<uint32_t>{1}));
  a.triggers[0].type = EventType::kProtest;
  EXPECT_EQ(quantities_of(a.triggers[0], a, quantities), (std::vector<uint32_t>{0}));
}

TEST(Record, GivesTheFillerBeforeTheNearest) {
  const std::string_view text = "Norland pledged 300 trucks and Sudria refused.";
  Analysis a =
      analysis(text, {trigger(text, "pledged", EventType::kAgree), trigger(text, "refused", EventType::kReject)});
  a.triggers[1].fillers.push_back({Role::kTheme, {16, 26}});
  Quantity trucks;
  trucks.span = {16, 26};
  EXPECT_EQ(quantities_of(a.triggers[1], a, {trucks}), (std::vector<uint32_t>{0}));
  EXPECT_TRUE(quantities_of(a.triggers[0], a, {trucks}).empty());
}

TEST(Counts, ANumberBehindWhatIsNumberedCountsNothing) {
  EXPECT_EQ(all_of("Under Section 194 members of the committee met."), "");
  EXPECT_EQ(all_of("Channel 12 reporters asked 12 lawmakers about Article 9 powers."), "count '12 lawmakers' 12");
}

// Bad data

std::string refusal(const std::string& content) {
  const std::string path = testing::TempDir() + "currencies_test.tsv";
  std::ofstream(path) << content;
  const auto result = Currencies::read(path);
  return result ? "read" : result.error().describe().substr(testing::TempDir().size());
}

TEST(CurrencyFile, IsRefusedWithItsLine) {
  EXPECT_EQ(refusal("# c\nUSD\tUSA\t$\n"), "currencies_test.tsv:2: a currency has 5 columns, not 3");
  EXPECT_EQ(refusal("usd\tUSA\t$\t-\t-\n"), "currencies_test.tsv:1: 'usd' is no ISO 4217 code");
  EXPECT_EQ(refusal("USD\tUSA\t$\t-\t-\nUSD\tUSA\tx\t-\t-\n"), "currencies_test.tsv:2: currency USD is there twice");
  EXPECT_EQ(refusal("USD\tUSA\tx,,y\t-\t-\n"), "currencies_test.tsv:1: an empty form among the forms of a currency");
  EXPECT_EQ(refusal(""), "currencies_test.tsv:1: no currency in this file");
  EXPECT_EQ(refusal("USD\tUSA\t$\t-\t-\n"), "read");
}

TEST(CurrencyFile, HasSixtyCurrenciesAndMore) {
  const auto currencies = Currencies::read(DRAGOMAN_SOURCE_DIR "/data/quantities/currencies.tsv");
  ASSERT_TRUE(currencies);
  EXPECT_GE(currencies->size(), 60U);
}

TEST(Reader, RefusesAFolderWithoutData) { EXPECT_THROW(QuantityReader::open("/nowhere"), Failure); }

}  // namespace
}  // namespace dragoman::coding
