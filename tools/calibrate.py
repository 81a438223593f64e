#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the confidence of events and statements to gold, and writes the page that shows what it is worth.

    tools/calibrate.py --program build/release/dragoman --shared ../shared [--model models/reader] [--dry]

Reads tune.jsonl and dev.jsonl with all candidates (a copy of the model without calibration, --min-confidence 0),
fits logistic maps on tune, reads both sets again at some thresholds, chooses those with the best F1 on tune, writes maps and
thresholds into "heads.calibration" of the model's manifest.json (docs/formats/model.md), and docs/confidence.md.
Dev is only reported on. What counts as right is what the contract's score.py matches. Run it after every change of the
model; it reads the sets some fifteen times.
"""
import argparse
import datetime
import importlib.util
import json
import math
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "confidence.md"
SETS = ("tune", "dev")
GRID = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9)  # thresholds of the curve
CHOICE = (0.2, 0.6)  # between these the default is looked for
FOLDS, BINS, PENALTIES = 10, 10, (0.3, 1.0, 3.0, 10.0, 30.0)
LEAST = 0.05  # lowest probability of a head for a candidate (kLowestFloor of src/language/reader.cc)
SUREST = 0.998  # as kSurest of src/language/confidence.cc
SIGNALS = {
    "events": [("trigger", "log-odds"), ("act", "log-odds"), ("mode", "plain"), ("rival", "plain"), ("actor", "plain"),
               ("recipient", "plain")],
    "statements": [("cue", "log-odds"), ("begin", "log-odds"), ("content", "log-odds"), ("speaker", "plain"),
                   ("free", "plain"), ("quoted", "plain"), ("words", "log")],
}
RAW = {"events": "act", "statements": "cue"}  # the head's own probability, which the map is compared with
LEVEL = {"events": "type", "statements": "statement"}


# ---- What was read, and what of it is right -------------------------------------------------------------------------

def scorer(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(program, model, gold, least):
    """Records of a gold file by gold id."""
    command = [program, "read", "--format", "jsonl", "--quiet", "--scores", "--model", str(model), str(gold)]
    if least is not None:
        command[2:2] = ["--min-confidence", str(least)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed (exit code {done.returncode}):\n{done.stderr.decode()}")
    records = map(json.loads, done.stdout.decode().splitlines())
    return {record["document"]["source"].rsplit("#", 1)[-1]: record for record in records}


class Find:
    """An event or a statement of a record: its document, what it was reckoned from, and whether it is right."""

    def __init__(self, document, found, right):
        self.document, self.right, self.confidence = document, right, found["confidence"]
        self.signals = {part["of"]: part["value"] for part in found.get("scores", {}).get("confidence", [])}
        self.quotation = "quotation" in self.signals


def finds_of_events(score, gold, record):
    golden, coded, raw = gold.get("events", []), score.load_record(record)["events"], record["events"]
    fits = lambda g, c: g["type"] == c["type"] and score.inside(c["span"], g["sentence"])
    if gold.get("partial"):
        kept = [i for i, c in enumerate(coded) if any(score.inside(c["span"], g["sentence"]) for g in golden)]
        coded, raw = [coded[i] for i in kept], [raw[i] for i in kept]
    for one, event in zip(coded, raw):
        one["confidence"] = event["confidence"]

    def weight(g, c):  # as score.py; of equals, the surer one
        roles = score.same_set(g["actors"], c["actors"]) + score.same_set(g["recipients"], c["recipients"])
        return (score.overlap(g["span"], c["span"]) > 0) + roles + 0.5 * (g["status"] == c["status"]) + c["confidence"] / 100
    right = {j for _, j in score.match(golden, coded, fits, weight)}
    return [Find(gold["id"], event, j in right) for j, event in enumerate(raw)]


def finds_of_statements(score, gold, record):
    if "statements" not in gold:
        return []
    coded = score.load_record(record)["statements"]

    def shared(g, c):
        return score.overlap(g["span"], c["span"]) / (max(g["span"][1], c["span"][1]) - min(g["span"][0], c["span"][0]))
    right = {j for _, j in score.match(gold["statements"], coded, lambda g, c: shared(g, c) >= 0.5, shared)}
    return [Find(gold["id"], s, j in right) for j, s in enumerate(record["statements"])]


def finds(score, golds, records):
    """{"events": finds, "statements": finds} of all documents."""
    of = {"events": finds_of_events, "statements": finds_of_statements}
    return {kind: [find for name, gold in golds.items() if name in records for find in of[kind](score, gold, records[name])]
            for kind in of}


# ---- The map --------------------------------------------------------------------------------------------------------

def scaled(scale, value):
    if scale == "log-odds":
        value = min(max(value, 1 - SUREST), SUREST)
        return math.log(value / (1 - value))
    return math.log1p(value) if scale == "log" else value


def row(signals, kind):
    """[(index, value)] of a find's signals, with the base as index 0."""
    values = [(0, 1.0)]
    for i, (name, scale) in enumerate(SIGNALS[kind], 1):
        if name in signals:
            value = scaled(scale, signals[name])
            if value:
                values.append((i, value))
    return values


