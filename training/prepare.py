# SPDX-License-Identifier: Apache-2.0
"""Packs gold and corpora into one file of documents ready for training.

    prepare.py --gold DIR --corpora DIR --vocab vocab.txt --out packed.pkl.xz

A document is a dict:
  set        where it is from (decides which losses apply)
  ids        uint16 [pieces]; word pieces of all words in a row
  shape      uint8 [words]; training/shapes.py
  first      uint32 [words + 1]; first piece of each word
  cuts       uint32: words that may begin a window; breaks: those that begin a block
  tags       name -> int8 [words]; -1 where nothing is known
  anchors    task -> list of (word, labels dict, [(role, first, last + 1)])
Spans are in words.
"""
import argparse
import collections
import inspect
import json
import lzma
import os
import pickle
import random

import numpy as np

import labelled
import labels
import shapes
import tasks
from news_texts import news_texts
from spacing import untokenised
from text import Tokenizer, cut_points

PAIR_TASKS = ("event", "quote", "polnear", "mention", "propbank")


class Doc:
    def __init__(self, tok, name, text):
        self.text = text
        self.words = tok.words(text)
        n = len(self.words)
        cuts, breaks = cut_points(text, self.words)
        self.data = dict(set=name, cuts=np.array(cuts, np.uint32), breaks=np.array(breaks, np.uint32), tags={}, anchors={})
        first = np.cumsum([0] + [len(w[2]) for w in self.words])
        self.data["first"] = first.astype(np.uint32)
        self.data["ids"] = np.array([p for w in self.words for p in w[2]], np.uint16)
        self.data["shape"] = np.array([w[3] for w in self.words], np.uint8)
        self._starts = np.array([w[0] for w in self.words] or [0])
        self._ends = np.array([w[1] for w in self.words] or [0])
        self.n = n

    def span(self, begin, end):
        """Words that overlap the characters [begin, end); None if there are none."""
        first = int(np.searchsorted(self._ends, begin, side="right"))
        last = int(np.searchsorted(self._starts, end, side="left"))
        return (first, last) if first < last <= self.n else None

    def tag(self, name, fill=0):
        if name not in self.data["tags"]:
            self.data["tags"][name] = np.full(self.n, fill, np.int8)
        return self.data["tags"][name]

    def anchor(self, task, word, lab, spans):
        self.data["anchors"].setdefault(task, []).append((word, lab, spans))


def bio(array, spans):
    """1 at the first word, 2 at the others."""
    for first, last in spans:
        array[first] = 1
        array[first + 1:last] = 2


def gold_lines(path):
    with open(path, encoding="utf8") as lines:
        yield from map(json.loads, lines)


def gold_docs(tok, articles, name, statements=True):
    """`articles`: dicts in the form of the gold; without `statements` nothing is known of speech in them."""
    for g in articles:
        doc = Doc(tok, name, g["text"])
        doc.data["id"] = g["id"]
        begin, inside, ends = doc.tag("trigger"), doc.tag("trigger_in"), doc.tag("sentence_end", -1)
        if statements:
            cue, cue_in, free = doc.tag("cue"), doc.tag("cue_in"), doc.tag("free")
        for i in (*doc.data["cuts"][1:], doc.n):
            if i:
                ends[i - 1] = 1
        for e in g["events"]:
            s = doc.span(*e["sentence"])
            if s:
                ends[s[0]:s[1] - 1] = 0
                ends[s[1] - 1] = 1
        for e in g["events"]:
            t = doc.span(*e["span"])
            if not t:
                continue
            begin[t[0]] = 1 + labels.EVENT_TYPES.index(e["type"])
            inside[t[0] + 1:t[1]] = 1
            spans = []
            for role, members in (("actor", e["actors"]), ("recipient", e["recipients"])):
                for p in members:
                    w = p.get("span") and doc.span(*p["span"])
                    if w:
                        spans.append((labels.ROLES.index(role), *w))
            for role in ("theme", "place"):
                w = e.get(role) and doc.span(*e[role])
                if w:
                    spans.append((labels.ROLES.index(role), *w))
            doc.anchor("event", t[0], dict(type=labels.EVENT_TYPES.index(e["type"]), status=labels.STATUSES.index(e["status"]),
                                           historical=int(bool(e["historical"])),
                                           modes=[labels.MODES.index(m) for m in e["modes"] if m in labels.MODES]), sorted(set(spans)))
        groups = collections.defaultdict(list)
        for s in g.get("statements", []) if statements else ():
            content = doc.span(*s["span"])
            if not content:
                continue
            c = s.get("cue_span") and doc.span(*s["cue_span"])
            if not c:
                bio(free, [content])
                continue
            spans = groups[c]
            spans.append((0, *content))
            w = s["speaker"] and s["speaker"].get("span") and doc.span(*s["speaker"]["span"])
            if w:
                spans.append((1, *w))
        for c, spans in groups.items():
            cue[c[0]] = 1
            cue_in[c[0] + 1:c[1]] = 1
            doc.anchor("quote", c[0], {}, sorted(set(spans)))
        yield doc


