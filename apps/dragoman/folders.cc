// SPDX-License-Identifier: Apache-2.0
#include "folders.h"

namespace dragoman::cli {

void add_folder(CLI::App& parser, const char* name, std::string& folder, const char* help) {
  parser.add_option(name, folder, help)
      ->type_name("DIR")
      ->check(CLI::Validator([](const std::string& given) { return given.empty() ? "the name is empty" : ""; }, ""));
}

}  // namespace dragoman::cli
