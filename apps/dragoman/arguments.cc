// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include <algorithm>

namespace dragoman::cli {
namespace {

constexpr size_t kLongest = 20;  // digits that still say something

}  // namespace

std::string fault_of_probability(const std::string& value) {
  const bool number = !value.empty() && value.size() <= kLongest && value.find_first_of("0123456789") < value.size() &&
                      value.find_first_not_of("0123456789.") == std::string::npos &&
                      std::count(value.begin(), value.end(), '.') <= 1;
  return number && probability(value) <= 1 ? "" : "\"" + value + "\" is no probability; use 0 to 1, such as 0.6";
}

double probability(const std::string& value) { return std::stod(value); }

}  // namespace dragoman::cli
