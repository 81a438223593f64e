// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "linking/name_finder.h"
#include "linking/unlisted_states.h"

namespace dragoman::linking {

/// Which state a text speaks of where it names none: "police", "the government". A state that the knowledge does not
/// list counts like the others, and has no code.
class Context {
 public:
  Context(const Article& article, const std::vector<Word>& words, const NameFinder& finder,
          const UnlistedStates& unlisted, const knowledge::Knowledge& knowledge);

  /// The state that something at byte `at` belongs to if nothing else tells; "" if the text names no state or it is
  /// one without a code. With a role it is a state that has such an office or body, the first known to have one where
  /// the text speaks of none. With the name of somebody, another state takes its place where the name sounds much more
  /// of that (Knowledge::sounds_of).
  std::string country_at(uint32_t at, const std::optional<knowledge::RoleNoun>& role = std::nullopt,
                         std::string_view name = "") const;

  /// The state most spoken of in the whole text; "" if it names none.
  const std::string& main() const { return main_; }

  /// Whether the text speaks most of a state without a code.
  bool of_unlisted() const { return unlisted_; }

  /// The weight of a state's code, or of a state without one by its name in lower case; 0 if it is not named.
  double weight(const std::string& code_or_name) const;

  /// The greatest weight of all.
  double most() const { return most_; }

  /// The day of publication; 0 if not known.
  static knowledge::Day day_of(const Article& article);

 private:
  std::map<std::string, double> scores_at(uint32_t at) const;
  struct Evidence {
    uint32_t at = 0;
    std::string country;
    double weight = 0;
  };
  const knowledge::Knowledge* knowledge_;
  std::vector<Evidence> evidence_;         // in text order
  std::map<std::string, double> weights_;  // states without a code under their name in lower case
  std::string main_;
  bool unlisted_ = false;
  double most_ = 0;
};

}  // namespace dragoman::linking
