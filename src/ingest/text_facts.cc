// SPDX-License-Identifier: Apache-2.0
#include "ingest/text_facts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/find.h"
#include "base/text.h"
#include "ingest/line_features.h"

namespace dragoman::ingest {
namespace {

static_assert(std::endian::native == std::endian::little, "words are packed with their first byte lowest");

// Words that hold sentences together, in the languages most news is written in: running text is full of them,
// menus and headings are not. None is longer than eight bytes.
constexpr std::string_view kFunctionWords =
    "the of to in and a that is was for on with as it by at from be are has have had were he she they "
    "his her their its which who this but not been an or we i you there when after would will said der "
    "die das und den dem des ist nicht mit von ein eine auf sich im zu auch war als wie le la les du et "
    "que qui dans est une un pour au sur par el los las en de y se con una por del lo su al il di che "
    "non per della o e do da em um uma com os no na het een van op te dat zijn w z nie och att det som "
    "ett и в на что";

constexpr uint64_t kEach = 0x0101010101010101ULL;  // one in each byte

// Up to eight bytes as a number.
uint64_t packed(const char* bytes, size_t size) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, std::min<size_t>(size, 8));
  return word;
}

// Lower case of the ASCII letters among eight bytes.
constexpr uint64_t lower(uint64_t word) {
  const uint64_t low = word & (0x7F * kEach);
  const uint64_t from_a = low + (0x80 - 'A') * kEach, past_z = low + (0x7F - 'Z') * kEach;
  return word | ((~word & (0x80 * kEach) & (from_a ^ past_z)) >> 2);
}

// '#' for each ASCII digit among eight bytes.
constexpr uint64_t without_digits(uint64_t word) {
  const uint64_t from_zero = word ^ ('0' * kEach);
  const uint64_t other = (((from_zero & (0x7F * kEach)) + (0x80 - 10) * kEach) | from_zero) & (0x80 * kEach);
  const uint64_t digits = ((other ^ (0x80 * kEach)) >> 7) * 0xFF;
  return (word & ~digits) | (('#' * kEach) & digits);
}

uint64_t mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

class FunctionWords {
 public:
  FunctionWords() {
    for (const std::string_view word : base::split(kFunctionWords, ' ')) {
      const uint64_t key = packed(word.data(), word.size());
      size_t at = place(key);
      while (slots_[at] != 0 && slots_[at] != key) at = (at + 1) % kSlots;
      slots_[at] = key;
    }
  }

  bool contains(uint64_t key) const {
    size_t at = place(key);
    while (slots_[at] != 0 && slots_[at] != key) at = (at + 1) % kSlots;
    return slots_[at] == key;
  }

 private:
  static constexpr size_t kSlots = 1024;
  static size_t place(uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL) >> 54; }
  std::array<uint64_t, kSlots> slots_{};
};

// Four counters in one number, a table of what each byte adds to them; texts are counted in pieces that no counter
// overflows in.
constexpr int kDigits = 0, kLetters = 16, kUpper = 32, kCommas = 48;
constexpr size_t kPiece = 60'000;
constexpr auto kCounts = [] {
  std::array<uint64_t, 256> counts{};
  for (size_t c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    const uint64_t digit = base::is_ascii_digit(byte), letter = base::is_ascii_alpha(byte) || c >= 0x80;
    const uint64_t capital = base::is_ascii_upper(byte), comma = byte == ',';
    counts[c] = (digit << kDigits) | (letter << kLetters) | (capital << kUpper) | (comma << kCommas);
  }
  return counts;
}();

constexpr auto kInWord = [] {
  std::array<bool, 256> in{};
  for (size_t c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    in[c] = base::is_ascii_alpha(byte) || base::is_ascii_digit(byte) || c >= 0x80 || byte == '\'';
  }
  return in;
}();

// A word of up to four bytes as packed() gives it.
constexpr uint64_t four(std::string_view word) {
  uint64_t all = 0;
  for (size_t i = 0; i < word.size(); ++i) all |= uint64_t{static_cast<unsigned char>(word[i])} << (8 * i);
  return all;
}

class Pass {
 public:
  Pass(std::string_view text, TextFacts& facts) : text_(text), facts_(facts) {}

