// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "html/outline.h"
#include "ingest/html_body.h"

namespace dragoman::ingest {

/// Tells captions from the credits, dates and teasers that stand in figures too, and finds those that rules took for
/// furniture by the boxes around them (galleries, sliders): from the headline to the end of the text. What is kept as
/// running text stays so.
void name_captions(const html::Outline& page, std::vector<BlockJob>& jobs);

/// The words are no more than who made or sold a picture: "Photo: Jo Lund/Norpress", "(Getty Images)".
bool is_bare_credit(std::string_view text);

}  // namespace dragoman::ingest
