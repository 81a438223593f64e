// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/error.h"
#include "ingest/unpacking.h"

namespace dragoman::ingest {

/// Bytes read forwards, what was read and not yet taken in one buffer. What is packed with gzip or Zstandard is
/// unpacked as it comes.
class Stream {
 public:
  /// A file, or "-" for standard input; adds what it reads from the system to `taken`, which must outlive it. Error:
  /// kUnreadable.
  static Result<std::unique_ptr<Stream>> open(const std::string& path, uint64_t& taken);

  /// Bytes that come from elsewhere, and bytes that are there; `name` stands in messages.
  Stream(std::string name, MoreBytes bytes);
  Stream(std::string name, std::string bytes);

  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  const std::string& name() const { return name_; }
  std::string_view ahead() const { return std::string_view(buffer_).substr(at_); }
  void skip(size_t bytes) { at_ += bytes; }
  uint64_t position() const { return before_ + at_; }  ///< unpacked bytes taken so far

  /// Reads one more piece; false at the end.
  bool fill();
  /// Sees that `size` bytes lie ahead; false if fewer are left.
  bool fill(size_t size);
  bool at_end() const { return ended_; }

  /// The next thing that went wrong in reading or unpacking, told once: kUnreadable, kBinary.
  std::optional<Error> take_error();
  bool has_error() const { return error_ || (unpacking_ && told_ < unpacking_->faults().size()); }

  /// Damage of the packed bytes does not end the stream (Unpacking::go_on_after_damage).
  void go_on_after_damage() {
    goes_on_ = true;
    if (unpacking_) unpacking_->go_on_after_damage();
  }

 private:
  bool fill_first();

  std::string name_;
  MoreBytes source_;
  std::string buffer_;
  size_t at_ = 0;
  uint64_t before_ = 0;  // bytes taken that are no longer in the buffer
  bool begun_ = false, ended_ = false, goes_on_ = false;
  std::optional<Error> error_;
  std::string packing_;
  std::unique_ptr<Unpacking> unpacking_;
  size_t told_ = 0;  // faults of unpacking_
};

}  // namespace dragoman::ingest
