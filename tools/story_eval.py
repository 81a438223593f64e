#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the joining of reports against ECB+: tools/story_eval.py STORY_EVAL ECBPLUS_FOLDER/PART...

Mentions of events are those of the gold (inside and across documents, all topics of the part together, singletons
kept); types, dates and parties are not given, so this measures texts and words alone. PART holds
ecbplus_corpus-PART.txt (the annotated sentences, 1.8 of an article), ecbplus_event_gold_mentions-PART.json and the
folder ecbplus, from which the whole articles are taken: how alike two are is measured on those, as in a store. Printed:
MUC, B3, CEAF-e (precision, recall, F1) and CoNLL F1, and below them those of the baseline that joins what has the same
stem anywhere (head lemma). Needs scipy.
"""
import collections
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

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
    articles = folder / "ecbplus"
    texts = {name: article(articles / name.split("_")[0] / f"{name}.xml") for name in {key[0] for key in sentences}}
    return {key: " ".join(words) for key, words in sentences.items()}, texts, mentions


def article(path):
    """The text without the address that some begin with."""
    sentences = collections.defaultdict(list)
    for token in xml.etree.ElementTree.parse(path).getroot().iter("token"):
        sentences[int(token.get("sentence"))].append((token.text or "").strip())
    lines = [" ".join(words) for _, words in sorted(sentences.items())]
    return " ".join(lines[1:] if lines[0].startswith("http") else lines)


def joined(program, sentences, texts, mentions):
    """The story of each mention."""
    lines = [f"D\t{document}\t{text}" for document, text in texts.items()]
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
    """The baseline: the last word of each, its ending taken off."""
    lines = ["D\tx\tx"] + [f"M\tx\t{m['tokens_str']}\tx" for m in mentions]
    text = "\n".join(lines) + "\n"
    done = subprocess.run([program, "--stems"], input=text, capture_output=True, text=True, check=True)
    return done.stdout.split()


def main(program, *parts):
    for part in parts:
        sentences, texts, mentions = read(part)
        gold = [mention["coref_chain"] for mention in mentions]
        print(f"{part}: {len(mentions)} mentions, {len(set(gold))} events")
        report("joined", gold, joined(program, sentences, texts, mentions))
        report("same stem", gold, same_stem(program, mentions))


if __name__ == "__main__":
    main(*sys.argv[1:])
