// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "dragoman/input.h"

namespace dragoman::cli {

/// The pages of a command's inputs. A reader may ask for pages on one thread and give results on another: one lock for
/// all. Faults of the inputs are heard of in their order too: not before the results of the pages that came before
/// them. What stops everything (nobody reads our output, the disk is full) does not pass through the reader's threads;
/// finish() throws it when they are done.
class Pages {
 public:
  /// `failed` hears of each page that could not be read, and where; of those behind the last page in finish().
  using Failed = std::function<void(const std::string& source, const Error& error)>;

  Pages(const std::vector<std::string>& inputs, const InputOptions& options, Failed failed)
      : input_(inputs, options), failed_(std::move(failed)) {}

  /// The next page; false after the last, or when something stopped.
  bool next(Page& page);

  /// Does `todo` with what was made of the next page, in the order of the pages, one at a time; not once something
  /// stopped.
  void take(const std::function<void()>& todo);

  /// After the last result.
  void finish();
  const Input& input() const { return input_; }

 private:
  void guarded(const std::function<void()>& todo);
  void tell_faults();

  Input input_;
  Failed failed_;
  uint64_t given_ = 0, taken_ = 0;                 // pages
  std::deque<std::pair<uint64_t, Error>> faults_;  // behind so many pages
  std::mutex mutex_;
  std::exception_ptr stopped_;
};

}  // namespace dragoman::cli
