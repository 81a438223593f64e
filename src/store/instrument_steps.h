// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::store {

/// What an act of this type, told by these words, makes of the instrument that it concerns: a step of
/// data/instruments/steps.tsv, "" if none.
std::string step_of(std::string_view type, std::string_view trigger);

/// Whether it is there.
bool is_step(std::string_view step);

}  // namespace dragoman::store
