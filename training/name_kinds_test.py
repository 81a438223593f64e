# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest name_kinds_test (in training/)."""
import json
import os
import tempfile
import unittest

import name_kinds


def name(begin, end, read, kind, **seen):
    return dict(span=[begin, end], read=read, kind=kind, seen=seen)


class Kinds(unittest.TestCase):
    def test_hits_are_names_of_span_and_kind(self):
        docs = [({(0, 4): "place", (9, 12): "person"}, [name(0, 4, "person", "place"), name(9, 11, "person", "person")])]
        self.assertEqual(name_kinds.hits(docs, lambda n: n["kind"]), dict(tp=1, coded=2, gold=2))
        self.assertEqual(name_kinds.hits(docs, lambda n: n["read"]), dict(tp=0, coded=2, gold=2))
        self.assertEqual(name_kinds.hits(docs, lambda n: None), dict(tp=0, coded=0, gold=2))

    def test_learns_what_speaks_for_a_kind(self):
        town = [(dict(base=1, town=1), "place", 1.0)] * 12
        others = [(dict(base=1), "person", 1.0)] * 12 + [(dict(base=1, rare=1), "person", 1.0)] * 3
        weights = name_kinds.fit(town + others)
        self.assertEqual(weights.names, ["base", "town"])  # `rare` is seen too seldom
        self.assertEqual(weights.kind(dict(seen=dict(base=1, town=1))), "place")
        self.assertEqual(weights.kind(dict(seen=dict(base=1, unheard=1))), "person")

    def test_texts_and_what_was_seen_belong_together(self):
        with tempfile.TemporaryDirectory() as folder:
            for end, lines in ((".jsonl", [dict(text="Oslo", names=[[0, 4, "place"]])]), (".seen.jsonl", [dict(names=[name(0, 4, "place", "place")])] * 2)):
                with open(os.path.join(folder, "x" + end), "w", encoding="utf8") as out:
                    out.writelines(json.dumps(line) + "\n" for line in lines)
            with self.assertRaises(ValueError):
                name_kinds.read(folder, "x")


if __name__ == "__main__":
    unittest.main()
