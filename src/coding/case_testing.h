// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "coding/coder.h"

namespace dragoman::coding::testing {

/// A sentence with its analysis written by hand and what coding must make of it; grammar in
/// tests/events/FORMAT.md. For tests only: a wrong case throws std::runtime_error with what is wrong.
struct Case {
  std::string name;
  Article article;
  Analysis analysis;
  Links links;
  std::vector<std::string> gives;  ///< expected events, in order
  std::vector<std::string> says;   ///< expected statements, in order
};

/// Reads one case from its lines ("key: value").
Case read_case(const std::vector<std::string>& lines);

/// Cases of a file: blocks of lines parted by empty lines; lines that begin with '#' are comments.
std::vector<Case> read_cases(const std::string& path);

/// The event in the words of a case, with the details that `like` (the expected line) asks for.
std::string describe(const Event& event, const Coded& coded, const Case& of, std::string_view like);
std::string describe(const Statement& statement, const Case& of, std::string_view like);

}  // namespace dragoman::coding::testing
