// SPDX-License-Identifier: Apache-2.0
// spec_check DATA numbers|percents|money|dates SPEC.json... [--failures N]
//   Runs the number, percentage, currency or date readers over public specifications (JSON lists of cases with
//   "Input" and "Results") and prints how many of the applicable cases pass. A case passes if every result has
//   a reading of the same value at its place and nothing else is read. Not applicable: results that this
//   engine does not read by design (negative numbers, powers, fractions with a bar; dates without a value).
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
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
};

std::string number_text(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

using Reader = std::function<std::vector<Reading>(const std::string& text, const json& test)>;
using Expected = std::function<std::optional<std::vector<std::string>>(const json& result)>;  // none: not applicable

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
  for (const coding::DateExpression& expression : reader.find(text, {whole(text)}, reference)) {
    if (!expression.date) continue;
    all.push_back(at(expression.span, points, expression.date->value));
    if (const auto future = coding::resolve(expression, coding::day_of(reference), true))
      all.back().values.push_back(future->value);
  }
  return all;
}

std::optional<std::vector<std::string>> expected_number(const json& result) {
  const json& resolution = result["Resolution"];
  const std::string kind = resolution.value("subtype", "");
  if (kind != "integer" && kind != "decimal") return std::nullopt;
  const std::string value = resolution["value"];
  if (value.starts_with("-") || result["Text"].get<std::string>().find('^') != std::string::npos) return std::nullopt;
  return std::vector<std::string>{number_text(std::stod(value))};
}

std::optional<std::vector<std::string>> expected_percent(const json& result) {
  std::string value = result["Resolution"].value("value", "");
  if (value.empty() || !base::is_ascii_digit(value.front())) return std::nullopt;
  if (value.back() == '%') value.pop_back();
  return std::vector<std::string>{number_text(std::stod(value))};
}

std::optional<std::vector<std::string>> expected_money(const json& result) {
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

std::optional<std::vector<std::string>> expected_date(const json& result) {
  if (result.value("Type", "") != "date" || !result.contains("Value")) return std::nullopt;
  std::vector<std::string> values;
  for (const char* tense : {"PastResolution", "FutureResolution"}) {
    const json& value = result["Value"];
    if (value.contains(tense) && value[tense].contains("date")) values.push_back(value[tense]["date"]);
  }
  if (values.empty()) return std::nullopt;
  return values;
}

/// Numbers and money must agree in every value given; dates in one of them.
bool agree(const std::vector<std::string>& expected, const std::vector<std::string>& read, bool any) {
  if (any) {
    return std::any_of(expected.begin(), expected.end(),
                       [&](const std::string& v) { return std::find(read.begin(), read.end(), v) != read.end(); });
  }
  if (read.empty() || read.front() != expected.front()) return false;
  return expected.size() < 2 || (read.size() > 1 && read[1] == expected[1]);
}

struct Tally {
  int applicable = 0, passed = 0, left_out = 0;
};

void run(const std::string& path, const Reader& read, const Expected& expected, bool any, int failures, Tally& all) {
  std::ifstream file(path);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const json tests = json::parse(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  Tally tally;
  for (const json& test : tests) {
    std::vector<Reading> wanted;
    bool applicable = true;
    for (const json& result : test["Results"]) {
      const auto values = expected(result);
      if (!values || !result.contains("Start")) {
        applicable = false;
        break;
      }
      const uint32_t begin = result["Start"].get<uint32_t>();
      const uint32_t end =
          result.contains("End") ? result["End"].get<uint32_t>() + 1 : begin + result["Length"].get<uint32_t>();
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
               return one.begin < want.end && want.begin < one.end && agree(want.values, one.values, any);
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
    std::cerr << "usage: spec_check DATA numbers|percents|money|dates SPEC.json... [--failures N]\n";
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
  Reader read;
  Expected expected;
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
  } else if (what == "dates") {
    read = [&](const std::string& text, const json& test) { return read_dates(dates, text, test); };
    expected = expected_date;
  } else {
    std::cerr << "spec_check: '" << what << "' is none of numbers, percents, money, dates\n";
    return 2;
  }
  Tally all;
  for (const std::string& path : paths) run(path, read, expected, what == "dates", failures, all);
  std::cout << what << ": " << all.passed << " of " << all.applicable << " ("
            << (all.applicable ? 100.0 * all.passed / all.applicable : 0.0) << " %)\n";
}
