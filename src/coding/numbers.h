// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/span.h"

namespace dragoman::coding {

/// A piece of a sentence as number reading sees it: a run of digits with its separators ("1,234.5"),
/// a run of letters with apostrophes inside ("Iran's"), or one other character.
struct Token {
  enum class Kind : uint8_t { kDigits, kWord, kSign };
  Span span;
  Kind kind = Kind::kSign;
  std::string lower;          ///< the text, ASCII letters in lower case, ’ as '
  bool space_before = false;  ///< white space (or the start) before it

  bool is(std::string_view text) const { return lower == text; }
  bool is_word() const { return kind == Kind::kWord; }
  bool is_digits() const { return kind == Kind::kDigits; }
};

/// Whether it is a hyphen or a dash of any width.
bool is_dash(const Token& token);

/// Tokens of `within`, in order; spans count from the start of `text`.
std::vector<Token> tokenize(std::string_view text, Span within);

/// A form of a data file as the tokens of a text would be, in lower case: "km/h" has three.
std::vector<std::string> lower_tokens(std::string_view form);

/// A number as written, cardinal or ordinal.
struct Number {
  size_t first = 0, last = 0;                      ///< tokens [first, last), approximating words not in
  std::optional<double> value;                     ///< none for "dozens", "hundreds", and above 2^53
  std::optional<std::pair<double, double>> range;  ///< "12 to 14", "dozens"
  bool ordinal = false;                            ///< "third", "23rd"
  bool digits = false;                             ///< has a figure
  bool magnitude = false;                          ///< has "hundred", "million", "bn", ...
  bool fraction = false;                           ///< "two-thirds", "half": a share, not a count
  bool plain_year = false;                         ///< four digits 1000..2100 with nothing else: may be a year
};

/// Reads one number that begins at token `at`, ranges not joined ("12 to 14" gives 12). None if none begins
/// there, or if the figure is part of a code, a time, a score, a date or an address ("F-16", "10:30", "9/11").
std::optional<Number> read_number(const std::vector<Token>& tokens, size_t at);

/// All numbers of the tokens, ranges joined: "12 to 14", "between 5 and 7", "200-300" are one Number with
/// the lower bound as value and both as range.
std::vector<Number> find_numbers(const std::vector<Token>& tokens);

/// First token of the words before `at` that only say how exact a number is ("at least", "more than",
/// "some", "about"); `at` itself if there are none.
size_t approximation_start(const std::vector<Token>& tokens, size_t at);

}  // namespace dragoman::coding
