// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dragoman::linking {

/// What kind of body a noun speaks of where it speaks of one again ("the bloc", "the lender"), by
/// data/language/class_nouns.tsv: "group", "firm", "bank", "league", "agency", "association", "party", "paper",
/// "court"; "fighters" and "judges" are people of one. "" if none.
std::string_view class_of(std::string_view lower);

/// Whether a word before such a noun tells nothing that could part two bodies: "armed", "regional", "Vienna-based".
bool tells_nothing_more(std::string_view lower);

/// "Vienna-based": where a body sits, which is not whose it is.
bool tells_seat(std::string_view lower);

}  // namespace dragoman::linking
