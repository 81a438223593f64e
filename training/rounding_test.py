# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest rounding_test (in training/)."""
import unittest

import torch

from rounding import round_to_inputs


class Rounding(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.inputs = torch.randn(500, 12) @ torch.randn(12, 32) + 0.05 * torch.randn(500, 32)  # that vary together
        self.weight, self.scale = torch.randn(8, 32), torch.full((8,), 1 / 3)

    def error(self, numbers):
        return ((numbers * self.scale[:, None] - self.weight) @ self.inputs.T.to(numbers.dtype)).norm().item()

    def test_outputs_are_kept_better_than_by_rounding_each_weight(self):
        numbers = round_to_inputs(self.weight, self.scale, self.inputs.T @ self.inputs, 127)
        self.assertTrue(torch.equal(numbers, numbers.round()))
        self.assertLess(self.error(numbers), 0.5 * self.error((self.weight / self.scale[:, None]).round()))

    def test_inputs_that_do_not_vary_together_leave_plain_rounding(self):
        numbers = round_to_inputs(self.weight, self.scale, torch.eye(32), 127)
        self.assertTrue(torch.equal(numbers.float(), (self.weight / self.scale[:, None]).round()))

    def test_numbers_stay_within_the_most(self):
        numbers = round_to_inputs(self.weight, self.scale, self.inputs.T @ self.inputs, 5)
        self.assertEqual(numbers.abs().max().item(), 5)

    def test_rows_of_zeros_and_inputs_never_seen(self):
        self.weight[2], self.scale[2] = 0, 0
        moments = self.inputs.T @ self.inputs
        moments[4], moments[:, 4] = 0, 0
        numbers = round_to_inputs(self.weight, self.scale, moments, 127)
        self.assertTrue(numbers.isfinite().all())
        self.assertFalse(numbers[2].any())


if __name__ == "__main__":
    unittest.main()
