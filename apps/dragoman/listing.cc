// SPDX-License-Identifier: Apache-2.0
#include "listing.h"

#include <algorithm>
#include <cctype>

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

std::string capitals(std::string value) {
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return value;
}

}  // namespace dragoman::cli
