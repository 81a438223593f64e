// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/numbers.h"
#include "dragoman/error.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// Words that tell what a count counts: data/quantities/words.tsv ("killed before", "were injured", "arrests").
class QuantityCues {
 public:
  enum class Place : uint8_t {
    kBefore,  ///< in front of the number: "killing 20"
    kAfter,   ///< behind the counted noun: "20 people died"
    kNoun     ///< the counted noun itself: "20 deaths"
  };

  /// Errors: kUnreadable, kKnowledge with file:line.
  static Result<QuantityCues> read(const std::string& path);

  /// Kind told by a phrase that ends right before token `at`.
  std::optional<QuantityKind> before(const std::vector<Token>& tokens, size_t at) const;

  /// Kind told by a phrase that begins at token `at`.
  std::optional<QuantityKind> after(const std::vector<Token>& tokens, size_t at) const;

  /// Kind told by the counted noun.
  std::optional<QuantityKind> noun(std::string_view lower) const;

 private:
  struct Phrase {
    QuantityKind kind;
    std::vector<std::string> words;
  };
  std::map<std::string, std::vector<Phrase>> before_, after_;  // by last and by first word, longest first
  std::map<std::string, QuantityKind, std::less<>> nouns_;
};

}  // namespace dragoman::coding
