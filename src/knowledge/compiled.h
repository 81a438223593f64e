// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "dragoman/error.h"
#include "knowledge/load.h"

namespace dragoman::knowledge {

/// The knowledge of `folder` as the bytes of a compiled index. Throws Failure as Knowledge::open does. The same rows
/// give the same bytes. For machines of the byte order that it is made on.
std::string compile(const std::string& folder);

/// The index at `path`, mapped into memory, if it was compiled from the very rows that lie in `folder` now. Errors:
/// kUnreadable where it or the rows cannot be read, kKnowledge where it is broken, of another version of the program or
/// of other rows, with what to do.
Result<std::unique_ptr<KnowledgeData>> map_index(const std::string& path, const std::string& folder);

}  // namespace dragoman::knowledge
