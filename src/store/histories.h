// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/sqlite.h"

namespace dragoman::store {

/// Notes that instruments of a document are to be told anew: it has come, or is about to go. Called in the transaction
/// that puts or deletes it.
void change_histories(Database& database, int64_t document);

/// Tells the rows of instruments anew (tables `histories`, `history_members`) that have gained or lost a report since.
/// Called in a transaction.
void tell_changed_histories(Database& database);

/// Name (as name_of_report(), telling.h) of an instrument in a document; the instrument has that of its first report.
int64_t name_of_member(const std::string& document, int64_t instrument);

}  // namespace dragoman::store
