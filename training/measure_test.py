# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest measure_test (in training/)."""
import unittest

import numpy as np
import torch

import evaluate
import measure
import shapes
from prepare import uner_names


def attribution(cue, content, source):
    return frozenset(cue), frozenset(content), frozenset(source)


class Attributions(unittest.TestCase):
    gold = [attribution([3], range(4, 10), [0, 1])]

    def found(self, coded, part="content_cue_source", how="exact"):
        return measure.pairs(self.gold, coded, part, how)

    def test_all_of_it(self):
        self.assertEqual(self.found(self.gold), 1)
        self.assertEqual(self.found([attribution([3], range(4, 10), [1])]), 0)
        self.assertEqual(self.found([attribution([3], range(4, 10), [1])], how="overlap"), 1)
        self.assertEqual(self.found([attribution([2], range(4, 10), [0, 1])], how="overlap"), 0)
        self.assertEqual(self.found([attribution([2], range(4, 10), [0, 1])], "content_source"), 1)

    def test_no_source_is_answered_by_none(self):
        silent = [attribution([3], range(4, 10), [])]
        self.assertEqual(measure.pairs(silent, silent, "content_source", "overlap"), 1)
        self.assertEqual(measure.pairs(silent, self.gold, "content_source", "overlap"), 0)

    def test_each_is_used_once(self):
        self.assertEqual(self.found(self.gold * 2), 1)
        self.assertEqual(measure.pairs(self.gold * 2, self.gold, "content", "exact"), 1)


class NameTags(unittest.TestCase):
    def tags(self, *rows):
        """Rows of {tag: probability}, the rest of it even."""
        logits = torch.full((len(rows), 5), 0.02)
        for k, row in enumerate(rows):
            for tag, p in row.items():
                logits[k, tag] = p
        return evaluate.name_tags(logits.log())

    def test_an_inside_follows_its_kind(self):
        self.assertEqual(self.tags({1: 0.9}, {2: 0.9}, {0: 0.9}), [1, 2, 0])
        self.assertEqual(self.tags({1: 0.9}, {2: 0.4, 4: 0.5}, {0: 0.9}), [1, 2, 0])

    def test_a_name_is_read_as_a_whole(self):
        self.assertEqual(self.tags({1: 0.5, 3: 0.4}, {4: 0.9}, {4: 0.9}), [3, 4, 4])
        self.assertEqual(self.tags({0: 0.5, 1: 0.4}, {2: 0.9}), [1, 2])

    def test_no_words(self):
        self.assertEqual(evaluate.name_tags(torch.zeros(0, 5)), [])


class UnerNames(unittest.TestCase):
    def test_capitalised_words_outside_stay_unknown(self):
        class Doc:
            data = dict(shape=np.array([shapes.CAPITALIZED, shapes.LOWER, shapes.CAPITALIZED, shapes.CAPITALIZED, shapes.PUNCTUATION]))

            def __init__(self):
                self.names = np.full(5, -1, np.int8)

            def tag(self, name, fill):
                return self.names

        doc = Doc()
        uner_names(doc, (0, 5), [((0, 1), "O"), ((1, 2), "O"), ((2, 3), "B-ORG"), ((3, 4), "I-ORG"), ((4, 5), "O")])
        self.assertEqual(doc.names.tolist(), [-1, 0, 3, 4, 0])


if __name__ == "__main__":
    unittest.main()
