# SPDX-License-Identifier: Apache-2.0
"""Cases with known answers. Run: python3 -m unittest coref_score_test (in training/)."""
import unittest

from coref_score import Scorer


def scores(gold, answer):
    s = Scorer()
    s.add([c.split() for c in gold], [c.split() for c in answer])
    return s, s.scores()


def pr(scorer, name):
    hit_r, total_r, hit_p, total_p = scorer.counts[name]
    return round(hit_r / total_r, 4), round(hit_p / total_p, 4)


class CorefScore(unittest.TestCase):
    def test_same_chains_are_right(self):
        _, s = scores(["a b c", "d e"], ["d e", "c b a"])
        self.assertEqual([round(v, 6) for v in s.values()], [1.0] * 5)

    def test_no_answer_is_nothing(self):
        _, s = scores(["a b"], [])
        self.assertEqual(set(s.values()), {0.0})

    # Chains ABC and DEFG, a chain split and one moved: the worked example of the reference scorer's data
    # (Luo 2005; Recasens and Hovy 2011): gold {abc}{defg}, answer {ab}{cd}{fghi}.
    def test_worked_example(self):
        scorer, s = scores(["a b c", "d e f g"], ["a b", "c d", "f g h i"])
        self.assertEqual(pr(scorer, "muc"), (0.4, 0.4))
        self.assertEqual(pr(scorer, "b3"), (0.4167, 0.5))
        self.assertEqual(pr(scorer, "ceafe"), (0.65, 0.4333))
        self.assertAlmostEqual(s["muc"], 0.4)
        self.assertAlmostEqual(s["b3"], 2 * 0.5 * 5 / 12 / (0.5 + 5 / 12))
        self.assertAlmostEqual(s["ceafe"], 0.52)
        self.assertAlmostEqual(s["conll"], (s["muc"] + s["b3"] + s["ceafe"]) / 3)
        self.assertAlmostEqual(s["mentions"], 2 * 6 / (7 + 8))

    # One chain joined to another: MUC's recall stays whole, its precision loses a link; {12345}{67}{89ABC}
    # against {12345}{6789ABC} of the MUC-6 paper's figures (Vilain et al. 1995, Bagga and Baldwin 1998).
    def test_joined_chains(self):
        scorer, _ = scores(["1 2 3 4 5", "6 7", "8 9 A B C"], ["1 2 3 4 5", "6 7 8 9 A B C"])
        self.assertEqual(pr(scorer, "muc"), (1.0, 0.9))
        self.assertEqual(pr(scorer, "b3"), (1.0, 0.7619))

    def test_a_mention_stands_in_one_chain(self):
        _, s = scores(["a b", "c d"], ["a b", "b c d"])
        self.assertAlmostEqual(s["conll"], 1.0)

    def test_counts_are_added_over_documents(self):
        s = Scorer()
        s.add([["a", "b"]], [["a", "b"]])
        s.add([["a", "b", "c", "d"]], [])
        self.assertAlmostEqual(s.scores()["muc"], 0.4)  # recall 1/4, precision 1


if __name__ == "__main__":
    unittest.main()
