// SPDX-License-Identifier: Apache-2.0
#include "language/windows.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dragoman::language {
namespace {

// Words before a full stop that do not end a sentence; training/text.py has the same list.
constexpr std::array<std::string_view, 51> kAbbreviations = {
    "adm", "amb", "apr", "aug", "capt", "co",   "col",  "corp", "dec",  "dept", "dr",  "etc", "feb",
    "gen", "gov", "hon", "inc", "jan",  "jr",   "jul",  "jun",  "lt",   "ltd",  "maj", "mar", "messrs",
    "mr",  "mrs", "ms",  "no",  "nov",  "oct",  "pres", "prof", "rep",  "rev",  "sen", "sep", "sept",
    "sgt", "sr",  "st",  "vs",  "brig", "cmdr", "gens", "reps", "sens", "mt",   "ft",  "fr"};

bool closes(std::string_view word) {
  return word == "\"" || word == "'" || word == "\u201d" || word == "\u2019" || word == ")" || word == "]" ||
         word == "\u00bb";
}

bool ends(std::string_view word) { return word == "." || word == "!" || word == "?" || word == "\u2026"; }

bool is_read(BlockKind kind) { return kind != BlockKind::kByline && kind != BlockKind::kDateline; }

}  // namespace

bool likely_sentence_end(std::string_view text, const std::vector<Span>& words, size_t i) {
  const auto surface = [&](size_t k) { return k < words.size() ? words[k].of(text) : std::string_view(); };
  size_t k = i;
  while (k > 0 && closes(surface(k))) --k;
  if (!ends(surface(k))) return false;
  if (k == i && surface(k) == "." && k > 0 && words[k - 1].end == words[k].begin) {
    const std::string before = base::lower_ascii(surface(k - 1));
    if (before.size() == 1 && base::is_ascii_alpha(before[0])) return false;
    if (std::find(kAbbreviations.begin(), kAbbreviations.end(), before) != kAbbreviations.end()) return false;
  }
  const std::string_view next = surface(i + 1);
  if (next.empty()) return true;
  const char c = next[0];
  return !(('a' <= c && c <= 'z') || c == ',' || c == ';' || c == ':');
}

Layout lay_out(const Article& article, const Tokens& tokens) {
  Layout layout;
  const std::string_view text = article.text;
  size_t w = 0;
  for (const Block& block : article.blocks) {
    while (w < tokens.words.size() && tokens.words[w].begin < block.span.begin) ++w;
    bool first = true;
    for (; w < tokens.words.size() && tokens.words[w].begin < block.span.end; ++w) {
      if (!is_read(block.kind)) continue;
      const uint32_t from = w > 0 ? tokens.words[w - 1].end : 0;
      const std::string_view gap = text.substr(from, tokens.words[w].begin - from);
      const bool new_block = first || gap.find('\n') != std::string_view::npos;
      layout.words.push_back(static_cast<uint32_t>(w));
      layout.begins_block.push_back(new_block);
      layout.begins_window.push_back(new_block || (!gap.empty() && likely_sentence_end(text, tokens.words, w - 1)));
      first = false;
    }
  }
  return layout;
}

std::vector<Window> pack_windows(const Layout& layout, const std::vector<uint32_t>& pieces) {
  std::vector<Window> windows;
  const auto n = static_cast<uint32_t>(layout.words.size());
  Window window;
  uint32_t size = 0;       // pieces in the window
  uint32_t candidate = 0;  // first word of the last sentence candidate
  uint32_t before = 0;     // pieces of the window before it
  for (uint32_t w = 0; w < n; ++w) {
    if (layout.begins_window[w] != 0) {
      candidate = w;
      before = size;
    }
    if (size + pieces[w] > kWindowPieces && w > window.first) {
      const uint32_t cut = candidate > window.first ? candidate : w;
      windows.push_back({window.first, cut});
      window.first = cut;
      size = cut == w ? 0 : size - before;
      candidate = window.first;
      before = 0;
    }
    size += pieces[w];
  }
  if (window.first < n) windows.push_back({window.first, n});
  return windows;
}

}  // namespace dragoman::language
