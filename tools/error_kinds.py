#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells what is wrong with records, the most frequent kinds of error first.

    tools/error_kinds.py GOLD.jsonl RECORDS.jsonl --score SCORE.py [--show N] [--kind TEXT]

GOLD.jsonl and RECORDS.jsonl are what the contract's score.py takes, SCORE.py is that program: everything is matched and
compared as it does. Prints how many events of the right type are right in each part, then the kinds of error;
--show prints N examples of each kind whose name holds TEXT. Without spans in the gold (dev.jsonl) a wrong link and a
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


def rest(pairs, gold, coded):
    """What of both is in no pair."""
    return ([x for i, x in enumerate(gold) if i not in {i for i, _ in pairs}],
            [y for j, y in enumerate(coded) if j not in {j for _, j in pairs}])


def act_errors(score, gold, coded, parts):
    """[(kind, gold act or None, coded act or None)]; counts what is right into `parts`."""
    pairs, out = pairs_of(score, gold, coded), []
    for i, j in pairs:
        x, y = gold[i], coded[j]
        wrong = [f"{role}: {cause}" for role in ROLES if not score.same_set(x[role], y[role]) for cause in causes(score, role, x, y)]
        if x["status"] != y["status"]:
            wrong.append(f"status: {x['status']} as {y['status']}")
        parts["matched"] += 1
        for part in (*ROLES, "status"):
            parts[part + " right"] += not any(kind.startswith(part) for kind in wrong)
        parts["all right"] += not wrong
        out += [(kind, x, y) for kind in wrong]
    missed, extra = rest(pairs, gold, coded)
    other = score.match(missed, extra, lambda x, y: score.inside(y["span"], x["sentence"]) and score.overlap(x["span"], y["span"]) > 0, lambda x, y: 1)
    out += [("acts: another type", missed[i], extra[j]) for i, j in other]
    missed, extra = rest(other, missed, extra)
    return out + [("acts: missed", x, None) for x in missed] + [("acts: told where none is", None, y) for y in extra]


def statement_errors(score, gold, coded):
    def share(x, y):
        return score.overlap(x["span"], y["span"]) / (max(x["span"][1], y["span"][1]) - min(x["span"][0], y["span"][0]))

    pairs, out = score.match(gold, coded, lambda x, y: share(x, y) >= 0.5, share), []
    for i, j in pairs:
        x, y = gold[i]["speaker"], coded[j]["speaker"]
        if x is None and y is None or x and y and (score.same_name(x["name"], y["name"]) or not x["name"] and score.same_participant(x, y)):
            continue
        out.append(("statements: " + ("another speaker" if x and y else "no speaker told" if x else "a speaker told where none is"), gold[i], coded[j]))
    missed, extra = rest(pairs, gold, coded)
    return out + [("statements: missed", x, None) for x in missed] + [("statements: told where none is", None, y) for y in extra]


def quantity_errors(score, gold, coded):
    def votes(x):
        return x.get("votes", [x.get("for"), x.get("against")])

    def same(x, y):
        told = votes(x) == votes(y) if x["kind"] == "vote" else x.get("value") is None or x["value"] == y["value"]
        return x["kind"] == y["kind"] and score.overlap(x["span"], y["span"]) > 0 and told

    missed, extra = rest(score.match(gold, coded, same, lambda x, y: 1), gold, coded)
    other = score.match(missed, extra, lambda x, y: score.overlap(x["span"], y["span"]) > 0, lambda x, y: 1)
    out = [("quantities: another " + ("value" if missed[i]["kind"] == extra[j]["kind"] else "kind"), missed[i], extra[j]) for i, j in other]
    missed, extra = rest(other, missed, extra)
    return out + [("quantities: missed", x, None) for x in missed] + [("quantities: told where none is", None, y) for y in extra]


def position_errors(score, gold, coded):
    def holder(x):
        return x.get("country") if (x.get("country") or None) not in score.NON_STATE else score.norm(x["holder"])

    def about(x, y):
        return holder(x) == holder(y) and x["issue"] == y["issue"]

    missed, extra = rest(score.match(gold, coded, lambda x, y: about(x, y) and x["stance"] == y["stance"], lambda x, y: 1), gold, coded)
    other = score.match(missed, extra, about, lambda x, y: 1)
    out = [("positions: the contrary stance", missed[i], extra[j]) for i, j in other]
    missed, extra = rest(other, missed, extra)
    return out + [("positions: missed", x, None) for x in missed] + [("positions: told where none is", None, y) for y in extra]


def show(text, document, kind, gold, coded):
    def told(p):
        words = repr(text[p["span"][0]:p["span"][1]]) if p.get("span") else ""
        reason = f" [{p['rule']} {p['score']}]" if "rule" in p else ""
        return f"{p['name']}/{p['country']} {words}{reason}"

    def summary(x):
        keys = ("type", "status", "kind", "value", "speaker", "holder", "country", "issue", "stance")
        words = repr(text[x["span"][0]:x["span"][1]]) if x.get("span") else ""
        return " ".join([*(f"{x[k]}" for k in keys if x.get(k) is not None), words])

    where = (coded or {}).get("span") or (gold or {}).get("span") or [0, 0]
    begin, end = (gold or {}).get("sentence") or (max(0, where[0] - 80), where[1] + 80)
    print(f"  {document}: {text[begin:end]!r}")
    for name, x in (("gold", gold), ("coded", coded)):
        if x:
            print(f"     {name} {summary(x)}" + "".join(f" {role}: " + "; ".join(map(told, x[role])) for role in ROLES if kind.startswith(role)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("records")
    parser.add_argument("--score", required=True)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--kind", default="")
    options = parser.parse_args()
    score = load(options.score)
    with open(options.gold, encoding="utf8") as lines:
        gold = {document["id"]: document for document in map(json.loads, lines)}
    parts, found = collections.Counter(), collections.defaultdict(list)
    with open(options.records, encoding="utf8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records:
        document = gold.get(record["document"]["source"].rsplit("#", 1)[-1])
        if document is None:
            continue
        flat = score.load_record(record)
        errors = act_errors(score, document["events"], coded_events(record), parts)
        for key, compare in (("statements", statement_errors), ("quantities", quantity_errors), ("positions", position_errors)):
            if key in document:
                errors += compare(score, document[key], flat[key])
        for kind, x, y in errors:
            found[kind].append((document["text"], document["id"], kind, x, y))
    for name, count in parts.items():
        print(f"{name:52} {count}")
    for kind in sorted(found, key=lambda kind: (-len(found[kind]), kind)):
        print(f"{kind:52} {len(found[kind])}")
        if options.kind in kind:
            for example in found[kind][:options.show]:
                show(*example)


if __name__ == "__main__":
    main()
