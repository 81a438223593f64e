// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite.h"

namespace dragoman::store {

/// Puts every document that was joined into its storyline (table `threads`), in one transaction: in order of
/// publication (unknown last), each goes to the storyline that it is most like, or begins one. Throws Failure.
void thread_documents(Database& database);

}  // namespace dragoman::store
