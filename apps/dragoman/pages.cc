// SPDX-License-Identifier: Apache-2.0
#include "pages.h"

namespace dragoman::cli {

bool Pages::next(Page& page) {
  const std::lock_guard lock(mutex_);
  Result<Page> found = Page{};
  while (!stopped_ && input_.next(found)) {
    if (found) {
      page = std::move(*found);
      ++given_;
      return true;
    }
    faults_.emplace_back(given_, found.error());
    tell_faults();
  }
  return false;
}

void Pages::take(const std::function<void()>& todo) {
  const std::lock_guard lock(mutex_);
  guarded(todo);
  ++taken_;
  tell_faults();
}

void Pages::finish() {
  tell_faults();
  if (stopped_) std::rethrow_exception(stopped_);
}

void Pages::tell_faults() {
  for (; !faults_.empty() && faults_.front().first <= taken_; faults_.pop_front()) {
    const Error& fault = faults_.front().second;
    guarded([&] { failed_(fault.place, fault); });
  }
}

void Pages::guarded(const std::function<void()>& todo) {
  if (stopped_) return;
  try {
    todo();
  } catch (...) {
    stopped_ = std::current_exception();
  }
}

}  // namespace dragoman::cli
