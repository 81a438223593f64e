// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "dragoman/record.h"

namespace dragoman::testing {

/// Span of the `nth` (from 0) place where `words` stand in `text`; the words must be there.
Span span_of(std::string_view text, std::string_view words, int nth = 0);

/// A full record of an invented report (Norland shells the port of Łódka in Sudria), with every field of the
/// schema filled somewhere and characters of one to four bytes. For tests only.
Record sample_record();

/// A second, small report in ASCII: a meeting that has no date of its own and a title of other words.
Record small_record();

}  // namespace dragoman::testing
