// SPDX-License-Identifier: Apache-2.0
#include "pages.h"

namespace dragoman::cli {

bool Pages::next(Page& page) {
  const std::lock_guard lock(mutex_);
  Result<Page> found = Page{};
  while (!stopped_ && input_.next(found)) {
    if (found) {
      page = std::move(*found);
      return true;
    }
    guarded([&] { failed_(found.error().place, found.error()); });
  }
  return false;
}

void Pages::take(const std::function<void()>& todo) {
  const std::lock_guard lock(mutex_);
  guarded(todo);
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
