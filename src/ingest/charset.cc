// SPDX-License-Identifier: Apache-2.0
#include "ingest/charset.h"

#include <uchardet.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/origins.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/sniff.h"

namespace dragoman::ingest {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr size_t kTolerated = 100;  // one bad sequence in so many characters

// Labels whose WHATWG meaning differs from ICU's reading of the name (Encoding Standard, section 4.2).
constexpr std::array<std::pair<std::string_view, const char*>, 24> kLabels{{
    {"iso-8859-1", "windows-1252"}, {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"}, {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},    {"l1", "windows-1252"},
    {"ascii", "windows-1252"},      {"us-ascii", "windows-1252"},
    {"iso-8859-9", "windows-1254"}, {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"}, {"tis-620", "windows-874"},
    {"gb2312", "gb18030"},          {"gbk", "gb18030"},
    {"gb_2312-80", "gb18030"},      {"x-gbk", "gb18030"},
    {"euc-kr", "windows-949"},      {"ks_c_5601-1987", "windows-949"},
    {"ksc5601", "windows-949"},     {"shift_jis", "windows-31j"},
    {"sjis", "windows-31j"},        {"x-sjis", "windows-31j"},
    {"big5", "big5-hkscs"},         {"utf8", "utf-8"},
}};

/// "" for what is no label: ICU would look past characters that no name has.
std::string converter_of(std::string_view label) {
  const std::string name = base::lower_ascii(base::trim(label));
  const auto in_names = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.:+() ").find(c) != std::string_view::npos;
  };
  if (!std::all_of(name.begin(), name.end(), in_names)) return {};
  for (const auto& [from, to] : kLabels) {
    if (name == from) return to;
  }
  return name;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// Whether pages are written in such a charset. Those that the Encoding Standard leaves out since they hide text
/// (UTF-7, HZ, ISCII, SCSU …) are not read: their shifts change what ASCII bytes mean.
bool is_of_pages(const UConverter* converter, std::string_view charset) {
  switch (ucnv_getType(converter)) {
    case UCNV_ISO_2022: return charset.starts_with("iso-2022-jp") || charset == "csiso2022jp";
    case UCNV_EBCDIC_STATEFUL:
    case UCNV_LMBCS_1:
    case UCNV_LMBCS_2:
    case UCNV_LMBCS_3:
    case UCNV_LMBCS_4:
    case UCNV_LMBCS_5:
    case UCNV_LMBCS_6:
    case UCNV_LMBCS_8:
    case UCNV_LMBCS_11:
    case UCNV_LMBCS_16:
    case UCNV_LMBCS_17:
    case UCNV_LMBCS_18:
    case UCNV_LMBCS_19:
    case UCNV_HZ:
    case UCNV_SCSU:
    case UCNV_ISCII:
    case UCNV_UTF7:
    case UCNV_BOCU1:
    case UCNV_CESU8:
    case UCNV_IMAP_MAILBOX:
    case UCNV_COMPOUND_TEXT: return false;
    default: return true;
  }
}

size_t replaced(std::string_view text) {
  size_t bad = 0;
  for (size_t at = text.find(kReplacement); at != std::string_view::npos; at = text.find(kReplacement, at + 3)) ++bad;
  return bad;
}

// Share of U+FFFD is what tells a wrong charset; those that were in the bytes as such are few.
bool too_many_replaced(std::string_view text) { return replaced(text) * kTolerated > base::count_chars(text); }

// Decodes with ICU; "" if the charset is not known or the text comes out broken.
std::string decode(std::string_view bytes, const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> from(ucnv_open(charset.c_str(), &status));
  const std::unique_ptr<UConverter, CloseConverter> to(ucnv_open("UTF-8", &status));
  if (U_FAILURE(status) || !is_of_pages(from.get(), charset)) return {};
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 4096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  std::array<char, 16384> piece;
  do {
    char* target = piece.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source, bytes.data() + bytes.size(),
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), source == bytes.data(),
                   true, &status);
    out.append(piece.data(), static_cast<size_t>(target - piece.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status) || too_many_replaced(out)) return {};
  return out;
}

// Which bytes of a text each stretch of another text was made of, noted side by side.
class OriginNotes {
 public:
  explicit OriginNotes(uint64_t begin) : begin_(begin) {}

  void add(size_t text, size_t bytes) {
    if (text > 0) base::add_origin(origins_, {{at_, static_cast<uint32_t>(at_ + text)}, begin_, begin_ + bytes});
    at_ += static_cast<uint32_t>(text);
    begin_ += bytes;
  }
  ByteOrigins take() { return std::move(origins_); }

 private:
  uint32_t at_ = 0;
  uint64_t begin_;
  ByteOrigins origins_;
};

size_t utf8_size(UChar32 c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

// Character by character what decode() did at once.
ByteOrigins decoded_origins(std::string_view bytes, const std::string& charset, uint64_t begin) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> from(ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status)) return {};
  OriginNotes notes(begin);
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  while (source < end) {
    const char* const before = source;
    status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(from.get(), &source, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    notes.add(utf8_size(U_FAILURE(status) ? 0xFFFD : c), static_cast<size_t>(source - before));
    if (U_FAILURE(status)) break;
  }
  return notes.take();
}

// Well-formed sequences of more than one byte: text in another charset has hardly any.
size_t multibyte_sequences(std::string_view repaired) {
  size_t count = 0;
  for (size_t i = 0; i < repaired.size(); ++i) {
    const auto c = static_cast<unsigned char>(repaired[i]);
    count += c >= 0xC2 && repaired.compare(i, 3, kReplacement) != 0;
  }
  return count;
}

bool has_high_byte(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// What tells charsets apart: the lines with bytes beyond ASCII, or with the escapes
// of ISO-2022-JP, the first of them. The detector is slow, and half of a page is script.
std::string telling_lines(std::string_view bytes) {
  constexpr size_t kEnough = 64 << 10, kLongestLine = 4 << 10;
  std::string lines;
  for (size_t at = 0; at < bytes.size() && lines.size() < kEnough;) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(at, std::min(end - at, kLongestLine));
    if (has_high_byte(line) || line.find('\x1B') != std::string_view::npos) lines += line;
    at += line.size();
  }
  return lines;
}

std::string detect(std::string_view bytes) {
  struct Close {
    void operator()(uchardet_t detector) const { uchardet_delete(detector); }
  };
  const std::unique_ptr<uchardet, Close> detector(uchardet_new());
  const std::string sample = telling_lines(bytes);
  uchardet_handle_data(detector.get(), sample.data(), sample.size());
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

// Of bytes that are called UTF-8 and are not: whether a text in a charset of one byte a character was meant. A capital
// within a word and control characters say that it was not.
bool reads_well(std::string_view text) {
  size_t beyond = 0, odd = 0;
  char32_t before = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = base::next_char(text, at);
    if (c >= 0x80) {
      ++beyond;
      const bool within = u_isUUppercase(static_cast<UChar32>(c)) && u_isULowercase(static_cast<UChar32>(before));
      odd += within || u_iscntrl(static_cast<UChar32>(c)) || c == U'\uFFFD' ? 1U : 0U;
    }
    before = c;
  }
  return odd * 10 < beyond;
}

Error not_decodable(const std::string& charset) {
  return {ErrorCode::kEncoding,
          charset.empty() ? "has characters that no known charset explains"
                          : "has too many characters that cannot be decoded as " + charset,
          ""};
}

}  // namespace

namespace {

// Calls `sound` with each stretch that is UTF-8 and `bad` with each that is not.
template <class Sound, class Bad>
void for_each_sequence(std::string_view bytes, Sound sound, Bad bad) {
  while (!bytes.empty()) {
    const size_t at = base::first_invalid_utf8(bytes);
    if (at == base::kValid) break;
    sound(bytes.substr(0, at));
    size_t next = at + 1;
    while (next < bytes.size() && (static_cast<unsigned char>(bytes[next]) & 0xC0) == 0x80) ++next;
    bad(bytes.substr(at, next - at));
    bytes.remove_prefix(next);
  }
  sound(bytes);
}

}  // namespace

std::string with_bad_sequences_replaced(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 64);
  for_each_sequence(
      bytes, [&](std::string_view sound) { out += sound; }, [&](std::string_view) { out += kReplacement; });
  return out;
}

