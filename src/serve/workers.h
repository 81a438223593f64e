// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dragoman::serve {

/// A number of threads that take jobs in turn; a job is told the number of its thread.
class Workers {
 public:
  using Job = std::function<void(unsigned worker)>;

  Workers(unsigned number, size_t most_waiting);
  /// Finishes what was taken on.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False where too many wait already.
  bool take(Job job);

 private:
  void work(unsigned worker);

  const size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Job> jobs_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dragoman::serve
