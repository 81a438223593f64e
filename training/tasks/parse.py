# SPDX-License-Identifier: Apache-2.0
"""Tags, features, lemmas and the dependency tree of words, from Universal Dependencies.

A treebank's tokens are not our words: a token stands at the first word that begins in it ("n't" at the apostrophe of
don ' t), the words after that only join it. Where no word begins in a token ("cannot" is one word and two tokens) the
word is split at the token's border: here only, the engine leaves it whole.

Trees: biaffine scores of each word against each possible head (Dozat and Manning 2017); the best head of each word if
that is a tree with one root, else the best such tree (Chu-Liu/Edmonds). src/language/parser.cc runs the same.
"""
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import data
import labels
from evaluate import LIMIT, read_windows
from prepare import Doc
from text import Tokenizer

TRAIN = dict(parse_ewt="train/en_ewt-ud-train.conllu", parse_gum_a="train/en_gum-ud-train-tierA.conllu",
             parse_gum_b="train/en_gum-ud-train-tierB.conllu")
DEV = dict(parse_ewt_dev="dev/en_ewt-ud-dev.conllu", parse_gum_dev="dev/en_gum-ud-dev.conllu")
TEST = dict(ewt="test/en_ewt-ud-test.conllu", gum="test/en_gum-ud-test.conllu")
NO_HEAD = -999  # in "arc": nothing is known
TAGS = dict(join=2, upos=len(labels.UPOS), xpos=len(labels.XPOS), feats=len(labels.FEATS), lemma=len(labels.LEMMAS))
INDEX = {name: {label: i for i, label in enumerate(known)} for name, known in
         dict(upos=labels.UPOS, xpos=labels.XPOS, feats=labels.FEATS, lemma=labels.LEMMAS, rel=labels.RELATIONS).items()}


# Treebanks to documents

def sentences(path):
    """Documents of a CoNLL-U file: lists of (meta, rows); only rows of syntactic words."""
    docs, meta, rows = [], {}, []
    with open(path, encoding="utf8") as f:
        lines = f.read().split("\n")
    for line in lines:
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        elif line:
            cols = line.split("\t")
            if cols[0].isdigit():
                rows.append(cols)
        elif rows:
            if not docs or any(k.startswith("newdoc") for k in meta):
                docs.append([])
            docs[-1].append((meta, rows))
            meta, rows = {}, []
    return docs


class SplitWords:
    """A tokenizer that also splits words at `borders` (characters) where a token would have no word of its own."""

    def __init__(self, tok, borders):
        self.tok, self.borders = tok, borders

    def words(self, text):
        out, words = [], self.tok.words(text)
        starts = {w[0] for w in words}
        at = 0
        for begin, end, ids, shape in words:
            while at < len(self.borders) and self.borders[at][1] <= begin:
                at += 1
            inner, k = [], at
            while k < len(self.borders) and self.borders[k][0] < end:
                b, e = self.borders[k]
                if b > begin and not any(c in starts for c in range(b, e)):
                    inner.append(b)
                k += 1
            if not inner:
                out.append((begin, end, ids, shape))
                continue
            for b, e in zip([begin, *inner], [*inner, end]):
                out += [(b + x, b + y, i, s) for x, y, i, s in self.tok.words(text[b:e])]
        return out


def token_spans(text, rows):
    """Characters of each token: their forms stand in the text one after the other."""
    spans, at = [], 0
    for cols in rows:
        begin = text.find(cols[1], at)
        if begin < 0 or text[at:begin].strip():
            raise ValueError(f"token {cols[0]} {cols[1]!r} is not in its sentence: {text}")
        at = begin + len(cols[1])
        spans.append((begin, at))
    return spans


def parsed_doc(tok, name, sents):
    """(document, tokens): tokens of a sentence are (its rows, the word of each or -1, first word, last word + 1)."""
    text, plan = "", []
    for meta, rows in sents:
        if text:
            text += "\n\n" if any(k.startswith("newpar") for k in meta) else " "
        spans = [(b + len(text), e + len(text)) for b, e in token_spans(meta["text"], rows)]
        plan.append((rows, spans))
        text += meta["text"]
    doc = Doc(SplitWords(tok, [s for _, spans in plan for s in spans]), name, text)
    starts = np.array([w[0] for w in doc.words])
    tokens, cuts = [], []
    for rows, spans in plan:
        first, last = (int(np.searchsorted(starts, x)) for x in (spans[0][0], spans[-1][1]))
        if first == last:
            continue
        at = []
        for b, e in spans:
            w = int(np.searchsorted(starts, b))
            at.append(w if w < last and starts[w] < e else -1)
        tokens.append((rows, at, first, last))
        cuts.append(first)
    doc.data["cuts"] = np.array(cuts, np.uint32)
    doc.data["breaks"] = np.intersect1d(doc.data["breaks"], doc.data["cuts"])
    return doc, tokens


