// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/sqlite.h"

namespace dragoman::store {

/// What is wrong with a store, a sentence each.
std::vector<std::string> faults_of(Database& database);

}  // namespace dragoman::store
