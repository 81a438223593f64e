// SPDX-License-Identifier: Apache-2.0
#include "serve/workers.h"

#include <algorithm>

namespace dragoman::serve {

Workers::Workers(unsigned number, size_t most_waiting) : most_waiting_(most_waiting) {
  for (unsigned i = 0; i < std::max(1U, number); ++i) threads_.emplace_back([this, i] { work(i); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  more_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::take(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || jobs_.size() >= most_waiting_) return false;
    jobs_.push_back(std::move(job));
  }
  more_.notify_one();
  return true;
}

void Workers::work(unsigned worker) {
  for (;;) {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job(worker);
  }
}

}  // namespace dragoman::serve
