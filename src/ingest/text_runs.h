// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "html/outline.h"
#include "ingest/html_body.h"

namespace dragoman::ingest {

/// Keeps what the rules took for text and the model did not (`doubtful`, blocks in order) where it is many paragraphs
/// in a row among others that are text: the model learned from golds many of which end before the text does.
void keep_text_runs(const html::Outline& page, const std::vector<size_t>& doubtful, std::vector<BlockJob>& jobs);

}  // namespace dragoman::ingest
