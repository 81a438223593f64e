// SPDX-License-Identifier: Apache-2.0
#include "linking/words.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::linking {
namespace {

// Scripts without spaces, and hostile texts, would else be one word of any size, copied for every mention in it.
constexpr size_t kLongestWord = 100;  // bytes

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC; }

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

// Punctuation beyond ASCII: Latin-1 signs, general punctuation, CJK punctuation.
bool is_wide_mark(char32_t c) {
  return (0x80 <= c && c < 0xC0 && c != 0xAA && c != 0xBA) || (0x2000 <= c && c < 0x2070) ||
         (0x3000 <= c && c < 0x3030);
}

bool is_letter(char32_t c) {
  if (c < 0x80) return base::is_ascii_alpha(static_cast<char>(c)) || base::is_ascii_digit(static_cast<char>(c));
  return !is_wide_mark(c);
}

bool is_capital(char32_t c) {
  if (c < 0x80) return base::is_ascii_upper(static_cast<char>(c));
  return (0xC0 <= c && c <= 0xDE && c != 0xD7) || (0x100 <= c && c < 0x180 && c % 2 == 0) || (0x391 <= c && c <= 0x42F);
}

char mark_of(char32_t c) {
  if (c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB) return '"';
  if (c == 0x2013 || c == 0x2014) return '-';
  return c < 0x80 ? static_cast<char>(c) : ' ';
}

int strength(char mark) {
  static constexpr std::string_view kOrder = "&/-,)(;:\"!?.\n";
  const size_t at = kOrder.find(mark);
  return at == std::string_view::npos ? 0 : static_cast<int>(at) + 1;
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Word> run() {
    while (at_ < text_.size()) {
      const size_t start = at_;
      const char32_t c = base::next_char(text_, at_);
      if (is_letter(c)) {
        at_ = start;
        word();
      } else if (is_hyphen(c) && start > 0 && start == last_end() && is_letter(peek(at_))) {
        before_ = '~';  // "US-Iran"
      } else if (strength(mark_of(c)) > strength(before_)) {
        before_ = mark_of(c);
      }
    }
    return std::move(words_);
  }

 private:
  size_t last_end() const { return words_.empty() ? 0 : words_.back().span.end; }
  char32_t peek(size_t at) const { return at < text_.size() ? base::next_char(text_, at) : 0; }

  // Marks that stay inside a word when a letter follows: "Sana'a", "Beom-kye", "U.S", "AT&T", "1,000".
  bool joins(char32_t c, size_t start, size_t after) const {
    const char32_t next = peek(after);
    if (!is_letter(next)) return false;
    if (is_hyphen(c))
      return !(is_capital(next) && is_capital(peek(begin_)) && start - begin_ > 1) || lettered(start, after);
    if (is_apostrophe(c)) return true;
    if (c == '.') return (start - begin_ == 1 || text_[start - 2] == '.') && is_capital(next);
    if (c == ',')
      return base::is_ascii_digit(text_[start - 1]) && next < 0x80 && base::is_ascii_digit(static_cast<char>(next));
    return c == '&' && is_capital(next);
  }

  // "RSF-M", "NSCN-K": letters and one more are one name; "UK-U.S." and "US-N Korea" are two.
  bool lettered(size_t hyphen, size_t after) const {
    if (!base::is_ascii_upper(text_[hyphen - 1]) || !base::is_ascii_upper(text_[after])) return false;
    std::string_view rest = text_.substr(after + 1);
    if (rest.empty()) return true;
    const char32_t behind = peek(after + 1);
    if (is_letter(behind) || is_hyphen(behind) || behind == '&') return false;
    if (behind == '.') rest.remove_prefix(1);
    return !(behind == '.' && !rest.empty() && base::is_ascii_alpha(rest.front())) && !rest.starts_with(" Korea");
  }

  void word() {
    begin_ = at_;
    Word word;
    while (at_ < text_.size()) {
      const size_t start = at_;
      const char32_t c = base::next_char(text_, at_);
      if (at_ - begin_ > kLongestWord || (!is_letter(c) && !joins(c, start, at_))) {
        at_ = start;
        break;
      }
      word.capital = word.capital || is_capital(c);
    }
    size_t end = at_;
    end = without_possessive(end, word);
    if (at_ < text_.size() && text_[at_] == '.' && end == at_ && has_dot(end)) end = ++at_;  // "U.S."
    word.span = {static_cast<uint32_t>(begin_), static_cast<uint32_t>(end)};
    word.lower = base::lower_ascii(text_.substr(begin_, end - begin_));
    word.before = before_;
    before_ = ' ';
    words_.push_back(std::move(word));
  }

  bool has_dot(size_t end) const { return text_.substr(begin_, end - begin_).find('.') != std::string_view::npos; }

  // "Kenya's" ends before the apostrophe; so does "States'", whose apostrophe is still ahead.
  size_t without_possessive(size_t end, Word& word) {
    const std::string_view seen = text_.substr(begin_, end - begin_);
    for (const std::string_view mark : {std::string_view("'s"), std::string_view("\xE2\x80\x99s"),
                                        std::string_view("'S"), std::string_view("\xE2\x80\x99S")})
      if (seen.size() > mark.size() && seen.ends_with(mark)) {
        word.possessive = true;
        return end - mark.size();
      }
    if (seen.ends_with('s') && is_apostrophe(peek(end)) && peek(end) != 0) word.possessive = true;
    return end;
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t begin_ = 0;
  char before_ = '\n';
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> words_of(std::string_view text) { return Splitter(text).run(); }

size_t first_word(const std::vector<Word>& words, uint32_t at) {
  const auto found =
      std::lower_bound(words.begin(), words.end(), at, [](const Word& w, uint32_t b) { return w.span.begin < b; });
  return static_cast<size_t>(found - words.begin());
}

bool listed(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1))
    if (at > 0 && list[at - 1] == ' ' && at + word.size() < list.size() && list[at + word.size()] == ' ') return true;
  return false;
}

