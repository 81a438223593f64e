# SPDX-License-Identifier: Apache-2.0
"""Decoding of the heads, and quick scores of a reader on packed documents.

The engine's decoder (src/language/reader.cc) does the same, but for the threshold of recipients; the figures that count come from `./dev eval`.

    evaluate.py --packed packed.pkl.xz --model ema.pt[,another.pt]
"""
import argparse
import bisect
import collections
import json

import numpy as np
import torch

import data
import labels
from joint import JointReader

LIMIT = 224  # pieces of a window, as in src/language/windows.h


def spans_of(bio):
    """[(first, last + 1)] of a sequence of 0/1/2 (outside, begin, inside); an inside without begin begins."""
    out, begin = [], None
    for i, v in enumerate(list(bio) + [0]):
        if begin is not None and v != 2:
            out.append((begin, i))
            begin = None
        if v == 1 or (v == 2 and begin is None):
            begin = i
    return out


def grow(begins, inside):
    """Spans of begin marks, grown over the inside marks after them."""
    out = []
    for w in begins:
        e = w + 1
        while e < len(inside) and inside[e] > 0.5 and e not in begins:
            e += 1
        out.append((w, e))
    return out


@torch.no_grad()
def read_windows(reader, docs, dev, limit=LIMIT, size=64):
    """Yields (doc, w0, h [words, hidden]) for each window."""
    reader.eval()
    batcher = data.Batcher(*reader.special.tolist()[:2])
    items = [(d, a, b) for d in docs for a, b in data.windows(d, limit)]
    for i in range(0, len(items), size):
        part = items[i:i + size]
        batch = {k: v if k == "lengths" else v.to(dev) for k, v in batcher.batch(part, with_labels=False).items()}
        h = reader.words(batch)
        for k, (doc, w0, _) in enumerate(part):
            yield doc, w0, h[k, :int(batch["valid"][k].sum())]


def prf(tp, coded, gold):
    p, r = tp / max(1, coded), tp / max(1, gold)
    return 2 * p * r / max(1e-9, p + r)


def iou(a, b):
    inter = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return inter / (max(a[1], b[1]) - min(a[0], b[0]))


THRESHOLDS = (0.3, 0.4, 0.5, 0.6)


class TypeCounts:
    """Triggers told at each threshold against the gold's, by sentence and type."""

    def __init__(self):
        self.hits, self.coded, self.gold = collections.Counter(), collections.Counter(), 0

    def add(self, doc, w0, logits):
        """logits [words, 1 + types] of the window that begins at the document's word w0."""
        p = logits.float().softmax(-1)
        some, best = 1 - p[:, 0], p[:, 1:].argmax(-1)
        cuts = [int(c) for c in doc["cuts"]]
        events = [x for x in doc["anchors"].get("event", ()) if w0 <= x[0] < w0 + len(logits)]
        want = collections.Counter((bisect.bisect_right(cuts, w), lab["type"]) for w, lab, _ in events)
        self.gold += len(events)
        for t in THRESHOLDS:
            got = collections.Counter((bisect.bisect_right(cuts, w0 + w), int(best[w])) for w in (some >= t).nonzero()[:, 0].tolist())
            self.hits[t] += sum((want & got).values())
            self.coded[t] += sum(got.values())

    def f1(self):
        """{threshold: F1}"""
        return {t: prf(self.hits[t], self.coded[t], self.gold) for t in THRESHOLDS}


@torch.no_grad()
def extent_score(reader, docs, dev):
    """Share of the mentions of `docs` whose extent is found, given the words that they turn on."""
    right = all_ = 0
    for doc, w0, h in read_windows(reader, docs, dev):
        whole = [(w, spans) for w, _, spans in doc["anchors"].get("mention", ()) if w0 <= w < w0 + len(h) and spans
                 and all(w0 <= s and e <= w0 + len(h) for _, s, e in spans)]
        if not whole:
            continue
        at = torch.tensor([w - w0 for w, _ in whole], device=dev)
        bio = reader.pair("mention", h[None], torch.zeros_like(at), at).view(len(whole), len(h), -1, 3).argmax(-1).cpu()
        for k, (w, spans) in enumerate(whole):
            found = {(s + w0, e + w0) for s, e in spans_of(bio[k, :, 0].tolist())}
            right += any(s <= w < e and (s, e) in found for _, s, e in spans)
            all_ += 1
    return right / max(1, all_)


