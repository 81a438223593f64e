// SPDX-License-Identifier: Apache-2.0
#include "ingest/boxes.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "ingest/furniture.h"

namespace dragoman::ingest {
namespace {

constexpr size_t kLongestBox = 400;    // bytes: a label and a few lines of it
constexpr size_t kLongestCall = 350;   // bytes: two sentences and the button
constexpr size_t kLongestQuote = 300;  // bytes
constexpr size_t kFewestWords = 4;     // of a pull quote: fewer may stand twice by chance

// What is written on buttons below offers, in lower case.
constexpr std::array<std::string_view, 18> kButtons = {
    "sign up",       "sign up now",    "sign up here",    "sign up for free", "sign up today", "subscribe",
    "subscribe now", "subscribe here", "subscribe today", "register now",     "register here", "join now",
    "join us",       "donate now",     "donate today",    "download the app", "learn more",    "get started"};

// Length of a quotation mark at the begin of the text, 0 if there is none.
size_t opening_mark(std::string_view text) {
  if (text.starts_with("\"") || text.starts_with("'")) return 1;
  for (const std::string_view mark : {"\u201c", "\u2018", "\u00ab", "\u201e"}) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

// The words between the marks of a text that begins with a quotation: "“…” Jane Doe" → "…"; "" if it does not.
std::string_view quoted(std::string_view text) {
  const size_t from = opening_mark(text);
  if (from == 0) return {};
  size_t to = std::string_view::npos;
  for (const std::string_view mark : {"\"", "\u201d", "\u00bb", "\u201c"}) to = std::min(to, text.find(mark, from));
  if (to == std::string_view::npos) return text.substr(from);
  // Behind it a name at most; with more it is a paragraph that begins with a quotation.
  const std::string_view rest = base::trim(text.substr(to));
  const bool is_name = !rest.ends_with('.') && std::count(rest.begin(), rest.end(), ' ') <= 5;
  return is_name ? text.substr(from, to - from) : std::string_view();
}

size_t word_count(std::string_view bare) {
  return bare.empty() ? 0 : static_cast<size_t>(std::count(bare.begin(), bare.end(), ' ')) + 1;
}

}  // namespace

const char* label_of_box(const html::Block& block) {
  const size_t line = block.text.find('\n');
  if (line == std::string::npos || block.text.size() > kLongestBox) return nullptr;
  const FurniturePhrase phrase = furniture_phrase(std::string_view(block.text).substr(0, line));
  if (!phrase) return nullptr;
  const std::string_view reason = phrase.reason;
  const bool labels = phrase.begins_section || reason == "advertisement";
  return labels ? phrase.reason : nullptr;
}

bool is_call(const html::Block& block) {
  if (block.link == 0 || block.text.size() > kLongestCall) return false;
  const std::string folded = fold_line(block.text);
  return std::any_of(kButtons.begin(), kButtons.end(), [&](std::string_view button) {
    if (!folded.ends_with(button) || block.link < button.size()) return false;
    // Set apart by the end of a sentence: "if you want to learn more" is one of the article.
    const std::string_view before = base::trim(std::string_view(folded).substr(0, folded.size() - button.size()));
    return before.empty() || std::string_view(".!?:|").find(before.back()) != std::string_view::npos;
  });
}

std::string bare_words(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool mark = text.compare(i, 2, "\xE2\x80") == 0 && i + 2 < text.size();  // dashes and quotation marks
    const bool letter = base::is_ascii_alpha(text[i]) || base::is_ascii_digit(text[i]) || (text[i] & 0x80) != 0;
    if (letter && !mark) {
      out.push_back(text[i]);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
    if (mark) i += 2;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return base::lower_ascii(out);
}

bool is_pull_quote(std::string_view text, bool marked, const std::vector<std::string>& body) {
  if (text.size() > kLongestQuote) return false;
  const std::string_view inner = quoted(text);
  if (inner.empty() && !marked) return false;
  const std::string words = bare_words(inner.empty() ? text : inner);
  if (word_count(words) < kFewestWords) return false;
  const std::string whole = bare_words(text);
  return std::any_of(body.begin(), body.end(), [&](const std::string& paragraph) {
    // (std::string::find takes quadratic time where a text repeats itself.)
    return paragraph != whole && paragraph.size() > words.size() &&
           ::memmem(paragraph.data(), paragraph.size(), words.data(), words.size()) != nullptr;
  });
}

}  // namespace dragoman::ingest
