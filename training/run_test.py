# SPDX-License-Identifier: Apache-2.0
"""Tests of run.py with a train.py that only notes how it was called."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))

TRAIN = """
import json, os, sys
args = sys.argv[1:]
out = args[args.index("--out") + 1]
name = os.path.basename(os.path.dirname(out))
with open(os.path.join(out, "args.json"), "w") as f:
    json.dump(args, f)
if name in os.environ.get("FAILS", "").split(","):
    sys.exit("no")
result = "encoder.pt" if args[args.index("--steps") + 1] == "0" else "ema.pt"
with open(os.path.join(out, result), "w") as f:
    f.write(name)
"""


class RunTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        with open(os.path.join(HERE, "run.py"), encoding="utf8") as f, open(self.path("run.py"), "w", encoding="utf8") as g:
            g.write(f.read())
        with open(self.path("train.py"), "w", encoding="utf8") as f:
            f.write(TRAIN)

    def path(self, *parts):
        return os.path.join(self.folder.name, *parts)

    def run_all(self, *args, fails=""):
        command = [sys.executable, self.path("run.py"), "--packed", "p", "--teacher", "t.npz", "--encoder", "e.npz", "--out", self.path("out"), *args]
        return subprocess.run(command, env={**os.environ, "FAILS": fails}, capture_output=True, check=False, timeout=60)

    def args(self, stage):
        with open(self.path("out", stage, "args.json"), encoding="utf8") as f:
            args = json.load(f)
        return lambda name: args[args.index(name) + 1] if name in args else None

    def test_each_stage_begins_where_the_one_before_ended(self):
        self.assertEqual(self.run_all("--share", "3").returncode, 0)
        self.assertEqual([self.args(stage)("--share") for stage in ("teacher", "first", "student", "grammar")], ["3.0"] * 4)
        self.assertEqual(self.args("masked_teacher")("--encoder"), "t.npz")
        self.assertEqual(self.args("masked")("--encoder"), "e.npz")
        self.assertEqual(self.args("teacher")("--encoder"), self.path("out", "masked_teacher", "encoder.pt"))
        first, student, grammar = (self.args(name) for name in ("first", "student", "grammar"))
        self.assertEqual(first("--encoder"), self.path("out", "masked", "encoder.pt"))
        for stage in (first, student):
            self.assertEqual(stage("--teachers"), self.path("out", "teacher", "ema.pt"))
        for stage in (student, grammar):
            self.assertEqual(stage("--start"), self.path("out", "first", "ema.pt"))
            self.assertEqual(stage("--frozen"), "4")
        self.assertEqual((student("--layers"), grammar("--layers")), ("8", "6"))

    def test_what_is_there_is_not_run_again(self):
        self.assertEqual(self.run_all("--only", "masked_teacher").returncode, 0)
        self.assertFalse(os.path.exists(self.path("out", "teacher")))
        os.remove(self.path("out", "masked_teacher", "args.json"))
        self.assertEqual(self.run_all().returncode, 0)
        self.assertFalse(os.path.exists(self.path("out", "masked_teacher", "args.json")))
        self.assertTrue(os.path.exists(self.path("out", "student", "ema.pt")))

    def test_without_a_teacher_the_reader_learns_from_the_labels_alone(self):
        self.assertEqual(self.run_all(fails="masked_teacher,teacher").returncode, 0)
        self.assertEqual(self.args("teacher")("--encoder"), "t.npz")
        self.assertIsNone(self.args("first")("--teachers"))

    def test_a_reader_that_fails_is_told(self):
        done = self.run_all(fails="first")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"the reader failed", done.stderr)
        self.assertFalse(os.path.exists(self.path("out", "student")))


if __name__ == "__main__":
    unittest.main()
