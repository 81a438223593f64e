#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the joining of reports against ECB+: tools/story_eval.py STORY_EVAL ECBPLUS_FOLDER/PART...

Mentions of events are those of the gold (inside and across documents, all topics of the part together, singletons kept);
types, dates and parties are not given, so this measures texts and words alone. PART holds ecbplus_corpus-PART.txt and
ecbplus_event_gold_mentions-PART.json. Printed: MUC, B3, CEAF-e (precision, recall, F1) and CoNLL F1, and below them those
of the baseline that joins what has the same stem anywhere. Needs scipy.
"""
import collections
import json
import pathlib
import subprocess
import sys

import numpy
from scipy.optimize import linear_sum_assignment


def read(part):
    folder = pathlib.Path(part)
    sentences = collections.defaultdict(list)
    for line in (folder / f"ecbplus_corpus-{folder.name}.txt").read_text(encoding="utf8").splitlines():
        fields = line.split("\t")
        if len(fields) >= 4:
            sentences[fields[0], int(fields[1])].append(fields[3])
    mentions = json.loads((folder / f"ecbplus_event_gold_mentions-{folder.name}.json").read_text(encoding="utf8"))
    return {key: " ".join(words) for key, words in sentences.items()}, mentions


def joined(program, sentences, mentions):
    """The story of each mention."""
    texts = collections.defaultdict(list)
    for (document, _), text in sorted(sentences.items()):
        texts[document].append(text)
    lines = [f"D\t{document}\t{' '.join(text)}" for document, text in texts.items()]
    lines += [f"M\t{m['doc_id']}\t{m['tokens_str']}\t{sentences[m['doc_id'], m['sent_id']]}" for m in mentions]
    done = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return done.stdout.split()


def groups(labels):
    members = collections.defaultdict(set)
    for i, label in enumerate(labels):
        members[label].add(i)
    return list(members.values())


def f1(precision, recall):
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold, ours):
    def part(of, by):
        found = sum(len(g) - len({by[i] for i in g}) for g in groups(of))
        wanted = sum(len(g) - 1 for g in groups(of))
        return found / wanted if wanted else 0.0
    return f1(part(ours, gold), part(gold, ours))


def b_cubed(gold, ours):
    def part(of, by):
        same = collections.Counter(zip(of, by))
        size = collections.Counter(of)
        return sum(same[pair] / size[pair[0]] for pair in zip(of, by)) / len(of)
    return f1(part(ours, gold), part(gold, ours))


def ceaf_e(gold, ours):
    wanted, found = groups(gold), groups(ours)
    likeness = numpy.zeros((len(wanted), len(found)))
    place = {i: k for k, group in enumerate(found) for i in group}
    for row, group in enumerate(wanted):
        for k in {place[i] for i in group}:
            likeness[row, k] = 2 * len(group & found[k]) / (len(group) + len(found[k]))
    total = likeness[linear_sum_assignment(-likeness)].sum()
    return f1(total / len(found), total / len(wanted))


def report(name, gold, ours):
    scores = [muc(gold, ours), b_cubed(gold, ours), ceaf_e(gold, ours)]
    told = "  ".join(f"{metric} {p:.3f} {r:.3f} {f:.3f}" for metric, (p, r, f) in zip(("MUC", "B3", "CEAF-e"), scores))
    print(f"{name:10} {told}  CoNLL {sum(f for _, _, f in scores) / 3:.3f}")


def same_stem(program, mentions):
    """The baseline: all mentions in one sentence of one document, so that the stems alone tell them apart."""
    lines = ["D\tx\tx"] + [f"M\tx\t{m['tokens_str']}\tx" for m in mentions]
    done = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return done.stdout.split()


def main(program, *parts):
    for part in parts:
        sentences, mentions = read(part)
        gold = [mention["coref_chain"] for mention in mentions]
        print(f"{part}: {len(mentions)} mentions, {len(set(gold))} events")
        report("joined", gold, joined(program, sentences, mentions))
        report("same stem", gold, same_stem(program, mentions))


if __name__ == "__main__":
    main(*sys.argv[1:])
