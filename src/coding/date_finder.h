// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "coding/dates.h"
#include "coding/time_words.h"
#include "dragoman/span.h"

namespace dragoman::coding {

/// The time expressions of one sentence of `text` in their order, not yet resolved: see DateReader.
std::vector<DateExpression> find_in_sentence(const TimeWords& words, std::string_view text, Span sentence);

}  // namespace dragoman::coding
