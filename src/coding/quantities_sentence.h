// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coding/numbers.h"
#include "coding/quantities_cues.h"
#include "coding/quantities_money.h"
#include "coding/quantities_units.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// A quantity of one sentence and what is needed to judge whether the record should hold it.
struct FoundQuantity {
  Quantity quantity;
  std::string noun;        ///< counted noun in lower case; "" if none
  bool definite = false;   ///< "the four men", "these two": known already
  bool ordinal = false;    ///< "the third": no quantity, kept out of records
  bool year = false;       ///< a bare four-digit number that may be a year
  bool age = false;        ///< "aged 46", "27-year-old"
  bool counted = false;    ///< has a noun that can be counted (plural, or "one man")
  bool unanimous = false;  ///< a vote without figures
  bool part = false;       ///< "12-point", "three-phase": what a plan has
  bool won = false;        ///< a share of the votes that somebody won: "took 28% of the vote"
};

/// An act of the sentence and the state that does it: "Norland gave".
struct Payer {
  Span act;
  std::string country;  ///< ISO 3166 code
};

/// Every quantity of the sentence `within`, in text order. Numbers inside `dates` (spans of date expressions)
/// are left alone. `countries`: whom the text is about, most frequent first, to tell whose "$" it is;
/// `payers` of the sentence go before them where the currency is theirs.
std::vector<FoundQuantity> quantities_of_sentence(std::string_view text, Span within, const std::vector<Span>& dates,
                                                  const Currencies& currencies, const QuantityCues& cues,
                                                  const Units& units, const std::vector<std::string>& countries,
                                                  const std::vector<Payer>& payers = {});

}  // namespace dragoman::coding
