# SPDX-License-Identifier: Apache-2.0
"""Coreference: which mentions of a document mean the same, across its windows.

Word-level (Dobrovolskii 2021): a mention is its head word. A word is a mention (one logit a scheme), an earlier
mention is its antecedent (a score a pair, none at 0), and its begin and end are found from the head.
Corpora mark different things, so each score has a part of its own for each scheme: what is asked for at run time is
a scheme too.
"""
import json
import os
import re

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import data
from coref_score import Scorer
from model import Mlp
from prepare import Doc, aligned, conllu, untokenised

# Chains without singletons; all mentions; noun phrases of news without "it" and possessives; ACE-like mentions; a pronoun and
# two names.
SCHEMES = ("ontogum", "gum", "tne", "litbank", "gap")
ONTOGUM, GUM, TNE, LITBANK, GAP = range(5)
WEIGHT = (1.0, 0.5, 1.0, 0.7, 0.0)  # of a scheme's mentions in the loss
WINDOWS = 8       # of an item
CANDIDATES = 0.32  # words of a document looked at as mentions, at most
ANTECEDENTS = 40  # scored finely for each mention
LEFT, RIGHT = 24, 40  # words a mention reaches to both sides of its head, at most
RUN = 6           # words of a name that are compared

# Capitalized words that are no part of a name.
PLAIN = frozenset("""the a an this that these those he she it they we i you his her its their our my your him them us me who
in on at of and but or nor for to by with from as if when while after before since until because although though not no yes so
there here what where why how then now one both all some many most more other another each every""".split())


# ---- documents ----

def capitals(doc):
    """uint8 [words]: 1 where a word may be part of a name."""
    out = np.zeros(doc.n, np.uint8)
    for i, (begin, end, _, shape) in enumerate(doc.words):
        out[i] = shape in (2, 3, 4, 5, 7) and doc.text[begin:end].lower() not in PLAIN
    return out


def finish(doc, schemes):
    """Adds the mentions of each scheme, [(head, first, last + 1, chain or -1)], one a head."""
    doc.data["coref_cap"] = capitals(doc)
    doc.data["coref"] = {}
    for scheme, mentions in schemes.items():
        size = {}
        for m in mentions:
            size[m[3]] = size.get(m[3], 0) + (m[3] >= 0)
        kept = {}
        for m in sorted(mentions, key=lambda m: (-size[m[3]], m[1] - m[2])):
            kept.setdefault(m[0], m)
        doc.data["coref"][scheme] = np.array(sorted(kept.values()), np.int16).reshape(-1, 4)
        if "coref_all" in doc.data:
            doc.data["coref_all"][scheme] = mentions
    return doc.data


def entities(rows):
    """[(group, first row, last row)] of the Entity= column; `rows` of one document."""
    open_, out = {}, []
    for i, cols in enumerate(rows):
        entity = next((m[7:] for m in cols[9].split("|") if m.startswith("Entity=")), "")
        for token in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            group = token.strip("()").split("-")[0]
            if token[0] == "(":
                if token[-1] == ")":
                    out.append((group, i, i))
                else:
                    open_.setdefault(group, []).append(i)
            elif open_.get(group):
                out.append((group, open_[group].pop(), i))
    return out


def head_row(rows, offsets, a, b):
    """Row of the syntactic head of rows a..b; of a coordination its conjunction, so that it differs from its first part's."""
    def parent(i):
        return offsets[i] + int(rows[i][6]) - 1 if int(rows[i][6]) else -1
    head = next((i for i in range(a, b + 1) if not a <= parent(i) <= b), a)
    for i in range(head + 1, b + 1):
        if rows[i][7].split(":")[0] == "conj" and parent(i) == head:
            for k in range(head + 1, i):
                if rows[k][7] == "cc" and parent(k) == i:
                    return k
    return head


