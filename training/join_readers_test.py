# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest join_readers_test (in training/)."""
import os
import subprocess
import sys
import tempfile
import unittest

import numpy

from import_reader import tensors_of
from model_file import ModelWriter

HERE = os.path.dirname(os.path.abspath(__file__))


def run(tool, *args):
    return subprocess.run([sys.executable, os.path.join(HERE, tool), *args], capture_output=True, text=True, check=False)


class Join(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.first, self.second = (os.path.join(folder.name, name) for name in ("first", "second"))

    def write(self, folder, layers, value, labels=("A", "B"), pieces=("[PAD]", "[unused0]", "the")):
        os.makedirs(folder)
        with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf8") as out:
            out.writelines(piece + "\n" for piece in pieces)
        writer = ModelWriter("reader", "1", dict(vocab=len(pieces), layers=layers, grammar={"from": 1, "layers": 1}), fineness=6)
        writer.add_int8("embeddings.word", numpy.full((len(pieces), 4), value, numpy.float32))
        writer.add_float("grammar.layer.0.out.bias", numpy.ones(2))
        writer.add_float("heads.x.a.bias", numpy.full(2, value))
        writer.write(folder, dict(event_types=list(labels), thresholds=dict(trigger=value), parse={}), ("vocab.txt",), license="L", data=["gold", f"set {layers}"], scores={})

    def join(self, name="second"):
        return run("join_readers.py", "--model", self.first, "--more", self.second, "--name", name, "--version", "2")

    def test_both_are_there_and_grammar_once(self):
        self.write(self.first, 8, 1.0)
        self.write(self.second, 6, 2.0)
        for _ in range(2):  # the second time it takes its own place
            self.assertEqual(self.join().stderr, "")
        manifest, first = tensors_of(self.first)
        self.assertEqual((manifest["version"], manifest["encoder"]["layers"], manifest["heads"]["thresholds"]), ("2", 8, dict(trigger=1.0)))
        self.assertEqual(manifest["more"], [{"name": "second", "encoder": dict(vocab=3, layers=6)}])
        self.assertEqual(manifest["data"], ["gold", "set 8", "set 6"])
        self.assertEqual(set(first), {"embeddings.word", "grammar.layer.0.out.bias", "heads.x.a.bias"})
        of_second, second = tensors_of(self.first, "second")
        self.assertEqual(of_second["encoder"]["layers"], 6)
        self.assertEqual({k: float(v.mean()) for k, v in second.items()}, {"embeddings.word": 2.0, "heads.x.a.bias": 2.0})
        self.assertEqual(float(first["heads.x.a.bias"].mean()), 1.0)
        with self.assertRaisesRegex(SystemExit, "no reader third"):
            tensors_of(self.first, "third")

    def test_pieces_are_dropped_of_both(self):
        self.write(self.first, 8, 1.0)
        self.write(self.second, 6, 2.0)
        self.join()
        self.assertEqual(run("drop_pieces.py", "--model", self.first).stdout, "2 of 3 pieces are left\n")
        manifest, first = tensors_of(self.first)
        of_second, second = tensors_of(self.first, "second")
        self.assertEqual((manifest["encoder"]["vocab"], of_second["encoder"]["vocab"]), (2, 2))
        self.assertEqual((first["embeddings.word"].shape[0], second["embeddings.word"].shape[0]), (2, 2))

    def test_others_are_refused(self):
        self.write(self.first, 8, 1.0)
        self.write(self.second, 6, 2.0, labels=("A", "C"))
        self.assertIn("its labels are not those of", self.join().stderr)
        for name in ("a/b", "a b"):
            self.assertIn("has other than letters", self.join(name).stderr)
        os.rename(self.second, self.second + ".old")
        self.write(self.second, 6, 2.0, pieces=("[PAD]", "a", "the"))
        self.assertIn("its vocab.txt is not that of", self.join().stderr)


if __name__ == "__main__":
    unittest.main()