  void run() {
    for (size_t from = 0; from < text_.size(); from += kPiece) {
      uint64_t sum = 0;
      for (const char c : text_.substr(from, kPiece)) sum += kCounts[static_cast<unsigned char>(c)];
      facts_.digits += static_cast<int>((sum >> kDigits) & 0xFFFF);
      facts_.letters += static_cast<int>((sum >> kLetters) & 0xFFFF);
      facts_.upper += static_cast<int>((sum >> kUpper) & 0xFFFF);
      facts_.commas += static_cast<int>((sum >> kCommas) & 0xFFFF);
    }
    for (size_t at = 0; at < text_.size();) {
      if (!kInWord[byte(at)]) {
        other(at++);
        continue;
      }
      size_t end = at + 1;
      while (end < text_.size() && kInWord[byte(end)]) ++end;
      word(at, end);
      at = end;
    }
    if (facts_.beyond_ascii) count_signs();
    facts_.likeness = likeness();
  }

 private:
  unsigned char byte(size_t at) const { return static_cast<unsigned char>(text_[at]); }

  void other(size_t at) {
    const char c = text_[at];
    switch (c) {
      case '.':
        facts_.web =
            facts_.web || text_.compare(at, 4, ".com") == 0 || (at >= 3 && text_.compare(at - 3, 4, "www.") == 0);
        [[fallthrough]];
      case '!':
      case '?': end_of_sentence(at); break;
      case '\n': ++facts_.line_ends; break;
      case '"': facts_.quote = true; break;
      case '|': facts_.bar = true; break;
      case '@': facts_.at_sign = true; break;
      case '(': facts_.open_bracket = true; break;
      case ')': facts_.close_bracket = true; break;
      default: break;
    }
  }

  void end_of_sentence(size_t at) {
    if (at + 1 == text_.size()) {
      ++facts_.ends;
      return;
    }
    const char next = text_[at + 1];
    facts_.ends += base::is_ascii_space(next) || next == '"';
    if (next == ' ' && at + 2 < text_.size() && (base::is_ascii_upper(text_[at + 2]) || text_[at + 2] == '"'))
      ++facts_.inner_ends;
  }

  void word(size_t from, size_t to) {
    ++facts_.words;
    const size_t size = to - from;
    facts_.capital += base::is_ascii_upper(text_[from]) || base::is_ascii_digit(text_[from]);
    const uint64_t own = first_bytes(from, size);
    if (size <= 8) facts_.function += kWords().contains(lower(own));
    facts_.beyond_ascii = facts_.beyond_ascii || (own & (0x80 * kEach)) != 0 || (size > 8 && high(from + 8, to));
    if (from == 0 || text_[from - 1] != ' ') return;
    const bool space = to < text_.size() && text_[to] == ' ';
    switch (own & 0xFFFFFFFF) {
      case four("you"): facts_.you = facts_.you || (size == 3 && space); break;
      case four("your"): facts_.you = facts_.you || (size == 4 && space); break;
      case four("our"): facts_.our = facts_.our || (size == 3 && space); break;
      case four("us"): facts_.our = facts_.our || (size == 2 && space); break;
      case four("told"): facts_.said = facts_.said || (size == 4 && space); break;
      case four("said"):
      case four("says"): facts_.said = true; break;
      default: break;
    }
  }

  // Up to eight bytes, read at once where eight stand there.
  uint64_t first_bytes(size_t at, size_t size) const {
    if (at + 8 > text_.size()) return packed(text_.data() + at, size);
    uint64_t word = 0;
    std::memcpy(&word, text_.data() + at, 8);
    return size >= 8 ? word : word & ((uint64_t{1} << (8 * size)) - 1);
  }

  static const FunctionWords& kWords() {
    static const FunctionWords words;
    return words;
  }

  bool high(size_t from, size_t to) const {
    return std::any_of(text_.begin() + static_cast<ptrdiff_t>(from), text_.begin() + static_cast<ptrdiff_t>(to),
                       [](char c) { return (c & 0x80) != 0; });
  }

  // Kana and Chinese signs, which stand without spaces; two make a word or so.
  void count_signs() { facts_.counted = count_signs_of(text_) / 2; }

  uint64_t likeness() const {
    uint64_t hash = text_.size();
    size_t at = 0;
    for (; at + 8 <= text_.size(); at += 8) hash = mixed(hash, without_digits(first_bytes(at, 8)));
    return mixed(hash, without_digits(packed(text_.data() + at, text_.size() - at)));
  }

  std::string_view text_;
  TextFacts& facts_;
};

}  // namespace

TextFacts facts_of(std::string_view text, std::string_view folded_title) {
  TextFacts facts;
  Pass(text, facts).run();
  facts.counted += facts.words;
  facts.sentence = ends_sentence(text);
  facts.web = facts.web || base::contains(text, "http");
  const FoldedLine folded(text);
  facts.phrase = furniture_phrase(folded);
  facts.title = !folded_title.empty() && folded.text() == folded_title;
  facts.credit = has_photo_credit(text);
  facts.date = facts.digits >= 5 && is_date_line(text);
  return facts;
}

}  // namespace dragoman::ingest
