// SPDX-License-Identifier: Apache-2.0
#include "pipeline/paths.h"

#include <cstdlib>
#include <filesystem>

namespace dragoman::pipeline {
namespace {

namespace fs = std::filesystem;

std::string home() {
  if (const char* set = std::getenv("DRAGOMAN_HOME"); set != nullptr && *set != '\0') return set;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path shared = program.parent_path().parent_path() / "share" / "dragoman";
    if (fs::is_directory(shared / "data", error)) return shared.string();
  }
  return DRAGOMAN_SOURCE_TREE;
}

}  // namespace

Paths find_paths(const EngineOptions& options) {
  Paths paths{options.data, options.model, options.knowledge};
  if (paths.data.empty()) paths.data = home() + "/data";
  if (paths.model.empty()) paths.model = home() + "/models/reader";
  paths.index = home() == DRAGOMAN_SOURCE_TREE ? DRAGOMAN_BUILT_INDEX : home() + "/knowledge.index";
  return paths;
}

}  // namespace dragoman::pipeline

namespace dragoman {

std::string data_folder(const EngineOptions& options) { return pipeline::find_paths(options).data; }

}  // namespace dragoman
