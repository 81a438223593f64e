# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest joint_test (in training/)."""
import os
import tempfile
import unittest

import torch

import labels
from joint import JointReader
from model import Reader

torch.set_num_threads(1)
N = len(labels.STATUSES)


class Joint(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(2)
        self.readers = [Reader(vocab=30, layers=layers, hidden=32, heads=2, ffn=128).eval() for layers in (1, 2)]
        self.joint = JointReader(self.readers).eval()
        self.batch = dict(ids=torch.randint(1, 30, (2, 9)), shapes=torch.randint(0, 5, (2, 9)), mask=torch.ones(2, 9, dtype=torch.bool), first=torch.arange(1, 6).expand(2, 5))

    @torch.no_grad()
    def test_probabilities_are_the_mean(self):
        h = self.joint.words(self.batch)
        self.assertEqual(h.shape, (2, 5, 64))
        apart = [reader.words(self.batch) for reader in self.readers]
        expected = lambda of: torch.stack([of(reader, x) for reader, x in zip(self.readers, apart)]).mean(0)
        same = lambda a, b: torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-6)
        same(self.joint.heads["trigger"](h).softmax(-1), expected(lambda r, x: r.heads["trigger"](x).softmax(-1)))
        same(self.joint.heads["cue"](h).sigmoid(), expected(lambda r, x: r.heads["cue"](x).sigmoid()))
        event = self.joint.heads["event"](h)
        same(event[..., :N].softmax(-1), expected(lambda r, x: r.heads["event"](x)[..., :N].softmax(-1)))
        same(event[..., N:].sigmoid(), expected(lambda r, x: r.heads["event"](x)[..., N:].sigmoid()))
        same(self.joint.heads["factual"](h), expected(lambda r, x: r.heads["factual"](x)))
        row, at = torch.tensor([0, 1, 1]), torch.tensor([4, 0, 2])
        bio = lambda x: x.view(3, 5, -1, 3).softmax(-1)
        same(bio(self.joint.pair("event", h, row, at)), expected(lambda r, x: bio(r.pair("event", x, row, at))))

    def test_one_checkpoint_is_a_plain_reader(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, str(i)) for i in range(2)]
            for reader, path in zip(self.readers, paths):
                torch.save(reader.state_dict(), path)
            self.assertIsInstance(JointReader.of(paths[:1]), Reader)
            self.assertEqual(JointReader.of(paths).widths, [32, 32])


if __name__ == "__main__":
    unittest.main()
