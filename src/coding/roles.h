// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coding/reading.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// Leaves in each role the surest participant, those named together with another ("Norland, Sudria and Westland"), and
/// those hardly less sure: a far less sure one beside them is a slip from a neighbouring clause. Nobody meets alone: of
/// a meeting that would have one party the actors on the other side of the trigger stay.
void keep_sure(const Reading& reading, Event& event);

/// Leaves of two participants of one state in one phrase the one that the phrase is of: "Norland's minister, Arvo
/// Lind", "the president of Norland" are one. Of two that lie in each other, whatever their states, the outer one
/// stays.
void leave_out_pieces(const Reading& reading, Event& event);

/// Leaves out actors of the main clause behind ("denied this, but Sudria has warned"), where one stands before the
/// trigger; of a denial such a one is the recipient if there is none.
void leave_out_next_clause(const Reading& reading, Event& event);

/// Leaves out of the visitors those of the visited state that are named behind the visit ("a visit to Elm to meet with
/// the Norlandic president").
void leave_out_hosts(Event& event);

/// Makes the state in which a visit is made its recipient where none is told ("arrived in Riyadh for a visit").
void give_visit_its_host(const Reading& reading, Event& event);

/// Gives those attacked for whom the text tells no state, and who were taken for the attacker's own, the one other
/// state that their sentence names ("Israeli aircraft struck a suburb of Beirut, killing 20 people").
void give_victims_their_state(const Reading& reading, Event& event);

/// Makes the speaker the actor of an act without actor: of a speech act in quoted words (“Shameful!”, “They are
/// traitors”), and where a pronoun that begins what is told is the subject ("said it had shot down a drone").
void give_to_speaker(const Reading& reading, Event& event, const std::vector<Statement>& statements);

}  // namespace dragoman::coding
