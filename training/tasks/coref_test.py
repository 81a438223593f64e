# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest tasks.coref_test (in training/)."""
import random
import unittest

import numpy as np
import torch

from tasks import coref


def document(words, mentions, scheme=coref.ONTOGUM):
    """A document of one-piece words, all lower-case words are plain; mentions [(head, first, last + 1, chain)]."""
    ids = {}
    n = len(words)
    return dict(ids=np.array([ids.setdefault(w.lower(), 10 + len(ids)) for w in words], np.uint16), first=np.arange(n + 1, dtype=np.uint32),
                shape=np.array([2 if w[0].isupper() else 1 for w in words], np.uint8),
                coref_cap=np.array([w[0].isupper() and w.lower() not in coref.PLAIN for w in words], np.uint8),
                cuts=np.array([0] + [i + 1 for i, w in enumerate(words[:-1]) if w == "."], np.uint32), breaks=np.array([0], np.uint32),
                coref={scheme: np.array(mentions, np.int16)})


WORDS = "Anna Berg met the envoy of Norland . She said that he and Berg agreed .".split()
torch.set_num_threads(1)  # tiny products: threads would only wait for each other
MENTIONS = [(0, 0, 2, 0), (4, 3, 7, 1), (8, 8, 9, 0), (11, 11, 12, 1), (13, 13, 14, 0)]


def tensors(items, lengths):
    return {k: torch.from_numpy(v) for k, v in coref.collate(items, lengths).items()}


class Reading(unittest.TestCase):
    def row(self, i, form, parent, deprel, entity="_"):
        return [str(i), form, "_", "_", "_", "_", str(parent), deprel, "_", "Entity=" + entity if entity != "_" else "_"]

    def test_entities_nest_and_repeat(self):
        marks = ["(3(4)", "_", "4)", "3)", "(4(4-person)4)"]
        rows = [self.row(i + 1, "x", 0, "root", m) for i, m in enumerate(marks)]
        self.assertEqual(coref.entities(rows), [("4", 0, 0), ("3", 0, 3), ("4", 4, 4), ("4", 4, 4)])

    def test_head_of_a_coordination_is_its_conjunction(self):
        rows = [self.row(1, "Oslo", 4, "nsubj"), self.row(2, "and", 3, "cc"), self.row(3, "Rome", 1, "conj"), self.row(4, "agree", 0, "root")]
        offsets = [0] * 4
        self.assertEqual(coref.head_row(rows, offsets, 0, 2), 1)
        self.assertEqual(coref.head_row(rows, offsets, 0, 0), 0)
        self.assertEqual(coref.head_row(rows, offsets, 2, 2), 2)

    def test_one_mention_a_head_the_longer_chain_stands(self):
        class Doc:
            n, words, text, data = 0, [], "", {}
        mentions = [(2, 1, 4, 0), (2, 2, 3, 1), (5, 5, 6, 1), (8, 8, 9, 1), (9, 9, 10, 0)]
        self.assertEqual(coref.finish(Doc(), {0: mentions})["coref"][0].tolist(), [[2, 2, 3, 1], [5, 5, 6, 1], [8, 8, 9, 1], [9, 9, 10, 0]])


class Likeness(unittest.TestCase):
    def of(self, words, i, j):
        d = coref.describe(document(words.split(), []), 0, len(words.split()))
        get = lambda k: [torch.from_numpy(d[k][w][None].copy()) for w in (i, j)]
        return int(coref.likeness(*get("same"), *get("before"), *get("run")))

    def test_heads(self):
        self.assertEqual(self.of("one plan . a leader", 4, 1), 0)
        self.assertEqual(self.of("one plan . a plan", 4, 1), 5)
        self.assertEqual(self.of("one plan . one plan", 4, 1), 10)

    def test_names(self):
        self.assertEqual(self.of("with Anna Berg met Ole Ness", 4, 1), 1)    # nothing shared
        self.assertEqual(self.of("with Anna Berg met Anna Ness", 4, 1), 7)   # same head, a word shared
        self.assertEqual(self.of("with Anna Berg met Berg", 4, 1), 3)        # last word shared
        self.assertEqual(self.of("with Anna Berg met Anna Berg", 4, 1), 9)   # all, but other words before
        self.assertEqual(self.of("the Plan met the Plan", 4, 1), 14)


