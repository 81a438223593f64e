// SPDX-License-Identifier: Apache-2.0
#include "serve/cache.h"

namespace dragoman::serve {
namespace {

constexpr uint64_t kOverhead = 512;  // bytes of headers, list and index about one answer

}  // namespace

std::shared_ptr<const Response> Cache::find(const std::string& request, const std::string& state) {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(request);
  if (found == index_.end()) return nullptr;
  if (found->second->state != state) {
    drop(found->second);
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, found->second);
  return kept_.front().response;
}

void Cache::keep(const std::string& request, const std::string& state, std::shared_ptr<const Response> response) {
  const uint64_t bytes = response->body.size() + request.size() + kOverhead;
  // One answer never drives out most of the others.
  if (!response->body.in_memory() || bytes > most_bytes_ / 8) return;
  const std::lock_guard lock(mutex_);
  if (const auto found = index_.find(request); found != index_.end()) drop(found->second);
  kept_.push_front({request, state, std::move(response), bytes});
  index_.emplace(kept_.front().request, kept_.begin());
  bytes_ += bytes;
  while (bytes_ > most_bytes_) drop(std::prev(kept_.end()));
}

void Cache::drop(std::list<Kept>::iterator one) {
  bytes_ -= one->bytes;
  index_.erase(one->request);
  kept_.erase(one);
}

}  // namespace dragoman::serve
