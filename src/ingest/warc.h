// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dragoman/error.h"
#include "dragoman/page.h"
#include "ingest/container.h"

namespace dragoman::ingest {

/// True for the first bytes of a WARC file (unpacked).
bool is_warc(std::string_view bytes);

/// True where such a file begins with something else, up to 64 KB of it: a line there begins a record, and its fields
/// tell of what type it is.
bool has_warc_records(std::string_view bytes);

/// The pages of a web archive (WARC 1.0 and 1.1, ISO 28500): responses with status 200 and resources that are HTML or
/// plain text, and the texts of WET files. Other records (requests, metadata, revisits, pictures) are passed over.
/// A wrong Content-Length is mended by looking for the next record; what was cut off or damaged gives what there is,
/// and an error behind it. What stands before the first record is told first.
class WarcReader {
 public:
  /// `path` names the file in sources ("path#URL") and places ("path:RECORD").
  WarcReader(std::string path, MoreBytes bytes);

  /// The next page or error (kTooLarge, kSyntax, kBinary), with the record's number and where it begins in the unpacked
  /// archive; nothing at the end.
  std::optional<Result<Page>> next();

 private:
  struct Record {
    std::string type, url, content_type;
    std::string_view body;
  };

  bool fill(size_t size);
  bool to_next_record();
  size_t next_mark(size_t from) const;
  std::string up_to_next_record();
  std::optional<std::string> header();
  std::optional<Result<Page>> page_of(const Record& record, std::string& damage) const;
  std::optional<Error> before_records();
  std::string place() const;
  Error fault(ErrorCode code, const std::string& message) const;

  std::string path_;
  MoreBytes bytes_;
  std::string buffer_;
  size_t at_ = 0;
  uint64_t before_ = 0;  // bytes that are no longer in the buffer
  uint64_t number_ = 0, begin_ = 0;
  std::optional<Error> behind_;  // to be told after the page that was given
  bool begun_ = false, ended_ = false;
  bool hold_ = false;  // bytes before at_ are still wanted
};

/// A web archive as a container: packed or not; a damaged record does not end it.
class WarcArchive : public Container {
 public:
  explicit WarcArchive(std::unique_ptr<Stream> stream);
  std::optional<Result<Page>> next() override;

 private:
  std::unique_ptr<Stream> stream_;
  WarcReader records_;
};

/// What a server sent: the body after transfer and content encodings, the charset and whether it is a page to be read
/// (status 200, HTML or plain text).
struct HttpMessage {
  int status = 0;
  std::string type, charset;  ///< "text/html", "utf-8"; "" if not told
  std::string packed;         ///< the content encoding that could not be undone; "" if none
  std::string damage;         ///< what is wrong with the body, of which there is a part: "has …"; "" if nothing is
  std::string body;
};
std::optional<HttpMessage> read_http(std::string_view message, uint64_t most);

}  // namespace dragoman::ingest
