# SPDX-License-Identifier: Apache-2.0
"""Soft labels of an ensemble of readers, for gold and for unlabelled news (Hinton, Vinyals and Dean 2015); of some heads
alone, that a reader learning on keeps what the new labels don't tell (Li and Hoiem 2016)."""
import torch
from torch.nn import functional as F

import labels
from model import Reader

# Heads whose outputs are taught, with the weight of each; one output is a sigmoid, several a softmax.
WORD_HEADS = dict(trigger=4.0, trigger_in=1.0, cue=1.5, cue_in=0.5, free=1.0, names=1.5, mention=1.0, mention_form=0.3, sentence_end=0.5)
PAIR_HEADS = dict(event=3.0, quote=2.0, mention=0.7)  # "mention" is a head of words and one of pairs (extents)
ANCHOR_FLOOR = 0.25  # probability from which a word is an anchor in text without labels
MOST_ANCHORS = 4  # for each window of a batch, on average
STATUSES = len(labels.STATUSES)


class Teachers:
    def __init__(self, paths, dev, heads=None):
        """`heads`: those of WORD_HEADS and PAIR_HEADS that are taught; all if none are given."""
        self.readers, self.heads = [], set(heads or (*WORD_HEADS, *PAIR_HEADS))
        unknown = self.heads - {*WORD_HEADS, *PAIR_HEADS}
        if unknown:
            raise SystemExit(f"--teach: no head {', '.join(sorted(unknown))}; there are {', '.join({**WORD_HEADS, **PAIR_HEADS})}")
        for path in paths:
            reader = Reader.of(torch.load(path, map_location="cpu", weights_only=True)).to(dev).eval()
            self.readers.append(reader.requires_grad_(False))

    @torch.no_grad()
    def teach(self, batch, rows):
        """Averaged probabilities for the first `rows` rows of a batch: a dict of targets for `loss`."""
        part = {k: batch[k][:rows] for k in ("ids", "shapes", "mask", "first", "valid", "lengths")}
        hidden = [reader.words(part) for reader in self.readers]
        mean = lambda outs: torch.stack(outs).mean(0)
        probabilities = lambda x: x.float().sigmoid() if x.shape[-1] == 1 else x.float().softmax(-1)
        of_words = lambda name: mean([probabilities(r.heads[name](h)) for r, h in zip(self.readers, hidden)])
        targets = {"valid": part["valid"], **{name: of_words(name) for name in WORD_HEADS if name in self.heads}}
        some = dict(event=lambda: 1 - of_words("trigger")[..., 0], quote=lambda: of_words("cue")[..., 0],
                    mention=lambda: 1 - of_words("mention")[..., 0])
        for task in PAIR_HEADS:
            if task not in self.heads:
                continue
            p = some[task]()
            p = torch.where(part["valid"], p, torch.zeros_like(p)).flatten()
            top = p.topk(min(MOST_ANCHORS * rows, p.numel()))
            chosen = top.indices[top.values >= ANCHOR_FLOOR]
            if not len(chosen):
                continue
            row, at = chosen // part["valid"].shape[1], chosen % part["valid"].shape[1]
            bio = mean([r.pair(task, h, row, at).view(len(row), h.shape[1], -1, 3).float().softmax(-1) for r, h in zip(self.readers, hidden)])
            targets["pair." + task] = (row, at, bio)
            if task == "event":
                outs = [r.heads["event"](h[row, at]).float() for r, h in zip(self.readers, hidden)]
                targets["status"] = mean([o[:, :STATUSES].softmax(-1) for o in outs])
                targets["marks"] = mean([o[:, STATUSES:].sigmoid() for o in outs])
        return targets


def soft(logits, target, valid):
    """Cross-entropy against probabilities, over the valid words."""
    logits, target = logits.float()[valid], target[valid]
    if logits.shape[-1] == 1:
        return F.binary_cross_entropy_with_logits(logits, target)
    return -(target * logits.log_softmax(-1)).sum(-1).mean()


def loss(reader, h, targets):
    """h [b, w, hidden] of at least the taught rows."""
    valid = targets["valid"]
    h = h[:valid.shape[0], :valid.shape[1]]
    total = sum(weight * soft(reader.heads[name](h), targets[name], valid) for name, weight in WORD_HEADS.items() if name in targets)
    for task, weight in PAIR_HEADS.items():
        if "pair." + task not in targets:
            continue
        row, at, bio = targets["pair." + task]
        logits = reader.pair(task, h, row, at).view(bio.shape)
        total = total + weight * 6.0 * soft(logits, bio, valid[row][..., None].expand(bio.shape[:-1]))
        if task == "event":
            e = reader.heads["event"](h[row, at]).float()
            total = total - (targets["status"] * e[:, :STATUSES].log_softmax(-1)).sum(-1).mean()
            total = total + 7.0 * F.binary_cross_entropy_with_logits(e[:, STATUSES:], targets["marks"])
    return total
