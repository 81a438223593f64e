# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest model_test (in training/)."""
import itertools
import random
import unittest

import torch

from model import drop, split


def padded(parts):
    return sum((end - begin) * width for begin, end, width in parts)


class Split(unittest.TestCase):
    def test_parts_pad_least(self):
        rng = random.Random(1)
        for _ in range(20):
            lengths = sorted(rng.randrange(1, 240) for _ in range(9))
            width = lambda length: -(-length // 16) * 16
            least = min(padded([(a, b, width(lengths[b - 1])) for a, b in itertools.pairwise((0, *cut, 9))])
                        for cut in itertools.combinations(range(1, 9), 2))
            parts = split(lengths, 3)
            whole = 9 * width(lengths[-1])
            self.assertEqual(padded(parts), least if least <= 0.85 * whole else whole)
            self.assertEqual([parts[0][0], *(end for _, end, _ in parts)], [0, *(begin for begin, _, _ in parts[1:]), 9])
            self.assertLessEqual(len(parts), 3)

    def test_equal_rows_stay_together(self):
        self.assertEqual(split([30] * 5, 5), [(0, 5, 32)])
        self.assertEqual(split([7], 5), [(0, 1, 16)])


class Drop(unittest.TestCase):
    def test_the_mean_stays_and_a_row_is_dropped_alike(self):
        torch.manual_seed(1)
        x = torch.ones(64, 5, 256)
        y = drop(x, 0.25)
        self.assertAlmostEqual(float(y.mean()), 1.0, delta=0.05)
        self.assertTrue(torch.equal(y, y[:, :1].expand_as(y)))
        self.assertEqual(set(y.unique().tolist()), {0.0, float(torch.tensor(1.0) / 0.75)})

    def test_places_in_a_row(self):
        y = drop(torch.ones(40, 64), 0.5)
        self.assertEqual(y.shape, (40, 64))
        self.assertTrue(torch.equal(y[:16], y[:1].expand(16, 64)))
        self.assertFalse(torch.equal(y[0], y[16]))

    def test_nothing_is_dropped_in_use(self):
        x = torch.ones(2, 3, 4)
        self.assertTrue(torch.equal(drop(x, 0.0), x))


if __name__ == "__main__":
    unittest.main()
