// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/container.h"

namespace dragoman::ingest {

/// True for the first bytes of a mail (.eml) or of a page saved as MHTML.
bool is_mail(std::string_view start);

/// A mail (RFC 5322, MIME) as a page: its text, subject, sender and date; attachments are passed over. A page saved as
/// MHTML (RFC 2557): its HTML and address; pictures and frames are passed over. Errors: kNoText where there is none,
/// kSyntax behind a page whose last part is cut off.
class Mail : public Container {
 public:
  Mail(const std::string& path, std::string bytes) : Mail(path, path, std::move(bytes)) {}
  Mail(std::string source, std::string place, std::string bytes)
      : source_(std::move(source)), place_(std::move(place)), bytes_(std::move(bytes)) {}
  std::optional<Result<Page>> next() override;

 private:
  std::string source_, place_, bytes_;
  bool read_ = false, cut_ = false;
};

/// True for the first bytes of a mailbox (mbox, RFC 4155): a line "From …" stands before each mail.
bool is_mailbox(std::string_view start);

/// The mails of a mailbox, read forwards. Their source is "path#NUMBER", their place "path:LINE"; of a mailbox with one
/// mail both are the path. Lines that were written ">From " since they looked like the beginning of a mail are read as
/// "From ". Errors: those of each mail; kTooLarge for one; the others are read.
class Mailbox : public Container {
 public:
  explicit Mailbox(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
  std::optional<Result<Page>> next() override;

 private:
  std::optional<size_t> end_of_mail();
  std::string take(size_t size);
  std::optional<Error> open_next();

  std::unique_ptr<Stream> stream_;
  std::optional<Mail> mail_;  // in the midst of being read
  uint64_t number_ = 0, line_ = 1;
};

/// "=?utf-8?q?Gr=C3=BC=C3=9Fe?= from Berlin" → "Grüße from Berlin" (RFC 2047). What is no UTF-8 becomes U+FFFD.
std::string decoded_header(std::string_view value);

}  // namespace dragoman::ingest
