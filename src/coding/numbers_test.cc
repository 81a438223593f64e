// SPDX-License-Identifier: Apache-2.0
#include "coding/numbers.h"

#include <gtest/gtest.h>

#include <sstream>

namespace dragoman::coding {
namespace {

/// "text=value" of each number, "[low..high]" for ranges, "th" after ordinals, "/" after shares.
std::string numbers_of(std::string_view text) {
  const std::vector<Token> tokens = tokenize(text, {0, static_cast<uint32_t>(text.size())});
  std::ostringstream out;
  out.precision(15);
  for (const Number& number : find_numbers(tokens)) {
    if (out.tellp() > 0) out << "; ";
    out << text.substr(tokens[number.first].span.begin,
                       tokens[number.last - 1].span.end - tokens[number.first].span.begin)
        << "=";
    if (number.value) out << *number.value;
    if (number.range) out << "[" << number.range->first << ".." << number.range->second << "]";
    if (number.ordinal) out << "th";
    if (number.fraction) out << "/";
  }
  return out.str();
}

TEST(Numbers, ReadsSeparators) {
  EXPECT_EQ(numbers_of("1,234 ships, 1.5 tonnes, 60.06 points"), "1,234=1234; 1.5=1.5; 60.06=60.06");
  EXPECT_EQ(numbers_of("about .08 of it"), ".08=0.08");
  EXPECT_EQ(numbers_of("worth 2,25 billion"), "2,25 billion=2250000000");
  EXPECT_EQ(numbers_of("1 000 people, 12 500 000 votes"), "1 000=1000; 12 500 000=12500000");
  EXPECT_EQ(numbers_of("1.234.567 and 1,234,567.89"), "1.234.567=1234567; 1,234,567.89=1234567.89");
  EXPECT_EQ(numbers_of("more than 1.000 persons"), "1.000=1000");
  EXPECT_EQ(numbers_of("1,50,000 farmers"), "1,50,000=150000");
  EXPECT_EQ(numbers_of("On March 5 200 people came"), "5=5; 200=200");
}

TEST(Numbers, ReadsMagnitudes) {
  EXPECT_EQ(numbers_of("5 million, 5bn, 1.65m, 300k, 2 trillion"),
            "5 million=5000000; 5bn=5000000000; 1.65m=1650000; 300k=300000; 2 trillion=2000000000000");
  EXPECT_EQ(numbers_of("3 lakh farmers, 40 crore"), "3 lakh=300000; 40 crore=400000000");
  EXPECT_EQ(numbers_of("2 lakh crore"), "2 lakh crore=2000000000000");
  EXPECT_EQ(numbers_of("a 60-million fund"), "60-million=60000000");
  EXPECT_EQ(numbers_of("5 m wide"), "5=5");
}

TEST(Numbers, ReadsOddForms) {
  EXPECT_EQ(numbers_of("1 234 567.89 barrels, 1 234.5 more"), "1 234 567.89=1234567.89; 1=1; 234.5=234.5");
  EXPECT_EQ(numbers_of("three hundred and two dozen eggs"), "three hundred and two dozen=324");
  EXPECT_EQ(numbers_of("two hundred dozen, 3 dz"), "two hundred dozen=2400; 3 dz=36");
  EXPECT_EQ(numbers_of("fifty - two"), "fifty - two=52");
  EXPECT_EQ(numbers_of("nought point eleven, six point seventy-one"),
            "nought point eleven=0.11; six point seventy-one=6.71");
  EXPECT_EQ(numbers_of("10 billion or 10 trillion"), "10 billion=10000000000; 10 trillion=10000000000000");
  EXPECT_EQ(numbers_of("2.33 k"), "2.33 k=2330");
  EXPECT_EQ(numbers_of("about 67 thousand 338 votes, 5 thousand 500-peso notes"),
            "67 thousand 338=67338; 5 thousand=5000; 500=500");
  EXPECT_EQ(numbers_of("12-and-a-half years, two-and-a-half, 6 and a quarter"),
            "12-and-a-half=12.5; two-and-a-half=2.5; 6 and a quarter=6.25");
}

TEST(Numbers, ReadsWords) {
  EXPECT_EQ(numbers_of("twenty-three thousand"), "twenty-three thousand=23000");
  EXPECT_EQ(numbers_of("Ninety-Four airmen"), "Ninety-Four=94");
  EXPECT_EQ(numbers_of("a dozen men, two dozen boats"), "a dozen=12; two dozen=24");
  EXPECT_EQ(numbers_of("half a million"), "half a million=500000");
  EXPECT_EQ(numbers_of("a quarter of a million"), "a quarter of a million=250000");
  EXPECT_EQ(numbers_of("one hundred and five"), "one hundred and five=105");
  EXPECT_EQ(numbers_of("two million three hundred thousand and one"),
            "two million three hundred thousand and one=2300001");
  EXPECT_EQ(numbers_of("two and a half million"), "two and a half million=2500000");
  EXPECT_EQ(numbers_of("a hundred men and three women"), "a hundred=100; three=3");
  EXPECT_EQ(numbers_of("three dozen, five dozens"), "three dozen=36; five dozens=60");
  EXPECT_EQ(numbers_of("two hundred point seven one"), "two hundred point seven one=200.71");
  EXPECT_EQ(numbers_of("half a dozen dozen eggs, two dozen dozen"), "half a dozen dozen=72; two dozen dozen=288");
  EXPECT_EQ(numbers_of("three lakh crore"), "three lakh crore=3000000000000");
  EXPECT_EQ(numbers_of("this one, the one who spoke"), "");
  EXPECT_EQ(numbers_of("four and five"), "four=4; five=5");
}

TEST(Numbers, NumbersTooLargeToCountHaveNoValue) {
  EXPECT_EQ(numbers_of("12345678901234567890123456 men"), "12345678901234567890123456=");
  EXPECT_EQ(numbers_of("9,007,199,254,740,992"), "9,007,199,254,740,992=9.00719925474099e+15");
  EXPECT_EQ(numbers_of("90 quadrillion"), "90 quadrillion=");
  EXPECT_EQ(numbers_of("between 5 and 99999999999999999999 men"), "5=5; 99999999999999999999=");
}

TEST(Numbers, KeepsOrdinalsAndSharesApart) {
  EXPECT_EQ(numbers_of("the third of its kind, the 23rd, the twenty-first"), "third=3th; 23rd=23th; twenty-first=21th");
  EXPECT_EQ(numbers_of("two-thirds of seats, three quarters"), "two-thirds=0.666666666666667/; three quarters=0.75/");
  EXPECT_EQ(numbers_of("half of them"), "half=0.5/");
}

TEST(Numbers, JoinsRanges) {
  EXPECT_EQ(numbers_of("12 to 14"), "12 to 14=12[12..14]");
  EXPECT_EQ(numbers_of("between 5 and 7"), "5 and 7=5[5..7]");
  EXPECT_EQ(numbers_of("200-300"), "200-300=200[200..300]");
  EXPECT_EQ(numbers_of("10-to-20"), "10-to-20=10[10..20]");
  EXPECT_EQ(numbers_of("10 -to- 20"), numbers_of("10 - to - 20"));
  EXPECT_EQ(numbers_of("ten to twenty thousand"), "ten to twenty thousand=10000[10000..20000]");
  EXPECT_EQ(numbers_of("two or three"), "two or three=2[2..3]");
  EXPECT_EQ(numbers_of("70-29"), "70=70; 29=29");
  EXPECT_EQ(numbers_of("between 20 and 10 men, from 20 to 10 men"), "20 and 10=10[10..20]; 20=20; 10=10");
  EXPECT_EQ(numbers_of("between five and five"), "five and five=5");
}

TEST(Numbers, GivesVagueOnesARangeAndNoValue) {
  EXPECT_EQ(numbers_of("dozens of men"), "dozens=[24..99]");
  EXPECT_EQ(numbers_of("tens of thousands marched"), "tens of thousands=[20000..99999]");
  EXPECT_EQ(numbers_of("hundreds of thousands"), "hundreds of thousands=[200000..999999]");
  EXPECT_EQ(numbers_of("several hundred men, a few dozen cars"), "several hundred=[200..999]; a few dozen=[24..99]");
  EXPECT_EQ(numbers_of("scores of others, the scores"), "scores=[40..199]");
}

TEST(Numbers, LeavesCodesTimesAndDatesAlone) {
  for (const char* text :
       {"COVID-19", "F-16", "the G7", "at 10:30", "after 9/11", "24/7", "a 75I class", "the 1980s", "v2.0.1"}) {
    EXPECT_EQ(numbers_of(text), "") << text;
  }
}

TEST(Numbers, FindsApproximationStart) {
  const auto start = [](std::string_view text) {
    const std::vector<Token> tokens = tokenize(text, {0, static_cast<uint32_t>(text.size())});
    return approximation_start(tokens, find_numbers(tokens).front().first);
  };
  EXPECT_EQ(start("killed at least 20"), 1U);
  EXPECT_EQ(start("killed more than 20"), 1U);
  EXPECT_EQ(start("for an estimated 400"), 1U);
  EXPECT_EQ(start("up to 17,000 troops"), 0U);
  EXPECT_EQ(start("went to 3 towns"), 2U);
  EXPECT_EQ(start("the four men"), 1U);
}

}  // namespace
}  // namespace dragoman::coding
