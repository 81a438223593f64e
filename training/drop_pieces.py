# SPDX-License-Identifier: Apache-2.0
"""Takes pieces out of a model directory: their rows of the embeddings, their lines of vocab.txt.

    drop_pieces.py --model ../models/reader [--vocab SMALLER.txt]

Those that SMALLER.txt (of prune_vocab.py) lacks, whose words are then split into smaller pieces; without it those that no text can hold
("[unused9]" …), by which what the reader says of a text stays the same. The eight that prune_vocab.py keeps as markers of tasks stay. The
ids of pieces change, so fixtures that hold ids (parity.py) are made anew.
"""
import argparse
import os
import re

from model_file import ModelWriter
from prune_vocab import SPECIAL

UNUSED = re.compile(r"\[unused\d+\]")
TABLES = ("embeddings.word", "embeddings.word.scale")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--vocab", default="")
    a = ap.parse_args()
    vocab = os.path.join(a.model, "vocab.txt")
    with open(vocab, encoding="utf8") as lines:
        pieces = lines.read().splitlines()
    wanted = None
    if a.vocab:
        with open(a.vocab, encoding="utf8") as lines:
            wanted = set(lines.read().splitlines())
        if not wanted <= set(pieces):
            raise SystemExit(f"{a.vocab}: {len(wanted - set(pieces))} of its pieces are none of the model's")
    rows = [i for i, piece in enumerate(pieces) if piece in SPECIAL or (piece in wanted if a.vocab else not UNUSED.fullmatch(piece))]
    writer, manifest = ModelWriter.reopened(a.model, change=lambda name, array: array[rows] if name.rpartition("/")[2] in TABLES else array)
    if len(pieces) != manifest["encoder"]["vocab"]:
        raise SystemExit(f"{vocab}: {len(pieces)} pieces, but the model has {manifest['encoder']['vocab']}")
    for reader in (writer.manifest, *writer.manifest.get("more", ())):
        reader["encoder"] = {**reader["encoder"], "vocab": len(rows)}
    with open(vocab, "w", encoding="utf8") as out:
        out.writelines(pieces[i] + "\n" for i in rows)
    writer.rewrite(a.model, manifest)
    print(f"{len(rows)} of {len(pieces)} pieces are left")


if __name__ == "__main__":
    main()
