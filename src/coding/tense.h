// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "coding/time_words.h"
#include "dragoman/span.h"

namespace dragoman::coding {

/// What the clause of a time expression tells of: what was or is, what is to come ("will sign it on Friday", "on Friday
/// they are to meet", "must leave by Friday", "gave them until Friday to leave"), or what was to come ("would sign
/// it").
enum class Tense : uint8_t { kPast, kFuture, kFutureInPast };

/// Read from the words around the expression alone, up to the next mark of punctuation: the nearest verb form before
/// it, else, where it begins the clause, the first one behind it. kPast where nothing tells.
Tense tense_of(const TimeWords& time, std::string_view text, Span sentence, Span expression);

}  // namespace dragoman::coding
