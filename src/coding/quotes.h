// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "dragoman/event.h"
#include "dragoman/span.h"

namespace dragoman::coding {

/// What lies between quotation marks, marks left out, in text order: “…”, "…", «…», „…“, ‘…’, '…' and
/// 'nested' ones only as part of the outer. A mark opened and never closed in its paragraph quotes to the
/// paragraph's end, as in quotations of several paragraphs.
std::vector<Span> quotations(const Article& article);

/// Bytes of the quotation mark at `at`; 0 if none stands there.
uint32_t mark_width(std::string_view text, uint32_t at);

/// The content without quotation marks, spaces and commas at its ends; a full stop goes only where the
/// content stands outside `quotations` or the mark after it is followed by more of the sentence.
Span trimmed_content(std::string_view text, const std::vector<Span>& quotations, Span content);

/// Direct if all words of the content are quoted, indirect if none are, else mixed.
StatementKind statement_kind(std::string_view text, const std::vector<Span>& quotations, Span content);

}  // namespace dragoman::coding
