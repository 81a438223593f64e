# SPDX-License-Identifier: Apache-2.0
"""Several readers as one: what the engine makes of a model with further readers (src/language/joint_heads.h)."""
import torch
from torch import nn

import labels
from model import Reader

LEAST = 1e-7  # probability, before its logarithm is taken


def mean(logits, choices):
    """Logits of the mean of the readers' probabilities; the first `choices` of the last dimension exclude one another."""
    def probabilities(x):
        x = x.float()
        return torch.cat([x[..., :choices].softmax(-1), x[..., choices:].sigmoid()], -1)
    p = torch.stack([probabilities(x) for x in logits]).mean(0).clamp(LEAST, 1 - LEAST)
    return torch.cat([p[..., :choices].log(), p[..., choices:].logit()], -1)


class Heads:
    def __init__(self, readers, parts):
        self.readers, self.parts = readers, parts

    def __getitem__(self, name):
        def head(h):
            logits = [reader.heads[name](part) for reader, part in zip(self.readers, self.parts(h))]
            if name == "factual":  # a value
                return torch.stack(logits).mean(0)
            outs = logits[0].shape[-1]
            return mean(logits, len(labels.STATUSES) if name == "event" else outs if outs > 1 else 0)
        return head


class JointReader(nn.Module):
    """Has of model.Reader what evaluation needs; the vectors of its words are those of all readers, side by side."""

    def __init__(self, readers):
        super().__init__()
        self.readers, self.special, self.tasks = nn.ModuleList(readers), readers[0].special, nn.ModuleDict()
        self.widths = [reader.encoder.config["hidden"] for reader in readers]
        self.heads = Heads(readers, lambda h: h.split(self.widths, -1))

    @classmethod
    def of(cls, paths):
        """Of checkpoints; a single one is a plain Reader."""
        readers = [Reader.of(torch.load(path, map_location="cpu", weights_only=True)) for path in paths]
        return readers[0] if len(readers) == 1 else cls(readers)

    def words(self, batch):
        return torch.cat([reader.words(batch) for reader in self.readers], -1)

    def pair(self, task, h, row, at):
        logits = [reader.pair(task, part, row, at) for reader, part in zip(self.readers, h.split(self.widths, -1))]
        return mean([x.view(*x.shape[:-1], -1, 3) for x in logits], 3).view(logits[0].shape)
