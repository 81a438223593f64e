// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/civil.h"
#include "coding/numbers.h"

namespace dragoman::coding {

/// Units that time expressions count or name.
enum class TimeUnit : uint8_t {
  kNone,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kSeason,
  kHalf,
  kYear,
  kDecade,
  kCentury
};

/// What a word can be in a time expression; one word can be several things ("second", "may", "fall").
struct TimeWord {
  enum class Frame : uint8_t { kNone, kLast, kNext, kThis, kPast };
  /// Uses of a word around an expression, as bits.
  enum Use : uint32_t {
    kDayPart = 1,         ///< "morning"
    kStretchPart = 2,     ///< "early", "mid"
    kStretchPartOf = 4,   ///< "beginning" of
    kRest = 8,            ///< "rest" of
    kSet = 16,            ///< "every"
    kYearKind = 32,       ///< "fiscal"
    kLink = 64,           ///< "to", "until", between the ends of a stretch
    kBeforeMonth = 128,   ///< before a month that is also a common word
    kBeforeYear = 256,    ///< before four digits: they are a year
    kBeforeNumber = 512,  ///< before four digits: they are no year
    kAfterNumber = 1024   ///< after four digits: they are no year
  };

  unsigned month = 0;    ///< 1..12, 0 none
  unsigned weekday = 0;  ///< 1 Monday .. 7, 0 none
  bool alone = true;     ///< month, weekday or season that needs no other word of time beside it
  bool capital = false;  ///< month, weekday or season only with a capital: "march" and "sun" are common words
  std::optional<unsigned> season;
  TimeUnit unit = TimeUnit::kNone;
  bool plural = false;  ///< of the unit
  Frame frame = Frame::kNone;
  int about = 0;            ///< "couple" 2, "few" 3
  int decade = 0;           ///< "seventies" 70, "noughties" 100
  std::optional<int> away;  ///< days from the day of the text: "yesterday" -1
  uint32_t uses = 0;

  bool is(Use use) const { return (uses & use) != 0; }
};

/// Which day of each year it is: of fixed date, of a weekday of its month, or counted from Easter (of the Western
/// churches).
struct DayRule {
  enum class Kind : uint8_t { kFixed, kWeekday, kEaster } kind = Kind::kFixed;
  unsigned month = 0, day = 0;  ///< day of kFixed
  unsigned weekday = 0;         ///< kWeekday: 1 Monday .. 7
  int nth = 0;                  ///< kWeekday: 1..4, -1 the last
  int days = 0;                 ///< kWeekday, kEaster: days after

  base::CivilDay in(int year) const;
};

/// A day that has a name.
struct Holiday {
  std::vector<std::string> words;
  bool common = false;  ///< also a common word: found with a capital only
  DayRule rule;
};

/// Easter Sunday of a year of the Gregorian calendar.
base::CivilDay easter(int year);

/// The words of data/time: words.tsv, holidays.tsv and tense.tsv. Const after open(), shared by threads.
class TimeWords {
 public:
  /// `data` is the knowledge folder. Throws Failure (kKnowledge) with file and line of a wrong row.
  static TimeWords open(const std::string& data);

  /// What the word (ASCII lower case, with or without 's) can be; nullptr for a word of nothing.
  const TimeWord* find(std::string_view lower) const;

  /// What a verb form, or a word beside one, tells of whether a day is past or to come (data/time/FORMAT.md).
  enum class Verb : uint8_t { kFuture, kConditional, kAhead, kWas, kTimetable, kPast, kPassive, kUntil, kTerm, kSet };
  /// `lower`: ASCII lower case.
  bool tells(Verb kind, std::string_view lower) const;

  /// The longest holiday whose words begin at token `at`; nullptr if none does. `capital`: the token has one.
  const Holiday* holiday(const std::vector<Token>& tokens, size_t at, bool capital) const;

 private:
  void read_words(const std::string& path);
  void read_holidays(const std::string& path);
  void read_verbs(const std::string& path);

  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, TimeWord, Hash, std::equal_to<>> words_;
  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> verbs_;                 ///< a bit for each Verb
  std::unordered_map<std::string, std::vector<Holiday>, Hash, std::equal_to<>> holidays_;  ///< by their first word
};

}  // namespace dragoman::coding
