# SPDX-License-Identifier: Apache-2.0
"""Puts a further reader into a model directory; the engine takes the mean of what its readers say.

    join_readers.py --model ../models/reader --more DIR --name second --version 3

DIR is what export.py wrote for it, with the same vocab.txt and lists of labels. What it has of grammar and rows stays out, and what the model had of that name
is replaced. The confidence is fitted anew after it (./dev calibrate).
"""
import argparse
import os
import re

from add_grammar import GRAMMAR
from model_file import ModelWriter, read_folder, tensors_in

FIRST_ALONE = (*GRAMMAR, "rows.")  # beginnings of the names of tensors that only the first reader has
SETTINGS = ("thresholds", "calibration", "parse")  # of the manifest's heads: not labels


def labels_of(manifest):
    return {k: v for k, v in manifest["heads"].items() if k not in SETTINGS}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--model", "--more", "--name", "--version"):
        ap.add_argument(name, required=True)
    a = ap.parse_args()
    if not re.fullmatch("[A-Za-z0-9_-]+", a.name):
        raise SystemExit(f"--name: {a.name!r} has other than letters, digits, - and _")
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
    for name, dtype, array in tensors_in(other, content):
        if "/" not in name and not name.startswith(FIRST_ALONE):
            writer.append(f"{a.name}/{name}", dtype, array)
    sizes = {k: v for k, v in other["encoder"].items() if k != "grammar"}
    writer.manifest["more"] = [one for one in manifest.get("more", ()) if one["name"] != a.name] + [{"name": a.name, "encoder": sizes}]
    writer.rewrite(a.model, manifest, data=other["data"])


if __name__ == "__main__":
    main()
