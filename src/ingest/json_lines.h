// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "ingest/container.h"
#include "ingest/json_line.h"

namespace dragoman::ingest {

/// True if a file of these first bytes (UTF-8) begins with a line that is a JSON object; `whole` says that they are
/// all.
bool begins_with_json_line(std::string_view start, bool whole);

/// The pages of a file of JSON Lines, one a line. Errors: those of JsonLineReader; kBinary and kEncoding for a file
/// that is none, kTooLarge for a line, kEmpty.
class JsonLines : public Container {
 public:
  explicit JsonLines(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
  std::optional<Result<Page>> next() override;

 private:
  std::optional<Error> fault_of_file() const;
  Result<Page> line_too_long();
  std::optional<Result<Page>> end();

  std::unique_ptr<Stream> stream_;
  JsonLineReader json_;
  uint64_t line_ = 0;
  bool begun_ = false, any_ = false, ended_ = false;
};

}  // namespace dragoman::ingest
