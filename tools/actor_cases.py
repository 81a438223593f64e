#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well phrases become actors: tools/actor_cases.py PROGRAM CASES.jsonl [--errors]

CASES are the test cases of another coder: a phrase, perhaps a date, and the country, sector or name that it stands for.
Each is asked of `dragoman knowledge --format json`; a case without a date is asked without a day. Printed are the shares
of cases that are right

    country        of those that expect a country, or that there is none
    + sector       of those that expect a sector as well: country (where told) and first sector right
    name           of those that expect an encyclopedia's title: the name, or a reading of it, is that title

What the two coders write differently on purpose is set equal: a state that acts is its government here (GOV) and has
no sector there; who speaks for a body of states has no sector here and GOV there; somebody unknown has no sector here
and UNK there; Kosovo is KOS here and XKX there. "nobody" is right if neither country nor sector is given.
"""
import argparse
import datetime
import json
import subprocess
import unicodedata


def folded(text):
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isalnum()).lower().removeprefix("the")


def day_of(text):
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            pass
    return "any"


def answer(program, phrase, day, cache):
    if (phrase, day) not in cache:
        done = subprocess.run([program, "knowledge", "--format", "json", "--date", day, "--", phrase],
                              capture_output=True, text=True, check=True)
        cache[phrase, day] = json.loads(done.stdout)
    return cache[phrase, day]


def expected(case):
    """(country or None, sectors that are right or None, title or None); nobody is ("", [""], None)."""
    tell = case["expect"]
    if "code" in tell and tell["code"] is None:
        return "", [""], None
    country = tell.get("code['country']", tell.get("cc"))
    sectors = tell.get("code['code_1']")
    title = tell.get("code['wiki']", tell.get("wiki['title']")) or None
    if isinstance(sectors, str):
        sectors = None if sectors.startswith("?") else [sectors]
    if sectors is not None:
        sectors = ["" if s in ("UNK", "JNK") else s for s in sectors]
    return {"XKX": "KOS"}.get(country, country), sectors, title


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("cases")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    right = {"country": [0, 0], "+ sector": [0, 0], "name": [0, 0]}
    cache = {}
    with open(args.cases, encoding="utf8") as file:
        cases = [json.loads(line) for line in file]
    for case in cases:
        country, sectors, title = expected(case)
        got = answer(args.program, case["text"], day_of(case.get("kwargs", {}).get("query_date", "")), cache)
        actor = got.get("actor", {})
        have, first = actor.get("country", ""), (actor.get("sectors") or [""])[0]
        if first == "GOV" and actor.get("kb") == "country:" + have and (sectors == [""] or sectors is None):
            first = ""
        if not first and have in ("EUR", "IGO", "UNO") and "GOV" in (sectors or []):
            first = "GOV"
        wrong = []

        def count(measure, is_right):
            right[measure][0] += is_right
            right[measure][1] += 1
            if not is_right:
                wrong.append(measure)

        if country is not None:
            count("country", have == country)
        elif "code['country'] !=" in case["expect"]:
            count("country", have != case["expect"]["code['country'] !="])
        if sectors is not None:
            count("+ sector", (country is None or have == country) and first in sectors)
        if title:
            names = [actor.get("name", "")] + [reading["name"] for reading in got["readings"]]
            count("name", any(folded(name) == folded(title.split(" (")[0]) for name in names))
        if wrong and args.errors:
            print(f"{case['text']!r}: wrong {', '.join(wrong)}: wanted {country} {sectors} {title or ''}, got {have} "
                  f"{actor.get('sectors')} {actor.get('name')!r} by {actor.get('reason', {}).get('rule')}")
    for measure, (good, all_) in right.items():
        print(f"{measure:10} {good:4} of {all_:4}  {good / all_ if all_ else 0:.3f}")


if __name__ == "__main__":
    main()
