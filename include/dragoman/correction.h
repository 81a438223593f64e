// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/record.h"

namespace dragoman {

/// What somebody who read the text says of an event of the record. It stands beside the record, never in its place;
/// of several on one event the last holds.
struct Correction {
  std::string event_id;                        ///< "d1a2b3c4#2"
  std::string action;                          ///< "accept", "reject" (no such act is told) or "change"
  std::map<std::string, std::string> changes;  ///< field of correction_fields() → what it should be
  std::string author;                          ///< who says so
  std::string note;
  std::string time;  ///< "2026-03-01T12:00:00Z"; put there by the store where it is ""
};

/// What can be changed, in the order of listings: event_type, status, date, actor, recipient. An actor (recipient) is
/// an entity of the document (its id, name or country code) or words of its text, with codes in brackets where they
/// should be others ("the army (XNO MIL)"); several with "; " between them; "-" for nobody.
const std::vector<std::string>& correction_fields();

/// kUsage: no author, an unknown action, field or value, a change of nothing.
std::optional<Error> fault_of(const Correction& correction);

/// {"event_id","action","changes","author","note","time"}; the same as a line of CSV with a column a field.
std::string to_json(const Correction& correction);
std::string to_csv(const Correction& correction);
std::string corrections_csv_header();

/// Reads what to_json wrote; all but event_id and action may be missing. Errors: kSyntax.
Result<Correction> correction_from_json(std::string_view json);

/// Changes event `index` of the record as the correction says (nothing for accept and reject). What hangs on the type
/// (modes, contexts, CAMEO code, quad, score) is emptied where that changes. kUsage where a name is neither an entity
/// of the document nor in its text; the record is as it was then.
std::optional<Error> apply(const Correction& correction, Record& record, size_t index);

}  // namespace dragoman
