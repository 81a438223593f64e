// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "article_check.h"
#include "ingest/charset.h"

// The first byte chooses the label that the container gives.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static constexpr std::string_view kLabels[] = {"",       "utf-8",    "windows-1251", "shift_jis",
                                                 "gb2312", "utf-16le", "iso-2022-jp",  "nonsense"};
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  dragoman::ByteOrigins origins;
  const auto text = dragoman::ingest::to_utf8(bytes, kLabels[data[0] % 8], data[0] >= 128, &origins);
  using dragoman::fuzz::require;
  uint32_t end = 0;
  for (const auto& origin : origins) {
    require(origin.text.begin == end && origin.begin <= origin.end && origin.end <= bytes.size());
    end = origin.text.end;
  }
  require(!text || end == text->size());
  require(!text || dragoman::base::first_invalid_utf8(*text) == dragoman::base::kValid);
  if (text) require(dragoman::base::first_invalid_utf8(dragoman::ingest::to_nfc(*text)) == dragoman::base::kValid);
  return 0;
}
