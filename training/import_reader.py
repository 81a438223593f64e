# SPDX-License-Identifier: Apache-2.0
"""Makes a checkpoint of an exported reader, to go on from where its training files are lost.

    import_reader.py --model ../models/reader --out reader.pt      then train.py --start reader.pt
    import_reader.py --model ../models/reader --reader second --out second.pt      a further reader of it (join_readers.py)
    import_reader.py --model ../models/reader --grammar --out grammar.pt      the layers and heads for trees and coreference

Encoder products are rounded there: what was lost stays so. Heads that were only for training are new.
"""
import argparse
import json
import os

import numpy as np
import torch

import tasks
from export import PARTS
from model import Encoder, Reader
from model_file import read_folder, tensors_in


def tensors_of(folder, reader=""):
    """(manifest, name -> float tensor, int8 ones scaled back) of the model's first reader, or of a further one by its name."""
    manifest, content = read_folder(folder)
    if reader:
        found = [one for one in manifest.get("more", ()) if one["name"] == reader]
        if not found:
            raise SystemExit(f"{folder}: has no reader {reader}")
        manifest = {**manifest, "encoder": found[0]["encoder"]}
    prefix = reader + "/" if reader else ""
    tensors = {}
    for full_name, _, values in tensors_in(manifest, content):
        name = full_name.removeprefix(prefix)
        if prefix and name == full_name or "/" in name:
            continue
        tensors[name] = torch.from_numpy(values.astype(np.float32))
    for name in [n for n in tensors if n + ".scale" in tensors]:
        tensors[name] *= tensors.pop(name + ".scale")[:, None]
    return manifest, tensors


def with_grammar(manifest, tensors):
    """(layers, tensors) of a reader whose upper layers are those for grammar: they take the place of the encoder's own. Of coreference
    the file has one scheme, in the biases; what was learned of the others is lost."""
    grammar = manifest["encoder"]["grammar"]
    own = {name: value for name, value in tensors.items() if not name.startswith("grammar.")}
    for name, value in tensors.items():
        if name.startswith("grammar.layer."):
            layer, _, rest = name.removeprefix("grammar.layer.").partition(".")
            own[f"layer.{grammar['from'] + int(layer)}.{rest}"] = value
    return grammar["from"] + grammar["layers"], own


TASK_HEADS = ("parse", "coref")
IN_BIASES = ("tasks.coref.scheme.weight", "tasks.coref.bias.weight")


def state_of(tensors, layers):
    """Names of Reader's state dict."""
    state = {"encoder.word.weight": tensors["embeddings.word"], "encoder.position.weight": tensors["embeddings.position"],
             "encoder.shape.weight": tensors["embeddings.shape"]}
    for kind in ("weight", "bias"):
        state["encoder.norm." + kind] = tensors["embeddings.norm." + kind]
        for i in range(layers):
            for part in (*PARTS, "attention_norm", "ffn_norm"):
                state[f"encoder.layers.{i}.{part}.{kind}"] = tensors[f"layer.{i}.{part}.{kind}"]
    for i in range(layers):
        for part in PARTS:
            factor = tensors.get(f"layer.{i}.{part}.factor")
            if factor is not None:
                state[f"encoder.layers.{i}.{part}.weight"] = state[f"encoder.layers.{i}.{part}.weight"] * factor
    for name, value in tensors.items():
        if name.split(".")[0] in ("heads", "roles", "quotes", "extents"):
            state[name + ".weight" if name.endswith(".distance") else name] = value
        elif name.split(".")[0] in TASK_HEADS:
            table = name in ("coref.distance", "coref.sentences", "coref.likeness")
            state[f"tasks.{name}.weight" if table else "tasks." + name] = value
    return state


def encoder_from(manifest, layers, tensors):
    """The encoder of what `tensors_of` or `with_grammar` gave."""
    sizes = {k: v for k, v in manifest["encoder"].items() if k in ("hidden", "heads", "ffn", "vocab", "eps")}
    encoder = Encoder(layers=layers, **sizes)
    state = state_of(tensors, layers)
    encoder.load_state_dict({k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")})
    return encoder.eval()


def reader_of(folder, name="", grammar=False):
    """(reader, names of the weights that are new) of a model's first reader, or of a further one by its name."""
    manifest, tensors = tensors_of(folder, name)
    layers = manifest["encoder"]["layers"]
    if grammar and "grammar" not in manifest["encoder"]:
        raise SystemExit(f"{folder}: has no layers for grammar")
    if grammar:
        layers, tensors = with_grammar(manifest, tensors)
    else:
        tensors = {key: value for key, value in tensors.items() if key.split(".")[0] not in TASK_HEADS}
    with open(os.path.join(folder, "vocab.txt"), encoding="utf8") as lines:
        pieces = lines.read().splitlines()
    special = tuple(pieces.index(piece) for piece in ("[CLS]", "[SEP]", "[MASK]"))
    reader = Reader(vocab=manifest["encoder"]["vocab"], layers=layers, special=special, tasks=[tasks.load(task) for task in TASK_HEADS] if grammar else ())
    state, whole = state_of(tensors, layers), reader.state_dict()
    unknown = [key for key in state if key not in whole or whole[key].shape != state[key].shape]
    if unknown:
        raise SystemExit(f"{folder}: no such weights in this reader: {', '.join(unknown)}")
    blank = {key: torch.zeros_like(value) for key, value in whole.items() if key in IN_BIASES}
    reader.load_state_dict({**whole, **blank, **state})
    return reader, [key for key in whole if key not in state]


def readers_of(folder):
    """{prefix of its tensors' names: reader} of all readers of a model: "" of the first, "second/"."""
    manifest, _ = read_folder(folder)
    return {name + "/" if name else "": reader_of(folder, name)[0] for name in ("", *(one["name"] for one in manifest.get("more", ())))}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--out", required=True), ap.add_argument("--grammar", action="store_true")
    ap.add_argument("--reader", default="", help="name of a further reader")
    a = ap.parse_args()
    reader, new = reader_of(a.model, a.reader, a.grammar)
    print("new:", *new)
    torch.save(reader.state_dict(), a.out)


if __name__ == "__main__":
    main()
