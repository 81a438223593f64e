// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linking/name_finder.h"

namespace dragoman::linking {

/// States that a text speaks of and the knowledge does not list: breakaway or former ones, those of fiction.
/// They are told by their nationality, which the text names too ("Norvania", "Norvanian"), or by what only
/// states have ("Norvania's parliament").
class UnlistedStates {
 public:
  UnlistedStates() = default;
  UnlistedStates(const std::string& text, const std::vector<Word>& words, const NameFinder& finder,
                 const knowledge::Knowledge& knowledge);

  /// The state that a word names, or whose nationality it is, in lower case; "" if none.
  const std::string& at(size_t word) const;

  /// Whether the word is the state's name, not its nationality.
  bool is_name(size_t word) const { return names_.count(word) > 0; }

  /// A word that names the state; none if the text has only its nationality.
  std::optional<size_t> name_of(const std::string& state) const;

  /// Words that speak of a state, in text order, with that state.
  const std::vector<std::pair<size_t, std::string>>& places() const { return places_; }

 private:
  std::vector<std::pair<size_t, std::string>> places_;
  std::unordered_map<size_t, std::string> of_;
  std::set<size_t> names_;
};

}  // namespace dragoman::linking
