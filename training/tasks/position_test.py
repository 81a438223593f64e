# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest tasks.position_test (in training/)."""
import random
import unittest

import numpy as np
import torch

from tasks import position

TRUCE, SANCTIONS = position.ISSUES.index("ceasefire"), position.ISSUES.index("sanctions")


class Doc:
    """Words are numbered as their characters."""

    def span(self, begin, end):
        return (begin, end)


def person(name, country=None, sectors=("GOV",)):
    return dict(name=name, country=country, sectors=list(sectors))


def event(begin, *actors):
    return dict(actors=list(actors), span=[begin, begin + 1])


def held(holder, country, issue, stance):
    return dict(holder=holder, country=country, issue=issue, stance=stance)


class Bags(unittest.TestCase):
    def test_a_position_lies_with_its_holder_and_the_officials_of_its_state(self):
        gold = dict(events=[event(3, person("Norland", "NOR")), event(5, person("Ada Berg", "NOR")), event(7, person("Ulf", "NOR", ["CVL"]))],
                    statements=[dict(speaker=person("Ada Berg", "NOR"), cue_span=[9, 10], span=[11, 15])],
                    positions=[held("Norland", "NOR", "ceasefire", "for")])
        bags = position.bags_of(gold, Doc())
        self.assertEqual(bags[0], ([3], (), (2 * TRUCE,)))
        self.assertEqual(bags[1], ([5, 9, 11], (), (2 * TRUCE,)))
        self.assertEqual(bags[2], ([7], (), ()))
        self.assertEqual(bags[3], ([3, 5, 9, 11], (2 * TRUCE,), None))

    def test_a_conditional_stance_judges_neither(self):
        gold = dict(events=[event(3, person("Hill Front", "IMG"))], statements=[],
                    positions=[held("The Hill Front", "IMG", "ceasefire", "conditional")])
        self.assertEqual(position.bags_of(gold, Doc()), [([3], (), (2 * TRUCE, 2 * TRUCE + 1))])

    def test_a_holder_that_neither_acts_nor_speaks_has_no_bag(self):
        gold = dict(events=[event(3, person("Norland", "NOR"))], statements=[], positions=[held("Sula", "SUL", "ceasefire", "for")])
        self.assertEqual(position.bags_of(gold, Doc()), [([3], (), ())])


class Made(unittest.TestCase):
    def test_phrases_name_every_issue_and_carriers_turn_the_stance(self):
        book = sorted(position.phrases().items())
        self.assertEqual({key[0] for key, _ in book}, set(range(len(position.ISSUES))))
        self.assertTrue(all(things and deeds and all(things + deeds) for _, (things, deeds) in book))
        rng, turned = random.Random(1), 0
        only = [((TRUCE, 0), (["a truce"], ["end the war"]))]
        for _ in range(60):
            text, (begin, end), wanted = position.made_sentence(rng, only)
            self.assertNotIn("*", text)
            against = text[begin:end] in ("condemned", "refused", "vetoed", "rejected")
            self.assertLessEqual(against, wanted == 2 * TRUCE + 1)
            turned += wanted == 2 * TRUCE + 1
        self.assertTrue(10 < turned < 50)


class Loss(unittest.TestCase):
    def tensors(self, bags, kept=(10, 10)):
        doc = dict(bags=bags)
        c = position.TASK.collate([([(doc, 0, 10), (doc, 10, 20)], None)], [list(kept)])
        return c, {k: torch.from_numpy(v) for k, v in c.items()}

    def test_anchors_have_their_row_and_words_cut_away_are_dropped(self):
        c, _ = self.tensors([([2, 13], (2 * TRUCE,), None), ([19], (), ())], kept=(10, 8))
        self.assertEqual(list(zip(c["row"], c["at"])), [(0, 2), (1, 3)])
        self.assertEqual(c["bag"].tolist(), [0, 0])

    def test_learns_which_anchor_shows_what(self):
        torch.manual_seed(1)
        h = torch.randn(2, 10, 384)
        bags = [([2, 13], (), (2 * TRUCE,)), ([4], (), ()), ([2, 13], (2 * TRUCE,), None), ([6], (2 * SANCTIONS + 1,), ())]
        head = position.Head(384).eval()
        optimizer = torch.optim.Adam(head.parameters(), lr=3e-3)
        _, t = self.tensors(bags)
        first = None
        for _ in range(60):
            loss, _ = position.TASK.loss(head, h, t)
            first = first or loss.item()
            optimizer.zero_grad(), loss.backward(), optimizer.step()
        self.assertLess(loss.item(), first / 10)
        p, _ = position.held(head(h[0]).float())
        self.assertGreater(p[6, 2 * SANCTIONS + 1].exp(), 0.8)
        self.assertLess(p[4].exp().max(), 0.1)

    def test_written_head_is_the_trained_one(self):
        kept = {}

        class Writer:
            def add_half(self, name, array):
                kept[name] = array

            add_float = add_half
        head = position.Head(384).eval()
        position.TASK.write(Writer(), head)
        x = torch.randn(1, 384)
        logits = head(x)[0].detach().numpy()
        inner = torch.nn.functional.gelu(x @ torch.from_numpy(kept["heads.position.a.weight"]).T + torch.from_numpy(kept["heads.position.a.bias"]))
        out = (inner @ torch.from_numpy(kept["heads.position.b.weight"]).T + torch.from_numpy(kept["heads.position.b.bias"]))[0].numpy()
        n = len(position.ISSUES)
        np.testing.assert_allclose(out[:n], logits[:n], atol=1e-4)
        np.testing.assert_allclose(out[n:], logits[n:2 * n] + logits[2 * n], atol=1e-4)


if __name__ == "__main__":
    unittest.main()
