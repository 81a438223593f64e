// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/span.h"

namespace dragoman::language {

/// The case information that the uncased vocabulary throws away. Only letters and numbers of the raw word count.
/// training/shapes.py is the same function.
enum class WordShape : uint8_t {
  kSpecial = 0,           ///< [CLS], [SEP], [PAD]
  kLower = 1,             ///< "talks"
  kCapitalized = 2,       ///< "Beijing": the first letter is upper case, no other letter is
  kAllCaps = 3,           ///< "NATO": two or more letters, none lower case, at least one upper case
  kCapital = 4,           ///< "U": one letter, upper case
  kMixed = 5,             ///< "McDonald", "iPhone"
  kDigits = 6,            ///< "2023"
  kLettersAndDigits = 7,  ///< "G20", "5th"
  kPunctuation = 8,       ///< "," "$": neither letter nor number
  kUncased = 9,           ///< "北": letters of a script without case
};
inline constexpr uint8_t kContinuation = 10;  ///< added for the second and later pieces of a word
inline constexpr int kShapes = 20;

/// Shape of a word of valid UTF-8.
WordShape word_shape(std::string_view word);

/// A piece of a word.
struct Piece {
  int32_t id = 0;
  uint32_t word = 0;  ///< index into Tokens::words
  bool first = true;  ///< first piece of its word

  bool operator==(const Piece&) const = default;
};

/// A text in words and pieces; each word has at least one piece.
struct Tokens {
  std::vector<Span> words;        ///< bytes of the text, in order
  std::vector<WordShape> shapes;  ///< one a word
  std::vector<Piece> pieces;      ///< in order

  /// Shape class of a piece, as the encoder takes it: 1..9, and 11..19 where it continues a word.
  uint8_t piece_shape(const Piece& piece) const {
    return static_cast<uint8_t>(static_cast<uint8_t>(shapes[piece.word]) + (piece.first ? 0 : kContinuation));
  }
};

/// BERT's uncased tokenizer: control characters dropped, accents stripped, lower case, split at white space and around
/// punctuation and Chinese characters, then greedy word pieces of the vocabulary. The ids are those of the
/// original (tests/neural/wordpiece.json), but for two things: text that spells a special token ("[SEP]") is
/// plain text here, and character classes are of Unicode 15, not 8. Const and shared by threads.
class WordPiece {
 public:
  /// Reads vocab.txt, one piece a line, its id the line number from 0. Throws Failure (kModel) if it cannot be read or
  /// lacks [PAD], [UNK], [CLS] or [SEP].
  static WordPiece open(const std::string& path);

  WordPiece(WordPiece&&) noexcept;
  WordPiece& operator=(WordPiece&&) noexcept;
  ~WordPiece();

  /// `text` is valid UTF-8. A word is the stretch from its first to its last character, with the accents on
  /// it; characters that are dropped make no word. Adds no special pieces.
  Tokens tokenize(std::string_view text) const;

  /// The id of a piece of the vocabulary as vocab.txt has it, "##ed" too; nothing if it has none of this name.
  std::optional<int32_t> id(std::string_view piece) const;

  int32_t size() const;  ///< pieces in the vocabulary
  int32_t pad() const;
  int32_t unknown() const;
  int32_t cls() const;
  int32_t sep() const;

 private:
  struct Vocabulary;
  explicit WordPiece(std::unique_ptr<const Vocabulary> vocabulary);
  std::unique_ptr<const Vocabulary> vocabulary_;
};

}  // namespace dragoman::language
