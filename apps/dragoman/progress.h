// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace dragoman::cli {

/// "[=====>              ]  25 %  120 documents, 60 a second"; without the bar where `total` is not known (0).
std::string progress_line(uint64_t done, uint64_t total, uint64_t documents, double seconds);

/// A bar on standard error for work longer than a second, drawn at most five times a second and only where
/// standard error is a terminal.
class Progress {
 public:
  explicit Progress(bool wanted);
  ~Progress() { clear(); }

  void show(uint64_t done, uint64_t total, uint64_t documents);
  /// Wipes the bar away, so that something else can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool wanted_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now(), last_ = start_;
};

}  // namespace dragoman::cli
