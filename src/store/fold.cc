// SPDX-License-Identifier: Apache-2.0
#include "store/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace dragoman::store {
namespace {

// Letters that have no decomposition but are written without their stroke by half the world's keyboards.
UChar32 without_stroke(UChar32 c) {
  switch (c) {
    case 0x0142: return 'l';  // ł
    case 0x00F8: return 'o';  // ø
    case 0x0111: return 'd';  // đ
    case 0x0131: return 'i';  // ı
    default: return c;
  }
}

}  // namespace

std::string folded(std::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(error);
  icu::UnicodeString text = icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
  if (U_SUCCESS(error)) text = nfkd->normalize(text.foldCase(), error);
  icu::UnicodeString out;
  bool in_word = false;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = without_stroke(text.char32At(i));
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (!u_isalnum(c)) {
      in_word = false;
      continue;
    }
    if (!in_word) out.append(static_cast<UChar>(' '));
    in_word = true;
    out.append(c);
  }
  std::string utf8;
  return out.toUTF8String(utf8);
}

}  // namespace dragoman::store
