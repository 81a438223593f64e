// SPDX-License-Identifier: Apache-2.0
#include "progress.h"

#include <algorithm>
#include <cstdio>

#include "terminal.h"

namespace dragoman::cli {
namespace {

constexpr auto kSilence = std::chrono::seconds(1);
constexpr auto kPause = std::chrono::milliseconds(200);
constexpr size_t kBarWidth = 30;

std::string bar(uint64_t done, uint64_t total) {
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const auto filled = static_cast<size_t>(share * static_cast<double>(kBarWidth));
  std::string inner(filled, '=');
  if (filled < kBarWidth) inner.push_back('>');
  char percent[16];
  std::snprintf(percent, sizeof percent, "%3.0f %%", 100 * share);
  return std::string("[").append(padded(inner, kBarWidth)).append("] ").append(percent).append("  ");
}

}  // namespace

std::string progress_line(uint64_t done, uint64_t total, uint64_t documents, double seconds) {
  char speed[32] = "";
  if (seconds > 0) std::snprintf(speed, sizeof speed, ", %.1f a second", static_cast<double>(documents) / seconds);
  return (total > 0 ? bar(done, total) : std::string()) + std::to_string(documents) +
         (documents == 1 ? " document" : " documents") + speed;
}

Progress::Progress(bool wanted) : wanted_(wanted && error_is_terminal()) {}

void Progress::show(uint64_t done, uint64_t total, uint64_t documents) {
  const auto now = Clock::now();
  if (!wanted_ || now - start_ < kSilence || now - last_ < kPause) return;
  last_ = now;
  drawn_ = true;
  const std::chrono::duration<double> seconds = now - start_;
  std::fputs(("\r\033[K" + progress_line(done, total, documents, seconds.count())).c_str(), stderr);
}

void Progress::clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

}  // namespace dragoman::cli
