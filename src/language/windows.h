// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "language/wordpiece.h"

namespace dragoman::language {

inline constexpr uint32_t kWindowPieces = 160;  ///< pieces of words in a window, as in training (training/data.py)

/// Consecutive words that the encoder sees at once: whole sentences of one or more blocks.
struct Window {
  uint32_t first = 0;  ///< first word
  uint32_t last = 0;   ///< last word + 1
};

/// The words of an article that are read, and where they may be cut.
struct Layout {
  std::vector<uint32_t> words;      ///< indices into Tokens::words: those inside read blocks, in order
  std::vector<char> begins_block;   ///< per word of `words`: first of a block, or after a line break
  std::vector<char> begins_window;  ///< per word: first of a block, or likely first of a sentence
};

/// Words inside the blocks of `article` that are read: all but bylines and datelines of their own.
Layout lay_out(const Article& article, const Tokens& tokens);

/// Does a sentence likely end with word `i` of `words`, white space following? Used for cutting windows only; the
/// reader's own head decides where sentences end.
bool likely_sentence_end(std::string_view text, const std::vector<Span>& words, size_t i);

/// Sentence candidates packed in order, up to kWindowPieces pieces each; a longer candidate is cut.
/// `pieces[w]` is the number of pieces of word w of the layout.
std::vector<Window> pack_windows(const Layout& layout, const std::vector<uint32_t>& pieces);

}  // namespace dragoman::language
