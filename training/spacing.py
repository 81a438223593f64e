# SPDX-License-Identifier: Apache-2.0
"""Running text of tokens."""


def untokenised(tokens):
    """Text of tokens with the usual spacing, and each token's characters."""
    text, spans = "", []
    quote_open = False
    for i, t in enumerate(tokens):
        glue = i == 0 or t in ".,;:!?)]}%" or t in ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "\u2019s", "\u201d") or tokens[i - 1] in ("(", "[", "$", "\u201c", "#")
        if t == '"':
            glue = glue or quote_open
            quote_open = not quote_open
        elif i and tokens[i - 1] == '"' and quote_open:
            glue = True
        if t == "-" or (i and tokens[i - 1] == "-"):
            glue = True
        if not glue:
            text += " "
        spans.append((len(text), len(text) + len(t)))
        text += t
    return text, spans