def sigmoid(x):
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))


def solve(matrix, vector):
    """Gaussian elimination of a small positive definite system."""
    n = len(vector)
    rows = [list(line) + [value] for line, value in zip(matrix, vector)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][j] * out[j] for j in range(i + 1, n))) / rows[i][i]
    return out


class Map:
    """Logistic regression with an L2 penalty on all weights but the base; Newton's method."""

    def __init__(self, kind, examples, penalty):
        self.kind = kind
        rows = [(row(e.signals, kind), float(e.right)) for e in examples]
        size = len(SIGNALS[kind]) + 1
        self.weights = [0.0] * size
        for _ in range(25):
            slope = [penalty * w for w in self.weights]
            bend = [[0.0] * size for _ in range(size)]
            slope[0] = 0.0
            for i in range(size):
                bend[i][i] = penalty if i else 1e-9
            for values, right in rows:
                p = self.of(values)
                for i, x in values:
                    slope[i] += (p - right) * x
                    for j, y in values:
                        bend[i][j] += p * (1 - p) * x * y
            step = solve(bend, slope)
            self.weights = [w - s for w, s in zip(self.weights, step)]
            if max(map(abs, step)) < 1e-6:
                break

    def of(self, values):
        return sigmoid(sum(self.weights[i] * x for i, x in values))

    def confidence(self, find):
        return self.of(row(find.signals, self.kind))

    def as_json(self, floor, threshold):
        weights = [{"of": name, "scale": scale, "weight": round(w, 4)}
                   for (name, scale), w in zip(SIGNALS[self.kind], self.weights[1:]) if round(w, 4)]
        return {"base": round(self.weights[0], 4), "floor": floor, "threshold": threshold, "weights": weights}


def cross_fitted(kind, examples, penalty):
    """(confidence, right) of each example, in their order, by a map that has not seen its document."""
    documents = sorted({e.document for e in examples})
    random.Random(1).shuffle(documents)
    fold = {document: i % FOLDS for i, document in enumerate(documents)}
    maps = [Map(kind, [e for e in examples if fold[e.document] != k], penalty) for k in range(FOLDS)]
    return [(maps[fold[e.document]].confidence(e), e.right) for e in examples]


def log_loss(pairs):
    return -sum(math.log(max(p if right else 1 - p, 1e-9)) for p, right in pairs) / len(pairs)


def best_threshold(scores):
    """The threshold {threshold: F1} is best at, by the mean with its neighbours (one point may be luck)."""
    grid = sorted(scores)

    def smooth(i):
        near = [scores[grid[j]] for j in (i - 1, i, i, i + 1) if 0 <= j < len(grid)]
        return sum(near) / len(near)
    allowed = [i for i, t in enumerate(grid) if CHOICE[0] <= t <= CHOICE[1]]
    return grid[max(allowed, key=smooth)]


def fit(kind, examples):
    """(map, cross-fitted pairs of all but quotations, penalty)"""
    known = [e for e in examples if not e.quotation]
    tried = {penalty: cross_fitted(kind, known, penalty) for penalty in PENALTIES}
    penalty = min(tried, key=lambda p: log_loss(tried[p]))
    return Map(kind, known, penalty), tried[penalty], penalty


# ---- How good it is -------------------------------------------------------------------------------------------------

