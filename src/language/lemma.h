// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dragoman::language {

/// How a lemma is made of a form: a case, letters to take off the end, letters to put on (training/tasks/parse.py).
///   "l3+y": in lower case, "-ies" off, "y" on    "k1+": as it stands, the last letter off    "t0+": "PARIS" → "Paris"
class LemmaScript {
 public:
  /// nullopt if `text` is no script.
  static std::optional<LemmaScript> from(std::string_view text);

  /// nullopt where more letters are to be taken off than there are, or nothing would be left;
  /// of three letters or more at least two are.
  std::optional<std::string> apply(std::string_view form) const;

 private:
  char case_ = 'l';
  uint32_t cut_ = 0;
  std::string ending_;
};

/// Lemma of a form of a universal tag that follows no rule ("met", VERB → "meet"; an auxiliary is looked up as a verb),
/// of data/language/irregular.tsv; "" where it is not there.
std::string_view irregular_lemma(std::string_view form, std::string_view tag);

}  // namespace dragoman::language
