// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite.h"

namespace dragoman::store {

/// "DRGM": marks an SQLite file as a Dragoman store.
inline constexpr int64_t kApplicationId = 0x4452474D;

/// Version of the tables (docs/formats/store.md).
inline constexpr int64_t kSchemaVersion = 10;

/// Version of the store that keeps storylines, instruments, stories, positions and who speaks so that a part of them is
/// told without the rest.
inline constexpr int64_t kPartsVersion = 8;

/// Throws Failure (kStore), with what to do, where the store is older than the tables that are asked for.
void need_version(Database& database, int64_t version);

/// Makes the tables in a new file (kWrite), or sees that the file has them; those of an older version are
/// brought up to date (kWrite) or left as they are (kRead). Throws Failure (kStore) where the
/// file belongs to another program or to a newer Dragoman.
void prepare(Database& database, Database::Mode mode);

}  // namespace dragoman::store
