// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "store/sqlite.h"

namespace dragoman::store {

/// Notes that a document is to be joined, or to be joined anew because its rows have changed or are about to be
/// deleted. Called in the transaction that changes them. Does nothing in a store without the tables for it.
void unjoin(Database& database, int64_t document);

/// Documents that are noted; 1 where none is but a joining ended before it told the storylines and instruments.
uint64_t unjoined(Database& database);

/// Joins them, some hundred in a transaction, and tells how many they were. Throws Failure.
uint64_t join_documents(Database& database);

}  // namespace dragoman::store
