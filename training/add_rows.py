# SPDX-License-Identifier: Apache-2.0
"""Puts the head for relation rows into a model directory.

    add_rows.py --model ../models/reader --rows ema.pt [--fineness 6] [--version 3]

ema.pt is a reader that learned it on the encoder of the model's first reader, which stayed as it was: import_reader.py, then
train.py --start … --frozen N --tasks rows with N all its layers. All else that is in the model stays, and what it has of rows is
replaced.
"""
import argparse

import torch

from add_grammar import encoder_of, shared_layers
from model import Reader
from model_file import ModelWriter
from tasks import rows

PREFIX = "rows."  # of the tensors' names
DATA = "PLV train"


def check_shared(encoder, other):
    """Raises SystemExit where `other` is not the whole of `encoder`, rounding apart."""
    if other.word.weight.shape != encoder.word.weight.shape or len(other.layers) != len(encoder.layers):
        raise SystemExit("--rows: its encoder has other sizes than that of --model")
    try:
        shared = shared_layers(encoder, other)
    except SystemExit as refused:
        raise SystemExit(str(refused).replace("--grammar", "--rows")) from None
    if shared < len(encoder.layers):
        raise SystemExit(f"--rows: only the lowest {shared} of its {len(encoder.layers)} layers are those of --model")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--rows", required=True)
    ap.add_argument("--version", default="", help="the model's stays where none is given")
    ap.add_argument("--fineness", type=float, default=0, help="as of export.py")
    a = ap.parse_args()
    reader = Reader.of(torch.load(a.rows, map_location="cpu", weights_only=True)).eval()
    if rows.TASK.name not in reader.tasks:
        raise SystemExit("--rows: has no head for relation rows")
    check_shared(encoder_of(a.model), reader.encoder)
    writer, manifest = ModelWriter.reopened(a.model, a.version, without=(PREFIX,), fineness=a.fineness)
    rows.write(writer, reader.tasks[rows.TASK.name])
    writer.rewrite(a.model, manifest, data=[DATA])


if __name__ == "__main__":
    main()