def gum_documents(tok, gum_path, onto_path, name, gold=False):
    onto = {d[0][0]["newdoc id"]: d for d in conllu(onto_path)}
    for sentences in conllu(gum_path):
        other = onto[sentences[0][0]["newdoc id"]]
        text, rows, offsets, spans = "", [], [], []
        onto_rows = [r for _, part in other for r in part]
        for meta, part in sentences:
            piece, found = meta["text"], aligned(meta["text"], part)
            if found is None:
                raise ValueError("words and text differ: " + meta["sent_id"])
            if text:
                text += "\n\n" if any(k.startswith("newpar") for k in meta) else " "
            spans += [(b + len(text), e + len(text)) for b, e in found]
            offsets += [len(rows)] * len(part)
            rows += part
            text += piece
        doc = Doc(tok, name, text)
        if gold:
            doc.data["coref_all"] = {}
        schemes = {}
        for scheme, marked in ((ONTOGUM, onto_rows), (GUM, rows)):
            assert len(marked) == len(rows)
            chains, mentions, groups = {}, [], entities(marked)
            count = {}
            for group, _, _ in groups:
                count[group] = count.get(group, 0) + 1
            for group, a, b in groups:
                head, span = doc.span(*spans[head_row(rows, offsets, a, b)]), doc.span(spans[a][0], spans[b][1])
                if head and span:
                    chain = chains.setdefault(group, len(chains)) if count[group] > 1 else -1
                    mentions.append((head[0], *span, chain))
            schemes[scheme] = mentions
        yield finish(doc, schemes)


PHRASE_ENDS = frozenset("""of in on at for from to with by about against between among under over during after before near around
into through within without toward towards who whom whose which that where when , ( : ; - – — as than including called named""".split())


def phrase_head(doc, first, last, person):
    """Head word of a noun phrase without a parse: the last word before what follows a head; of a person's name the first."""
    surface = lambda w: doc.text[doc.words[w][0]:doc.words[w][1]]
    end = first + 1
    while end < last and surface(end).lower() not in PHRASE_ENDS:
        end += 1
    at = end - 1
    while at > first and not surface(at)[0].isalnum():
        at -= 1
    if person:
        while at > first and surface(at - 1)[:1].isupper() and surface(at - 1).lower() not in PLAIN:
            at -= 1
    return at


PERSONAL = frozenset("he she him her his hers who i himself herself".split())


def headed(doc, chains):
    """Mentions of chains of word spans: a chain with a pronoun of persons, or with a name's last word alone, names a person."""
    out = []
    for k, chain in chains:
        surfaces = [doc.text[doc.words[f][0]:doc.words[l - 1][1]] for f, l in chain]
        alone = {s for s in surfaces if " " not in s and s[:1].isupper()}
        pronoun = any(s.lower() in PERSONAL for s in surfaces)
        for (f, l), s in zip(chain, surfaces):
            out.append((phrase_head(doc, f, l, pronoun or s.split(" ")[-1] in alone), f, l, k))
    return out


def tne_documents(tok, path, name, gold=False):
    for line in open(path, encoding="utf8"):
        d = json.loads(line)
        text, cut = d["text"], d["title_end"]
        if text[cut:cut + 1] == " ":
            text = text[:cut] + "\n" + text[cut + 1:]
        doc = Doc(tok, name, text)
        if gold:
            doc.data["coref_all"] = {}
        spans = [doc.span(*np_) for np_ in d["nps"]]
        chained = {i for c in d["clusters"] for i in c}
        chains = [(k, [spans[i] for i in c if spans[i]]) for k, c in enumerate(d["clusters"])]
        chains += [(-1, [s]) for i, s in enumerate(spans) if s and i not in chained]
        yield finish(doc, {TNE: headed(doc, chains)})


def litbank_documents(tok, path, name):
    for line in open(path, encoding="utf8"):
        d = json.loads(line)
        text, spans = "", []
        for sentence in d["sentences"]:
            piece, found = untokenised(sentence)
            text += " " if text else ""
            spans.append([(b + len(text), e + len(text)) for b, e in found])
            text += piece
        doc = Doc(tok, name, text)
        of = dict(d["coref"])
        chains = {}
        for m, s1, t1, s2, t2, _, _ in d["mentions"]:
            span = doc.span(spans[s1][t1][0], spans[s2][t2][1])
            if span:
                chains.setdefault(of.get(m, m), []).append(span)
        yield finish(doc, {LITBANK: headed(doc, [(k if len(c) > 1 else -1, c) for k, c in enumerate(chains.values())])})


