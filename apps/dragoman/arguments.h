// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/query_fields.h"

namespace dragoman::cli {

/// The probability; `value` has no fault (fault_of_probability).
double probability(const std::string& value);

}  // namespace dragoman::cli
