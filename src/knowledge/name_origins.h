// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.h"

namespace dragoman::knowledge {

/// How people's names sound in each state, learned from those whom the knowledge lists: which words, and which three
/// letters in a row, their names have. "Sun Ruiwen" is likelier of China than of Congo, "John Smith" of neither the
/// United States nor Canada.
class NameOrigins {
 public:
  /// Of the people among the entries, each once a state.
  explicit NameOrigins(std::span<const Entry> entries);

  /// The mean over the parts of a name of log(share in the state / share in all), with prior counts of the latter; 0
  /// for names of which no part is known.
  double score(std::string_view name, std::string_view country) const;

 private:
  struct Count {
    uint64_t part = 0;  // hash
    uint16_t state = 0;
    uint16_t people = 0;
  };
  std::vector<Count> counts_;  // by part and state
  std::map<std::string, uint16_t, std::less<>> states_;
  std::vector<double> people_;  // of each state
  double all_ = 0;
};

}  // namespace dragoman::knowledge
