// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Each calls `row` for what the query lets through. Throw Failure (kUsage, kStore).
void select_statements(Database& database, const StatementQuery& query,
                       const std::function<void(const StatementRow&)>& row);
void select_positions(Database& database, const PositionQuery& query,
                      const std::function<void(const PositionRow&)>& row);
void count_events(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row);
void select_documents(Database& database, const DocumentQuery& query,
                      const std::function<void(const DocumentRow&)>& row);
void select_places(Database& database, const PlaceQuery& query, const std::function<void(const PlaceRow&)>& row);
void select_stories(Database& database, const StoryQuery& query, const std::function<void(const Story&)>& story);
void select_storylines(Database& database, const StorylineQuery& query,
                       const std::function<void(const Storyline&)>& storyline);
void select_instruments(Database& database, const InstrumentQuery& query,
                        const std::function<void(const InstrumentHistory&)>& instrument);

}  // namespace dragoman::store
