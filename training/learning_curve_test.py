# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest learning_curve_test (in training/)."""
import unittest

import numpy as np
import torch

import learning_curve
from evaluate import TypeCounts


def document(types, cuts=(0,)):
    """Words of which those with a type (counted from 0) are triggers."""
    return dict(cuts=np.array(cuts, np.uint32), anchors={"event": [(w, dict(type=t), []) for w, t in enumerate(types) if t is not None]})


def logits(types):
    out = torch.full((len(types), 17), -5.0)
    for w, t in enumerate(types):
        out[w, 0 if t is None else 1 + t] = 5.0
    return out


class Counts(unittest.TestCase):
    def test_type_and_sentence_decide_not_the_word(self):
        counts = TypeCounts()
        counts.add(document([None, 3, None, None, 5], cuts=(0, 3)), 0, logits([3, None, None, 5, None]))
        self.assertEqual(counts.f1()[0.5], 1.0)

    def test_another_sentence_or_type_is_wrong(self):
        counts = TypeCounts()
        counts.add(document([None, 3, None, None], cuts=(0, 2)), 0, logits([None, None, 3, None]))
        counts.add(document([2]), 0, logits([4]))
        self.assertEqual((counts.gold, counts.coded[0.5], counts.hits[0.5]), (2, 2, 0))

    def test_words_of_a_later_window_count_from_its_first(self):
        counts = TypeCounts()
        counts.add(document([None, None, 3], cuts=(0, 2)), 2, logits([3]))
        self.assertEqual(counts.f1()[0.5], 1.0)


class Curve(unittest.TestCase):
    def test_smaller_samples_are_parts_of_larger_ones_gold_first(self):
        gold, labelled = [f"g{i}" for i in range(5)], [f"l{i}" for i in range(5)]
        self.assertEqual(learning_curve.sample(gold, labelled, 7)[:3], learning_curve.sample(gold, labelled, 3))
        self.assertEqual(set(learning_curve.sample(gold, labelled, 5)), set(gold))

    def test_a_head_learns_what_vectors_tell(self):
        torch.manual_seed(1)
        y = torch.randint(0, 4, (600,))
        h = (one_hot(y) * 4 + torch.randn(600, 8)).half()
        doc = document([None if t == 0 else int(t) - 1 for t in y], cuts=range(600))
        head = learning_curve.fit([(doc, 0, h, y)], 8, seed=1)
        self.assertGreater(learning_curve.best_f1(head, [(doc, 0, h, y)]), 0.95)


def one_hot(y):
    return torch.nn.functional.one_hot(y, 8).float()


if __name__ == "__main__":
    unittest.main()
