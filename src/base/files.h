// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"

namespace dragoman::base {

/// The bytes of a file. Errors: kUnreadable (with the system's reason), kTooLarge over `limit` bytes.
Result<std::string> read_file(const std::string& path, uint64_t limit = UINT64_MAX);

/// Names of what lies in a folder, sorted. Errors: kUnreadable.
Result<std::vector<std::string>> list_folder(const std::string& path);

/// A file mapped read-only into memory for as long as the object lives.
class MappedFile {
 public:
  /// Errors: kUnreadable.
  static Result<MappedFile> open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  MappedFile(void* data, size_t size) : data_(data), size_(size) {}
  void* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace dragoman::base
