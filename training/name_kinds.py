# SPDX-License-Identifier: Apache-2.0
"""Kinds of names: learns data/language/name_kinds.tsv, and measures the names of whole readings on public test sets.

    name_kinds.py texts --corpora DIR --out FOLDER               worldwide-dev.jsonl, …: a text and its names a line
    observe_names ../models/reader ../data < FOLDER/SET.jsonl > FOLDER/SET.seen.jsonl      for each SET (tools/observe_names.cc)
    name_kinds.py fit --folder FOLDER > ../data/language/name_kinds.tsv
    name_kinds.py measure --folder FOLDER

The reader has learned the names of the training sets, and is surer of them than of others; so the weights are learned from the development
sets: logistic regression over the five kinds on the names that stand where gold has one, those of CrossNER counting for less.
Names are outer ones with exact span and kind, as in measure.py; dates and money are none.
"""
import argparse
import collections
import json
import os
import sys

import numpy as np
import torch
from torch.nn import functional as F

import evaluate
import labels
from measure import prf
from prepare import ner_docs
from text import Tokenizer

SETS = {"worldwide-dev": ("dev/worldwide-dev.tsv", True), "crossner-dev": ("dev/crossner_politics-dev.txt", False),
        "worldwide-test": ("test/worldwide-test.tsv", True), "crossner-test": ("test/crossner_politics-test.txt", False)}
FITTED = {"worldwide-dev": 1.0, "crossner-dev": 0.2}  # what a name of each counts for
PENALTY = 0.3  # variance that the weights are taken to have, as what follows chosen on worldwide-dev in eight folds of texts
LEAST = 8      # names that an observation must be seen at
TESTS = ("worldwide-dev", "worldwide-test", "crossner-test")
FOLDS = 8


def texts(corpora, out):
    tok = Tokenizer(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../models/reader/vocab.txt"))
    for name, (path, whole) in SETS.items():
        with open(os.path.join(out, name + ".jsonl"), "w", encoding="utf8") as lines:
            for doc in ner_docs(tok, os.path.join(corpora, "ner", path), name, whole):
                spans = evaluate.name_spans(doc.data["tags"]["names"].tolist())
                names = [[doc.words[a][0], doc.words[b - 1][1], labels.NAME_KINDS[k]] for a, b, k in sorted(spans)]
                lines.write(json.dumps(dict(text=doc.text, names=names)) + "\n")


def read(folder, name):
    """[(gold {(begin, end): kind}, names)] of the texts of a set."""
    with open(os.path.join(folder, name + ".jsonl"), encoding="utf8") as gold, open(os.path.join(folder, name + ".seen.jsonl"), encoding="utf8") as seen:
        return [({(b, e): k for b, e, k in json.loads(g)["names"]}, json.loads(s)["names"]) for g, s in zip(gold, seen, strict=True)]


def hits(docs, kind_of):
    """tp, coded and gold names; `kind_of` gives the kind of a name, None of one that is not to be counted."""
    counts = dict(tp=0, coded=0, gold=0)
    for gold, names in docs:
        kinds = [(tuple(n["span"]), kind_of(n)) for n in names]
        counts["coded"] += sum(k is not None for _, k in kinds)
        counts["gold"] += len(gold)
        counts["tp"] += sum(gold.get(span) == k for span, k in kinds if k is not None)
    return counts


class Weights:
    def __init__(self, names, weights):
        self.names, self.weights = names, weights  # [observations], [observations, kinds]
        self.column = {name: i for i, name in enumerate(names)}

    def vector(self, seen):
        x = np.zeros(len(self.names))
        for name, value in seen.items():
            if name in self.column:
                x[self.column[name]] = value
        return x

    def kind(self, name):
        return labels.NAME_KINDS[int((self.vector(name["seen"]) @ self.weights).argmax())]


def fit(examples):
    """Of (seen, kind, weight)."""
    count = collections.Counter(name for seen, _, _ in examples for name in seen)
    fitted = Weights(sorted(name for name, n in count.items() if n >= LEAST), None)
    x = torch.tensor(np.array([fitted.vector(seen) for seen, _, _ in examples]))
    y = torch.tensor([labels.NAME_KINDS.index(kind) for _, kind, _ in examples])
    share = torch.tensor([weight for _, _, weight in examples], dtype=x.dtype)
    weights = torch.zeros(x.shape[1], len(labels.NAME_KINDS), dtype=x.dtype, requires_grad=True)
    opt = torch.optim.LBFGS([weights], max_iter=500, history_size=20, line_search_fn="strong_wolfe")

    def loss():
        opt.zero_grad()
        total = (share * F.cross_entropy(x @ weights, y, reduction="none")).sum() + weights.square().sum() / (2 * PENALTY)
        total.backward()
        return total

    opt.step(loss)
    fitted.weights = weights.detach().numpy()
    return fitted


def examples_of(docs, weight):
    return [(n["seen"], gold[tuple(n["span"])], weight) for gold, names in docs for n in names if tuple(n["span"]) in gold]


def folded(docs, others):
    """Counts of names whose kinds are told by what was learned of the other texts."""
    total = dict(tp=0, coded=0, gold=0)
    for fold in range(FOLDS):
        rest = [doc for i, doc in enumerate(docs) if i % FOLDS != fold]
        weights = fit(examples_of(rest, FITTED["worldwide-dev"]) + others)
        for k, v in hits(docs[fold::FOLDS], weights.kind).items():
            total[k] += v
    return total


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=("texts", "fit", "measure"))
    ap.add_argument("--corpora"), ap.add_argument("--out"), ap.add_argument("--folder")
    a = ap.parse_args()
    needed = ("corpora", "out") if a.what == "texts" else ("folder",)
    missing = [f"--{name}" for name in needed if not getattr(a, name)]
    if missing:
        ap.error(f"{a.what} needs {' and '.join(missing)}")
    if a.what == "texts":
        texts(a.corpora, a.out)
    elif a.what == "measure":
        for name in TESTS:
            docs = read(a.folder, name)
            as_read, settled = (prf(hits(docs, lambda n, k=key: n[k]))["f1"] for key in ("read", "kind"))
            three = [(({s: k for s, k in gold.items() if k in labels.NAME_KINDS[:3]}), [n for n in names if n["kind"] in labels.NAME_KINDS[:3]]) for gold, names in docs]
            print(f"{name}: F1 {settled:.4f} (as the reader tells kinds {as_read:.4f}); person, organization, place {prf(hits(three, lambda n: n['kind']))['f1']:.4f}")
    else:
        docs = {name: read(a.folder, name) for name in FITTED}
        others = examples_of(docs["crossner-dev"], FITTED["crossner-dev"])
        print("# SPDX-License-Identifier: CC-BY-SA-4.0 — weights of what is seen of a name for each kind; learned by training/name_kinds.py from Worldwide newswire and CrossNER")
        print("# observation\t" + "\t".join(labels.NAME_KINDS))
        weights = fit([e for name, share in FITTED.items() for e in examples_of(docs[name], share)])
        for name, row in zip(weights.names, weights.weights):
            print("\t".join([name, *(f"{w:.3f}" for w in row)]))
        folds = prf(folded(docs["worldwide-dev"], others))["f1"]
        print(f"worldwide-dev in {FOLDS} folds: F1 {folds:.4f} (as the reader tells kinds {prf(hits(docs['worldwide-dev'], lambda n: n['read']))['f1']:.4f})", file=sys.stderr)


if __name__ == "__main__":
    main()
