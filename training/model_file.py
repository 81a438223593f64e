# SPDX-License-Identifier: Apache-2.0
"""Writes a model directory (docs/formats/model.md) that src/neural/model_file.cc reads."""
import hashlib
import json
import math
import os

import numpy

FORMAT = 2
ALIGNMENT = 64
DTYPES = dict(f32="<f4", f16="<f2", i8="i1")


def quantize_rows(weight):
    """Float [rows, columns] -> int8 values and one float32 scale a row; weight = values * scale, values in -127..127."""
    weight = numpy.asarray(weight, dtype=numpy.float32)
    scale = numpy.abs(weight).max(axis=1) / numpy.float32(127)
    safe = numpy.where(scale > 0, scale, numpy.float32(1))
    return numpy.rint(weight / safe[:, None]).astype(numpy.int8), scale.astype(numpy.float32)


class ModelWriter:
    """Collects tensors, then writes weights.bin and manifest.json.

    `encoder` is the dict of sizes: layers, hidden, heads, ffn, vocab, positions, shapes, eps.
    """

    def __init__(self, name, version, encoder):
        self.manifest = {"format": FORMAT, "name": name, "version": version, "encoder": encoder}
        self.tensors = []
        self.data = bytearray()

    @classmethod
    def reopened(cls, folder, version=None, without=(), change=lambda name, array: array):
        """(writer that holds the tensors of a folder, its manifest): what is added comes behind them. `without`: beginnings of
        the names of tensors that are left out; `change` gives what becomes of a tensor; the version stays where none is given."""
        with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        with open(os.path.join(folder, "weights.bin"), "rb") as file:
            content = file.read()
        writer = cls(manifest["name"], version or manifest["version"], manifest["encoder"])
        for tensor in manifest["tensors"]:
            if not tensor["name"].startswith(tuple(without)):
                array = numpy.frombuffer(content, DTYPES[tensor["dtype"]], math.prod(tensor["shape"]), tensor["offset"])
                writer._append(tensor["name"], tensor["dtype"], change(tensor["name"], array.reshape(tensor["shape"])))
        return writer, manifest

    def _append(self, name, dtype, array):
        self.data += bytes(-len(self.data) % ALIGNMENT)
        self.tensors.append({"name": name, "dtype": dtype, "shape": list(array.shape), "offset": len(self.data)})
        self.data += array.tobytes()

    def add_float(self, name, array):
        self._append(name, "f32", numpy.ascontiguousarray(array, dtype="<f4"))

    def add_half(self, name, array):
        self._append(name, "f16", numpy.ascontiguousarray(array, dtype="<f2"))

    def add_int8(self, name, array):
        """Quantises a float matrix row by row; adds NAME and NAME.scale. Returns what the reader will see, as floats."""
        values, scale = quantize_rows(array)
        self._append(name, "i8", numpy.ascontiguousarray(values))
        self.add_float(name + ".scale", scale)
        return values.astype(numpy.float32) * scale[:, None]

    def write(self, folder, heads=None, other_files=(), **notes):
        """Writes the directory. `other_files` (vocab.txt, MODEL_CARD.md) must lie in it already; `notes` are further keys of
        the manifest: license, data, scores."""
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "weights.bin"), "wb") as out:
            out.write(self.data)
        files = []
        for name in ("weights.bin", *other_files):
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            files.append({"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        manifest = {**self.manifest, "heads": heads or {}, **notes, "files": files, "tensors": self.tensors}
        with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as out:
            json.dump(manifest, out, indent=1, ensure_ascii=False)
            out.write("\n")
