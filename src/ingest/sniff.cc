// SPDX-License-Identifier: Apache-2.0
#include "ingest/sniff.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;

struct Magic {
  size_t at;
  std::string_view bytes;
  const char* kind;
};

// The signatures that each format's specification gives (octal where a letter that is a digit of a hexadecimal number
// follows).
constexpr std::array<Magic, 27> kMagic{{
    {0, "\x89PNG\r\n\x1A\n"sv, "a PNG image"},
    {0, "\xFF\xD8\xFF"sv, "a JPEG image"},
    {0, "GIF87a"sv, "a GIF image"},
    {0, "GIF89a"sv, "a GIF image"},
    {8, "WEBP"sv, "a WebP image"},
    {0, "%PDF-"sv, "a PDF document"},
    {0, "PK\x03\x04"sv, "a ZIP archive or office document"},
    {0, "\177ELF"sv, "a program (ELF)"},
    {0, "MZ\x90\x00"sv, "a program (Windows)"},
    {0, "\x1F\x8B\x08"sv, "a gzip archive"},
    {0, "\x28\xB5\x2F\xFD"sv, "a Zstandard archive"},
    {0, "\3757zXZ\x00"sv, "an xz archive"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    {0, "BZh9"sv, "a bzip2 archive"},
    {257, "ustar"sv, "a tar archive"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old office document"},
    {0, "{\\rtf"sv, "an RTF document"},
    {0, "SQLite format 3\x00"sv, "an SQLite database"},
    {0, "PAR1"sv, "a Parquet file"},
    {0, "OggS"sv, "an Ogg recording"},
    {0, "ID3"sv, "an MP3 recording"},
    {4, "ftyp"sv, "an MP4 film"},
    {0, "\x1A\x45\xDF\xA3"sv, "a Matroska film"},
    {8, "WAVE"sv, "a WAV recording"},
    {0, "\xCA\xFE\xBA\xBE"sv, "a Java class"},
    {0, "\000asm"sv, "a WebAssembly program"},
    {0, "II*\x00"sv, "a TIFF image"},
}};

constexpr size_t kLook = 64 << 10;  // bytes looked at

// Control characters that text has no use for: all but tab to carriage return, backspace and escape.
bool is_odd_control(unsigned char c) {
  return static_cast<unsigned>(c < 0x08) | static_cast<unsigned>(static_cast<unsigned char>(c - 0x0E) < 0x0D) |
         static_cast<unsigned>(static_cast<unsigned char>(c - 0x1C) < 0x04) | static_cast<unsigned>(c == 0x7F);
}

// Text of one byte a letter, or UTF-8, with stray NULs: less than half of what would be units has one. UTF-16 of Latin
// letters has one in each, that of other scripts bytes that are no UTF-8 or control characters.
bool is_plain_text_with_few_zeros(std::string_view bytes) {
  size_t zeros = 0;
  for (const char c : bytes) {
    zeros += c == '\0' ? 1U : 0U;
    if (c != '\0' && is_odd_control(static_cast<unsigned char>(c))) return false;
  }
  constexpr size_t kCut = 3;  // bytes of a sequence that goes on behind what is looked at
  const size_t bad = base::first_invalid_utf8(bytes);
  return zeros < bytes.size() / 4 && (bad == base::kValid || (bad + kCut >= bytes.size() && bytes.size() >= kLook));
}

std::string lower_start(std::string_view text, size_t size) { return base::lower_ascii(text.substr(0, size)); }

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return name.ends_with(e); });
}

}  // namespace

