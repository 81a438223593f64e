// SPDX-License-Identifier: Apache-2.0
#include "knowledge/codes.h"

#include <algorithm>
#include <array>

namespace dragoman::knowledge {

// PLOVER 2.0, sections "Sector codes" and "Non-state actor codes".
bool is_sector(std::string_view code) {
  static constexpr std::array<std::string_view, 24> kSectors = {"AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV",
                                                                "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP", "PRE",
                                                                "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF"};
  return code == "UNK" || std::binary_search(kSectors.begin(), kSectors.end(), code);
}

bool is_non_state_code(std::string_view code) {
  static constexpr std::array<std::string_view, 7> kCodes = {"EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"};
  return std::binary_search(kCodes.begin(), kCodes.end(), code);
}

}  // namespace dragoman::knowledge
