// SPDX-License-Identifier: Apache-2.0
#include "joined.h"

#include "command.h"

namespace dragoman::cli {

Store open_joined(const std::string& path) {
  Store store = Store::open(path, Store::Mode::kRead);
  const uint64_t waiting = store.unjoined();
  if (waiting == 0) return store;
  try {
    Store::open(path, Store::Mode::kWrite).join();
  } catch (const Failure& failure) {
    complain(std::to_string(waiting) +
             " documents are left out, they cannot be joined to stories now: " + failure.error().describe());
  }
  return store;
}

}  // namespace dragoman::cli
