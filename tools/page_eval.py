#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the reading of pages on collections with gold.

    tools/page_eval.py --pages PAGES --dump build/release/src/ingest/article_dump [--sets naeb,…] [--json OUT] [--keep DIR]

PAGES holds a folder a set: gold.jsonl and the pages, and score_pages.py. Beside its scores this tells: outputs with a
line that is not the article's (a block of five words or more of which less than a fifth of the four-word sequences is
in the gold body, summary or captions), outputs that lost more than half of the body, captions, instants with their
zone, and how well the score of page kinds tells articles from other pages.
"""
import argparse
import collections
import datetime
import importlib.util
import json
import pathlib
import re
import subprocess
import time

BODY_SETS = ("scrapinghub", "fundus_eval", "fundus_tests", "naeb", "wcxb_articles")
SETS = BODY_SETS + ("trafilatura_eval", "htmldate_eval", "postlight", "wcxb_other")
WORD = re.compile(r"\w+")


def gold_of(pages, name):
    with open(pages / name / "gold.jsonl", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def list_of(pages, name, gold):
    """What article_dump reads: a line a page. Pages are as packed, or unpacked beside their packed name."""
    for page in gold:
        file = pages / name / page["html"]
        if not file.exists():
            file = file.with_suffix("")
        yield json.dumps({"id": page["id"], "file": str(file), "format": "html", "url": page.get("url", "")})


def read(dump, pages, name, gold):
    begin = time.monotonic()
    out = subprocess.run([dump, "articles"], input="\n".join(list_of(pages, name, gold)).encode() + b"\n",
                         stdout=subprocess.PIPE, check=True).stdout
    took = time.monotonic() - begin
    lines = [json.loads(line) for line in out.decode("utf8").split("\n") if line]
    return [line | {"id": line["source"]} for line in lines], len(gold) / took


def shingles(text):
    words = WORD.findall(text.lower())
    return [tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))]


def is_foreign(block, known):
    parts = shingles(block)
    return len(WORD.findall(block)) >= 5 and sum(part in known for part in parts) < 0.2 * len(parts)


def body_faults(gold, found):
    """Shares of outputs with a foreign block, and of outputs that lost more than half."""
    foreign = lost = count = 0
    for page in gold:
        if not page.get("body"):
            continue
        count += 1
        article = found.get(page["id"], {})
        extra = [i.get("caption") or "" for i in page.get("images") or []] + (page.get("summary") or [])
        extra += [page.get("title") or ""] + (page.get("headlines") or [])
        known = set(shingles(" \n ".join([page["body"], *extra])))
        lines = (article.get("text") or "").split("\n")
        foreign += any(is_foreign(line, known) for line in lines)
        want, got = collections.Counter(shingles(page["body"])), collections.Counter(shingles(article.get("text") or ""))
        lost += sum((want & got).values()) < 0.5 * sum(want.values())
    return {"foreign": foreign / max(count, 1), "lost": lost / max(count, 1)}


def fold(text):
    return " ".join(WORD.findall((text or "").lower()))


def same_caption(a, b):
    a, b = fold(a), fold(b)
    return bool(a) and bool(b) and (a == b or (min(len(a), len(b)) > 20 and (a in b or b in a)))


def captions(gold, found):
    """F1 of captions; one holding the other (its credit) is the same."""
    hit = wrong = missed = 0
    for page in gold:
        if page["id"] not in found or "images" not in page:
            continue
        want = list({fold(i["caption"]): i["caption"] for i in page["images"] if i.get("caption")}.values())
        got = found[page["id"]].get("captions") or []
        left = list(got)
        for caption in want:
            match = next((c for c in left if same_caption(c, caption)), None)
            if match is None:
                missed += 1
            else:
                hit += 1
                left.remove(match)
        wrong += len(left)
    return {"F1": 2 * hit / max(2 * hit + wrong + missed, 1), "hit": hit, "wrong": wrong, "missed": missed}


def instant(text):
    try:
        value = datetime.datetime.fromisoformat(text.replace("Z", "+00:00").replace(" ", "T", 1))
    except ValueError:
        return None
    return value.astimezone(datetime.timezone.utc) if value.tzinfo else None


def instants(gold, found):
    right = count = 0
    for page in gold:
        want = instant(page.get("datetime") or "")
        if want is None:
            continue
        count += 1
        got = instant(found.get(page["id"], {}).get("published") or found.get(page["id"], {}).get("date") or "")
        right += got is not None and abs((got - want).total_seconds()) < 60
    return {"exact": right / max(count, 1), "n": count}


def score_of(line):
    """How sure it was that the page is an article; refusals tell it in their reason."""
    if "score" in line:
        return line["score"]
    told = re.search(r"\(score ([0-9.]+)\)", line.get("error", ""))
    return float(told.group(1)) if told else None


def area(positive, negative):
    """Area under the curve: how often a positive has the higher score."""
    both = sorted([(s, 1) for s in positive] + [(s, 0) for s in negative])
    ranks, i = 0.0, 0
    while i < len(both):
        j = i
        while j < len(both) and both[j][0] == both[i][0]:
            j += 1
        ranks += sum(label for _, label in both[i:j]) * (i + 1 + j) / 2
        i = j
    p, n = len(positive), len(negative)
    return (ranks - p * (p + 1) / 2) / (p * n)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=pathlib.Path, required=True)
    parser.add_argument("--dump", type=pathlib.Path, required=True)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for what was read")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score_pages", args.pages / "score_pages.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)

    report, scores = {}, {}
    keep = args.keep or pathlib.Path("/tmp")
    for name in args.sets.split(","):
        gold = gold_of(args.pages, name)
        lines, speed = read(args.dump, args.pages, name, gold)
        found = {line["id"]: line for line in lines if "error" not in line}
        kept = keep / f"articles_{name}.jsonl"
        kept.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
        got = scorer.score(args.pages / name / "gold.jsonl", kept)
        got["refused"] = sum("error" in line for line in lines)
        got["pages/s"] = round(speed)
        scores[name] = [score_of(line) for line in lines if score_of(line) is not None]
        if name in BODY_SETS:
            got["faults"] = body_faults(gold, found)
        if name == "fundus_tests":
            got["captions"], got["instants"] = captions(gold, found), instants(gold, found)
        report[name] = got
    for name, got in report.items():
        parts = [f"{name:16} refused {got['refused']:3}  {got['pages/s']:4} pages/s"]
        if "shingle" in got and name != "wcxb_other":
            parts.append("body F1 {F1:.4f} P {P:.3f} R {R:.3f} exact {accuracy:.3f}".format(**got["shingle"]))
            parts.append("word {F1:.4f}".format(**got["word"]))
        for key, form in (("segments", "segments {F1:.4f} P {P:.3f} R {R:.3f}"), ("faults", "foreign {foreign:.3f} lost {lost:.3f}"),
                          ("date", "date {accuracy:.3f}"), ("instants", "instants {exact:.3f} of {n}"),
                          ("authors", "authors {exact:.3f} F1 {F1:.3f}"), ("title", "title {exact:.3f} F1 {tokenF1:.3f}"),
                          ("captions", "captions F1 {F1:.3f} ({hit} {wrong} {missed})")):
            if key in got and name != "wcxb_other":
                parts.append(form.format(**got[key]))
        print("  ".join(parts))
    articles = [s for name in BODY_SETS for s in scores.get(name, [])]
    if articles and scores.get("wcxb_other"):
        report["page kinds"] = {"area": area(articles, scores["wcxb_other"])}
        news = area(scores.get("wcxb_articles", articles), scores["wcxb_other"])
        print(f"page kinds: area under the curve {report['page kinds']['area']:.4f}; wcxb_articles alone {news:.4f}")
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
