# SPDX-License-Identifier: Apache-2.0
"""Keeps what does not change while a reader learns: the outputs of its frozen layers and those of its teachers.

Both depend on a window's pieces alone, which are its key, so that each is computed once for a window that comes again. Windows
are the same every time round only where they are cut at few limits and no pieces are hidden, as `train.py --keep LIMITS` does.
"""
import hashlib

import torch
from torch.nn import functional as F

from model import POSITIONS, split

LEAST = 16  # pieces of a window


def limits_of(text):
    """Limits of windows, in pieces, of "160" or "128,160,192". Raises SystemExit where one is none."""
    parts = text.split(",")
    for part in parts:
        if not (part.isascii() and part.isdigit() and LEAST <= int(part) <= POSITIONS):
            raise SystemExit(f"--keep: {part!r} is no limit of windows: {LEAST} to {POSITIONS} pieces")
    return tuple(int(part) for part in parts)


def keys(batch, rows):
    """One key for each of the first `rows` rows: a digest of its pieces and their shapes."""
    lengths = batch["lengths"].tolist()
    digest = lambda i: hashlib.blake2b(batch["ids"][i, :lengths[i]].cpu().numpy().tobytes() + batch["shapes"][i, :lengths[i]].cpu().numpy().tobytes(), digest_size=12).digest()
    return [digest(i) for i in range(rows)]


def part_of(batch, rows):
    """The batch of these rows, no wider than the longest of them."""
    pieces, words = int(batch["lengths"][rows].max()), int(batch["valid"][rows].sum(1).max())
    width = min(-(-pieces // 16) * 16, batch["ids"].shape[1])
    part = {k: batch[k][rows, :width] for k in ("ids", "shapes", "mask")}
    return {**part, **{k: batch[k][rows, :words] for k in ("first", "valid")}, "lengths": batch["lengths"][rows]}


class Layers:
    """Outputs of the embeddings and the lowest `count` layers of an encoder, in half precision; on CPUs without half precision in their
    products, so without autocast."""

    def __init__(self, encoder, count):
        self.encoder, self.count, self.of = encoder, count, {}

    @torch.no_grad()
    def below(self, batch):
        """[rows, pieces, hidden]; zeros where there is no piece."""
        every = keys(batch, batch["ids"].shape[0])
        new = torch.tensor([i for i, key in enumerate(every) if key not in self.of], dtype=torch.int64)
        training = self.encoder.training
        self.encoder.eval()
        if len(new):
            order = new[batch["lengths"][new].argsort()]
            for first, last, width in split(batch["lengths"][order].tolist(), 5):
                rows = order[first:last]
                width = min(width, batch["ids"].shape[1])
                x = self.encoder.lower(batch["ids"][rows, :width], batch["shapes"][rows, :width], batch["mask"][rows, :width], self.count)
                for i, vectors in zip(rows.tolist(), x):
                    self.of[every[i]] = vectors[:int(batch["lengths"][i])].half()
        self.encoder.train(training)
        out = torch.zeros(*batch["ids"].shape, self.encoder.config["hidden"], device=batch["ids"].device)
        for i, key in enumerate(every):
            out[i, :len(self.of[key])] = self.of[key].float()
        return out


class Targets:
    """Of `distill.Teachers`, kept for each window; the same interface. Anchors are chosen among the windows that are new together."""

    def __init__(self, teachers):
        self.teachers, self.of = teachers, {}

    @torch.no_grad()
    def teach(self, batch, rows):
        every = keys(batch, rows)
        new = torch.tensor([i for i, key in enumerate(every) if key not in self.of], dtype=torch.int64)
        if len(new):
            given = self.teachers.teach(part_of(batch, new), len(new))
            for i, kept in zip(new.tolist(), taken_apart(given)):
                self.of[every[i]] = kept
        return put_together([self.of[key] for key in every], batch["valid"][:rows])


def taken_apart(targets):
    """Targets of each row by itself; rows of what is said of anchors stay in the order of the anchors."""
    rows, pairs = [], [name for name in targets if name.startswith("pair.")]
    for i, n in enumerate(targets["valid"].sum(1).tolist()):
        one = {name: t[i, :n].half() for name, t in targets.items() if name not in ("valid", "status", "marks") and name not in pairs}
        for name in pairs:
            row, at, bio = targets[name]
            mine = row == i
            one[name] = (at[mine], bio[mine, :n].half())
            if name == "pair.event":
                one.update({k: targets[k][mine].half() for k in ("status", "marks")})
        rows.append(one)
    return rows


def put_together(rows, valid):
    """What taken_apart took apart, for a batch whose words are `valid` [rows, words]."""
    width, out = valid.shape[1], {"valid": valid}
    for name in sorted({name for one in rows for name in one}):
        if name in ("status", "marks"):
            out[name] = torch.cat([one[name] for one in rows if name in one]).float()
        elif name.startswith("pair."):
            have = [(i, *one[name]) for i, one in enumerate(rows) if name in one and len(one[name][0])]
            if have:
                row = torch.cat([torch.full_like(at, i) for i, at, _ in have])
                bio = torch.cat([F.pad(b, (0, 0, 0, 0, 0, width - b.shape[1])) for _, _, b in have]).float()
                out[name] = (row, torch.cat([at for _, at, _ in have]), bio)
        else:
            out[name] = torch.stack([F.pad(one[name], (0, 0, 0, width - len(one[name]))) for one in rows]).float()
    if "pair.event" not in out:
        out.pop("status", None), out.pop("marks", None)
    return out
