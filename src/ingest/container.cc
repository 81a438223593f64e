// SPDX-License-Identifier: Apache-2.0
#include "ingest/container.h"

#include <utility>

#include "base/text.h"
#include "ingest/charset.h"
#include "ingest/csv.h"
#include "ingest/feed.h"
#include "ingest/json_line.h"
#include "ingest/json_lines.h"
#include "ingest/limits.h"
#include "ingest/mail.h"
#include "ingest/sniff.h"
#include "ingest/warc.h"
#include "ingest/zip.h"

namespace dragoman::ingest {
namespace {

constexpr size_t kLook = 1 << 20;  // bytes in which a file's first line is looked for

// A file of which there is only to say why it is not read.
class Refused : public Container {
 public:
  explicit Refused(Error error) : error_(std::move(error)) {}
  std::optional<Result<Page>> next() override {
    if (!error_) return std::nullopt;
    return Result<Page>(*std::exchange(error_, std::nullopt));
  }

 private:
  std::optional<Error> error_;
};

// A file that is one page, or one object of JSON.
class Single : public Container {
 public:
  Single(std::unique_ptr<Stream> stream, Format format) : stream_(std::move(stream)), format_(format) {}

  std::optional<Result<Page>> next() override {
    if (!stream_) return std::nullopt;
    const std::unique_ptr<Stream> stream = std::move(stream_);
    auto bytes = all_of(*stream);
    if (!bytes) return Result<Page>(bytes.error());
    const std::string& name = stream->name();
    if (base::lower_ascii(name).ends_with(".json") && format_ == Format::kAuto) {  // over several lines
      return JsonLineReader().read(*bytes, name, 1);
    }
    Page page;
    page.source = page.place = name;
    page.bytes = std::move(*bytes);
    page.format = format_;
    return Result<Page>(std::move(page));
  }

 private:
  std::unique_ptr<Stream> stream_;
  Format format_;
};

// A container that needs all bytes at hand; it is made when first asked for a page.
template <class Made>
class Whole : public Container {
 public:
  explicit Whole(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}

  std::optional<Result<Page>> next() override {
    if (stream_) {
      const std::unique_ptr<Stream> stream = std::move(stream_);
      auto bytes = all_of(*stream);
      if (!bytes) return Result<Page>(bytes.error());
      made_.emplace(stream->name(), std::move(*bytes));
    }
    return made_ ? made_->next() : std::nullopt;
  }

 private:
  std::unique_ptr<Stream> stream_;
  std::optional<Made> made_;
};

std::string_view name_inside(std::string_view name) {
  for (const std::string_view packed : {".gz", ".zst", ".zstd"}) {
    if (name.ends_with(packed)) return name.substr(0, name.size() - packed.size());
  }
  return name;
}

// The first bytes in UTF-8, for finding out what they are.
std::string look_at(std::string_view start) {
  if (const std::string charset = wide_charset(start); !charset.empty()) {
    auto decoded = to_utf8(start.substr(0, start.size() - start.size() % unit_of(charset)), "", false);
    return decoded ? std::move(*decoded) : std::string();
  }
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  return std::string(start.substr(0, kLook));
}

}  // namespace

Result<std::string> all_of(Stream& stream) {
  while (!stream.has_error() && stream.ahead().size() <= kMostBytes && stream.fill()) {
  }
  if (auto error = stream.take_error()) return *error;
  if (stream.ahead().size() > kMostBytes) return too_large(stream.name(), kMostBytes);
  std::string bytes(stream.ahead());
  stream.skip(bytes.size());
  return bytes;
}

std::unique_ptr<Container> open_container(std::unique_ptr<Stream> stream, Format format, int within) {
  // A pipe gives its first line in pieces.
  while (stream->ahead().size() < kLook && stream->fill() && stream->ahead().find('\n') == std::string_view::npos) {
  }
  const std::string name = stream->name();
  if (stream->ahead().empty()) {
    if (auto error = stream->take_error()) return std::make_unique<Refused>(std::move(*error));
    return std::make_unique<Refused>(Error{ErrorCode::kEmpty, "is empty", name});
  }
  if (format == Format::kJsonLines) return std::make_unique<JsonLines>(std::move(stream));
  if (format != Format::kAuto) return std::make_unique<Single>(std::move(stream), format);
  if (is_warc(stream->ahead())) return std::make_unique<WarcArchive>(std::move(stream));
  if (is_zip(stream->ahead())) {
    if (within == 0) return std::make_unique<Zip>(std::move(stream));
    return std::make_unique<Refused>(
        Error{ErrorCode::kBinary, "is a ZIP archive within another; unpack that one first", name});
  }
  const std::string start = look_at(stream->ahead());
  if (is_feed(start)) return std::make_unique<Whole<Feed>>(std::move(stream));
  if (is_mailbox(stream->ahead())) return std::make_unique<Mailbox>(std::move(stream));
  if (is_mail(start)) return std::make_unique<Whole<Mail>>(std::move(stream));
  const Format told = format_of_name(name_inside(name));
  // Not a page that shows such records.
  const bool may_be_warc =
      name_inside(name).ends_with(".warc") || (told == Format::kAuto && format_of_text(start) != Format::kHtml);
  if (may_be_warc && has_warc_records(stream->ahead())) return std::make_unique<WarcArchive>(std::move(stream));
  if (told == Format::kJsonLines || (told == Format::kAuto && begins_with_json_line(start, stream->at_end()))) {
    return std::make_unique<JsonLines>(std::move(stream));
  }
  if (told == Format::kAuto && is_csv(start, name_inside(name))) return std::make_unique<Csv>(std::move(stream));
  return std::make_unique<Single>(std::move(stream), told);
}

}  // namespace dragoman::ingest
