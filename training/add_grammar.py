# SPDX-License-Identifier: Apache-2.0
"""Puts trees and coreference into a model directory: layers for grammar and the heads `parse` and `coref`.

    add_grammar.py --model models/reader --grammar ema.pt --version 3 --calibrate gold/train.jsonl

ema.pt is a reader that learned them on the lowest layers of the model, which stayed as they are: import_reader.py, then
train.py --start … --frozen N --tasks parse:24,coref:1. All else that is in the model stays, byte by byte, and what it has of grammar is
replaced; MODEL_CARD.md and vocab.txt are hashed anew.
"""
import argparse
import json

import torch

from export import CALIBRATION_TEXTS, PARTS, seen_inputs, sequences_of, write_layer
from import_reader import encoder_from, tensors_of
from model import Reader
from model_file import ModelWriter
from tasks import coref, parse

EMBEDDINGS = ("word", "position", "shape", "norm")
# Largest part of a tensor that may have changed: biases and norms were at most saved in half precision, tables rounded too, and the weights of
# products rounded together.
VECTORS, TABLES, PRODUCTS = 0.001, 0.1, 0.5
GRAMMAR = ("grammar.", "parse.", "coref.")  # beginnings of the tensors' names
DATA = ["OntoGUM train (tiers A and B)", "TNE train", "LitBank train", "GAP development"]


def alike(module, other, matrices):
    """Whether two modules differ by rounding only; `matrices`: as VECTORS, of theirs."""
    pairs = zip(module.state_dict().values(), other.state_dict().values())
    return all((a - b).norm() <= (VECTORS if a.dim() == 1 else matrices) * a.norm() for a, b in pairs)


def shared_layers(encoder, grammar):
    """How many of the lowest layers are the same in both. Raises SystemExit where none is."""
    if not all(alike(getattr(encoder, part), getattr(grammar, part), TABLES) for part in EMBEDDINGS):
        raise SystemExit("--grammar: its embeddings are not those of --model")
    same = [alike(a, b, PRODUCTS) for a, b in zip(encoder.layers, grammar.layers)]
    shared = same.index(False) if False in same else len(same)
    if shared == 0:
        raise SystemExit("--grammar: its lowest layer is not that of --model")
    return shared


def write_layers(writer, encoder, grammar, shared, sequences):
    """Adds the layers of `grammar` above the `shared` ones, which become those of `encoder`; puts the rounded weights into it."""
    for part in EMBEDDINGS:
        setattr(grammar, part, getattr(encoder, part))
    for i in range(shared):
        grammar.layers[i] = encoder.layers[i]
    seen = seen_inputs(grammar, sequences)
    for i, layer in enumerate(grammar.layers[shared:]):
        write_layer(writer, f"grammar.layer.{i}", layer, {part: seen[shared + i, part] for part in PARTS})


def encoder_of(folder):
    manifest, tensors = tensors_of(folder)
    return encoder_from(manifest, manifest["encoder"]["layers"], tensors)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--grammar", required=True), ap.add_argument("--version", required=True)
    ap.add_argument("--calibrate", required=True, help="JSON lines with `text`: what sizes of activations are read from")
    ap.add_argument("--fineness", type=float, default=0, help="as of export.py")
    a = ap.parse_args()
    writer, manifest = ModelWriter.reopened(a.model, a.version, without=GRAMMAR, fineness=a.fineness)
    encoder = encoder_of(a.model)
    reader = Reader.of(torch.load(a.grammar, map_location="cpu", weights_only=True)).eval()
    shared = shared_layers(encoder, reader.encoder)
    vocab = f"{a.model}/vocab.txt"
    with open(a.calibrate, encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(CALIBRATION_TEXTS), lines)]
    write_layers(writer, encoder, reader.encoder, shared, list(sequences_of(texts, vocab)))
    for task in (parse, coref):
        task.write(writer, reader.tasks[task.TASK.name])
    own, sizes = len(reader.encoder.layers) - shared, {k: v for k, v in manifest["encoder"].items() if k != "grammar"}
    writer.manifest["encoder"] = sizes
    if own:  # else the heads read what the last layer gives
        writer.manifest["encoder"] = {**sizes, "grammar": {"from": shared, "layers": own}}
    writer.rewrite(a.model, manifest, {**manifest["heads"], "parse": parse.manifest()}, DATA)


if __name__ == "__main__":
    main()
