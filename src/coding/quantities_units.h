// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "coding/numbers.h"
#include "dragoman/error.h"

namespace dragoman::coding {

/// Units of length, area, weight, volume, speed, temperature, power, energy: data/quantities/units.tsv.
class Units {
 public:
  struct Found {
    std::string unit;     ///< as the table names it: "square kilometre"
    bool length = false;  ///< a distance
    size_t tokens = 0;    ///< how many the form has
  };

  /// Errors: kUnreadable, kKnowledge with file:line.
  static Result<Units> read(const std::string& path);

  /// The longest form that begins at token `at`.
  std::optional<Found> at(const std::vector<Token>& tokens, size_t at) const;

 private:
  struct Form {
    std::vector<std::string> words;
    std::string unit;
    bool length = false;
  };
  std::map<std::string, std::vector<Form>, std::less<>> forms_;  // by first word, longest first
};

}  // namespace dragoman::coding
