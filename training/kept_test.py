# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest kept_test (in training/)."""
import unittest

import torch

import distill
import kept
from model import Reader

torch.manual_seed(1)


def batch(rows=2):
    lengths = torch.tensor([16, 9, 12, 5])[:rows]
    mask = torch.arange(16)[None] < lengths[:, None]
    words = lengths - 2
    return dict(ids=torch.randint(5, 40, (rows, 16)) * mask, shapes=torch.randint(0, 3, (rows, 16)) * mask, mask=mask,
                first=torch.arange(1, 15).expand(rows, 14).clone(), valid=torch.arange(14)[None] < words[:, None], lengths=lengths)


class Limits(unittest.TestCase):
    def test_one_or_several(self):
        self.assertEqual(kept.limits_of("160"), (160,))
        self.assertEqual(kept.limits_of("128,160,192"), (128, 160, 192))

    def test_what_is_no_limit_is_named(self):
        for text in ("", "160,", "0", "-160", "257", "160 192", "many"):
            with self.assertRaises(SystemExit) as raised:
                kept.limits_of(text)
            self.assertIn(repr(text.split(",")[-1]), str(raised.exception))


class Layers(unittest.TestCase):
    def test_vectors_are_those_of_the_whole_encoder(self):
        reader, given = Reader(vocab=40, layers=3).eval(), batch(4)
        layers = kept.Layers(reader.encoder, 2)
        with torch.no_grad():
            whole = reader.words(given)
            for _ in range(2):  # computed, then kept
                some = reader.words({**given, "below": layers.below(given), "frozen": 2})
                self.assertLess(float((whole - some)[given["valid"]].abs().max()), 0.01)
        self.assertEqual(len(layers.of), 4)

    def test_a_window_is_known_in_another_batch(self):
        reader, given = Reader(vocab=40, layers=2).eval(), batch(4)
        layers = kept.Layers(reader.encoder, 1)
        layers.below(given)
        part = {k: v[1:3] for k, v in given.items()}
        layers.below(part)
        self.assertEqual(len(layers.of), 4)
        part["shapes"] = part["shapes"] + 1
        layers.below(part)
        self.assertEqual(len(layers.of), 6)

    def test_no_dropout_gets_into_what_is_kept(self):
        reader, given = Reader(vocab=40, layers=2), batch()
        reader.train()
        first, second = (kept.Layers(reader.encoder, 1).below(given) for _ in range(2))
        self.assertTrue(torch.equal(first, second))
        self.assertTrue(reader.encoder.training)


class Constant:
    """A teacher that says of each word what its piece is."""

    def teach(self, batch, rows):
        self.rows = rows
        word = torch.gather(batch["ids"], 1, batch["first"]).float()
        row, at = (batch["valid"] & (word % 2 == 0)).nonzero(as_tuple=True)
        bio = word[row][:, :, None, None].expand(-1, -1, 2, 3) + at[:, None, None, None]
        return {"valid": batch["valid"], "cue": word[..., None], "pair.event": (row, at, bio), "status": word[row, at][:, None].expand(-1, 5), "marks": word[row, at][:, None]}


class Targets(unittest.TestCase):
    def test_what_is_kept_is_what_was_taught(self):
        given = batch(4)
        teacher = Constant()
        plain, targets = teacher.teach(given, 4), kept.Targets(teacher)
        for time in range(2):
            teacher.rows = 0
            got = targets.teach(given, 4)
            self.assertEqual(teacher.rows, 0 if time else 4)
            self.assertEqual(set(got), set(plain))
            valid = given["valid"]
            self.assertTrue(torch.equal(got["cue"][valid], plain["cue"][valid]))
            for mine, his in zip(got["pair.event"][:2], plain["pair.event"][:2]):
                self.assertTrue(torch.equal(mine, his))
            row = got["pair.event"][0]
            self.assertTrue(torch.equal(got["pair.event"][2][valid[row]], plain["pair.event"][2][valid[row]]))
            self.assertTrue(torch.equal(got["status"], plain["status"]) and torch.equal(got["marks"], plain["marks"]))

    def test_the_same_loss_as_without(self):
        teachers = distill.Teachers([], torch.device("cpu"))
        teachers.readers = [Reader(vocab=40, layers=1).eval()]
        teachers.readers[0].heads["cue"].b.bias.data.fill_(3.0)
        learner, given = Reader(vocab=40, layers=1).eval(), batch(4)
        with torch.no_grad():
            h = learner.words(given)
            plain = distill.loss(learner, h, teachers.teach(given, 4))
            targets = kept.Targets(teachers)
            for _ in range(2):
                self.assertAlmostEqual(float(distill.loss(learner, h, targets.teach(given, 4))), float(plain), delta=0.01 * abs(float(plain)))


if __name__ == "__main__":
    unittest.main()
