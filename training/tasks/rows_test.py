# SPDX-License-Identifier: Apache-2.0
"""Tests of rows.py: python -m unittest tasks.rows_test, in training/."""
import unittest

import numpy as np

import labels
from tasks import rows

MARKERS = (1, 2, 3, 4)


def document(pieces, **more):
    """Words of the given pieces."""
    first = np.cumsum([0] + [len(p) for p in pieces])
    return dict(ids=np.array([x for p in pieces for x in p]), shape=np.ones(len(pieces), np.uint8), first=first, **more)


def event(word, type_, spans, status="actual"):
    return word, dict(type=labels.EVENT_TYPES.index(type_), status=labels.STATUSES.index(status)), spans


class Marked(unittest.TestCase):
    doc = document([[10], [11, 12], [13], [14], [15]])

    def test_marks_stand_around_the_spans(self):
        row, at, place = rows.marked(self.doc, 0, 5, [(0, 1)], [(3, 5)], MARKERS)
        self.assertEqual(row["ids"].tolist(), [1, 10, 2, 11, 12, 13, 3, 14, 15, 4])
        self.assertEqual(row["first"].tolist(), [0, 1, 2, 3, 5, 6, 7, 8, 9, 10])
        self.assertEqual(at, (0, 5))
        self.assertEqual(place, {0: 1, 1: 3, 2: 4, 3: 6, 4: 7})

    def test_what_is_missing_is_an_empty_pair_in_front(self):
        row, at, _ = rows.marked(self.doc, 2, 4, [(2, 3)], [], MARKERS)
        self.assertEqual(row["ids"].tolist(), [3, 4, 1, 13, 2, 14])
        self.assertEqual(at, (2, 0))

    def test_adjacent_and_nested_spans(self):
        row, _, _ = rows.marked(self.doc, 2, 5, [(2, 3)], [(3, 4)], MARKERS)
        self.assertEqual(row["ids"].tolist(), [1, 13, 2, 3, 14, 4, 15])
        row, _, _ = rows.marked(self.doc, 2, 5, [(2, 5)], [(3, 5)], MARKERS)
        self.assertEqual(row["ids"].tolist(), [1, 13, 3, 14, 15, 4, 2])

    def test_too_long(self):
        self.assertIsNone(rows.marked(document([[9]] * 300), 0, 300, [(0, 1)], [], MARKERS))


class GoldRows(unittest.TestCase):
    def rows(self, *events):
        ends = np.array([0, 0, 1, 0, 0, 1], np.int8)
        doc = document([[k] for k in range(10, 16)], tags=dict(sentence_end=ends), anchors=dict(event=events))
        return list(rows.gold_rows([doc], MARKERS))

    def test_the_sentence_is_cut_out(self):
        (row, at, types, plv, trigger), = self.rows(event(4, "ACCUSE", [(0, 3, 4), (1, 5, 6)]))
        self.assertEqual(row["ids"].tolist(), [1, 13, 2, 14, 3, 15, 4])
        self.assertEqual((at, types, plv, trigger), ((0, 4), (labels.EVENT_TYPES.index("ACCUSE"),), 0, 3))

    def test_two_types_or_an_unsettled_act_give_no_row(self):
        spans = [(0, 0, 1), (1, 2, 3)]
        self.assertEqual(self.rows(event(1, "ACCUSE", spans), event(2, "REJECT", spans)), [])
        self.assertEqual(self.rows(event(1, "ACCUSE", spans, "negated")), [])
        self.assertEqual(len(self.rows(event(1, "ACCUSE", spans), event(2, "ACCUSE", spans))), 1)


class Scores(unittest.TestCase):
    def test_macro_f1_is_over_the_classes_of_the_gold(self):
        self.assertAlmostEqual(rows.macro_f1(["A", "A", "B"], ["A", "B", "B"]), (2 / 3 + 2 / 3) / 2)
        self.assertAlmostEqual(rows.macro_f1(["A", "B"], ["A", "C"]), 0.5)

    def test_yield_is_either_of_two_types(self):
        self.assertEqual({rows.TYPES[t] for t in rows.types_of("YIELD")}, {"CONCEDE", "RETREAT"})
        self.assertEqual(len(rows.ROOTS), 15)


if __name__ == "__main__":
    unittest.main()
