// SPDX-License-Identifier: Apache-2.0
#include "store/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

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

/// Letters in lower case and digits; 0 for what stands between words.
constexpr std::array<char, 128> kLow = [] {
  std::array<char, 128> low{};
  for (char c = '0'; c <= '9'; ++c) low[static_cast<size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) low[static_cast<size_t>(c)] = low[static_cast<size_t>(c - ('a' - 'A'))] = c;
  return low;
}();

void fold_ascii(std::string_view text, std::string& out, bool& in_word) {
  const size_t before = out.size();
  out.resize(before + text.size() + 1);  // at most a space more than there are characters
  char* to = out.data() + before;
  for (const char c : text) {
    const char low = kLow[static_cast<unsigned char>(c)];
    if (low != 0) {
      if (!in_word) *to++ = ' ';
      *to++ = low;
    }
    in_word = low != 0;
  }
  out.resize(static_cast<size_t>(to - out.data()));
}

void fold_unicode(std::string_view utf8, std::string& out, bool& in_word) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(error);
  icu::UnicodeString text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
  if (U_SUCCESS(error)) text = nfkd->normalize(text.foldCase(), error);
  icu::UnicodeString words;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = without_stroke(text.char32At(i));
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (!u_isalnum(c)) {
      in_word = false;
      continue;
    }
    if (!in_word) words.append(static_cast<UChar>(' '));
    in_word = true;
    words.append(c);
  }
  words.toUTF8String(out);
}

}  // namespace

std::string folded(std::string_view name) {
  std::string out;
  out.reserve(name.size() + 1);
  bool in_word = false;
  // Stretches of ASCII need no tables. What is left out of either kind does not reach into the other: marks that stand
  // on a letter go, whatever the letter.
  for (size_t i = 0; i < name.size();) {
    size_t end = i;
    while (end < name.size() && static_cast<unsigned char>(name[end]) < 0x80) ++end;
    fold_ascii(name.substr(i, end - i), out, in_word);
    i = end;
    while (end < name.size() && static_cast<unsigned char>(name[end]) >= 0x80) ++end;
    if (end > i) fold_unicode(name.substr(i, end - i), out, in_word);
    i = end;
  }
  return out;
}

}  // namespace dragoman::store