def bins_of(pairs):
    """Ten bins of equally many pairs, in order of the confidence."""
    ordered = sorted(pairs)
    edges = [len(ordered) * i // BINS for i in range(BINS + 1)]
    return [ordered[a:b] for a, b in zip(edges, edges[1:]) if b > a]


def calibration_error(pairs):
    """Expected calibration error: mean over the bins of |mean confidence - share that is right|, weighted by size."""
    return sum(abs(sum(p - right for p, right in part)) for part in bins_of(pairs)) / max(1, len(pairs))


def chance_error(pairs):
    """What a perfect map would show on so few finds: mean error if each is right with its own confidence."""
    chance = random.Random(2)
    rounds = 200
    return sum(calibration_error([(p, chance.random() < p) for p, _ in pairs]) for _ in range(rounds)) / rounds


# ---- The page -------------------------------------------------------------------------------------------------------

HEAD = """# Confidence

`confidence` of an event is the probability that an act of its type is told in its sentence: that the contract's `score.py`
finds it right at level `type`. It says nothing of actors, dates and status; those have scores of their own. `confidence` of a
statement is the probability that somebody said this, to half its length or more (level `statement`), whoever it was.

The heads of the reader are too sure or not sure enough of themselves, so their probabilities go through a map that was fitted
to gold which the model was not trained on (`tune.jsonl`): logistic regression over the log-odds of the trigger and of its type, the
scores of mode, actor and recipient, and a surer act of the same type in the same sentence; for statements over cue, content,
speaker and length.
`dragoman explain` shows what each part adds.

`--min-confidence P` of [read](commands/read.md) leaves out all events and statements below P before anything is made of them, so
that no other part of the record (positions, `about`, attribution) rests on what is left out. Without it the reader
keeps what gives the best F1 on `tune`: events from {event_threshold}, statements from {statement_threshold}. A lower P gives more of
what is there, with more that is wrong. `--min-confidence` of [events](commands/events.md) lists less of what a store holds.

This page is written by `./dev calibrate`, which fits the maps, too; it must be run again when the model changes.
{note}

## How far it can be trusted

Expected calibration error over ten bins of equally many finds: how far the mean confidence of a bin is from the share that is right.
`tune` is cross-fitted (ten folds of documents), `dev` has not been used. *By chance* is what a perfect map would show on so few finds.

| what | set | finds | head alone | calibrated | by chance |
| --- | --- | --- | --- | --- | --- |
{errors}

Bins of the calibrated events on `tune` (cross-fitted) and `dev`, all candidates:

| set | confidence | mean | right | finds |
| --- | --- | --- | --- | --- |
{bins}

## Precision against recall

Records read at each threshold. Events at levels `type` and `event` (with all actors, recipients and status), statements by content.

| set | `--min-confidence` | events | precision | recall | F1 | with roles F1 | statements | precision | recall | F1 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{curve}
"""


def share(value):
    return f"{value:.3f}".replace("0.", ".", 1)


def heads_of(kind, examples):
    """(the head's own probability, right) of all but quotations."""
    return [(e.signals.get(RAW[kind], e.signals.get("begin", 0.0)), e.right) for e in examples if not e.quotation]


def error_rows(kind, name, raw, pairs, threshold):
    rows = []
    for label, least in (("all candidates", 0.0), ("as kept by default", threshold)):
        kept = [i for i, (p, _) in enumerate(pairs) if p >= least]
        if not kept:
            continue
        mapped, heads = [pairs[i] for i in kept], [raw[i] for i in kept]
        rows.append(f"| {kind}, {label} | {name} | {len(kept)} | {share(calibration_error(heads))} | "
                    f"**{share(calibration_error(mapped))}** | {share(chance_error(mapped))} |")
    return rows


def bin_rows(name, pairs):
    return [f"| {name} | {share(part[0][0])}–{share(part[-1][0])} | {share(sum(p for p, _ in part) / len(part))} | "
            f"{share(sum(right for _, right in part) / len(part))} | {len(part)} |" for part in bins_of(pairs)]


def scores_of(shared, gold, records, folder):
    path = folder / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records.values()), encoding="utf8")
    out = subprocess.run([sys.executable, str(shared / "eval" / "score.py"), str(gold), str(path), "--json"],
                         capture_output=True, text=True, check=True)
    return json.loads(out.stdout)


