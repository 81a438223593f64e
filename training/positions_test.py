# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest positions_test (in training/)."""
import os
import tempfile
import unittest

import numpy as np

import positions

TABLES = os.path.join(positions.ROOT, "data", "coding", "positions")


def person(name, country=None, *sectors):
    return dict(name=name, country=country, sectors=list(sectors))


def article(text, trigger, theme, actor, type_="REQUEST"):
    at = lambda words: [text.index(words), text.index(words) + len(words)]
    event = dict(type=type_, status="actual", historical=False, modes=[], span=at(trigger), theme=at(theme), sentence=[0, len(text)],
                 actors=[actor], recipients=[])
    return dict(text=text, events=[event], statements=[])


class Words(unittest.TestCase):
    def test_stems_are_short_and_of_content_words(self):
        self.assertEqual(positions.stems("The ministers said 12 countries' cease-fires were broken."),
                         ["minist", "countr", "cease", "fire", "broken"])
        self.assertEqual(positions.stems("los niños águilas"), ["los", "niño", "águil"])

    def test_words_beside_the_act_weigh_less(self):
        deed = positions.Deed("AID", "sent food", "Norland sent food", 0)
        self.assertEqual(deed.words, {"sent": 1.0, "food": 1.0, "sent_food": 1.0, "norlan": positions.BESIDE, "norlan_sent": positions.BESIDE})


class Holders(unittest.TestCase):
    def test_officials_of_a_state_are_one_holder(self):
        gold = article("Norland asked for aid.", "asked", "aid", person("Norland", "NOR", "GOV"))
        gold["statements"] = [dict(span=[0, 7], speaker=person("Ada Berg", "NOR", "GOV")), dict(span=[0, 7], speaker=person("Ulf", "NOR", "CVL"))]
        found = positions.holders_of(gold)
        self.assertEqual([(h.official, len(h.deeds)) for h in found], [(True, 2), (False, 1)])
        self.assertEqual(positions.bearer(dict(holder="The Norland", country="NOR"), found), 0)
        self.assertEqual(positions.bearer(dict(holder="Ulf", country="NOR"), found), 1)
        self.assertIsNone(positions.bearer(dict(holder="Sudria", country="SDN"), found))


class Tables(unittest.TestCase):
    def test_written_tables_decide_as_those_read(self):
        model = positions.read(TABLES)
        with tempfile.TemporaryDirectory() as folder:
            positions.write(model, folder)
            for name in ("words.tsv", "choice.tsv", "stance.tsv"):
                with open(os.path.join(folder, name), encoding="utf8") as ours, open(os.path.join(TABLES, name), encoding="utf8") as theirs:
                    self.assertEqual(ours.read(), theirs.read(), name)

    def test_a_call_for_a_ceasefire_is_a_position(self):
        model = positions.read(TABLES)
        gold = article("Norland called on Sudria to agree to an immediate ceasefire.", "called on", "to agree to an immediate ceasefire",
                       person("Norland", "NOR", "GOV"))
        found = model.positions(positions.Article(gold))
        self.assertIn((0, positions.ISSUES.index("ceasefire"), "for"), found)

    def test_ranks_take_the_first_of_equals(self):
        np.testing.assert_array_equal(positions.ranks(np.array([1.0, 2.0, 2.0, 0.0])), [[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]])


if __name__ == "__main__":
    unittest.main()