bool is_blank(std::string_view utf8) {
  for (size_t at = 0; at < utf8.size();) {
    const auto c = static_cast<UChar32>(base::next_char(utf8, at));
    const int8_t type = u_charType(c);
    if (!u_isUWhiteSpace(c) && type != U_FORMAT_CHAR && type != U_CONTROL_CHAR) return false;
  }
  return true;
}

std::string meta_charset(std::string_view bytes) {
  const std::string head = base::lower_ascii(bytes.substr(0, 4096));
  for (size_t at = head.find("charset"); at != std::string::npos; at = head.find("charset", at + 7)) {
    if (head.rfind("<meta", at) == std::string::npos) continue;
    size_t from = at + 7;
    while (from < head.size() && base::is_ascii_space(head[from])) ++from;
    if (from >= head.size() || head[from] != '=') continue;
    from = head.find_first_not_of(" \t\r\n\"'", from + 1);
    if (from == std::string::npos) continue;
    const size_t to = head.find_first_of(" \t\r\n\"';>/", from);
    if (to != std::string::npos && to > from) return head.substr(from, to - from);
  }
  return {};
}

bool is_clean_utf8(std::string_view bytes) {
  return base::first_invalid_utf8(bytes) == base::kValid && !bytes.starts_with("\xEF\xBB\xBF") &&
         utf16_without_mark(bytes).empty() && !is_iso_2022_jp(bytes) && binary_kind(bytes).empty();
}

