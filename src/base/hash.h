// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::base {

/// SHA-256 in 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace dragoman::base