def labelled(tok, name, sents):
    """The document's dict with what the treebank says of each word."""
    doc, tokens = parsed_doc(tok, name, sents)
    known = dict(arc=np.full(doc.n, NO_HEAD, np.int16), rel=np.full(doc.n, -1, np.int8), join=np.ones(doc.n, np.int8),
                 upos=np.full(doc.n, -1, np.int8), xpos=np.full(doc.n, -1, np.int8), feats=np.full(doc.n, -1, np.int16),
                 lemma=np.full(doc.n, -1, np.int16))
    for rows, at, _, _ in tokens:
        for cols, w in zip(rows, at):
            if w < 0:
                continue
            known["join"][w] = 0
            known["upos"][w] = INDEX["upos"][cols[3]]
            known["xpos"][w] = INDEX["xpos"].get(cols[4], -1)
            known["feats"][w] = INDEX["feats"].get(cols[5], -1)
            known["lemma"][w] = -1 if cols[2] == "_" else INDEX["lemma"].get(lemma_script(cols[1], cols[2]), -1)
            head = int(cols[6])
            if head == 0:
                known["arc"][w] = 0
            elif at[head - 1] >= 0:
                known["arc"][w] = at[head - 1] - w
                known["rel"][w] = INDEX["rel"].get(cols[7], -1)
    return {**doc.data, **known}


def lemma_script(form, lemma):
    """How a lemma is made of a form: case (l lower, k keep, t title), letters to take off, "+", letters to put on."""
    if lemma == lemma.lower():
        case, base = "l", form.lower()
    elif len(form) > 1 and form.isupper() and not lemma.isupper():
        case, base = "t", title(form)
    else:
        case, base = "k", form
    k = len(os.path.commonprefix([base, lemma]))
    return f"{case}{len(base) - k}+{lemma[k:]}"


def title(form):
    return form[:1] + form[1:].lower()


def lemma_of(form, script):
    """None where more letters are to be taken off than there are, or too few would be left."""
    cut, _, ending = script[1:].partition("+")
    base = dict(l=form.lower, k=lambda: form, t=lambda: title(form))[script[0]]()
    left = len(base) - int(cut)
    return base[:left] + ending if left >= 0 and (ending or left >= (2 if len(base) > 2 else 1)) else None


# The head

class Head(nn.Module):
    """Tags of words; scores of arcs and of an arc's label."""

    def __init__(self, hidden, arc=256, rel=80, tag=256):
        super().__init__()
        self.tag_in = nn.Linear(hidden, tag)
        self.tag = nn.ModuleDict({name: nn.Linear(tag, count) for name, count in TAGS.items()})
        self.arc_word, self.arc_head = nn.Linear(hidden, arc), nn.Linear(hidden, arc)
        self.arc = nn.Linear(arc, arc)  # the bias scores a head whatever the word
        self.root = nn.Parameter(torch.randn(arc) * 0.1)
        self.rel_word, self.rel_head = nn.Linear(hidden, rel), nn.Linear(hidden, rel)
        self.rel = nn.Linear(rel, len(labels.RELATIONS) * rel)
        self.rel_out = nn.Linear(rel, len(labels.RELATIONS))
        nn.init.normal_(self.arc.weight, std=0.02)
        nn.init.normal_(self.rel.weight, std=0.02)

    def drop(self, x, p=0.2):
        return F.dropout(F.gelu(x), p, self.training)

    def tags(self, h):
        """{task: logits} for any shape [..., hidden]."""
        x = self.drop(self.tag_in(h))
        return {name: m(x) for name, m in self.tag.items()}

    def arcs(self, h):
        """[b, words, 1 + words]: scores of each word's heads; the first is the root."""
        b, n, _ = h.shape
        heads = torch.cat([self.root.to(h.dtype).expand(b, 1, -1), self.drop(self.arc_head(h)).to(h.dtype)], 1)
        return self.arc(self.drop(self.arc_word(h))) @ heads.transpose(1, 2)

    def relations(self, word, head):
        """[k, relations] of pairs of words' vectors [k, hidden]."""
        x, y = self.drop(self.rel_word(word)), self.drop(self.rel_head(head))
        left = self.rel(x).view(-1, len(labels.RELATIONS), y.shape[-1])
        return torch.einsum("krd,kd->kr", left, y) + self.rel_out(x)