@torch.no_grad()
def quick_scores(reader, tune, ner, dev):
    types = TypeCounts()
    role = collections.Counter()
    status = collections.Counter()
    quote = collections.Counter()
    for doc, w0, h in read_windows(reader, tune, dev):
        n = h.shape[0]
        types.add(doc, w0, reader.heads["trigger"](h))
        events = [x for x in doc["anchors"].get("event", ()) if w0 <= x[0] < w0 + n]
        if events:
            at = torch.tensor([x[0] - w0 for x in events], device=dev)
            row = torch.zeros_like(at)
            bio = reader.pair("event", h[None], row, at).view(len(events), n, len(labels.ROLES), 3).argmax(-1).cpu()
            e = reader.heads["event"](h[at]).float()
            for k, (w, lab, spans) in enumerate(events):
                status["ok"] += int(e[k, :5].argmax()) == lab["status"]
                status["n"] += 1
                for r in range(len(labels.ROLES)):
                    g = {(max(s, w0), min(x, w0 + n)) for q, s, x in spans if q == r and s < w0 + n and x > w0}
                    c = {(s + w0, x + w0) for s, x in spans_of(bio[k, :, r].tolist())}
                    role[r, "tp"] += len(g & c)
                    role[r, "g"] += len(g)
                    role[r, "c"] += len(c)
        cue = reader.heads["cue"](h)[:, 0].sigmoid()
        begins = (cue >= 0.5).nonzero()[:, 0]
        contents = []
        if len(begins):
            bio = reader.pair("quote", h[None], torch.zeros_like(begins), begins).view(len(begins), n, 2, 3).argmax(-1).cpu()
            for k in range(len(begins)):
                contents += [(s + w0, x + w0) for s, x in spans_of(bio[k, :, 0].tolist())]
        free = spans_of(reader.heads["free"](h).argmax(-1).tolist())
        contents += [(s + w0, x + w0) for s, x in free]
        goldc = [(s, x) for w, _, spans in doc["anchors"].get("quote", ()) for q, s, x in spans if q == 0 and w0 <= w < w0 + n]
        goldc += [(s + w0, x + w0) for s, x in spans_of(doc["tags"]["free"][w0:w0 + n].tolist())]
        used = set()
        for g in goldc:
            k = max(range(len(contents)), key=lambda i: (i not in used) * iou(g, contents[i]), default=None)
            if k is not None and k not in used and iou(g, contents[k]) >= 0.5:
                used.add(k)
        quote["tp"] += len(used)
        quote["c"] += len(contents)
        quote["g"] += len(goldc)
    ner_c = collections.Counter()
    for doc, w0, h in read_windows(reader, ner, dev):
        tags = name_tags(reader.heads["names"](h))
        ner_c.update(name_hits(doc["tags"]["names"][w0:w0 + len(tags)].tolist(), tags))
    out = {f"type@{t}": f1 for t, f1 in types.f1().items()}
    for r, name in enumerate(labels.ROLES):
        out[name] = prf(role[r, "tp"], role[r, "c"], role[r, "g"])
    out["status"] = status["ok"] / max(1, status["n"])
    out["content"] = prf(quote["tp"], quote["c"], quote["g"])
    out["names"] = prf(ner_c["tp"], ner_c["c"], ner_c["g"])
    return out


def name_tags(logits):
    """The likeliest tags of words [words, tags] in which an inside follows a begin or an inside of its kind."""
    scores = logits.float().log_softmax(-1).cpu().numpy()
    n = scores.shape[1]
    allowed = np.zeros((n, n))
    for inside in range(2, n, 2):
        allowed[:, inside] = -np.inf
        allowed[[inside - 1, inside], inside] = 0
    best = scores[0] + np.where(np.arange(n) % 2 + (np.arange(n) == 0), 0, -np.inf) if len(scores) else None
    back = []
    for row in scores[1:]:
        through = best[:, None] + allowed
        back.append(through.argmax(0))
        best = through.max(0) + row
    tags = [int(best.argmax())] if len(scores) else []
    for came in reversed(back):
        tags.append(int(came[tags[-1]]))
    return tags[::-1]


def name_spans(tags):
    """(first, last + 1, kind) of name tags: 0 outside, 1 + 2 kind begin, 2 + 2 kind inside."""
    out, begin = set(), None
    for i, v in enumerate(list(tags) + [0]):
        if begin is not None and not (v and v % 2 == 0 and (v - 2) // 2 == begin[1]):
            out.add((begin[0], i, begin[1]))
            begin = None
        if v and begin is None:
            begin = (i, (v - 1) // 2)
    return out


def name_hits(gold, coded):
    g, c = name_spans(gold), name_spans(coded)
    return dict(tp=len(g & c), g=len(g), c=len(c))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--packed", required=True), ap.add_argument("--model", required=True)
    a = ap.parse_args()
    sets = data.load(a.packed)["sets"]
    reader = JointReader.of(a.model.split(","))
    print(json.dumps(quick_scores(reader, sets["tune"], sets["worldwide_dev"], torch.device("cpu")), indent=1))


if __name__ == "__main__":
    main()
