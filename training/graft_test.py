# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest graft_test (in training/)."""
import unittest

import torch

import graft
from model import Reader


class Fit(unittest.TestCase):
    def test_a_linear_map_is_found(self):
        torch.manual_seed(1)
        x, true, bias = torch.randn(400, 6), torch.randn(4, 6), torch.randn(4)
        weight, found, told = graft.fit(x, x @ true.T + bias)
        self.assertTrue(torch.allclose(weight.float(), true, atol=0.01))
        self.assertTrue(torch.allclose(found.float(), bias, atol=0.01))
        self.assertGreater(told, 0.999)

    def test_noise_tells_nothing(self):
        torch.manual_seed(1)
        self.assertLess(graft.fit(torch.randn(4000, 6), torch.randn(4000, 4))[2], 0.05)


class Shapes(unittest.TestCase):
    def test_they_are_lent_by_the_map_between_the_pieces(self):
        torch.manual_seed(1)
        giver, reader = (Reader(vocab=900, layers=1) for _ in range(2))
        size = giver.encoder.config["hidden"]
        turn = torch.linalg.qr(torch.randn(size, size)).Q
        with torch.no_grad():
            giver.encoder.word.weight.normal_(), giver.encoder.shape.weight.normal_()
            reader.encoder.word.weight.copy_(giver.encoder.word.weight @ turn.T + 1)
        self.assertGreater(graft.lend_shapes(reader, giver), 0.99)
        self.assertTrue(torch.allclose(reader.encoder.shape.weight, giver.encoder.shape.weight @ turn.T, atol=0.05))


class TakeIn(unittest.TestCase):
    def test_all_heads_say_the_same_of_mapped_vectors(self):
        torch.manual_seed(1)
        giver, reader = (Reader(vocab=50, layers=1).eval() for _ in range(2))
        size = giver.encoder.config["hidden"]
        weight, bias = torch.randn(size, size, dtype=torch.double) / size ** 0.5, torch.randn(size, dtype=torch.double)
        graft.take_in(reader, giver, weight, bias)
        h = torch.randn(2, 7, size)
        mapped = h @ weight.float().T + bias.float()
        row, at = torch.tensor([0, 1]), torch.tensor([3, 6])
        with torch.no_grad():
            for name, head in giver.heads.items():
                self.assertTrue(torch.allclose(reader.heads[name](h), head(mapped), atol=1e-3), name)
            for task in giver.family:
                self.assertTrue(torch.allclose(reader.pair(task, h, row, at), giver.pair(task, mapped, row, at), atol=1e-3), task)


if __name__ == "__main__":
    unittest.main()
