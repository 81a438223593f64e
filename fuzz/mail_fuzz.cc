// SPDX-License-Identifier: Apache-2.0
#include "ingest/mail.h"

#include "container_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  dragoman::fuzz::require(dragoman::base::first_invalid_utf8(dragoman::ingest::decoded_header(bytes)) ==
                          dragoman::base::kValid);
  dragoman::ingest::Mail container("mail", bytes);
  dragoman::fuzz::walk(container);
  dragoman::ingest::Mailbox mailbox(dragoman::fuzz::in_pieces(data, size));
  dragoman::fuzz::walk(mailbox);
  return 0;
}
