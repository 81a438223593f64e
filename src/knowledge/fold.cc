// SPDX-License-Identifier: Apache-2.0
#include "knowledge/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

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

/// The character at `at` if it has two or three bytes, as Latin letters and punctuation do; else, and where the bytes
/// are no UTF-8, one that no table holds.
char32_t short_char(std::string_view text, size_t at) {
  constexpr char32_t kNone = 0xFFFFFF;
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[k]); };
  const auto follows = [&](size_t k) { return k < text.size() && (byte(k) & 0xC0) == 0x80; };
  const char32_t lead = byte(at);
  if (0xC2 <= lead && lead < 0xE0 && follows(at + 1)) return (lead & 0x1F) << 6 | (byte(at + 1) & 0x3F);
  if (lead == 0xE2 && follows(at + 1) && follows(at + 2))
    return 0x2000 | static_cast<char32_t>(byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
  return kNone;
}

/// What fold_ascii() makes of each byte.
enum class Act : uint8_t { kLetter, kGap, kNothing, kWide };

constexpr std::array<Act, 256> acts() {
  std::array<Act, 256> all{};
  for (size_t byte = 0; byte < all.size(); ++byte) {
    const char c = static_cast<char>(byte);
    const bool letter = byte < 0x80 && (base::is_ascii_alpha(c) || base::is_ascii_digit(c) || c == '&');
    const bool silent = c == '.' || c == '\'' || c == '`';
    all[byte] = byte >= 0x80 ? Act::kWide : letter ? Act::kLetter : silent ? Act::kNothing : Act::kGap;
  }
  return all;
}

constexpr std::array<Act, 256> kActs = acts();

/// Each byte itself, in lower case where asked, and a space where fold_ascii() has a gap.
constexpr std::array<char, 256> letters(bool lower) {
  std::array<char, 256> all{};
  for (size_t byte = 0; byte < all.size(); ++byte) {
    const char c = kActs[byte] == Act::kGap ? ' ' : static_cast<char>(byte);
    all[byte] = lower && base::is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return all;
}

constexpr std::array<char, 256> kPlain = letters(false), kLower = letters(true);

constexpr uint64_t kOnes = 0x0101010101010101, kHighBits = 0x80 * kOnes;

/// The high bit of each of eight bytes of ASCII that lies between two; of other bytes nothing is told.
constexpr uint64_t bytes_between(uint64_t word, char least, char most) {
  const uint64_t low = word & ~kHighBits;
  const uint64_t reaches = low + (0x80 - static_cast<uint64_t>(least)) * kOnes;
  const uint64_t exceeds = low + (0x7F - static_cast<uint64_t>(most)) * kOnes;
  return (reaches & ~exceeds) & kHighBits;
}

/// What fold_wide() makes of each letter of the Latin script and mark of punctuation, found out by asking it.
class LatinTable {
 public:
  static constexpr uint8_t kUnknown = 0xFF;

  struct Folded {
    uint8_t size = kUnknown;  // of the letters it becomes; 0: a gap between words, or nothing
    bool gap = false;
    char text[2] = {};
  };

  LatinTable() {
    for (char32_t c = kAscii; c < kLatin; ++c) latin_[c - kAscii] = of(c);
    for (char32_t c = kMarks; c < kMarksEnd; ++c) marks_[c - kMarks] = of(c);
  }

  const Folded& wide(char32_t c) const {
    if (kAscii <= c && c < kLatin) return latin_[c - kAscii];
    return kMarks <= c && c < kMarksEnd ? marks_[c - kMarks] : unknown_;
  }

 private:
  static constexpr char32_t kAscii = 0x80, kLatin = 0x180, kMarks = 0x2010, kMarksEnd = 0x2040;

  static Folded of(char32_t c) {
    std::string probe(1, 'a');
    base::append_utf8(probe, c);
    const std::string seen = fold_wide(probe + "b");
    Folded folded;
    const std::string letters = seen.size() < 2 ? "" : seen.substr(1, seen.size() - 2);
    if (letters.size() > sizeof folded.text || (letters.find(' ') != std::string::npos && letters != " "))
      return folded;
    folded.gap = letters == " ";
    folded.size = folded.gap ? 0 : static_cast<uint8_t>(letters.size());
    std::copy(letters.begin(), letters.begin() + folded.size, folded.text);
    return folded;
  }

  std::array<Folded, kLatin - kAscii> latin_ = {};
  std::array<Folded, kMarksEnd - kMarks> marks_ = {};
  Folded unknown_;
};

// Whether a word that papers write with a small letter or a capital begins at `at`, in a name's midst.
bool begins_particle(std::string_view name, size_t at) {
  constexpr std::string_view kParticles =
      " al el ash ath adh as at ad an ar az bin ibn ben bint ould abu de da do dos das del della di du la le van von "
      "der"
      " den ter zu af ";
  if (at == 0 || name[at - 1] != ' ') return false;
  const size_t end = name.find(' ', at);
  if (end == std::string_view::npos) return false;
  const std::string word = ' ' + base::lower_ascii(name.substr(at, end - at)) + ' ';
  return kParticles.find(word) != std::string_view::npos;
}

}  // namespace

