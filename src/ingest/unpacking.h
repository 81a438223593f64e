// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::ingest {

/// Appends the next piece of a stream of bytes; false at its end.
using MoreBytes = std::function<bool(std::string& bytes)>;

/// Unpacks a stream as it comes, in memory that does not grow with it.
class Unpacking {
 public:
  virtual ~Unpacking() = default;

  /// Appends the next piece; false at the end, or where the packed bytes are damaged or cut off.
  virtual bool more(std::string& bytes) = 0;

  /// What is wrong with the packed bytes, in their order: "is damaged at byte 17", "is cut off at byte 90".
  const std::vector<std::string>& faults() const { return faults_; }

  /// From now on damage does not end the stream: it goes on with the next member that can be unpacked, and two line
  /// ends stand where bytes are missing. For web archives, in which each record is a member.
  void go_on_after_damage() { goes_on_ = true; }

 protected:
  std::vector<std::string> faults_;
  bool goes_on_ = false;
};

/// What came of a packed body, and what is wrong with it: "is damaged at byte 17", "is cut off at byte 90"; "" if
/// nothing is.
struct Unpacked {
  std::string bytes;
  std::string fault;
};

/// What unpacks the stream that begins with these bytes (gzip or Zstandard); nothing if it is not packed so.
std::unique_ptr<Unpacking> unpacking_of(std::string_view start, MoreBytes packed);

/// "gzip" or "Zstandard"; "" for what is neither.
const char* packing_of(std::string_view start);

}  // namespace dragoman::ingest
