// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dragoman/record.h"

namespace dragoman {

/// What is wrong with a record, one sentence each; nothing if it keeps its promises: valid UTF-8, every span
/// inside the text and on character borders, blocks and sentences in order without overlap, triggers, contents
/// and mentions not empty, every index in range, probabilities within 0..1.
std::vector<std::string> check(const Record& record);

}  // namespace dragoman