class Tensors(unittest.TestCase):
    def test_rows_of_two_documents_and_a_cut_window(self):
        a, b = document(WORDS, MENTIONS), document("It is . It was".split(), [(0, 0, 1, 0), (3, 3, 4, 0)], coref.TNE)
        t = coref.collate([([(a, 0, 8), (a, 8, 16), (b, 0, 5)], None)], [[7, 8, 5]])  # the eighth word is cut off
        self.assertEqual(t["row"][0].tolist(), [0] * 7 + [1] * 8)
        self.assertEqual(t["at"][0].tolist(), [*range(7), *range(8)])
        self.assertEqual(t["row"][1].tolist(), [2] * 5 + [-1] * 10)
        self.assertEqual(t["scheme"].tolist(), [coref.ONTOGUM, coref.TNE])
        self.assertEqual(t["chain"][0].nonzero()[0].tolist(), [i for i in range(15)])
        self.assertEqual({w: int(c) for w, c in enumerate(t["chain"][0]) if c >= 0}, {0: 1, 4: 2, 7: 1, 10: 2, 12: 1})
        self.assertEqual([(int(t["first"][0][w]), int(t["last"][0][w])) for w in (0, 4, 7)], [(0, 1), (1, 2), (0, 0)])
        self.assertEqual(t["segment"][0].tolist(), [1] * 7 + [2] * 8)

    def test_items_hold_all_windows_once(self):
        docs = [document(WORDS * 5, []) for _ in range(3)]
        for make in (coref.stretches, coref.bundles):
            items = make(docs, random.Random(1), 10, 100 if make is coref.bundles else 4)
            seen = [(id(d), w) for windows, _ in items for d, a, b in windows for w in range(a, b)]
            self.assertEqual(len(seen), len(set(seen)))
            self.assertEqual(len(seen), 3 * 5 * len(WORDS))


class Learning(unittest.TestCase):
    def test_a_document_is_learned_and_read_back(self):
        torch.manual_seed(1)
        doc = document(WORDS, MENTIONS)
        h = torch.randn(2, 8, 64)
        item = [([(doc, 0, 8), (doc, 8, 16)], None)]
        t = tensors(item, [[8, 8]])
        head = coref.Head(64)
        optimizer = torch.optim.Adam(head.parameters(), 3e-3)
        for _ in range(80):
            loss, parts = coref.loss(head, h, t)
            optimizer.zero_grad(), loss.backward(), optimizer.step()
        self.assertEqual(set(parts), {"mention", "link", "reach"})
        head.eval()
        chains = coref.predict(head, h.reshape(16, 64), doc, coref.ONTOGUM)
        self.assertEqual(sorted(sorted(c) for c in chains), sorted(sorted(c) for c in coref.gold_chains(doc, coref.ONTOGUM)))

    def test_names_of_a_pronoun_are_learned(self):
        torch.manual_seed(1)
        doc = document(WORDS, [])
        doc |= dict(coref={}, gap=np.array([8, 0, 13, 1], np.int16))
        h = torch.randn(1, 16, 64)
        t = tensors([([(doc, 0, 16)], None)], [[16]])
        self.assertEqual(t["gap"].tolist(), [[0, 8, 0, 13, 1]])
        head = coref.Head(64)
        optimizer = torch.optim.Adam(head.parameters(), 3e-3)
        first = None
        for _ in range(40):
            loss, _ = coref.loss(head, h, t)
            first = first or loss.item()
            optimizer.zero_grad(), loss.backward(), optimizer.step()
        self.assertLess(loss.item(), 0.2 * first)


if __name__ == "__main__":
    unittest.main()