def gap_documents(tok, path, name):
    with open(path, encoding="utf8") as lines:
        next(lines)
        for line in lines:
            _, text, pronoun, p, a_name, a, a_is, b_name, b, b_is, _ = line.rstrip("\n").split("\t")
            doc = Doc(tok, name, text)
            at = [doc.span(int(o), int(o) + len(s)) for s, o in ((pronoun, p), (a_name, a), (b_name, b))]
            if all(at):
                answer = 0 if a_is == "TRUE" else 1 if b_is == "TRUE" else 2
                doc.data["gap"] = np.array([s[0] for s in at] + [answer], np.int16)
                yield finish(doc, {})


# ---- items and tensors ----

def surfaces(doc):
    """What a word is compared by: its pieces; of a single capital letter also the two words after it ("U.S.", "U.N.")."""
    first, ids = doc["first"], doc["ids"]
    n = len(doc["shape"])
    out = []
    for w in range(n):
        last = min(w + 3, n) if doc["shape"][w] == 4 and doc["coref_cap"][w] else w + 1
        out.append(hash(tuple(ids[first[w]:first[last]].tolist())))
    return np.array(out, np.int64)


def run_words(cap, same):
    """int64 [words, RUN]: the words of the run of capitalized words that a word is in, from two before it; 0 where none."""
    n = len(cap)
    out = np.zeros((n, RUN), np.int64)
    for w in np.nonzero(cap)[0]:
        a = w
        while a > 0 and cap[a - 1] and w - a < 2:
            a -= 1
        b = w
        while b < n and cap[b] and b - a < RUN:
            b += 1
        out[w, :b - a] = same[a:b]
    return out


def describe(doc, begin, end):
    """Arrays over words [begin, end) of a document that pairs of mentions are compared by."""
    same, cap = surfaces(doc)[begin:end], doc["coref_cap"][begin:end]
    segment = np.searchsorted(doc["cuts"], np.arange(begin, end), side="right")
    return dict(same=same, before=np.concatenate([[0], same[:-1]]), run=run_words(cap, same), segment=segment)


def distance_of(d):
    """Words between: 1, 2, 3, 4, 5-7, 8-11, 12-17 ... to 0..15."""
    return torch.bucketize(d, torch.tensor([2, 3, 4, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200, 300, 450], device=d.device), right=True)


def sentences_of(d):
    return torch.bucketize(d, torch.tensor([1, 2, 3, 4, 6, 10, 20], device=d.device), right=True)


def likeness(same_i, same_j, before_i, before_j, run_i, run_j):
    """0..14: whether heads and the words before are the same, and how two names share words."""
    heads = (same_i == same_j).long()
    heads = heads + heads * (before_i == before_j)
    last = lambda run: torch.gather(run, -1, ((run != 0).sum(-1, keepdim=True) - 1).clamp(min=0))[..., 0]
    both = (run_i[..., 0] != 0) & (run_j[..., 0] != 0)
    shared = ((run_i[..., :, None] == run_j[..., None, :]) & (run_i[..., :, None] != 0)).any(-1).any(-1)
    names = both.long() + shared + (both & (last(run_i) == last(run_j))) + (both & (run_i == run_j).all(-1))
    return heads * 5 + names


