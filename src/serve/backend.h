// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "dragoman/almanac.h"
#include "dragoman/doctor.h"
#include "dragoman/engine.h"
#include "dragoman/server.h"
#include "dragoman/store.h"

namespace dragoman::serve {

/// A store open for reading. Opened again where another file has taken its name.
class OpenStore {
 public:
  explicit OpenStore(std::string path) : path_(std::move(path)) {}

  /// Throws Failure (kStore).
  const Store& get();

  /// Another value after the store changed in any way.
  std::string state();

 private:
  struct Identity {
    dev_t device = 0;
    ino_t file = 0;
    bool operator==(const Identity& other) const { return device == other.device && file == other.file; }
  };
  Identity identity() const;

  std::string path_;
  std::optional<Store> store_;
  Identity opened_;
};

/// What answers are made from: shared by all threads.
class Backend {
 public:
  explicit Backend(const ServerOptions& options) : options_(options) {}

  const ServerOptions& options() const { return options_; }

  /// Both are opened when first asked for, which takes a moment. Throw Failure (kModel, kKnowledge).
  const Engine& engine();
  const Almanac& almanac();
  /// Looked at once.
  const Setup& setup();

  /// Calls `todo` with the store open for writing, one at a time. Throws Failure.
  void write(const std::function<void(Store&)>& todo);

  /// Sees that the documents that were put are in the stories, as far as the store can be written.
  void join(const Store& store);

  /// Places for texts that are read at the same time: so many that a worker stays free for other answers.
  class Place {
   public:
    explicit Place(std::atomic<int>& free) : free_(free) {}
    ~Place() { ++free_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    std::atomic<int>& free_;
  };
  /// Null where all are taken.
  std::unique_ptr<Place> reading_place();
  void set_reading_places(int number) { places_ = number; }

 private:
  const ServerOptions options_;
  std::mutex opening_, writing_;
  std::optional<Engine> engine_;
  std::optional<Almanac> almanac_;
  std::optional<Setup> setup_;
  std::atomic<int> places_ = 1;
};

}  // namespace dragoman::serve
