# SPDX-License-Identifier: Apache-2.0
"""Writes a model directory (docs/formats/model.md) that src/neural/model_file.cc reads."""
import hashlib
import json
import math
import os

import numpy

FORMAT = 3
ALIGNMENT = 64
DTYPES = dict(f32="<f4", f16="<f2", i8="i1")
SMALL = 31  # kSmallWeight of src/neural/kernels.h: such weights run faster with AVX2
WEIGHTS, PACKED = "weights.bin", "weights.bin.zst"


def quantize_rows(weight, fineness=0):
    """Float [rows, columns] -> int8 values and one float32 scale a row; weight = values * scale, values in -127..127.

    `fineness`: steps in a row's standard deviation; values then stay within SMALL, so that a row with a larger one has fewer
    steps. Of normally distributed weights 6 give an error of .048 of them and an entropy of 4.6 bits, the 127 values of 0 .01
    and 6.9."""
    weight = numpy.asarray(weight, dtype=numpy.float32)
    scale = numpy.abs(weight).max(axis=1) / numpy.float32(127)
    if fineness:
        scale = numpy.maximum(scale * numpy.float32(127 / SMALL), weight.std(axis=1) / numpy.float32(fineness))
    safe = numpy.where(scale > 0, scale, numpy.float32(1))
    return numpy.rint(weight / safe[:, None]).astype(numpy.int8), scale.astype(numpy.float32)


def read_folder(folder):
    """(manifest, the bytes of its weights, unpacked)."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    packed = any(file["name"] == PACKED for file in manifest["files"])
    with open(os.path.join(folder, PACKED if packed else WEIGHTS), "rb") as file:
        content = file.read()
    if packed:
        import zstandard
        content = zstandard.ZstdDecompressor().decompress(content)
    return manifest, content


def tensors_in(manifest, content):
    """(name, dtype, array) of each tensor of what `read_folder` gave."""
    for tensor in manifest["tensors"]:
        array = numpy.frombuffer(content, DTYPES[tensor["dtype"]], math.prod(tensor["shape"]), tensor["offset"])
        yield tensor["name"], tensor["dtype"], array.reshape(tensor["shape"])


class ModelWriter:
    """Collects tensors, then writes weights.bin and manifest.json.

    `encoder` is the dict of sizes: layers, hidden, heads, ffn, vocab, positions, shapes, eps. With `fineness` int8 weights
    are rounded to so many steps a standard deviation (`quantize_rows`), and weights.bin.zst takes the place of weights.bin.
    """

    def __init__(self, name, version, encoder, fineness=0):
        self.manifest = {"format": FORMAT, "name": name, "version": version, "encoder": encoder}
        self.fineness, self.packed = fineness, fineness > 0
        self.tensors = []
        self.data = bytearray()

    @classmethod
    def reopened(cls, folder, version=None, without=(), change=lambda name, array: array, fineness=0):
        """(writer that holds the tensors of a folder, its manifest): what is added comes behind them. `without`: beginnings of
        the names of tensors that are left out; `change` gives what becomes of a tensor; the version stays where none is given."""
        manifest, content = read_folder(folder)
        writer = cls(manifest["name"], version or manifest["version"], manifest["encoder"], fineness)
        writer.packed = writer.packed or all(file["name"] != WEIGHTS for file in manifest["files"])
        if "more" in manifest:
            writer.manifest["more"] = manifest["more"]
        for name, dtype, array in tensors_in(manifest, content):
            if not name.startswith(tuple(without)):
                writer.append(name, dtype, change(name, array))
        return writer, manifest

    def append(self, name, dtype, array):
        """A tensor as it is, of one of DTYPES."""
        self.data += bytes(-len(self.data) % ALIGNMENT)
        self.tensors.append({"name": name, "dtype": dtype, "shape": list(array.shape), "offset": len(self.data)})
        self.data += array.tobytes()

    def add_float(self, name, array):
        self.append(name, "f32", numpy.ascontiguousarray(array, dtype="<f4"))

    def add_half(self, name, array):
        self.append(name, "f16", numpy.ascontiguousarray(array, dtype="<f2"))

    def add_int8(self, name, array, moments=None):
        """Quantises a float matrix row by row; adds NAME and NAME.scale. Returns what the reader will see, as floats.
        `moments` of the product's inputs, a tensor, where rounding shall keep what it gives (`rounding.round_to_inputs`)."""
        values, scale = quantize_rows(array, self.fineness)
        if moments is not None:
            import torch
            from rounding import round_to_inputs
            values = round_to_inputs(torch.tensor(array), torch.tensor(scale), moments, SMALL if self.fineness else 127).numpy().astype(numpy.int8)
        self.append(name, "i8", numpy.ascontiguousarray(values))
        self.add_float(name + ".scale", scale)
        return values.astype(numpy.float32) * scale[:, None]

    def rewrite(self, folder, manifest, heads=None, data=()):
        """Writes what was reopened into its folder again: its files hashed anew, its notes as in `manifest`, with `data` added
        to what it was trained on; its heads, where no others are given."""
        others = [file["name"] for file in manifest["files"] if file["name"] not in (WEIGHTS, PACKED)]
        notes = {k: v for k, v in manifest.items() if k not in (*self.manifest, "heads", "files", "tensors")}
        if data:
            notes["data"] = [*notes.get("data", ()), *(name for name in data if name not in notes.get("data", ()))]
        self.write(folder, heads or manifest["heads"], others, **notes)

    def write(self, folder, heads=None, other_files=(), **notes):
        """Writes the directory. `other_files` (vocab.txt, MODEL_CARD.md) must lie in it already; `notes` are further keys of
        the manifest: license, data, scores."""
        os.makedirs(folder, exist_ok=True)
        weights, other = (PACKED, WEIGHTS) if self.packed else (WEIGHTS, PACKED)
        content = bytes(self.data)
        if self.packed:
            import zstandard
            content = zstandard.ZstdCompressor(level=19).compress(content)
        with open(os.path.join(folder, weights), "wb") as out:
            out.write(content)
        if os.path.exists(os.path.join(folder, other)):
            os.remove(os.path.join(folder, other))
        files = []
        for name in (weights, *other_files):
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            files.append({"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        manifest = {**self.manifest, "heads": heads or {}, **notes, "files": files, "tensors": self.tensors}
        with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as out:
            json.dump(manifest, out, indent=1, ensure_ascii=False)
            out.write("\n")
