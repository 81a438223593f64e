#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the gold texts with the program, scores the records, and prints the figures beside the accepted ones.

    tools/eval.py --program build/release/dragoman --shared ../shared [--accept] [--records FOLDER]

The accepted figures stand in docs/accuracy.md between two marks; --accept renews them. --records keeps the
records in a folder. Scoring is the contract's own score.py. Speed is of one thread, program start included: by the
clock, and by the processor time that the program took (the same on a machine that does nothing else).
"""
import argparse
import datetime
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SETS = ("dev", "tune")
LEVELS = ("type", "dyad", "event", "statement", "statement+speaker", "quantity", "position")
RATES = ("macro-type-f1", "status-accuracy", "mode-accuracy")


def processor_seconds():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def read(program, gold, records):
    """Writes the records of a gold file; returns seconds by the clock and of the processor."""
    begin, used = time.monotonic(), processor_seconds()
    with open(records, "wb") as out:
        done = subprocess.run([program, "read", "--format", "jsonl", "--threads", "1", "--quiet", str(gold)],
                              stdout=out, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"{program} failed on {gold} (exit code {done.returncode}):\n{done.stderr.decode()}")
    return time.monotonic() - begin, processor_seconds() - used


def score(shared, gold, records):
    out = subprocess.run([sys.executable, str(shared / "eval" / "score.py"), str(gold), str(records), "--json"],
                         capture_output=True, text=True, check=True)
    return json.loads(out.stdout)


def words_of(gold):
    with open(gold, encoding="utf8") as lines:
        return sum(len(json.loads(line)["text"].split()) for line in lines)


def instruction_set(program):
    """The line of `doctor` that names the instructions in use."""
    out = subprocess.run([program, "doctor"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(?im)^\W*instruction[ -]set\W+(.+?)\s*$", out)
    return found.group(1) if found else "unknown"


def measure(program, shared, folder):
    """Rows of (set, what, figure)."""
    rows, words, seconds, processor = [], 0, 0.0, 0.0
    for name in SETS:
        gold, records = shared / "gold" / f"{name}.jsonl", folder / f"{name}.jsonl"
        clock, used = read(program, gold, records)
        seconds, processor = seconds + clock, processor + used
        words += words_of(gold)
        scores = score(shared, gold, records)
        if scores["missing"]:
            sys.exit(f"{scores['missing']} texts of {gold} have no record")
        rows += [(name, level + " F1", scores[level]["f1"]) for level in LEVELS if level in scores]
        rows += [(name, rate, scores[rate]) for rate in RATES]
    rows.append(("all", "words a second", round(words / seconds)))
    rows.append(("all", "words a processor second", round(words / processor)))
    # Of the largest child: the program, next to which scoring is small.
    rows.append(("all", "peak memory, MB", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
    return rows


def table(rows):
    return "\n".join(["| set | measure | figure |", "| --- | --- | --- |", *(f"| {s} | {w} | {f} |" for s, w, f in rows)])


def accepted(page):
    """(set, what) -> figure as it stands in the page."""
    text = page.read_text(encoding="utf8")
    part = text[text.index(BEGIN):text.index(END)]
    return {(s, w): f for s, w, f in re.findall(r"^\| (\w+) \| (.+?) \| ([\d.]+) \|$", part, re.M)}


def accept(page, rows, note):
    text = page.read_text(encoding="utf8")
    head, tail = text[:text.index(BEGIN) + len(BEGIN)], text[text.index(END):]
    page.write_text(f"{head}\n{table(rows)}\n\n{note}\n{tail}", encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/dragoman"))
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--records", type=pathlib.Path)
    parser.add_argument("--accept", action="store_true")
    args = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        folder = args.records or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        rows = measure(args.program, args.shared, folder)
    before = accepted(PAGE)
    print(f"{'set':5} {'measure':28} {'now':>9} {'accepted':>9} {'change':>9}")
    for name, what, figure in rows:
        old = before.get((name, what))
        change = f"{figure - float(old):+9.3f}" if old else "        -"
        print(f"{name:5} {what:28} {figure:9} {old or '-':>9} {change}")
    version = subprocess.run([args.program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    note = (f"Measured on {datetime.date.today().isoformat()} by `./dev eval` with {version or 'dragoman'}; "
            f"instruction set: {instruction_set(args.program)}.")
    print(note)
    if args.accept:
        accept(PAGE, rows, note)
        print(f"renewed {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
