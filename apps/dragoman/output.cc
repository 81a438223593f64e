// SPDX-License-Identifier: Apache-2.0
#include "output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>

namespace dragoman::cli {
namespace {

[[noreturn]] void fail() {
  if (errno == EPIPE) throw NobodyReads();
  throw std::runtime_error(std::string("standard output cannot be written: ") + std::strerror(errno));
}

}  // namespace

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail();
}

void print_line(std::string_view line) {
  print(line);
  print("\n");
}

void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) fail();  // an earlier flush may have failed
}

}  // namespace dragoman::cli
