// SPDX-License-Identifier: Apache-2.0
// spec_check DATA numbers|percents|money|units|dates SPEC.json... [--failures N]
//   Runs the number, percentage, currency or date readers over public specifications (JSON lists of cases with
//   "Input" and "Results") and prints how many of the applicable cases pass. A case passes if every result has
//   a reading of the same value at its place and nothing else is read.
//
//   Not applicable, numbers and money: results that this engine does not read by design (negative numbers, powers,
//   fractions with a bar, figures inside codes, addresses and dates).
//   Units: also those whose result has no figure, or a unit that no row of units.tsv has (bits, cups, angles, degrees
//   without a scale) or only by one letter ("1m" is a million in news).
//   Dates: applicable are the cases whose results are all days or stretches of days. Left out are so
//   - cases with a result of another type: times of the day, lengths of time, sets ("every Monday"), zones,
//   alternatives;
//   - results without a value, and those that hang on what another text tells ("that weekend": Mod "ref_undef");
//   - days in figures that are one day in London and another in New York ("03/02/2022"), which this engine does not
//   guess;
//   - what is no date in news: a unit alone with an article ("the week", "my day"), a number alone ("the 27",
//   "on 4.22");
//   - working days, which hang on a country's calendar, and feasts that hang on the moon;
//   - cases without results in the files of one type, where a date of another type may stand.
//   A day that no calendar has (0001-01-01) must not be read. A value is right if it is the stretch of days of one of
//   the resolutions, past or future, or of its Timex. Specifications give the first day after a stretch, so its
//   end may be one day less; an end that is told as a week, month or year is its first day there; dates counted in
//   weeks, months or years ("two years ago") are read at that precision and must hold the day; a part of a stretch
//   ("late March") is read as the stretch and must hold it. The reference is also the date told before ("the next
//   day"), as there is no text before.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/utf8.h"
#include "coding/dates.h"
#include "coding/numbers.h"
#include "coding/quantities.h"

