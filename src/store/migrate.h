// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite.h"

namespace dragoman::store {

/// SQL that makes version 2 out of the tables of version 1, 3 out of 2 and so on, without their content.
const char* tables_of_version_2();
const char* tables_of_version_3();
const char* tables_of_version_4();
const char* tables_of_version_5();
const char* tables_of_version_6();
const char* tables_of_version_7();
const char* tables_of_version_8();
const char* tables_of_version_9();
const char* tables_of_version_10();

/// Brings an older store up to date in one transaction, after a copy of it as it is was put beside it. Throws Failure.
void migrate(Database& database);

}  // namespace dragoman::store
