// SPDX-License-Identifier: Apache-2.0
#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>

namespace dragoman::cli {
namespace {

constexpr size_t kWidthElsewhere = 140;  // in files and pipes, where lines may be longer than a screen
constexpr size_t kLeastWidth = 60;

struct Range {
  char32_t first, last;
};

// The blocks of Unicode that terminals show over two columns (UAX 11, W and F), joined where close together.
constexpr Range kWide[] = {{0x1100, 0x115F},  {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
                           {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                           {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
                           {0x20000, 0x3FFFD}};
// Marks that stand over the letter before them, and characters without a form.
constexpr Range kNone[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x200B, 0x200F},
                           {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};

template <size_t N>
bool among(const Range (&ranges)[N], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](Range range) { return range.first <= c && c <= range.last; });
}

size_t width_of(char32_t c) {
  if (c < 0x300) return 1;
  if (among(kNone, c)) return 0;
  return among(kWide, c) ? 2 : 1;
}

/// Length in bytes of the character that begins with this byte (of valid UTF-8).
size_t length_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

char32_t char_at(std::string_view text, size_t at, size_t length) {
  auto c = static_cast<char32_t>(static_cast<unsigned char>(text[at]));
  if (length > 1) c &= 0x7FU >> length;
  for (size_t i = 1; i < length && at + i < text.size(); ++i)
    c = c << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return c;
}

/// Bytes of the longest beginning of at most `width` columns.
size_t beginning(std::string_view text, size_t width) {
  size_t columns = 0, at = 0;
  while (at < text.size()) {
    const size_t length = length_of(text[at]);
    columns += width_of(char_at(text, at, length));
    if (columns > width) break;
    at += length;
  }
  return std::min(at, text.size());
}

std::string one_line(std::string_view text) {
  std::string line = visible(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

}  // namespace

size_t width_of(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t length = length_of(text[at]);
    columns += width_of(char_at(text, at, length));
    at += length;
  }
  return columns;
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0x7F) {
      out += "\u2421";
    } else if (byte < 0x20 && byte != '\n' && byte != '\t') {
      out.append("\xE2\x90").push_back(static_cast<char>(0x80 + byte));  // U+2400, the picture of NUL, and on
    } else if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) {
      out += "\uFFFD";  // U+0080 to U+009F; a terminal may take U+009B as the beginning of a command
      ++at;
    } else {
      out.push_back(text[at]);
    }
  }
  return out;
}

std::string shortened(std::string_view text, size_t width) {
  const std::string line = one_line(text);
  if (width_of(line) <= width) return line;
  if (width == 0) return "";
  std::string kept = line.substr(0, beginning(line, width - 1));
  while (!kept.empty() && kept.back() == ' ') kept.pop_back();
  return kept + "…";
}

std::string excerpt(std::string_view text, std::string_view words, size_t width) {
  const std::string line = one_line(text);
  const size_t at = line.find(words);
  if (width_of(line) <= width || at == std::string::npos || words.empty()) return shortened(line, width);
  // As much before the words as after them, but no space left over at either end of the sentence.
  const size_t before = width_of(line.substr(0, at)), all = width_of(line), inner = width_of(words);
  const size_t side = width > inner ? (width - inner) / 2 : 0;
  size_t skip = before > side ? before - side : 0;
  if (all - skip < width) skip = all - width;
  if (skip == 0) return shortened(line, width);
  size_t from = beginning(line, skip + 1);  // one more for the "…"
  const size_t space = line.find(' ', from);
  if (space != std::string::npos && space < at) from = space + 1;  // whole words, where there is one
  return "…" + shortened(line.substr(from), width > 0 ? width - 1 : 0);
}

std::string padded(std::string text, size_t width) {
  const size_t columns = width_of(text);
  if (columns < width) text.append(width - columns, ' ');
  return text;
}

std::string wrapped(std::string_view text, size_t width, std::string_view indent) {
  std::string out, line;
  const auto finish = [&] {
    if (!line.empty()) out.append(indent).append(line).push_back('\n');
    line.clear();
  };
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (!line.empty() && width_of(indent) + width_of(line) + 1 + width_of(word) > width) finish();
    if (!line.empty() && !word.empty()) line.push_back(' ');
    line.append(word);
    if (end < text.size() && text[end] == '\n') finish();
    at = end + 1;
  }
  finish();
  return out;
}

size_t terminal_width() {
  if (const char* const columns = std::getenv("COLUMNS"); columns != nullptr) {
    const long told = std::strtol(columns, nullptr, 10);
    if (told > 0 && told < 10000) return std::max<size_t>(static_cast<size_t>(told), kLeastWidth);
  }
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return kWidthElsewhere;
  return std::max<size_t>(size.ws_col, kLeastWidth);
}

bool shows_colours() {
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  return isatty(STDOUT_FILENO) != 0 && (terminal == nullptr || std::strcmp(terminal, "dumb") != 0);
}

bool error_is_terminal() { return isatty(STDERR_FILENO) != 0; }

}  // namespace dragoman::cli
