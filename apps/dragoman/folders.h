// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace dragoman::cli {

/// An option that names a folder. An empty name is refused: an unset variable in a script should not change what the
/// command does.
void add_folder(CLI::App& parser, const char* name, std::string& folder, const char* help);

}  // namespace dragoman::cli