def polnear_docs(tok, path):
    for line in open(path, encoding="utf8"):
        g = json.loads(line)
        doc = Doc(tok, "polnear", g["text"])
        cue, cue_in = doc.tag("pcue"), doc.tag("pcue_in")
        layer = g["layers"][0]
        attributions = layer["attributions"] if isinstance(layer, dict) else layer
        for a in attributions:
            def spans_of(part):
                out = []
                for item in a.get(part) or []:
                    for b, e in item["spans"]:
                        w = doc.span(b, e)
                        if w:
                            out.append(w)
                return out
            cues = spans_of("cue")
            if not cues:
                continue
            first = cues[0]
            cue[first[0]] = 1
            cue_in[first[0] + 1:first[1]] = 1
            spans = [(0, *w) for w in spans_of("content")] + [(1, *w) for w in spans_of("source")]
            doc.anchor("polnear", first[0], {}, sorted(set(spans)))
        yield doc


NER_MAP = {"Person": 0, "Organization": 1, "Location": 2, "Facility": 2, "NORP": 3, "Misc": 4, "Product": 4,
           "politician": 0, "person": 0, "politicalparty": 1, "organisation": 1, "country": 2, "location": 2, "election": 4,
           "event": 4, "misc": 4}


def uner_labels(path):
    """sentence id -> IOB labels of its words, from UNER over EWT (persons, organizations, places)."""
    out, sentence = {}, None
    for line in open(path, encoding="utf8"):
        if line.startswith("# sent_id"):
            sentence = out[line.partition("=")[2].strip()] = []
        elif line[:1].isdigit():
            sentence.append(line.split("\t")[2].strip())
    return out


UNER_MAP = dict(PER=0, ORG=1, LOC=2)
MAYBE_NAMES = (shapes.CAPITALIZED, shapes.ALL_CAPS, shapes.CAPITAL, shapes.MIXED, shapes.LETTERS_AND_DIGITS)


def uner_names(doc, words, marks):
    """Tags `names` of one sentence from UNER's labels, [(words of the token, label)]. Peoples and other names are not told
    apart from the rest there: words outside that look like names stay unknown."""
    names = doc.tag("names", -1)
    for w in range(*words):
        if doc.data["shape"][w] not in MAYBE_NAMES:
            names[w] = 0
    kind = None
    for ws, label in marks:
        if label == "O" or not ws:
            kind = None
            continue
        begins = label[0] == "B" or kind != UNER_MAP[label[2:]]
        kind = UNER_MAP[label[2:]]
        names[ws[0]:ws[1]] = 2 + 2 * kind
        if begins:
            names[ws[0]] = 1 + 2 * kind


