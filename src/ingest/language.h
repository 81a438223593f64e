// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::ingest {

/// BCP 47 tag of the language that valid UTF-8 text is in; "und" where it is too short or cannot be told.
std::string language_of(std::string_view text);

}  // namespace dragoman::ingest