class Head(nn.Module):
    """About 0.75 million parameters."""

    def __init__(self, hidden, inner=256, rank=128, reach=128):
        super().__init__()
        n = len(SCHEMES)
        self.mention = Mlp(hidden, 256, n)
        self.anchor, self.word = nn.Linear(hidden, inner), nn.Linear(hidden, inner)
        self.distance, self.sentences = nn.Embedding(16, inner), nn.Embedding(8, inner)
        self.likeness, self.scheme = nn.Embedding(15, inner), nn.Embedding(n, inner)
        self.left, self.right = nn.Linear(hidden, rank), nn.Linear(hidden, rank)
        self.product = nn.Linear(rank, inner)
        self.middle, self.out = nn.Linear(inner, inner), nn.Linear(inner, 1)
        self.bias = nn.Embedding(n, 1)
        self.reach_anchor, self.reach_word = nn.Linear(hidden, reach), nn.Linear(hidden, reach)
        self.reach_distance, self.reach_scheme = nn.Embedding(LEFT + RIGHT, reach), nn.Embedding(n, reach)
        self.reach_out = nn.Linear(reach, 2)
        for e in (self.distance, self.sentences, self.likeness, self.scheme, self.reach_distance, self.reach_scheme):
            nn.init.normal_(e.weight, std=0.02)
        nn.init.zeros_(self.bias.weight)
        for m in (self.left, self.right):
            nn.init.normal_(m.weight, std=0.02)

    def rough(self, left, right):
        """left [..., i, rank], right [..., j, rank] to [..., i, j]."""
        return torch.einsum("...ir,...jr->...ij", left, right) / self.left.out_features ** 0.5

    def fine(self, left, right, anchor, word, scheme, like, words, segments):
        """Score of pairs less the rough part; all of one shape [..., size]."""
        x = anchor + word + self.product(left * right) + self.scheme(scheme) + self.likeness(like)
        x = x + self.distance(distance_of(words)) + self.sentences(sentences_of(segments))
        x = F.gelu(F.dropout(x, 0.1, self.training))
        x = F.gelu(F.dropout(self.middle(x), 0.1, self.training))
        return self.out(x)[..., 0] + self.bias(scheme)[..., 0]

    def extents(self, h, group, at, scheme):
        """h [b, words, hidden]; mentions group, at, scheme [m]: logits [m, LEFT + RIGHT, 2] of words at - LEFT + 1 .. at + RIGHT
        to be first or last."""
        n = h.shape[1]
        offset = torch.arange(LEFT + RIGHT, device=h.device)
        where = at[:, None] + offset - (LEFT - 1)
        near = h[group[:, None], where.clamp(0, n - 1)]
        x = self.reach_word(near) + self.reach_anchor(h[group, at])[:, None] + self.reach_distance(offset) + self.reach_scheme(scheme)[:, None]
        logits = self.reach_out(F.gelu(F.dropout(x, 0.1, self.training))).float()
        outside = (where < 0) | (where >= n)
        first, last = outside | (offset >= LEFT), outside | (offset < LEFT - 1)
        return logits.masked_fill(torch.stack([first, last], -1), -1e4)

    def antecedents(self, h, at, real, mention, scheme, like):
        """Scores of antecedents. h [b, words, hidden]; at [b, k] words of mentions in order, real [b, k]; mention [b, k]
        their mention logits; like: arrays of describe() as [b, words, ...].

        Gives (scores [b, k, t], which [b, k, t]: index into k); -1e4 where there is none. Mention logits only decide which are scored."""
        b = torch.arange(h.shape[0], device=h.device)[:, None]
        v = h[b, at]
        k = at.shape[1]
        left, right, anchor, word = self.left(v), self.right(v), self.anchor(v), self.word(v)
        rough = self.rough(left, right).float()
        earlier = torch.ones(k, k, dtype=torch.bool, device=h.device).tril(-1) & real[:, None, :] & real[:, :, None]
        rough = rough.masked_fill(~earlier, -1e4)
        which = (rough + mention.detach()[:, None, :]).topk(min(ANTECEDENTS, k), -1).indices
        best = rough.gather(-1, which)
        pick = lambda x: x[b[..., None], which]
        of = {name: like[name][b, at] for name in ("same", "before", "run", "segment")}
        likes = likeness(of["same"][:, :, None], pick(of["same"]), of["before"][:, :, None], pick(of["before"]),
                         of["run"][:, :, None], pick(of["run"]))
        fine = self.fine(left[:, :, None], pick(right), anchor[:, :, None], pick(word), scheme[:, None, None].expand_as(which), likes,
                         at[:, :, None] - pick(at), of["segment"][:, :, None] - pick(of["segment"]))
        return torch.where(best > -5e3, best + fine.float(), best.new_full((), -1e4)), which

    def pairs(self, h, later, earlier, scheme, like):
        """Scores of single pairs of words of documents h [b, words, hidden]; later, earlier [b]."""
        b = torch.arange(h.shape[0], device=h.device)
        v, w = h[b, later], h[b, earlier]
        get = lambda name, at: like[name][b, at]
        likes = likeness(*(get(name, at) for name in ("same", "before", "run") for at in (later, earlier)))
        left, right = self.left(v), self.right(w)
        fine = self.fine(left, right, self.anchor(v), self.word(w), scheme, likes, later - earlier, get("segment", later) - get("segment", earlier))
        return fine.float() + (left * right).sum(-1).float() / self.left.out_features ** 0.5


