# SPDX-License-Identifier: Apache-2.0
"""Coreference scores: MUC, B-cubed, CEAF-e and their mean, the CoNLL F1.

A document is two lists of chains, a chain is a collection of mentions, a mention anything hashable (a span).
Counts are added over documents before precision and recall are taken, as the CoNLL-2012 scorer does. As there, a
mention stands in one chain only; the first stands.
"""
import numpy as np
from scipy.optimize import linear_sum_assignment

MEASURES = ("muc", "b3", "ceafe")


def disjoint(chains):
    """Chains as sets; a mention that an earlier chain has is left out, empty chains too."""
    seen, out = set(), []
    for chain in chains:
        chain = set(chain) - seen
        if chain:
            seen |= chain
            out.append(chain)
    return out


def chain_of(chains):
    return {mention: i for i, chain in enumerate(chains) for mention in chain}


def muc(chains, others):
    """(hits, total) of links of `chains` that `others` also make: recall if `others` is the answer."""
    where, hits, total = chain_of(others), 0, 0
    for chain in chains:
        total += len(chain) - 1
        parts = {where[m] for m in chain if m in where}
        hits += len(chain) - len(parts) - sum(m not in where for m in chain)
    return hits, total


def b3(chains, others):
    where, hits, total = chain_of(others), 0.0, 0
    for chain in chains:
        total += len(chain)
        shared = {}
        for m in chain:
            if m in where:
                shared[where[m]] = shared.get(where[m], 0) + 1
        hits += sum(n * n for n in shared.values()) / len(chain)
    return hits, total


def ceafe(chains, others):
    """Both sides at once: (similarity of the best one-to-one pairing, chains, other chains)."""
    if not chains or not others:
        return 0.0, len(chains), len(others)
    similarity = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in others] for a in chains])
    rows, columns = linear_sum_assignment(-similarity)
    return float(similarity[rows, columns].sum()), len(chains), len(others)


class Scorer:
    def __init__(self):
        self.counts = {m: [0.0, 0.0, 0.0, 0.0] for m in MEASURES}  # hits, total of gold; hits, total of answer
        self.mentions = [0, 0, 0]  # shared, gold, answer

    def add(self, gold, answer):
        gold, answer = disjoint(gold), disjoint(answer)
        for name, measure in (("muc", muc), ("b3", b3)):
            self._count(name, *measure(gold, answer), *measure(answer, gold))
        hits, n_gold, n_answer = ceafe(gold, answer)
        self._count("ceafe", hits, n_gold, hits, n_answer)
        g, a = set(chain_of(gold)), set(chain_of(answer))
        for i, n in enumerate((len(g & a), len(g), len(a))):
            self.mentions[i] += n

    def _count(self, name, *values):
        for i, v in enumerate(values):
            self.counts[name][i] += v

    def scores(self):
        """{muc, b3, ceafe, conll, mentions}: F1 of each, in 0..1."""
        out = {}
        for name, (hit_r, total_r, hit_p, total_p) in self.counts.items():
            out[name] = f1(hit_p / total_p if total_p else 0.0, hit_r / total_r if total_r else 0.0)
        out["conll"] = sum(out[m] for m in MEASURES) / len(MEASURES)
        shared, gold, answer = self.mentions
        out["mentions"] = f1(shared / answer if answer else 0.0, shared / gold if gold else 0.0)
        return out


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