std::string utf16_without_mark(std::string_view bytes) {
  const size_t size = std::min(bytes.size(), kLook) & ~size_t{1};
  if (size < 4 || std::memchr(bytes.data(), 0, size) == nullptr) return {};
  if (is_plain_text_with_few_zeros(bytes.substr(0, size))) return {};
  size_t zeros[2] = {0, 0}, controls[2] = {0, 0};
  for (size_t i = 0; i < size; i += 2) {
    if (bytes[i] == '\0' && bytes[i + 1] == '\0') return {};  // UTF-32, or no text
    for (const size_t half : {0, 1}) {
      if (bytes[i + half] != '\0') continue;
      ++zeros[half];
      controls[half] += is_odd_control(static_cast<unsigned char>(bytes[i + 1 - half])) ? 1U : 0U;
    }
  }
  // Spaces and ASCII letters have a zero in one half of their unit; in the other half it is rare: one Chinese sign in
  // seventy is U+4E00. One unit in 20 allows for scripts whose own letters have none.
  const size_t enough = std::max<size_t>(1, size / 2 / 20);
  const auto is_high = [&](size_t half) {
    return zeros[half] >= enough && zeros[1 - half] * 2 <= zeros[half] && controls[half] * 50 <= zeros[half];
  };
  if (is_high(1)) return "utf-16le";
  if (is_high(0)) return "utf-16be";
  return {};
}

std::pair<std::string_view, const char*> byte_order_mark(std::string_view bytes) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 5> kMarks{{
      {"\xEF\xBB\xBF"sv, "utf-8"},
      {"\xFF\xFE\0\0"sv, "utf-32le"},  // before the one that it begins with
      {"\0\0\xFE\xFF"sv, "utf-32be"},
      {"\xFF\xFE"sv, "utf-16le"},
      {"\xFE\xFF"sv, "utf-16be"},
  }};
  for (const auto& mark : kMarks) {
    if (bytes.starts_with(mark.first)) return mark;
  }
  return {"", ""};
}

std::string wide_charset(std::string_view bytes) {
  const std::string_view marked = byte_order_mark(bytes).second;
  if (marked == "utf-8") return {};
  return marked.empty() ? utf16_without_mark(bytes) : std::string(marked);
}

size_t unit_of(std::string_view charset) {
  return charset.starts_with("utf-16") ? 2 : charset.starts_with("utf-32") ? 4 : 1;
}

std::string binary_kind(std::string_view bytes) {
  for (const Magic& magic : kMagic) {
    if (bytes.size() >= magic.at + magic.bytes.size() && bytes.substr(magic.at, magic.bytes.size()) == magic.bytes) {
      return magic.kind;
    }
  }
  if (!wide_charset(bytes).empty()) return {};
  const std::string_view look = bytes.substr(0, kLook);
  uint32_t zeros = 0;
  uint32_t controls = 0;
  for (const char c : look) {
    zeros += static_cast<uint32_t>(c == '\0');
    controls += static_cast<uint32_t>(is_odd_control(static_cast<unsigned char>(c)));
  }
  // A stray NUL or control character happens in copied text; one in a thousand or two in a hundred do not.
  if (size_t{zeros} * 1000 > look.size() || size_t{controls} * 50 > look.size()) return "bytes that are no text";
  return {};
}

Format format_of_name(std::string_view path) {
  const std::string name = base::lower_ascii(path.substr(path.rfind('/') + 1));
  if (ends_with_any(name, {".jsonl", ".ndjson", ".jsonlines"})) return Format::kJsonLines;
  if (ends_with_any(name, {".html", ".htm", ".xhtml", ".shtml", ".xht"})) return Format::kHtml;
  if (ends_with_any(name, {".txt", ".text"})) return Format::kText;
  return Format::kAuto;
}

Format format_of_text(std::string_view text) {
  const std::string start = lower_start(base::trim(text.substr(0, 4096)), 1024);
  for (const std::string_view sign : {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv}) {
    if (start.find(sign) != std::string::npos) return Format::kHtml;
  }
  // Otherwise by its tags: a fragment of a page has at least three and one in 400 bytes; text that speaks
  // of "a < b" has none that close.
  const std::string_view look = text.substr(0, kLook);
  size_t tags = 0;
  for (size_t at = look.find("</"); at != std::string_view::npos; at = look.find("</", at + 2)) {
    tags += at + 2 < look.size() && base::is_ascii_alpha(look[at + 2]);
  }
  return tags >= 3 && tags * 400 >= look.size() ? Format::kHtml : Format::kText;
}

}  // namespace dragoman::ingest