def gap_logits(head, h, words, like):
    """[b, 3] for words [b, 3] (pronoun, A, B): A, B, neither."""
    scheme = torch.full_like(words[:, 0], GAP)
    logit = lambda k: head.pairs(h, torch.maximum(words[:, 0], words[:, k]), torch.minimum(words[:, 0], words[:, k]), scheme, like)
    a, b = logit(1), logit(2)
    return torch.stack([a, b, torch.zeros_like(a)], -1)


def loss(head, h, t):
    rows, at = t["row"], t["at"]
    words = h[rows.clamp(min=0), at] * (rows >= 0)[..., None]  # [groups, words, hidden]
    real = rows >= 0
    parts, total = {}, h.sum() * 0
    like = {k: t[k] for k in ("same", "before", "run", "segment")}
    logits = head.mention(words).float()
    if "group" in t:
        g, scheme = t["group"], t["scheme"]
        b = torch.arange(len(g), device=g.device)
        ml = logits[g][b, :, scheme]
        target = (t["chain"] >= 0) & real[g]
        weight = torch.tensor(WEIGHT, device=g.device)[scheme][:, None] * real[g]
        mention = (F.binary_cross_entropy_with_logits(ml, target.float(), reduction="none") * weight).sum() / weight.sum().clamp(min=1)
        k = max(int(target.sum(1).max()), int(CANDIDATES * words.shape[1]), 1)
        found = (ml.detach() + 100.0 * target).masked_fill(~real[g], -1e4).topk(min(k, words.shape[1]), 1)
        where = found.indices.sort(1).values
        ok = real[g].gather(1, where)
        scores, which = head.antecedents(words[g], where, ok, ml.gather(1, where), scheme, {k: v[g] for k, v in like.items()})
        chain = t["chain"].gather(1, where)
        right = (chain[b[:, None, None], which] == chain[:, :, None]) & (chain[:, :, None] > 0) & (scores > -5e3)
        none = ~right.any(-1)
        all_ = torch.cat([scores, scores.new_zeros(scores.shape[:2] + (1,))], -1)
        good = torch.cat([right, none[..., None]], -1)
        link = all_.logsumexp(-1) - all_.masked_fill(~good, -1e4).logsumexp(-1)
        weight = torch.tensor(WEIGHT, device=g.device)[scheme][:, None]
        link = (link * ok * weight).sum() / (weight * target).sum().clamp(min=1)
        p, w = ((t["first"] >= 0) & real[g]).nonzero(as_tuple=True)
        reach = mention * 0
        if len(p):
            edge = head.extents(words, g[p], w, scheme[p])
            reach = (F.cross_entropy(edge[..., 0], LEFT - 1 - t["first"][p, w]) + F.cross_entropy(edge[..., 1], LEFT - 1 + t["last"][p, w])) / 2
        total = total + 4.0 * mention + link + 0.5 * reach
        parts.update({"mention": mention.detach(), "link": link.detach(), "reach": reach.detach()})
    if "gap" in t:
        gap = t["gap"]
        answer = gap_logits(head, words[gap[:, 0]], gap[:, 1:4], {k: v[gap[:, 0]] for k, v in like.items()})
        gap = F.cross_entropy(answer, gap[:, 4])
        total = total + gap
        parts["gap"] = gap.detach()
    return total, parts


