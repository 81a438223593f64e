# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest fit_names_test name_kinds_test (in training/)."""
import unittest

import torch

import fit_names
from model import Mlp

torch.set_num_threads(1)


class Fit(unittest.TestCase):
    def test_heads_learn_from_their_readers_vectors(self):
        torch.manual_seed(1)
        tags = torch.tensor([0, 1, 2, 0, 3, 0, -1, 5] * 40)
        vectors = [3 * torch.eye(12)[tags.clamp(min=0)] + 0.05 * torch.randn(len(tags), 12) for _ in range(2)]
        heads = [Mlp(12, 16, fit_names.OUTS) for _ in range(2)]
        counts = [8] * 40
        score = lambda: fit_names.f1(heads, vectors, tags.clamp(min=0), counts)
        before = score()
        seen = []
        fit_names.fit(heads, vectors, tags, 400, seen.append)
        self.assertEqual(seen, list(range(1, 401)))
        self.assertLess(before, 0.5)
        self.assertGreater(score(), 0.75)  # one word in eight has no known tag, and counts as none here

    def test_nothing_is_learned_where_nothing_is_known(self):
        heads = [Mlp(4, 4, fit_names.OUTS)]
        fit_names.fit(heads, [torch.zeros(3, 4)], torch.tensor([0, 1, 2]), 1)  # fewer words than a batch
        self.assertTrue(all(torch.isfinite(p).all() for p in heads[0].parameters()))


if __name__ == "__main__":
    unittest.main()