def linears(head):
    """[(name, module)] of all products, in the order of the file."""
    out = [("tag_in", head.tag_in)] + [("tag." + name, m) for name, m in head.tag.items()]
    return out + [(name, getattr(head, name)) for name in ("arc_word", "arc_head", "arc", "rel_word", "rel_head", "rel", "rel_out")]


def write(writer, head):
    """Tensors parse.NAME.weight, .bias and parse.root."""
    from export import numpy, write_linear
    for name, module in linears(head):
        write_linear(writer, "parse." + name, module)
    writer.add_float("parse.root", numpy(head.root))


def manifest():
    """The manifest's `heads.parse`."""
    return dict(upos=labels.UPOS, xpos=labels.XPOS, feats=labels.FEATS, lemmas=labels.LEMMAS, relations=labels.RELATIONS)


# Decoding

def arborescence(scores):
    """Heads of the best tree (Chu-Liu/Edmonds): scores [n, n] of node (row) under head (column), node 0 the root."""
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    outside = [v for v in range(len(scores)) if v not in cycle]
    m = len(outside)
    inner = np.full((m + 1, m + 1), -np.inf)  # the cycle becomes node m
    inner[:m, :m] = scores[np.ix_(outside, outside)]
    into = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    out = scores[np.ix_(outside, cycle)]
    inner[m, :m], inner[:m, m] = into.max(0), out.max(1)
    inner[0] = -np.inf
    solved = arborescence(inner)
    result = heads.copy()
    for i in range(1, m):
        result[outside[i]] = cycle[out[i].argmax()] if solved[i] == m else outside[solved[i]]
    result[cycle[into[:, solved[m]].argmax()]] = outside[solved[m]]
    return result


# What Universal Dependencies ask of every tree, as in src/language/tree_rules.h.
flags = lambda holds: torch.tensor([holds(r.split(":")[0], r) for r in labels.RELATIONS])
HEAD_FIRST = flags(lambda base, r: base in ("conj", "fixed", "flat", "goeswith", "appos"))
SUBJECT = flags(lambda base, r: base in ("nsubj", "csubj") and ":outer" not in r)
OBJECT = flags(lambda base, r: base == "obj")
PUNCTUATION = labels.RELATIONS.index("punct")


def keep_one(heads, group, scores, chosen):
    """Whether one changed: of the words of each head that have a relation of `group` the one that would lose most keeps it."""
    changed = False
    for head in dict.fromkeys(heads[heads > 0].tolist()):
        several = [i for i in np.flatnonzero(heads == head) if group[chosen[i]]]
        keeper = max(several, key=lambda i: float(scores[i].max() - scores[i][~group].max()), default=None)
        for i in several:
            if i != keeper:
                scores[i, group] = float("-inf")
                chosen[i] = int(scores[i].argmax())
                changed = True
    return changed


def relations_of(heads, scores):
    """Indices of the relations of words with these heads (0 the root, else 1 + word) by scores [n, relations]."""
    backward = torch.as_tensor(heads > np.arange(len(heads)) + 1)
    scores = scores.masked_fill(backward[:, None] & HEAD_FIRST, float("-inf"))
    chosen = scores.argmax(-1).tolist()
    while any([keep_one(heads, group, scores, chosen) for group in (SUBJECT, OBJECT)]):
        pass
    return chosen


def is_below(heads, word, above):
    """Whether the node `above` is the node `word` (0 the root, else 1 + word) or stands over it."""
    while word and word != above:
        word = heads[word - 1]
    return word == above


def fits(heads, mark, head):
    """Whether the leaf `mark` crosses nothing under `head`."""
    between = range(min(mark, head) + 1, max(mark, head))
    spanning = {int(over) for k, over in enumerate(heads, 1) if k != mark and over and min(k, over) < mark < max(k, over)}
    return all(is_below(heads, k, head) for k in between) and all(is_below(heads, head, over) for over in spanning)


