# SPDX-License-Identifier: Apache-2.0
"""Fits the head for relation rows (tasks/rows.py) on a reader that stays as it is.

    fit_rows.py --packed packed.pkl.xz --start ema.pt --out rows.pt [--epochs 14] [--seed 1]

Every row is encoded once; then the head alone learns, each row in each epoch as often as tasks/rows.py draws it. The head of the epochs' averaged
weights is kept. add_rows.py puts it into a model. Prints what PLV dev and the rows of tune score.
"""
import argparse
import json
import random

import torch

import data
import evaluate
import tasks
from model import Reader
from tasks import rows

BATCH, RATE, DECAY = 64, 1e-3, 0.998


def encoded(reader, drawn):
    """{id of a row: (words [n, hidden], marks, types, is PLV, trigger)} of the rows drawn."""
    unique = {id(doc): (doc, rest) for ((doc, _, _),), rest in drawn}
    order = sorted(unique.values(), key=lambda row: len(row[0]["ids"]))
    out = {}
    for (doc, rest), (_, _, h) in zip(order, evaluate.read_windows(reader, [doc for doc, _ in order], torch.device("cpu"), 254)):
        out[id(doc)] = (h.half(), *rest)
    return out


def batch_of(part):
    words = max(len(row[0]) for row in part)
    h = torch.zeros(len(part), words, part[0][0].shape[1])
    valid = torch.zeros(len(part), words, dtype=torch.bool)
    types = torch.zeros(len(part), len(rows.TYPES), dtype=torch.bool)
    for i, (vectors, _, of_row, _, _) in enumerate(part):
        h[i, :len(vectors)], valid[i, :len(vectors)] = vectors.float(), True
        types[i, list(of_row)] = True
    column = lambda k, dtype: torch.tensor([row[k] for row in part], dtype=dtype)
    return h, dict(at=column(1, torch.int64), valid=valid, types=types, plv=column(3, torch.float32), trigger=column(4, torch.int64))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--start", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=int, default=14), ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    sets = data.load(a.packed)["sets"]
    state = torch.load(a.start, map_location="cpu", weights_only=True)
    reader = Reader.of({k: v for k, v in state.items() if not k.startswith("tasks.")}).eval()
    head = rows.Head(reader.encoder.config["hidden"])
    reader.tasks[rows.TASK.name] = head
    drawn = rows.TASK.items(sets, rng, rows.LIMIT)
    vectors = encoded(reader, drawn)
    print(f"{len(vectors)} rows encoded, {len(drawn)} an epoch", flush=True)
    steps = a.epochs * (len(drawn) // BATCH)
    opt = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda step: min(1, step / 100) * max(0.02, 1 - step / steps))
    mean = [p.detach().clone() for p in head.parameters()]
    for epoch in range(a.epochs):
        head.train()
        rng.shuffle(drawn)
        for first in range(0, len(drawn) - BATCH + 1, BATCH):
            h, tensors = batch_of([vectors[id(doc)] for ((doc, _, _),), _ in drawn[first:first + BATCH]])
            loss, parts = rows.TASK.loss(head, h, tensors)
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            opt.step()
            schedule.step()
            for average, p in zip(mean, head.parameters()):
                average.lerp_(p.detach(), 1 - DECAY)
        print(epoch + 1, {k: round(float(v), 3) for k, v in parts.items()}, flush=True)
    with torch.no_grad():
        for average, p in zip(mean, head.parameters()):
            p.copy_(average)
    head.eval()
    print(json.dumps(rows.TASK.scores(reader, sets, torch.device("cpu"))))
    torch.save({**{k: v for k, v in state.items() if not k.startswith("tasks.")}, **{f"tasks.{rows.TASK.name}.{k}": v.half() for k, v in head.state_dict().items()}}, a.out)


if __name__ == "__main__":
    main()
