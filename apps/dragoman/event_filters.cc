// SPDX-License-Identifier: Apache-2.0
#include "event_filters.h"

namespace dragoman::cli {

void add_event_filters(CLI::App& parser, EventQuery& query) { add_fields(parser, query, event_filters()); }

}  // namespace dragoman::cli
