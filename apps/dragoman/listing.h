// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace dragoman::cli {

/// What the commands that list a store have in common.
inline constexpr const char* kListingCodes =
    "\nExit code: 0 done (also where nothing was found), 1 the store cannot be read, 2 wrong use.";

/// STORE and --format table, csv or jsonl.
void add_store(CLI::App& parser, std::string& store);
void add_format(CLI::App& parser, std::string& format);

/// An option whose value must not be empty: that of an unset shell variable would list everything.
CLI::Option* add_filter(CLI::App& parser, const char* name, std::string& value, const char* help, const char* type);

/// --limit.
void add_limit(CLI::App& parser, uint64_t& limit);

/// --min-confidence.
void add_min_confidence(CLI::App& parser, double& value);

/// Turns the letters of a value into capitals: "assault" → "ASSAULT".
std::string capitals(std::string value);

}  // namespace dragoman::cli
