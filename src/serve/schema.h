// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace dragoman::serve {

/// The JSON Schema of values of the same shape as this one: {"id":""} gives an object with a string "id". What an
/// empty list holds, and what stands in place of null, is left open.
std::string schema_like(const std::string& json);

}  // namespace dragoman::serve
