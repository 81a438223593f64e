# SPDX-License-Identifier: Apache-2.0
"""Keeps texts out of training that share a passage with the dev or test part of any corpus or with the gold that is measured on."""
import glob
import json
import os
import re

import numpy as np

WORDS = 10  # words in a row that make a passage
_MIX = np.array([pow(0x9E3779B97F4A7C15, k + 1, 1 << 64) | 1 for k in range(WORDS)], np.uint64)
_TOKEN_COLUMN = ((".conllu", 1), (".iob2", 1), (".conll", 3), ("conandoyle", 3))


def passages(text):
    """A hash of each run of WORDS words of the text; the case and what is neither letter nor digit do not count."""
    ids = np.array([hash(w) & 0xFFFFFFFFFFFFFFFF for w in re.findall(r"[^\W_]+", text.lower())], np.uint64)
    n = len(ids) - WORDS + 1
    return sum(ids[k:k + n] * _MIX[k] for k in range(WORDS)) if n > 0 else np.zeros(0, np.uint64)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from _strings(v)
    elif isinstance(value, list):
        if value and all(isinstance(v, str) for v in value):
            yield " ".join(value)
        else:
            for v in value:
                yield from _strings(v)


def texts_of(path):
    """The texts of a corpus file, whatever its form."""
    with open(path, encoding="utf8", errors="replace") as f:
        content = f.read()
    if path.endswith(".jsonl"):
        for line in content.splitlines():
            yield from _strings(json.loads(line))
    elif path.endswith(".json"):
        yield from _strings(json.loads(content))
    elif path.endswith((".xml", ".csv")):
        yield re.sub(r"<[^>]*>", " ", content)
    else:
        column = next((c for mark, c in _TOKEN_COLUMN if mark in os.path.basename(path)), 0)
        tokens = []
        for line in content.split("\n"):
            fields = line.split("\t")
            if any(f.count(" ") > 4 for f in fields):
                yield from (re.sub(r"</?[st]>|[\[\]]", "", f) for f in fields)
            elif line.strip():
                tokens.append(fields[min(column, len(fields) - 1)])
        yield " ".join(tokens)


def measured_passages(corpora, gold):
    """Sorted hashes of all passages of the dev and test parts and of gold dev and tune."""
    paths = [p for part in ("dev", "test") for p in glob.glob(os.path.join(corpora, "*", part, "**"), recursive=True) if os.path.isfile(p)]
    paths += [os.path.join(gold, name) for name in ("dev.jsonl", "tune.jsonl")]
    return np.unique(np.concatenate([passages(text) for path in paths for text in texts_of(path)]))


def shared(text, known):
    """Number of passages of the text that are among `known` (sorted)."""
    found = passages(text)
    at = np.searchsorted(known, found).clip(max=len(known) - 1)
    return int((known[at] == found).sum()) if len(found) else 0