def ner_docs(tok, path, name, split_docs):
    sentences, tokens, docs = [], [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# document"):
            if sentences:
                docs.append(sentences)
            sentences = []
            continue
        if not line.strip():
            if tokens:
                sentences.append(tokens)
            tokens = []
            continue
        parts = line.split("\t")
        tokens.append((parts[0], parts[1] if len(parts) > 1 else "O"))
    if tokens:
        sentences.append(tokens)
    docs.append(sentences)
    if not split_docs:
        docs = [docs[0][i:i + 1] for i in range(len(docs[0]))]
    for sents in docs:
        text, marks, ends = "", [], []
        for sent in sents:
            if len(sent) == 1 and sent[0][0].startswith("http"):
                continue
            if text:
                text += " "
            piece, spans = untokenised([t for t, _ in sent])
            offset = len(text)
            text += piece
            for (b, e), (_, label) in zip(spans, sent):
                marks.append((b + offset, e + offset, label))
            ends.append(len(text))
        doc = Doc(tok, name, text)
        names = doc.tag("names")
        current = None
        for b, e, label in marks + [(0, 0, "O")]:
            if current and not (label.startswith("I-") and label[2:] == current[2]):
                w = doc.span(current[0], current[1])
                if w and current[2] in NER_MAP:
                    kind = NER_MAP[current[2]]
                    names[w[0]] = 1 + 2 * kind
                    names[w[0] + 1:w[1]] = 2 + 2 * kind
                current = None
            if label.startswith("B-") or (label.startswith("I-") and not current):
                current = [b, e, label[2:]]
            elif current and label.startswith("I-"):
                current[1] = e
        if doc.n:
            yield doc


def conllu(path):
    """Documents: lists of sentences (meta dict, rows)."""
    docs, meta, rows = [[]], {}, []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            if docs[-1]:
                docs.append([])
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        elif not line:
            if rows:
                docs[-1].append((meta, rows))
            meta, rows = {}, []
        else:
            cols = line.split("\t")
            if cols[0].isdigit():
                rows.append(cols)
    if rows:
        docs[-1].append((meta, rows))
    return docs


def aligned(text, rows, at=0):
    """Character span of each row's form in text."""
    spans = []
    for cols in rows:
        found = text.find(cols[1], at)
        if found < 0:
            return None
        spans.append((found, found + len(cols[1])))
        at = found + len(cols[1])
    return spans


def parsed_docs(tok, path, name, deprels, propbank=None, uds=None, entities=False, names=None):
    grouped = conllu(path)
    if name == "ewt":
        by_doc = collections.OrderedDict()
        for sent in (s for d in grouped for s in d):
            by_doc.setdefault(sent[0].get("sent_id", "").rsplit("-", 1)[0], []).append(sent)
        grouped = list(by_doc.values())
    for sents in grouped:
        text, plan = "", []
        for meta, rows in sents:
            piece = meta["text"]
            spans = aligned(piece, rows)
            if spans is None:
                continue
            if text:
                text += "\n\n" if "newpar" in meta or any(k.startswith("newpar") for k in meta) else " "
            plan.append((meta, rows, [(b + len(text), e + len(text)) for b, e in spans], len(text), len(text) + len(piece)))
            text += piece
        doc = Doc(tok, name, text)
        if not doc.n:
            continue
        upos, rel, ends = doc.tag("upos", -1), doc.tag("deprel", -1), doc.tag("sentence_end", 0)
        if propbank is not None:
            pred = doc.tag("pred")
        factual = doc.data["factual"] = []
        stack, mentions = [], doc.tag("mention") if entities else None
        form = doc.tag("mention_form", -1) if entities else None
        flat = []
        for meta, rows, spans, begin, end in plan:
            w = doc.span(begin, end)
            if not w:
                continue
            ends[w[1] - 1] = 1
            offset = len(flat)
            for cols, s in zip(rows, spans):
                ws = doc.span(*s)
                flat.append((cols, ws, offset))
                if ws:
                    upos[ws[0]] = labels.UPOS.index(cols[3])
                    rel[ws[0]] = deprels.setdefault(cols[7].split(":")[0], len(deprels))
            if propbank is not None:
                p = propbank.get(meta.get("sent_id"))
                if p and len(p["tokens"]) == len(rows):
                    for pr in p["preds"]:
                        a = doc.span(*spans[pr["i"]])
                        if not a:
                            continue
                        pred[a[0]] = 1
                        args = []
                        for label, f, l in pr["args"]:
                            label = {"ARGM-LOC": "LOC", "ARGM-TMP": "TMP"}.get(label, label)
                            if label in labels.PROPBANK_ROLES and f < l:
                                ws = doc.span(spans[f][0], spans[l - 1][1])
                                if ws:
                                    args.append((labels.PROPBANK_ROLES.index(label), *ws))
                        doc.anchor("propbank", a[0], {}, sorted(set(args)))
            labels_ = names and names.get(meta.get("sent_id"))
            if labels_ and len(labels_) == len(rows):
                uner_names(doc, w, [(doc.span(*s), label) for s, label in zip(spans, labels_)])
            if uds is not None:
                for (first, last), value in uds.get(" ".join(c[1] for c in rows), ()):
                    if last <= len(spans):
                        ws = doc.span(*spans[first])
                        if ws:
                            factual.append((ws[0], value / 3.0))
        if entities:
            gum_mentions(doc, flat, mentions, form)
        yield doc


def gum_mentions(doc, flat, mentions, form):
    """Anchors at heads from GUM's Entity= column; nested mentions have heads of their own."""
    open_, found = [], []
    for i, (cols, ws, offset) in enumerate(flat):
        entity = next((m[7:] for m in cols[9].split("|") if m.startswith("Entity=")), "")
        token = ""
        for c in entity:
            if c == "(":
                if token:
                    open_.append((token, i))
                token = "\0"
                continue
            if c == ")":
                if token.startswith("\0"):  # opens and closes here
                    found.append((token[1:], i, i))
                else:
                    group = token
                    if not group and open_:
                        pass
                    for k in range(len(open_) - 1, -1, -1):
                        if open_[k][0].lstrip("\0").split("-")[0] == group or not group:
                            found.append((open_[k][0].lstrip("\0"), open_[k][1], i))
                            del open_[k]
                            break
                token = ""
                continue
            token += c
        if token.startswith("\0"):
            open_.append((token, i))
    kinds = {"person": 0, "organization": 1, "place": 2}
    for label, a, b in found:
        parts = label.split("-")
        if len(parts) < 2:
            continue
        cols_a, _, offset = flat[a]
        head = None
        for i in range(a, b + 1):
            cols, ws, off = flat[i]
            parent = off + int(cols[6]) - 1
            if int(cols[6]) == 0 or not (a <= parent <= b):
                head = i
                break
        if head is None or flat[head][1] is None or flat[a][1] is None or flat[b][1] is None:
            continue
        upos = flat[head][0][3]
        f = 2 if upos in ("PRON", "DET") else 0 if upos == "PROPN" else 1
        w = flat[head][1][0]
        if mentions[w]:
            continue  # appositions and coordinations share a head: the first found stands
        mentions[w] = 1 + kinds.get(parts[1], 3)
        form[w] = f
        doc.anchor("mention", w, {}, [(0, flat[a][1][0], flat[b][1][1])])


def plain_docs(tok, texts, name):
    for text in texts:
        doc = Doc(tok, name, text)
        if doc.n > 12:
            yield doc


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", required=True), ap.add_argument("--corpora", required=True)
    ap.add_argument("--vocab", required=True), ap.add_argument("--out", required=True)
    ap.add_argument("--tasks", default=",".join(tasks.names()), help="modules of training/tasks")
    a = ap.parse_args()
    tok = Tokenizer(a.vocab)
    corpora = lambda *p: os.path.join(a.corpora, *p)
    propbank = {}
    for line in open(corpora("roles/train/ewt_propbank-train.jsonl"), encoding="utf8"):
        p = json.loads(line)
        propbank[p["id"]] = p
    uds = collections.defaultdict(list)
    for line in open(corpora("factuality/train/uds_ih2-train.jsonl"), encoding="utf8"):
        p = json.loads(line)
        uds[p["text"]] += [(t["span1"], t["label"]) for t in p["targets"]]
    deprels = {}
    sets = collections.OrderedDict()

    def add(name, docs):
        sets.setdefault(name, []).extend(d.data if isinstance(d, Doc) else d for d in docs)
        got = sets[name]
        print(f"{name:14} {len(got):6} documents {sum(len(d['shape']) for d in got):9} words "
              + " ".join(f"{t}:{sum(len(d['anchors'].get(t, ())) for d in got)}" for t in PAIR_TASKS if any(t in d["anchors"] for d in got)), flush=True)

    for name in ("train", "written", "tune"):
        add(name, gold_docs(tok, gold_lines(os.path.join(a.gold, name + ".jsonl")), name))
    articles = list(labelled.documents(a.corpora, a.gold))
    # Their quotations that run on often have the cue of a sentence nearby, where the gold's have none.
    add("labelled", gold_docs(tok, (d for d in articles if not labelled.kept_back(d)), "labelled", statements=False))
    add("labelled_dev", gold_docs(tok, filter(labelled.kept_back, articles), "labelled_dev"))
    add("polnear", polnear_docs(tok, corpora("quotes/train/polnear-train.jsonl")))
    add("worldwide", ner_docs(tok, corpora("ner/train/worldwide-train.tsv"), "worldwide", True))
    add("worldwide_dev", ner_docs(tok, corpora("ner/dev/worldwide-dev.tsv"), "worldwide_dev", True))
    add("crossner", ner_docs(tok, corpora("ner/train/crossner_politics-train.txt"), "crossner", False))
    add("ewt", parsed_docs(tok, corpora("parsing/train/en_ewt-ud-train.conllu"), "ewt", deprels, propbank, uds,
                            names=uner_labels(corpora("ner/train/uner_ewt-train.iob2"))))
    for tier in ("A", "B"):
        add("gum", parsed_docs(tok, corpora(f"coref/train/gum-train-tier{tier}.conllu"), "gum", deprels, entities=True))
    add("gum_dev", parsed_docs(tok, corpora("coref/dev/gum-dev.conllu"), "gum_dev", deprels, entities=True))
    add("plain", plain_docs(tok, news_texts(a.corpora, a.gold), "plain"))
    for name in filter(None, a.tasks.split(",")):
        documents = tasks.load(name).documents
        extra = dict(gold=a.gold) if "gold" in inspect.signature(documents).parameters else {}
        for key, docs in documents(tok, a.corpora, **extra).items():
            add(key, docs)
    with lzma.open(a.out, "wb", preset=6) as f:
        pickle.dump(dict(sets=sets, deprels=list(deprels), special=(tok.cls, tok.sep, tok.mask), vocab=tok.size), f, protocol=4)
    print(os.path.getsize(a.out) // 1024, "KiB")


if __name__ == "__main__":
    main()
