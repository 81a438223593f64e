// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/unpacking.h"

namespace dragoman::ingest {

/// True for the first bytes of a Zstandard file, also one that begins with a dictionary or another frame to be skipped.
bool is_zstd(std::string_view bytes);

/// Unpacks Zstandard: one frame or many in a row, and the dictionary that WARC files may begin with.
class Unzstd : public Unpacking {
 public:
  explicit Unzstd(MoreBytes packed);
  ~Unzstd() override;
  bool more(std::string& bytes) override;

 private:
  struct State;
  void fail(const char* what);

  std::unique_ptr<State> state_;
};

/// A body packed with Zstandard: what can be unpacked of it; nothing if it is none, or more than `most` bytes come out.
std::optional<Unpacked> unpacked_zstd(std::string_view body, uint64_t most);

/// Likewise for Brotli, which has no mark by which it could be known.
std::optional<Unpacked> unpacked_brotli(std::string_view body, uint64_t most);

}  // namespace dragoman::ingest
