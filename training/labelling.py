# SPDX-License-Identifier: Apache-2.0
"""Sheets for people who label articles by reading, and what they wrote on them (docs/labelling.md).

    labelling.py sheets --records RECORDS.jsonl --words 2600 DIR    NN.txt to read, NN.json beside it
    labelling.py check DIR/NN ...                                   lines of NN.labels and NN.positions that can't be read or placed
    labelling.py collect DIR ... > labelled.jsonl                   all labels, in the form of the gold as far as they go
    labelling.py agree --gold GOLD.jsonl DIR ...                    F1 (event type a sentence) with gold articles on the sheets

RECORDS are those of `dragoman read --format jsonl`: their texts and sentence borders are used, nothing that was coded.
"""
import argparse
import collections
import glob
import json
import os
import re
import sys

ONTOLOGY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "ontology", "ontology.json")
STATUSES = ("actual", "future", "hypothetical", "negated", "alleged")
KINDS = ("direct", "indirect", "mixed")
SIGNS = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\n": " ", "\u00a0": " ", "\u2013": "-", "\u2014": "-"})
LONGEST_STATEMENT = 12  # sentences that a quotation may run over


def modes():
    """type -> its modes."""
    with open(ONTOLOGY, encoding="utf8") as f:
        return {t["name"]: [m["name"] if isinstance(m, dict) else m for m in t["modes"]] for t in json.load(f)["plover"]["event_types"]}


# ---- References: pieces of a sentence -------------------------------------------------------------------------------

def occurrences(piece, text, begin, end):
    """Where the piece stands in text[begin:end] as whole words."""
    found = []
    for m in re.finditer(re.escape(piece), text[begin:end]):
        first, last = begin + m.start(), begin + m.end()
        if not (piece[0].isalnum() and first and text[first - 1].isalnum()) and not (piece[-1].isalnum() and last < len(text) and text[last].isalnum()):
            found.append(first)
    return found


def locate(reference, text, begin, end, far=None):
    """[first, last + 1] of "words", "words@2" (second occurrence) or "first words ... last words" in text[begin:end], its end
    perhaps up to `far`. Kinds of quotation marks, dashes and spaces do not count."""
    text, piece, nth = text.translate(SIGNS), reference.strip().translate(SIGNS), 1
    m = re.fullmatch(r"(.*)@(\d+)", piece)
    if m:
        piece, nth = m[1].strip(), int(m[2])
    head, _, tail = (part.strip() for part in piece.partition(" ... "))
    found = occurrences(head, text, begin, end) or (far and occurrences(head, text, begin, far)) or []
    if len(found) < nth or not nth:
        raise ValueError(f'{"not" if not found else f"fewer than {nth} times"} in the sentence: "{head}"')
    first = found[nth - 1]
    if not tail:
        return [first, first + len(head)]
    found = occurrences(tail, text, first + len(head), far or end)
    if not found:
        raise ValueError(f'not behind "{head}": "{tail}"')
    return [first, found[0] + len(tail)]


# ---- Lines ----------------------------------------------------------------------------------------------------------

def among(value, allowed, what):
    if value not in allowed:
        raise ValueError(f"no {what}: {value} (there are {', '.join(allowed)})")
    return value


def event(fields, text, sentence, modes_of):
    if len(fields) != 9:
        raise ValueError(f"{len(fields) + 1} fields in place of 10")
    kind, ways, status, age, trigger, actors, recipients, theme, place = fields
    at = lambda reference: None if reference in ("", "-") else locate(reference, text, *sentence)
    many = lambda references, sign: [] if references in ("", "-") else [r.strip() for r in references.split(sign) if r.strip()]
    among(kind, modes_of, "type")
    return dict(type=kind, modes=[among(m, modes_of[kind], f"mode of {kind}") for m in many(ways, ",")], status=among(status, STATUSES, "status"),
                historical=among(age, ("new", "hist"), "age") == "hist", actors=[dict(span=at(r)) for r in many(actors, ";")],
                recipients=[dict(span=at(r)) for r in many(recipients, ";")], theme=at(theme), span=locate(trigger, text, *sentence),
                sentence=list(sentence), place=at(place))


