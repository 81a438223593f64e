# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest pack_encoder_test (in training/)."""
import os
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import torch
from safetensors.numpy import save_file

from model import Encoder
from train import encoder_sizes, encoder_tensors, load_encoder

HERE = os.path.dirname(os.path.abspath(__file__))
HIDDEN, FULL = 64, ["<s>", "<pad>", "</s>", "[PAD]", "[UNK]", "the", "a", "war", "##s", "<mask>"]
KEPT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "war", "##s"]


def mpnet(rng):
    """The tensors of an MPNet of two layers."""
    t = {"embeddings.word_embeddings.weight": (len(FULL), HIDDEN), "embeddings.position_embeddings.weight": (258, HIDDEN),
         "embeddings.LayerNorm.weight": (HIDDEN,), "embeddings.LayerNorm.bias": (HIDDEN,), "encoder.relative_attention_bias.weight": (32, 12),
         "pooler.dense.weight": (HIDDEN, HIDDEN)}
    for i in range(2):
        p = f"encoder.layer.{i}."
        for name, out, in_ in (*((f"attention.attn.{x}", HIDDEN, HIDDEN) for x in "qkvo"), ("intermediate.dense", 4 * HIDDEN, HIDDEN),
                               ("output.dense", HIDDEN, 4 * HIDDEN)):
            t[p + name + ".weight"], t[p + name + ".bias"] = (out, in_), (out,)
        for name in ("attention.LayerNorm", "output.LayerNorm"):
            t[p + name + ".weight"] = t[p + name + ".bias"] = (HIDDEN,)
    return {k: rng.normal(size=shape).astype(np.float32) for k, shape in t.items()}


class PackEncoder(unittest.TestCase):
    def test_an_mpnet(self):
        source = mpnet(np.random.default_rng(1))
        with tempfile.TemporaryDirectory() as folder:
            path = lambda name: os.path.join(folder, name)
            save_file(source, path("model.safetensors"))
            for name, pieces in (("full.txt", FULL), ("vocab.txt", KEPT)):
                with open(path(name), "w", encoding="utf8") as f:
                    f.writelines(p + "\n" for p in pieces)
            subprocess.run([sys.executable, os.path.join(HERE, "pack_encoder.py"), path("model.safetensors"), path("e.npz"), "--vocab", path("vocab.txt"),
                            "--full-vocab", path("full.txt"), "--layers", "1"], check=True, capture_output=True)
            tensors = encoder_tensors(path("e.npz"))
        self.assertEqual(encoder_sizes(tensors), dict(hidden=HIDDEN, eps=1e-5, relative=True))
        encoder = Encoder(vocab=len(KEPT), layers=1, heads=4, **encoder_sizes(tensors) | dict(relative=False))
        load_encoder(encoder, {k: v for k, v in tensors.items() if "relative" not in k})
        rows = [FULL.index(p) for p in ("[PAD]", "[UNK]", "<s>", "</s>", "<mask>", "war", "##s")]
        close = lambda got, want: self.assertTrue(torch.allclose(got.detach(), torch.from_numpy(want), atol=0.03))
        close(encoder.word.weight, source["embeddings.word_embeddings.weight"][rows])
        close(encoder.position.weight, source["embeddings.position_embeddings.weight"][2:])
        close(encoder.layers[0].qkv.weight[HIDDEN:2 * HIDDEN], source["encoder.layer.0.attention.attn.k.weight"])
        close(encoder.layers[0].out.weight, source["encoder.layer.0.attention.attn.o.weight"])
        close(encoder.layers[0].attention_norm.bias, source["encoder.layer.0.attention.LayerNorm.bias"])
        close(tensors["encoder.relative_attention_bias.weight"], source["encoder.relative_attention_bias.weight"])
        self.assertFalse(any("layer.1." in k or "pooler" in k for k in tensors))


    def test_rows_that_no_groups_fill(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.safetensors")
            save_file({"encoder.layer.0.output.dense.weight": np.zeros((4, 40), np.float32)}, path)
            done = subprocess.run([sys.executable, os.path.join(HERE, "pack_encoder.py"), path, os.path.join(folder, "e.npz")], check=False, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("model.safetensors: encoder.layer.0.output.dense.weight has rows of 40 weights", done.stderr)


if __name__ == "__main__":
    unittest.main()
