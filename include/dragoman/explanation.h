// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/record.h"

namespace dragoman {

/// One event or statement of a record with its account and all that it names, as one line of JSON: `document` (id,
/// source), `text` (its sentence), `event` or `statement` as in to_json(record, false, true), the `entities`,
/// `quantities` and `instruments` it names, `origin`. `index` must be one of the record's.
std::string event_json(const Record& record, size_t index);
std::string statement_json(const Record& record, size_t index);

}  // namespace dragoman
