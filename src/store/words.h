// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/sqlite.h"

namespace dragoman::store {

/// Version of the store whose events name the rows of their sentences.
inline constexpr int64_t kWordsVersion = 6;

/// Words for FTS5, each quoted so that none is taken for its own language; a star at the end stays outside.
std::string match_of(const std::string& words);

/// Of so many sentences at most it is quicker to look each up and sort what belongs to them than to walk along a
/// listing until a page is full: of events, which the index of days tells in full, and of what takes longer to look at.
/// Where a store of a million events has so many, both ways take some 20 and 50 ms.
inline constexpr size_t kFewOfEvents = 3000, kFewOfOthers = 8000;

/// The sentences that hold all of the words, from those looked up last with this connection if the store has not
/// changed since.
std::shared_ptr<const RowSet> rows_with(Database& database, const std::string& words);

/// Numbers of rows as a JSON array.
std::string to_json(const RowSet& rows);

}  // namespace dragoman::store
