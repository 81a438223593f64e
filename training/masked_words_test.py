# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest masked_words_test (in training/)."""
import unittest

from masked_words import schedule


class Schedule(unittest.TestCase):
    def test_it_rises_then_falls_to_the_end(self):
        rates = [schedule(step, 1000, end=0.4) for step in range(1000)]
        top = rates.index(max(rates))
        self.assertEqual(top, 59)
        self.assertEqual(rates[:top + 1], sorted(rates[:top + 1]))
        self.assertEqual(rates[top:], sorted(rates[top:], reverse=True))
        self.assertAlmostEqual(rates[-1], 0.4, delta=0.001)

    def test_the_clock_counts_where_it_is_ahead(self):
        self.assertAlmostEqual(schedule(500, 100_000, elapsed=90, seconds=100), 0.1, delta=1e-6)
        self.assertEqual(schedule(500, 100_000, elapsed=100, seconds=100), 0.02)


if __name__ == "__main__":
    unittest.main()
