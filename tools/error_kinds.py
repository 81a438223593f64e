#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells why events of the right type have wrong actors, recipients or status.

    tools/role_errors.py GOLD.jsonl RECORDS.jsonl --score SCORE.py [--show N] [--cause TEXT]

GOLD.jsonl and RECORDS.jsonl are what the contract's score.py takes, SCORE.py is that program: events are matched and
participants compared by it. Prints how many matched events are right in each part and the causes of what is wrong;
--show prints N examples of each cause whose name holds TEXT. Without spans in the gold (dev.jsonl) a wrong link and a
wrong filler look alike.
"""
import argparse
import collections
import importlib.util
import json

ROLES = ("actors", "recipients")


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def coded_events(record):
    """The events of a record, with name, code, span, score and reason of each participant."""
    entities = {e["id"]: e for e in record.get("entities", [])}

    def participant(p):
        entity = entities[p["entity"]]
        reasons = [m.get("reason", {}).get("rule", "?") for m in entity["mentions"] if m["span"] == p["span"]]
        return {"name": entity["name"], "country": p.get("country"), "span": p["span"], "score": p.get("score"),
                "rule": reasons[0] if reasons else "?"}

    return [{"type": e["type"], "status": e["status"], "span": e["trigger"]["span"],
             **{role: [participant(p) for p in e.get(role, [])] for role in ROLES}} for e in record.get("events", [])]


def side(span, sentence):
    if span is None:
        return "nowhere"
    return "before" if span[1] <= sentence[0] else "after" if span[0] >= sentence[1] else "in the sentence"


def causes(score, role, gold, coded):
    """What is wrong with one role of a matched event."""
    missing = [p for p in gold[role] if not any(score.same_participant(p, q) for q in coded[role])]
    extra = [q for q in coded[role] if not any(score.same_participant(p, q) for p in gold[role])]
    other = coded[ROLES[1 - ROLES.index(role)]]
    used, out = [], []
    for p in missing:
        hit = [q for q in extra if p.get("span") and score.overlap(p["span"], q["span"]) > 0]
        used += hit
        place = side(p.get("span"), gold["sentence"])
        if hit:
            out.append("right span, wrong " + ("name" if (p["country"] or None) == hit[0]["country"] else "country"))
        elif any(score.same_participant(p, q) for q in other):
            out.append("coded in the other role")
        elif not coded[role]:
            out.append("no filler, gold " + place)
        elif not extra:
            out.append("one of several missed, gold " + place)
        else:
            out.append("another filler, gold " + place)
    for q in extra:
        if q not in used and not missing:
            out.append("extra beside the right ones" if gold[role] else "extra, gold empty")
    return out


def pairs_of(score, gold, coded):
    def alike(x, y):
        same = score.same_set(x["actors"], y["actors"]) + score.same_set(x["recipients"], y["recipients"])
        return (score.overlap(x["span"], y["span"]) > 0) + same + 0.5 * (x["status"] == y["status"])

    return score.match(gold, coded, lambda x, y: x["type"] == y["type"] and score.inside(y["span"], x["sentence"]), alike)


def show(text, document, gold, coded, role):
    def told(p):
        words = repr(text[p["span"][0]:p["span"][1]]) if p.get("span") else ""
        reason = f" [{p['rule']} {p['score']}]" if "rule" in p else ""
        return f"{p['name']}/{p['country']} {words}{reason}"

    begin, end = gold["sentence"]
    trigger = text[gold["span"][0]:gold["span"][1]]
    print(f"  {document} {gold['type']} {gold['status']} ({coded['status']}) {trigger!r}: {text[begin:end]}")
    if role != "status":
        print("     gold " + "; ".join(map(told, gold[role])) + "\n     coded " + "; ".join(map(told, coded[role])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("records")
    parser.add_argument("--score", required=True)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--cause", default="")
    options = parser.parse_args()
    score = load(options.score)
    with open(options.gold, encoding="utf8") as lines:
        gold = {document["id"]: document for document in map(json.loads, lines)}
    counts, examples = collections.Counter(), collections.defaultdict(list)
    with open(options.records, encoding="utf8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records:
        document = gold.get(record["document"]["source"].rsplit("#", 1)[-1])
        if document is None:
            continue
        events = coded_events(record)
        for i, j in pairs_of(score, document["events"], events):
            x, y = document["events"][i], events[j]
            wrong = [(role, cause) for role in ROLES if not score.same_set(x[role], y[role])
                     for cause in causes(score, role, x, y)]
            if x["status"] != y["status"]:
                wrong.append(("status", f"{x['status']} as {y['status']}"))
            counts["matched"] += 1
            for part in (*ROLES, "status"):
                counts[part + " right"] += part not in {role for role, _ in wrong}
            counts["all right"] += not wrong
            for role, cause in wrong:
                examples[f"{role}: {cause}"].append((document["text"], document["id"], x, y, role))
    for name, count in counts.items():
        print(f"{name:52} {count}")
    for name in sorted(examples, key=lambda n: (n.split(":")[0], -len(examples[n]))):
        print(f"{name:52} {len(examples[name])}")
        if options.cause in name:
            for example in examples[name][:options.show]:
                show(*example)


if __name__ == "__main__":
    main()
