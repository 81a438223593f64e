# SPDX-License-Identifier: Apache-2.0
"""Packs a BERT encoder small enough to travel: pack_encoder.py model.safetensors encoder.npz (int8 embeddings, half-precision layers)."""
import sys

import numpy as np
from safetensors.numpy import load_file

out = {}
for name, w in load_file(sys.argv[1]).items():
    if "pooler" in name or "position_ids" in name:
        continue
    if name.endswith("word_embeddings.weight"):
        scale = np.abs(w).max(1) / 127
        out[name + ".s"], out[name + ".q"] = scale.astype(np.float32), np.round(w / scale[:, None]).astype(np.int8)
    else:
        out[name] = w.astype(np.float16)
np.savez_compressed(sys.argv[2], **out)
