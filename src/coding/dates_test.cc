// SPDX-License-Identifier: Apache-2.0
#include "coding/dates.h"

#include <gtest/gtest.h>

namespace dragoman::coding {
namespace {

const DateReader& reader() {
  static const DateReader kReader = DateReader::open(DRAGOMAN_SOURCE_DIR "/data");
  return kReader;
}

Date published(const char* iso) { return {iso, Precision::kDay, "metadata", {}}; }

std::vector<DateExpression> find(std::string_view text, const std::optional<Date>& on) {
  return reader().find(text, {{0, static_cast<uint32_t>(text.size())}}, on);
}

/// "words=value" of each expression, seen from Wednesday 17 April 2024.
std::string dates_of(std::string_view text, const std::optional<Date>& on = published("2024-04-17")) {
  std::string out;
  for (const DateExpression& expression : find(text, on)) {
    if (!out.empty()) out += "; ";
    out += std::string(expression.span.of(text)) + "=" + (expression.date ? expression.date->value : "?");
  }
  return out;
}

TEST(Dates, ReadsFullDates) {
  EXPECT_EQ(dates_of("on February 24, 2022 in Kyiv"), "February 24, 2022=2022-02-24");
  EXPECT_EQ(dates_of("on 24 February 2022."), "24 February 2022=2022-02-24");
  EXPECT_EQ(dates_of("the 24th of February, 2022"), "24th of February, 2022=2022-02-24");
  EXPECT_EQ(dates_of("Friday 22nd July, 2022"), "Friday 22nd July, 2022=2022-07-22");
  EXPECT_EQ(dates_of("since Tuesday, March 5, 2024,"), "Tuesday, March 5, 2024=2024-03-05");
  EXPECT_EQ(dates_of("2022-02-24 and 24.02.2022 and 24/02/2022"),
            "2022-02-24=2022-02-24; 24.02.2022=2022-02-24; 24/02/2022=2022-02-24");
  EXPECT_EQ(dates_of("03/02/2022"), "03/02/2022=2022");
  EXPECT_EQ(dates_of("March 3-5, 2023 and 3-5 March"),
            "March 3-5, 2023=2023-03-03/2023-03-05; 3-5 March=2024-03-03/2024-03-05");
}

TEST(Dates, ReadsOddForms) {
  EXPECT_EQ(dates_of("Oct-2, Oct/2 and October. 2"), "Oct-2=2023-10-02; Oct/2=2023-10-02; October. 2=2023-10-02");
  EXPECT_EQ(dates_of("21-04-2016, 21/04/16, 2015.5.13"),
            "21-04-2016=2016-04-21; 21/04/16=2016-04-21; 2015.5.13=2015-05-13");
  EXPECT_EQ(dates_of("on january 12th, 2016"), "january 12th, 2016=2016-01-12");
  EXPECT_EQ(dates_of("the twenty second of June 2020"), "twenty second of June 2020=2020-06-22");
  EXPECT_EQ(dates_of("he may march in december"), "december=2023-12");
}

TEST(Dates, ReadsDaysOfAWeekOrMonth) {
  EXPECT_EQ(dates_of("next week on Friday, this week Monday"),
            "next week on Friday=2024-04-26; this week Monday=2024-04-15");
  EXPECT_EQ(dates_of("the first Tuesday of November 2020, the last Monday in May"),
            "the first Tuesday of November 2020=2020-11-03; the last Monday in May=2024-05-27");
  EXPECT_EQ(dates_of("the second Monday of next month"), "the second Monday of next month=2024-05-13");
  EXPECT_EQ(dates_of("on the 27th, on the 3rd. On the 27th floor"), "the 27th=2024-03-27; the 3rd=2024-04-03");
  EXPECT_EQ(dates_of("the 20th of next month, Friday the 12th"),
            "the 20th of next month=2024-05-20; Friday the 12th=2024-04-12");
}

TEST(Dates, CountsFromOtherDays) {
  EXPECT_EQ(dates_of("three days from now, two days after tomorrow, two weeks from tomorrow"),
            "three days from now=2024-04-20; two days after tomorrow=2024-04-20; two weeks from tomorrow=2024-05-02");
  EXPECT_EQ(dates_of("1 month and 21 days ago, 2 years, 1 month and 3 days ago"),
            "1 month and 21 days ago=2024-02-25; 2 years, 1 month and 3 days ago=2022-03-14");
  EXPECT_EQ(dates_of("on 3 March 2024 it fell, and the next day it rose"),
            "3 March 2024=2024-03-03; the next day=2024-03-04");
}

TEST(Dates, CountsYearsFromAYearAndMonthsFromAMonth) {
  EXPECT_EQ(dates_of("signed in 1994 and renewed twelve years later"), "1994=1994; twelve years later=2006");
  EXPECT_EQ(dates_of("in May 2010, and two months later"), "May 2010=2010-05; two months later=2010-07");
  EXPECT_EQ(dates_of("in 1994, and two days later"), "1994=1994; two days later=?");
  EXPECT_EQ(dates_of("the day after Christmas 2022; the day before Monday's vote; the day after the vote"),
            "the day after Christmas 2022=2022-12-26; the day before Monday's=2024-04-14");
  EXPECT_EQ(dates_of("he said on the 3rd that it was over, on the 4th floor"), "the 3rd=2024-04-03");
}

TEST(Dates, CountYearsFromASeason) {
  EXPECT_EQ(find("They voted in the summer of 2019 and again the following year.", published("2020-11-15"))
                .back()
                .date->value,
            "2020");
}

TEST(Dates, HistoryGoesOnInTheYearItTells) {
  const std::string told =
      "In 1911, 1912 and 1913 all was calm. On 3 June 1914 it began. In September it spread; by January ";
  EXPECT_EQ(dates_of(told + "1915 and in March it was everywhere."),
            "1911=1911; 1912=1912; 1913=1913; 3 June 1914=1914-06-03; September=1914-09; January 1915=1915-01; "
            "March=1915-03");
  EXPECT_EQ(dates_of("In 1914 it began. In March it came back."), "1914=1914; March=2024-03");
}

TEST(Dates, GivesTheNearestYearToPartialOnes) {
  EXPECT_EQ(dates_of("on Feb. 24 and on 2 May and on Nov. 12"),
            "Feb. 24=2024-02-24; 2 May=2024-05-02; Nov. 12=2023-11-12");
  EXPECT_EQ(dates_of("in March, in December and in April"), "March=2024-03; December=2023-12; April=2024-04");
  EXPECT_EQ(dates_of("March 2023"), "March 2023=2023-03");
  EXPECT_EQ(dates_of("in November last year"), "November last year=2023-11");
  EXPECT_EQ(dates_of("last December"), "last December=2023-12");
}

TEST(Dates, ReadsYearsDecadesSeasons) {
  EXPECT_EQ(dates_of("in 2014, early 2019 and mid-2020"), "2014=2014; early 2019=2019; mid-2020=2020");
  EXPECT_EQ(dates_of("in 2015-16 and 2018-2022"), "2015-16=2015/2016; 2018-2022=2018/2022");
  EXPECT_EQ(dates_of("in the 1980s and the '90s"), "1980s=1980/1989; '90s=1990/1999");
  EXPECT_EQ(dates_of("the spring of 2014, winter 2019, last summer"),
            "spring of 2014=2014-03/2014-05; winter 2019=2019-12/2020-02; last summer=2023-06/2023-08");
  EXPECT_EQ(dates_of("the first quarter of 2019"), "the first quarter of 2019=2019-01/2019-03");
  EXPECT_EQ(dates_of("in the 19th century"), "19th century=1800/1899");
  EXPECT_EQ(dates_of("in fiscal 2016"), "2016=2016");
}

TEST(Dates, ResolvesWeekdays) {
  EXPECT_EQ(dates_of("on Monday"), "Monday=2024-04-15");
  EXPECT_EQ(dates_of("on Wednesday morning"), "Wednesday morning=2024-04-17");
  EXPECT_EQ(dates_of("Thursday's vote"), "Thursday's=2024-04-11");
  EXPECT_EQ(dates_of("last Wednesday, next Wednesday, this Friday"),
            "last Wednesday=2024-04-10; next Wednesday=2024-04-24; this Friday=2024-04-19");
  EXPECT_EQ(dates_of("on Tuesday last week"), "Tuesday last week=2024-04-09");
}

TEST(Dates, ResolvesWordsSeenFromToday) {
  EXPECT_EQ(dates_of("today, yesterday, tomorrow, tonight"),
            "today=2024-04-17; yesterday=2024-04-16; tomorrow=2024-04-18; tonight=2024-04-17");
  EXPECT_EQ(dates_of("this morning and last night"), "this morning=2024-04-17; last night=2024-04-16");
  EXPECT_EQ(dates_of("the day before yesterday"), "the day before yesterday=2024-04-15");
  EXPECT_EQ(dates_of("last week, this week, next week"),
            "last week=2024-04-08/2024-04-14; this week=2024-04-15/2024-04-21; next week=2024-04-22/2024-04-28");
  EXPECT_EQ(dates_of("last month, next year, this decade"),
            "last month=2024-03; next year=2025; this decade=2020/2029");
  EXPECT_EQ(dates_of("earlier this year"), "earlier this year=2024");
  EXPECT_EQ(dates_of("three days ago, five months ago, ten years ago"),
            "three days ago=2024-04-14; five months ago=2023-11; ten years ago=2014");
  EXPECT_EQ(dates_of("over the past year"), "the past year=2023-04-17/2024-04-17");
  EXPECT_EQ(dates_of("the next two weeks"), "the next two weeks=2024-04-18/2024-05-01");
  EXPECT_EQ(dates_of("last weekend"), "last weekend=2024-04-13/2024-04-14");
  EXPECT_EQ(dates_of("on Christmas Eve"), "Christmas Eve=2023-12-24");
}

TEST(Dates, CountsFromTheDateToldBefore) {
  EXPECT_EQ(dates_of("He left on March 9 and came back two days later."),
            "March 9=2024-03-09; two days later=2024-03-11");
  EXPECT_EQ(dates_of("It came two days earlier."), "two days earlier=?");
}

TEST(Dates, NeverGuessesWithoutAReference) {
  EXPECT_EQ(dates_of("on Monday, last week, in March 2023 and on May 3", std::nullopt),
            "Monday=?; last week=?; March 2023=2023-03; May 3=?");
}

TEST(Dates, JoinsTheEndsOfAStretch) {
  EXPECT_EQ(dates_of("from 3 May 2021 to 7 June 2022"), "3 May 2021 to 7 June 2022=2021-05-03/2022-06-07");
  EXPECT_EQ(dates_of("between 1990 and 1994, and in 1990 and 1994"), "1990 and 1994=1990/1994; 1990=1990; 1994=1994");
  EXPECT_EQ(dates_of("Nov-Feb 2017; Nov 18-Dec 19, 2015"),
            "Nov-Feb 2017=2016-11/2017-02; Nov 18-Dec 19, 2015=2015-11-18/2015-12-19");
  EXPECT_EQ(dates_of("from Monday to Friday"), "Monday to Friday=2024-04-15/2024-04-19");
  EXPECT_EQ(dates_of("from Friday to Monday"), "Friday to Monday=2024-04-12/2024-04-15");
  EXPECT_EQ(dates_of("from May 2023 till now"), "May 2023 till now=2023-05/2024-04-17");
  EXPECT_EQ(dates_of("from 4 to 22 January, 1995"), "4 to 22 January, 1995=1995-01-04/1995-01-22");
  EXPECT_EQ(dates_of("next week between Wednesday and Friday"),
            "next week between Wednesday and Friday=2024-04-24/2024-04-26");
  EXPECT_EQ(dates_of("from Monday to Friday", std::nullopt), "Monday to Friday=?");
  EXPECT_EQ(dates_of("on 3 March \u2014 the same day that it fell"), "3 March=2024-03-03; the same day=2024-03-03");
}

TEST(Dates, TakesStretchesInPart) {
  EXPECT_EQ(dates_of("early this month; at the end of 2009"), "early this month=2024-04; end of 2009=2009");
  EXPECT_EQ(dates_of("the rest of the year"), "rest of the year=2024-04-17/2024-12-31");
  EXPECT_EQ(dates_of("in the year to date"), "year to date=2024-01-01/2024-04-17");
  EXPECT_EQ(dates_of("later in the week"), "later in the week=2024-04-15/2024-04-21");
  EXPECT_EQ(dates_of("within ten days"), "within ten days=2024-04-17/2024-04-27");
  EXPECT_EQ(dates_of("the first three months of 2021, the last ten days of May 2022"),
            "the first three months of 2021=2021-01/2021-03; the last ten days of May 2022=2022-05-22/2022-05-31");
}

TEST(Dates, ReadsWeeksQuartersAndHalves) {
  EXPECT_EQ(dates_of("the first week of October 2016"), "the first week of October 2016=2016-10-03/2016-10-09");
  EXPECT_EQ(dates_of("the last week of 2015"), "the last week of 2015=2015-12-28/2016-01-03");
  EXPECT_EQ(dates_of("the week of 10 April 2018"), "the week of 10 April 2018=2018-04-09/2018-04-15");
  EXPECT_EQ(dates_of("in Q3 2019 and 2016 H2"), "Q3 2019=2019-07/2019-09; 2016 H2=2016-07/2016-12");
  EXPECT_EQ(dates_of("next year's first quarter"), "next year's first quarter=2025-01/2025-03");
  EXPECT_EQ(dates_of("the past two quarters"), "the past two quarters=2023-10/2024-03");
  EXPECT_EQ(dates_of("over the weekend"), "the weekend=2024-04-13/2024-04-14");
}

TEST(Dates, NearWeekdaysGoByTheirBareName) {
  // Seen from a Wednesday "last Monday" is not the one of two days ago; from a Sunday it is that of the week.
  EXPECT_EQ(dates_of("last Monday, last Friday, next Friday"),
            "last Monday=2024-04-08; last Friday=2024-04-12; next Friday=2024-04-26");
  EXPECT_EQ(dates_of("last Tuesday", published("2024-04-21")), "last Tuesday=2024-04-16");
  EXPECT_EQ(dates_of("the coming Friday, past Monday"), "the coming Friday=2024-04-19; past Monday=2024-04-15");
  EXPECT_EQ(dates_of("two Sundays from now"), "two Sundays from now=2024-04-28");
  EXPECT_EQ(dates_of("Friday the 15th"), "Friday the 15th=2024-03-15");
}

TEST(Dates, CountsFromANamedDay) {
  EXPECT_EQ(dates_of("two days before Christmas 2022"), "two days before Christmas 2022=2022-12-23");
  EXPECT_EQ(dates_of("three weeks after 12 January 2020"), "three weeks after 12 January 2020=2020-01-27/2020-02-02");
  EXPECT_EQ(dates_of("three days starting next Monday"), "three days starting next Monday=2024-04-22/2024-04-24");
  EXPECT_EQ(dates_of("two days from May to June"), "May to June=2024-05/2024-06");
}

TEST(Dates, ReadsWordsForYears) {
  EXPECT_EQ(dates_of("in nineteen ninety nine"), "nineteen ninety nine=1999");
  EXPECT_EQ(dates_of("May first two thousand and twelve"), "May first two thousand and twelve=2012-05-01");
  EXPECT_EQ(dates_of("in the seventies and the mid-1990s"), "seventies=1970/1979; mid-1990s=1990/1999");
  EXPECT_EQ(dates_of("in June of '87"), "June of '87=1987-06");
  EXPECT_EQ(dates_of("in two thousand villages"), "");
}

TEST(Dates, KnowsMovingHolidays) {
  EXPECT_EQ(dates_of("Easter Monday 2018, Good Friday 2024, on Thanksgiving"),
            "Easter Monday 2018=2018-04-02; Good Friday 2024=2024-03-29; Thanksgiving=2023-11-23");
  EXPECT_EQ(dates_of("last Easter, next Easter, last year's Easter"),
            "last Easter=2024-03-31; next Easter=2025-04-20; last year's Easter=2023-04-09");
  EXPECT_EQ(dates_of("over Labor Day weekend"), "Labor Day weekend=2023-09-02/2023-09-03");
  EXPECT_EQ(easter(1961), *base::civil_day(1961, 4, 2));
  EXPECT_EQ(easter(2038), *base::civil_day(2038, 4, 25));
}

TEST(Dates, HaveNoDayWhereTheyComeAgainAndAgain) {
  EXPECT_EQ(dates_of("every Monday, on Sundays, each year, every two weeks"),
            "every Monday=?; Sundays=?; each year=?; every two weeks=?");
}

TEST(Dates, OfFiguresThatCanBeTwoAreNotGuessed) {
  EXPECT_EQ(dates_of("22/04 and 04/22"), "22/04=2024-04-22; 04/22=2024-04-22");
  EXPECT_EQ(dates_of("from 10/1 to 11/7"), "10/1 to 11/7=2023-10-01/2023-11-07");
  EXPECT_EQ(dates_of("a 3/4 majority, 24/7, 555-2010, 138-2010-2015"), "");
}

TEST(Dates, LeavesOtherNumbersAndWordsAlone) {
  for (const char* text :
       {"2000 people", "up to 1800 clerics", "It may march.", "Resolution 1701", "Boeing 747 and 1,999 men", "at 10:30",
        "the sun sat", "Mr. May spoke", "route 66", "after 9/11", "$2015", "a fall of rain"}) {
    EXPECT_EQ(dates_of(text), "") << text;
  }
}

TEST(Dates, AreToComeWhereTheVerbSaysSo) {
  const auto value = [](std::string_view text) {  // a Wednesday
    const auto found = find(text, published("2024-03-20"));
    return found.empty() ? "" : found.back().date->value;
  };
  for (const char* text :
       {"Norland and Wend will sign a treaty on Friday.", "Wend must withdraw its troops by Friday.",
        "The union is to be dissolved on Friday.", "On Friday the ministers will meet.",
        "The court demanded that Wend free the men by Friday.", "Norland gave Wend until Friday to pull out.",
        "Wend said it would free the men on Friday.", "The envoy is due to arrive on Friday.",
        "The bridge, which will be opened on Friday, was paid for by Wend.", "The court set the election for Friday.",
        "The ceasefire expires on Friday."})
    EXPECT_EQ(value(text), "2024-03-22") << text;
  for (const char* text :
       {"Norland signed a treaty on Friday.", "Norland said on Friday that it will sign.",
        "By Friday the town had fallen.", "The man who will run the bank, Nils Bo, resigned on Friday.",
        "Wend was accused of murder on Friday.", "Norland would have met Wend on Friday.",
        "They agreed on Friday to meet.", "Friday"})
    EXPECT_EQ(value(text), "2024-03-15") << text;
  EXPECT_EQ(value("They will vote in February."), "2025-02");
  EXPECT_EQ(value("They said it would begin in February."), "2024-02");
}

TEST(Dates, TellsTheFuture) {
  const auto monday = find("They will meet on Monday.", published("2024-04-17")).front();
  EXPECT_EQ(resolve(monday, base::parse_civil_day("2024-04-17"), true)->value, "2024-04-22");
  const auto march = find("They will meet in March.", published("2024-04-17")).front();
  EXPECT_EQ(resolve(march, base::parse_civil_day("2024-04-17"), true)->value, "2025-03");
  EXPECT_FALSE(resolve(monday, std::nullopt, true));
}

// Dates of events

std::optional<Date> date_of(std::string_view text, std::string_view word, const std::optional<Date>& on,
                            bool historical = false, Status status = Status::kActual) {
  Analysis analysis;
  analysis.sentences = {{0, static_cast<uint32_t>(text.size())}};
  Trigger trigger;
  const auto at = static_cast<uint32_t>(text.find(word));
  trigger.span = {at, at + static_cast<uint32_t>(word.size())};
  trigger.status = status;
  return event_date(trigger, historical, text, analysis, find(text, on), on);
}

TEST(EventDate, ComesFromTheSentenceOrThePublication) {
  const auto on = published("2024-04-17");
  EXPECT_EQ(date_of("Norland shelled the port on Monday.", "shelled", on)->value, "2024-04-15");
  EXPECT_EQ(date_of("Norland shelled the port on Monday.", "shelled", on)->basis, "text");
  EXPECT_EQ(date_of("Norland shelled the port.", "shelled", on)->value, "2024-04-17");
  EXPECT_EQ(date_of("Norland shelled the port.", "shelled", on)->basis, "publication");
  EXPECT_FALSE(date_of("Norland once shelled the port.", "shelled", on, true));
  EXPECT_FALSE(date_of("Norland shelled the port on Monday.", "shelled", std::nullopt));
  EXPECT_EQ(date_of("The two will meet on Monday.", "meet", on, false, Status::kFuture)->value, "2024-04-22");
}

TEST(EventDate, PrefersTheDateRole) {
  const std::string_view text = "On Monday he recalled the 2014 raid.";
  Analysis analysis;
  analysis.sentences = {{0, static_cast<uint32_t>(text.size())}};
  Trigger trigger;
  trigger.span = {31, 35};
  trigger.fillers.push_back({Role::kDate, {26, 30}});
  const auto on = published("2024-04-17");
  EXPECT_EQ(event_date(trigger, true, text, analysis, find(text, on), on)->value, "2014");
}

TEST(EventDate, OfPublicationIsADay) {
  const auto date = date_of("Norland shelled the port.", "shelled",
                            Date{"2024-02-14T06:40:00Z", Precision::kSecond, "metadata", std::nullopt});
  EXPECT_EQ(date->value, "2024-02-14");
  EXPECT_EQ(date->precision, Precision::kDay);
  EXPECT_EQ(date->basis, "publication");
}

TEST(EventDate, OfPublicationIsOnlyForWhatWasDone) {
  const auto on = published("2024-04-17");
  for (const Status status : {Status::kFuture, Status::kHypothetical, Status::kAlleged, Status::kNegated}) {
    EXPECT_FALSE(date_of("Norland shells the port.", "shells", on, false, status));
  }
}

TEST(EventDate, BetweenTwoActsIsTheFirstOnes) {
  const std::string_view text = "Police arrested two men on Friday and charged them on Monday.";
  const auto on = published("2024-03-20");
  Analysis analysis;
  analysis.sentences = {{0, static_cast<uint32_t>(text.size())}};
  for (const std::string_view word : {"arrested", "charged"}) {
    Trigger trigger;
    const auto at = static_cast<uint32_t>(text.find(word));
    trigger.span = {at, at + static_cast<uint32_t>(word.size())};
    analysis.triggers.push_back(trigger);
  }
  const auto dates = find(text, on);
  EXPECT_EQ(event_date(analysis.triggers[0], false, text, analysis, dates, on)->value, "2024-03-15");
  EXPECT_EQ(event_date(analysis.triggers[1], false, text, analysis, dates, on)->value, "2024-03-18");
}

TEST(EventDate, OfWhatIsDoneIsNotToCome) {
  const auto on = published("2024-03-20");
  EXPECT_EQ(date_of("Norland will sign the treaty on Friday.", "will sign", on)->value, "2024-03-20");
  EXPECT_EQ(date_of("Norland will sign the treaty on Friday.", "sign", on, false, Status::kFuture)->value,
            "2024-03-22");
}

TEST(EventDate, IsThatOfItsOwnClause) {
  const auto on = published("2024-04-17");
  const char* text = "Norland condemned the raid after Sudria closed the bridge on Monday.";
  EXPECT_EQ(date_of(text, "condemned", on)->basis, "publication");
  EXPECT_EQ(date_of(text, "closed", on)->value, "2024-04-15");
  const char* aside = "Norland, which elected a parliament last month, signed an accord on Monday.";
  EXPECT_EQ(date_of(aside, "signed", on)->value, "2024-04-15");
  EXPECT_EQ(date_of(aside, "elected", on)->value, "2024-03");
  EXPECT_EQ(date_of("On Monday Norland, which rules the bay, signed an accord.", "signed", on)->value, "2024-04-15");
}

TEST(EventDate, IsThatOfAClauseOfTheSameTime) {
  const auto on = published("2024-04-17");
  const char* text = "Five people were killed when rockets struck a market on Sunday, a spokesman said on Monday.";
  EXPECT_EQ(date_of(text, "killed", on)->value, "2024-04-14");
  EXPECT_EQ(date_of(text, "struck", on)->value, "2024-04-14");
  const char* other = "Norland condemned the raid on Monday, while Sudria closed the bridge.";
  EXPECT_EQ(date_of(other, "condemned", on)->value, "2024-04-15");
  EXPECT_EQ(date_of(other, "closed", on)->basis, "publication");
}

TEST(EventDate, OfNewsIsLate) {
  const auto on = published("2024-04-17");
  EXPECT_EQ(date_of("Norland broke the 1960 treaty.", "broke", on)->basis, "publication");
  EXPECT_EQ(date_of("Norland broke the treaty in 1960.", "broke", on, true)->value, "1960");
  EXPECT_FALSE(date_of("Norland broke the treaty of 1960.", "broke", std::nullopt));
  EXPECT_EQ(date_of("Norland has aided the town since Monday.", "aided", on)->basis, "publication");
  EXPECT_EQ(date_of("Sudria agreed to a vote in June 2025.", "agreed", on)->basis, "publication");
  EXPECT_EQ(date_of("Sudria will hold a vote in June 2025.", "hold", on, false, Status::kFuture)->value, "2025-06");
}

Event dated(EventType type, uint32_t actor, std::optional<Date> date) {
  Event event;
  event.type = type;
  event.actors = {{actor, {0, 1}, "", {}, 1.0F}};
  event.date = std::move(date);
  return event;
}

TEST(CarryDates, GoesFromOneTellingOfAnActToTheOther) {
  const Date monday{"2024-04-15", Precision::kDay, "text", std::nullopt};
  const Date sunday{"2024-04-14", Precision::kDay, "text", std::nullopt};
  const Date publication{"2024-04-17", Precision::kDay, "publication", std::nullopt};
  std::vector<Event> events = {dated(EventType::kAssault, 1, publication), dated(EventType::kAssault, 1, monday),
                               dated(EventType::kAssault, 2, publication), dated(EventType::kAccuse, 1, publication)};
  carry_dates(events, {});
  EXPECT_EQ(events[0].date, monday);
  EXPECT_EQ(events[2].date, publication);
  EXPECT_EQ(events[3].date, publication);
  events = {dated(EventType::kAssault, 1, publication), dated(EventType::kAssault, 1, monday),
            dated(EventType::kAssault, 1, sunday)};
  carry_dates(events, {});
  EXPECT_EQ(events[0].date, publication);
}

Event at(Event event, uint32_t begin, uint32_t sentence) {
  event.trigger = {begin, begin + 5};
  event.sentence = sentence;
  return event;
}

TEST(CarryDates, NewsTakesTheDayThatItsArticleTellsOf) {
  const Date monday{"2024-04-15", Precision::kDay, "text", std::nullopt};
  const Date sunday{"2024-04-14", Precision::kDay, "text", std::nullopt};
  const Date publication{"2024-04-17", Precision::kDay, "publication", std::nullopt};
  const std::vector<Block> blocks = {{BlockKind::kParagraph, {0, 100}}, {BlockKind::kParagraph, {102, 200}}};
  const auto assault = [&](uint32_t actor, std::optional<Date> date, uint32_t begin, uint32_t sentence) {
    return at(dated(EventType::kAssault, actor, std::move(date)), begin, sentence);
  };
  // The only day, told in the first sentence: also of what another paragraph tells, but of nothing before it.
  std::vector<Event> events = {assault(1, publication, 5, 0), assault(2, monday, 20, 0),
                               assault(3, publication, 120, 4)};
  carry_dates(events, blocks);
  EXPECT_EQ(events[0].date, publication);
  EXPECT_EQ(events[2].date, monday);
  // The only day, but told late: in its own paragraph alone.
  events = {assault(1, monday, 20, 5), assault(2, publication, 40, 6), assault(3, publication, 120, 7)};
  carry_dates(events, blocks);
  EXPECT_EQ(events[1].date, monday);
  EXPECT_EQ(events[2].date, publication);
  // Two days: the last one told in the paragraph.
  events = {assault(1, sunday, 5, 0), assault(2, monday, 20, 0), assault(3, publication, 40, 1),
            assault(4, publication, 120, 2)};
  carry_dates(events, blocks);
  EXPECT_EQ(events[2].date, monday);
  EXPECT_EQ(events[3].date, publication);
  // What may come, what is denied and what is long past have no day of the news.
  events = {assault(1, monday, 5, 0), assault(2, std::nullopt, 20, 0), assault(3, publication, 40, 0)};
  events[1].status = Status::kAlleged;
  events[2].historical = true;
  carry_dates(events, blocks);
  EXPECT_FALSE(events[1].date);
  EXPECT_EQ(events[2].date, publication);
}

TEST(Precision, OfWhatHasNoValueIsItsUnit) {
  for (const auto& [text, precision] : {std::pair{"last week", Precision::kWeek},
                                        {"on Monday", Precision::kDay},
                                        {"the past two months", Precision::kRange},
                                        {"last summer", Precision::kSeason}}) {
    const auto found = find(text, std::nullopt);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(precision_of(found.front()), precision) << text;
  }
}

}  // namespace
}  // namespace dragoman::coding
