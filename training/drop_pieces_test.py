# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest drop_pieces_test (in training/)."""
import os
import subprocess
import sys
import tempfile
import unittest

import numpy

from import_reader import tensors_of
from model_file import ModelWriter

HERE = os.path.dirname(os.path.abspath(__file__))


def drop(folder, *more):
    return subprocess.run([sys.executable, os.path.join(HERE, "drop_pieces.py"), "--model", folder, *more], capture_output=True, text=True, check=False)


class Drop(unittest.TestCase):
    def model(self, folder, vocab, pieces):
        table = numpy.arange(vocab * 4, dtype=numpy.float32).reshape(vocab, 4)
        writer = ModelWriter("x", "7", dict(vocab=vocab))
        writer.add_int8("embeddings.word", table)
        writer.add_float("other", numpy.ones(3))
        with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf8") as out:
            out.writelines(p + "\n" for p in pieces)
        writer.write(folder, {"a": 1}, ("vocab.txt",), license="L")

    def test_rows_and_lines_go_together(self):
        with tempfile.TemporaryDirectory() as folder:
            self.model(folder, 5, ["[PAD]", "[unused0]", "[unused2]", "[unused11]", "[unusedx]"])
            before = tensors_of(folder)[1]
            done = drop(folder)
            self.assertEqual((done.returncode, done.stdout), (0, "3 of 5 pieces are left\n"))
            manifest, after = tensors_of(folder)
            self.assertEqual((manifest["version"], manifest["encoder"]["vocab"], manifest["heads"], manifest["license"]), ("7", 3, {"a": 1}, "L"))
            self.assertTrue((after["embeddings.word"] == before["embeddings.word"][[0, 2, 4]]).all())
            self.assertTrue((after["other"] == before["other"]).all())
            with open(os.path.join(folder, "vocab.txt"), encoding="utf8") as lines:
                self.assertEqual(lines.read(), "[PAD]\n[unused2]\n[unusedx]\n")

    def test_those_that_a_smaller_vocabulary_lacks(self):
        with tempfile.TemporaryDirectory() as folder:
            self.model(folder, 5, ["[PAD]", "[unused1]", "the", "rare", "##r"])
            smaller = os.path.join(folder, "smaller.txt")
            with open(smaller, "w", encoding="utf8") as out:
                out.write("[PAD]\nthe\n##r\n")
            self.assertEqual(drop(folder, "--vocab", smaller).stdout, "4 of 5 pieces are left\n")
            with open(os.path.join(folder, "vocab.txt"), encoding="utf8") as lines:
                self.assertEqual(lines.read(), "[PAD]\n[unused1]\nthe\n##r\n")
            with open(smaller, "a", encoding="utf8") as out:
                out.write("new\n")
            refused = drop(folder, "--vocab", smaller)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn("1 of its pieces are none of the model's", refused.stderr)

    def test_a_vocabulary_of_another_model_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            self.model(folder, 5, ["[PAD]", "the"])
            done = drop(folder)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("2 pieces, but the model has 5", done.stderr)


if __name__ == "__main__":
    unittest.main()
