# SPDX-License-Identifier: Apache-2.0
"""Measures a reader on public test sets and on gold tune; prints one JSON.

    measure.py --model ema.pt --vocab vocab.txt --corpora DIR --gold DIR [--only names,polnear,...]

Of several checkpoints (--model a.pt,b.pt) the mean counts, as in the engine (joint.py).
names      Worldwide test: F1 of outer mentions, exact span and kind. five: person, organization, place (Location, Facility), people
           (NORP), other (Misc, Product); four: NORP counts as other, as in the four classes of the usual newswire sets; three: the
           first three alone. Dates and money are not names here. CrossNER politics test: its nine classes mapped to our five.
polnear    PolNeAR test, attributions of the first annotator that have a cue and a content. Sets of words, punctuation left out,
           are compared, one to one. exact: equal; overlap: half of the joint words are shared (of the cue: one). content alone,
           content_source, and content_cue_source: all of these at once; no source must be answered by no source.
status     gold tune, given the words of the triggers: share of right ones, for each status and their mean (macro).
factual    UDS-IH2 test over whole documents of EWT: mean absolute error on the scale -3 to 3, Pearson's r.
Others     what the modules of training/tasks measure.
"""
import argparse
import collections
import importlib
import inspect
import json
import os

import numpy as np
import torch

import evaluate
import labels
import shapes
import tasks
from joint import JointReader
from prepare import gold_docs, gold_lines, ner_docs, parsed_docs, polnear_docs
from text import Tokenizer


def prf(hits):
    tp, coded, gold = hits["tp"], hits["coded"], hits["gold"]
    return dict(precision=tp / max(1, coded), recall=tp / max(1, gold), f1=2 * tp / max(1, coded + gold), gold=gold)


def data_of(docs):
    return [d.data for d in docs]


# Names

KIND_SETS = dict(
    five={k: k for k in labels.NAME_KINDS},
    four={k: "other" if k == "people" else k for k in labels.NAME_KINDS},
    three={k: k for k in ("person", "organization", "place")},
    **{kind: {kind: kind} for kind in labels.NAME_KINDS},
)


@torch.no_grad()
def names_f1(reader, docs, dev):
    hits = {name: collections.Counter() for name in (*KIND_SETS, "span")}
    for doc, w0, h in evaluate.read_windows(reader, docs, dev):
        gold = evaluate.name_spans(doc["tags"]["names"][w0:w0 + len(h)].tolist())
        coded = evaluate.name_spans(evaluate.name_tags(reader.heads["names"](h)))
        for name, kinds in (*KIND_SETS.items(), ("span", {k: "" for k in labels.NAME_KINDS})):
            g, c = ({(a, b, kinds[labels.NAME_KINDS[k]]) for a, b, k in spans if labels.NAME_KINDS[k] in kinds} for spans in (gold, coded))
            hits[name].update(tp=len(g & c), coded=len(c), gold=len(g))
    return {name: prf(h) for name, h in hits.items()}


def measure_names(reader, corpora, dev, tok):
    path = lambda p: os.path.join(corpora, "ner/test", p)
    return dict(worldwide=names_f1(reader, data_of(ner_docs(tok, path("worldwide-test.tsv"), "test", True)), dev),
                crossner_politics=names_f1(reader, data_of(ner_docs(tok, path("crossner_politics-test.txt"), "test", False)), dev))


# PolNeAR

def share(a, b):
    return len(a & b) / max(1, len(a | b))


SAME = dict(exact=lambda g, c: g == c, overlap=lambda g, c: share(g, c) >= 0.5 if g or c else True)
SAME_CUE = dict(exact=SAME["exact"], overlap=lambda g, c: bool(g & c))


def agree(part, how, gold, coded):
    """Are a gold and a coded attribution, (cue, content, source) sets of words, the same?"""
    same = SAME[how](gold[1], coded[1])
    if part != "content":
        same = same and SAME[how](gold[2], coded[2])
    return same and (part != "content_cue_source" or SAME_CUE[how](gold[0], coded[0]))


def pairs(gold, coded, part, how):
    """Number of gold attributions that are found, each coded one used once, the likest first."""
    likeness = sorted(((-share(g[1], c[1]), -share(g[0], c[0]), i, j) for i, g in enumerate(gold) for j, c in enumerate(coded) if agree(part, how, g, c)))
    used_gold, used_coded = set(), set()
    for _, _, i, j in likeness:
        if i not in used_gold and j not in used_coded:
            used_gold.add(i), used_coded.add(j)
    return len(used_gold)


@torch.no_grad()
def attributions_of(reader, h, threshold):
    """[(cue, content spans, source spans)] of the window's words."""
    n = len(h)
    begins = (reader.heads["pcue"](h)[:, 0].float().sigmoid() >= threshold).nonzero()[:, 0]
    if not len(begins):
        return []
    inside = reader.heads["pcue_in"](h)[:, 0].float().sigmoid().tolist()
    bio = reader.pair("polnear", h[None], torch.zeros_like(begins), begins).view(len(begins), n, 2, 3).argmax(-1).cpu()
    cues = evaluate.grow(begins.tolist(), inside)
    return [(cue, evaluate.spans_of(b[:, 0].tolist()), evaluate.spans_of(b[:, 1].tolist())) for cue, b in zip(cues, bio)]


