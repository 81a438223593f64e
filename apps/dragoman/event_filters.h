// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dragoman/store.h"
#include "listing.h"

namespace dragoman::cli {

/// The filters of events, which several commands share.
void add_event_filters(CLI::App& parser, EventQuery& query);

}  // namespace dragoman::cli
