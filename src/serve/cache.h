// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "serve/http.h"

namespace dragoman::serve {

/// Answers that were worked out, by request; those asked for last are kept, up to `most_bytes`. For all threads.
class Cache {
 public:
  explicit Cache(uint64_t most_bytes) : most_bytes_(most_bytes) {}

  /// Null where there is none that was made in this state of the store.
  std::shared_ptr<const Response> find(const std::string& request, const std::string& state);

  void keep(const std::string& request, const std::string& state, std::shared_ptr<const Response> response);

 private:
  struct Kept {
    std::string request, state;
    std::shared_ptr<const Response> response;
    uint64_t bytes = 0;
  };
  void drop(std::list<Kept>::iterator one);

  const uint64_t most_bytes_;
  std::mutex mutex_;
  std::list<Kept> kept_;                                                   // the one asked for last in front
  std::unordered_map<std::string_view, std::list<Kept>::iterator> index_;  // the keys are views into `kept_`
  uint64_t bytes_ = 0;
};

}  // namespace dragoman::serve
