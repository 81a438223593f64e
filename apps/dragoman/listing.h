// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "command.h"
#include "dragoman/query_fields.h"

namespace dragoman::cli {

/// What the commands that list a store have in common.
inline constexpr const char* kListingCodes =
    "\nExit code: 0 done (also where nothing was found), 1 the store cannot be read, 2 wrong use.";

/// STORE and --format table, csv or jsonl.
void add_store(CLI::App& parser, std::string& store);
void add_format(CLI::App& parser, std::string& format);

/// The fields of a request as options, by the names that they have everywhere. `query` must live as long as the parser.
template <class Query>
void add_fields(CLI::App& parser, Query& query, const std::vector<QueryField<Query>>& fields) {
  for (const QueryField<Query>& field : fields) {
    if (field.kind == FieldKind::kFlag) {
      parser.add_flag_function(
          "--" + field.name, [&query, set = field.set](int64_t) { set(query, "true"); }, field.help);
      continue;
    }
    const auto fault = [kind = field.kind, choices = field.choices](const std::string& value) {
      return fault_of_value(kind, choices, value);
    };
    if (field.kind == FieldKind::kWords) {
      parser
          .add_option_function<std::vector<std::string>>(
              "--" + field.name,
              [&query, set = field.set](const std::vector<std::string>& values) {
                for (const std::string& value : values) set(query, value);
              },
              field.help)
          ->type_name(field.value)
          ->delimiter(',')
          ->allow_extra_args(false)
          ->required(field.required)
          ->check(CLI::Validator(fault, ""));
      continue;
    }
    parser
        .add_option_function<std::string>(
            "--" + field.name, [&query, set = field.set](const std::string& value) { set(query, value); }, field.help)
        ->type_name(field.value)
        ->required(field.required)
        ->check(CLI::Validator(fault, ""));
  }
}

/// Declares a command that lists what a store holds: STORE, the fields of its request, --format. Options has `store`,
/// `query` and `format`.
template <class Options>
Run declare_listing(CLI::App& parser, const char* examples, int (*run)(const Options&)) {
  const auto options = std::make_shared<Options>();
  add_store(parser, options->store);
  add_fields(parser, options->query, fields_of(options->query));
  add_format(parser, options->format);
  parser.footer(std::string(examples) + kListingCodes);
  return [options, run] { return run(*options); };
}

/// Turns the letters of a value into capitals: "assault" → "ASSAULT".
std::string capitals(std::string value);

}  // namespace dragoman::cli
