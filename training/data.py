# SPDX-License-Identifier: Apache-2.0
"""Documents of packed.pkl.xz to batches of windows."""
import lzma
import math
import pickle
import random

import numpy as np
import torch

import labels
from shapes import CONTINUATION

ROLE_COUNT = dict(event=len(labels.ROLES), propbank=len(labels.PROPBANK_ROLES), quote=2, polnear=2, mention=1)


def load(path):
    with lzma.open(path, "rb") as f:
        return pickle.load(f)


def windows(doc, limit):
    """[(first word, last + 1)]: whole sentence candidates packed up to `limit` pieces; longer ones are cut."""
    first = doc["first"]
    n = len(doc["shape"])
    cuts = [int(c) for c in doc["cuts"]] + [n]
    out, begin = [], 0
    for a, b in zip(cuts, cuts[1:]):
        if first[b] - first[begin] > limit and a > begin:
            out.append((begin, a))
            begin = a
        while first[b] - first[begin] > limit:
            stop = int(np.searchsorted(first, first[begin] + limit, side="right")) - 1
            stop = max(stop, begin + 1)
            out.append((begin, stop))
            begin = stop
    if begin < n:
        out.append((begin, n))
    return out


class Batcher:
    def __init__(self, cls, sep):
        self.cls, self.sep = cls, sep

    def window(self, doc, w0, w1):
        """Pieces of words [w0, w1) with [SEP] between blocks."""
        first, breaks = doc["first"], set(int(b) for b in doc["breaks"])
        ids, shapes, at = [self.cls], [0], []
        for w in range(w0, w1):
            if w > w0 and w in breaks:
                ids.append(self.sep), shapes.append(0)
            at.append(len(ids))
            for k, p in enumerate(doc["ids"][first[w]:first[w + 1]]):
                ids.append(int(p))
                shapes.append(int(doc["shape"][w]) + (CONTINUATION if k else 0))
        ids.append(self.sep), shapes.append(0)
        return ids[:256], shapes[:256], [a for a in at if a < 255]

    def task_batch(self, task, items):
        """Windows and labels of items of a task."""
        words = [window for windows_, _ in items for window in windows_]
        batch = self.batch(words, with_labels=False)
        kept = iter(batch["valid"].sum(1).tolist())
        lengths = [[next(kept) for _ in windows_] for windows_, _ in items]
        batch["labels"] = {k: torch.from_numpy(v) for k, v in task.collate(items, lengths).items()}
        return batch

    def batch(self, items, with_labels=True):
        """items: [(doc, w0, w1)]. Gives tensors; labels -1 (tags) or absent where nothing is known."""
        rows = [self.window(*item) for item in items]
        n, w = -(-max(len(r[0]) for r in rows) // 16) * 16, max(len(r[2]) for r in rows)
        b = len(items)
        out = dict(ids=np.zeros((b, n), np.int64), shapes=np.zeros((b, n), np.int64), mask=np.zeros((b, n), bool),
                   first=np.zeros((b, w), np.int64), valid=np.zeros((b, w), bool))
        for i, (ids, shapes, at) in enumerate(rows):
            out["ids"][i, :len(ids)], out["shapes"][i, :len(ids)], out["mask"][i, :len(ids)] = ids, shapes, True
            out["first"][i, :len(at)], out["valid"][i, :len(at)] = at, True
        out["lengths"] = out["mask"].sum(1)
        if with_labels:
            tags = sorted({t for doc, _, _ in items for t in doc["tags"]})
            for t in tags:
                a = np.full((b, w), -1, np.int64)
                for i, (doc, w0, w1) in enumerate(items):
                    if t in doc["tags"]:
                        k = len(rows[i][2])
                        a[i, :k] = doc["tags"][t][w0:w0 + k]
                out["tag." + t] = a
            for task, roles in ROLE_COUNT.items():
                row, at, bio, extra = [], [], [], []
                for i, (doc, w0, w1) in enumerate(items):
                    k = len(rows[i][2])
                    for word, lab, spans in doc["anchors"].get(task, ()):
                        if not w0 <= word < w0 + k:
                            continue
                        m = np.zeros((w, roles), np.int64)
                        m[k:] = -1
                        for role, s, e in spans:
                            s, e = max(s, w0) - w0, min(e, w0 + k) - w0
                            if s < e:
                                m[s, role] = 1
                                m[s + 1:e, role] = 2
                        row.append(i), at.append(word - w0), bio.append(m), extra.append(lab)
                if row:
                    out[f"pair.{task}.row"], out[f"pair.{task}.at"], out[f"pair.{task}.bio"] = np.array(row), np.array(at), np.stack(bio)
                    if task == "event":
                        out["event.type"] = np.array([x["type"] for x in extra])
                        out["event.status"] = np.array([x["status"] for x in extra])
                        out["event.historical"] = np.array([x["historical"] for x in extra], np.float32)
                        modes = np.zeros((len(extra), len(labels.MODES)), np.float32)
                        for j, x in enumerate(extra):
                            modes[j, x["modes"]] = 1
                        out["event.modes"] = modes
            f = [(i, word - w0, v) for i, (doc, w0, w1) in enumerate(items) for word, v in doc.get("factual", ()) if w0 <= word < w0 + len(rows[i][2])]
            if f:
                out["factual.row"], out["factual.at"] = np.array([x[0] for x in f]), np.array([x[1] for x in f])
                out["factual.value"] = np.array([x[2] for x in f], np.float32)
        return {k: torch.from_numpy(v) for k, v in out.items()}


LIMITS = (128, 160, 192, 224)  # pieces of a window in training; the engine's is in src/language/windows.h


class Mixture(torch.utils.data.IterableDataset):
    """Endless batches: `mix` maps group name -> (documents, windows a batch); `tasks`: modules of training/tasks."""

    def __init__(self, mix, batcher, steps, seed, tasks=(), sets=None, limits=LIMITS, share=1.0):
        self.mix, self.batcher, self.steps, self.seed = mix, batcher, steps, seed
        self.tasks, self.sets, self.limits, self.share = tasks, sets, limits, share

    def stream(self, docs, rng):
        while True:
            limit = rng.choice(self.limits)
            items = [(d, a, b) for d in docs for a, b in windows(d, limit)]
            rng.shuffle(items)
            yield from items

    def task_stream(self, task, rng):
        while True:
            items = task.items(self.sets, rng, rng.choice(self.limits))
            rng.shuffle(items)
            yield from items

    def __iter__(self):
        info = torch.utils.data.get_worker_info()
        worker, workers = (info.id, info.num_workers) if info else (0, 1)
        rng = random.Random(self.seed * 1000 + worker)
        streams = [(self.stream(docs, rng), count) for docs, count in self.mix.values() if count and docs]
        task_streams = [self.task_stream(task, rng) for task in self.tasks]
        for _ in range(worker, self.steps, workers):
            batch = self.batcher.batch([next(s) for s, count in streams for _ in range(count)])
            if self.tasks:
                batch["tasks"] = {t.name: self.batcher.task_batch(t, [next(s) for _ in range(math.ceil(self.share * t.batch))]) for t, s in zip(self.tasks, task_streams)}
            yield batch


class ByLength(torch.utils.data.IterableDataset):
    """Endless unlabelled batches of windows of like length, about `pieces` pieces each."""

    def __init__(self, docs, batcher, steps, seed, pieces, limit=224):
        self.docs, self.batcher, self.steps, self.seed, self.pieces, self.limit = docs, batcher, steps, seed, pieces, limit

    def __iter__(self):
        info = torch.utils.data.get_worker_info()
        worker, workers = (info.id, info.num_workers) if info else (0, 1)
        rng = random.Random(self.seed * 1000 + worker)
        left = len(range(worker, self.steps, workers))
        while left > 0:
            items = [(int(d["first"][b] - d["first"][a]), rng.random(), (d, a, b)) for d in self.docs for a, b in windows(d, self.limit)]
            items.sort(key=lambda item: (item[0] // 16, item[1]))
            batches, size = [[]], 0
            for length, _, window in items:
                if size + length > self.pieces:
                    batches.append([])
                    size = 0
                batches[-1].append(window)
                size += length
            rng.shuffle(batches)
            for windows_ in batches[:left]:
                yield self.batcher.batch(windows_, with_labels=False)
            left -= len(batches)


def loader(stream, workers):
    return torch.utils.data.DataLoader(stream, batch_size=None, num_workers=workers, prefetch_factor=4 if workers else None)


def joined(batches):
    """One batch of words from several: ids, shapes, mask, first, valid, padded to the widest; and each one's rows."""
    out, at = {}, []
    for name in ("ids", "shapes", "mask", "first", "valid"):
        parts = [b[name] for b in batches]
        width = max(p.shape[1] for p in parts)
        out[name] = torch.cat([torch.nn.functional.pad(p, (0, width - p.shape[1])) for p in parts])
    out["lengths"] = torch.cat([b["lengths"] for b in batches])
    row = 0
    for b in batches:
        at.append((row, row + b["ids"].shape[0], b["valid"].shape[1]))
        row += b["ids"].shape[0]
    return out, at