def statement(fields, text, sentences, k):
    if len(fields) != 4:
        raise ValueError(f"{len(fields) + 1} fields in place of 5")
    kind, content, cue, speaker = fields

    def near(reference):
        """Of the sentence it names ("7:he"), else of the nearest that has it."""
        if reference in ("", "-"):
            return None
        m = re.fullmatch(r"(\d+):(.*)", reference)
        if m:
            among(m[1], [str(i) for i in range(len(sentences))], "sentence")
            return locate(m[2], text, *sentences[int(m[1])])
        for j in (k, k + 1, k - 1, k + 2, k - 2):
            if 0 <= j < len(sentences):
                try:
                    return locate(reference, text, *sentences[j])
                except ValueError:
                    pass
        raise ValueError(f'not near: "{reference}"')

    far = sentences[min(len(sentences) - 1, k + LONGEST_STATEMENT)][1]
    found = near(speaker)
    return dict(kind=among(kind, KINDS, "kind"), span=locate(content, text, *sentences[k], far), cue_span=near(cue), speaker=found and dict(span=found))


def labels_of(document, lines, modes_of):
    """(events, statements, faults) of numbered lines: [(number, line)]."""
    text, sentences, events, statements, faults = document["text"], document["sentences"], [], [], []
    for number, line in lines:
        try:
            mark, *fields = (f.strip() for f in line.split("|"))
            m = re.fullmatch(r"([ES]) (\d+)", mark)
            if not m:
                raise ValueError('does not begin with "E N |" or "S N |"')
            k = int(m[2])
            if k >= len(sentences):
                raise ValueError(f"no sentence {k}")
            if m[1] == "E":
                events.append(event(fields, text, sentences[k], modes_of))
            else:
                statements.append(statement(fields, text, sentences, k))
        except ValueError as fault:
            faults.append(f"{number}: {fault}")
    return events, statements, faults


def read_sheet(sheet, ending="labels"):
    """[(document, lines or None)] of DIR/NN; of DIR/NN.positions with that ending."""
    with open(sheet + ".json", encoding="utf8") as f:
        documents = json.load(f)
    lines, at = {}, None
    with open(f"{sheet}.{ending}", encoding="utf8") as f:
        for number, line in enumerate(f, 1):
            m = re.match(r"## (\S+)", line)
            if m:
                at = lines.setdefault(m[1], [])
            elif line.strip():
                if at is None:
                    raise ValueError(f"{sheet}.{ending}:{number}: stands before the first ## line")
                at.append((number, line.strip()))
    unknown = lines.keys() - {d["id"] for d in documents}
    if unknown:
        raise ValueError(f"{sheet}.{ending}: no article {', '.join(sorted(unknown))} on this sheet")
    return [(d, lines.get(d["id"])) for d in documents]


def issues():
    with open(os.path.join(os.path.dirname(ONTOLOGY), "issues.tsv"), encoding="utf8") as f:
        return [line.split("\t")[0] for line in f.read().splitlines()[1:] if line]


def positions_of(lines, known):
    """(positions, faults) of numbered lines "holder | country | issue | stance | object"."""
    positions, faults = [], []
    for number, line in lines:
        try:
            fields = [None if f.strip() in ("", "-") else f.strip() for f in line.split("|")]
            if len(fields) != 5 or not fields[0]:
                raise ValueError(f"{len(fields)} fields in place of 5" if fields[0] else "no holder")
            holder, country, issue, stance, of = fields
            if country and not re.fullmatch("[A-Z]{3}", country):
                raise ValueError(f"no country: {country}")
            positions.append(dict(holder=holder, country=country, issue=among(issue, known, "issue"), stance=among(stance, ("for", "against"), "stance"), object=of))
        except ValueError as fault:
            faults.append(f"{number}: {fault}")
    return positions, faults


def positions_of_sheet(sheet):
    """id -> (positions, faults) of the articles that were read for them."""
    if not os.path.exists(sheet + ".positions"):
        return {}
    known = issues()
    return {d["id"]: positions_of(lines, known) for d, lines in read_sheet(sheet, "positions") if lines is not None}


def sheets_of(folders):
    return [path.removesuffix(".labels") for folder in folders for path in sorted(glob.glob(os.path.join(folder, "*.labels")))]


# ---- Commands -------------------------------------------------------------------------------------------------------

def shown(document):
    out = [f"## {document['id']}" + (f" ({document['published']})" if document["published"] else "")]
    for k, (begin, end) in enumerate(document["sentences"]):
        gap = "\n" if k and "\n" in document["text"][document["sentences"][k - 1][1]:begin] else ""
        out.append(f"{gap}[{k}] " + document["text"][begin:end].replace("\n", " "))
    return "\n".join(out)


