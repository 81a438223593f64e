// SPDX-License-Identifier: Apache-2.0
#include "serve/backend.h"

#include <sys/stat.h>

namespace dragoman::serve {

OpenStore::Identity OpenStore::identity() const {
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

const Store& OpenStore::get() {
  const Identity now = identity();
  if (!store_ || !(now == opened_)) {
    store_.reset();
    store_.emplace(Store::open(path_, Store::Mode::kRead));
    opened_ = now;
  }
  return *store_;
}

std::string OpenStore::state() {
  const Store& store = get();
  return std::to_string(opened_.file) + '.' + std::to_string(store.state());
}

const Engine& Backend::engine() {
  const std::lock_guard lock(opening_);
  if (!engine_) engine_.emplace(Engine::open(options_.engine));
  return *engine_;
}

const Almanac& Backend::almanac() {
  const std::lock_guard lock(opening_);
  if (!almanac_) almanac_.emplace(Almanac::open(options_.engine));
  return *almanac_;
}

const Setup& Backend::setup() {
  const std::lock_guard lock(opening_);
  if (!setup_) setup_.emplace(examine(options_.engine));
  return *setup_;
}

void Backend::write(const std::function<void(Store&)>& todo) {
  const std::lock_guard lock(writing_);
  Store store = Store::open(options_.store, Store::Mode::kWrite);
  todo(store);
}

void Backend::join(const Store& store) {
  if (store.version() < 3 || store.unjoined() == 0) return;
  try {
    write([](Store& writing) { writing.join(); });
  } catch (const Failure&) {  // a store that may only be read shows the stories that it has
  }
}

std::unique_ptr<Backend::Place> Backend::reading_place() {
  if (--places_ < 0) {
    ++places_;
    return nullptr;
  }
  return std::make_unique<Place>(places_);
}

}  // namespace dragoman::serve
