# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest model_file_test (in training/)."""
import os
import tempfile
import unittest

import numpy

from model_file import PACKED, SMALL, WEIGHTS, ModelWriter, quantize_rows, read_folder


class Rounding(unittest.TestCase):
    def setUp(self):
        self.weight = numpy.random.default_rng(1).normal(size=(40, 384)).astype(numpy.float32) * numpy.linspace(0.1, 2, 40, dtype=numpy.float32)[:, None]

    def error(self, fineness):
        values, scale = quantize_rows(self.weight, fineness)
        return values, numpy.linalg.norm(values * scale[:, None] - self.weight) / numpy.linalg.norm(self.weight)

    def test_the_largest_value_is_127_where_nothing_is_said(self):
        values, error = self.error(0)
        self.assertTrue((numpy.abs(values).max(axis=1) == 127).all())
        self.assertLess(error, 0.01)

    def test_six_steps_a_deviation(self):
        values, error = self.error(6)
        self.assertAlmostEqual(values.std(), 6, delta=0.1)
        self.assertAlmostEqual(error, 0.048, delta=0.002)

    def test_values_stay_small(self):
        self.weight[7, 9] = 50
        values, _ = self.error(6)
        self.assertEqual(numpy.abs(values).max(), SMALL)
        self.assertEqual(values[7, 9], SMALL)

    def test_rows_of_zeros(self):
        values, scale = quantize_rows(numpy.zeros((2, 3)), 6)
        self.assertFalse(values.any() or scale.any())


class Folder(unittest.TestCase):
    def test_packed_weights_come_back_as_they_were(self):
        with tempfile.TemporaryDirectory() as folder:
            writer = ModelWriter("x", "1", {}, fineness=6)
            writer.add_int8("a", numpy.arange(12).reshape(3, 4))
            writer.write(folder)
            self.assertEqual(sorted(os.listdir(folder)), ["manifest.json", PACKED])
            manifest, content = read_folder(folder)
            self.assertEqual(content, bytes(writer.data))
            self.assertEqual([f["name"] for f in manifest["files"]], [PACKED])
            again, _ = ModelWriter.reopened(folder)
            self.assertTrue(again.packed)
            again.packed = False
            again.write(folder)
            self.assertEqual(sorted(os.listdir(folder)), ["manifest.json", WEIGHTS])
            self.assertEqual(read_folder(folder)[1], content)


if __name__ == "__main__":
    unittest.main()
