// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::store {

/// The form in which names are searched: lower case, without accents, all but letters and digits as single
/// spaces, a space before the first word: "Côte d'Ivoire" → " cote d ivoire". Empty if nothing is left.
std::string folded(std::string_view name);

}  // namespace dragoman::store
