// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/store.h"

namespace dragoman::cli {

/// A store for reading whose documents all belong to stories: those that do not yet are joined first. Where the file
/// cannot be written that is said on standard error, and stories are those of the documents that were joined.
Store open_joined(const std::string& path);

}  // namespace dragoman::cli
