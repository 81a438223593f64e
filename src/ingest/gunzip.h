// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/error.h"

namespace dragoman::ingest {

/// Appends the next piece of a stream of bytes; false at its end.
using MoreBytes = std::function<bool(std::string& bytes)>;

/// True for the first bytes of a gzip file.
bool is_gzip(std::string_view bytes);

/// Unpacks gzip as it comes: one member or many in a row, as WARC files have them.
class Gunzip {
 public:
  explicit Gunzip(MoreBytes packed);
  ~Gunzip();

  /// Appends the next piece; false at the end or where the packed bytes are damaged or cut off.
  bool more(std::string& bytes);

  /// What ended it: "is cut off" or "is damaged"; "" for the regular end.
  const std::string& fault() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A body packed with gzip or deflate (HTTP's Content-Encoding), with or without the header that is due. Unpacks what
/// can be; nothing if it is neither, or more than `most` bytes come out.
std::optional<std::string> unpacked(std::string_view body, uint64_t most);

/// A raw deflate stream, as ZIP files hold them.
std::optional<std::string> inflated(std::string_view body, uint64_t most);

}  // namespace dragoman::ingest
