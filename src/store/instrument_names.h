// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/record.h"
#include "store/given_rows.h"

namespace dragoman::store {

/// By what an instrument of a record is known in other articles, one name for each way in which the article speaks of
/// it; two instruments with one name in common are one.
///
///   "resolution un 2231"     a number, with the body that made it
///   "agreement minsk"        capital letters or a sum of money: the words in order of the alphabet, the noun left out
///   "plan @CHN 12 point"     told by common words: only together with who proposed it ("@" and country or name)
///   "plan #d0123… peace"     likewise, but nobody is said to have: known in this article only
///
/// An agreement, accord, deal, pact or treaty have one first word, and so have a bill and a law.
/// `instrument` is one of the record's.
std::vector<std::string> names_of(const Record& record, const Instrument& instrument);

/// The words of a name as people type it ("the Minsk accords"), as they stand in names.
std::vector<std::string> words_of_name(std::string_view name);

/// Writes the rows of `instrument_names`.
class InstrumentNames {
 public:
  explicit InstrumentNames(Database& database);
  void insert(const Record& record, int64_t document);
  void write() { rows_.write(); }    ///< those that were inserted, into the file
  void forget() { rows_.forget(); }  ///< those that were not written

 private:
  Batch rows_;
};

}  // namespace dragoman::store
