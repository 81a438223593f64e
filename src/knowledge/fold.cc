// SPDX-License-Identifier: Apache-2.0
#include "knowledge/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::knowledge {
namespace {

constexpr std::string_view kCurlyApostrophe = "\xE2\x80\x99";

// Letters that Unicode does not take apart into a base letter and a mark.
const char* whole_letter(char32_t c) {
  switch (c) {
    case 0xD8: return "O";
    case 0xF8: return "o";
    case 0x110:
    case 0xD0: return "D";
    case 0x111:
    case 0xF0: return "d";
    case 0x141: return "L";
    case 0x142: return "l";
    case 0x131: return "i";
    case 0x126: return "H";
    case 0x127: return "h";
    case 0xDF: return "ss";
    case 0xC6: return "Ae";
    case 0xE6: return "ae";
    case 0x152: return "Oe";
    case 0x153: return "oe";
    case 0xDE: return "Th";
    case 0xFE: return "th";
    case 0x18F:
    case 0x259: return "a";
    default: return nullptr;
  }
}

// Dropped without a trace: full stops and everything used as an apostrophe in transliterations.
bool is_silent(char32_t c) {
  return c == '.' || c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2BB || c == 0x2BC || c == 0x2BF ||
         c == 0x2BE || c == 0xB4 || c == 0x2032;
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

std::string decomposed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::string out;
  nfkd->normalize(wide, status).toUTF8String(out);
  return U_FAILURE(status) ? std::string(text) : out;
}

std::string_view without_possessive(std::string_view name) {
  for (const std::string_view mark : {std::string_view("'"), kCurlyApostrophe}) {
    if (name.size() > mark.size() + 1 && (name.ends_with("s") || name.ends_with("S")) &&
        name.substr(0, name.size() - 1).ends_with(mark))
      return name.substr(0, name.size() - 1 - mark.size());
    if (name.size() > mark.size() && name.ends_with(mark)) return name.substr(0, name.size() - mark.size());
  }
  return name;
}

void add_letter(std::string& out, bool& gap, std::string_view bytes) {
  if (gap && !out.empty()) out += ' ';
  gap = false;
  out += bytes;
}

std::string fold_ascii(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  bool gap = false;
  for (const char c : name) {
    if (c == '.' || c == '\'' || c == '`') continue;
    if (base::is_ascii_alpha(c) || base::is_ascii_digit(c) || c == '&')
      add_letter(out, gap, {&c, 1});
    else
      gap = true;
  }
  return out;
}

std::string fold_wide(std::string_view name) {
  const std::string text = decomposed(name);
  std::string out;
  bool gap = false;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t c = base::next_char(text, at);
    if (is_silent(c) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK) continue;
    if (const char* ascii = whole_letter(c))
      add_letter(out, gap, ascii);
    else if (c == '&' || u_isalnum(static_cast<UChar32>(c)))
      add_letter(out, gap, std::string_view(text).substr(start, at - start));
    else
      gap = true;
  }
  return out;
}

}  // namespace

std::string fold(std::string_view name) {
  name = without_possessive(base::trim(name));
  std::string out = is_ascii(name) ? fold_ascii(name) : fold_wide(name);
  if (out.size() > 4 && base::lower_ascii(out.substr(0, 4)) == "the ") out.erase(0, 4);
  return out;
}

std::string fold_lower(std::string_view name) { return base::lower_ascii(fold(name)); }

bool all_capitals(std::string_view folded) {
  bool letters = false;
  for (const char c : folded) {
    if ('a' <= c && c <= 'z') return false;
    letters = letters || base::is_ascii_upper(c);
  }
  return letters;
}

bool case_agrees(std::string_view seen, std::string_view known) {
  if (seen == known || all_capitals(seen)) return true;
  return !seen.empty() && seen.size() == known.size() && seen.substr(1) == known.substr(1) &&
         base::is_ascii_upper(seen[0]);
}

}  // namespace dragoman::knowledge