def curve_row(name, least, scores):
    events, roles, statements = scores["type"], scores["event"], scores["statement"]
    cells = [events["coded"], *(share(events[k]) for k in ("precision", "recall", "f1")), share(roles["f1"]),
             statements["coded"], *(share(statements[k]) for k in ("precision", "recall", "f1"))]
    return f"| {name} | {least} | " + " | ".join(map(str, cells)) + " |"


# ---- The run --------------------------------------------------------------------------------------------------------

def model_copy(model, folder, calibration):
    """A folder with the model's files and a manifest with this calibration (none: without)."""
    for file in model.iterdir():
        if file.name != "manifest.json" and not (folder / file.name).exists():
            (folder / file.name).symlink_to(file.resolve())
    write_manifest(model / "manifest.json", folder / "manifest.json", calibration)


def write_manifest(old, new, calibration):
    manifest = json.loads(old.read_text(encoding="utf8"))
    manifest["heads"].pop("calibration", None)
    if calibration:
        manifest["heads"]["calibration"] = calibration
    new.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/dragoman"))
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "models/reader")
    parser.add_argument("--grid", type=float, nargs="+", default=GRID, help="thresholds of the curve")
    parser.add_argument("--page", type=pathlib.Path, default=PAGE)
    parser.add_argument("--dry", action="store_true", help="print what would be written, and leave model and page alone")
    args = parser.parse_args()
    score = scorer(args.shared)
    golds = {}
    for name in SETS:
        with open(args.shared / "gold" / f"{name}.jsonl", encoding="utf8") as lines:
            golds[name] = {gold["id"]: gold for gold in map(json.loads, lines)}
    path = {name: args.shared / "gold" / f"{name}.jsonl" for name in SETS}

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        model_copy(args.model, folder, None)
        found = {name: finds(score, golds[name], read(args.program, folder, path[name], 0)) for name in SETS}
        maps, pairs, calibration = {}, {}, {}
        for kind in LEVEL:
            maps[kind], held, penalty = fit(kind, found["tune"][kind])
            calibration[kind] = maps[kind].as_json(LEAST, 0.5)
            unseen = [(maps[kind].confidence(e), e.right) for e in found["dev"][kind] if not e.quotation]
            pairs[kind] = {"tune": held, "dev": unseen}
            print(f"{kind}: {len(held)} candidates on tune, penalty {penalty}", flush=True)
        quoted = [e.right for e in found["tune"]["statements"] if e.quotation]
        calibration["quotation"] = round((sum(quoted) + 2) / (len(quoted) + 3), 2)

        model_copy(args.model, folder, calibration)
        curve = {}
        for name in SETS:
            for least in args.grid:
                records = read(args.program, folder, path[name], least)
                curve[name, least] = scores_of(args.shared, path[name], records, folder)
                print(curve_row(name, least, curve[name, least]), flush=True)
        for kind, level in LEVEL.items():
            threshold = best_threshold({least: curve["tune", least][level]["f1"] for least in args.grid})
            calibration[kind]["threshold"] = threshold
        model_copy(args.model, folder, calibration)
        for name in SETS:
            curve[name, None] = scores_of(args.shared, path[name], read(args.program, folder, path[name], None), folder)
        errors = [line for kind in LEVEL for name in SETS for line in
                  error_rows(kind, name, heads_of(kind, found[name][kind]), pairs[kind][name], calibration[kind]["threshold"])]
        print("\n".join(errors), json.dumps(calibration), f"quotations: {len(quoted)}", sep="\n")
        if args.dry:
            return
        shutil.copyfile(folder / "manifest.json", args.model / "manifest.json")
    version = subprocess.run([args.program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    manifest = json.loads((args.model / "manifest.json").read_text(encoding="utf8"))
    note = (f"Figures of {datetime.date.today().isoformat()}, {version or 'dragoman'}, "
            f"model {manifest['name']} {manifest['version']}.")
    bins = [line for name in SETS for line in bin_rows(name, pairs["events"][name])]
    rows = [curve_row(name, "the default" if least is None else least, curve[name, least])
            for name in SETS for least in (None, *args.grid)]
    args.page.write_text(HEAD.format(note=note, errors="\n".join(errors), bins="\n".join(bins), curve="\n".join(rows),
                                event_threshold=calibration["events"]["threshold"],
                                statement_threshold=calibration["statements"]["threshold"]), encoding="utf8")
    print(f"wrote {args.model / 'manifest.json'} and {args.page}")


if __name__ == "__main__":
    main()
