// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dragoman {

/// Where in the words under a picture the names of its maker and seller begin: "Ships at quay. (Photo: Jo
/// Lund/Norpress)" → 15. The size of the words where none stand at their end.
size_t credit_begin(std::string_view caption);

}  // namespace dragoman
