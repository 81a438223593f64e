# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest add_rows_test (in training/)."""
import os
import subprocess
import sys
import tempfile
import unittest

import torch

import export
from import_reader import tensors_of
from model import Reader
from model_file import ModelWriter, read_folder
from tasks import rows

HERE = os.path.dirname(os.path.abspath(__file__))
SEQUENCES = [([1, 5, 9, 2], [0, 3, 4, 0]), ([1, 7, 2], [0, 2, 0])]
torch.set_num_threads(1)


def reader(seed=1, layers=2, tasks=(rows.TASK,)):
    torch.manual_seed(seed)
    return Reader(vocab=20, layers=layers, tasks=tasks, special=(1, 2, 3), hidden=24).eval()


class Add(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.model, self.rows = (os.path.join(folder.name, name) for name in ("model", "ema.pt"))

    def write(self, fineness=0):
        """A model directory without the head; gives its reader as it was before rounding."""
        one = reader()
        torch.save(one.state_dict(), self.rows)
        os.makedirs(self.model)
        for name in ("vocab.txt", "MODEL_CARD.md"):
            with open(os.path.join(self.model, name), "w", encoding="utf8") as out:
                out.write("the\n")
        writer = ModelWriter("reader", "2", one.encoder.config, fineness)
        export.write_encoder(writer, reader().encoder, SEQUENCES)
        writer.add_float("heads.x.a.bias", [1.0, 2.0])
        writer.add_float("second/heads.x.a.bias", [3.0, 4.0])
        writer.manifest["more"] = [dict(name="second", encoder=dict(layers=1))]
        writer.write(self.model, dict(labels=["A"]), ("vocab.txt", "MODEL_CARD.md"), license="L", data=["gold"], scores=dict(f1=0.5))
        return one

    def add(self, *more):
        return subprocess.run([sys.executable, os.path.join(HERE, "add_rows.py"), "--model", self.model, "--rows", self.rows, *more],
                              capture_output=True, text=True, check=False)

    def test_the_head_is_there_and_all_else_stays(self):
        for fineness in (0, 6):
            with self.subTest(fineness=fineness):
                self.setUp()
                head = self.write(fineness).tasks["rows"]
                before, tensors_before = read_folder(self.model)[0], tensors_of(self.model)[1]
                for _ in range(2):  # the second time it takes its own place
                    self.assertEqual(self.add(*(["--fineness", "6"] if fineness else [])).stderr, "")
                after, tensors = tensors_of(self.model)
                self.assertEqual(after["data"], ["gold", "PLV train"])
                self.assertEqual({k: v for k, v in after.items() if k not in ("files", "tensors", "data")},
                                 {k: v for k, v in before.items() if k not in ("files", "tensors", "data")})
                self.assertEqual({f["name"] for f in after["files"]}, {f["name"] for f in before["files"]})
                self.assertEqual(tensors_of(self.model, "second")[1]["heads.x.a.bias"].tolist(), [3.0, 4.0])
                for name, value in tensors_before.items():
                    self.assertTrue(torch.equal(tensors[name], value), name)
                added = set(tensors) - set(tensors_before)
                self.assertEqual(added, {f"rows.{p}.{kind}" for p in rows.PRODUCTS for kind in ("weight", "bias")})
                for name in added:
                    value = head.state_dict()[name.removeprefix("rows.")]
                    self.assertEqual(tensors[name].shape, value.shape)
                    self.assertLessEqual((tensors[name] - value).norm(), 0.1 * value.norm(), name)

    def test_a_version_is_taken_where_one_is_given(self):
        self.write()
        self.assertEqual(self.add("--version", "3").stderr, "")
        self.assertEqual(read_folder(self.model)[0]["version"], "3")

    def test_what_is_not_of_the_model_is_refused(self):
        self.write()
        other = reader()
        with torch.no_grad():
            other.encoder.layers[1].qkv.bias += 0.1
        for wrong, why in ((other, "only the lowest 1 of its 2 layers"), (reader(seed=2), "--rows: its embeddings are not those of --model"),
                           (reader(layers=3), "has other sizes"), (reader(tasks=()), "has no head for relation rows")):
            torch.save(wrong.state_dict(), self.rows)
            self.assertIn(why, self.add().stderr)
        self.assertFalse([t for t in read_folder(self.model)[0]["tensors"] if t["name"].startswith("rows.")])


if __name__ == "__main__":
    unittest.main()
