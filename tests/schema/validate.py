#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates records against data/ontology/record.schema.json: validate.py COMMAND [ARGUMENT...]

The command prints records as JSON Lines; `validate.py cat records.jsonl` validates a file. Beyond the schema it checks
what a schema cannot say: that each span, in code points, holds the text beside it, and that each id is there.
Exit code 0 if all are valid, 1 if not (each fault on a line).
"""
import copy
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    sys.exit("python3-jsonschema is missing: apt-get install python3-jsonschema (./dev test does)")

ROOT = pathlib.Path(__file__).resolve().parents[2]


def spans(value, where=""):
    """Each object with a text and its span, with the way to it."""
    if isinstance(value, dict):
        if "text" in value and "span" in value:
            yield where, value
        for key, child in value.items():
            yield from spans(child, f"{where}/{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from spans(child, f"{where}/{index}")


def ids(record):
    return {kind: {one["id"] for one in record.get(kind, [])}
            for kind in ("entities", "events", "statements", "quantities", "instruments")}


def references(record):
    """(kind, id) of all that the record points at."""
    for event in record["events"]:
        for participant in event["actors"] + event["recipients"] + event.get("attribution", []):
            yield "entities", participant["entity"]
        yield from (("instruments", name) for name in event.get("instruments", []))
        yield from (("quantities", name) for name in event.get("quantities", []))
        if event.get("about"):
            yield "events", event["about"]
    for statement in record["statements"]:
        for participant in [statement.get("speaker")] + statement.get("addressees", []) + statement.get("via", []):
            if participant:
                yield "entities", participant["entity"]
    for position in record.get("positions", []):
        yield "entities", position["holder"]
        yield from (("events" if "#" in name else "statements", name) for name in position["evidence"])


def faults(record, validator):
    for error in validator.iter_errors(record):
        yield f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    text = record["document"]["text"]
    for where, value in spans(record):
        begin, end = value["span"]
        if text[begin:end] != value["text"]:
            yield f"{where}: the span holds {text[begin:end]!r}, not {value['text']!r}"
    known = ids(record)
    for kind, name in references(record):
        if name not in known[kind]:
            yield f"{name} is none of the {kind}"
    for item in record["events"] + record["statements"]:
        if not 0 <= item["sentence"] < len(record["sentences"]):
            yield f"{item['id']}: sentence {item['sentence']} is not there"


def can_fail(record, validator):
    """The checks find what is broken on purpose."""
    def broken(change):
        worse = copy.deepcopy(record)
        change(worse)
        return any(faults(worse, validator))
    return all(map(broken, (lambda r: r.pop("schema"), lambda r: r["sentences"].append([1]),
                            lambda r: r["document"].update(text="x" + r["document"]["text"]) or r["events"][0]["trigger"].update(text="?"),
                            lambda r: r["events"][0].update(type="GOSSIP"), lambda r: r["events"][0].update(about="d0#99"))))


def main():
    schema = json.loads((ROOT / "data/ontology/record.schema.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = subprocess.run(sys.argv[1:], capture_output=True, check=True, text=True, encoding="utf8").stdout.split("\n")[:-1]
    records = [json.loads(line) for line in lines]
    wrong = [f"record {number} {fault}" for number, record in enumerate(records, 1) for fault in faults(record, validator)]
    for line in wrong:
        print(line)
    with_events = [record for record in records if record["events"]]
    if with_events and not can_fail(with_events[0], validator):
        wrong.append("the checks let broken records pass")
        print(wrong[-1])
    print(f"{len(records)} records, {len(wrong)} faults")
    return 1 if wrong or not records else 0


if __name__ == "__main__":
    sys.exit(main())
