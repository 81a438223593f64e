# SPDX-License-Identifier: Apache-2.0
"""Acts in doubt, where labels and a reader of them differ, for a second judgement (docs/labelling.md).

    doubts.py sheets --labelled LABELLED.jsonl --records RECORDS.jsonl --sheets N DIR     N.txt to read, N.json beside it
    doubts.py settle --labelled LABELLED.jsonl --records RECORDS.jsonl DIR > mended.jsonl what two of label, reader and judge say

RECORDS are those of `dragoman read --format jsonl --min-confidence 0.05` of the labelled texts. In doubt is an act
  told       that the reader is surer of than --told, and that no label of its sentence has (type or trigger);
  labelled   that the reader gives less than --unheard;
  conflict   to which the reader, surer than --other, gives another type only.
A sheet shows sentences and words, not what either side said. Judges write a line a number into N.answers:

    7 | -                                                  no act
    7 | TYPE | modes | status | new or hist | trigger | actors | recipients | theme | place      as on the sheets of labelling.py

Articles that are kept back for choosing are left as they are.
"""
import argparse
import collections
import glob
import json
import os
import random
import sys

import labelled
import labelling

CONTEXT = 220  # characters of the sentence before


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def sentence_at(sentences, place):
    return next((k for k, (begin, end) in enumerate(sentences) if begin <= place < end), None)


def doubts_of(document, record, told, unheard, other):
    """[{kind, sentence, span, type, …}] of one article; `index` is that of the label, `reader` the other type."""
    sentences, out = record["sentences"], []
    labels = [(sentence_at(sentences, e["span"][0]), e) for e in document["events"]]
    coded = [(sentence_at(sentences, e["trigger"]["span"][0]), e) for e in record["events"]]
    meets = lambda label, event: label["type"] == event["type"] or overlap(label["span"], event["trigger"]["span"])
    for k, e in coded:
        if k is not None and e["confidence"] >= told and not any(j == k and meets(label, e) for j, label in labels):
            out.append(dict(kind="told", sentence=k, span=e["trigger"]["span"], type=e["type"]))
    for index, (k, label) in enumerate(labels):
        met = [e for j, e in coded if j == k and meets(label, e)]
        surest = max(met, key=lambda e: e["confidence"], default=None)
        doubt = dict(sentence=k, span=label["span"], type=label["type"], index=index)
        if k is None:
            continue
        if surest is None or surest["confidence"] < unheard:
            out.append(dict(doubt, kind="labelled"))
        elif surest["confidence"] >= other and not any(e["type"] == label["type"] for e in met):
            out.append(dict(doubt, kind="conflict", reader=surest["type"]))
    return sorted(out, key=lambda d: d["span"])


def shown(document, sentences, doubts, first):
    """Lines of a sheet, numbered from `first` on."""
    one_line = lambda begin, end: document["text"][begin:end].replace("\n", " ")
    out, last = [f"## {document['id']}: {one_line(0, 90)}"], None
    for number, doubt in enumerate(doubts, first):
        k = doubt["sentence"]
        if k != last:
            if k > 0 and last != k - 1:
                out.append(f"      (before: {one_line(*sentences[k - 1])[-CONTEXT:]})")
            out.append("   " + one_line(*sentences[k]))
        last = k
        out.append(f"{number}  [{one_line(*doubt['span'])}]")
    return out


def records_of(path):
    with open(path, encoding="utf8") as lines:
        return {r["document"]["source"].rpartition("#")[2]: r for r in map(json.loads, lines)}


