// SPDX-License-Identifier: Apache-2.0
#include "listing.h"

#include <algorithm>
#include <cctype>

#include "arguments.h"

namespace dragoman::cli {

void add_store(CLI::App& parser, std::string& store) {
  parser.add_option("STORE", store, "The store to list")->required();
}

void add_format(CLI::App& parser, std::string& format) {
  parser.add_option("--format", format, "table, csv or jsonl")
      ->check(CLI::Validator(
          [](const std::string& name) {
            const bool known = name == "table" || name == "csv" || name == "jsonl";
            return known ? "" : "\"" + name + "\" is no format; use table, csv or jsonl";
          },
          ""))
      ->type_name("FORMAT");
}

CLI::Option* add_filter(CLI::App& parser, const char* name, std::string& value, const char* help, const char* type) {
  return parser.add_option(name, value, help)->type_name(type)->check([](const std::string& given) {
    return given.empty() ? "the value is empty; leave the option out to list all" : "";
  });
}

void add_limit(CLI::App& parser, uint64_t& limit) {
  parser.add_option("--limit", limit, "At most so many")
      ->type_name("N")
      ->check(CLI::Validator(
          [](const std::string& number) {
            const bool digits =
                !number.empty() && number.size() < 19 && number.find_first_not_of("0123456789") == std::string::npos;
            return digits ? std::string() : "\"" + number + "\" is no number";
          },
          ""));
}

void add_min_confidence(CLI::App& parser, double& value) {
  parser
      .add_option_function<std::string>(
          "--min-confidence", [&value](const std::string& given) { value = probability(given); },
          "At least so probable; 0 to 1")
      ->check(CLI::Validator(fault_of_probability, ""))
      ->type_name("P");
}

std::string capitals(std::string value) {
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return value;
}

}  // namespace dragoman::cli
