// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "dragoman/record.h"

namespace dragoman {

/// One event or statement of a record with its account and all that it names, as one line of JSON: `document` (id,
/// source), `text` (its sentence), `event` or `statement` as in to_json(record, false, true), the `entities`,
/// `quantities`, `measures` and `instruments` it names, `origin`. `index` must be one of the record's.
std::string event_json(const Record& record, size_t index);
std::string statement_json(const Record& record, size_t index);

/// "d1a2b3c4#s2": the statement's number from 0; none for an event's id.
std::optional<size_t> statement_index(const std::string& id);

}  // namespace dragoman
