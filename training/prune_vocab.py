# SPDX-License-Identifier: Apache-2.0
"""Keeps the word pieces that English news uses: a smaller table of embeddings, the same tokenizer.

    prune_vocab.py --packed packed.pkl.xz --vocab FULL.txt --out vocab.txt [--least 5]

`packed` is prepare.py's output with the full vocabulary. Kept are the special pieces, eight unused ones (markers of
tasks), every single character of ASCII, and each piece seen `--least` times in the training sets; all other words are
split into smaller pieces that are kept. Order is the full vocabulary's, so pack_encoder.py can pick rows by name.
"""
import argparse

import numpy as np

import data

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(f"[unused{i}]" for i in range(1, 9)))


def kept(piece, count, least):
    bare = piece.removeprefix("##")
    return piece in SPECIAL or (len(bare) == 1 and " " < bare < "\x7f") or count >= least


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--vocab", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--least", type=int, default=5)
    a = ap.parse_args()
    with open(a.vocab, encoding="utf8") as f:
        pieces = f.read().split("\n")
    pieces = pieces[:-1] if pieces[-1] == "" else pieces
    counts = np.zeros(len(pieces), np.int64)
    for name, docs in data.load(a.packed)["sets"].items():
        if name != "tune" and not name.endswith("_dev"):
            for doc in docs:
                np.add.at(counts, doc["ids"].astype(np.int64), 1)
    keep = [p for p, c in zip(pieces, counts) if kept(p, c, a.least)]
    with open(a.out, "w", encoding="utf8") as f:
        f.writelines(p + "\n" for p in keep)
    kept_set = set(keep)
    gone = sum(int(c) for p, c in zip(pieces, counts) if p not in kept_set)
    print(f"{len(keep)} of {len(pieces)} pieces; {gone / counts.sum():.3%} of those seen in the texts go")


if __name__ == "__main__":
    main()
