#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores dates against corpora: tools/date_eval.py DATE_EVAL DATA (WIKIWARS_FOLDER | GUM_DATES.jsonl)... [--errors N]

Counted in the gold are the dates of the calendar (days, weeks, months, seasons, years, decades, and in GUM stretches
from one to another); durations, times of the day without one, sets and "now" are not, and what is read where one of
those stands counts neither way. A value is right if it says the same as the gold's at the same precision (in GUM: has the
same first and last day); times of the day are left off. Of a stretch told by two dates the two count where the gold marks
them one by one. Printed: precision, recall and F1 of spans that overlap with the right value, and of spans alone.
"""
import argparse
import calendar
import collections
import json
import pathlib
import re
import subprocess
from xml.sax.saxutils import unescape

SEASONS = {"03": "SP", "06": "SU", "09": "FA", "12": "WI"}


def timex_value(value):
    """A TIMEX2 value as ours is written; None if it is no date of the calendar."""
    value = value.split("T")[0].strip()
    if re.fullmatch(r"\d{4}(-\d\d){0,2}|\d{4}-W\d\d|\d{4}-(SP|SU|FA|WI)|\d{3}", value):
        return value
    return None


def wikiwars(path):
    text = path.read_text(encoding="utf8", errors="replace")
    day = re.search(r'<DATETIME>.*?val="(\d{4}-\d\d-\d\d)', text, re.S)
    body = re.search(r"<TEXT>(.*)</TEXT>", text, re.S).group(1)
    plain, stack, gold = "", [], []
    for part in re.split(r"(<[^>]*>)", body):
        if part.startswith("<TIMEX2"):
            value = re.search(r'val="([^"]*)"', part)
            stack.append((len(plain), value.group(1) if value else ""))
        elif part.startswith("</TIMEX2"):
            begin, value = stack.pop()
            gold.append((begin, len(plain), timex_value(value)))
        elif not part.startswith("<"):
            plain += unescape(part, {"&quot;": '"', "&apos;": "'"})
    # Lines of the corpus are paragraphs: sentences are what the reader would be given.
    plain = re.sub(r"(?<=[a-z)\]\d][.!?]) (?=[A-Z\"])", "\n", plain)
    return plain, day.group(1) if day else "-", gold


def gum(path):
    for line in open(path, encoding="utf8"):
        document = json.loads(line)
        text, starts = "", []
        for sentence in document["sentences"]:
            at = []
            for word in sentence:
                at.append((len(text), len(text) + len(word)))
                text += word + " "
            text = text[:-1] + "\n"
            starts.append(at)
        gold = []
        for date in document["dates"]:
            words, tell = starts[date["sent"]], date["attributes"]
            value = tell.get("when", "")
            if "from" in tell and "to" in tell:
                value = tell["from"] + "/" + tell["to"]
            known = re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", value)
            gold.append((words[date["start"]][0], words[date["end"] - 1][1], value if known else None))
        day = document.get("document_date") or "-"
        yield text, day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else "-", gold


def days(value):
    """First and last day of a value as GUM and we write them, so that 1960/1969 is 1960-01-01/1969-12-31."""
    first, _, last = value.partition("/")
    year, month, day = (last or first).split("-") + [""] * (3 - len((last or first).split("-")))
    month = month or "12"
    day = day or str(calendar.monthrange(int(year), int(month))[1])
    return first + "-01-01"[len(first) - 4:] if len(first) < 10 else first, f"{year}-{month}-{day}"


def our_value(value, precision, timex):
    begin, _, end = value.partition("/")
    if precision == "week" and timex:
        import datetime
        year, week, _ = datetime.date.fromisoformat(begin).isocalendar()
        return f"{year}-W{week:02}"
    if precision == "season" and timex:
        return begin[:4] + "-" + SEASONS[begin[5:7]]
    if precision == "decade" and timex:
        return begin[:3]
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("data")
    parser.add_argument("corpora", nargs="+", type=pathlib.Path)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    for corpus in args.corpora:
        timex = corpus.is_dir()
        documents = [wikiwars(path) for path in sorted(corpus.glob("*.xml"))] if timex else list(gum(corpus))
        given = b""
        for text, day, _ in documents:
            data = text.encode()
            given += f"{day} {len(data)}\n".encode() + data + b"\n"
        out = subprocess.run([args.program, args.data], input=given, capture_output=True, check=True).stdout.decode()
        right = spans = found = wanted = 0
        wrong = collections.Counter()
        for (text, _, gold), block in zip(documents, out.split(".\n")):
            data = text.encode()
            items = []  # what was read, and its two ends where it is a stretch told by two dates
            for line in block.splitlines():
                begin, end, value, precision = line.removeprefix("+ ").split()
                one = (len(data[:int(begin)].decode()), len(data[:int(end)].decode()),
                       our_value(value, precision, timex))
                items[-1][1].append(one) if line.startswith("+ ") else items.append((one, []))
            read = []
            for whole, ends in items:
                marked = any(all(g[0] < end[1] and end[0] < g[1] for end in ends) for g in gold if g[2])
                read += [whole] if marked or not ends else ends
            wanted += sum(value is not None for _, _, value in gold)
            hit = set()
            for begin, end, value in read:
                over = [g for g in gold if g[0] < end and begin < g[1]]
                if over and all(g[2] is None for g in over):
                    continue
                found += 1
                over = [g for g in over if g[2] is not None and g not in hit]
                same = [g for g in over if g[2] == value or (not timex and days(g[2]) == days(value))]
                if over:
                    spans += 1
                    hit.add((same or over)[0])
                    right += bool(same)
                if not same:
                    wrong["value" if over else "spurious", text[begin:end], value, over[0][2] if over else ""] += 1
            for g in gold:
                if g[2] is not None and g not in hit:
                    wrong["missed", text[g[0]:g[1]], "", g[2]] += 1
        for error, times in wrong.most_common(args.errors):
            print(times, *error)

        def f1(good):
            return 2 * good / (found + wanted) if found + wanted else 0

        print(f"{corpus.name}: {len(documents)} texts, {wanted} dates, {found} read; value P {right / max(found, 1):.3f} "
              f"R {right / max(wanted, 1):.3f} F1 {f1(right):.3f}; span F1 {f1(spans):.3f}")


if __name__ == "__main__":
    main()
