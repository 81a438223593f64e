// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coding/events.h"
#include "coding/reading.h"

namespace dragoman::coding {

/// Leaves each act of a sentence once, by codebook sections 1 and 7. `events` in order of their triggers:
/// - an act told by a verb and its own noun ("launched an attack"), with its outcome ("killed in a bombing") or by
///   adjoining words ("suicide bombing") is one event with the first as trigger; roles that it lacks are taken
///   from the second;
/// - what a denial denies is no event of its own ("denied that it shelled the port");
/// - a measure that is lifted or eased is none ("lifted the ban"): lifting it is the act.
void leave_out_retellings(const Reading& reading, std::vector<CodedEvent>& events);

}  // namespace dragoman::coding
