// SPDX-License-Identifier: Apache-2.0
#include "ingest/publication_date.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/civil.h"
#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::ingest {
namespace {

constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2100;

std::string fold(const icu::UnicodeString& word) {
  std::string out;
  icu::UnicodeString(word).toLower(icu::Locale::getRoot()).toUTF8String(out);
  while (out.ends_with('.')) out.pop_back();
  return out;
}

// Month names and their short forms. Where languages disagree, the first in the list has it.
const std::unordered_map<std::string, unsigned>& months() {
  static const auto table = [] {
    std::unordered_map<std::string, unsigned> names{{"sept", 9}};
    for (const char* code :
         {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sk", "sv", "da", "nb",
          "fi", "hu", "ro", "bg", "hr", "sl", "el", "tr", "id", "ms", "ca", "et", "lv", "lt", "vi"}) {
      UErrorCode status = U_ZERO_ERROR;
      const icu::DateFormatSymbols symbols(icu::Locale(code), status);
      if (U_FAILURE(status)) continue;
      for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
        for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
          int32_t count = 0;
          const icu::UnicodeString* found = symbols.getMonths(count, context, width);
          for (int32_t i = 0; i < count && i < 12; ++i) {
            const std::string name = fold(found[i]);
            if (name.size() >= 3 && !base::is_ascii_digit(name[0])) names.emplace(name, i + 1U);
          }
        }
      }
    }
    return names;
  }();
  return table;
}

// Zone abbreviations of newspapers that mean one offset only.
constexpr std::array<std::pair<std::string_view, const char*>, 15> kZones{{
    {"z", "Z"},
    {"gmt", "Z"},
    {"utc", "Z"},
    {"est", "-05:00"},
    {"edt", "-04:00"},
    {"cdt", "-05:00"},
    {"mst", "-07:00"},
    {"mdt", "-06:00"},
    {"pst", "-08:00"},
    {"pdt", "-07:00"},
    {"bst", "+01:00"},
    {"cet", "+01:00"},
    {"cest", "+02:00"},
    {"aest", "+10:00"},
    {"aedt", "+11:00"},
}};

std::string folded_word(std::string_view word) {
  if (std::all_of(word.begin(), word.end(), base::is_ascii_alpha)) return base::lower_ascii(word);
  return fold(icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size()))));
}

struct Token {
  enum class Kind { kNumber, kWord, kOther } kind = Kind::kOther;
  std::string text;    // folded
  int number = -1;     // of at most 9 digits
  bool glued = false;  // no space before it
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  bool space = true;
  for (size_t at = 0; at < text.size() && tokens.size() < 64;) {
    const size_t from = at;
    Token token;
    token.glued = !space;
    space = false;
    if (base::is_ascii_digit(text[at])) {
      while (at < text.size() && base::is_ascii_digit(text[at])) ++at;
      token.kind = Token::Kind::kNumber;
      token.text = text.substr(from, at - from);
      token.number = token.text.size() <= 9 ? std::stoi(token.text) : -1;
    } else if (base::is_ascii_alpha(text[at]) || (text[at] & 0x80) != 0) {
      while (at < text.size() && (base::is_ascii_alpha(text[at]) || (text[at] & 0x80) != 0)) ++at;
      token.kind = Token::Kind::kWord;
      token.text = folded_word(text.substr(from, at - from));
    } else if (base::is_ascii_space(text[at])) {
      ++at;
      space = true;
      continue;
    } else {
      token.text = text.substr(at++, 1);
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

struct Found {
  int year = 0;
  unsigned month = 0, day = 0;
  size_t from = 0, to = 0;  // tokens
};

bool is_year(int number) { return kFirstYear <= number && number <= kLastYear; }

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

class Finder {
 public:
  Finder(std::vector<Token> tokens, DayOrder order) : tokens_(std::move(tokens)), order_(order) {}

  std::optional<Found> date() const {
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (const auto found = numeric(i)) return found;
      if (const auto found = worded(i)) return found;
    }
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (month(i) != 0 && is_year(number(i + 1)) && (i == 0 || digits(i - 1) == 0))
        return Found{number(i + 1), month(i), 0, i, i + 2};
    }
    if (tokens_.size() == 1 && is_year(number(0)) && tokens_[0].text.size() == 4) return Found{number(0), 0, 0, 0, 1};
    return std::nullopt;
  }

  // "T10:00:00Z", "10.30 pm EST", "at 10:00 +0100" after the date or "11:43 AM EST, November 18" before it.
  std::string time(const Found& date) const {
    for (const auto& [from, to] : {std::pair{date.to, tokens_.size()}, std::pair{size_t{0}, date.from}}) {
      for (size_t i = from; i + 2 < to + (to == tokens_.size() ? 0 : 1) && i + 2 < tokens_.size(); ++i) {
        if (std::string found = clock(i); !found.empty()) return found;
      }
    }
    return {};
  }

 private:
  bool is(size_t i, std::string_view text) const { return i < tokens_.size() && tokens_[i].text == text; }
  int number(size_t i) const { return i < tokens_.size() ? tokens_[i].number : -1; }
  size_t digits(size_t i) const { return number(i) < 0 ? 0 : tokens_[i].text.size(); }

  unsigned month(size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind != Token::Kind::kWord) return 0;
    const auto found = months().find(tokens_[i].text);
    return found == months().end() ? 0 : found->second;
  }

