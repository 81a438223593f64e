// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dragoman/event.h"

namespace dragoman::coding {

/// What became of an event, for people: "type ACCUSE → REJECT, actors 2 → 1"; "" if nothing that can be told.
/// `also`: types of the further events that the same trigger tells.
std::string change_between(const Event& before, const Event& after, const std::vector<EventType>& also = {});

}  // namespace dragoman::coding
