// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::cli {

/// Columns that a text takes on a terminal: combining marks none, East Asian wide characters and emoji two.
size_t width_of(std::string_view text);

/// At most `width` columns of a text, "…" where something is left out; line breaks become spaces.
std::string shortened(std::string_view text, size_t width);

/// At most `width` columns of a text around the first place where `words` stand in it.
std::string excerpt(std::string_view text, std::string_view words, size_t width);

/// The text with its control characters as pictures ("␛"), save line ends and tabs: no document and no file name
/// steers the terminal.
std::string visible(std::string_view text);

/// The text followed by spaces up to `width` columns.
std::string padded(std::string text, size_t width);

/// Text of any length as lines of at most `width` columns, broken at spaces, each after `indent`.
std::string wrapped(std::string_view text, size_t width, std::string_view indent);

/// Columns of standard output: $COLUMNS if set, else those of the terminal, 140 if it is none.
size_t terminal_width();

/// Whether standard output shows colours: a terminal, and the user has not set NO_COLOR (no-color.org).
bool shows_colours();

/// Whether standard error is a terminal.
bool error_is_terminal();

}  // namespace dragoman::cli