  static std::optional<Found> checked(int year, int month, int day, size_t from, size_t to) {
    if (!is_year(year) || month < 1 || month > 12 || day < 1) return std::nullopt;
    if (!base::civil_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) return std::nullopt;
    return Found{year, static_cast<unsigned>(month), static_cast<unsigned>(day), from, to};
  }

  std::optional<Found> numeric(size_t i) const {
    if (digits(i) == 8 && (i == 0 || !tokens_[i].glued)) {
      const int n = number(i);
      return checked(n / 10000, n / 100 % 100, n % 100, i, i + 1);
    }
    if (i + 4 >= tokens_.size() || tokens_[i + 1].text != tokens_[i + 3].text) return std::nullopt;
    const std::string& mark = tokens_[i + 1].text;
    if (mark != "-" && mark != "/" && mark != ".") return std::nullopt;
    const int a = number(i), b = number(i + 2), c = number(i + 4);
    if (digits(i) == 4 && digits(i + 2) <= 2 && digits(i + 4) <= 2) return checked(a, b, c, i, i + 5);
    if (digits(i) > 2 || digits(i + 2) > 2) return std::nullopt;
    if (digits(i + 4) == 2 && order_ != DayOrder::kUnknown && digits(i) + digits(i + 2) == 4) {
      return short_year(a, b, c, mark, i);
    }
    if (digits(i + 4) != 4) return std::nullopt;
    if (mark == "." || a > 12 || a == b) return checked(c, b, a, i, i + 5);  // day first
    if (b > 12) return checked(c, a, b, i, i + 5);
    if (order_ == DayOrder::kUnknown) return std::nullopt;  // may be two days
    return order_ == DayOrder::kDayFirst || mark == "-" ? checked(c, b, a, i, i + 5) : checked(c, a, b, i, i + 5);
  }

  // "31.10.23", "10/31/23": of this century.
  std::optional<Found> short_year(int a, int b, int c, const std::string& mark, size_t i) const {
    const bool day_first = mark == "." || a > 12 || (b <= 12 && order_ == DayOrder::kDayFirst);
    return day_first ? checked(2000 + c, b, a, i, i + 5) : checked(2000 + c, a, b, i, i + 5);
  }

