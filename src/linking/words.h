// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/span.h"

namespace dragoman::linking {

/// A word as linking looks at it: without its possessive ending, with hyphens inside ("US-led", "Beom-kye")
/// but for those between two capitalised parts ("US-Iran" is two words). Longer runs of letters are cut about every
/// 100 bytes, between characters.
struct Word {
  Span span;
  std::string lower;        ///< ASCII lower case
  bool capital = false;     ///< begins with a capital letter, or has one inside ("al-Qaeda", "eBay")
  bool possessive = false;  ///< followed by 's or s'
  char before = ' ';  ///< strongest mark since the word before: '\n', '.', ',', ';', ':', '(', ')', '"', '-', '&',
                      ///< '~' for a hyphen without spaces, or ' '

  /// Whether it goes on from the word before without punctuation.
  bool joined() const { return before == ' ' || before == '~'; }
};

/// The words of a text, in order.
std::vector<Word> words_of(std::string_view text);

/// Index of the first word that begins at or after byte `at`.
size_t first_word(const std::vector<Word>& words, uint32_t at);

/// Whether `list` (words separated by single spaces, with one at both ends) has the word.
bool listed(std::string_view list, std::string_view word);

/// "de" of "Fradique de Menezes", "bin", "von".
bool is_name_particle(std::string_view lower);

/// "14", "1,400", "four", "forty", "forty-two": how many there are.
bool is_number(std::string_view lower);

/// "27-nation", "four-member": of so many; neither "forty-two" nor "20-30".
bool is_of_a_number(std::string_view lower);

/// How many "27-nation", "four-member", "twenty-seven-member" tell; none above ninety-nine in words or a thousand in
/// figures.
std::optional<size_t> number_in(std::string_view lower);

/// Whether something is said to be in what the span names, to come from it or go there: "in the United States",
/// "KENYA: "; not where it only acts ("the United States said").
bool says_where(std::string_view text, Span name);

}  // namespace dragoman::linking
