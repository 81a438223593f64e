// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite.h"

namespace dragoman::store {

/// Puts every document that was joined into its storyline (table `threads`): in order of publication (unknown last),
/// each goes to the storyline that it is most like, or begins one. Those that were published before any that came or
/// went stay where they are. Then the rows of storylines that have changed are told anew. Called in a transaction.
/// Throws Failure.
void thread_documents(Database& database);

/// Notes that a document is about to leave its storyline. Called in the transaction that deletes it.
void unthread(Database& database, int64_t document);

}  // namespace dragoman::store
