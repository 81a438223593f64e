// SPDX-License-Identifier: Apache-2.0
#include "document/credits.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dragoman {
namespace {

// What credits begin with, in lower case; the languages are those of the pages that were looked at.
constexpr std::array<std::string_view, 31> kStarts = {
    "photo:",   "photos:",       "photo by",   "photograph:",   "photo credit", "image:",        "image credit",
    "image by", "picture:",      "pictures:",  "credit:",       "source:",      "copyright:",    "foto:",
    "fotos:",   "foto \xC2\xA9", "bild:",      "bild \xC2\xA9", "bilder:",      "quelle:",       "imagen:",
    "fot.",     "kuva:",         "isithombe:", "foto di",       "cr\u00E9dit",  "cr\u00E9ditos", "handout/",
    "graphic:", "grafik:",       "\xC2\xA9"};

bool begins_word(std::string_view text, size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  return !base::is_ascii_alpha(before) && !base::is_ascii_digit(before) && (before & 0x80) == 0;
}

bool starts_credit(std::string_view lower, size_t at) {
  if (!begins_word(lower, at)) return false;
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [&](std::string_view start) { return lower.substr(at).starts_with(start); });
}

}  // namespace

size_t credit_begin(std::string_view caption) {
  constexpr size_t kLongest = 120;  // bytes of names
  const std::string lower = base::lower_ascii(caption);
  for (size_t at = lower.size() - std::min(lower.size(), kLongest); at < lower.size(); ++at) {
    if (!starts_credit(lower, at)) continue;
    // A sentence behind it: "Source: the ministry. It had ..." tells more than names.
    const size_t sentence = lower.find(". ", at + 5);
    if (sentence != std::string::npos && sentence + 20 < lower.size()) continue;
    size_t begin = at;
    while (begin > 0 && (base::is_ascii_space(caption[begin - 1]) || caption[begin - 1] == '(' ||
                         caption[begin - 1] == '[' || caption[begin - 1] == '|')) {
      --begin;
    }
    return begin == 0 ? caption.size() : begin;
  }
  return caption.size();
}

}  // namespace dragoman