def labelled_documents(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def write_sheets(a):
    records, documents = records_of(a.records), {d["id"]: d for d in labelled_documents(a.labelled)}
    found = {i: doubts_of(d, records[i], a.told, a.unheard, a.other) for i, d in documents.items() if i in records and not labelled.kept_back(d)}
    ids = [i for i, doubts in found.items() if doubts]
    random.Random(1).shuffle(ids)
    sheets = [[] for _ in range(a.sheets)]
    for i in ids:
        min(sheets, key=lambda sheet: sum(len(found[j]) for j in sheet)).append(i)
    os.makedirs(a.folder, exist_ok=True)
    for n, sheet in enumerate(sheets):
        lines, key = [], []
        for i in sheet:
            lines += shown(documents[i], records[i]["sentences"], found[i], len(key) + 1)
            key += [dict(doubt, id=i) for doubt in found[i]]
        with open(os.path.join(a.folder, f"{n}.txt"), "w", encoding="utf8") as f:
            f.write("\n".join(lines) + "\n")
        with open(os.path.join(a.folder, f"{n}.json"), "w", encoding="utf8") as f:
            json.dump(key, f)
    kinds = collections.Counter(doubt["kind"] for doubts in found.values() for doubt in doubts)
    print(*(f"{kind}:{n}" for kind, n in kinds.items()))


def answers_of(path, count):
    """number -> its fields; every number once."""
    out = {}
    with open(path, encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            mark, *fields = (f.strip() for f in line.split("|"))
            if not mark.isdigit() or not 1 <= int(mark) <= count or int(mark) in out:
                raise ValueError(f"{path}:{number}: no number of the sheet, or one answered before: {mark}")
            if not fields:
                raise ValueError(f"{path}:{number}: a number without an answer: {mark}")
            out[int(mark)] = fields
    if len(out) != count:
        raise ValueError(f"{path}: {count - len(out)} numbers without an answer, the first {min(set(range(1, count + 1)) - out.keys())}")
    return out


def settle_one(document, sentences, judged, modes_of, counts):
    """The events of one article after the judgements [(doubt, fields)]."""
    gone, new = set(), []
    for doubt, fields in judged:
        verdict = fields[0]
        counts[doubt["kind"], "none" if verdict == "-" else "same" if verdict == doubt["type"] else "reader" if verdict == doubt.get("reader") else "third"] += 1
        if verdict == "-":  # of a conflict two say that there is an act
            gone |= {doubt["index"]} if doubt["kind"] == "labelled" else set()
            continue
        agrees = verdict == (doubt.get("reader") if doubt["kind"] == "conflict" else doubt["type"])
        if doubt["kind"] == "labelled" or not agrees:
            continue
        try:
            event = labelling.event(fields, document["text"], sentences[doubt["sentence"]], modes_of)
        except ValueError as fault:
            raise ValueError(f"{doubt.get('at', document['id'])}: {fault}") from None
        if doubt["kind"] == "conflict":
            gone.add(doubt["index"])
        elif any(overlap(event["span"], e["span"]) for e in [*document["events"], *new]):
            continue
        new.append(event)
    return sorted([e for k, e in enumerate(document["events"]) if k not in gone] + new, key=lambda e: e["span"])


def settle(a):
    records, modes_of, counts, judged = records_of(a.records), labelling.modes(), collections.Counter(), collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(a.folder, "*.json"))):
        with open(path, encoding="utf8") as f:
            key = json.load(f)
        answers = answers_of(path.removesuffix("json") + "answers", len(key))
        for number, doubt in enumerate(key, 1):
            judged[doubt["id"]].append((dict(doubt, at=f"{path.removesuffix('.json')}, {number}"), answers[number]))
    for document in labelled_documents(a.labelled):
        if document["id"] in judged:
            document["events"] = settle_one(document, records[document["id"]]["sentences"], judged[document["id"]], modes_of, counts)
        print(json.dumps(document, ensure_ascii=False))
    for (kind, verdict), n in sorted(counts.items()):
        print(f"{kind} {verdict}:{n}", file=sys.stderr)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    for name, run in (("sheets", write_sheets), ("settle", settle)):
        p = sub.add_parser(name)
        p.add_argument("--labelled", required=True), p.add_argument("--records", required=True), p.add_argument("folder"), p.set_defaults(run=run)
        if run is write_sheets:
            p.add_argument("--sheets", type=int, default=8)
            p.add_argument("--told", type=float, default=0.48), p.add_argument("--unheard", type=float, default=0.06), p.add_argument("--other", type=float, default=0.45)
    a = ap.parse_args()
    try:
        a.run(a)
    except (OSError, ValueError) as error:
        sys.exit(f"doubts.py: {error}")


if __name__ == "__main__":
    main()
