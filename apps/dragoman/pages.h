// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "dragoman/input.h"

namespace dragoman::cli {

/// The pages of a command's inputs. A reader may ask for pages on one thread and give results on another: one lock for
/// all. What stops everything (nobody reads our output, the disk is full) does not pass through the reader's threads;
/// rethrow() throws it when they are done.
class Pages {
 public:
  /// `failed` hears of each page that could not be read, and where.
  using Failed = std::function<void(const std::string& source, const Error& error)>;

  Pages(const std::vector<std::string>& inputs, const InputOptions& options, Failed failed)
      : input_(inputs, options), failed_(std::move(failed)) {}

  /// The next page; false after the last, or when something stopped.
  bool next(Page& page);

  /// Does `todo`, one at a time; not once something stopped.
  void take(const std::function<void()>& todo);

  void rethrow() const {
    if (stopped_) std::rethrow_exception(stopped_);
  }
  const Input& input() const { return input_; }

 private:
  void guarded(const std::function<void()>& todo);

  Input input_;
  Failed failed_;
  std::mutex mutex_;
  std::exception_ptr stopped_;
};

}  // namespace dragoman::cli
