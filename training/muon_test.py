# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest muon_test (in training/)."""
import unittest

import torch

from muon import ROOT_MEAN_SQUARE, Muon, orthogonal


class Orthogonal(unittest.TestCase):
    def test_all_directions_come_to_about_the_same_size(self):
        torch.manual_seed(1)
        for shape in ((48, 48), (32, 96), (96, 32)):
            m = torch.randn(shape) @ torch.diag(torch.logspace(0, -1, shape[1]))
            u, _, v = torch.linalg.svd(m, full_matrices=False)
            sizes = torch.diagonal(u.T @ orthogonal(m) @ v.T)
            self.assertEqual(orthogonal(m).shape, m.shape)
            self.assertGreater(sizes[:24].min(), 0.6)
            self.assertLess(sizes.max(), 1.3)

    def test_it_is_the_iteration_on_the_matrix_itself(self):
        torch.manual_seed(2)
        m = torch.randn(24, 72)
        x = m / m.norm()
        for _ in range(5):
            gram = x @ x.T
            x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
        self.assertLess((orthogonal(m) - x).abs().max(), 1e-4)


class Step(unittest.TestCase):
    def moved(self, shape, gradient):
        p = torch.nn.Parameter(torch.zeros(shape))
        opt = Muon([dict(params=[p])], lr=0.1)
        p.grad = gradient
        opt.step()
        return p.detach()

    def test_its_size_is_that_of_the_rate_whatever_the_gradient(self):
        torch.manual_seed(3)
        gradient = torch.randn(64, 32)
        for scale in (1e-3, 1e3):
            step = self.moved((64, 32), gradient * scale)
            self.assertAlmostEqual(step.square().mean().sqrt().item(), 0.1 * ROOT_MEAN_SQUARE, delta=0.006)
            self.assertLess((step * gradient).sum().item(), 0)

    def test_queries_keys_and_values_are_matrices_of_their_own(self):
        torch.manual_seed(4)
        gradient = torch.randn(96, 32)
        together = self.moved((96, 32), gradient)
        for part, own in zip(together.chunk(3), gradient.chunk(3)):
            self.assertLess((part - self.moved((32, 32), own.clone())).abs().max(), 1e-5)

    def test_it_goes_down(self):
        torch.manual_seed(5)
        target, p = torch.randn(16, 24), torch.nn.Parameter(torch.zeros(16, 24))
        opt = Muon([dict(params=[p])], lr=0.3, weight_decay=0.0)
        for _ in range(80):
            opt.zero_grad()
            loss = (p - target).square().mean()
            loss.backward()
            opt.step()
        self.assertLess(loss.item(), 0.15)


if __name__ == "__main__":
    unittest.main()
