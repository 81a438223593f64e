#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the reading of pages on collections with gold.

    tools/page_eval.py --pages PAGES --dump build/release/src/ingest/article_dump [--sets naeb,…] [--json OUT] [--keep DIR]
    tools/page_eval.py --pages PAGES --read DIR [--sets naeb,…]     what another reader made of them: articles_SET.jsonl

PAGES holds a folder a set: gold.jsonl and the pages, and score_pages.py. Beside its scores this tells: outputs with a
furniture line (a line that is labelled furniture in the copied texts of PAGES/plain_text of three sites or more, and is
not in the gold body), outputs with a foreign line (a block of five words or more of which less than a fifth of the
four-word sequences is in the gold body, summary or captions), outputs that lost more than half of the body, captions,
instants with their zone, and how well the score of page kinds tells articles from other pages. Pages that were refused
count as not read; what day and segments would be with what they hold is told beside it ("with refused").
"""
import argparse
import collections
import datetime
import gzip
import importlib.util
import json
import pathlib
import re
import subprocess
import tempfile
import time

BODY_SETS = ("scrapinghub", "fundus_eval", "fundus_tests", "naeb", "wcxb_articles")
SETS = BODY_SETS + ("trafilatura_eval", "htmldate_eval", "postlight", "wcxb_other")
LEAST_SITES = 3  # that have a line of furniture
WORD = re.compile(r"\w+")


def lines_of(file):
    with open(file, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def gold_of(pages, name):
    return lines_of(pages / name / "gold.jsonl")


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


def written(file, lines):
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
    return file


def shingles(text):
    words = WORD.findall(text.lower())
    return [tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))]


def is_foreign(block, known):
    parts = shingles(block)
    return len(WORD.findall(block)) >= 5 and sum(part in known for part in parts) < 0.2 * len(parts)


def bare_line(text):
    """As furniture is compared: case, spaces and digits left out."""
    return re.sub(r"\d", "#", " ".join(text.split()).lower())


def furniture_lines(pages):
    """Lines of the copied texts that are labelled furniture on several sites."""
    sites = collections.defaultdict(set)
    with gzip.open(pages / "plain_text" / "gold.jsonl.gz", "rt", encoding="utf8") as texts:
        for text in map(json.loads, texts):
            for line, label in zip(text["full"].split("\n"), text["full_labels"]):
                if label == "F":
                    sites[bare_line(line)].add(text["domain"])
    return {line for line, where in sites.items() if line and len(where) >= LEAST_SITES}


def body_faults(gold, found, furniture):
    """Shares of outputs with a furniture line, with a foreign one, and of outputs that lost more than half."""
    foreign = lost = count = with_furniture = 0
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
        body = bare_line(page["body"])
        with_furniture += any(line in furniture and line not in body for line in map(bare_line, lines))
        want, got = collections.Counter(shingles(page["body"])), collections.Counter(shingles(article.get("text") or ""))
        lost += sum((want & got).values()) < 0.5 * sum(want.values())
    return {"furniture": with_furniture / max(count, 1), "foreign": foreign / max(count, 1),
            "lost": lost / max(count, 1)}


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
    parser.add_argument("--dump", type=pathlib.Path)
    parser.add_argument("--read", type=pathlib.Path, help="folder of what another reader made of the pages")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for what was read")
    args = parser.parse_args()
    if bool(args.dump) == bool(args.read):
        parser.error("give --dump or --read")
    spec = importlib.util.spec_from_file_location("score_pages", args.pages / "score_pages.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)

    report, scores = {}, {}
    scratch = tempfile.TemporaryDirectory()
    keep = args.keep or pathlib.Path(scratch.name)
    furniture = furniture_lines(args.pages)
    for name in args.sets.split(","):
        gold = gold_of(args.pages, name)
        if args.read:
            lines, speed = lines_of(args.read / f"articles_{name}.jsonl"), 0
        else:
            lines, speed = read(args.dump, args.pages, name, gold)
        articles = [line for line in lines if "error" not in line and "refused" not in line]
        found = {line["id"]: line for line in articles}
        gold_file = args.pages / name / "gold.jsonl"
        got = scorer.score(gold_file, written(keep / f"articles_{name}.jsonl", articles))
        all_held = scorer.score(gold_file, written(keep / f"held_{name}.jsonl", lines))
        got["with refused"] = {key: all_held[key] for key in ("date", "segments") if key in all_held}
        got["refused"] = len(gold) - len(articles)
        got["pages/s"] = round(speed)
        scores[name] = [line["score"] for line in lines if "score" in line]
        if name in BODY_SETS:
            got["faults"] = body_faults(gold, found, furniture)
        if name == "fundus_tests":
            got["captions"], got["instants"] = captions(gold, found), instants(gold, found)
        report[name] = got
    for name, got in report.items():
        parts = [f"{name:16} refused {got['refused']:3}  {got['pages/s']:4} pages/s"]
        if "shingle" in got and name != "wcxb_other":
            parts.append("body F1 {F1:.4f} P {P:.3f} R {R:.3f} exact {accuracy:.3f}".format(**got["shingle"]))
            parts.append("word {F1:.4f}".format(**got["word"]))
        for key, form in (("segments", "segments {F1:.4f} P {P:.3f} R {R:.3f}"), ("faults", "furniture {furniture:.3f} foreign {foreign:.3f} lost {lost:.3f}"),
                          ("date", "date {accuracy:.3f}"), ("instants", "instants {exact:.3f} of {n}"),
                          ("authors", "authors {exact:.3f} F1 {F1:.3f}"), ("title", "title {exact:.3f} F1 {tokenF1:.3f}"),
                          ("captions", "captions F1 {F1:.3f} ({hit} {wrong} {missed})")):
            if key in got and name != "wcxb_other":
                parts.append(form.format(**got[key]))
        if got["refused"] and name != "wcxb_other":
            held = got["with refused"]
            parts += [f"with refused: {key} {held[key][measure]:.4f}"
                      for key, measure in (("date", "accuracy"), ("segments", "F1")) if key in held]
        print("  ".join(parts))
    positive = [s for name in BODY_SETS for s in scores.get(name, [])]
    if positive and scores.get("wcxb_other"):
        report["page kinds"] = {"area": area(positive, scores["wcxb_other"])}
        news = area(scores.get("wcxb_articles", positive), scores["wcxb_other"])
        print(f"page kinds: area under the curve {report['page kinds']['area']:.4f}; wcxb_articles alone {news:.4f}")
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
