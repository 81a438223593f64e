// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/container.h"

namespace dragoman::ingest {

/// True for the first bytes of a mail (.eml) or of a page saved as MHTML.
bool is_mail(std::string_view start);

/// A mail (RFC 5322, MIME) as a page: its text, subject, sender and date; attachments are passed over. A page saved as
/// MHTML (RFC 2557): its HTML and address; pictures and frames are passed over. Errors: kNoText where there is none,
/// kSyntax behind a page whose last part is cut off.
class Mail : public Container {
 public:
  Mail(std::string path, std::string bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {}
  std::optional<Result<Page>> next() override;

 private:
  std::string path_, bytes_;
  bool read_ = false, cut_ = false;
};

/// "=?utf-8?q?Gr=C3=BC=C3=9Fe?= from Berlin" → "Grüße from Berlin" (RFC 2047). What is no UTF-8 becomes U+FFFD.
std::string decoded_header(std::string_view value);

}  // namespace dragoman::ingest
