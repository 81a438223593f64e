#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores places against geoparsing corpora with marked names: tools/place_eval.py PLACE_EVAL DATA CORPUS.xml... [--linked] [--errors N]

CORPUS is LGL's or TR-News's XML. Counted are the names that have a GeoNames number. With --linked
places are those that linking gives the whole article, not the gazetteer's alone. exact: the number is the gold's;
within 161 km: exact, or no farther from the gold's position (the measure of the literature: 100 miles).
"""
import argparse
import collections
import math
import re
import subprocess
import xml.etree.ElementTree as ElementTree


def articles(path):
    with open(path, encoding="utf8") as file:
        text = re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)", "&amp;", file.read())
    for article in ElementTree.fromstring(text.encode()).iter("article"):
        names = []
        for name in article.iter("toponym"):
            tag = name.find("gaztag")
            gold = None
            if tag is not None and tag.get("geonameid"):
                gold = tag.get("geonameid"), float(tag.findtext("lat")), float(tag.findtext("lon"))
            names.append((int(name.findtext("start")), int(name.findtext("end")), name.findtext("phrase"), gold))
        yield article.findtext("text") or "", sorted(names, key=lambda name: name[:2])


def place(text, names, shift):
    """The span of a name; some of the corpora's offsets are a little off."""
    begin, end, phrase, _ = names
    if text[begin + shift:end + shift] == phrase:
        return begin + shift, end + shift, shift
    found = [at for at in range(max(0, begin + shift - 40), begin + shift + 40) if text.startswith(phrase, at)]
    if not found:
        return begin, end, shift
    at = min(found, key=lambda at: abs(at - begin - shift))
    return at, at + len(phrase), at - begin


def kilometres(a, b):
    north, east = math.radians(a[0] - b[0]) / 2, math.radians(a[1] - b[1]) / 2
    part = math.sin(north) ** 2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * math.sin(east) ** 2
    return 12742 * math.asin(min(1, math.sqrt(part)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("data")
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--linked", action="store_true")
    args = parser.parse_args()
    for path in args.corpora:
        given, golds = b"", []
        for text, names in articles(path):
            shift, spans = 0, []
            for name in names:
                begin, end, shift = place(text, name, shift)
                spans.append((len(text[:begin].encode()), len(text[:end].encode())))
                golds.append((name[2], name[3]))
            data = text.encode()
            given += f"{len(spans)} {len(data)}\n".encode() + "".join(f"{b} {e}\n" for b, e in spans).encode() + data + b"\n"
        lines = subprocess.run([args.program, args.data] + ["--linked"] * args.linked, input=given, capture_output=True, check=True).stdout.decode().split("\n")
        exact = near = count = 0
        wrong = collections.Counter()
        for (phrase, gold), line in zip(golds, lines):
            if not gold:
                continue
            count += 1
            got = line.split()
            same = got[0] == gold[0]
            close = same or (got[0] != "-" and kilometres((float(got[1]), float(got[2])), gold[1:]) <= 161)
            exact += same
            near += close
            if not same:
                wrong[phrase, gold[0], line, "near" if close else "far"] += 1
        for error, times in wrong.most_common(args.errors):
            print(times, *error)
        print(f"{path.rsplit('/', 1)[-1]}: {count} names, exact {exact / count:.3f}, within 161 km {near / count:.3f}")


if __name__ == "__main__":
    main()
