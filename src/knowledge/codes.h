// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dragoman::knowledge {

/// Whether PLOVER has a sector of this code ("GOV", "MIL", …).
bool is_sector(std::string_view code);

/// Whether this is a PLOVER code for an actor of no single state: IGO, UNO, EUR, NGO, ISM, IMG, MNC.
bool is_non_state_code(std::string_view code);

}  // namespace dragoman::knowledge
