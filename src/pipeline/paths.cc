// SPDX-License-Identifier: Apache-2.0
#include "pipeline/paths.h"

#include <cstdlib>
#include <filesystem>

#ifndef DRAGOMAN_SOURCE_TREE
#error "src/pipeline/CMakeLists.txt defines DRAGOMAN_SOURCE_TREE: the path of the source tree"
#endif

namespace dragoman::pipeline {
namespace {

namespace fs = std::filesystem;

fs::path home() {
  const char* const named = std::getenv("DRAGOMAN_HOME");
  if (named != nullptr && *named != '\0') return named;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "dragoman";
  if (!error && fs::is_directory(installed, error)) return installed;
  return DRAGOMAN_SOURCE_TREE;
}

}  // namespace

Paths paths_of(const EngineOptions& options) {
  const fs::path folder = home();
  return {options.data.empty() ? (folder / "data").string() : options.data,
          options.model.empty() ? (folder / "models" / "reader").string() : options.model};
}

}  // namespace dragoman::pipeline
