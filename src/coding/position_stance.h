// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/event.h"

namespace dragoman::coding {

/// One act of an event, or a statement: what shows where its actor stands.
struct Deed {
  static constexpr size_t kSaying = kEventTypes;  ///< `type` of a statement
  static constexpr size_t kTypes = kEventTypes + 1;

  size_t type = kSaying;
  std::string text;  ///< trigger and theme, or what is said
  Status status = Status::kActual;
  std::vector<std::string> modes;
};

/// data/coding/positions/stance.tsv: what speaks for being against an issue.
class StanceWeights {
 public:
  /// Throws Failure (kKnowledge) for rows that are none.
  explicit StanceWeights(const std::string& path);

  /// Adds up what one deed says of the stance on the issue; `share` is how much the deed counts.
  double against(const Deed& deed, double share, const std::string& issue) const;

  /// What speaks for being against this issue whatever the deeds.
  double against(const std::string& issue) const { return bias_ + weight("issue " + issue); }

 private:
  double weight(const std::string& sign) const;

  std::unordered_map<std::string, double> weights_;
  double bias_ = 0;
};

}  // namespace dragoman::coding
