# SPDX-License-Identifier: Apache-2.0
"""Puts a further reader into a model directory; the engine takes the mean of what its readers say.

    join_readers.py --model ../models/reader --more DIR --name second --version 3

DIR is what export.py wrote for it, with the same vocab.txt and lists of labels. What it has of grammar stays out, and what the model had of that name
is replaced. The confidence is fitted anew after it (./dev calibrate).
"""
import argparse
import math
import os

import numpy

from add_grammar import GRAMMAR
from model_file import DTYPES, PACKED, WEIGHTS, ModelWriter, read_folder

SETTINGS = ("thresholds", "calibration", "parse")  # of the manifest's heads: not labels


def labels_of(manifest):
    return {k: v for k, v in manifest["heads"].items() if k not in SETTINGS}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--model", "--more", "--name", "--version"):
        ap.add_argument(name, required=True)
    a = ap.parse_args()
    if not a.name or "/" in a.name:
        raise SystemExit(f"--name: {a.name!r} is empty or has a slash")
    vocabularies = []
    for folder in (a.model, a.more):
        with open(os.path.join(folder, "vocab.txt"), encoding="utf8") as lines:
            vocabularies.append(lines.read())
    if vocabularies[0] != vocabularies[1]:
        raise SystemExit(f"{a.more}: its vocab.txt is not that of {a.model}")
    writer, manifest = ModelWriter.reopened(a.model, a.version, without=(a.name + "/",))
    other, content = read_folder(a.more)
    if labels_of(other) != labels_of(manifest):
        raise SystemExit(f"{a.more}: its labels are not those of {a.model}")
    for tensor in other["tensors"]:
        if "/" not in tensor["name"] and not tensor["name"].startswith(GRAMMAR):
            values = numpy.frombuffer(content, DTYPES[tensor["dtype"]], math.prod(tensor["shape"]), tensor["offset"])
            writer.append(f"{a.name}/{tensor['name']}", tensor["dtype"], values.reshape(tensor["shape"]))
    sizes = {k: v for k, v in other["encoder"].items() if k != "grammar"}
    writer.manifest["more"] = [one for one in manifest.get("more", ()) if one["name"] != a.name] + [{"name": a.name, "encoder": sizes}]
    data = manifest["data"] + [name for name in other["data"] if name not in manifest["data"]]
    writer.write(a.model, manifest["heads"], [f["name"] for f in manifest["files"] if f["name"] not in (WEIGHTS, PACKED)],
                 license=manifest["license"], data=data, scores=manifest["scores"])


if __name__ == "__main__":
    main()
