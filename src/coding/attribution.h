// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coding/reading.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// By whom the article knows of the act, nearest first: the speakers of the statements in whose content the
/// trigger lies and what these came through. The speaker's own speech act (X urges, in X's words or told with
/// X as the cue's subject) is known from X itself: only the media stay.
std::vector<Source> event_attribution(const Reading& reading, const Event& event,
                                      const std::vector<Statement>& statements);

/// Fills `about` of events whose theme tells another event of the same sentence (the deed of an accusation),
/// and attributes a deed that is only alleged there to the one who alleges it.
void connect_deeds(const Reading& reading, std::vector<Event>& events);

/// Whether acts of this type are done by speaking.
bool is_speech_act(EventType type);

}  // namespace dragoman::coding
