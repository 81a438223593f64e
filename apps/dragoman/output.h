// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dragoman::cli {

/// Thrown when the reader at the other end of standard output has gone: no error, but no use to go on.
struct NobodyReads {};

/// Writes to standard output. Throws NobodyReads, or std::runtime_error where it cannot be written (disk full).
void print(std::string_view text);

/// The same with a line end.
void print_line(std::string_view line);

/// "1 task", "2 tasks".
inline std::string counted(uint64_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// Sees that all is written. To be called once at the end.
void finish_output();

}  // namespace dragoman::cli