  std::optional<Found> worded(size_t i) const {
    const unsigned name = month(i);
    if (name == 0) return std::nullopt;
    size_t after = i + 1;
    while (is(after, ".") || is(after, ",") || is(after, "de") || is(after, "del") || is(after, "-")) ++after;
    // "28 February 2023", "28. Februar 2023", "28th of February, 2023", "28 de febrero de 2023"
    size_t before = i;
    while (before > 0 && before + 3 > i && digits(before - 1) == 0) --before;
    if (before > 0 && digits(before - 1) >= 1 && digits(before - 1) <= 2 && digits(after) == 4) {
      return checked(number(after), static_cast<int>(name), number(before - 1), before - 1, after + 1);
    }
    // "February 28, 2023", "Feb 28th 2023"
    if (digits(after) == 0 || digits(after) > 2) return std::nullopt;
    size_t year = after + 1;
    while (is(year, ",") || is(year, "th") || is(year, "st") || is(year, "nd") || is(year, "rd")) ++year;
    if (digits(year) != 4) return std::nullopt;
    return checked(number(year), static_cast<int>(name), number(after), i, year + 1);
  }

  std::string clock(size_t i) const {
    if (digits(i) == 0 || digits(i) > 2 || digits(i + 2) != 2 || !(is(i + 1, ":") || is(i + 1, "."))) return {};
    if (!tokens_[i + 1].glued || !tokens_[i + 2].glued) return {};
    int hour = number(i);
    const int minute = number(i + 2);
    int second = -1;
    size_t next = i + 3;
    if (is(next, ":") && digits(next + 1) == 2) {
      second = number(next + 1);
      next += 2;
      if ((is(next, ".") || is(next, ":")) && digits(next + 1) > 0) next += 2;  // fractions of a second
    }
    if (is(next, "am") || is(next, "pm") ||
        ((is(next, "a") || is(next, "p")) && is(next + 1, ".") && is(next + 2, "m"))) {
      const bool pm = tokens_[next].text[0] == 'p';
      if (hour < 1 || hour > 12) return {};
      hour = hour % 12 + (pm ? 12 : 0);
      next += tokens_[next].text.size() == 2 ? 1 : 3;
      if (is(next, ".")) ++next;
    }
    if (hour > 23 || minute > 59 || second > 60) return {};
    std::string out = "T" + two_digits(hour) + ":" + two_digits(minute);
    if (second >= 0) out += ":" + two_digits(second);
    return out += zone(next);
  }

  std::string zone(size_t i) const {
    if (is(i, "(")) ++i;
    if (i >= tokens_.size()) return {};
    for (const auto& [name, offset] : kZones) {
      if (tokens_[i].text == name) return offset;
    }
    const bool sign = is(i, "+") || is(i, "-");
    if (!sign || i + 1 >= tokens_.size() || !tokens_[i + 1].glued) return {};
    const int value = number(i + 1);
    int hours = value, minutes = is(i + 2, ":") && digits(i + 3) == 2 ? number(i + 3) : 0;
    if (digits(i + 1) == 4) {
      hours = value / 100;
      minutes = value % 100;
    } else if (digits(i + 1) != 2) {
      return {};
    }
    if (hours > 14 || minutes > 59) return {};
    return tokens_[i].text + two_digits(hours) + ":" + two_digits(minutes);
  }

  std::vector<Token> tokens_;
  DayOrder order_;
};

// "2023-02-28T10:00:00": the T would stick to the digits' neighbours as a word; a space says the same.
std::string without_t(std::string_view text) {
  std::string out(text);
  for (size_t i = 1; i + 1 < out.size(); ++i) {
    if (out[i] == 'T' && base::is_ascii_digit(out[i - 1]) && base::is_ascii_digit(out[i + 1])) out[i] = ' ';
  }
  return out;
}

}  // namespace