bool is_iso_2022_jp(std::string_view bytes) {
  // To JIS X 0208 in its first or its second edition, to the kana of JIS X 0201.
  const auto is_escape = [](std::string_view three) {
    return three == "\x1B$@" || three == "\x1B$B" || three == "\x1B(I";
  };
  size_t at = bytes.find('\x1B');
  while (at != std::string_view::npos && !is_escape(bytes.substr(at, 3))) at = bytes.find('\x1B', at + 1);
  return at != std::string_view::npos && !has_high_byte(bytes);
}

void replace_nul(std::string& text, ByteOrigins* origins) {
  if (text.find('\0') == std::string::npos) return;
  std::string out;
  OriginNotes notes(0);
  for (size_t at = 0; at < text.size();) {
    const size_t nul = std::min(text.find('\0', at), text.size());
    out.append(text, at, nul - at);
    notes.add(nul - at, nul - at);
    at = nul;
    if (nul == text.size()) break;
    out += kReplacement;
    notes.add(kReplacement.size(), 1);
    ++at;
  }
  if (origins != nullptr) *origins = base::through(notes.take(), *origins);
  text = std::move(out);
}

namespace {

// The text of bytes, and how it was come by: read as some charset, or as UTF-8 with bad sequences replaced.
struct Decoded {
  std::string text;
  std::string charset;  // "" for UTF-8
  size_t mark = 0;      // bytes of the mark before the text
  size_t odd = 0;       // bytes behind the text that are no whole unit
};

Result<Decoded> decoded(std::string_view bytes, std::string_view label, bool html) {
  if (const std::string kind = binary_kind(bytes); !kind.empty()) {
    return Error{ErrorCode::kBinary, kind.starts_with("bytes") ? "holds " + kind : "is " + kind + ", not text", ""};
  }
  const auto marked = byte_order_mark(bytes);
  std::string charset = marked.second;
  const size_t mark = marked.first.size();
  bytes.remove_prefix(mark);
  if (charset.empty()) charset = utf16_without_mark(bytes);
  if (unit_of(charset) > 1) {
    const size_t odd = bytes.size() % unit_of(charset);
    bytes.remove_suffix(odd);
    std::string text = decode(bytes, charset);
    if (text.empty() && !bytes.empty()) return not_decodable(charset);
    return Decoded{std::move(text), charset, mark, odd};
  }
  if (is_iso_2022_jp(bytes)) {
    if (std::string text = decode(bytes, "iso-2022-jp"); !text.empty())
      return Decoded{std::move(text), "iso-2022-jp", mark};
  }
  if (base::first_invalid_utf8(bytes) == base::kValid) return Decoded{std::string(bytes), "", mark};

  if (charset.empty() && !label.empty()) charset = converter_of(label);
  if (charset.empty() && html) charset = converter_of(meta_charset(bytes));
  // A page cannot say in ASCII that it is UTF-16 (Encoding Standard: such a label means UTF-8).
  if (charset.starts_with("utf-16")) charset = "utf-8";
  std::string repaired = with_bad_sequences_replaced(bytes);
  if (charset == "utf-8") {
    if (too_many_replaced(repaired)) {
      // More sound sequences than bad ones, or a mark: damaged UTF-8.
      if (mark > 0 || multibyte_sequences(repaired) > replaced(repaired)) return not_decodable("utf-8");
      const std::string guess = converter_of(detect(bytes));
      std::string text = guess.empty() || guess == "utf-8" ? "" : decode(bytes, guess);
      if (!reads_well(text)) return not_decodable("utf-8");
      return Decoded{std::move(text), guess, mark};
    }
    return Decoded{std::move(repaired), "", mark};
  }
  if (!charset.empty()) {
    if (std::string text = decode(bytes, charset); !text.empty()) return Decoded{std::move(text), charset, mark};
  }
  // No label that helps: UTF-8 with a few broken places, if it has many times more sound ones.
  if (!too_many_replaced(repaired) && multibyte_sequences(repaired) >= 4 * replaced(repaired)) {
    return Decoded{std::move(repaired), "", mark};
  }
  for (const std::string& guess : {converter_of(detect(bytes)), std::string("windows-1252")}) {
    if (guess.empty() || guess == "utf-8") continue;
    if (std::string text = decode(bytes, guess); !text.empty()) return Decoded{std::move(text), guess, mark};
  }
  return not_decodable(charset);
}

ByteOrigins origins_of(std::string_view bytes, const Decoded& decoded) {
  bytes.remove_prefix(decoded.mark);
  bytes.remove_suffix(decoded.odd);
  if (!decoded.charset.empty()) return decoded_origins(bytes, decoded.charset, decoded.mark);
  OriginNotes notes(decoded.mark);
  for_each_sequence(
      bytes, [&](std::string_view sound) { notes.add(sound.size(), sound.size()); },
      [&](std::string_view bad) { notes.add(kReplacement.size(), bad.size()); });
  return notes.take();
}

}  // namespace

Result<std::string> to_utf8(std::string_view bytes, std::string_view label, bool html, ByteOrigins* origins) {
  auto read = decoded(bytes, label, html);
  if (!read) return read.error();
  if (origins != nullptr) *origins = origins_of(bytes, *read);
  return std::move(read->text);
}

std::string to_nfc(std::string text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; })) return text;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return text;
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (nfc->isNormalizedUTF8(piece, status) && U_SUCCESS(status)) return text;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  status = U_ZERO_ERROR;
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? out : text;
}

ByteOrigins nfc_origins(std::string_view text) {
  const std::string whole = to_nfc(std::string(text));
  if (whole == text) return base::same_bytes(static_cast<uint32_t>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  // What stands between two characters that nothing joins with those before them is normalized by itself.
  OriginNotes notes(0);
  for (size_t from = 0; from < text.size();) {
    size_t to = from;
    base::next_char(text, to);
    for (size_t next = to; next < text.size(); to = next) {
      if (nfc->hasBoundaryBefore(static_cast<UChar32>(base::next_char(text, next)))) break;
    }
    notes.add(to_nfc(std::string(text.substr(from, to - from))).size(), to - from);
    from = to;
  }
  return notes.take();
}

}  // namespace dragoman::ingest
