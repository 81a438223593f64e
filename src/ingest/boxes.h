// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/outline.h"

namespace dragoman::ingest {

/// Why a block is a box between the paragraphs by the label on its first line: "ADVERTISEMENT" over an offer, "See
/// also" over links; nullptr if it has no such label or holds more than a box does.
const char* label_of_box(const html::Block& block);

/// True for an offer that ends in what to click: "Our weekly letter, every Tuesday. <Sign up>".
bool is_call(const html::Block& block);

/// The words of a text in lower case, one space between them, no marks: for finding the same words again.
std::string bare_words(std::string_view text);

/// Words set apart that also stand in the body. `body` holds the bare words of the paragraphs.
///
///     "“To defend, not to cross”" in "... deployed the brigades “to defend, not to cross”."
bool is_pull_quote(std::string_view text, bool marked, const std::vector<std::string>& body);

}  // namespace dragoman::ingest
