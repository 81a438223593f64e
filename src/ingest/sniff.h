// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dragoman/page.h"

namespace dragoman::ingest {

/// What a file is, where its first bytes or its control characters say that it is no text ("a PNG image",
/// "bytes that are no text"); "" for text. UTF-16 counts as text, and UTF-32 with a byte order mark.
std::string binary_kind(std::string_view bytes);

/// "utf-16le" or "utf-16be" for bytes that look like it without a byte order mark; "" otherwise.
std::string utf16_without_mark(std::string_view bytes);

/// "utf-16le", "utf-16be", "utf-32le" or "utf-32be" where a byte order mark says so, else what utf16_without_mark()
/// says.
std::string wide_charset(std::string_view bytes);

/// Bytes of one unit: 2 of UTF-16, 4 of UTF-32, 1 of others.
size_t unit_of(std::string_view charset);

/// The byte order mark that the bytes begin with and the charset that it tells; both "" if there is none.
std::pair<std::string_view, const char*> byte_order_mark(std::string_view bytes);

/// Format by the ending of a path: kHtml, kText, kJsonLines; kAuto if it tells nothing.
Format format_of_name(std::string_view path);

/// kHtml or kText by what decoded text looks like.
Format format_of_text(std::string_view text);

}  // namespace dragoman::ingest
