// SPDX-License-Identifier: Apache-2.0
// compile_knowledge DATA INDEX: writes the rows of the knowledge as the index that programs map into memory. Run by the
// build; by hand where rows of an installed knowledge were changed.
#include <cstdio>
#include <string>

#include "dragoman/error.h"
#include "knowledge/compiled.h"

namespace {

/// Whole or not at all: programs may be mapping the file that is replaced.
bool write(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  std::FILE* file = std::fopen(part.c_str(), "wb");
  if (!file) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return (std::fclose(file) == 0) && written && std::rename(part.c_str(), path.c_str()) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: compile_knowledge DATA INDEX\n");
    return 2;
  }
  try {
    if (write(argv[2], dragoman::knowledge::compile(argv[1]))) return 0;
    std::fprintf(stderr, "compile_knowledge: %s cannot be written\n", argv[2]);
  } catch (const dragoman::Failure& failure) {
    std::fprintf(stderr, "compile_knowledge: %s\n", failure.what());
  }
  return 1;
}
