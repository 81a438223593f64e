# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest overlap_test (in training/)."""
import json
import os
import tempfile
import unittest

import numpy as np

import overlap

TEXT = "The two ministers met in the capital on Monday and signed a treaty on the border river."


class Overlap(unittest.TestCase):
    def test_case_and_signs_do_not_count(self):
        known = np.sort(overlap.passages(TEXT))
        self.assertEqual(overlap.shared("\u201c" + TEXT.upper().replace(" ", " , ") + "\u201d", known), len(known))

    def test_order_of_words_counts(self):
        known = np.sort(overlap.passages(TEXT))
        self.assertEqual(overlap.shared(" ".join(reversed(TEXT.split())), known), 0)

    def test_short_texts_have_no_passage(self):
        self.assertEqual(overlap.shared("Nine words are too few to make a passage", np.sort(overlap.passages(TEXT))), 0)

    def test_the_forms_of_files(self):
        words = TEXT.rstrip(".").split()
        forms = {
            "a.jsonl": json.dumps(dict(sentences=[words], id="x")) + "\n",
            "a.json": json.dumps([dict(text=TEXT)]),
            "a.xml": "<d>" + "".join(f"<token n='1'>{w}</token>\n" for w in words) + "</d>",
            "a.conllu": "# text = x\n" + "".join(f"{i}\t{w}\tlemma\tNOUN\n" for i, w in enumerate(words, 1)),
            "a.tsv": "".join(f"{w}\tO\n" for w in words),
            "b.tsv": "1\tAGREE\t" + TEXT.replace("The two ministers", "<s>The two ministers</s>") + "\n",
        }
        expected = set(overlap.passages(TEXT).tolist())
        with tempfile.TemporaryDirectory() as folder:
            for name, content in forms.items():
                path = os.path.join(folder, name)
                with open(path, "w", encoding="utf8") as f:
                    f.write(content)
                found = {h for text in overlap.texts_of(path) for h in overlap.passages(text).tolist()}
                self.assertLessEqual(expected, found, name)


if __name__ == "__main__":
    unittest.main()