std::string fold(std::string_view name) {
  name = without_possessive(base::trim(name));
  std::string out = is_ascii(name) ? fold_ascii(name) : fold_wide(name);
  if (out.size() > 4 && base::lower_ascii(out.substr(0, 4)) == "the ") out.erase(0, 4);
  return out;
}

FoldedName::FoldedName(std::string_view name) {
  name = without_possessive(base::trim(name));
  if (name.size() > kUsual || !(fold_plain(name) || fold_latin(name))) {
    long_text_ = fold(name);
    long_lower_ = base::lower_ascii(long_text_);
    text_ = long_text_;
    lower_ = long_lower_;
    return;
  }
  if (text_.size() > 4 && lower_.starts_with("the ")) {
    text_.remove_prefix(4);
    lower_.remove_prefix(4);
  }
}

// Names of letters, figures and single spaces, as nearly all are, stay as they are: they are seen through and put into
// lower case eight bytes a step, each byte by itself in a part of a number.
bool FoldedName::fold_plain(std::string_view name) {
  const size_t size = name.size();
  if (size < sizeof(uint64_t) || name.front() == ' ' || name.back() == ' ') return false;
  for (size_t done = 0; done < size;) {
    const size_t at = std::min(done, size - sizeof(uint64_t));  // the last step begins where it ends with the name
    uint64_t word = 0;
    std::memcpy(&word, name.data() + at, sizeof word);
    const uint64_t spaces = bytes_between(word, ' ', ' '), capitals = bytes_between(word, 'A', 'Z');
    const uint64_t lower = word | capitals >> 2;  // the bit that is 0x20 of the byte
    const uint64_t kept =
        bytes_between(lower, 'a', 'z') | bytes_between(word, '0', '9') | bytes_between(word, '&', '&') | spaces;
    if ((word & kHighBits) != 0 || kept != kHighBits || (spaces & spaces << 8) != 0) return false;
    if (at > 0 && name[at] == ' ' && name[at - 1] == ' ') return false;
    std::memcpy(small_ + at, &word, sizeof word);
    std::memcpy(small_ + kUsual + at, &lower, sizeof lower);
    done = at + sizeof word;
  }
  text_ = {small_, size};
  lower_ = {small_ + kUsual, size};
  return true;
}

// What fold() does, by tables of what it does to each letter; a test holds both against each other. False where the
// name has letters that no table holds. Letters of ASCII are written without asking what they are, and kept or written
// over by the next: names are so short that mistaken branches were most of the time.
bool FoldedName::fold_latin(std::string_view name) {
  static const LatinTable kTable;
  char* out = small_;  // the name in lower case is kUsual farther on
  bool gap = true;     // nothing, or a gap, was written last
  const auto put = [&](char c) {
    out[0] = c;
    out[kUsual] = kLower[static_cast<unsigned char>(c)];
    ++out;
    gap = c == ' ';
  };
  const size_t size = name.size();
  for (size_t at = 0; at < size;) {
    const auto c = static_cast<unsigned char>(name[at]);
    const Act act = kActs[c];
    if (act != Act::kWide) {
      ++at;
      const bool is_letter = act == Act::kLetter, is_gap = act == Act::kGap;
      out[0] = kPlain[c];
      out[kUsual] = kLower[c];
      out += static_cast<size_t>(is_letter) | (static_cast<size_t>(is_gap) & static_cast<size_t>(!gap));
      gap = (gap & !is_letter) | is_gap;
      continue;
    }
    const LatinTable::Folded& folded = kTable.wide(short_char(name, at));
    if (folded.size == LatinTable::kUnknown) return false;
    at += c < 0xE0 ? 2 : 3;
    if (folded.gap && !gap) put(' ');
    for (uint8_t k = 0; k < folded.size; ++k) put(folded.text[k]);
  }
  if (out != small_ && out[-1] == ' ') --out;
  const auto length = static_cast<size_t>(out - small_);
  text_ = {small_, length};
  lower_ = {small_ + kUsual, length};
  return true;
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
  if (seen.empty() || seen.size() != known.size()) return false;
  for (size_t at = 0; at < seen.size(); ++at) {
    if (seen[at] == known[at]) continue;
    const bool first = at == 0 && base::is_ascii_upper(seen[at]);
    if (!first && !begins_particle(known, at)) return false;
  }
  return true;
}

}  // namespace dragoman::knowledge