def settle_punctuation(arcs, relations, heads):
    """Hangs marks that cross the tree where they don't, by the best of their scores [n, 1 + n] there."""
    for mark in range(1, len(heads) + 1):
        if relations[mark - 1] != PUNCTUATION or not heads[mark - 1] or mark in heads or fits(heads, mark, heads[mark - 1]):
            continue
        possible = [k for k in range(1, len(heads) + 1) if k != mark and relations[k - 1] != PUNCTUATION and fits(heads, mark, k)]
        heads[mark - 1] = max(possible, key=lambda k: arcs[mark - 1, k], default=heads[mark - 1])


def find_cycle(heads):
    """Nodes of a cycle among heads (node 0 is the root), or None."""
    done = [False] * len(heads)
    done[0] = True
    for start in range(1, len(heads)):
        path, v = [], start
        while not done[v] and v not in path:
            path.append(v)
            v = int(heads[v])
        if not done[v]:
            return path[path.index(v):]
        for u in path:
            done[u] = True
    return None


ONE_ROOT = 1e6  # more than the scores of a sentence can make up for


def tree(scores):
    """Heads (0 the root, else 1 + word) of the words of one sentence: the best tree with one root.

    scores [n, 1 + n]; a word's own column counts for nothing."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)
    heads = full.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1 or find_cycle(heads) is not None:
        full[1:, 0] -= ONE_ROOT
        heads = arborescence(full)
    return heads[1:]


@torch.no_grad()
def parse(head, h, words):
    """Tree of one sentence: h [n, hidden]; words: indices of those that begin a token, in order.

    [(index of the head or -1 for the root, relation)] for each of them."""
    h = h[torch.as_tensor(words, device=h.device)].float()
    arcs = head.arcs(h[None])[0].double().cpu().numpy()
    heads = tree(arcs)
    rel = relations_of(heads, head.relations(h, h[torch.as_tensor(np.maximum(heads - 1, 0), device=h.device)]).cpu())
    settle_punctuation(arcs, rel, heads)
    return [(words[k - 1], labels.RELATIONS[r]) if k else (-1, "root") for k, r in zip(heads, rel)]


def irregular_forms(path):
    """{(form, universal tag): lemma} of forms that follow no rule."""
    forms = {}
    with open(path, encoding="utf8") as lines:
        for line in lines:
            if not line.startswith("#"):
                lemma, tag, of_it = line.rstrip("\n").split("\t")
                forms.update({(form, tag): lemma for form in of_it.split("|")})
    return forms


IRREGULAR = irregular_forms(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/language/irregular.tsv"))


def decode_lemma(form, tag, logits):
    """That of an irregular form of the universal tag (an auxiliary is looked up as a verb), or by the best script that can be applied."""
    irregular = IRREGULAR.get((form.lower(), "VERB" if tag == "AUX" else tag))
    if irregular:
        return irregular
    for k in np.argsort(-logits, kind="stable"):
        lemma = lemma_of(form, labels.LEMMAS[k])
        if lemma is not None:
            return lemma
    return form


def cut_tokens(text, words, joins):
    """[(begin, end, first word)] of the tokens of running text: a word and those that join it; "n't" is a token. What
    follows an apostrophe within a word joins it, whatever the head says."""
    tokens = []
    for w, (begin, end) in enumerate(words):
        clitic = len(tokens) > 1 and tokens[-2][1] == tokens[-1][0] and text[tokens[-1][0]:tokens[-1][1]] in ("'", "\u2019") \
            and text[begin:end].lower() in ("t", "s", "re", "ve", "ll", "d", "m")
        if w and (joins[w] or clitic) and tokens[-1][1] == begin:
            tokens[-1] = (tokens[-1][0], end, tokens[-1][2])
        else:
            tokens.append((begin, end, w))
    for i in range(1, len(tokens)):
        (a, b, v), (c, d, w) = tokens[i - 1:i + 1]
        if text[c:d].lower() in ("'t", "\u2019t") and b == c and b - a > 1 and text[b - 1] in "nN":
            tokens[i - 1:i + 1] = (a, b - 1, v), (c - 1, d, w)
    return tokens


@torch.no_grad()
def read_sentence(head, text, words, h):
    """What the engine prints of a sentence (src/language/parser.cc): words are spans of text, h [words, hidden].

    [(begin, end, lemma, upos, xpos, features, head or 0, relation)]"""
    logits = {k: v.float().cpu().numpy() for k, v in head.tags(h).items()}
    tokens = cut_tokens(text, words, logits["join"][:, 1] > logits["join"][:, 0])
    first = [w for _, _, w in tokens]
    number = {w: i + 1 for i, w in enumerate(first)}
    label = lambda known, name, w: known[int(logits[name][w].argmax())]
    return [(begin, end, decode_lemma(text[begin:end], label(labels.UPOS, "upos", w), logits["lemma"][w]), label(labels.UPOS, "upos", w), label(labels.XPOS, "xpos", w),
             label(labels.FEATS, "feats", w), number.get(top, 0), rel)
            for (begin, end, w), (top, rel) in zip(tokens, parse(head, h, first))]


# Training

class Task:
    name = "parse"
    batch = 8
    weight = 1.0
    Head = Head

    def documents(self, tok, corpora):
        return {name: [labelled(tok, name, sents) for sents in sentences(os.path.join(corpora, "parsing", file))]
                for name, file in {**TRAIN, **DEV}.items()}

    def items(self, sets, rng, limit):
        return [([(doc, a, b)], None) for name in TRAIN for doc in sets[name] for a, b in data.windows(doc, limit)]

    def collate(self, items, lengths):
        """Of each word: its labels, its sentence and its head's column (0 the root, 1 + word); -1 where nothing is known."""
        rows = [(window, n) for (windows, _), counts in zip(items, lengths) for window, n in zip(windows, counts)]
        width = max(n for _, n in rows)
        out = {f"parse.{k}": np.full((len(rows), width), -1, np.int64) for k in ("arc", "rel", "sentence", *TAGS)}
        for i, ((doc, w0, _), n) in enumerate(rows):
            for k in ("rel", *TAGS):
                out["parse." + k][i, :n] = doc[k][w0:w0 + n]
            at = np.arange(n)
            arc = doc["arc"][w0:w0 + n].astype(np.int64)
            column = at + arc + 1
            out["parse.arc"][i, :n] = np.where(arc == NO_HEAD, -1, np.where(arc == 0, 0, np.where((column >= 1) & (column <= n), column, -1)))
            sentence = np.searchsorted(doc["cuts"], w0 + at, side="right")
            out["parse.sentence"][i, :n] = np.where(doc["join"][w0:w0 + n] == 0, sentence, -1)
        return out

    def loss(self, head, h, tensors):
        t = {k.removeprefix("parse."): v for k, v in tensors.items() if k.startswith("parse.")}
        n = t["arc"].shape[1]
        h = h[:, :n]
        arcs = head.arcs(h).float()
        known = t["arc"] >= 0
        other = t["sentence"][:, :, None] != t["sentence"][:, None, :]
        other = other | torch.eye(n, dtype=torch.bool, device=h.device)
        arcs = arcs.masked_fill(F.pad(other, (1, 0)), -1e4)
        parts = dict(arc=cross_entropy(arcs, torch.where(known, t["arc"], -1)))
        row, word = ((t["rel"] >= 0) & (t["arc"] > 0)).nonzero(as_tuple=True)
        rel = head.relations(h[row, word], h[row, t["arc"][row, word] - 1])
        parts["rel"] = cross_entropy(rel, t["rel"][row, word])
        for name, logits in head.tags(h).items():
            parts[name] = cross_entropy(logits, t[name])
        total = sum(LOSS_WEIGHTS[k] * v for k, v in parts.items())
        return total, {k: v.detach() for k, v in parts.items()}

    def scores(self, reader, sets, dev):
        """Shares of words right on the first documents of the development sets: UPOS, XPOS, features, UAS, LAS."""
        out = {}
        for name in DEV:
            docs, words = [], 0
            for doc in sets[name]:
                if words < 8000:
                    docs.append(doc)
                    words += len(doc["shape"])
            out.update({f"{name}.{k}": v for k, v in shares(self.quick(reader, docs, dev)).items()})
        return out

    @torch.no_grad()
    def quick(self, reader, docs, dev):
        hits = {k: [0, 0] for k in ("upos", "xpos", "feats", "lemma", "uas", "las")}
        head = reader.tasks[self.name]
        for doc, w0, h in read_windows(reader, docs, dev, LIMIT):
            n = len(h)
            tags = {k: v.argmax(-1).cpu().numpy() for k, v in head.tags(h.float()).items()}
            first = doc["join"][w0:w0 + n] == 0
            for k in ("upos", "xpos", "feats", "lemma"):
                count(hits[k], (tags[k] == doc[k][w0:w0 + n])[first])
            for a, b in spans_in(doc["cuts"], w0, w0 + n):
                words = [w for w in range(a - w0, b - w0) if first[w]]
                for w, (top, rel) in zip(words, parse(head, h, words) if words else ()):
                    gold = int(doc["arc"][w0 + w])
                    right = (top == -1) if gold == 0 else top == w + gold
                    same = rel == "root" if gold == 0 else universal(rel) == universal(labels.RELATIONS[doc["rel"][w0 + w]])
                    count(hits["uas"], [right])
                    count(hits["las"], [right and same])
        return hits


