// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dragoman::linking {

/// Other nouns for an office, those of the knowledge's office spells first: "prime minister" for "pm"; "president",
/// "king", … for "head of state". Lower case; none where the noun is the office's own.
std::vector<std::string_view> other_words_for(std::string_view office);

/// "Office of the President of Kenya", of somebody with this office; "" of other offices.
std::string office_of(std::string_view holder, std::string_view state);

/// "Government of Kenya", "Government of the United States".
std::string government_of(std::string_view state);

}  // namespace dragoman::linking
