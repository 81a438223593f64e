// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace dragoman::linking {

/// A word that stands for a body or a state where the text names it (data/language/stand_ins.tsv).
struct StandIn {
  std::string_view word;                     ///< in small letters, without article
  std::vector<std::string_view> stands_for;  ///< keys of bodies that sit in this capital, or one state's code
  std::string_view beside;                   ///< code of the state that the text must name too; empty of bodies
};

/// In the order of the table: of two rows of one word the first that holds counts.
const std::vector<StandIn>& stand_ins();

}  // namespace dragoman::linking
