# SPDX-License-Identifier: Apache-2.0
"""Outputs of the PyTorch encoder that the C++ encoder is held to (src/neural/encoder_test.cc).

    parity.py --model ../models/reader --out ../tests/neural      those of a model's readers, and of its layers for grammar
"""
import argparse
import json
import os
import random

import torch

import shapes


def random_sequences(vocab, lengths=(1, 7, 33, 96), seed=5):
    """Made-up (ids, shapes) of the given lengths."""
    source = random.Random(seed)
    return [([source.randrange(vocab) for _ in range(n)], [source.randrange(shapes.SHAPES) for _ in range(n)])
            for n in lengths]


def write_parity(model, path, sequences=None, vocab=30522, rows=6):
    """Writes what `model` answers, for tests.

    model: an nn.Module in float32 whose forward(ids [1, n], shapes [1, n]) gives [1, n, hidden]. It must hold the very weights
    that were exported, that is, int8 tensors dequantised again (ModelWriter.add_int8 returns them).
    sequences: list of (ids, shapes), best real sentences with their special pieces; random ones if None.
    rows: of each sequence only so many rows, evenly spread, are written: each depends on all pieces.
    """
    cases = []
    model = model.to("cpu").float().eval()
    for ids, piece_shapes in sequences or random_sequences(vocab):
        with torch.no_grad():
            output = model(torch.tensor([ids]), torch.tensor([piece_shapes]))[0]
        kept = sorted({round(i * (len(ids) - 1) / max(1, rows - 1)) for i in range(rows)})
        cases.append({"ids": list(ids), "shapes": list(piece_shapes), "rows": kept,
                      "output": [[round(value, 5) for value in output[row].tolist()] for row in kept]})
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"cases":[\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]}\n")


def main():
    from export import parity_sequences
    from import_reader import encoder_from, tensors_of, with_grammar
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--out", required=True)
    a = ap.parse_args()
    sequences = list(parity_sequences(os.path.join(a.model, "vocab.txt")))

    def write(name, manifest, layers, tensors):
        write_parity(encoder_from(manifest, layers, tensors), os.path.join(a.out, f"reader{name}_parity.json"), sequences)

    manifest, tensors = tensors_of(a.model)
    write("", manifest, manifest["encoder"]["layers"], tensors)
    if "grammar" in manifest["encoder"]:
        write("_grammar", manifest, *with_grammar(manifest, tensors))
    for one in manifest.get("more", ()):
        of_one, tensors = tensors_of(a.model, one["name"])
        write("_" + one["name"], of_one, of_one["encoder"]["layers"], tensors)


if __name__ == "__main__":
    main()
