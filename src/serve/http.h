// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "dragoman/error.h"

namespace dragoman::serve {

/// What stands behind "GET " in a request line, taken apart: percent escapes are undone, "+" in the query is a space.
struct Target {
  std::string path;  ///< begins with "/"
  std::vector<std::pair<std::string, std::string>> query;
};

/// Errors: kSyntax (no path, an escape that is none, bytes that are no UTF-8, NUL).
Result<Target> parse_target(std::string_view raw);

/// One request, read whole. Header names are in lower case.
struct Request {
  std::string method;
  std::string raw_target;  ///< as it stood in the request line
  Target target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string state;  ///< of the store before the answer was begun; "" if not known

  /// Value of the first header of this name; "" if there is none.
  std::string_view header(std::string_view name) const;
};

/// What holds a body that was too long for memory: a file without a name, gone when it is closed.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// A body as it is written: in memory, beyond kInMemory bytes in a file.
class Body {
 public:
  static constexpr size_t kInMemory = size_t{4} << 20;

  Body() = default;
  explicit Body(std::string text) : text_(std::move(text)), size_(text_.size()) {}

  /// Throws Failure (kUnreadable) where the disk is full.
  void add(std::string_view text);

  uint64_t size() const { return size_; }
  bool in_memory() const { return file_ == nullptr; }
  const std::string& text() const { return text_; }
  /// The file that holds all of it, where it is not in memory; stays the body's own.
  int descriptor() const { return file_->descriptor(); }
  /// Sees that a body that is not in memory is whole in its file. Called once nothing is added any more.
  void finish();
  /// SHA-256 in hexadecimal digits of all of it. Called once, after finish().
  std::string hash();

 private:
  void spill();

  std::string text_;
  std::shared_ptr<File> file_;
  std::shared_ptr<base::Sha256> hash_;  // of what is in the file
  uint64_t size_ = 0;
};

/// An answer. Headers that all answers have are added where it is sent.
struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  Body body;
  bool lasts = true;  ///< the same until the store changes; else worked out anew each time

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  std::string_view header(std::string_view name) const;
};

inline constexpr const char* kJson = "application/json";

/// An answer of JSON, and one that tells what is wrong: {"error":{"code","message","place"}}.
Response json_response(std::string json, int status = 200);
Response error_response(int status, std::string_view code, std::string_view message, std::string_view place = {});

/// The error as the status of HTTP that says it: 400 for what the caller gave, 404, 413, else 500.
int status_of(ErrorCode code);
Response error_response(const Error& error);

/// Whether a list of entity tags (If-None-Match) holds this one; weak tags are the same as strong ones here.
bool matches(std::string_view list, std::string_view tag);

}  // namespace dragoman::serve
