# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest distill_test (in training/)."""
import os
import tempfile
import unittest

import torch

import distill
from model import Reader

torch.manual_seed(1)


def batch():
    mask = torch.tensor([[True] * 16, [True] * 9 + [False] * 7])
    return dict(ids=torch.randint(5, 40, (2, 16)), shapes=torch.zeros(2, 16, dtype=torch.int64), mask=mask,
                first=torch.arange(1, 9).expand(2, 8), valid=torch.tensor([[True] * 8, [True] * 6 + [False] * 2]), lengths=mask.sum(1))


class Teach(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.reader = Reader(vocab=40, layers=1).eval()
        cls.reader.heads["cue"].b.bias.data.fill_(3.0)  # all words are anchors
        cls.reader.heads["mention"].b.bias.data[1] = 3.0
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "teacher.pt")
            torch.save(cls.reader.state_dict(), path)
            cls.all = distill.Teachers([path], torch.device("cpu"))
            cls.some = distill.Teachers([path], torch.device("cpu"), ["free", "quote"])
            cls.mentions = distill.Teachers([path], torch.device("cpu"), ["mention"])

    def test_only_the_heads_that_are_named(self):
        given = batch()
        whole, part = self.all.teach(given, 2), self.some.teach(given, 2)
        self.assertEqual(set(part), {"valid", "free", "pair.quote"})
        self.assertEqual(set(part) - set(whole), set())
        self.assertTrue(torch.equal(part["free"], whole["free"]))
        self.assertTrue(torch.equal(part["pair.quote"][2], whole["pair.quote"][2]))

    def test_extents_of_mentions_are_taught_with_them(self):
        targets = self.mentions.teach(batch(), 2)
        self.assertEqual(set(targets), {"valid", "mention", "pair.mention"})
        row, _, bio = targets["pair.mention"]
        self.assertEqual(bio.shape, (len(row), 8, 1, 3))

    def test_a_reader_learns_nothing_from_itself(self):
        given = batch()
        targets = self.some.teach(given, 2)
        other = Reader(vocab=40, layers=1).eval()
        same, differs = (distill.loss(r, r.words(given), targets) for r in (self.reader, other))
        self.assertLess(float(same.detach()), float(differs.detach()))
        same.backward()
        slopes = [float(p.grad.abs().max()) for name, p in self.reader.named_parameters() if p.grad is not None and name.startswith("heads.free")]
        self.assertTrue(slopes)
        self.assertLess(max(slopes), 1e-5)

    def test_unknown_heads_are_told(self):
        with self.assertRaisesRegex(SystemExit, "no head quotes; there are trigger, "):
            distill.Teachers([], torch.device("cpu"), ["quotes"])


if __name__ == "__main__":
    unittest.main()
