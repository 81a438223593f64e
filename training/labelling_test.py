# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest labelling_test (in training/)."""
import json
import os
import tempfile
import unittest

import labelling

TEXT = "The minister met the rebels, the rebels said. \u201cWe agreed,\u201d he added. \u201cMore follows.\u201d"
SENTENCES = [[0, 45], [46, 69], [70, 85]]
DOCUMENT = dict(id="a", text=TEXT, published=None, sentences=SENTENCES)


def read(*lines):
    return labelling.labels_of(DOCUMENT, list(enumerate(lines, 1)), labelling.modes())


class Lines(unittest.TestCase):
    def at(self, span):
        return TEXT[slice(*span)]

    def test_an_event(self):
        (e,), _, faults = read("E 0 | CONSULT | visit, phone | future | hist | met | The minister ; the rebels@2 | - | - | -")
        self.assertEqual(faults, [])
        self.assertEqual((e["type"], e["modes"], e["status"], e["historical"], e["theme"]), ("CONSULT", ["visit", "phone"], "future", True, None))
        self.assertEqual((self.at(e["span"]), [self.at(p["span"]) for p in e["actors"]]), ("met", ["The minister", "the rebels"]))
        self.assertEqual(e["actors"][1]["span"][0], TEXT.rindex("the rebels"))

    def test_a_statement_over_sentences(self):
        _, (s,), faults = read('S 1 | direct | We agreed, ... More follows. | added | 0:The minister')
        self.assertEqual(faults, [])
        self.assertEqual((s["span"][0], self.at(s["span"])[-13:]), (TEXT.index("We agreed"), "More follows."))
        self.assertEqual((self.at(s["cue_span"]), self.at(s["speaker"]["span"])), ("added", "The minister"))

    def test_the_nearest_sentence_has_the_speaker(self):
        _, (s,), _ = read("S 2 | direct | More follows. | - | he")
        self.assertEqual((s["cue_span"], self.at(s["speaker"]["span"])), (None, "he"))

    def test_parts_of_words_are_no_reference(self):
        _, _, faults = read("E 0 | CONSULT | - | actual | new | me | - | - | - | -")
        self.assertEqual(faults, ['1: not in the sentence: "me"'])

    def test_faults_name_line_and_cause(self):
        for line, fault in (("E 9 | CONSULT | - | actual | new | met | - | - | - | -", "no sentence 9"), ("E 0 | TALK | - | actual | new | met | - | - | - | -", "no type: TALK"),
                            ("E 0 | CONSULT | arrest | actual | new | met | - | - | - | -", "no mode of CONSULT: arrest"), ("E 0 | CONSULT", "2 fields in place of 10"),
                            ("met", 'does not begin with "E N |"'), ("S 1 | direct | We agreed ... never | - | -", 'not behind "We agreed": "never"'),
                            ("E 0 | CONSULT | - | actual | new | the rebels@3 | - | - | - | -", "fewer than 3 times in the sentence"), ("S 1 | direct | We agreed | 7:said | -", "no sentence: 7"),
                            ("S 1 | direct | We agreed | - | the king", 'not near: "the king"')):
            with self.subTest(line):
                events, statements, faults = read("E 0 | CONSULT | - | actual | new | met | - | - | - | -", line)
                self.assertEqual((len(events), statements), (1, []))
                self.assertRegex(faults[0], "^2: .*" + labelling.re.escape(fault))


class Positions(unittest.TestCase):
    def test_lines(self):
        known = labelling.issues()
        positions, faults = labelling.positions_of([(1, "the party | - | ceasefire | for | -"), (2, "France | FRA | use-of-force | against | Mali")], known)
        self.assertEqual(faults, [])
        self.assertEqual(positions[0], dict(holder="the party", country=None, issue="ceasefire", stance="for", object=None))
        self.assertEqual((positions[1]["country"], positions[1]["object"]), ("FRA", "Mali"))

    def test_faults(self):
        for line, fault in (("France | FRA | war | for | -", "no issue: war"), ("France | France | ceasefire | for | -", "no country: France"),
                            ("France | FRA | ceasefire | pro | -", "no stance: pro"), ("- | FRA | ceasefire | for | -", "no holder"), ("France | FRA", "2 fields in place of 5")):
            with self.subTest(line):
                positions, faults = labelling.positions_of([(7, line)], labelling.issues())
                self.assertEqual(positions, [])
                self.assertTrue(faults[0].startswith("7: " + fault), faults)


class Sheets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_there_and_back(self):
        records = os.path.join(self.folder, "records.jsonl")
        with open(records, "w", encoding="utf8") as f:
            for name in "ab":
                f.write(json.dumps(dict(document=dict(source="x.jsonl#" + name, text=TEXT, published=dict(value="2024-05-17", precision="day")), sentences=SENTENCES, events=[])) + "\n")
        labelling.write_sheets(labelling.argparse.Namespace(records=records, words=5, folder=self.folder))
        with open(os.path.join(self.folder, "00.txt"), encoding="utf8") as f:
            self.assertEqual(f.read().split("\n")[:2], ["## a (2024-05-17)", "[0] " + TEXT[:45]])
        sheet = os.path.join(self.folder, "01")
        with open(sheet + ".labels", "w", encoding="utf8") as f:
            f.write("## b\nE 0 | CONSULT | - | actual | new | met | The minister | - | - | -\n")
        ((document, lines),) = labelling.read_sheet(sheet)
        self.assertEqual((document["id"], [n for n, _ in lines]), ("b", [2]))

    def test_labels_of_no_article_are_named(self):
        sheet = os.path.join(self.folder, "00")
        with open(sheet + ".json", "w", encoding="utf8") as f:
            json.dump([DOCUMENT], f)
        for written, fault in (("## b\n", "no article b"), ("E 0 | ACCUSE\n", ":1: stands before the first")):
            with open(sheet + ".labels", "w", encoding="utf8") as f:
                f.write(written)
            with self.assertRaisesRegex(ValueError, fault):
                labelling.read_sheet(sheet)


if __name__ == "__main__":
    unittest.main()
