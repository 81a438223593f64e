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

}  // namespace dragoman::language
