# SPDX-License-Identifier: Apache-2.0
"""Relation rows: a sentence in which a source and a target are marked -> the type of the act between them.

The marks are words of their own around each mention ([unused1] source [unused2], [unused3] target [unused4]); a row
that names no source or no target has the empty pair of marks in front. The head looks for the word of the act
(attention from the two opening marks, taught by the triggers of the gold) and reads the type from it and from the marks.

Trained on the PLV rows (their YIELD is CONCEDE or RETREAT: either counts) and on the gold: each event with a mention of
an actor and of a recipient in its sentence. PLV's roots are CAMEO's, mapped; where its use of a type differs from
ours, a correction of the scores learns it.
"""
import collections
import os
import re

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import evaluate
import labels
import overlap
from prepare import Doc

TYPES = labels.EVENT_TYPES
YIELD = ("CONCEDE", "RETREAT")
ROOTS = sorted(set(TYPES) - set(YIELD) | {"YIELD"})
MARKERS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
LIMIT = 240  # pieces of a row, marks included
PRODUCTS = ("query", "key", "salience", "inner", "out", "plv")
SETTLED = tuple(labels.STATUSES.index(s) for s in ("actual", "alleged"))


def types_of(root):
    return tuple(TYPES.index(t) for t in (YIELD if root == "YIELD" else (root,)))


def root_of(type_):
    return "YIELD" if TYPES[type_] in YIELD else TYPES[type_]


def marked(doc, first, last, source, target, markers):
    """The words [first, last) of a document with marks around the spans of source and target (lists, maybe empty), as a
    document of its own; the words of the two first opening marks; and old word -> new word. None if it is too long."""
    opens, closes = collections.defaultdict(list), collections.defaultdict(list)
    front = []
    for spans, (begin, end) in ((source, markers[:2]), (target, markers[2:])):
        if not spans:
            front += [begin, end]
        for a, b in spans:
            opens[a].append((b, begin))
            closes[b].append((a, end))
    ids, starts, shape, place, at = [], [], [], {}, {}

    def mark(piece):
        at.setdefault(piece, len(shape))
        starts.append(len(ids)), ids.append(piece), shape.append(0)

    for piece in front:
        mark(piece)
    pieces = doc["first"]
    for w in range(first, last + 1):
        for _, piece in sorted(closes[w], reverse=True):
            mark(piece)
        for _, piece in sorted(opens[w], reverse=True):
            mark(piece)
        if w == last:
            break
        place[w] = len(shape)
        starts.append(len(ids)), ids.extend(int(p) for p in doc["ids"][pieces[w]:pieces[w + 1]]), shape.append(int(doc["shape"][w]))
    if len(ids) > LIMIT:
        return None
    row = dict(set="rows", ids=np.array(ids, np.uint16), shape=np.array(shape, np.uint8), first=np.array([*starts, len(ids)], np.uint32),
               cuts=np.zeros(1, np.uint32), breaks=np.zeros(1, np.uint32), tags={}, anchors={})
    return row, (at[markers[0]], at[markers[2]]), place


def plv_docs(tok, path, name, measured=None):
    """One document a row, with its spans of source and target (in words) and its root; none that shares a passage with
    the `measured` ones."""
    with open(path, encoding="utf8") as lines:
        next(lines)
        for line in lines:
            _, root, _, _, _, _, text = line.rstrip("\n").split("\t")
            plain, spans, open_at = "", dict(s=[], t=[]), {}
            for part in re.split(r"(</?[st]>)", text):
                if re.fullmatch(r"<[st]>", part):
                    open_at[part[1]] = len(plain)
                elif re.fullmatch(r"</[st]>", part):
                    spans[part[2]].append((open_at[part[2]], len(plain)))
                else:
                    plain += part
            if measured is not None and overlap.shared(plain, measured):
                continue
            doc = Doc(tok, name, plain)
            in_words = {k: [w for w in (doc.span(a, b) for a, b in v) if w] for k, v in spans.items()}
            doc.data["row"] = (in_words["s"], in_words["t"], root)
            doc.data["markers"] = tuple(tok.id(m) for m in MARKERS)
            yield doc.data