namespace {

using namespace dragoman;
using nlohmann::json;

/// Something read, or something expected, in one form: place and values any of which is right.
struct Reading {
  uint32_t begin = 0, end = 0;  ///< code points
  std::vector<std::string> values;
  bool counted = false;  ///< dates: in months or years from another
  std::string last;      ///< dates: the second end of a stretch told by two
};

std::string number_text(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

using Reader = std::function<std::vector<Reading>(const std::string& text, const json& test)>;
/// Of a result of a text; none if it is not applicable.
using Expected = std::function<std::optional<std::vector<std::string>>(const json& result, const std::string& text)>;
using Agree = std::function<bool(const std::vector<std::string>& expected, const Reading& read)>;

Reading at(Span span, const base::CodePoints& points, std::string value) {
  return {points.of_byte(span.begin), points.of_byte(span.end), {std::move(value)}};
}

Span whole(const std::string& text) { return {0, static_cast<uint32_t>(text.size())}; }

std::vector<Reading> read_numbers(const std::string& text) {
  const base::CodePoints points(text);
  std::vector<Reading> all;
  const std::vector<coding::Token> tokens = coding::tokenize(text, whole(text));
  for (const coding::Number& number : coding::find_numbers(tokens)) {
    if (number.ordinal || !number.value) continue;
    all.push_back(
        at({tokens[number.first].span.begin, tokens[number.last - 1].span.end}, points, number_text(*number.value)));
  }
  return all;
}

std::vector<Reading> read_quantities(const coding::QuantityReader& reader, const std::string& text, QuantityKind kind) {
  const base::CodePoints points(text);
  std::vector<Reading> all;
  for (const coding::FoundQuantity& found : reader.find_all(text, {whole(text)}, {}, {})) {
    if (found.quantity.kind != kind || !found.quantity.value) continue;
    all.push_back(at(found.quantity.span, points, number_text(*found.quantity.value)));
    if (kind == QuantityKind::kMoney) all.back().values.push_back(found.quantity.unit);
  }
  return all;
}

std::vector<Reading> read_dates(const coding::DateReader& reader, const std::string& text, const json& test) {
  const base::CodePoints points(text);
  std::optional<Date> reference;
  if (test.contains("Context") && test["Context"].contains("ReferenceDateTime"))
    reference =
        Date{test["Context"]["ReferenceDateTime"].get<std::string>().substr(0, 10), Precision::kDay, "metadata", {}};
  std::vector<Reading> all;
  for (coding::DateExpression& expression : reader.find(text, {whole(text)}, reference)) {
    if (!expression.date)
      expression.date = coding::resolve(expression, coding::day_of(reference), false, coding::day_of(reference));
    if (!expression.date) continue;
    all.push_back(at(expression.span, points, expression.date->value));
    using Expression = coding::DateExpression;
    all.back().counted =
        (expression.frame == Expression::Frame::kOffset || expression.frame == Expression::Frame::kTextOffset) &&
        (expression.unit == Expression::Unit::kWeek || expression.unit == Expression::Unit::kMonth ||
         expression.unit == Expression::Unit::kYear);
    if (!expression.ends.empty()) {
      if (const auto last = coding::resolve(expression.ends.back(), coding::day_of(reference), false))
        all.back().last = last->value;
    }
    if (const auto future = coding::resolve(expression, coding::day_of(reference), true, coding::day_of(reference)))
      all.back().values.push_back(future->value);
  }
  return all;
}

/// Whether the figure goes on behind a full stop, dash, stroke or comma: "192.168.1.2", "5/17/2018", "SCP-173".
bool is_part_of_code(const json& result, const std::string& text) {
  const base::CodePoints points(text);
  const std::string own = result["Text"];
  const uint32_t first = result["Start"], begin = points.to_byte(first);
  const size_t end = begin + own.size();
  const auto joint = [&](size_t at) { return std::string_view("./-,+").find(text[at]) != std::string_view::npos; };
  const auto sign = [&](size_t at) { return base::is_ascii_alpha(text[at]) || base::is_ascii_digit(text[at]); };
  const bool figure = base::is_ascii_digit(own.front());
  return figure &&
         ((begin > 1 && joint(begin - 1) && sign(begin - 2)) || (end + 1 < text.size() && joint(end) && sign(end + 1)));
}

std::optional<std::vector<std::string>> expected_number(const json& result, const std::string& text) {
  const json& resolution = result["Resolution"];
  const std::string kind = resolution.value("subtype", "");
  if (kind != "integer" && kind != "decimal") return std::nullopt;
  const std::string value = resolution["value"];
  if (is_part_of_code(result, text)) return std::nullopt;
  if (value.starts_with("-") || result["Text"].get<std::string>().find('^') != std::string::npos) return std::nullopt;
  return std::vector<std::string>{number_text(std::stod(value))};
}

std::optional<std::vector<std::string>> expected_percent(const json& result, const std::string&) {
  std::string value = result["Resolution"].value("value", "");
  if (value.empty() || !base::is_ascii_digit(value.front())) return std::nullopt;
  if (value.back() == '%') value.pop_back();
  return std::vector<std::string>{number_text(std::stod(value))};
}

std::optional<std::vector<std::string>> expected_money(const json& result, const std::string&) {
  const json& resolution = result["Resolution"];
  if (!resolution.contains("value") || !resolution["value"].is_string() ||
      resolution["value"].get<std::string>().starts_with("-"))
    return std::nullopt;
  // Hundredths are given in the currency itself: 50 cents are 0.5.
  const std::string unit = resolution.value("unit", "");
  const double scale = unit == "Cent" || unit == "Penny" || unit == "Pence" ? 0.01 : 1;
  std::vector<std::string> values{number_text(std::stod(resolution["value"].get<std::string>()) * scale)};
  if (resolution.contains("isoCurrency") && resolution["isoCurrency"].is_string() &&
      !resolution["isoCurrency"].get<std::string>().starts_with("_"))
    values.push_back(resolution["isoCurrency"]);
  return values;
}

/// A specification's unit as units.tsv names it: "Square meter", "C".
std::string unit_name(std::string unit) {
  if (unit == "C") return "degree celsius";
  if (unit == "F") return "degree fahrenheit";
  unit = base::lower_ascii(unit);
  if (unit == "metric ton") return "tonne";
  for (const std::string ending : {"meter", "liter"})
    if (const size_t at = unit.find(ending); at != std::string::npos) unit.replace(at, 5, ending.substr(0, 3) + "re");
  return unit;
}

/// Years, months and days of an age are lengths of time.
std::optional<std::vector<std::string>> expected_unit(const json& result, const std::string&,
                                                      const coding::Units& units) {
  const json& resolution = result["Resolution"];
  if (!resolution.contains("value") || !resolution["value"].is_string()) return std::nullopt;
  const std::string value = resolution["value"], unit = unit_name(resolution.value("unit", ""));
  const std::string own = result["Text"];
  const size_t letter = own.find_last_of("0123456789 ");
  if (value.starts_with("-") || (letter != std::string::npos && letter + 2 == own.size())) return std::nullopt;
  const auto tokens = coding::tokenize(unit, whole(unit));
  const auto known = units.at(tokens, 0);
  if (!known || known->tokens < tokens.size() || own.find('/') < own.find_last_of("0123456789")) return std::nullopt;
  const bool metric = unit == "ton" && own.find("tonne") != std::string::npos;  // called a ton there
  return std::vector<std::string>{number_text(std::stod(value)), metric ? "tonne" : unit};
}

std::vector<Reading> read_units(const coding::QuantityReader& reader, const std::string& text) {
  const base::CodePoints points(text);
  std::vector<Reading> all;
  for (const coding::FoundQuantity& found : reader.find_all(text, {whole(text)}, {}, {})) {
    const Quantity& quantity = found.quantity;
    if ((quantity.kind != QuantityKind::kDistance && quantity.kind != QuantityKind::kOther) || !quantity.value)
      continue;
    all.push_back(at(quantity.span, points, number_text(*quantity.value)));
    all.back().values.push_back(quantity.unit);
  }
  return all;
}

constexpr const char* kNoSuchDay = "0001-01-01";

bool is_dates(const json& result) {
  std::string type = result.value("TypeName", result.value("Type", ""));
  type = type.substr(type.rfind('.') + 1);
  return type == "date" || type == "daterange";
}

/// Adds "start/end" or a day of one resolution.
void add_resolution(const json& value, std::vector<std::string>& values) {
  const auto text = [&](std::initializer_list<const char*> keys) -> std::string {
    for (const char* key : keys)
      if (value.contains(key) && value[key].is_string()) return value[key];
    return "";
  };
  if (const std::string day = text({"date", "value"}); !day.empty()) values.push_back(day);
  const std::string start = text({"startDate", "start"}), end = text({"endDate", "end"});
  if (!start.empty() && !end.empty()) values.push_back(std::string(start).append("/").append(end));
}

struct Stretch {
  base::CivilDay first, last, last_begins;  ///< first day of what the end is told as
};

/// Days of "2016-11-07", "2016-11", "2016", "2016-W45", "2016-W45-WE", "2016-SU" and "start/end" of these.
std::optional<Stretch> stretch_of(const std::string& value) {
  if (const size_t slash = value.find('/'); slash != std::string::npos) {
    const auto first = stretch_of(value.substr(0, slash)), last = stretch_of(value.substr(slash + 1));
    if (!first || !last) return std::nullopt;
    return Stretch{first->first, last->last, last->first};
  }
  const auto number = [&](size_t from, size_t size) {
    return base::trim(value.substr(from, size)).find_first_not_of("0123456789") == std::string_view::npos
               ? std::stoi(value.substr(from, size))
               : -1;
  };
  using std::chrono::days;
  if (const auto day = value.size() == 10 ? base::parse_civil_day(value) : std::nullopt)
    return Stretch{*day, *day, *day};
  if (value.size() < 4 || number(0, 4) < 1) return std::nullopt;
  const int year = number(0, 4);
  const auto months = [&](unsigned month, int count) {
    const auto first = base::civil_day(year, month, 1);
    return first ? std::optional(Stretch{*first, base::add_months(*first, count) - days(1), *first}) : std::nullopt;
  };
  if (value.size() == 4) return months(1, 12);
  if (value.size() == 7 && value[4] == '-' && number(5, 2) > 0) return months(static_cast<unsigned>(number(5, 2)), 1);
  if (value.size() == 7 && value.ends_with("SP")) return months(3, 3);
  if (value.size() == 7 && value.ends_with("SU")) return months(6, 3);
  if (value.size() == 7 && value.ends_with("FA")) return months(9, 3);
  if (value.size() == 7 && value.ends_with("WI")) return months(12, 3);
  if (value.size() >= 8 && value[5] == 'W' && number(6, 2) > 0) {
    const base::CivilDay monday = base::week_start(*base::civil_day(year, 1, 4)) + days(7 * (number(6, 2) - 1));
    if (value.size() == 8) return Stretch{monday, monday + days(6), monday};
    if (value.ends_with("-WE")) return Stretch{monday + days(5), monday + days(6), monday + days(5)};
  }
  return std::nullopt;
}

constexpr const char* kPart = "part";

/// "03/02/2022" is one day in London and another in New York; with a dot it may be a number.
bool is_two_days(const std::string& text) {
  static const std::regex kFigures(R"((^|[^0-9/-])([0-9]{1,2})[/-]([0-9]{1,2})([/-][0-9]+)?)");
  std::smatch found;
  if (!std::regex_search(text, found, kFigures)) return false;
  const int a = std::stoi(found[2]), b = std::stoi(found[3]);
  return a <= 12 && b <= 12 && a != b;
}

/// What this engine does not take for a date, by design: see the head of this file.
bool is_no_date(const std::string& text) {
  static const std::regex kKinds(
      R"(^(the|my) (day|week|weekend|month|year)$|business day|^(on )?(the )?[0-9]{1,2}([.-][0-9]{1,2})?$|)"
      R"(eid|ramadan|ramazan|ramzan|ramadhan|ramathan|breaking the fast|islamic|hijri|arabic new year|yuandan)",
      std::regex::icase);
  return std::regex_search(text, kKinds);
}

/// "late March" is read as the stretch that it is part of, as TIMEX does.
bool is_part(const std::string& text) {
  static const std::regex kWords(R"(^(the )?(early|late|mid|earlier|later|beginning|start|middle|end)\b.*)",
                                 std::regex::icase);
  return std::regex_match(text, kWords);
}

/// Past and future resolutions, and the Timex where it is a date itself.
std::optional<std::vector<std::string>> expected_date(const json& result, const std::string&) {
  if (!is_dates(result)) return std::nullopt;
  std::vector<std::string> values;
  const json& told = result.contains("Resolution") ? result["Resolution"] : result.value("Value", json::object());
  const auto add_timex = [&](const json& holder, const char* key) {
    if (holder.contains(key) && holder[key].is_string())
      values.push_back(std::string("T").append(holder[key].get<std::string>()));
  };
  if (told.is_null()) return std::nullopt;
  if (told.contains("values")) {
    for (const json& value : told["values"]) {
      if (value.value("Mod", "") == "ref_undef") return std::nullopt;
      add_resolution(value, values);
      add_timex(value, "timex");
    }
  } else {
    for (const char* tense : {"PastResolution", "FutureResolution"})
      if (told.contains(tense)) add_resolution(told[tense], values);
    add_timex(told, "Timex");
  }
  const bool whole = std::any_of(values.begin(), values.end(), [](const std::string& v) {
    return stretch_of(v.front() == 'T' ? v.substr(1) : v).has_value();
  });
  const std::string text = result.value("Text", "");
  if (!whole || is_two_days(text) || is_no_date(text)) return std::nullopt;
  if (is_part(result.value("Text", ""))) values.insert(values.begin(), kPart);
  return values;
}

bool same_dates(const std::vector<std::string>& expected, const Reading& read) {
  using std::chrono::days;
  const bool part = expected.front() == kPart;
  for (const std::string& ours : read.values) {
    const auto got = stretch_of(ours);
    if (!got) continue;
    for (const std::string& theirs : expected) {
      const bool timex = theirs.front() == 'T';
      const auto want = stretch_of(timex ? theirs.substr(1) : theirs);
      if (!want) continue;
      if ((read.counted || part) && got->first <= want->first && want->last <= got->last) return true;
      if (got->first != want->first) continue;
      if (got->last == want->last) return true;
      const bool range = !timex && theirs.find('/') != std::string::npos;
      if (range && (got->last + days(1) == want->last || got->last_begins == want->last)) return true;
      const auto last = range ? stretch_of(read.last) : std::nullopt;
      if (last && last->last == got->last && last->first == want->last) return true;
    }
  }
  return false;
}

/// Numbers and money must agree in every value given.
bool same_values(const std::vector<std::string>& expected, const Reading& read) {
  if (read.values.empty() || read.values.front() != expected.front()) return false;
  return expected.size() < 2 || (read.values.size() > 1 && read.values[1] == expected[1]);
}

struct Tally {
  int applicable = 0, passed = 0, left_out = 0;
};

void run(const std::string& path, const Reader& read, const Expected& expected, const Agree& agree, int& failures,
         Tally& all) {
  std::ifstream file(path);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const json tests = json::parse(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  Tally tally;
  for (const json& test : tests) {
    std::vector<Reading> wanted;
    const bool one_type = path.find("Parser.json") != std::string::npos && path.find("Merged") == std::string::npos;
    bool applicable = !test["Results"].empty() || !one_type;
    for (const json& result : test["Results"]) {
      const auto values = expected(result, test["Input"]);
      if (!values || !result.contains("Start")) {
        applicable = false;
        break;
      }
      const uint32_t begin = result["Start"].get<uint32_t>();
      const uint32_t end =
          result.contains("End") ? result["End"].get<uint32_t>() + 1 : begin + result["Length"].get<uint32_t>();
      if (std::find(values->begin(), values->end(), kNoSuchDay) == values->end())
        wanted.push_back({begin, end, *values});
    }
    if (!applicable) {
      ++tally.left_out;
      continue;
    }
    const std::string text = test["Input"];
    std::vector<Reading> found = read(text, test);
    bool pass = found.size() == wanted.size();
    for (const Reading& want : wanted) {
      pass = pass && std::any_of(found.begin(), found.end(), [&](const Reading& one) {
               return one.begin < want.end && want.begin < one.end && agree(want.values, one);
             });
    }
    ++tally.applicable;
    tally.passed += pass;
    if (!pass && failures-- > 0) {
      std::cout << "  fails: " << text << "\n    wanted";
      for (const Reading& one : wanted)
        std::cout << " [" << one.values.front() << (one.values.size() > 1 ? " " + one.values[1] : "") << "]";
      std::cout << ", read";
      for (const Reading& one : found)
        std::cout << " [" << one.values.front() << (one.values.size() > 1 ? " " + one.values[1] : "") << "]";
      std::cout << "\n";
    }
  }
  std::cout << path.substr(path.rfind('/') + 1) << ": " << tally.passed << " of " << tally.applicable
            << " applicable pass, " << tally.left_out << " left out\n";
  all.applicable += tally.applicable;
  all.passed += tally.passed;
  all.left_out += tally.left_out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: spec_check DATA numbers|percents|money|units|dates SPEC.json... [--failures N]\n";
    return 2;
  }
  const std::string what = argv[2];
  int failures = 0;
  std::vector<std::string> paths;
  for (int i = 3; i < argc; ++i) {
    if (std::string(argv[i]) == "--failures" && i + 1 < argc)
      failures = std::atoi(argv[++i]);
    else
      paths.emplace_back(argv[i]);
  }
  const coding::QuantityReader quantities = coding::QuantityReader::open(argv[1]);
  const coding::DateReader dates = coding::DateReader::open(argv[1]);
  const auto units = coding::Units::read(std::string(argv[1]) + "/quantities/units.tsv");
  Reader read;
  Expected expected;
  const Agree agree = what == "dates" ? same_dates : same_values;
  if (what == "numbers") {
    read = [](const std::string& text, const json&) { return read_numbers(text); };
    expected = expected_number;
  } else if (what == "percents") {
    read = [&](const std::string& text, const json&) {
      return read_quantities(quantities, text, QuantityKind::kPercent);
    };
    expected = expected_percent;
  } else if (what == "money") {
    read = [&](const std::string& text, const json&) {
      return read_quantities(quantities, text, QuantityKind::kMoney);
    };
    expected = expected_money;
  } else if (what == "units") {
    read = [&](const std::string& text, const json&) { return read_units(quantities, text); };
    expected = [&](const json& result, const std::string& text) { return expected_unit(result, text, *units); };
  } else if (what == "dates") {
    read = [&](const std::string& text, const json& test) { return read_dates(dates, text, test); };
    expected = expected_date;
  } else {
    std::cerr << "spec_check: '" << what << "' is none of numbers, percents, money, units, dates\n";
    return 2;
  }
  Tally all;
  for (const std::string& path : paths) run(path, read, expected, agree, failures, all);
  std::cout << what << ": " << all.passed << " of " << all.applicable << " ("
            << (all.applicable ? 100.0 * all.passed / all.applicable : 0.0) << " %)\n";
}
