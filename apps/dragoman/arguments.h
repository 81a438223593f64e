// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace dragoman::cli {

/// What is wrong with a value that should be a probability, as a sentence; "" if it is one ("0.35", ".5", "1").
std::string fault_of_probability(const std::string& value);

/// The probability; `value` has no fault.
double probability(const std::string& value);

}  // namespace dragoman::cli
