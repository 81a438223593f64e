# SPDX-License-Identifier: Apache-2.0
"""Text to words, pieces and sentence candidates, as the engine does it (src/language)."""
import functools
import re

from tokenizers import BertWordPieceTokenizer, pre_tokenizers

from shapes import word_shape

_PRE = pre_tokenizers.BertPreTokenizer()
# Words before a full stop that do not end a sentence.
_ABBREVIATIONS = set("""mr mrs ms dr prof gen col lt maj sgt capt rep sen gov pres st jr sr vs no inc ltd co corp etc dept
u.s u.k u.n e.u d.c p.m a.m e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec rev hon amb messrs""".split())


class Tokenizer:
    def __init__(self, vocab):
        self._tok = BertWordPieceTokenizer(vocab, lowercase=True)
        self._pieces = functools.lru_cache(maxsize=500_000)(self._pieces_of)
        self.size = self._tok.get_vocab_size()
        self.cls, self.sep, self.mask = (self._tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[MASK]"))

    def id(self, piece):
        return self._tok.token_to_id(piece)

    def _pieces_of(self, word):
        return tuple(self._tok.encode(word, add_special_tokens=False).ids), word_shape(word)

    def words(self, text):
        """[(begin, end, piece ids, shape)] in characters; words that cleaning empties are left out."""
        out = []
        for word, (begin, end) in _PRE.pre_tokenize_str(text):
            ids, shape = self._pieces(word)
            if ids:
                out.append((begin, end, ids, shape))
        return out


def cut_points(text, words):
    """Indices of words that may begin a window: after a block (line break) or a likely sentence end.

    Gives (cuts, breaks): breaks are the cuts that begin a block."""
    cuts, breaks = [], []
    for i, (begin, _, _, _) in enumerate(words):
        if i == 0:
            cuts.append(0), breaks.append(0)
            continue
        gap = text[words[i - 1][1]:begin]
        if "\n" in gap:
            cuts.append(i), breaks.append(i)
        elif gap and likely_end(text, words, i - 1):
            cuts.append(i)
    return cuts, breaks


def likely_end(text, words, i):
    """Does a sentence likely end with word i (white space follows)?"""
    def surface(k):
        return text[words[k][0]:words[k][1]] if 0 <= k < len(words) else ""
    k = i
    while surface(k) in ('"', "'", "\u201d", "\u2019", ")", "]", "\u00bb") and k > 0:
        k -= 1
    if surface(k) not in (".", "!", "?", "\u2026"):
        return False
    following = surface(i + 1)
    if surface(k) == "." and k > 0 and words[k - 1][1] == words[k][0]:
        before = surface(k - 1).lower()
        if len(before) == 1 and before.isalpha() and k == i:
            return False
        if before in _ABBREVIATIONS and k == i:
            return False
    return not re.match(r"[a-z,;:]", following)