def write_sheets(a):
    sheet, words, number = [], 0, 0
    os.makedirs(a.folder, exist_ok=True)

    def flush():
        nonlocal sheet, words, number
        if sheet:
            path = os.path.join(a.folder, f"{number:02}")
            with open(path + ".json", "w", encoding="utf8") as f:
                json.dump(sheet, f, ensure_ascii=False)
            with open(path + ".txt", "w", encoding="utf8") as f:
                f.write("\n\n".join(map(shown, sheet)) + "\n")
            sheet, words, number = [], 0, number + 1

    with open(a.records, encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            document = record["document"]
            sheet.append(dict(id=document["source"].rpartition("#")[2], text=document["text"], published=(document.get("published") or {}).get("value"),
                              sentences=record["sentences"]))
            words += len(document["text"].split())
            if words >= a.words:
                flush()
    flush()


def check(a):
    faults, modes_of = 0, modes()
    for sheet in a.sheets:
        sheet = sheet.removesuffix(".labels").removesuffix(".txt")
        counts = collections.Counter()
        for document, lines in read_sheet(sheet):
            found = labels_of(document, lines, modes_of) if lines is not None else ([], [], [f"{document['id']} is not labelled"])
            for fault in found[2]:
                print(f"{sheet}.labels:{fault}")
            counts.update(articles=1, events=len(found[0]), statements=len(found[1]), faults=len(found[2]))
        for positions, unread in positions_of_sheet(sheet).values():
            for fault in unread:
                print(f"{sheet}.positions:{fault}")
            counts.update(positions=len(positions), faults=len(unread))
        print(sheet, *(f"{k}:{v}" for k, v in counts.items()))
        faults += counts["faults"]
    return 1 if faults else 0


def collect(a):
    modes_of = modes()
    for sheet in sheets_of(a.folders):
        positions = positions_of_sheet(sheet)
        for document, lines in read_sheet(sheet):
            events, statements, faults = labels_of(document, lines or (), modes_of)
            if lines is None or faults:
                print(f"{sheet}.labels: {document['id']} left out: {(faults or ['not labelled'])[0]}", file=sys.stderr)
            else:
                print(json.dumps(dict(id=document["id"], published=document["published"], text=document["text"], events=events, statements=statements,
                                      positions=positions.get(document["id"], (None,))[0]), ensure_ascii=False))


def agree(a):
    """Articles of the gold that stand on the sheets, by their text."""
    with open(a.gold, encoding="utf8") as lines:
        gold = {d["text"]: d for d in map(json.loads, lines)}
    modes_of = modes()
    for folder in a.folders:
        c = collections.Counter()
        for sheet in sheets_of([folder]):
            for document, lines in read_sheet(sheet):
                if document["text"] not in gold or lines is None:
                    continue
                sentence = lambda e: next((k for k, (b, x) in enumerate(document["sentences"]) if b <= e["span"][0] < x), None)
                keys = lambda events: collections.Counter((sentence(e), e["type"]) for e in events)
                want, got = keys(gold[document["text"]]["events"]), keys(labels_of(document, lines, modes_of)[0])
                c.update(gold=want.total(), labelled=got.total(), same=(want & got).total())
        print(folder, f"F1 {2 * c['same'] / max(1, c['gold'] + c['labelled']):.3f}", *(f"{k}:{v}" for k, v in c.items()))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    p = sub.add_parser("sheets")
    p.add_argument("--records", required=True), p.add_argument("--words", type=int, default=2600, help="a sheet"), p.add_argument("folder")
    p.set_defaults(run=write_sheets)
    p = sub.add_parser("check")
    p.add_argument("sheets", nargs="+"), p.set_defaults(run=check)
    p = sub.add_parser("collect")
    p.add_argument("folders", nargs="+"), p.set_defaults(run=collect)
    p = sub.add_parser("agree")
    p.add_argument("--gold", required=True), p.add_argument("folders", nargs="+"), p.set_defaults(run=agree)
    a = ap.parse_args()
    try:
        sys.exit(a.run(a))
    except (OSError, ValueError) as error:
        sys.exit(f"labelling.py: {error}")


if __name__ == "__main__":
    main()