def collate(items, lengths):
    groups, row = [], 0  # (doc, [(row, first word, words)])
    for (windows, _), kept in zip(items, lengths):
        last = None
        for (doc, w0, _), count in zip(windows, kept):
            if doc is not last:
                groups.append((doc, []))
                last = doc
            groups[-1][1].append((row, w0, count))
            row += 1
    size = max(sum(c for _, _, c in parts) for _, parts in groups)
    n = len(groups)
    out = dict(row=np.full((n, size), -1, np.int64), at=np.zeros((n, size), np.int64), same=np.zeros((n, size), np.int64),
               before=np.zeros((n, size), np.int64), run=np.zeros((n, size, RUN), np.int64), segment=np.zeros((n, size), np.int64))
    problems, gaps = [], []
    for g, (doc, parts) in enumerate(groups):
        begin, end = parts[0][1], parts[-1][1] + parts[-1][2]
        like = describe(doc, begin, end)
        index = np.full(end - begin, -1, np.int64)  # word of the document -> word of the group
        k = 0
        for r, w0, count in parts:
            out["row"][g, k:k + count], out["at"][g, k:k + count] = r, np.arange(count)
            for name, values in like.items():
                out[name][g, k:k + count] = values[w0 - begin:w0 - begin + count]
            index[w0 - begin:w0 - begin + count] = np.arange(k, k + count)
            k += count
        for scheme, mentions in doc["coref"].items():
            chain, first, last = (np.full(size, -1, np.int64) for _ in range(3))
            for head, a, b, c in mentions.tolist():
                if not begin <= head < end or index[head - begin] < 0:
                    continue
                w = index[head - begin]
                chain[w] = c + 1
                if begin <= a and b <= end and 0 <= head - a < LEFT and 0 <= b - 1 - head < RIGHT and index[a - begin] == w - (head - a) \
                        and index[b - 1 - begin] == w + b - 1 - head:
                    first[w], last[w] = head - a, b - 1 - head
            problems.append((g, scheme, chain, first, last))
        if "gap" in doc:
            where = [index[w - begin] if begin <= w < end else -1 for w in doc["gap"][:3].tolist()]
            if min(where) >= 0:
                gaps.append((g, *where, int(doc["gap"][3])))
    if problems:
        for name, values in zip(("group", "scheme", "chain", "first", "last"), zip(*problems)):
            out[name] = np.array(values, np.int64)
    if gaps:
        out["gap"] = np.array(gaps, np.int64)
    return out


def bundles(docs, rng, limit, cap):
    """Items of whole short documents, `cap` windows together."""
    part, out = [], []
    for doc in docs:
        w = [(doc, a, b) for a, b in data.windows(doc, limit)][:cap]
        if part and len(part) + len(w) > cap:
            out.append((part, None))
            part = []
        part = part + w
    return out + ([(part, None)] if part else [])


def stretches(docs, rng, limit, cap):
    """Items of at most `cap` windows of one document, from a random start."""
    out = []
    for doc in docs:
        w = [(doc, a, b) for a, b in data.windows(doc, limit)]
        start = rng.randrange(cap) if len(w) > cap else 0
        if 0 < start:
            out.append((w[:start], None))
        out += [(w[i:i + cap], None) for i in range(start, len(w), cap)]
    return out


TNE_PASS = 900  # documents of TNE in one pass
GAP_PASS = 1600


