#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks every row of data/actors and data/places, and the names of bodies in data/language, against their FORMAT.md.

    python3 tools/data/check.py [DATA_FOLDER]

Prints one "file:line: reason" a wrong row and ends with 1, or prints the number of rows of each file and ends with 0.
"""

import pathlib
import re
import sys
import unicodedata

SECTORS = set("AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK".split())
NON_STATE = set("EUR IGO IMG ISM MNC NGO UNO".split())
ORGANIZATION_KINDS = set("igo government legislature judiciary military police armed-group party company ngo media religious "
                         "organization".split())
COLUMNS = {
    "actors/body_nouns.tsv": "noun body",
    "actors/countries.tsv": "key code name iso2 cow gw kind from to names adjectives people capitals seats",
    "actors/given_names.tsv": "name pronoun",
    "actors/memberships.tsv": "organization member role from to",
    "actors/organizations.tsv": "key name kind country sectors from to names",
    "actors/people.tsv": "key name country office sectors from to names precision source checked reread",
    "actors/roles.tsv": "noun sectors kind number",
    "actors/titles.tsv": "noun states",
    "places/cities.tsv": "geonames name country lat lon population names",
    "places/regions.tsv": "name kind country names people",
}
ROLES_OF_MEMBERS = {"", "member", "permanent", "elected", "associate", "observer"}
LISTS = {"names", "adjectives", "people", "capitals", "seats", "sectors", "states"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
LONGEST_LINE = 16 * 1024


class Checker:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.errors = []
        self.rows = {file: self.read(file) for file in COLUMNS}
        self.codes = {row["code"] for _, row in self.rows["actors/countries.tsv"]}

    def fail(self, file, line, reason):
        self.errors.append(f"{file}:{line}: {reason}")

    def read(self, file):
        header = COLUMNS[file].split()
        rows, seen_header = [], False
        text = (self.folder / file).read_bytes()
        for number, raw in enumerate(text.split(b"\n"), 1):
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError:
                self.fail(file, number, "not UTF-8")
                continue
            if number == 1 and not line.startswith("# SPDX-License-Identifier:"):
                self.fail(file, number, "the first line must name the licence")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if not seen_header:
                seen_header = True
                if cells != header:
                    self.fail(file, number, f"columns must be {header}")
            elif len(raw) > LONGEST_LINE:
                self.fail(file, number, "line too long")
            elif len(cells) != len(header):
                self.fail(file, number, f"{len(cells)} fields instead of {len(header)}")
            else:
                row = dict(zip(header, cells))
                self.cells(file, number, row)
                rows.append((number, row))
        return rows

    def cells(self, file, line, row):
        for column, cell in row.items():
            if cell != cell.strip() or "  " in cell:
                self.fail(file, line, f"stray blanks in {column}")
            if unicodedata.normalize("NFC", cell) != cell:
                self.fail(file, line, f"{column} is not in normal form C")
            if any(unicodedata.category(c) in ("Cc", "Cf") for c in cell):
                self.fail(file, line, f"control character in {column}")
            items = cell.split("|")
            if column in LISTS and cell and (not all(items) or len(set(items)) != len(items)):
                self.fail(file, line, f"empty or doubled item in {column}")
            if column not in LISTS and "|" in cell:
                self.fail(file, line, f"{column} is no list")
        if "name" in row and not row["name"]:
            self.fail(file, line, "no name")

    def country(self, file, line, code, may_be_empty=False):
        if not (code in self.codes or code in NON_STATE or (may_be_empty and not code)):
            self.fail(file, line, f"unknown country '{code}'")

    def sectors(self, file, line, text):
        for code in text.split("|") if text else []:
            if code not in SECTORS:
                self.fail(file, line, f"unknown sector '{code}'")

    def validity(self, file, line, row):
        days = []
        for column, edge in (("from", "0000"), ("to", "9999")):
            text = row[column]
            if text and not DATE.fullmatch(text):
                self.fail(file, line, f"'{text}' in {column} is no date")
            days.append((text + "-01-01"[len(text) - 4:] if text else edge)[:10])
        if days[0] >= days[1]:
            self.fail(file, line, "'from' is not before 'to'")
        return days

    def spells(self, file, key_of):
        held = {}
        for line, row in self.rows[file]:
            begin, end = self.validity(file, line, row)
            for other_begin, other_end, other in held.setdefault(key_of(row), []):
                if begin < other_end and other_begin < end:
                    self.fail(file, line, f"overlaps with line {other}")
            held[key_of(row)].append((begin, end, line))

    def one_of(self, file, line, row, column, allowed):
        if row[column] not in allowed:
            self.fail(file, line, f"'{row[column]}' is no {column}")

    def run(self):
        file = "actors/countries.tsv"
        self.spells(file, lambda row: row["key"])
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "kind", {"country", "territory", "partial", "historic"})
            if not re.fullmatch("[A-Z]{3}", row["code"]):
                self.fail(file, line, "code must be three capitals")
            for column, pattern in (("iso2", "[A-Z]{2}"), ("cow", r"\d{1,3}"), ("gw", r"\d{1,3}")):
                if row[column] and not re.fullmatch(pattern, row[column]):
                    self.fail(file, line, f"bad {column}")
            if row["kind"] == "country" and row["code"] != row["key"]:
                self.fail(file, line, "a country's code is its key")
        file = "actors/organizations.tsv"
        self.spells(file, lambda row: row["key"])
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "kind", ORGANIZATION_KINDS)
            self.country(file, line, row["country"])
            self.sectors(file, line, row["sectors"])
        file = "actors/people.tsv"
        self.spells(file, lambda row: (row["key"], row["country"], row["office"]))
        known = {}
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "precision", {"day", "month", "year"})
            self.one_of(file, line, row, "source", {"public-knowledge"})
            self.country(file, line, row["country"])
            self.sectors(file, line, row["sectors"])
            if not row["office"] or not row["from"]:
                self.fail(file, line, "no office or no 'from'")
            if row["checked"] and not DATE.fullmatch(row["checked"]):
                self.fail(file, line, "'checked' is no date")
            if row["reread"] and not DATE.fullmatch(row["reread"]):
                self.fail(file, line, "'reread' is no date")
            if bool(row["checked"]) == bool(row["to"]):
                self.fail(file, line, "'checked' stands with open spells, and with these only")
            coarsest = min(len(row["from"]), len(row["to"]) or 10)
            if {"day": 10, "month": 7, "year": 4}[row["precision"]] != coarsest:
                self.fail(file, line, "precision does not agree with the dates")
            if known.setdefault(row["key"], (row["name"], row["names"])) != (row["name"], row["names"]):
                self.fail(file, line, "the person has other names in an earlier row")
        file = "actors/memberships.tsv"
        self.spells(file, lambda row: (row["organization"], row["member"]))
        bodies = {row["key"] for _, row in self.rows["actors/organizations.tsv"]}
        states = {row["key"] for _, row in self.rows["actors/countries.tsv"]}
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "role", ROLES_OF_MEMBERS)
            if row["organization"] not in bodies:
                self.fail(file, line, f"no organization has the key '{row['organization']}'")
            if row["member"] not in bodies | states:
                self.fail(file, line, f"no country or organization has the key '{row['member']}'")
        file = "actors/roles.tsv"
        nouns = {}
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "kind", {"person", "people", "organization", "place"})
            self.one_of(file, line, row, "number", {"singular", "plural"})
            self.sectors(file, line, row["sectors"])
            if row["noun"] != row["noun"].lower() or not row["noun"]:
                self.fail(file, line, "a noun is in lower case")
            if nouns.setdefault(row["noun"], line) != line:
                self.fail(file, line, f"'{row['noun']}' stands already in line {nouns[row['noun']]}")
        file = "actors/body_nouns.tsv"
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "body", {"yes", "of", "party"})
            if row["noun"] not in nouns:
                self.fail(file, line, f"'{row['noun']}' is none of roles.tsv")
        file = "actors/titles.tsv"
        titles = set()
        for line, row in self.rows[file]:
            for state in row["states"].removeprefix("-").split("|"):
                self.country(file, line, state)
            if row["noun"] not in nouns:
                self.fail(file, line, f"'{row['noun']}' is none of roles.tsv")
            if row["noun"] in titles:
                self.fail(file, line, f"'{row['noun']}' stands twice")
            titles.add(row["noun"])
        file = "places/cities.tsv"
        numbers = {}
        for line, row in self.rows[file]:
            self.country(file, line, row["country"])
            if not row["geonames"].isdigit() or not row["population"].isdigit():
                self.fail(file, line, "geonames and population are whole numbers")
            if numbers.setdefault(row["geonames"], line) != line:
                self.fail(file, line, "the place stands already in line " + str(numbers[row["geonames"]]))
            try:
                if abs(float(row["lat"])) > 90 or abs(float(row["lon"])) > 180:
                    self.fail(file, line, "no position on Earth")
            except ValueError:
                self.fail(file, line, "lat and lon are numbers")
        file = "places/regions.tsv"
        regions = {}
        for line, row in self.rows[file]:
            self.one_of(file, line, row, "kind", {"province", "region", "sea", "continent"})
            self.country(file, line, row["country"], may_be_empty=True)
            key = (row["name"], row["kind"], row["country"])
            if regions.setdefault(key, line) != line:
                self.fail(file, line, f"stands already in line {regions[key]}")
        self.names_of_bodies()
        return self.errors

    def names_of_bodies(self):
        """bodies.tsv and shared_bodies.tsv, which the program is built with: "#" begins a comment, no line names the columns."""
        states = {}
        for _, row in self.rows["actors/organizations.tsv"]:
            for name in (row["name"], *row["names"].split("|")):
                states.setdefault(name.lower(), set()).add(row["country"])
        for file, columns in (("language/bodies.tsv", 1), ("language/shared_bodies.tsv", 2)):
            path, seen = self.folder / file, set()
            if not path.exists():  # a folder of the user's own
                continue
            for line, text in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
                if not text or text.startswith("#"):
                    continue
                name, *others = text.split("\t")
                if len(others) != columns - 1:
                    self.fail(file, line, f"{len(others) + 1} fields in place of {columns}")
                    continue
                if name not in states:
                    self.fail(file, line, f"no organization is named '{name}'")
                if name in seen:
                    self.fail(file, line, f"'{name}' stands twice")
                seen.add(name)
                for state in others[0].split("|") if others else ():
                    self.country(file, line, state)
                    if state in states.get(name, ()):
                        self.fail(file, line, f"organizations.tsv has a '{name}' of {state}")
            self.rows[file] = seen
        self.stand_ins()

    def stand_ins(self):
        """stand_ins.tsv: the bodies and states that its words stand for are known, the capitals those of some state."""
        file, seen = "language/stand_ins.tsv", {}
        path = self.folder / file
        if not path.exists():
            return
        bodies = {row["key"] for _, row in self.rows["actors/organizations.tsv"]}
        capitals = {c.lower().removeprefix("the ") for _, row in self.rows["actors/countries.tsv"] for c in row["capitals"].split("|")}
        for line, text in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
            if not text or text.startswith("#"):
                continue
            cells = text.split("\t")
            if len(cells) != 3:
                self.fail(file, line, f"{len(cells)} fields in place of 3")
                continue
            word, meant, beside = cells
            if seen.setdefault((word, meant, beside), line) != line:
                self.fail(file, line, f"stands already in line {seen[word, meant, beside]}")
            if beside == "-":
                if word not in capitals:
                    self.fail(file, line, f"'{word}' is no state's capital")
                for body in meant.split("|"):
                    if body not in bodies:
                        self.fail(file, line, f"no organization has the key '{body}'")
            else:
                for state in (meant, beside):
                    self.country(file, line, state)
        self.rows[file] = seen


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "data"
    try:
        checker = Checker(sys.argv[1] if len(sys.argv) > 1 else default)
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    errors = checker.run()
    for error in errors:
        print(error, file=sys.stderr)
    for file, rows in checker.rows.items():
        print(f"{file}\t{len(rows)}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
