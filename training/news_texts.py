# SPDX-License-Identifier: Apache-2.0
"""Running text for masked words and distillation: train parts only, tiers A, B and C* only, nothing that overlaps what is measured on.

    news_texts.py --corpora DIR --gold DIR      prints what each set holds
"""
import argparse
import csv
import glob
import html
import json
import os
import re

import overlap
from spacing import untokenised


def _json_texts(path):
    with open(path, encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _meantime(path):
    """Title and date line are blocks of their own."""
    with open(path, encoding="utf8") as lines:
        for line in lines:
            sentences = [untokenised(s)[0] for s in json.loads(line)["sentences"]]
            yield "\n\n".join([*sentences[:2], " ".join(sentences[2:])])


def _geovirus(path):
    with open(path, encoding="utf8") as f:
        for text in re.findall(r"<text>(.*?)</text>", f.read(), re.S):
            yield html.unescape(text)


def _wikiwars(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.xml"))):
        with open(path, encoding="utf8") as f:
            text = re.search(r"<TEXT>(.*)</TEXT>", f.read(), re.S).group(1)
        yield html.unescape(re.sub(r"</?TIMEX2[^>]*>", "", text)).strip()


def _qanom(path):
    """The Wikinews sentences, those of a paragraph together."""
    paragraphs = {}
    with open(path, encoding="utf8", newline="") as f:
        for row in csv.DictReader(f):
            _, source, article, paragraph, sentence = row["qasrl_id"].split(":")
            if source == "wikinews":
                paragraphs.setdefault((int(article), int(paragraph)), {})[int(sentence)] = row["sentence"]
    for _, sentences in sorted(paragraphs.items()):
        plain = (s.replace("``", "\u201c").replace("''", "\u201d").replace("-LRB-", "(").replace("-RRB-", ")") for _, s in sorted(sentences.items()))
        yield " ".join(untokenised(s.split())[0] for s in plain)


def _directed_sentiment(path):
    seen = set()
    with open(path, encoding="utf8") as lines:
        for line in lines:
            text = re.sub(r"[\[\]]", "", line.split("\t")[0])
            if text not in seen:
                seen.add(text)
                yield text


SOURCES = (  # name, tier, reader of (corpora, gold)
    ("gold texts (Wikinews)", "A", lambda c, g: _json_texts(os.path.join(g, "texts.jsonl"))),
    ("TNE", "A", lambda c, g: _json_texts(os.path.join(c, "coref/train/tne-train.jsonl"))),
    ("GeoVirus (Wikinews)", "A", lambda c, g: _geovirus(os.path.join(c, "linking/train/geovirus.xml"))),
    ("MEANTIME (Wikinews)", "A", lambda c, g: _meantime(os.path.join(c, "time/train/meantime_timex3-train.jsonl"))),
    ("QANom (Wikinews)", "A", lambda c, g: _qanom(os.path.join(c, "roles/train/qanom-train.csv"))),
    ("re3d", "A, B", lambda c, g: _json_texts(os.path.join(c, "ner/train/re3d.jsonl"))),
    ("WikiWars", "B", lambda c, g: _wikiwars(os.path.join(c, "time/train/wikiwars"))),
    ("directed sentiment", "C*", lambda c, g: _directed_sentiment(os.path.join(c, "events/train/directed_sentiment-train.tsv"))),
)


def news_texts(corpora, gold, say=print):
    """The texts of all sources, each told once."""
    measured, seen = overlap.measured_passages(corpora, gold), set()
    for name, tier, read in SOURCES:
        counts = dict(texts=0, words=0, repeated=0, overlapping=0)
        for text in read(corpora, gold):
            key = re.sub(r"\W+", "", text.lower())[:200]
            if key in seen:
                counts["repeated"] += 1
            elif overlap.shared(text, measured):
                counts["overlapping"] += 1
            else:
                seen.add(key)
                counts["texts"] += 1
                counts["words"] += len(text.split())
                yield text
        say(f"{name:22} tier {tier:5}" + " ".join(f"{k}:{v}" for k, v in counts.items()))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", required=True), ap.add_argument("--gold", required=True)
    a = ap.parse_args()
    print(sum(len(t.split()) for t in news_texts(a.corpora, a.gold)), "words")


if __name__ == "__main__":
    main()
