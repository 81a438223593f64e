// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/engine.h"
#include "dragoman/record.h"

namespace dragoman {

/// Reads the record's text again and puts into the event (statement) all that the heads say of it, which a store does
/// not keep. Returns why that could not be had, "" if it is there.
std::string recall_event(Record& record, size_t index, const Engine& engine);
std::string recall_statement(Record& record, size_t index, const Engine& engine);

}  // namespace dragoman
