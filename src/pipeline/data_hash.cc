// SPDX-License-Identifier: Apache-2.0
#include "pipeline/data_hash.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/files.h"
#include "base/hash.h"
#include "dragoman/error.h"

namespace dragoman::pipeline {
namespace {

namespace fs = std::filesystem;

bool counts(const fs::path& file) {
  const std::string kind = file.extension().string();
  return kind == ".tsv" || kind == ".json" || kind == ".txt";
}

}  // namespace

std::string data_hash(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file(error) && counts(at->path()))
      names.push_back(fs::relative(at->path(), folder, error).string());
  }
  if (error) throw Failure({ErrorCode::kKnowledge, "cannot be read: " + error.message(), folder});
  std::sort(names.begin(), names.end());
  std::string all;
  for (const std::string& name : names) {
    const auto bytes = base::read_file(folder + "/" + name);
    if (!bytes) throw Failure({ErrorCode::kKnowledge, bytes.error().message, bytes.error().place});
    all += name + ' ' + base::sha256_hex(*bytes) + '\n';
  }
  return base::sha256_hex(all);
}

}  // namespace dragoman::pipeline
