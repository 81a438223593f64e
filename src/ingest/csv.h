// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/container.h"

namespace dragoman::ingest {

/// True for a file whose first line (UTF-8) names columns, one of them the text: by its name ending in .csv or .tsv one
/// known name is enough, else two must be known.
bool is_csv(std::string_view start, std::string_view name);

/// The pages of a table (RFC 4180; commas, semicolons or tabs), one a row. Columns are known by their names in the
/// first row, whatever their order and case; others are passed over. Sources are "path#ID" ("path#LINE" without an id),
/// places "path:LINE". Errors: kSyntax for a row that breaks the grammar or has another number of fields, kNoText,
/// kTooLarge; the other rows are read.
class Csv : public Container {
 public:
  explicit Csv(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
  std::optional<Result<Page>> next() override;

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);
  enum Column { kText, kHtml, kId, kUrl, kTitle, kPublished, kAuthors, kPublisher, kTags, kColumns };
  friend bool is_csv(std::string_view start, std::string_view name);

  static Column column_of(std::string_view name);
  std::optional<Error> read_row(std::vector<std::string>& fields);
  std::optional<Error> fault(ErrorCode code, const std::string& message);
  bool more(size_t at);
  std::optional<Error> read_header();
  Result<Page> page_of(const std::vector<std::string>& fields) const;
  std::string place() const { return stream_->name() + ":" + std::to_string(line_); }

  std::unique_ptr<Stream> stream_;
  char separator_ = ',';
  std::vector<std::string> row_;
  std::array<size_t, kColumns> where_{};
  size_t width_ = 0;
  uint64_t line_ = 0, next_line_ = 1;
  bool begun_ = false, ended_ = false;
};

}  // namespace dragoman::ingest
