// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace dragoman::pipeline {

/// SHA-256 over the names (below `folder`) and bytes of all files of the knowledge that can change a record: every
/// .tsv, .json and .txt, in sorted order; 64 hex digits. Throws Failure (kKnowledge) if the folder cannot be read.
std::string data_hash(const std::string& folder);

}  // namespace dragoman::pipeline
