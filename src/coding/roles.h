// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coding/reading.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// Leaves in each role the surest participant, those named together with another ("Norland, Sudria and Westland"), and
/// those hardly less sure: a far less sure one beside them is a slip from a neighbouring clause.
void keep_sure(const Reading& reading, Event& event);

/// Makes the speaker the actor of a speech act without actor in quoted words (“Shameful!”, “They are traitors”).
void give_to_speaker(Event& event, const std::vector<Statement>& statements);

}  // namespace dragoman::coding
