# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest model_test (in training/)."""
import itertools
import random
import unittest

import torch

from model import Reader, drop, relative_buckets, split


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


class RelativePositions(unittest.TestCase):
    def test_buckets(self):
        row = relative_buckets(400)[200].tolist()
        self.assertEqual([row[200 - d] for d in (0, 1, 7)], [0, 1, 7])
        self.assertEqual([row[200 + d] for d in (1, 7)], [17, 23])
        self.assertEqual([row[200 - d] for d in (8, 11, 12, 127, 200)], [8, 8, 9, 15, 15])
        self.assertEqual([row[200 + d] for d in (8, 199)], [24, 31])

    def test_a_reader_of_another_width_comes_back_as_it_was(self):
        torch.manual_seed(1)
        reader = Reader(vocab=30, layers=1, hidden=48, eps=1e-5, relative=True).eval()
        reader.encoder.relative.normal_(std=2.0)
        ids, shapes = torch.randint(1, 30, (2, 16)), torch.zeros(2, 16, dtype=torch.long)
        mask = torch.ones(2, 16, dtype=torch.bool)
        mask[1, 9:] = False
        got = reader.encoder(ids, shapes, mask)
        again = Reader.of(reader.state_dict()).eval()
        self.assertEqual((again.encoder.config["hidden"], again.encoder.config["eps"]), (48, 1e-5))
        self.assertTrue(torch.equal(again.encoder(ids, shapes, mask), got))
        other = ids.clone()
        other[1, 9:] = 1
        self.assertTrue(torch.allclose(reader.encoder(other, shapes, mask)[1, :9], got[1, :9], atol=1e-6))
        reader.encoder.relative.zero_()
        self.assertFalse(torch.allclose(reader.encoder(ids, shapes, mask), got))


if __name__ == "__main__":
    unittest.main()
