# SPDX-License-Identifier: Apache-2.0
"""Shape class of a word: the case information that the uncased vocabulary throws away.

The same function stands in src/language/wordpiece.cc (`word_shape`); tests/neural/wordpiece.json
holds both to the same answers. A word is one basic token of the tokenizer, as it stands in the raw text
(before lower-casing and accent stripping). Pure Python, no third-party imports.
"""
import unicodedata

SPECIAL = 0      # [CLS], [SEP], [PAD]
LOWER = 1        # "talks"
CAPITALIZED = 2  # "Beijing": the first letter is upper case, no other letter is
ALL_CAPS = 3     # "NATO": two or more letters, none lower case, at least one upper case
CAPITAL = 4      # "U": one letter, upper case
MIXED = 5        # "McDonald", "iPhone"
DIGITS = 6       # "2023"
LETTERS_AND_DIGITS = 7  # "G20", "5th"
PUNCTUATION = 8  # "," "$": neither letter nor digit
UNCASED = 9      # "北": letters of a script without case

CONTINUATION = 10  # added for the second and later pieces of a word
SHAPES = 20


def word_shape(word: str) -> int:
    """Shape class 1..9 of a word. Only letters (L*) and numbers (N*) count; marks and signs do not."""
    upper = lower = other = digits = 0
    first_is_upper = False
    for char in word:
        category = unicodedata.category(char)
        if category[0] == "N":
            digits += 1
        elif category[0] == "L":
            is_upper = category in ("Lu", "Lt")
            if upper + lower + other == 0:
                first_is_upper = is_upper
            if is_upper:
                upper += 1
            elif category == "Ll":
                lower += 1
            else:
                other += 1
    letters = upper + lower + other
    if letters == 0:
        return DIGITS if digits else PUNCTUATION
    if digits:
        return LETTERS_AND_DIGITS
    if upper == 0:
        return LOWER if lower else UNCASED
    if lower == 0:
        return CAPITAL if letters == 1 else ALL_CAPS
    return CAPITALIZED if upper == 1 and first_is_upper else MIXED


def piece_shape(word: str, is_first_piece: bool) -> int:
    """Shape class of one word piece: that of its word, plus 10 where it continues the word."""
    return word_shape(word) + (0 if is_first_piece else CONTINUATION)