class Coref:
    name = "coref"
    batch = 1
    weight = 1.0
    Head = Head

    def documents(self, tok, corpora):
        path = lambda *p: os.path.join(corpora, "coref", *p)
        gum = [d for tier in "AB" for d in gum_documents(tok, path(f"train/gum-train-tier{tier}.conllu"), path(f"train/ontogum-train-tier{tier}.conllu"), "coref_gum")]
        return dict(
            coref_gum=gum,
            coref_tne=list(tne_documents(tok, path("train/tne-train.jsonl"), "coref_tne")),
            coref_litbank=list(litbank_documents(tok, path("train/litbank-train.jsonl"), "coref_litbank")),
            coref_gap=list(gap_documents(tok, path("train/gap-development.tsv"), "coref_gap")),
            coref_gum_dev=list(gum_documents(tok, path("dev/gum-dev.conllu"), path("dev/ontogum-dev.conllu"), "coref_gum_dev")),
            coref_tne_dev=list(tne_documents(tok, path("dev/tne-dev.jsonl"), "coref_tne_dev"))[:100],
            coref_gap_dev=list(gap_documents(tok, path("dev/gap-validation.tsv"), "coref_gap_dev")))

    def items(self, sets, rng, limit):
        short = lambda docs, count: rng.sample(docs, min(count, len(docs)))
        return (stretches(sets["coref_gum"], rng, limit, WINDOWS) + stretches(sets["coref_gum"], rng, limit, WINDOWS)
                + stretches(short(sets["coref_litbank"], 40), rng, limit, WINDOWS)
                + bundles(short(sets["coref_tne"], TNE_PASS), rng, limit, WINDOWS)
                + bundles(short(sets["coref_gap"], GAP_PASS), rng, limit, WINDOWS))

    collate = staticmethod(collate)
    loss = staticmethod(loss)

    def scores(self, reader, sets, dev):
        head = reader.tasks[self.name]
        out = {}
        for name, docs, scheme in (("gum", sets["coref_gum_dev"][:12], ONTOGUM), ("tne", sets["coref_tne_dev"][:50], TNE)):
            got = conll(reader, head, docs, scheme, dev)
            out[name], out[f"{name}.mentions"] = got["conll"], got["mentions"]
        out["gap"] = gap_f1(reader, head, sets["coref_gap_dev"], dev)
        return out


TASK = Coref()


# ---- what the engine has ----

RUN_TIME = ONTOGUM  # the scheme that the engine asks for
PRODUCTS = ("anchor", "word", "left", "right", "product", "middle", "out")


def write(writer, head):
    """Tensors coref.NAME.weight, .bias of products and tables coref.NAME; the run time's scheme goes into the biases."""
    from export import numpy, write_linear
    more = dict(anchor=head.scheme.weight[RUN_TIME], out=head.bias.weight[RUN_TIME])
    for name in PRODUCTS:
        write_linear(writer, "coref." + name, getattr(head, name), more.get(name, 0))
    for name in ("distance", "sentences", "likeness"):
        writer.add_float("coref." + name, numpy(getattr(head, name).weight))


@torch.no_grad()
def antecedents(head, h, doc, mentions, scheme=RUN_TIME):
    """[[(index of an earlier mention, score)]] of each of `mentions` (words in order), best first, as the engine finds them."""
    like = {k: torch.from_numpy(np.ascontiguousarray(v))[None] for k, v in describe(doc, 0, h.shape[0]).items()}
    where = torch.tensor(mentions)[None]
    scores, which = head.antecedents(h[None], where, torch.ones_like(where, dtype=torch.bool), torch.zeros(where.shape),
                                     torch.tensor([scheme]), like)
    return [sorted(((int(w), float(s)) for w, s in zip(*row) if s > -5e3), key=lambda x: -x[1]) for row in zip(which[0], scores[0])]


# ---- reading and scores ----

