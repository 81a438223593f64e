// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace dragoman {

enum class ErrorCode {
  kUnreadable,  ///< file or stream cannot be opened or read
  kEmpty,       ///< nothing in it
  kBinary,      ///< bytes that are no text
  kEncoding,    ///< characters that cannot be decoded
  kSyntax,      ///< JSON, HTML or data file that breaks its grammar
  kNoText,      ///< a JSON object without text
  kNoArticle,   ///< a page that holds no article
  kTooLarge,    ///< over a limit that protects the machine
  kModel,       ///< model missing, damaged or of another version
  kKnowledge,   ///< data files missing or wrong
  kStore,       ///< store missing, damaged, locked or newer than this program
  kNotFound,    ///< the thing asked for is not there
  kUsage,       ///< the caller asked for something that makes no sense
};

/// Name of a code as used in records and messages: "unreadable", "empty", ...
const char* to_string(ErrorCode code);

/// What went wrong and where. `place` is "file", "file:line", "url" or "file:line#id".
struct Error {
  ErrorCode code = ErrorCode::kUnreadable;
  std::string message;  ///< one clear sentence, no trailing full stop
  std::string place;    ///< where; empty if nowhere in particular

  /// "place: message"
  std::string describe() const { return place.empty() ? message : place + ": " + message; }
};

/// A value or an Error: how bad outside data travels (the library never throws for it).
template <class T>
class Result {
 public:
  Result(T value) : held_(std::move(value)) {}
  Result(Error error) : held_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(held_); }
  T& value() { return std::get<T>(held_); }
  const T& value() const { return std::get<T>(held_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<Error>(held_); }

 private:
  std::variant<T, Error> held_;
};

/// The one exception type: what the engine cannot work without is missing or broken (model,
/// knowledge, store). Thrown when something is opened; caught in the apps.
class Failure : public std::runtime_error {
 public:
  explicit Failure(Error error) : std::runtime_error(error.describe()), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace dragoman
