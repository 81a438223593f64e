// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dragoman/error.h"
#include "dragoman/page.h"
#include "ingest/gunzip.h"

namespace dragoman::ingest {

/// True for the first bytes of a WARC file (unpacked).
bool is_warc(std::string_view bytes);

/// The pages of a web archive (WARC 1.0 and 1.1, ISO 28500): responses with status 200 and resources that are HTML or
/// plain text, and the texts of WET files. Other records (requests, metadata, revisits, pictures) are passed over.
/// A wrong Content-Length is mended by looking for the next record.
class WarcReader {
 public:
  /// `path` names the file in sources ("path#URL") and places ("path:RECORD").
  WarcReader(std::string path, MoreBytes bytes);

  /// The next page or error (kTooLarge, kSyntax); nothing at the end.
  std::optional<Result<Page>> next();

 private:
  struct Record {
    std::string type, url, content_type;
    std::string_view body;
  };

  bool fill(size_t size);
  bool to_next_record();
  std::string up_to_next_record();
  std::optional<std::string> header();
  std::optional<Result<Page>> page_of(const Record& record) const;
  std::string place() const;

  std::string path_;
  MoreBytes bytes_;
  std::string buffer_;
  size_t at_ = 0;
  uint64_t number_ = 0;
  bool ended_ = false;
  bool hold_ = false;  // bytes before at_ are still wanted
};

/// What a server sent: the body after transfer and content encodings, the charset and whether it is a page to be read
/// (status 200, HTML or plain text).
struct HttpMessage {
  int status = 0;
  std::string type, charset;  ///< "text/html", "utf-8"; "" if not told
  std::string body;
};
std::optional<HttpMessage> read_http(std::string_view message, uint64_t most);

}  // namespace dragoman::ingest
