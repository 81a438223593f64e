# SPDX-License-Identifier: Apache-2.0
"""Makes a checkpoint of an exported reader, to go on from where its training files are lost.

    import_reader.py --model ../models/reader --out reader.pt      then train.py --start reader.pt

Encoder products are int8 there: what was rounded stays so. Heads that were only for training are new.
"""
import argparse
import json
import os

import numpy as np
import torch

from export import PARTS
from model import Reader

TYPES = dict(f32="<f4", f16="<f2", i8="i1")


def tensors_of(folder):
    """name -> float tensor, int8 ones scaled back."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf8") as f:
        manifest = json.load(f)
    with open(os.path.join(folder, "weights.bin"), "rb") as f:
        content = f.read()
    tensors = {}
    for t in manifest["tensors"]:
        values = np.frombuffer(content, TYPES[t["dtype"]], int(np.prod(t["shape"])), t["offset"]).reshape(t["shape"])
        tensors[t["name"]] = torch.from_numpy(values.astype(np.float32))
    for name in [n for n in tensors if n + ".scale" in tensors]:
        tensors[name] *= tensors.pop(name + ".scale")[:, None]
    return manifest, tensors


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
    return state


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--out", required=True)
    a = ap.parse_args()
    manifest, tensors = tensors_of(a.model)
    reader = Reader(vocab=manifest["encoder"]["vocab"], layers=manifest["encoder"]["layers"])
    state = state_of(tensors, manifest["encoder"]["layers"])
    unknown = [name for name in state if name not in reader.state_dict() or reader.state_dict()[name].shape != state[name].shape]
    if unknown:
        raise SystemExit(f"{a.model}: no such weights in this reader: {', '.join(unknown)}")
    print("new:", *(name for name in reader.state_dict() if name not in state))
    torch.save({**reader.state_dict(), **state}, a.out)


if __name__ == "__main__":
    main()