def plv_rows(docs):
    """(marked document, marks, types, is PLV, word of the trigger or -1) of each row."""
    for doc in docs:
        source, target, root = doc["row"]
        row = marked(doc, 0, len(doc["shape"]), source, target, doc["markers"])
        if row:
            yield row[0], row[1], types_of(root), 1, -1


def gold_rows(docs, markers):
    """The rows of the gold's settled events; a pair of mentions with acts of two types is left out."""
    for doc in docs:
        ends = np.flatnonzero(doc["tags"]["sentence_end"] == 1)
        found = collections.defaultdict(list)
        for word, lab, spans in doc["anchors"].get("event", ()):
            k = int(np.searchsorted(ends, word))
            first, last = int(ends[k - 1]) + 1 if k else 0, int(ends[k]) + 1 if k < len(ends) else len(doc["shape"])
            mentions = [[(s, e) for role, s, e in spans if role == r and first <= s and e <= last] for r in (0, 1)]
            for a in mentions[0]:
                for b in mentions[1] or [None]:
                    if b is None or a[1] <= b[0] or b[1] <= a[0]:
                        found[first, last, a, b].append((lab, word))
        for (first, last, a, b), events in found.items():
            lab, word = events[0]
            if len({e["type"] for e, _ in events}) > 1 or lab["status"] not in SETTLED:
                continue
            row = marked(doc, first, last, [a], [b] if b else [], markers)
            if row:
                yield row[0], row[1], (lab["type"],), 0, row[2][word]


class Head(nn.Module):
    """About 460 thousand parameters."""

    def __init__(self, hidden, width=128, inner=256):
        super().__init__()
        self.query, self.key, self.salience = nn.Linear(2 * hidden, width), nn.Linear(hidden, width), nn.Linear(hidden, 1)
        self.inner, self.out = nn.Linear(3 * hidden, inner), nn.Linear(inner, len(TYPES))
        self.plv = nn.Linear(inner, len(TYPES))
        nn.init.zeros_(self.plv.weight), nn.init.zeros_(self.plv.bias)

    def forward(self, h, at, valid, plv):
        """h [rows, words, hidden]; at [rows, 2] the opening marks; plv [rows] 1 where PLV's use of the types is asked for.
        Gives (scores [rows, types], attention scores [rows, words])."""
        rows = torch.arange(len(h), device=h.device)
        marks = torch.cat([h[rows, at[:, 0]], h[rows, at[:, 1]]], -1)
        attention = torch.einsum("rd,rwd->rw", self.query(marks), self.key(h)) / self.query.out_features ** 0.5 + self.salience(h)[..., 0]
        attention = attention.float().masked_fill(~valid, -1e4)
        act = torch.einsum("rw,rwd->rd", attention.softmax(-1).to(h.dtype), h)
        p = 0.2 if self.training else 0.0
        x = F.gelu(self.inner(F.dropout(torch.cat([marks, act], -1), p)))
        x = F.dropout(x, p)
        return (self.out(x) + plv[:, None].to(x.dtype) * self.plv(x)).float(), attention


def write(writer, head):
    """Tensors rows.NAME.weight, .bias of PRODUCTS."""
    from export import write_linear
    for name in PRODUCTS:
        write_linear(writer, "rows." + name, getattr(head, name))


def yield_joined(scores):
    """Log-probabilities of ROOTS [rows, roots] from scores of types."""
    logp = scores.log_softmax(-1)
    return torch.stack([logp[:, list(types_of(r))].logsumexp(-1) for r in ROOTS], -1)


def class_f1(gold, coded):
    """F1 of each class of the gold."""
    hits = collections.Counter(g for g, c in zip(gold, coded) if g == c)
    return {c: 2 * hits[c] / (gold.count(c) + coded.count(c)) for c in sorted(set(gold))}


def macro_f1(gold, coded):
    each = class_f1(gold, coded)
    return sum(each.values()) / max(1, len(each))