LOSS_WEIGHTS = dict(arc=1.0, rel=0.7, join=0.1, upos=0.2, xpos=0.3, feats=0.3, lemma=0.4)
TASK = Task()


def cross_entropy(logits, target):
    """Mean over known words; 0 where there are none."""
    known = (target >= 0).sum().clamp(min=1)
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]).float(), target.reshape(-1), ignore_index=-1, reduction="sum") / known


def spans_in(cuts, begin, end):
    """Parts of sentences (cut at `cuts`) between two words."""
    inner = [int(c) for c in cuts if begin < c < end]
    return list(zip([begin, *inner], [*inner, end]))


def universal(relation):
    return relation.partition(":")[0]


def count(hit, flags):
    hit[0] += int(np.sum(flags))
    hit[1] += len(flags)


def shares(hits):
    return {k: round(100 * a / max(1, b), 2) for k, (a, b) in hits.items()}


# Test

@torch.no_grad()
def measure(reader, corpora, dev, tok=None, sets=TEST):
    """Scores on the test sets with gold tokens and sentences, counted as the CoNLL 2018 shared task's evaluation does:
    all words, punctuation too; LAS compares heads and the universal part of the relation (nsubj:pass is nsubj), `las_full`
    the whole relation; lemmas by case, a gold lemma "_" is always right. Only features are counted more strictly: all
    of them must be equal, not the universal ones alone."""
    tok = tok or Tokenizer(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../models/reader/vocab.txt"))
    out = {}
    for name, file in sets.items():
        hits = {k: [0, 0] for k in ("upos", "xpos", "feats", "lemma", "uas", "las", "las_full")}
        for sents in sentences(os.path.join(corpora, "parsing", file)):
            measured(reader, tok, sents, dev, hits)
        out[name] = shares(hits)
    return out


@torch.no_grad()
def measured(reader, tok, sents, dev, hits):
    """Counts right words of one document. Windows do not overlap: of a sentence cut by a window's end, the root of the
    later part hangs on the first part's as parataxis. A token without a word of its own hangs on the one before it."""
    doc, tokens = parsed_doc(tok, "test", sents)
    head = reader.tasks[TASK.name]
    first = {w for _, at, _, _ in tokens for w in at if w >= 0}
    arcs, tags = {}, {}
    for _, w0, h in read_windows(reader, [doc.data], dev, LIMIT):
        logits = {k: v.cpu().numpy() for k, v in head.tags(h.float()).items()}
        for a, b in spans_in(doc.data["cuts"], w0, w0 + len(h)):
            words = [w - w0 for w in range(a, b) if w in first]
            for w, (top, rel) in zip(words, parse(head, h, words) if words else ()):
                arcs[w0 + w] = (top + w0 if top >= 0 else -1, rel)
        for w in range(len(h)):
            tags[w0 + w] = {k: v[w] for k, v in logits.items()}
    for rows, at, _, _ in tokens:
        number = {w: i + 1 for i, w in enumerate(at) if w >= 0}
        roots = [w for w in at if arcs.get(w, (0, ""))[0] == -1]
        for i, (cols, w) in enumerate(zip(rows, at)):
            if w in arcs:
                top, rel = arcs[w]
                coded = (number[roots[0]], "parataxis") if top == -1 and w != roots[0] else (number.get(top, 0), rel)
                t = tags[w]
                upos, xpos, feats = (known[int(t[k].argmax())] for k, known in
                                     (("upos", labels.UPOS), ("xpos", labels.XPOS), ("feats", labels.FEATS)))
                lemma = decode_lemma(cols[1], upos, t["lemma"])
            else:
                coded, upos, xpos, feats, lemma = (i, "dep"), "X", "FW", "_", cols[1]
            right = coded[0] == int(cols[6])
            for k, ok in dict(upos=upos == cols[3], xpos=xpos == cols[4], feats=feats == cols[5], lemma=cols[2] in ("_", lemma), uas=right,
                              las=right and universal(coded[1]) == universal(cols[7]), las_full=right and coded[1] == cols[7]).items():
                count(hits[k], [ok])
