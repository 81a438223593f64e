// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dragoman/record.h"

namespace dragoman::cli {

/// "Army of Norland (XNO MIL); Sudria (XSU GOV)"; codes as of the clause.
std::string names_of(const Record& record, const std::vector<Participant>& participants);

/// "Army of Norland (XNO MIL) → Sudria (XSU GOV)"
std::string who_to_whom(const Record& record, const Event& event);

/// "ASSAULT (heavy-weapons), actual, 2031-05-15"
std::string act_of(const Event& event);

/// The words in typographic quotation marks.
std::string quoted(std::string_view words);

/// "0.91"
std::string two_digits(double number);

}  // namespace dragoman::cli