@torch.no_grad()
def predict(head, h, doc, scheme, bias=0.0):
    """Chains of word spans [[(first, last + 1)]] of a document, h [words, hidden] of it; without singletons."""
    n = h.shape[0]
    dev = h.device
    like = {k: torch.from_numpy(np.ascontiguousarray(v)).to(dev)[None] for k, v in describe(doc, 0, n).items()}
    h = h[None]
    ml = head.mention(h).float()[0, :, scheme]
    count = int((ml > -3).sum().clamp(1, max(1, int(CANDIDATES * n))))
    where = ml.topk(count).indices.sort().values
    which_scheme = torch.tensor([scheme], device=dev)
    scores, which = head.antecedents(h, where[None], torch.ones_like(where, dtype=torch.bool)[None], ml[where][None], which_scheme, like)
    best = scores[0].max(-1)
    links = (best.values > bias).nonzero()[:, 0].tolist()
    target = which[0].gather(1, best.indices[:, None])[:, 0].tolist()
    chain = list(range(count))
    for i in links:
        chain[i] = chain[target[i]]  # targets are earlier: theirs is final
    edge = head.extents(h, torch.zeros_like(where), where, torch.full_like(where, scheme)).argmax(1)
    where, edge = where.tolist(), edge.tolist()
    out = {}
    for i, c in enumerate(chain):
        out.setdefault(c, []).append((where[i] - LEFT + 1 + edge[i][0], where[i] - LEFT + 2 + edge[i][1]))
    return [c for c in out.values() if len(c) > 1]


def vectors(reader, docs, dev, limit=200):
    """(document, h [words, hidden]) of whole documents."""
    from evaluate import read_windows
    current, h = None, None
    for doc, w0, part in read_windows(reader, docs, dev, limit):
        if doc is not current:
            if current is not None:
                yield current, h
            current, h = doc, torch.zeros(len(doc["shape"]), part.shape[1], device=part.device)
        h[w0:w0 + part.shape[0]] = part.float()
    if current is not None:
        yield current, h


def gold_chains(doc, scheme):
    mentions = doc["coref_all"][scheme] if "coref_all" in doc else doc["coref"][scheme].tolist()
    chains = {}
    for _, a, b, c in mentions:
        if c >= 0:
            chains.setdefault(c, []).append((a, b))
    return [c for c in chains.values() if len(set(c)) > 1]


def conll(reader, head, docs, scheme, dev, bias=0.0):
    scorer = Scorer()
    head.eval()
    for doc, h in vectors(reader, docs, dev):
        scorer.add(gold_chains(doc, scheme), predict(head, h, doc, scheme, bias))
    return scorer.scores()


@torch.no_grad()
def gap_f1(reader, head, docs, dev):
    """F1 of GAP's scorer: each name is a decision."""
    head.eval()
    hits = coded = gold = 0
    for doc, h in vectors(reader, docs, dev):
        like = {k: torch.from_numpy(np.ascontiguousarray(v)).to(dev)[None] for k, v in describe(doc, 0, h.shape[0]).items()}
        words = torch.from_numpy(doc["gap"][:3].astype(np.int64)).to(dev)[None]
        answer = int(gap_logits(head, h[None], words, like)[0].argmax())
        hits += answer == doc["gap"][3] and answer < 2
        coded += answer < 2
        gold += doc["gap"][3] < 2
    return 2 * hits / max(1, coded + gold)


def measure(reader, corpora, dev, tok):
    """Test sets: CoNLL F1 of OntoGUM and TNE, with mentions found, and F1 of GAP."""
    head = reader.tasks[TASK.name]
    path = lambda *p: os.path.join(corpora, "coref", *p)
    gum = list(gum_documents(tok, path("test/gum-test.conllu"), path("test/ontogum-test.conllu"), "coref_test", gold=True))
    tne = list(tne_documents(tok, path("test/tne-test.jsonl"), "coref_test", gold=True))
    out = {f"ontogum.{k}": v for k, v in conll(reader, head, gum, ONTOGUM, dev).items()}
    out |= {f"tne.{k}": v for k, v in conll(reader, head, tne, TNE, dev).items()}
    gap = list(gap_documents(tok, path("test/gap-test.tsv"), "coref_test"))
    out["gap"] = gap_f1(reader, head, gap, dev)
    return out
