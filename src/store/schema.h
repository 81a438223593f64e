// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite.h"

namespace dragoman::store {

/// "DRGM": marks an SQLite file as a Dragoman store.
inline constexpr int64_t kApplicationId = 0x4452474D;

/// Version of the tables (docs/formats/store.md).
inline constexpr int64_t kSchemaVersion = 1;

/// Makes the tables in a new file (kWrite), or sees that the file has them. Throws Failure (kStore) where the
/// file belongs to another program or to a newer Dragoman.
void prepare(Database& database, Database::Mode mode);

}  // namespace dragoman::store
