# SPDX-License-Identifier: Apache-2.0
"""Fits the heads for names on readers that stay as they are, and puts them into their model.

    fit_names.py --packed packed.pkl.xz --model ../models/reader [--epochs 3] [--seed 1] [--fineness 6.3] [--version 3.4]

The joint training gives names two to four windows of each batch; here each reader of the model, as rounded, reads the names' training sets (Worldwide
newswire, CrossNER politics) once, and its head learns on from there alone. Prints F1 on Worldwide dev after each epoch, of the mean of all
readers as in the engine.
"""
import argparse

import torch
from torch.nn import functional as F

import data
import evaluate
import labels
from import_reader import readers_of
from joint import mean
from model_file import ModelWriter

SETS, DEV = ("worldwide", "crossner"), "worldwide_dev"
BATCH, RATE, DECAY = 2048, 1e-3, 0.05
OUTS = 1 + 2 * len(labels.NAME_KINDS)


def encoded(reader, docs):
    """Vectors [words, hidden] (half precision) and name tags [words] of all windows, and the words of each window."""
    vectors, tags, counts = [], [], []
    for doc, w0, h in evaluate.read_windows(reader, docs, torch.device("cpu")):
        vectors.append(h.half())
        tags.append(torch.as_tensor(doc["tags"]["names"][w0:w0 + len(h)]).long())
        counts.append(len(h))
    return torch.cat(vectors), torch.cat(tags), counts


@torch.no_grad()
def f1(heads, vectors, tags, counts):
    logits = torch.cat([mean([head.eval()(v.float()) for head, v in zip(heads, part)], OUTS) for part in zip(*(v.split(8192) for v in vectors))])
    found = coded = gold = 0
    for of_window, right in zip(logits.split(counts), tags.split(counts)):
        spans, names = evaluate.name_spans(evaluate.name_tags(of_window)), evaluate.name_spans(right.tolist())
        found, coded, gold = found + len(spans & names), coded + len(spans), gold + len(names)
    return 2 * found / max(1, coded + gold)


def fit(heads, vectors, tags, epochs, after=lambda epoch: None):
    """Each head on the vectors of its reader; the rate falls to nothing."""
    opt = torch.optim.AdamW([p for head in heads for p in head.parameters()], lr=RATE, weight_decay=DECAY)
    steps, step = epochs * max(1, len(tags) // BATCH), 0
    for epoch in range(1, epochs + 1):
        for head in heads:
            head.train()
        for rows in torch.randperm(len(tags)).split(BATCH)[:max(1, len(tags) // BATCH)]:
            for group in opt.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            step += 1
            known = tags[rows] >= 0
            loss = sum(F.cross_entropy(head(v[rows].float())[known], tags[rows][known]) for head, v in zip(heads, vectors))
            opt.zero_grad()
            loss.backward()
            opt.step()
        after(epoch)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--model", required=True)
    ap.add_argument("--epochs", type=int, default=3), ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--fineness", type=float, default=0, help="as of export.py")
    ap.add_argument("--version", default="", help="the model's stays where none is given")
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    sets = data.load(a.packed)["sets"]
    readers = readers_of(a.model)
    heads = [reader.heads["names"] for reader in readers.values()]
    learned = [encoded(reader, [doc for name in SETS for doc in sets[name]]) for reader in readers.values()]
    dev = [encoded(reader, sets[DEV]) for reader in readers.values()]
    score = lambda: f1(heads, [v for v, _, _ in dev], *dev[0][1:])
    print(f"{len(learned[0][1])} words; {DEV} F1 {score():.4f}", flush=True)
    fit(heads, [v for v, _, _ in learned], learned[0][1], a.epochs, lambda epoch: print(f"epoch {epoch}: {DEV} F1 {score():.4f}", flush=True))
    names = [f"{prefix}heads.names." for prefix in readers]
    writer, manifest = ModelWriter.reopened(a.model, a.version, without=tuple(names), fineness=a.fineness)
    from export import write_linear
    for name, head in zip(names, heads):
        write_linear(writer, name + "a", head.a)
        write_linear(writer, name + "b", head.b)
    writer.rewrite(a.model, manifest)
    print(f"as rounded: {DEV} F1 {score():.4f}")


if __name__ == "__main__":
    main()