class Rows:
    name = "rows"
    batch = 12
    weight = 1.0
    Head = Head

    def documents(self, tok, corpora):
        train, dev = (os.path.join(corpora, "events", p) for p in ("train/plv-train.tsv", "dev/plv-dev.tsv"))
        measured = np.unique(np.concatenate([overlap.passages(text) for text in overlap.texts_of(dev)]))
        return dict(plv=list(plv_docs(tok, train, "plv", measured)), plv_dev=list(plv_docs(tok, dev, "plv_dev")))

    def items(self, sets, rng, limit):
        """PLV rows several times, those of rare roots more often; gold rows once."""
        count = collections.Counter(d["row"][2] for d in sets["plv"])
        out = []
        for row in plv_rows(sets["plv"]):
            times = 5 * (60 / count[root_of(row[2][0])]) ** 0.5
            out += [row] * (int(times) + (rng.random() < times % 1))
        out += gold_rows([*sets["train"], *sets["written"]], sets["plv"][0]["markers"])
        return [([(row[0], 0, len(row[0]["shape"]))], row[1:]) for row in out]

    def collate(self, items, lengths):
        n = len(items)
        out = dict(at=np.zeros((n, 2), np.int64), types=np.zeros((n, len(TYPES)), bool), plv=np.zeros(n, np.float32), trigger=np.zeros(n, np.int64))
        for i, (_, (at, types, plv, trigger)) in enumerate(items):
            out["at"][i], out["plv"][i], out["trigger"][i] = at, plv, trigger
            out["types"][i, list(types)] = True
        return out

    def loss(self, head, h, tensors):
        scores, attention = head(h, tensors["at"], tensors["valid"], tensors["plv"])
        logp = scores.log_softmax(-1).masked_fill(~tensors["types"], float("-inf")).logsumexp(-1)
        type_ = -logp.mean()
        known = tensors["trigger"] >= 0
        where = F.cross_entropy(attention[known], tensors["trigger"][known]) if known.any() else attention.sum() * 0
        return type_ + 0.3 * where, dict(type=type_.detach(), at=where.detach())

    def read(self, reader, rows, dev):
        """The root of each row (of plv_rows or gold_rows)."""
        head = reader.tasks[self.name]
        rows, out = list(rows), []
        for k, (doc, _, h) in enumerate(evaluate.read_windows(reader, [r[0] for r in rows], dev, 254)):
            with torch.no_grad():
                scores, _ = head(h[None].float(), torch.tensor([rows[k][1]], device=dev), torch.ones(1, len(h), dtype=torch.bool, device=dev),
                                 torch.tensor([float(rows[k][3])], device=dev))
            assert doc is rows[k][0]
            out.append(ROOTS[int(yield_joined(scores)[0].argmax())])
        return out

    def scores(self, reader, sets, dev):
        out = {}
        for name, rows in (("plv", list(plv_rows(sets["plv_dev"]))), ("tune_rows", list(gold_rows(sets["tune"], sets["plv"][0]["markers"])))):
            gold, coded = [root_of(r[2][0]) for r in rows], self.read(reader, rows, dev)
            out[name + "_macro"] = macro_f1(gold, coded)
            out[name + "_accuracy"] = sum(g == c for g, c in zip(gold, coded)) / max(1, len(gold))
        return out


TASK = Rows()


def measure(reader, corpora, dev, tok):
    """PLV dev: macro-F1 over its 15 roots, accuracy, F1 of each root, what is taken for what."""
    rows = list(plv_rows(plv_docs(tok, os.path.join(corpora, "events/dev/plv-dev.tsv"), "plv_dev")))
    gold, coded = [root_of(r[2][0]) for r in rows], TASK.read(reader, rows, dev)
    wrong = collections.Counter(f"{g} as {c}" for g, c in zip(gold, coded) if g != c)
    return dict(macro_f1=macro_f1(gold, coded), accuracy=sum(g == c for g, c in zip(gold, coded)) / len(gold), rows=len(rows),
                f1=class_f1(gold, coded), confused=dict(wrong.most_common(20)))
