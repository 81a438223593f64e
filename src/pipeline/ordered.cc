// SPDX-License-Identifier: Apache-2.0
#include "pipeline/ordered.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace dragoman::pipeline {
namespace {

constexpr size_t kWaitingPerThread = 4;

// Shared by the threads of one run, which makes a value of each page.
template <class Value>
class Run {
 public:
  Run(unsigned threads, const std::function<bool(Page&)>& next, const std::function<Result<Value>(const Page&)>& read,
      const std::function<void(const Page&, Result<Value>)>& done)
      : limit_(threads * kWaitingPerThread), next_(next), read_(read), done_(done) {}

  void work() {
    try {
      Page page;
      for (size_t number = 0; take(page, number);) {
        Result<Value> result = read_(page);
        give(number, std::move(page), std::move(result));
        page = Page();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      stopped_ = true;
      room_.notify_all();
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  bool take(Page& page, size_t& number) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || taken_ - handed_over_ < limit_; });
    if (stopped_) return false;
    if (!next_(page)) {
      stopped_ = true;
      room_.notify_all();
      return false;
    }
    number = taken_++;
    return true;
  }

  void give(size_t number, Page page, Result<Value> result) {
    std::unique_lock lock(mutex_);
    waiting_.emplace(number, std::pair(std::move(page), std::move(result)));
    if (handing_over_) return;  // that thread takes it along
    handing_over_ = true;
    for (auto at = waiting_.find(handed_over_); at != waiting_.end(); at = waiting_.find(handed_over_)) {
      const auto ready = std::move(at->second);
      waiting_.erase(at);
      lock.unlock();
      try {
        done_(ready.first, ready.second);
      } catch (...) {
        lock.lock();
        handing_over_ = false;
        throw;
      }
      lock.lock();
      ++handed_over_;
      room_.notify_all();
    }
    handing_over_ = false;
  }

  const size_t limit_;
  const std::function<bool(Page&)>& next_;
  const std::function<Result<Value>(const Page&)>& read_;
  const std::function<void(const Page&, Result<Value>)>& done_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::map<size_t, std::pair<Page, Result<Value>>> waiting_;
  size_t taken_ = 0;
  size_t handed_over_ = 0;
  bool handing_over_ = false;
  bool stopped_ = false;
  std::exception_ptr error_;
};

template <class Value>
void run_in_order(unsigned threads, const std::function<bool(Page&)>& next,
                  const std::function<Result<Value>(const Page&)>& read,
                  const std::function<void(const Page&, Result<Value>)>& done) {
  Run<Value> run(threads, next, read, done);
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads; ++i) helpers.emplace_back([&run] { run.work(); });
  run.work();
  for (std::thread& helper : helpers) helper.join();
  run.rethrow();
}

}  // namespace

void read_in_order(unsigned threads, const std::function<bool(Page&)>& next,
                   const std::function<Result<Record>(const Page&)>& read,
                   const std::function<void(const Page&, Result<Record>)>& done) {
  run_in_order(threads, next, read, done);
}

void extract_in_order(unsigned threads, const std::function<bool(Page&)>& next,
                      const std::function<Result<Article>(const Page&)>& extract,
                      const std::function<void(const Page&, Result<Article>)>& done) {
  run_in_order(threads, next, extract, done);
}

}  // namespace dragoman::pipeline
