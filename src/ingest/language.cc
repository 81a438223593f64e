// SPDX-License-Identifier: Apache-2.0
#include "ingest/language.h"

#include <cstdio>  // compact_lang_det.h uses FILE without including it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace dragoman::ingest {
namespace {

// CLD2's codes that BCP 47 has replaced.
std::string modern(std::string code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "mo") return "ro";
  if (code == "in") return "id";
  return code;
}

}  // namespace

std::string language_of(std::string_view text) {
  constexpr size_t kEnough = 3 << 10;
  size_t size = std::min(text.size(), kEnough);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  bool reliable = false;
  const CLD2::Language language = CLD2::DetectLanguage(text.data(), static_cast<int>(size), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return "und";
  const std::string code = modern(CLD2::LanguageCode(language));
  return code.empty() || code == "un" ? "und" : code;
}

}  // namespace dragoman::ingest
