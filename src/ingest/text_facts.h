// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "ingest/furniture.h"

namespace dragoman::ingest {

/// What the letters of a line or block say, read in one pass: what judges text asks these facts, so that no text is
/// read twice.
struct TextFacts {
  int words = 0;     ///< runs of letters, digits and apostrophes
  int counted = 0;   ///< as count_words() counts: signs that stand without spaces are words too
  int function = 0;  ///< words that hold sentences together ("the", "und", "que")
  int capital = 0;   ///< words that begin with a capital letter or digit
  int digits = 0, letters = 0, upper = 0, commas = 0;
  int inner_ends = 0;  ///< ends of sentences with another one behind
  int ends = 0;        ///< all ends of sentences
  int line_ends = 0;
  bool sentence = false;                        ///< ends_sentence()
  bool you = false, our = false, said = false;  ///< words of these kinds, between spaces
  bool quote = false, bar = false, at_sign = false, open_bracket = false, close_bracket = false;
  bool web = false;  ///< an address or a part of one
  bool beyond_ascii = false;
  bool date = false;      ///< is_date_line()
  bool credit = false;    ///< has_photo_credit()
  bool title = false;     ///< the page's title
  uint64_t likeness = 0;  ///< equal for texts that differ in digits only
  FurniturePhrase phrase;
};

/// `folded_title` is the title as fold_line() gives it; "" if none is known.
TextFacts facts_of(std::string_view text, std::string_view folded_title);

}  // namespace dragoman::ingest
