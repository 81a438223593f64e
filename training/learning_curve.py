# SPDX-License-Identifier: Apache-2.0
"""How well acts are found by how many articles were learned from.

    learning_curve.py --packed packed.pkl.xz --encoder encoder.npz --layers 8 [--sizes 100,200,400,886,1500,3149]

A trigger head on the vectors of an encoder that stays as it is and has seen no labels; all else that the reader learns jointly
is left out, so that a point takes seconds. Articles are those of the gold, then those of labels.tsv.xz, each in a fixed random
order; the same number of updates for every size. Prints type F1 on the tuning gold and on the labelled articles kept
back, at the best of the thresholds .3, .4, .5 and .6, mean and range over the seeds.
"""
import argparse
import random

import torch
from torch.nn import functional as F

import data
import labels
from evaluate import TypeCounts, read_windows
from model import Mlp, Reader
from train import encoder_tensors, load_encoder

UPDATES, WORDS, RATE = 300, 4096, 1e-3


def vectors(reader, docs):
    """[(document, first word, vectors as half [words, hidden], trigger tags [words])] of all windows."""
    return [(doc, w0, h.half(), torch.from_numpy(doc["tags"]["trigger"][w0:w0 + len(h)].astype("int64")))
            for doc, w0, h in read_windows(reader, docs, torch.device("cpu"))]


def sample(gold, labelled, size):
    """The first `size` articles: gold, then labelled, each in a fixed order."""
    order = lambda docs: random.Random(0).sample(docs, len(docs))
    return (order(gold) + order(labelled))[:size]


def fit(windows, hidden, seed):
    """A trigger head that learned from the windows."""
    torch.manual_seed(seed)
    h, y = torch.cat([w[2] for w in windows]), torch.cat([w[3] for w in windows])
    h, y = h[y >= 0], y[y >= 0]
    head = Mlp(hidden, 384, 1 + len(labels.EVENT_TYPES)).train()
    opt = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    for step in range(UPDATES):
        at = torch.randint(len(h), (WORDS,))
        for g in opt.param_groups:
            g["lr"] = RATE * (1 - step / UPDATES)
        loss = F.cross_entropy(head(h[at].float()), y[at])
        opt.zero_grad(), loss.backward(), opt.step()
    return head.eval()


@torch.no_grad()
def best_f1(head, windows):
    counts = TypeCounts()
    for doc, w0, h, _ in windows:
        counts.add(doc, w0, head(h.float()))
    return max(counts.f1().values())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--encoder", required=True), ap.add_argument("--layers", type=int, required=True)
    ap.add_argument("--sizes", default="100,200,400,886,1500,3149"), ap.add_argument("--seeds", type=int, default=3)
    a = ap.parse_args()
    packed = data.load(a.packed)
    sets = packed["sets"]
    reader = Reader(vocab=packed["vocab"], layers=a.layers, special=packed["special"])
    load_encoder(reader.encoder, encoder_tensors(a.encoder))
    sizes = [int(s) for s in a.sizes.split(",")]
    articles = sample(sets["train"], sets["labelled"], max(sizes))
    known = [vectors(reader, [doc]) for doc in articles]
    tests = {name: vectors(reader, sets[name]) for name in ("tune", "labelled_dev")}
    print("articles  words    events   " + "".join(f"{name:24}" for name in tests))
    for size in sizes:
        windows = [w for of_article in known[:size] for w in of_article]
        heads = [fit(windows, reader.encoder.config["hidden"], seed) for seed in range(a.seeds)]
        columns = ""
        for of_set in tests.values():
            scores = [best_f1(head, of_set) for head in heads]
            columns += f"{sum(scores) / len(scores):.3f} ({min(scores):.3f}-{max(scores):.3f})".ljust(24)
        events = sum(len(doc["anchors"].get("event", ())) for doc in articles[:size])
        print(f"{min(size, len(articles)):8}  {sum(len(w[3]) for w in windows):7}  {events:6}   {columns}", flush=True)


if __name__ == "__main__":
    main()
