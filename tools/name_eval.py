#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores who names are linked to: tools/name_eval.py NAME_EVAL DATA CORPUS.jsonl... [--errors N]

CORPUS is News-Fair's or Wiki-Fair's file without coreference, a text a line, the names labelled with what an encyclopedia
calls them. Spans and kinds are the gold's. Counted are the names that are labelled with an item and not optional, in the
stretch that was labelled. Printed: how many of them the knowledge has a row of, by what they are called; how many of
those are linked to such a row; and of all names the share linked to one. The date of News-Fair's texts is in their titles.
"""
import argparse
import collections
import json
import re
import subprocess

KINDS = {"Q215627": "person", "Q5": "person", "Q95074": "person", "Q27096213": "place", "Q43229": "organization"}


def labels(article):
    begin, end = article.get("evaluation_span") or (0, len(article["text"]))
    for label in article["labels"]:
        if label["entity_id"].startswith("Q") and label["entity_id"][1:].isdigit() and not label.get("optional") \
                and not label.get("coref") and begin <= label["span"][0] and label["span"][1] <= end:
            kind = next((KINDS[part] for part in label["type"].split("|") if part in KINDS), "organization")
            yield *label["span"], kind, " ".join(label["name"].split())


def given(article, names):
    text = article["text"]
    date = re.match(r"(\d{4})(\d\d)(\d\d) ", article.get("title") or "")
    lines = [f"{len(names)} {len(text.encode())} {'-'.join(date.groups()) if date else '-'}"]
    lines += [f"{len(text[:b].encode())} {len(text[:e].encode())} {kind} {gold}" for b, e, kind, gold in names]
    return "\n".join(lines).encode() + b"\n" + text.encode() + b"\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("data")
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    for path in args.corpora:
        texts, phrases = b"", []
        for line in open(path, encoding="utf8"):
            article = json.loads(line)
            names = sorted(labels(article))
            names = [name for k, name in enumerate(names) if k == 0 or names[k - 1][1] <= name[0]]
            phrases += [(article["text"][b:e], gold) for b, e, _, gold in names]
            texts += given(article, names)
        out = subprocess.run([args.program, args.data], input=texts, capture_output=True, check=True).stdout.decode()
        held = right = 0
        wrong = collections.Counter()
        for (phrase, gold), line in zip(phrases, out.split("\n")):
            known, verdict, linked = line.split(" ", 2)
            held += known == "held"
            right += verdict == "right"
            if known == "held" and verdict != "right":
                wrong[phrase, gold, linked] += 1
        for error, times in wrong.most_common(args.errors):
            print(times, *error, sep="  ")
        print(f"{path.rsplit('/', 1)[-1]}: {len(phrases)} names, {held} held ({held / len(phrases):.3f}); "
              f"of these linked rightly {right / held:.3f}; of all {right / len(phrases):.3f}")


if __name__ == "__main__":
    main()
