# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest doubts_test (in training/)."""
import collections
import os
import tempfile
import unittest

import doubts
import labelling

TEXT = "Police arrested two men. The king left. Rebels shelled the port."
SENTENCES = [[0, 24], [25, 39], [40, 64]]


def span(words):
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def label(type_, words):
    return dict(type=type_, span=span(words), modes=[], status="actual", historical=False, actors=[], recipients=[], theme=None, place=None)


def coded(type_, words, confidence):
    return dict(type=type_, trigger=dict(span=span(words)), confidence=confidence)


def found(labels, events):
    record = dict(sentences=SENTENCES, events=events)
    return doubts.doubts_of(dict(id="a", text=TEXT, events=labels), record, 0.5, 0.1, 0.4)


class Doubts(unittest.TestCase):
    def test_sure_acts_that_no_label_has(self):
        events = [coded("COERCE", "arrested", 0.9), coded("RETREAT", "left", 0.4), coded("ASSAULT", "shelled", 0.6)]
        self.assertEqual([(d["kind"], d["type"]) for d in found([label("COERCE", "arrested")], events)], [("told", "ASSAULT")])

    def test_labels_that_the_reader_does_not_hear(self):
        events = [coded("COERCE", "arrested", 0.05)]
        self.assertEqual([(d["kind"], d["index"]) for d in found([label("COERCE", "arrested"), label("ASSAULT", "shelled")], events)], [("labelled", 0), ("labelled", 1)])

    def test_another_type(self):
        (doubt,) = found([label("COERCE", "shelled")], [coded("ASSAULT", "shelled", 0.5)])
        self.assertEqual((doubt["kind"], doubt["type"], doubt["reader"]), ("conflict", "COERCE", "ASSAULT"))
        self.assertEqual(found([label("COERCE", "shelled")], [coded("ASSAULT", "shelled", 0.3)]), [])

    def test_sheets_show_words_and_no_types(self):
        document = dict(id="a", text=TEXT)
        lines = doubts.shown(document, SENTENCES, found([], [coded("RETREAT", "left", 0.9), coded("ASSAULT", "shelled", 0.9)]), 5)
        self.assertEqual(lines[1:], ["      (before: Police arrested two men.)", "   The king left.", "5  [left]", "   Rebels shelled the port.", "6  [shelled]"])


class Settling(unittest.TestCase):
    def settled(self, labels, judged):
        document = dict(id="a", text=TEXT, events=labels)
        events = doubts.settle_one(document, SENTENCES, judged, labelling.modes(), collections.Counter())
        return [(e["type"], TEXT[slice(*e["span"])]) for e in events]

    def test_two_of_three_hold(self):
        act = lambda type_, words: [type_, "-", "actual", "new", words, "-", "-", "-", "-"]
        told = dict(kind="told", sentence=2, span=span("shelled"), type="ASSAULT")
        conflict = dict(kind="conflict", sentence=2, span=span("shelled"), type="COERCE", reader="ASSAULT", index=0)
        unheard = dict(kind="labelled", sentence=1, span=span("left"), type="RETREAT", index=0)
        for labels, doubt, fields, want in (
                ([], told, act("ASSAULT", "shelled"), [("ASSAULT", "shelled")]), ([], told, ["-"], []), ([], told, act("COERCE", "shelled"), []),
                ([label("PROTEST", "shelled the port")], told, act("ASSAULT", "shelled"), [("PROTEST", "shelled the port")]),
                ([label("COERCE", "shelled")], conflict, act("ASSAULT", "shelled"), [("ASSAULT", "shelled")]),
                ([label("COERCE", "shelled")], conflict, act("COERCE", "shelled"), [("COERCE", "shelled")]),
                ([label("COERCE", "shelled")], conflict, act("PROTEST", "shelled"), [("COERCE", "shelled")]), ([label("COERCE", "shelled")], conflict, ["-"], [("COERCE", "shelled")]),
                ([label("RETREAT", "left")], unheard, ["-"], []), ([label("RETREAT", "left")], unheard, act("PROTEST", "left"), [("RETREAT", "left")])):
            with self.subTest(doubt=doubt["kind"], fields=fields):
                self.assertEqual(self.settled(labels, [(doubt, fields)]), want)

    def test_faults_name_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "0.answers")
            for text, fault in (("1 | -\n3 | -\n", ":2: no number of the sheet, or one answered before: 3"), ("1 | -\n1 | -\n", ":2: no number"), ("1\n", ":1: a number without an answer: 1"), ("2 | -\n", "1 numbers without an answer, the first 1")):
                with open(path, "w", encoding="utf8") as f:
                    f.write(text)
                with self.assertRaisesRegex(ValueError, fault):
                    doubts.answers_of(path, 2)


if __name__ == "__main__":
    unittest.main()
