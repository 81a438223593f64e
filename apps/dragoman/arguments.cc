// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

namespace dragoman::cli {

double probability(const std::string& value) { return std::stod(value); }

}  // namespace dragoman::cli