std::optional<Date> parse_publication(std::string_view text, std::string_view basis, DayOrder order) {
  text = base::trim(text).substr(0, 400);
  constexpr ptrdiff_t kFewestDigits = 4;  // of a year
  if (std::count_if(text.begin(), text.end(), base::is_ascii_digit) < kFewestDigits) return std::nullopt;
  const Finder finder(tokens_of(without_t(text)), order);
  const auto found = finder.date();
  if (!found) return std::nullopt;
  Date date;
  date.basis = basis;
  if (found->month == 0) {
    date.value = base::to_iso_year(found->year);
    date.precision = Precision::kYear;
    return date;
  }
  if (found->day == 0) {
    date.value = base::to_iso_month(found->year, found->month);
    date.precision = Precision::kMonth;
    return date;
  }
  const std::string time = finder.time(*found);
  date.value = base::to_iso(*base::civil_day(found->year, found->month, found->day)) + time;
  const bool seconds = time.size() > 6 && time[6] == ':';  // "T10:00:00"
  date.precision = time.empty() ? Precision::kDay : seconds ? Precision::kSecond : Precision::kMinute;
  return date;
}

std::optional<Date> date_of_dateline(std::string_view line) {
  constexpr size_t kLongest = 80;  // bytes up to the dash
  size_t end = kLongest;
  for (const char* dash : {" - ", " -- ", " \u2013 ", " \u2014 ", "\u2014"}) end = std::min(end, line.find(dash));
  if (end >= kLongest) return std::nullopt;
  std::string_view head = line.substr(0, end);
  if (const size_t agency = head.find(" ("); agency != std::string_view::npos) head = head.substr(0, agency);
  // The place: words in capitals at their beginning, and a comma before the date.
  const size_t first_digit = head.find_first_of("0123456789");
  const size_t comma = head.substr(0, first_digit).rfind(',');
  if (first_digit == std::string_view::npos || comma == std::string_view::npos) return std::nullopt;
  for (const std::string_view word : base::split(head.substr(0, comma), ' ')) {
    if (word.empty() || ('a' <= word.front() && word.front() <= 'z')) return std::nullopt;
  }
  constexpr size_t kMostWords = 3;  // "May 14, 2024", "14 May 2024"
  const std::string_view date = base::trim(head.substr(comma + 1));
  if (base::split(date, ' ').size() > kMostWords) return std::nullopt;
  auto told = parse_publication(date, "text");
  return told && told->precision == Precision::kDay ? told : std::nullopt;
}

std::optional<Date> date_in_url(std::string_view url) {
  const size_t scheme = url.find("://");
  const size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return std::nullopt;
  constexpr size_t kLongest = 2000;  // bytes
  std::string part(url.substr(path + 1, std::min(url.find_first_of("?#") - path - 1, kLongest)));
  // "2023/02/28", "2023-02-28", "2023_02_28", "2023/0228", "20230228", "2023/feb/28"
  for (size_t at = 0; at + 6 <= part.size(); ++at) {
    const bool start = at == 0 || !base::is_ascii_digit(part[at - 1]);
    if (!start || (part.compare(at, 2, "19") != 0 && part.compare(at, 2, "20") != 0)) continue;
    std::string digits;
    size_t i = at;
    std::string month_name;
    for (; i < part.size() && digits.size() < 8; ++i) {
      if (base::is_ascii_digit(part[i])) {
        digits.push_back(part[i]);
      } else if (digits.size() == 4 && month_name.empty() && base::is_ascii_alpha(part[i])) {
        while (i < part.size() && base::is_ascii_alpha(part[i])) month_name.push_back(part[i++]);
        const auto month = months().find(base::lower_ascii(month_name));
        if (month == months().end() || i >= part.size() || part[i] != '/') break;
        digits += month->second < 10 ? "0" + std::to_string(month->second) : std::to_string(month->second);
      } else if (part[i] == '/' || part[i] == '-' || part[i] == '_') {
        if (digits.size() == 5 || digits.size() == 7) digits.insert(digits.size() - 1, "0");  // "2023/2/8"
        if (digits.size() < 4) break;
        if (digits.size() >= 8) break;
      } else {
        break;
      }
    }
    if (digits.size() == 7) digits.insert(6, "0");
    if (digits.size() != 8 || (i < part.size() && base::is_ascii_digit(part[i]))) continue;
    if (auto date = parse_publication(digits, "url")) return date;
  }
  return std::nullopt;
}

}  // namespace dragoman::ingest
