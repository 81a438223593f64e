// SPDX-License-Identifier: Apache-2.0
#include "ingest/json_lines.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "ingest/limits.h"
#include "ingest/sniff.h"

namespace dragoman::ingest {

bool begins_with_json_line(std::string_view start, bool whole) {
  start = base::trim(start);
  if (!start.starts_with('{')) return false;
  const size_t end = start.find('\n');
  const std::string_view line = start.substr(0, end);
  if (end == std::string_view::npos && !whole) return base::trim(line.substr(1)).starts_with('"');
  const auto page = JsonLineReader().read(line, "", 1);
  return page || page.error().code == ErrorCode::kNoText;
}

std::optional<Error> JsonLines::fault_of_file() const {
  const std::string& name = stream_->name();
  // Where lines of JSON begin, a NUL costs its own line.
  const bool begins = base::trim(stream_->ahead()).starts_with("{\"");
  if (const std::string kind = binary_kind(stream_->ahead()); !kind.empty() && !begins) {
    return Error{ErrorCode::kBinary, "is no JSON Lines file but " + kind, name};
  }
  if (const std::string charset = wide_charset(stream_->ahead()); !charset.empty()) {
    return Error{ErrorCode::kEncoding,
                 std::string("is UTF-") + (unit_of(charset) == 2 ? "16" : "32") +
                     "; JSON Lines have to be UTF-8 (iconv -f " + charset + " -t utf-8 converts it)",
                 name};
  }
  return std::nullopt;
}

std::optional<Result<Page>> JsonLines::next() {
  if (!begun_) {
    begun_ = true;
    if (auto fault = fault_of_file()) {
      ended_ = any_ = true;
      return Result<Page>(std::move(*fault));
    }
    if (stream_->ahead().starts_with("\xEF\xBB\xBF")) stream_->skip(3);
  }
  for (size_t looked = 0; !ended_;) {
    const std::string_view ahead = stream_->ahead();
    const size_t end = ahead.find('\n', looked);
    const bool last = end == std::string_view::npos;
    if (last && ahead.size() > kMostLine) return line_too_long();
    if (last && !stream_->at_end()) {
      looked = ahead.size();
      stream_->fill();
      continue;
    }
    if (last && ahead.empty()) break;
    ++line_;
    const size_t size = last ? ahead.size() : end;
    std::optional<Result<Page>> page;
    if (size > kMostLine) {
      page = Result<Page>(too_large(stream_->name() + ":" + std::to_string(line_), kMostLine));
    } else if (const std::string_view text = base::trim(ahead.substr(0, size)); !text.empty()) {
      page = json_.read(text, stream_->name(), line_);
    }
    stream_->skip(size + (last ? 0 : 1));
    looked = 0;
    if (!page) continue;
    any_ = true;
    return page;
  }
  return end();
}

// Reads on to the line's end without keeping it.
Result<Page> JsonLines::line_too_long() {
  ++line_;
  any_ = true;
  for (;;) {
    const size_t end = stream_->ahead().find('\n');
    stream_->skip(end == std::string_view::npos ? stream_->ahead().size() : end + 1);
    if (end != std::string_view::npos || !stream_->fill()) break;
  }
  return too_large(stream_->name() + ":" + std::to_string(line_), kMostLine);
}

std::optional<Result<Page>> JsonLines::end() {
  ended_ = true;
  if (auto error = stream_->take_error()) {
    any_ = true;
    return Result<Page>(std::move(*error));
  }
  if (std::exchange(any_, true)) return std::nullopt;
  return Result<Page>(Error{ErrorCode::kEmpty, "has no line of JSON", stream_->name()});
}

}  // namespace dragoman::ingest