def measure_polnear(reader, corpora, dev, tok, threshold=0.5):
    hits = collections.defaultdict(collections.Counter)
    per_doc = {}
    docs = data_of(polnear_docs(tok, os.path.join(corpora, "quotes/test/polnear-test.jsonl")))
    for doc, w0, h in evaluate.read_windows(reader, docs, dev):
        found = per_doc.setdefault(id(doc), (doc, []))[1]
        found += [tuple([(a + w0, b + w0) for a, b in spans] for spans in ([cue], content, source))
                  for cue, content, source in attributions_of(reader, h, threshold) if content]
    for doc, found in per_doc.values():
        silent = doc["shape"] == shapes.PUNCTUATION
        words = lambda spans: frozenset(w for a, b in spans for w in range(a, b) if not silent[w])
        gold = [(words([cue_span(doc, word)]), words([(a, b) for r, a, b in spans if r == 0]), words([(a, b) for r, a, b in spans if r == 1]))
                for word, _, spans in doc["anchors"].get("polnear", ())]
        gold = [g for g in gold if g[1]]
        coded = [tuple(words(part) for part in attribution) for attribution in found]
        for part in ("content", "content_source", "content_cue_source"):
            for how in SAME:
                hits[part, how].update(tp=pairs(gold, coded, part, how), coded=len(coded), gold=len(gold))
    return {f"{part}_{how}": prf(h) for (part, how), h in hits.items()}


def cue_span(doc, word):
    last = word + 1
    inside, begin = doc["tags"]["pcue_in"], doc["tags"]["pcue"]
    while last < len(inside) and inside[last] == 1 and not begin[last]:
        last += 1
    return word, last


# Status and factuality

@torch.no_grad()
def measure_status(reader, gold, dev, tok):
    right, total, confused = collections.Counter(), collections.Counter(), collections.Counter()
    docs = data_of(gold_docs(tok, gold_lines(os.path.join(gold, "tune.jsonl")), "tune"))
    n = len(labels.STATUSES)
    for doc, w0, h in evaluate.read_windows(reader, docs, dev):
        for word, lab, _ in doc["anchors"].get("event", ()):
            if w0 <= word < w0 + len(h):
                best = int(reader.heads["event"](h[word - w0])[:n].argmax())
                total[lab["status"]] += 1
                right[lab["status"]] += best == lab["status"]
                if best != lab["status"]:
                    confused[f"{labels.STATUSES[lab['status']]} as {labels.STATUSES[best]}"] += 1
    each = {labels.STATUSES[s]: right[s] / total[s] for s in sorted(total)}
    return dict(macro=sum(each.values()) / max(1, len(each)), accuracy=sum(right.values()) / max(1, sum(total.values())), each=each,
                events={labels.STATUSES[s]: k for s, k in sorted(total.items())}, confused=dict(confused.most_common()))


class ToldInOrder(dict):
    """Values of a key are given one after the other, as sentences that occur twice are met."""

    def get(self, key, default=None):
        return self[key].pop(0) if self.setdefault(key, []) else default


@torch.no_grad()
def measure_factual(reader, corpora, dev, tok):
    known = ToldInOrder()
    with open(os.path.join(corpora, "factuality/test/uds_ih2-test.jsonl"), encoding="utf8") as lines:
        for line in lines:
            p = json.loads(line)
            known.setdefault(p["text"], []).append([(t["span1"], t["label"]) for t in p["targets"]])
    docs = data_of(parsed_docs(tok, os.path.join(corpora, "parsing/test/en_ewt-ud-test.conllu"), "ewt", {}, uds=known))
    gold, coded = [], []
    for doc, w0, h in evaluate.read_windows(reader, docs, dev):
        value = 3 * torch.tanh(reader.heads["factual"](h)[:, 0].float()).cpu()
        for word, v in doc["factual"]:
            if w0 <= word < w0 + len(h):
                gold.append(3 * v), coded.append(float(value[word - w0]))
    return dict(mae=float(np.abs(np.array(gold) - np.array(coded)).mean()), r=float(np.corrcoef(gold, coded)[0, 1]), events=len(gold))


MEASURES = dict(names=measure_names, polnear=measure_polnear, status=measure_status, factual=measure_factual)


def all_measures(reader):
    """name -> function, of this module and of the tasks the reader has."""
    out = dict(MEASURES)
    for name in reader.tasks:
        module = importlib.import_module(f"tasks.{name}")
        if hasattr(module, "measure"):
            out[name] = module.measure
    return out


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", required=True), ap.add_argument("--vocab", required=True)
    ap.add_argument("--corpora", required=True), ap.add_argument("--gold", required=True)
    ap.add_argument("--only", default="", help="names of measures, with commas between")
    a = ap.parse_args()
    dev = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader = JointReader.of(a.model.split(",")).to(dev).eval()
    given = dict(reader=reader, corpora=a.corpora, gold=a.gold, dev=dev, tok=Tokenizer(a.vocab))
    measures = all_measures(reader)
    only = [name for name in a.only.split(",") if name] or list(measures)
    if unknown := [name for name in only if name not in measures]:
        ap.error(f"no measure {', '.join(unknown)}; there are {', '.join(measures)}")
    out = {}
    for name in only:
        wanted = inspect.signature(measures[name]).parameters
        out[name] = rounded(measures[name](**{k: v for k, v in given.items() if k in wanted}))
    print(json.dumps(out, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
