// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/input.h"
#include "dragoman/page.h"
#include "dragoman/record.h"

namespace dragoman {

/// Where things are and how to read. Empty paths mean: the DRAGOMAN_HOME folder if set, else
/// ../share/dragoman beside the program, else the source tree the library was built from.
struct EngineOptions {
  std::string data;       ///< folder of the knowledge (data/)
  std::string model;      ///< folder of the model (models/reader/)
  std::string knowledge;  ///< folder of the user's own rows, which go before those of `data`; "" for none
  std::string published;  ///< publication date for documents that tell none, ISO 8601; "" for none
  std::optional<double> min_confidence;  ///< of events and statements; none: what is best for F1 (docs/confidence.md)
  unsigned threads = 1;                  ///< documents read side by side by read_all; 0 = one a core
};

/// The folder of the knowledge that an engine of these options reads.
std::string data_folder(const EngineOptions& options = {});

/// The reader as a whole: page in, record out. Opened once, then const and shared by threads.
class Engine {
 public:
  /// Throws Failure if the model or the knowledge is missing or damaged.
  static Engine open(const EngineOptions& options = {});

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Reads one page. Errors: kEmpty, kBinary, kEncoding, kNoArticle, kTooLarge.
  Result<Record> read(const Page& page) const;

  /// Reads an article that was extracted before (Record::article) once more.
  Record read(const Article& article) const;

  /// Reads pages as `next` gives them (until it returns false) on `options.threads` threads and hands
  /// each result to `done` in the order of the pages, one call at a time.
  void read_all(const std::function<bool(Page&)>& next,
                const std::function<void(const Page&, Result<Record>)>& done) const;

  const Origin& origin() const;

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dragoman
