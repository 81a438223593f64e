// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coding/reading.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// Gives instruments the owner that the words around a mention tell: "Norland's plan", "its plan", "the Norlandic
/// plan", "the plan that Norland revealed", "the plan proposed by Norland"; and makes one of several of one noun and
/// owner that nothing tells apart, the first with the mentions of the others ("the 12-point plan that Norland
/// revealed", "the Norlandic peace plan").
void give_owners(const Reading& reading, std::vector<Instrument>& instruments);

/// What a plan does its owner does, and what is done to a plan is done to its owner: "the plan calls for talks" without
/// an actor, "backed the plan" without a recipient. `event` knows the instruments that it concerns.
void act_for_owners(const Reading& reading, const std::vector<Instrument>& instruments, Event& event);

}  // namespace dragoman::coding
