# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest labelled_test (in training/)."""
import json
import lzma
import os
import tempfile
import unittest

import labelled

TEXT = "The minister met the rebels in Bangui. \u201cWe agreed,\u201d he said. More follows."
SENTENCE = [0, 38]
MET = ["CONSULT", "actual", False, ["visit"], [13, 16], [[0, 12]], [[17, 27]], None, [31, 37], SENTENCE]
AGREED = ["direct", [40, 50], [55, 59], [52, 54]]


class Labelled(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        with open(os.path.join(self.folder, "texts.jsonl"), "w", encoding="utf8") as f:
            f.write(json.dumps(dict(id="wn_1", text=TEXT)) + "\n")

    def documents(self, *lines):
        path = os.path.join(self.folder, "labels.tsv.xz")
        with lzma.open(path, "wt", encoding="utf8") as f:
            f.writelines("\t".join(line) + "\n" for line in lines)
        return list(labelled.documents(self.folder, self.folder, path))

    def line(self, length=60, name="wn_1", source="wikinews", sha=None, positions="null"):
        return source, name, str(length), sha or labelled.digest(TEXT[:length]), json.dumps([MET]), json.dumps([AGREED]), positions

    def test_text_and_labels_come_together(self):
        (d,) = self.documents(self.line())
        self.assertEqual(d["text"], TEXT[:60])
        (e,) = d["events"]
        at = lambda span: d["text"][slice(*span)]
        self.assertEqual((e["type"], e["modes"], e["historical"]), ("CONSULT", ["visit"], False))
        self.assertEqual((at(e["span"]), at(e["actors"][0]["span"]), at(e["recipients"][0]["span"]), at(e["place"])), ("met", "The minister", "the rebels", "Bangui"))
        (s,) = d["statements"]
        self.assertEqual((at(s["span"]), at(s["cue_span"]), at(s["speaker"]["span"])), ("We agreed,", "said", "he"))

    def test_positions_are_none_where_nobody_looked(self):
        stand = ["Bangui", "CAF", "peace-talks", "for", None]
        of = lambda positions: self.documents(self.line(positions=json.dumps(positions)))[0]["positions"]
        self.assertIsNone(of(None))
        self.assertEqual(of([]), [])
        self.assertEqual(of([stand]), [dict(holder="Bangui", country="CAF", issue="peace-talks", stance="for", object=None)])

    def test_what_is_packed_is_read_again(self):
        for name in ("tne-train.jsonl", "polnear-train.jsonl", "worldwide-train.tsv"):
            folder = os.path.join(self.folder, dict(t="coref", p="quotes", w="ner")[name[0]], "train")
            os.makedirs(folder)
            with open(os.path.join(folder, name), "w", encoding="utf8"):
                pass
        path = os.path.join(self.folder, "packed.tsv.xz")
        (d,) = self.documents(self.line(positions=json.dumps([["Bangui", "CAF", "peace-talks", "for", None]])))
        labelled.pack(self.folder, self.folder, [d], path)
        self.assertEqual(list(labelled.documents(self.folder, self.folder, path)), [d])
        with self.assertRaisesRegex(ValueError, "the text of x begins none"):
            labelled.pack(self.folder, self.folder, [{**d, "id": "x", "text": "Elsewhere."}], path)

    def test_a_changed_text_is_named(self):
        with self.assertRaisesRegex(ValueError, "labels.tsv.xz:1: the text of wikinews wn_1 is another"):
            self.documents(self.line(sha="0" * 16))

    def test_a_missing_text_is_named(self):
        with self.assertRaisesRegex(ValueError, ":2: wikinews has no text wn_9"):
            self.documents(self.line(), self.line(name="wn_9"))

    def test_a_damaged_line_is_named(self):
        with self.assertRaisesRegex(ValueError, ":1: no line of labels"):
            self.documents(("wikinews", "wn_1"))
        with self.assertRaisesRegex(ValueError, ":1: no line of labels"):
            self.documents(self.line(source="elsewhere"))


if __name__ == "__main__":
    unittest.main()