bool is_name_particle(std::string_view lower) {
  return listed(" de del della da dos das do di du la le van von der den ter el al bin ibn ben bint abu st y e zu af ",
                lower);
}

bool is_number(std::string_view lower) {
  constexpr std::string_view kWords =
      " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
      " eighteen nineteen ";
  constexpr std::string_view kTens = " twenty thirty forty fifty sixty seventy eighty ninety ";
  if (lower.empty()) return false;
  return base::is_ascii_digit(lower.front()) || listed(kWords, lower) ||
         listed(kTens, lower.substr(0, lower.find('-')));
}

bool is_of_a_number(std::string_view lower) {
  const size_t hyphen = lower.rfind('-');
  return hyphen != std::string_view::npos && hyphen + 1 < lower.size() && is_number(lower.substr(0, hyphen)) &&
         !is_number(lower.substr(hyphen + 1));
}

std::optional<size_t> number_in(std::string_view lower) {
  static constexpr std::string_view kUnits[] = {
      "",    "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
      "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  static constexpr std::string_view kTens[] = {"",      "",      "twenty",  "thirty", "forty",
                                               "fifty", "sixty", "seventy", "eighty", "ninety"};
  size_t sum = 0;
  bool any = false;
  for (const std::string_view part : base::split(lower, '-')) {
    if (!part.empty() && base::is_ascii_digit(part.front())) {
      if (part.size() > 3) return std::nullopt;
      for (const char c : part) {
        if (!base::is_ascii_digit(c)) return std::nullopt;
        sum = sum * 10 + static_cast<size_t>(c - '0');
      }
      any = true;
      continue;
    }
    const auto unit = std::find(std::begin(kUnits) + 1, std::end(kUnits), part);
    const auto ten = std::find(std::begin(kTens) + 2, std::end(kTens), part);
    if (unit == std::end(kUnits) && ten == std::end(kTens)) break;
    sum += unit != std::end(kUnits) ? static_cast<size_t>(unit - std::begin(kUnits))
                                    : 10 * static_cast<size_t>(ten - std::begin(kTens));
    any = true;
  }
  return any ? std::optional(sum) : std::nullopt;
}

bool says_where(std::string_view text, Span name) {
  constexpr std::string_view kBefore =
      " in at near from to into across throughout around inside outside through within over toward towards ";
  constexpr std::string_view kBetween = " the north south east west northern southern eastern western central ";
  if (name.end < text.size() && text[name.end] == ':') return true;
  constexpr uint32_t kLookBack = 60;  // bytes; bounds hostile texts
  const uint32_t begin = name.begin - std::min(name.begin, kLookBack);
  std::string_view before = text.substr(begin, name.begin - begin);
  std::string word;
  do {
    while (before.ends_with(' ') || before.ends_with('\n')) before.remove_suffix(1);
    const size_t gap = before.find_last_of(" \n");
    word = base::lower_ascii(before.substr(gap == std::string_view::npos ? 0 : gap + 1));
    before.remove_suffix(word.size());
  } while (listed(kBetween, word));
  return listed(kBefore, word);
}

}  // namespace dragoman::linking
