// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "linking/name_finder.h"

namespace dragoman::linking {

/// Which state a text speaks of where it names none: "police", "the government".
class Context {
 public:
  Context(const std::vector<Word>& words, const NameFinder& finder);

  /// The state that something at byte `at` belongs to if nothing else tells; "" if the text names no state.
  std::string country_at(uint32_t at) const;

  /// The state most spoken of in the whole text; "" if it names none.
  const std::string& main() const { return main_; }

  /// The day of publication; 0 if not known.
  static knowledge::Day day_of(const Article& article);

 private:
  struct Evidence {
    uint32_t at = 0;
    std::string country;
    double weight = 0;
  };
  std::vector<Evidence> evidence_;  // in text order
  std::map<std::string, double> weights_;
  std::string main_;
};

}  // namespace dragoman::linking
