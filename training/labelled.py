# SPDX-License-Identifier: Apache-2.0
"""Our labels on news texts that are not ours: spans beside a hash of the text (labels.tsv.xz), and the way to the text.

    labelled.py --corpora DIR --gold DIR                      puts texts and labels together and prints what each source holds
    labelled.py --corpora DIR --gold DIR --write LABELLED.jsonl   writes them as labelling.py collects them, for `dragoman read` and positions.py
    labelled.py --corpora DIR --gold DIR --pack LABELLED.jsonl    writes labels.tsv.xz from what labelling.py collected

A line of the file is one article: source, id there, length of the labelled beginning in code points, first 16 digits of its
SHA-256, events, statements and positions as JSON (positions: null where an article was not read for them). Spans are code
points [start, end):
  event      [type, status, historical, [modes], trigger, [actors], [recipients], theme, place, sentence]
  statement  [kind, content, cue, speaker]
  position   [holder, country, issue, stance, object]
Mentions are only those in the trigger's sentence; what is absent is null. Made by the codebook of the gold: each article was
read and labelled, none by running a program (docs/training.md tells how far it agrees with the gold).
"""
import argparse
import collections
import hashlib
import json
import lzma
import os
import sys

from spacing import untokenised

BEGINNING = 60  # characters by which texts are looked up
LABELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "labels.tsv.xz")


def _json_lines(path, key):
    with open(path, encoding="utf8") as lines:
        for line in lines:
            document = json.loads(line)
            yield str(document[key]), document["text"]


def _worldwide(path):
    """Sentences of an article in a row, web addresses left out."""
    name, sentences, tokens = None, [], []
    text = lambda: " ".join(untokenised(s)[0] for s in sentences if not (len(s) == 1 and s[0].startswith("http")))
    with open(path, encoding="utf8") as lines:
        for line in [*lines, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("# document"):
                if name:
                    yield name, text()
                name, sentences = line.partition("=")[2].strip(), []
            elif line:
                tokens.append(line.split("\t")[0])
            elif tokens:
                sentences.append(tokens)
                tokens = []
    yield name, text()


SOURCES = dict(
    worldwide=lambda c, g: _worldwide(os.path.join(c, "ner/train/worldwide-train.tsv")),
    polnear=lambda c, g: _json_lines(os.path.join(c, "quotes/train/polnear-train.jsonl"), "doc"),
    tne=lambda c, g: _json_lines(os.path.join(c, "coref/train/tne-train.jsonl"), "id"),
    wikinews=lambda c, g: _json_lines(os.path.join(g, "texts.jsonl"), "id"),
)


def digest(text):
    return hashlib.sha256(text.encode("utf8")).hexdigest()[:16]


def kept_back(document):
    """Whether an article is one of the sixteenth that choosing is done on, not training."""
    return digest(document["text"])[0] == "0"


def event(row):
    kind, status, historical, modes, trigger, actors, recipients, theme, place, sentence = row
    participants = lambda spans: [dict(span=s) for s in spans]
    return dict(type=kind, status=status, historical=historical, modes=modes, span=trigger, actors=participants(actors),
                recipients=participants(recipients), theme=theme, place=place, sentence=sentence)


def statement(row):
    kind, content, cue, speaker = row
    return dict(kind=kind, span=content, cue_span=cue, speaker=speaker and dict(span=speaker))


def position(row):
    holder, country, issue, stance, of = row
    return dict(holder=holder, country=country, issue=issue, stance=stance, object=of)


def documents(corpora, gold, path=LABELS):
    """Articles with text and labels, in the form of the gold as far as the labels go."""
    rows = collections.defaultdict(dict)
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 7 or fields[0] not in SOURCES:
                raise ValueError(f"{path}:{number}: no line of labels")
            rows[fields[0]][fields[1]] = (number, *fields[2:])
    for source, wanted in rows.items():
        for name, text in SOURCES[source](corpora, gold):
            if name not in wanted:
                continue
            number, length, sha, events, statements, positions = wanted.pop(name)
            text = text[:int(length)]
            if digest(text) != sha:
                raise ValueError(f"{path}:{number}: the text of {source} {name} is another than the one labelled")
            positions = json.loads(positions)
            yield dict(id=f"{source}_{name}", text=text, events=[event(e) for e in json.loads(events)],
                       statements=[statement(s) for s in json.loads(statements)],
                       positions=None if positions is None else [position(p) for p in positions])
        if wanted:
            raise ValueError(f"{path}:{min(w[0] for w in wanted.values())}: {source} has no text {', '.join(sorted(wanted))[:200]}")


def row_of(document):
    """Events, statements and positions as a line has them."""
    spans = lambda participants: [p["span"] for p in participants]
    events = [[e["type"], e["status"], e["historical"], e["modes"], e["span"], spans(e["actors"]), spans(e["recipients"]), e["theme"],
               e["place"], e["sentence"]] for e in document["events"]]
    statements = [[s["kind"], s["span"], s["cue_span"], s["speaker"] and s["speaker"]["span"]] for s in document["statements"]]
    positions = document["positions"] and [[p[k] for k in ("holder", "country", "issue", "stance", "object")] for p in document["positions"]]
    return [json.dumps(part, separators=(",", ":"), ensure_ascii=False) for part in (events, statements, positions)]


def pack(corpora, gold, articles, path=LABELS):
    """Writes the labels of articles whose texts begin a text of one of the sources."""
    beginnings = collections.defaultdict(list)
    for source, texts in SOURCES.items():
        for name, text in texts(corpora, gold):
            beginnings[text[:BEGINNING]].append((source, name, text))
    rows = {}
    for d in articles:
        text = d["text"]
        found = next(((s, n) for s, n, whole in beginnings[text[:BEGINNING]] if whole.startswith(text) and (s, n) not in rows), None)
        if not found:
            raise ValueError(f"the text of {d['id']} begins none that the sources hold")
        rows[found] = (*found, str(len(text)), digest(text), *row_of(d))
    with lzma.open(path, "wt", encoding="utf8", preset=9) as out:
        out.writelines("\t".join(row) + "\n" for _, row in sorted(rows.items()))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", required=True), ap.add_argument("--gold", required=True)
    ap.add_argument("--pack", metavar="LABELLED.jsonl", default="")
    ap.add_argument("--write", metavar="LABELLED.jsonl", default=os.devnull)
    a = ap.parse_args()
    counts = collections.defaultdict(collections.Counter)
    try:
        if a.pack:
            with open(a.pack, encoding="utf8") as lines:
                pack(a.corpora, a.gold, map(json.loads, lines))
        with open(a.write, "w", encoding="utf8") as out:
            for d in documents(a.corpora, a.gold):
                print(json.dumps(d, ensure_ascii=False), file=out)
                counts[d["id"].partition("_")[0]].update(articles=1, words=len(d["text"].split()), events=len(d["events"]), statements=len(d["statements"]),
                                                               positions=len(d["positions"] or ()))
    except (OSError, ValueError) as error:
        sys.exit(f"labelled.py: {error}")
    for source, c in counts.items():
        print(f"{source:10}", *(f"{k}:{v}" for k, v in c.items()))


if __name__ == "__main__":
    main()
