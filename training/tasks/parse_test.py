# SPDX-License-Identifier: Apache-2.0
"""Tests of parse.py: python -m unittest tasks.parse_test, in training/."""
import itertools
import os
import tempfile
import unittest

import numpy as np
import torch

import labels
from tasks import parse
from text import Tokenizer

VOCAB = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../models/reader/vocab.txt")
TREEBANK = """# newdoc id = a
# newpar
# sent_id = a-1
# text = The envoys don't meet here.
1	The	the	DET	DT	Definite=Def|PronType=Art	2	det	_	_
2	envoys	envoy	NOUN	NNS	Number=Plur	5	nsubj	_	_
3-4	don't	_	_	_	_	_	_	_	_
3	do	do	AUX	VBP	Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin	5	aux	_	_
4	n't	not	PART	RB	Polarity=Neg	5	advmod	_	_
5	meet	meet	VERB	VB	VerbForm=Inf	0	root	_	_
6	here	here	ADV	RB	PronType=Dem	5	advmod	_	_
7	.	.	PUNCT	.	_	5	punct	_	_

# sent_id = a-2
# text = They cannot wait 3.5 days.
1	They	they	PRON	PRP	Case=Nom|Number=Plur|Person=3|PronType=Prs	4	nsubj	_	_
2-3	cannot	_	_	_	_	_	_	_	_
2	can	can	AUX	MD	VerbForm=Fin	4	aux	_	_
3	not	not	PART	RB	Polarity=Neg	4	advmod	_	_
4	wait	wait	VERB	VB	VerbForm=Inf	0	root	_	_
5	3.5	3.5	NUM	CD	NumForm=Digit|NumType=Card	6	nummod	_	_
6	days	day	NOUN	NNS	Number=Plur	4	obl:unmarked	_	_
7	.	.	PUNCT	.	_	4	punct	_	_

"""


def treebank():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.conllu")
        with open(path, "w", encoding="utf8") as f:
            f.write(TREEBANK)
        return parse.sentences(path)


def best_tree(scores):
    """Among all trees with one root, by trying every choice of heads."""
    n = len(scores)
    best, found = -np.inf, None
    for heads in itertools.product(range(n + 1), repeat=n):
        total = sum(scores[i, h] for i, h in enumerate(heads))
        if total > best and heads.count(0) == 1 and parse.find_cycle([0, *heads]) is None:
            best, found = total, heads
    return found


class Lemmas(unittest.TestCase):
    def test_scripts_make_the_lemma_again(self):
        for form, lemma in (("envoys", "envoy"), ("WAS", "be"), ("Talks", "talk"), ("Turks", "Turk"), ("PARIS", "Paris"), ("men", "man")):
            self.assertEqual(parse.lemma_of(form, parse.lemma_script(form, lemma)), lemma)

    def test_scripts_that_take_off_too_much_do_not_apply(self):
        self.assertIsNone(parse.lemma_of("a", "l3+be"))
        self.assertIsNone(parse.lemma_of("as", "l2+"))
        self.assertEqual(parse.lemma_of("as", "l2+be"), "be")


class Trees(unittest.TestCase):
    def test_best_tree_with_one_root(self):
        source = np.random.default_rng(7)
        for n in (1, 2, 3, 4):
            for _ in range(12):
                scores = source.normal(size=(n, n + 1))
                scores[:, 0] += source.choice([-3, 0, 3])  # no root, some, several
                scores[np.arange(n), np.arange(n) + 1] = -np.inf
                self.assertEqual(tuple(parse.tree(scores)), best_tree(scores))


class Documents(unittest.TestCase):
    def setUp(self):
        self.doc = parse.labelled(Tokenizer(VOCAB), "test", treebank()[0])

    def test_tokens_stand_at_the_first_word_that_begins_in_them(self):
        # The envoys don ' t meet here . They can not wait 3 . 5 days .
        self.assertEqual(self.doc["join"].tolist(), [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0])
        self.assertEqual(self.doc["cuts"].tolist(), [0, 8])
        heads = [None if a == parse.NO_HEAD else 0 if a == 0 else w + a for w, a in enumerate(self.doc["arc"].tolist())]
        self.assertEqual(heads, [1, 5, 5, 5, None, 0, 5, 5, 11, 11, 11, 0, 15, None, None, 11, 11])

    def test_collated_columns_and_a_head_learn_them(self):
        window = (self.doc, 0, len(self.doc["shape"]))
        tensors = {k: torch.from_numpy(v) for k, v in parse.TASK.collate([([window, (self.doc, 8, 17)], None)], [[17, 9]]).items()}
        self.assertEqual(tensors["parse.arc"].tolist()[1], [4, 4, 4, 0, 8, -1, -1, 4, 4] + [-1] * 8)
        torch.manual_seed(3), torch.set_num_threads(1)
        h, head = torch.randn(2, 17, 32), parse.Head(32)
        opt = torch.optim.Adam(head.parameters(), lr=1e-2)
        for _ in range(25):
            loss, _ = parse.TASK.loss(head, h, tensors)
            opt.zero_grad(), loss.backward(), opt.step()
        head.eval()
        words = [w for w in range(8) if self.doc["join"][w] == 0]
        self.assertEqual(parse.parse(head, h[0], words), [(1, "det"), (5, "nsubj"), (5, "aux"), (5, "advmod"), (-1, "root"), (5, "advmod"), (5, "punct")])
        lemma = parse.decode_lemma("envoys", "NOUN", head.tags(h[0, 1])["lemma"].detach().numpy())
        self.assertEqual(lemma, "envoy")
        for form, tag, known in (("Met", "VERB", "meet"), ("had", "AUX", "have"), ("women", "NOUN", "woman")):
            self.assertEqual(parse.decode_lemma(form, tag, None), known)


class Rules(unittest.TestCase):
    """src/language/tree_rules_test.cc has the same cases by small lists of relations."""

    def chosen(self, heads, told):
        scores = torch.zeros(len(heads), len(labels.RELATIONS))
        for word, relation, score in told:
            scores[word, labels.RELATIONS.index(relation)] = score
        return [labels.RELATIONS[r] if head else "root" for head, r in zip(heads, parse.relations_of(np.array(heads), scores))]

    def test_a_head_has_one_subject_and_one_object(self):
        self.assertEqual(self.chosen([2, 0, 2], [(0, "nsubj", 5), (0, "obl", 4), (2, "nsubj:pass", 9), (2, "obj", 1)]), ["obl", "root", "nsubj:pass"])
        self.assertEqual(self.chosen([2, 0, 2], [(0, "nsubj", 5), (2, "nsubj:outer", 9)]), ["nsubj", "root", "nsubj:outer"])
        self.assertEqual(self.chosen([2, 0, 2, 2], [(0, "nsubj", 9), (2, "nsubj", 3), (2, "obj", 2), (2, "obl", 1), (3, "obj", 9)]),
                         ["nsubj", "root", "obl", "obj"])

    def test_marks_cross_nothing(self):
        mark, word = parse.PUNCTUATION, labels.RELATIONS.index("obl")
        arcs = np.zeros((4, 5))
        arcs[1] = 0, 0, 0, 1, 9
        heads = np.array([3, 4, 0, 3])
        parse.settle_punctuation(arcs, [word, mark, word, word], heads)
        self.assertEqual(heads.tolist(), [3, 3, 0, 3])
        heads = np.array([3, 4, 0, 3])
        parse.settle_punctuation(arcs, [word, word, word, word], heads)
        self.assertEqual(heads.tolist(), [3, 4, 0, 3])


if __name__ == "__main__":
    unittest.main()
